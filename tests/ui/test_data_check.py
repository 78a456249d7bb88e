"""数据体检 on the sample office: sound as it is, and every kind of damage named; through the menu, on paper, as command."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fupin_desktop.cli.main import parse, run_command
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import data_check, data_safety, history, years
from fupin_desktop.services.data_check.derived import derived
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.ui.dialogs.data_check import CodeDialog, DataCheckDialog
from fupin_desktop.ui.main_window import MainWindow
from fupin_desktop.ui.preferences import Preferences
from fupin_desktop.ui.shell import Shell
from tests.ui.conftest import Answers

DAMAGE = {
    "UPDATE households SET phone = '13911112222' WHERE key = (SELECT min(key) FROM households)": "“农户”有 1 条记录和日志不符",
    "DELETE FROM farm_items WHERE key = (SELECT max(key) FROM farm_items)": "“种养项目”少了 1 条记录",
    "UPDATE change_sets SET who = '别人' WHERE number = 100": "第 100 号操作",
    "DELETE FROM change_entries WHERE set_key = (SELECT key FROM change_sets WHERE number = 200)": "第 200 号操作",
    "UPDATE fund_entries SET amount_fen = amount_fen * 9 WHERE kind = 'paid'": "多于安排",
    "UPDATE award_results SET award_fen = award_fen + 1 WHERE key = (SELECT min(key) FROM award_results)": "逐户相加",
    "UPDATE payment_rows SET amount_fen = award_fen + 1 WHERE key = (SELECT max(key) FROM payment_rows)": "元，连这一批共",
    "UPDATE frozen_papers SET pdf = x'25' WHERE key = (SELECT min(key) FROM frozen_papers)": "和定稿时的校验码不符",
    "UPDATE notices SET body = replace(body, '村', '镇') WHERE state = 'posted'": "和张贴时的校验码不符",
}


def damage(bench: Workbench, *statements: str) -> None:
    with closing(sqlite3.connect(bench.store.path)) as connection:
        for sql in statements:
            assert connection.execute(sql).rowcount, sql
        connection.commit()


def test_the_sample_office_is_sound_and_its_code_is_known(sample: Workbench) -> None:
    assert data_safety.check_if_due(sample)
    report = data_check.check(sample)
    assert report.findings == ()
    (note,) = [note for part in report.parts for note in part.notes]
    assert note.startswith("2026 年度有 1 户没有填写参与情况")
    assert data_check.code_agrees(sample, report.log_number, report.code)
    assert data_check.code_agrees(sample, report.log_number, "ABCD") is False
    assert data_check.code_agrees(sample, report.log_number + 1, report.code) is None


def test_every_kind_of_damage_is_named(sample: Workbench) -> None:
    damage(sample, *DAMAGE)
    told = [finding.sentence for finding in data_check.check(sample).findings]
    for expected in DAMAGE.values():
        assert any(expected in sentence for sentence in told), (expected, told)


REGISTERS = {
    "UPDATE microcredits SET balance_fen = 1 WHERE key = (SELECT min(key) FROM microcredits)": ("小额信贷", "贷款余额是 0.01，应为"),
    "UPDATE participations SET area_total_milli = 1 WHERE key = (SELECT min(key) FROM participations WHERE year = 2026 "
    "AND item_count > 0)": ("农户年度情况", "面积合计"),
    "UPDATE indicators SET score_milli = 1 WHERE key = (SELECT min(key) FROM indicators WHERE score_milli > 1)": ("绩效指标", "得分是"),
    "UPDATE projects SET poor_households = 999 WHERE key = (SELECT project_key FROM linkages WHERE project_key IS NOT NULL "
    "AND year = 2026)": ("项目", "受益贫困户是 999"),
    "UPDATE household_incomes SET per_head_fen = 7 WHERE key = (SELECT min(key) FROM household_incomes WHERE year = 2026)": ("农户年收入", "人均纯收入是 0.07"),
    "UPDATE risks SET grade = CASE grade WHEN 'low' THEN 'high' ELSE 'low' END WHERE key = (SELECT min(key) FROM risks "
    "WHERE grade IS NOT NULL)": ("风险评估", "风险等级是"),
}


def test_figures_that_do_not_agree_with_their_sources_are_named_and_reckoned_anew_by_a_button(
    app: QApplication, sample: Workbench
) -> None:
    bugs: list[BaseException] = []
    shell = Shell(sample, Answers(), Preferences(), bugs.append)
    damage(sample, *REGISTERS)
    dialog = DataCheckDialog(shell)
    assert dialog.mend.isHidden()
    dialog.begin.click()
    shell.tasks.wait()
    assert dialog.report is not None
    (part,) = [part for part in dialog.report.parts if part.title == "算出的数"]
    told = [finding.sentence for finding in part.findings]
    for table, figure in REGISTERS.values():
        assert any(f"“{table}”有 " in one and figure in one for one in told), (table, figure, told)
    assert len(told) == len(REGISTERS)
    assert not dialog.mend.isHidden()
    dialog.mend.click()
    shell.tasks.wait()
    shell.tasks.wait()
    (part,) = [part for part in dialog.report.parts if part.title == "算出的数"]
    assert part.findings == ()
    assert dialog.mend.isHidden()
    with pytest.raises(NotAllowed, match="不用重新计算"):
        data_check.mend(sample)
    assert history.undo(sample)
    assert bugs == []


def test_figures_of_other_years_are_reckoned_too_and_those_of_closed_ones_told(sample: Workbench) -> None:
    sample.year = 2027
    damage(sample, "UPDATE participations SET area_total_milli = 1 WHERE key = (SELECT min(key) FROM participations "
                   "WHERE year = 2026 AND item_count > 0)")  # fmt: skip

    def reckoned() -> data_check.Part:
        return derived(sample, lambda _text: None)

    (finding,) = reckoned().findings
    assert finding.sentence.startswith("2026 年度的“农户年度情况”有 1 条的面积合计和来源不符")
    sample.year = 2026
    years.close(sample)
    for year in (2026, 2027):
        sample.year = year
        (finding,) = reckoned().findings
        assert finding.todo.startswith("2026 年度已经关账")
    with pytest.raises(NotAllowed, match="不用重新计算"):
        data_check.mend(sample)
    sample.year = 2026
    years.reopen(sample, "更正面积")
    sample.year = 2027
    data_check.mend(sample)
    assert reckoned().findings == ()


def test_attached_files_are_looked_at(sample: Workbench, tmp_path: Path) -> None:
    from fupin_desktop.services import attachments

    (tmp_path / "合同.txt").write_text("甲方", encoding="utf-8")
    kept = attachments.store(sample.data_folder, tmp_path / "合同.txt")
    with sample.write("tests.attach", "添加附件") as unit:
        from fupin_desktop.storage.entities import Asset

        asset = unit.session.query(Asset).first()
        assert asset is not None
        asset.contract = [kept.stored]
    files = data_check.check(sample).parts[-1]
    assert files.sound
    assert int(files.looked.split()[0]) > 0
    place = kept.place(sample.data_folder)
    place.write_text("乙方", encoding="utf-8")
    assert "被改动过" in data_check.check(sample).parts[-1].findings[0].sentence
    place.unlink()
    assert "“合同.txt”不见了" in data_check.check(sample).parts[-1].findings[0].sentence


def test_it_is_done_from_the_menu_and_printed(
    window: MainWindow, answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    seen: list[str] = []

    def compare(dialog: CodeDialog) -> None:
        head = window.shell.bench.store.glance("SELECT number, hash FROM change_sets ORDER BY number DESC LIMIT 1")[0]
        from fupin_desktop.storage import chain

        for field, text in ((dialog.number, str(head[0])), (dialog.code, chain.short(head[1]).lower())):
            field.setText(text)
            field.textEdited.emit(text)
        seen.append(dialog.told.text())
        dialog.code.setText("ABCD")
        dialog.code.textEdited.emit("ABCD")
        seen.append(dialog.told.text())

    def drive(dialog: DataCheckDialog) -> None:
        dialog.show()
        assert not dialog.print.isEnabled()
        dialog.begin.click()
        qtbot.waitUntil(lambda: dialog.report is not None, timeout=20_000)
        assert "没有发现问题" in dialog.verdict.text()
        answers.answers = [tmp_path / "体检.pdf", False]
        dialog.pdf.click()
        qtbot.waitUntil(lambda: (tmp_path / "体检.pdf").exists() and not answers.answers)
        answers.dialogs = [compare]
        dialog.code.click()

    answers.dialogs = [drive]
    window.menus.actions["data_check"].trigger()
    assert seen[0].startswith("相符")
    assert seen[1].startswith("不符")


def test_what_was_found_stands_in_the_window(shell: Shell, qtbot: QtBot) -> None:
    damage(shell.bench, next(iter(DAMAGE)))
    dialog = DataCheckDialog(shell)
    qtbot.addWidget(dialog)
    dialog.show_report(data_check.check(shell.bench))
    texts = [dialog.found.column.itemAt(at).widget() for at in range(dialog.found.column.count())]
    assert any("和日志不符" in one.text() for one in texts if one is not None)  # type: ignore[attr-defined]


def test_the_command_tells_the_same(sample: Workbench, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = sample.data_folder
    sample.close()
    words = ["check", "--data", str(folder), "--out", str(tmp_path / "报告.pdf")]
    assert run_command(parse(words)) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["sound"], len(told["parts"]), told["findings"]) == (True, 7, [])
    assert (tmp_path / "报告.pdf").read_bytes().startswith(b"%PDF")
    damage(sample, next(iter(DAMAGE)))
    assert run_command(parse(words)) == 1
    assert "和日志不符" in json.loads(capsys.readouterr().out)["findings"][0]["sentence"]
