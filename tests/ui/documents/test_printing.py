"""Printing from the tab of documents: one, many, the preview; what stands in the history afterwards."""

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QTableWidget

from fupin_desktop.documents.drawing.print_pages import page_count
from fupin_desktop.services import documents
from fupin_desktop.ui.printing import front
from tests.services.documents import office
from tests.ui.documents.desk import choose, settle
from tests.ui.printing.test_front import Tray, go, to_file


@pytest.fixture
def tray(monkeypatch):
    made = Tray()
    monkeypatch.setattr(front, "_press", lambda *_chosen: made)
    return made


def prints(bench, key):
    return [line.after for line in documents.history(bench, key) if line.label == "打印"]


def test_the_document_shown_is_printed_and_its_history_says_so(tab, bench, village, answers, window, tray):
    bench.clock.later(minutes=5)
    answers.setups.append(go)
    tab.paper.buttons["print"].click()
    settle(window)
    (job,) = tray.jobs
    assert job[0] == documents.paper_name(bench, village)
    assert len(job) - 1 == page_count(documents.pdf_bytes(bench, village))
    assert prints(bench, village)[0].startswith("1 份，全部页")
    assert tab.side._lines[0].label == "打印"
    assert tab.side._told(tab.side._lines[0]).startswith("09:05 打印 1 份，全部页")


def test_a_document_that_breaks_a_must_is_printed_as_a_draft(tab, bench, village, answers, window, tray):
    office.fill(bench, village, {"leader_phone": ""})
    tab.reload()
    settle(window)
    answers.setups.append(go)
    tab.print_paper()
    settle(window)
    blocked = any(problem.blocks for problem in tab.document.problems)
    assert blocked
    assert prints(bench, village)[0].startswith("草稿 1 份")


def test_ctrl_p_prints_the_tab_in_front(tab, village, answers, window, tray):
    answers.setups.append(go)
    action = window.menus.actions["print"]
    assert action.shortcut().toString() == "Ctrl+P"
    action.trigger()
    settle(window)
    assert len(tray.jobs) == 1


def test_the_records_of_prints_are_listed(tab, bench, village, answers, window, tray):
    answers.dialogs.append(lambda dialog: told.extend(one.text() for one in dialog.findChildren(QLabel)))
    told = []
    window.menus.actions["print_records"].trigger()
    assert [text for text in told if "还没有打印过" in text]
    answers.setups.append(go)
    tab.print_paper()
    settle(window)
    seen = []
    answers.dialogs.append(lambda dialog: seen.append([cell.text() for cell in cells(dialog)]))
    window.menus.actions["print_records"].trigger()
    assert seen[0][1:3] == [bench.clerk, documents.paper_name(bench, village)]
    assert seen[0][4:] == ["1", "全部", ""]


def cells(dialog):
    table = dialog.findChild(QTableWidget)
    return [table.item(0, column) for column in range(table.columnCount())]


def test_where_there_is_nothing_to_print_it_is_said(window, answers):
    said = []
    window.shell.said.connect(said.append)
    window.show_tab("home")
    window.menus.actions["print"].trigger()
    assert said[-1].startswith("这一页没有可以打印的文件")
    window.menus.actions["print_application"].trigger()
    assert said[-1] == "先选一份申报表。"


def test_the_preview_prints_with_its_button_and_ctrl_p(tab, village, answers, window, tray):
    def drive(dialog):
        dialog.print.click()
        settle(window)
        (shortcut,) = dialog.findChildren(QShortcut)
        assert shortcut.key().toString() == "Ctrl+P"
        shortcut.activated.emit()
        settle(window)
        dialog.reject()

    answers.setups += [go, go]
    answers.dialogs.append(drive)
    tab.preview_document()
    assert len(tray.jobs) == 2


def test_an_approved_document_goes_out_as_it_was_kept(tab, bench, village, answers, window, tmp_path):
    office.approve(bench, village)
    tab.reload()
    settle(window)
    answers.setups.append(to_file(tmp_path / "a.pdf"))
    tab.print_paper()
    settle(window)
    assert (tmp_path / "a.pdf").read_bytes() == documents.pdf_bytes(bench, village)


def test_a_copy_that_leaves_the_office_is_printed_too(tab, bench, village, answers, window, tmp_path):
    answers.setups.append(to_file(tmp_path / "a.pdf"))
    tab.paper.asked.emit("print_copy")
    settle(window)
    assert (tmp_path / "a.pdf").read_bytes() == documents.pdf_bytes(bench, village, copy=True)


@pytest.mark.parametrize("together", [False, True])
def test_many_are_printed_and_each_remembers_it(tab, bench, village, answers, window, tray, together):
    town = office.begin(bench, office.TOWN)
    tab.reload()
    settle(window)

    def drive(dialog):
        assert dialog.all_listed
        (dialog.together if together else dialog.apart).setChecked(True)
        dialog.go.click()

    answers.dialogs.append(drive)
    answers.setups.append(go)
    action = next(action for action in tab.records.menu.actions() if action.text() == "批量打印…")
    action.trigger()
    settle(window)
    assert len(tray.jobs) == (1 if together else 2)
    assert all(len(prints(bench, key)) == 1 for key in (village, town))


def test_only_the_chosen_are_printed(tab, bench, village, answers, window, tray):
    office.begin(bench, office.TOWN)
    other = office.begin(bench, office.VILLAGE, office.village_key(bench, "那罗村"))
    tab.reload()
    settle(window)
    choose(tab, other)

    def drive(dialog):
        dialog.only_chosen.setChecked(True)
        dialog.go.click()

    answers.dialogs.append(drive)
    answers.setups.append(go)
    tab.document_actions.print_many()
    settle(window)
    assert [job[0] for job in tray.jobs] == [documents.paper_name(bench, other)]
    assert prints(bench, village) == []


def test_without_documents_there_is_nothing_to_print(bench, window, answers):
    window.show_tab("applications")
    tab = window.tab("applications")
    tab.document_actions.print_many()
    assert answers.told == ["没有可以打印的申报表。"]


def test_giving_up_in_the_dialogs_prints_nothing(tab, bench, village, answers, window, tray):
    answers.dialogs += [lambda dialog: dialog.reject(), lambda dialog: dialog.go.click()]
    answers.setups += [lambda _printer: False, lambda _printer: False]
    tab.document_actions.print_many()
    tab.document_actions.print_many()
    tab.print_paper()
    settle(window)
    assert tray.jobs == []
    assert prints(bench, village) == []


def test_the_real_dialog_is_told_the_pages(app, monkeypatch):
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

    from fupin_desktop.ui.ask import Asker

    seen = []

    def run(_self, dialog):
        option = QAbstractPrintDialog.PrintDialogOption.PrintPageRange
        seen.append((type(dialog), dialog.testOption(option), dialog.minPage(), dialog.maxPage()))
        assert dialog.windowTitle() == "打印"
        dialog.deleteLater()
        return True

    monkeypatch.setattr(Asker, "run", run)
    for pages in (7, 1, 0):
        assert Asker().set_up_print(None, QPrinter(), pages)
    assert [one[:2] for one in seen] == [(QPrintDialog, True), (QPrintDialog, False), (QPrintDialog, False)]
    assert seen[0][2:] == (1, 7)
    assert isinstance(Asker().printers(), list)
