"""What leaves the office through the window: chosen, checked, carried to a stick, printed, signed for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from fupin_desktop.app import open_window
from fupin_desktop.services import registers
from fupin_desktop.services.exchange.model import Drive
from fupin_desktop.services.registers import CellEdit, Query, registry
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.ui.exchange import drives
from fupin_desktop.ui.exchange.hand_out import CarriedDialog, HandOutDialog
from fupin_desktop.ui.exchange.places import FOLDER
from fupin_desktop.ui.main_window import MainWindow
from tests.ui.conftest import Answers


@pytest.fixture
def sample_window(app: QApplication, sample: Workbench, answers: Answers, qtbot: QtBot) -> MainWindow:
    made = open_window(sample, answers)
    qtbot.waitExposed(made)
    made.shell.tasks.wait()
    yield made
    made.shell.tasks.wait()
    made.close()


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "stick"
    root.mkdir()
    monkeypatch.setattr(drives, "sticks", lambda: [Drive(root, "KINGSTON", 10**9)])
    return root


def settle(window: MainWindow) -> None:
    window.shell.tasks.wait()
    QApplication.processEvents()


def tick(dialog: HandOutDialog, words: str, count: int) -> None:
    dialog.tree.search.setText(words)
    group = next(
        row for place in range(dialog.tree.tree.topLevelItemCount())
        if (row := dialog.tree.tree.topLevelItem(place)) is not None and not row.isHidden()
    )  # fmt: skip
    listed = [group.child(place) for place in range(group.childCount()) if not group.child(place).isHidden()]
    for row in listed[:count]:
        row.setCheckState(0, Qt.CheckState.Checked)
    dialog.tree.search.clear()


def counts(bench: Workbench) -> tuple[int, int]:
    """Handovers and their files in the registers."""
    handovers, files = (registers.count(bench, Query(registry.of(name), bench.year)) for name in ("handovers", "handover_files"))
    return handovers, files


def test_a_clerk_takes_reports_to_the_county(
    sample_window: MainWindow, sample: Workbench, answers: Answers, stick: Path
) -> None:
    seen: list[str] = []

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, HandOutDialog)
        dialog.show()
        settle(sample_window)
        assert dialog.where.list.currentText().startswith("KINGSTON")
        assert not dialog.go.isEnabled()
        assert dialog.told.text() == "请勾选要导出的内容。"
        tick(dialog, "第三季度", 1)
        dialog.subject.setText("第三季度报表")
        dialog.receiver.setCurrentText("吴川市扶贫办")
        assert dialog.told.text() == "已选 1 项，其中 1 项对方可能退回。"
        answers.answers = [False, True]
        dialog.go.click()
        settle(sample_window)
        assert not seen
        assert dialog.go.isEnabled()
        answers.dialogs = [done]
        dialog.go.click()
        settle(sample_window)

    def done(dialog: QDialog) -> None:
        assert isinstance(dialog, CarriedDialog)
        seen.append(dialog._carried.told)
        answers.setups = [lambda _printer: False]
        dialog.print.click()
        dialog.accept()

    before = counts(sample)
    answers.dialogs = [choose]
    sample_window.menus.actions["hand_out"].trigger()
    assert "可以安全拔出" in seen[0]
    assert any("草稿" in text for kind, text in answers.asked if kind == "question")
    (folder,) = stick.iterdir()
    assert (folder / "清单.xlsx").is_file()
    tab = sample_window.show_tab("exchange")
    settle(sample_window)
    assert tab.state.front.model.rowCount() == before[0] + 1
    (row,) = tab.table.chosen_rows()
    left = tab.state.front.model.row_at(row[0])
    assert row[0] == row[1]
    assert "第三季度报表" in left.cells
    assert counts(sample) == (before[0] + 1, before[1] + 1)


def test_what_goes_again_says_so_and_its_receiver_person_and_place_are_filled_in(
    sample_window: MainWindow, sample: Workbench, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "硬盘"
    folder.mkdir()
    monkeypatch.setattr(drives, "sticks", list)
    register = registry.of("households")

    def first(dialog: QDialog) -> None:
        assert isinstance(dialog, HandOutDialog)
        settle(sample_window)
        assert (dialog.receiver.currentText(), dialog.person.text()) == ("塘㙍镇财政所", "吴晓燕")
        answers.answers = [folder]
        place = dialog.where.list.findText(FOLDER)
        dialog.where.list.setCurrentIndex(place)
        dialog.where.list.activated.emit(place)
        dialog.receiver.setCurrentText("吴川市扶贫办")
        assert dialog.person.text() == "黄志明"
        assert dialog.subject.text() == register.title
        answers.dialogs = [lambda told: told.accept()]
        answers.answers = [True]
        dialog.go.click()
        settle(sample_window)
        assert dialog.carried is not None

    def second(dialog: QDialog) -> None:
        assert isinstance(dialog, HandOutDialog)
        settle(sample_window)
        drive = dialog.where.drive
        assert drive is not None
        assert drive.root == folder
        assert (dialog.receiver.currentText(), dialog.person.text()) == ("吴川市扶贫办", "黄志明")
        assert dialog.told.text() == "已选 1 项，1 项上次交出以后没有改动。"
        dialog.person.setText("陈小姐")
        dialog.receiver.setCurrentText("塘㙍镇财政所")
        assert dialog.person.text() == "陈小姐"
        dialog.reject()

    def third(dialog: QDialog) -> None:
        assert isinstance(dialog, HandOutDialog)
        settle(sample_window)
        assert dialog.told.text() == "已选 1 项。"
        dialog.reject()

    shell, ticked = sample_window.shell, frozenset({f"register:{register.name}"})
    for drive in (first, second):
        answers.dialogs = [drive]
        shell.ask.run(HandOutDialog(shell, ticked))
    (row,) = registers.window(sample, Query(register, sample.year), 0, 1)
    assert registers.set_cells(sample, register, [CellEdit(row.key, "phone", "13800138000")]).change
    answers.dialogs = [third]
    shell.ask.run(HandOutDialog(shell, ticked))


def test_chosen_documents_and_the_round_in_front_are_ticked_already(
    sample_window: MainWindow, answers: Answers, stick: Path
) -> None:
    found: list[str] = []

    def drive(dialog: QDialog) -> None:
        assert isinstance(dialog, HandOutDialog)
        settle(sample_window)
        found.extend(one.key for one in dialog.items)

    reports = sample_window.show_tab("reports")
    settle(sample_window)
    answers.dialogs = [drive]
    reports.document_actions.hand_out()
    assert found == [f"document:{key}" for key in reports.state.chosen]
    publicity = sample_window.show_tab("publicity")
    settle(sample_window)
    posted = next(one for one in publicity.state.rounds if one.notice_key)
    publicity.state.show_round(posted)
    found.clear()
    answers.dialogs = [drive]
    publicity.paper.saves["stick"].trigger()
    assert found == [f"round:{posted.key}"]


def test_a_period_leaves_out_what_is_not_of_it_and_offers_its_audit_package(
    sample_window: MainWindow, answers: Answers, stick: Path
) -> None:
    def drive(dialog: QDialog) -> None:
        assert isinstance(dialog, HandOutDialog)
        settle(sample_window)
        tree = dialog.tree
        assert not tree.since.isEnabled()
        assert not dialog.audit.isEnabled()
        tree.of_period.setChecked(True)
        for field, text in ((tree.since, "2026-11-01"), (tree.until, "2026-11-21")):
            field.setText(text)
            field.textEdited.emit(text)
        tree.tick_listed()
        assert dialog.items
        assert {"2026-11"} == {f"{one.on:%Y-%m}" for one in dialog.items if one.on}
        before = len(dialog.items)
        dialog.audit.setChecked(True)
        assert dialog.items[-1].title == "审计包 2026-11-01 至 2026-11-21"
        assert len(dialog.items) == before + 1
        dialog.outside.setChecked(True)
        dialog.subject.setText("甲")
        dialog.receiver.setCurrentText("乙")
        assert "不能做对外副本" in dialog.told.text()
        tree.untick()
        assert len(dialog.items) == 1
        dialog.reject()

    answers.dialogs = [drive]
    sample_window.show_tab("exchange").out_button.click()


def test_without_a_stick_a_folder_can_be_taken(
    sample_window: MainWindow, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "硬盘"
    folder.mkdir()
    monkeypatch.setattr(drives, "sticks", list)

    def drive(dialog: QDialog) -> None:
        assert isinstance(dialog, HandOutDialog)
        settle(sample_window)
        assert dialog.where.list.currentText().startswith("没有找到U盘")
        assert dialog.where.drive is None
        answers.answers = [folder]
        place = dialog.where.list.findText(FOLDER)
        dialog.where.list.setCurrentIndex(place)
        dialog.where.list.activated.emit(place)
        assert dialog.where.drive is not None
        assert dialog.where.drive.root == folder
        assert dialog.where.drive.free > 0
        dialog.where.again.click()
        settle(sample_window)
        assert dialog.where.drive is not None
        dialog.reject()

    answers.dialogs = [drive]
    sample_window.menus.actions["hand_out"].trigger()


def test_the_stick_that_was_chosen_stays_so_and_no_other_takes_its_place_unasked(
    sample_window: MainWindow, answers: Answers, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Drive(tmp_path, "别人的", 10**9)
    own = Drive(stick, "KINGSTON", 10**9)
    there = [other, own]
    monkeypatch.setattr(drives, "sticks", lambda: there)

    def drive(dialog: QDialog) -> None:
        assert isinstance(dialog, HandOutDialog)
        where = dialog.where
        settle(sample_window)
        where.list.setCurrentIndex(1)
        where.list.activated.emit(1)
        where.again.click()
        settle(sample_window)
        assert where.drive == own
        there.remove(own)
        where.again.click()
        settle(sample_window)
        assert where.drive is None
        assert "不见了" in where.list.currentText()
        there.append(own)
        where.again.click()
        settle(sample_window)
        assert where.drive == own
        dialog.reject()

    answers.dialogs = [drive]
    sample_window.menus.actions["hand_out"].trigger()


def test_the_sticks_of_the_system_are_those_that_can_be_pulled_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drives, "drive_kind", lambda _folder: "removable")
    found = drives.sticks()
    assert found
    assert all(one.root.is_dir() and one.name for one in found)
    monkeypatch.setattr(drives, "drive_kind", lambda _folder: "fixed")
    assert drives.sticks() == []
