"""文件 → 新年度…, 关闭年度…, 重新打开年度…, through the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from fupin_desktop.errors import YearClosed
from fupin_desktop.services import history, registers, villages, years
from fupin_desktop.services.registers import HOUSEHOLDS, CellEdit, Query
from fupin_desktop.ui.main_window import MainWindow


@pytest.fixture
def office(window: MainWindow) -> MainWindow:
    bench = window.shell.bench
    villages.add(bench, villages.VillageForm("低岭村"))
    registers.add(bench, HOUSEHOLDS, {"head_name": "张三", "village": "低岭村", "kind": "参与", "earlier": "100"})
    return window


def texts(dialog) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(one.text() for one in dialog.findChildren(QLabel))


def test_the_menu_begins_the_next_year(office, bench, answers, qtbot):
    seen = []

    def agree(dialog):
        seen.append(texts(dialog))
        dialog.go.click()

    answers.dialogs.append(agree)
    office.menus.actions["new_year"].trigger()
    office.shell.tasks.wait()
    qtbot.waitUntil(lambda: bench.year == 2027)
    assert "· 农户参与登记 1 户" in seen[0]
    assert "· 本年已奖补（1 户有）" in seen[0]
    qtbot.waitUntil(lambda: office.year_bar.button.text() == "2027 年度")
    handed = office.show_tab("exchange")
    assert handed.state.front.query.year == 2027
    tab = office.show_tab("households")
    (row,) = registers.window(bench, Query(HOUSEHOLDS, 2027), 0, 9)
    assert "参与" in row.cells
    assert tab.undo_titles()[0] == "建立 2027 年度"
    tab.undo()
    office.shell.tasks.wait()
    assert (bench.year, office.year_bar.button.text()) == (2026, "2026 年度")
    assert office.show_tab("exchange").state.front.query.year == 2026
    assert registers.count(bench, Query(HOUSEHOLDS, 2026)) == 1
    begun = next(one.key for one in history.recent(bench) if one.title == "建立 2027 年度")
    office.shell.do(lambda: history.redo_one(bench, begun))
    assert (bench.year, office.year_bar.button.text()) == (2027, "2027 年度")


def test_given_up_nothing_is_begun(office, bench, answers):
    answers.dialogs.append(lambda dialog: dialog.reject())
    office.menus.actions["new_year"].trigger()
    assert (bench.year, years.preview(bench).taken) == (2026, ("农户参与登记 1 户",))


def test_a_closed_year_is_shown_as_such_and_opens_with_a_reason(office, bench, answers):
    tab = office.show_tab("households")
    answers.dialogs.append(lambda dialog: dialog.go.click())
    office.menus.actions["close_year"].trigger()
    assert bench.closed
    assert office.year_bar.isVisible()
    assert office.windowTitle().endswith("· 2026 年度（已关闭）")
    model = tab.table.model()
    cells = [model.index(0, column) for column in range(model.columnCount())]
    assert cells
    assert not any(model.flags(cell) & Qt.ItemFlag.ItemIsEditable for cell in cells)
    (row,) = registers.window(bench, Query(HOUSEHOLDS, 2026), 0, 9)
    office.shell.do(lambda: registers.set_cells(bench, HOUSEHOLDS, [CellEdit(row.key, "members", "3")]))
    assert isinstance(answers.told[-1], YearClosed)
    office.menus._menus["file"].aboutToShow.emit()
    assert office.menus.actions["close_year"].text() == "重新打开年度…"
    answers.answers.append("更正人口")
    office.year_bar.reopen.click()
    assert not bench.closed
    assert not office.year_bar.isVisible()
    assert [step.reason for step in years.steps(bench, 2026)] == ["", "更正人口"]
    assert any(model.flags(cell) & Qt.ItemFlag.ItemIsEditable for cell in cells)
    answers.answers.append(None)
    answers.dialogs.append(lambda dialog: dialog.go.click())
    office.menus.actions["close_year"].trigger()
    office.menus.actions["close_year"].trigger()
    assert bench.closed


def test_what_is_open_is_listed_before_the_year_is_closed_and_leads_there(app, sample, answers, qtbot):
    window = MainWindow(sample, answers)
    window.show()
    QApplication.processEvents()  # the first page is read after the window is drawn
    window.shell.tasks.wait()
    QApplication.processEvents()
    seen = []

    def follow(dialog):
        links = [one for one in dialog.list.findChildren(QPushButton) if one.text() == "备案" or "公示" in one.accessibleName()]
        seen.append(texts(dialog))
        links[0].click()

    answers.dialogs.append(follow)
    window.menus.actions["close_year"].trigger()
    assert "项没有办完" in seen[0]
    assert "结转下年" in seen[0]
    assert not sample.closed
    assert window.tab_keys[window.strip.currentIndex()] == "publicity"
    window.shell.tasks.wait()
    window.close()


def test_closed_years_are_marked_where_another_is_chosen(office, bench, answers):
    years.close(bench)
    shown = []
    answers.choose = lambda _parent, _title, _text, options, _at: shown.append(options)
    office.year_bar.button.click()
    assert "2026（已关闭）" in shown[0]
    assert shown[0][0] == "2027"
