"""Dialogs in which opinions, signed papers and steps of projects are entered."""

from datetime import date

import pytest

from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.services import villages
from fupin_desktop.services.documents.model import FlowStep
from fupin_desktop.storage.entities import Project
from fupin_desktop.ui.dialogs.opinion import OpinionDialog
from fupin_desktop.ui.dialogs.project_step import ProjectStepDialog
from fupin_desktop.ui.dialogs.signed_paper import SignedPaperDialog
from tests.ui.scheme_typing import type_text


# ---- 填写意见, 补登 ----
@pytest.fixture
def opinion(desk, qtbot):
    kept = []

    def keep(one, taken):
        kept.append(one)
        taken()

    made = OpinionDialog(desk, "村委会意见", keep, names=("陈观保",))
    qtbot.addWidget(made)
    made.kept = kept
    made.show()
    return made


def test_a_day_taken_from_the_calendar_counts_like_a_typed_one(opinion):
    opinion.agree.setChecked(True)
    assert opinion.save.isEnabled()
    type_text(opinion.day, "")
    assert not opinion.save.isEnabled()
    opinion.day.choose(date(2026, 12, 20))
    assert opinion.save.isEnabled()
    opinion.save.click()
    (one,) = opinion.kept
    assert (one.agrees, one.text, one.name, one.dated) == (True, "", "陈观保", date(2026, 12, 20))


def test_nothing_is_agreed_to_before_it_is_picked_and_a_refusal_needs_its_reason(opinion):
    assert not opinion.save.isEnabled()
    assert opinion.focusWidget() is opinion.agree  # what comes first
    assert opinion.note.text() == "请先选“同意”或“不同意”。打印出来手写的，等签好后再登记。"
    opinion.refuse.setChecked(True)
    assert not opinion.save.isEnabled()
    opinion.text.setPlainText("  ")
    assert not opinion.save.isEnabled()
    opinion.text.setPlainText("面积不实")
    assert opinion.save.isEnabled()
    opinion.name.setText(" ")
    assert not opinion.save.isEnabled()


@pytest.mark.parametrize(("last", "told"), [
    (False, "同意后转到下一级。"), (True, "这是最后一级：批准后版面和数据存档，不再变动。"),
])  # fmt: skip
def test_what_follows_from_agreeing_is_said(desk, qtbot, last, told):
    dialog = OpinionDialog(desk, "县办意见", lambda _one, _taken: None, last=last)
    qtbot.addWidget(dialog)
    dialog.agree.setChecked(True)
    assert dialog.note.text() == f"{told}还没有填负责人。"
    type_text(dialog.day, "")
    assert dialog.note.text() == f"{told}还没有填负责人、日期。"
    type_text(dialog.day, "2026-12-20")
    dialog.name.setText("黄主任")
    assert dialog.note.text() == told
    dialog.save.click()
    assert dialog.result() == 0


def test_a_return_needs_a_reason_alone(desk, qtbot):
    dialog = OpinionDialog(desk, "低岭村申报表", lambda _one, _taken: None, back=True)
    qtbot.addWidget(dialog)
    assert (dialog.windowTitle(), dialog.focusWidget()) == ("退回", dialog.text)
    assert not dialog.save.isEnabled()
    dialog.text.setPlainText("缺合同")
    assert dialog.save.isEnabled()
    assert not dialog.opinion.agrees


STEPS = [FlowStep(box, label, "to come") for box, label in (("village", "村委会"), ("unit", "帮扶单位"), ("town", "镇政府"))]


@pytest.fixture
def signed(desk, qtbot):
    made = SignedPaperDialog(desk, STEPS, {"village": ("陈观保",)}, lambda found, taken: taken() if len(found) == 3 else None)
    qtbot.addWidget(made)
    return made


def test_a_later_box_is_not_signed_before_an_earlier_one(signed):
    first, second, third = signed.rows
    third.day.put(date(2026, 12, 31))
    type_text(second.day, "")
    first.day.choose(date(2026, 12, 28))
    assert [row.day.day for row in signed.rows] == [date(2026, 12, 28), date(2026, 12, 28), date(2026, 12, 31)]


def test_what_still_lacks_is_said_box_by_box(signed):
    first, second, third = signed.rows
    assert (signed.note.text()[:4], signed.save.isEnabled()) == ("先勾选纸", False)
    assert signed.focusWidget() is first.agree
    second.agree.setChecked(True)
    assert (signed.note.text(), signed.save.isEnabled()) == ("“村委会”还没有勾选，后面的不能先登记。", False)
    first.agree.setChecked(True)
    assert (signed.note.text(), signed.save.isEnabled()) == ("“帮扶单位”请填好负责人和日期。", False)
    second.name.setEditText("吴队长")
    assert (signed.note.text(), signed.save.isEnabled()) == ("登记 2 级意见。", True)
    signed.save.click()
    assert signed.result() == 0
    signed.all.click()
    assert signed.focusWidget() in (third.name, third.name.lineEdit())
    third.name.setEditText("林镇长")
    assert signed.note.text() == "最后一级也已签署：登记以后即批准，版面和数据存档，不再变动。"
    type_text(third.day, "不知道")
    assert not signed.save.isEnabled()
    third.day.choose(date(2026, 12, 24))
    signed.save.click()
    assert signed.result() == 1


# ---- 项目的一步 ----
@pytest.fixture(scope="module")
def project(module_shell):
    bench = module_shell.bench
    village = villages.add(bench, villages.VillageForm("黎屋村")).keys[0]
    with bench.write("tests.project", "项目") as unit:
        day = date(2026, 6, 30)
        made = Project(village_key=village, name="黎屋光伏电站", year=2026, state="idea", state_on=day)
        unit.session.add(made)
        unit.session.flush()
        return made.key


def step(desk, project, into):
    return ProjectStepDialog(desk, project, "黎屋光伏电站", into)


def found(dialog):
    return [dialog.told.itemAt(place).widget().text() for place in range(dialog.told.count())]


def test_findings_are_of_the_day_as_it_is_typed(desk, project, qtbot):
    dialog = step(desk, project, ProjectState.REMOVED)
    qtbot.addWidget(dialog)
    dialog.reason.setPlainText("村里另有安排")
    assert found(dialog) == []
    type_text(dialog.day, "12.25")
    assert [text[:10] for text in found(dialog)] == ["2026-12-25"]
    dialog.day.editingFinished.emit()
    assert [text[:10] for text in found(dialog)] == ["2026-12-25"]
    type_text(dialog.day, "2026年12月1日")
    assert found(dialog) == []


def test_a_reason_that_is_typed_is_asked_for_no_more(desk, project, qtbot):
    dialog = step(desk, project, ProjectState.REMOVED)
    qtbot.addWidget(dialog)
    assert [text.partition("（")[0] for text in found(dialog)] == ["出库要写明原因。"]
    assert dialog.reason.placeholderText().startswith("依据")
    dialog.reason.setPlainText("不再做")
    assert found(dialog) == []


def test_a_day_that_is_none_gets_the_keyboard_and_nothing_is_written(desk, project, qtbot):
    dialog = step(desk, project, ProjectState.REMOVED)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    before = desk.bench.revision
    type_text(dialog.day, "哪天")
    dialog.save_button.click()
    assert dialog.focusWidget() is dialog.day
    assert (desk.bench.revision, dialog.isVisible()) == (before, True)


def test_what_stands_in_the_way_is_told_and_a_good_step_is_kept(desk, project, qtbot):
    dialog = step(desk, project, ProjectState.REMOVED)
    qtbot.addWidget(dialog)
    dialog.save_button.click()
    assert desk.ask.told.pop().happened == "出库要写明原因。"
    dialog.reason.setPlainText("不再做")
    dialog.document.setText("吴扶办〔2026〕9号")
    dialog.save_button.click()
    assert dialog.result() == 1
    again = step(desk, project, ProjectState.POOLED)
    qtbot.addWidget(again)
    assert "不能直接登记为" in desk.ask.told.pop().happened
