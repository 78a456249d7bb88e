"""An invented type of document through the window: begun, filled, signed, printed, corrected, cancelled."""

from __future__ import annotations

import pytest

from fupin_desktop.services import documents
from tests.services.documents.invented import WELL, wells
from tests.ui.documents.desk import badges, open_tab, settle, sign_all, value


@pytest.fixture
def told(bench):
    with wells(bench) as found:
        yield found


@pytest.fixture
def tab(told, window):
    return open_tab(window)


def begin(tab, window, answers):
    def drive(dialog):
        dialog.forms.setCurrentIndex(dialog.forms.findData(WELL))
        dialog.list.setCurrentRow(0)
        dialog.go.click()

    answers.dialogs.append(drive)
    tab.records.new.click()
    settle(window)
    assert tab.document.line.form_id == WELL


def fill(tab):
    view = tab.paper.view
    for path, text in (("leader", "陈观保"), ("depth", "42.5"), ("costs[0].name", "打井"), ("costs[0].amount", "12000")):
        view.focus_field(path)
        entry = view.edit()
        entry.setText(text)
        view.commit()


def test_it_walks_through_the_window(tab, told, bench, window, answers, tmp_path):
    begin(tab, window, answers)
    fill(tab)
    assert (value(tab, "depth"), value(tab, "total"), value(tab, "litres")) == (42.5, 12000, 4250)
    assert not [one for one in tab.document.problems if one.blocks]
    sign_all(tab, answers)
    settle(window)
    assert told == ["approved 低岭村 first"]
    key = tab.key
    told.append(f"2026 {key}")
    assert tab.document.stage == "final"
    assert badges(tab)["低岭村"] == "已批准"
    for kind in ("pdf", "xlsx"):
        answers.answers += [tmp_path / f"well.{kind}", False]
        tab.paper.buttons[kind].click()
        settle(window)
    assert (tmp_path / "well.pdf").read_bytes() == documents.pdf_bytes(bench, key)
    assert (tmp_path / "well.xlsx").read_bytes() == documents.xlsx_bytes(bench, key)
    answers.answers.append(True)
    tab.side.flow.buttons["correct"].click()
    assert (tab.document.line.version, tab.document.stage) == (2, "open")
    answers.answers.append(True)
    tab.document_actions.remove()
    settle(window)
    tab.show_key(key)
    answers.answers.append("不打了")
    tab.side.flow.buttons["cancel"].click()
    assert tab.document.stage == "over"
    assert told[-1] == "cancelled 低岭村 不打了"


def test_what_it_counts_opens_its_rows(tab, window, answers):
    begin(tab, window, answers)
    fill(tab)
    shown = []
    answers.dialogs.append(lambda dialog: shown.append(dialog.windowTitle()))
    tab.paper.view.source_wanted.emit("litres")
    assert shown == ["预计出水"]
