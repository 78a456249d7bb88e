"""Opinions of a paper that was signed by hand, names that are proposed, and the buttons of the flow."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import documents, villages
from fupin_desktop.services.documents import ApplicationState
from tests.services.documents import office
from tests.ui.documents.desk import choose, open_tab, settle
from tests.ui.printing.test_front import to_file


@pytest.fixture
def sent(tab, bench, village):
    documents.submit(bench, village)
    tab.reload()
    choose(tab, village)
    return tab


def click(qtbot, widget, clicks):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    clicks.append(widget)


def test_five_opinions_in_few_clicks(sent, bench, answers, qtbot):
    clicks = []

    def drive(dialog):
        assert len(dialog.rows) == 5
        assert not dialog.save.isEnabled()
        click(qtbot, dialog.all, clicks)
        for name in ("陈观保", "吴队长", "李文静", "林镇长", "黄主任"):
            row = next(row for row in dialog.rows if not row.name.currentText())
            row.name.setEditText(name)
        assert "最后一级" in dialog.note.text()
        click(qtbot, dialog.save, clicks)

    answers.dialogs.append(drive)
    click(qtbot, sent.side.flow.buttons["enter_signed"], clicks)
    assert len(clicks) <= 6
    assert sent.document.line.state is ApplicationState.APPROVED
    assert [step.who for step in sent.document.flow if step.box][:5] == ["陈观保", "吴队长", "李文静", "林镇长", "黄主任"]


def test_names_of_earlier_papers_stand_there_already(sent, bench, village, window, answers):
    for box, name in zip(office.boxes(bench, village), ("陈观保", "吴队长", "李文静", "林镇长", "黄主任"), strict=True):
        office.agree(bench, village, box, name=name)
    other = office.begin(bench, place=office.village_key(bench, "那罗村"))
    names = documents.signers(bench, other)
    assert names["opinion_town_office"] == ("李文静",)
    found = villages.by_name(bench, "那罗村")
    villages.update(bench, found.key, villages.VillageForm("那罗村", leader="欧支书", team_leader="梁队长"))
    names = documents.signers(bench, other)
    assert names["opinion_village"] == ("欧支书",)
    assert names["opinion_assisting"] == ("梁队长",)


def test_boxes_are_taken_up_to_the_first_that_is_not_signed(sent, answers):
    def drive(dialog):
        first, second, third, *_ = dialog.rows
        first.agree.setChecked(True)
        assert not dialog.save.isEnabled()
        first.name.setEditText("陈观保")
        third.agree.setChecked(True)
        assert second.label in dialog.note.text()
        assert not dialog.save.isEnabled()
        third.agree.setChecked(False)
        second.agree.setChecked(True)
        second.name.setEditText("吴队长")
        dialog.save.click()

    answers.dialogs.append(drive)
    sent.side.flow.buttons["enter_signed"].click()
    assert sent.document.line.waiting_for.startswith("镇")
    assert sent.document.stage == "sent"


def test_where_one_is_refused_none_is_entered(sent, bench, answers, village):
    with pytest.raises(NotAllowed, match="晚于今天"):
        documents.give_opinions(bench, village, {
            "opinion_village": documents.Opinion(agrees=True, name="陈观保"),
            "opinion_assisting": documents.Opinion(agrees=True, name="吴队长", dated=date(2026, 12, 1)),
        })  # fmt: skip
    assert documents.open_document(bench, village).line.waiting_for.startswith("村")


def test_a_date_is_typed_in_any_notation(sent, answers):
    def drive(dialog):
        dialog.agree.setChecked(True)
        dialog.name.setText("陈观保")
        dialog.day.setText("2026年3月2日")
        dialog.day.textEdited.emit("2026年3月2日")
        dialog.save.click()

    answers.dialogs.append(drive)
    sent.side.flow.buttons["opinion"].click()
    assert next(step for step in sent.document.flow if step.box).when == date(2026, 3, 2)


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600), (960, 600)])
def test_the_buttons_of_the_flow_stay_in_sight(sent, window, size, qtbot):
    window.resize(*size)
    settle(window)
    places = []
    for _ in range(2):
        for button in sent.side.flow.buttons.values():
            assert button.isVisible()
            shown = button.visibleRegion().boundingRect()
            assert shown.size() == button.size()
            assert button.width() >= button.minimumSizeHint().width()
        places.append([button.mapTo(window, button.rect().topLeft()) for button in sent.side.flow.buttons.values()])
        bar = sent.side.body.verticalScrollBar()
        bar.setValue(bar.maximum())
    assert places[0] == places[1]


def test_the_keyboard_is_where_the_work_goes_on(window, bench, answers, qtbot):
    tab = open_tab(window)
    window.activateWindow()

    def drive(dialog):
        dialog.forms.setCurrentIndex(dialog.forms.findData(office.VILLAGE))
        dialog.go.click()

    answers.dialogs.append(drive)
    tab.records.new.setFocus()
    tab.records.new.click()
    settle(window)
    assert tab.paper.view.hasFocus()
    assert tab.paper.view.focused == "applicant"
    office.fill(bench, tab.key, office.VILLAGE_VALUES)
    tab.reload()
    submit = tab.side.flow.buttons["submit"]
    submit.setFocus()
    answers.answers.append(True)
    submit.click()
    settle(window)
    assert tab.document.stage == "sent"
    assert window.focusWidget() is tab.side.flow.buttons["opinion"]


def test_from_a_new_application_to_paper_in_few_clicks(window, bench, answers, qtbot, tmp_path):
    tab, clicks = open_tab(window), []

    def begin(dialog):
        dialog.show()
        dialog.forms.setCurrentIndex(dialog.forms.findData(office.VILLAGE))
        clicks.extend(["the forms", "the village form"])
        click(qtbot, dialog.go, clicks)

    def set_up(printer):
        clicks.append("打印")
        return to_file(tmp_path / "表.pdf")(printer)

    answers.dialogs.append(begin)
    answers.setups.append(set_up)
    click(qtbot, tab.records.new, clicks)
    settle(window)
    click(qtbot, tab.paper.buttons["print"], clicks)
    settle(window)
    assert (tmp_path / "表.pdf").read_bytes().startswith(b"%PDF")
    assert len(clicks) <= 7
