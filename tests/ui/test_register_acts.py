"""What is done at the edges of a register: headings, the tables of a card, blank workbooks, columns, counts that fail."""

from __future__ import annotations

from collections import Counter

import openpyxl
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from fupin_desktop.errors import NotWritable
from fupin_desktop.services import registers
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, PERSONS, Query, registry
from fupin_desktop.ui.models.changes import ChangesModel
from fupin_desktop.ui.tabs.registers.actions import sheet_title
from fupin_desktop.ui.tabs.registers.columns import ColumnsDialog, PrintDialog
from fupin_desktop.ui.tabs.registers.layout import TableLayout, proposed, remember, remembered
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.labels import label
from fupin_desktop.ui.widgets.navigation import Cell
from tests.ui.register_driving import all_households, settle
from tests.ui.test_main_window import Windows

LEFT, RIGHT, Key = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(sample_window):
    ask = sample_window.shell.ask
    for kept in (ask.told, ask.asked, ask.answers, ask.dialogs):
        kept.clear()
    return sample_window


@pytest.fixture
def tab(window):
    made = all_households(window)
    made.tools.card_button.setChecked(False)  # reading it would take most of the time
    made.table.go_to(0, 0)
    return made


@pytest.fixture
def carded(tab):
    """The same with the card of the current record beside the table."""
    tab.tools.card_button.setChecked(True)
    return tab


# ---- headings ----
@pytest.fixture
def head(tab):
    """The heading of the table, with what it asked for."""
    asked = []
    header = tab.table.head
    signals = {"sort": header.sort_asked, "filter": header.filter_asked, "menu": header.menu_asked}
    slots = {name: lambda section, *_more, name=name: asked.append((name, section)) for name in signals}
    header.blockSignals(False)
    for name, signal in signals.items():
        signal.disconnect()
        signal.connect(slots[name])
    yield header, asked
    for name, signal in signals.items():
        signal.disconnect(slots[name])
    header.sort_asked.connect(tab._sort)
    header.filter_asked.connect(tab.open_filter)
    header.menu_asked.connect(tab.columns.open_menu)


def spot(header, section, from_left=None, from_right=None):
    rect = header.section_rect(section)
    return QPoint(rect.left() + from_left if from_right is None else rect.right() - from_right, rect.center().y())


@pytest.mark.parametrize(("from_left", "from_right", "asked"), [
    (20, None, [("sort", 1)]), (None, 12, [("filter", 1)]), (None, 2, []), (2, None, []), (None, 30, [("sort", 1)]),
    (None, 19, [("filter", 1)]), (None, 6, [("filter", 1)]),
])
def test_a_click_on_a_heading_sorts_on_its_funnel_filters_and_on_its_border_does_neither(head, from_left, from_right, asked):
    header, found = head
    QTest.mouseClick(header.viewport(), LEFT, pos=spot(header, 1, from_left, from_right))
    assert found == asked


def test_a_heading_pressed_and_left_elsewhere_does_nothing(head):
    header, found = head
    QTest.mousePress(header.viewport(), LEFT, pos=spot(header, 1, 20))
    QTest.mouseRelease(header.viewport(), LEFT, pos=spot(header, 2, 30))
    QTest.mousePress(header.viewport(), LEFT, pos=spot(header, 1, 20))
    QTest.mouseRelease(header.viewport(), LEFT, pos=spot(header, 1, 20) + QPoint(0, 200))
    assert found == []


def test_the_right_button_opens_the_menu_of_the_heading_alone(head):
    header, found = head
    QTest.mouseClick(header.viewport(), RIGHT, pos=spot(header, 2, 20))
    header.customContextMenuRequested.emit(spot(header, 2, 20))
    header.customContextMenuRequested.emit(QPoint(100_000, 3))
    assert found == [("menu", 2)]


def test_the_heading_below_the_mouse_shows_its_funnel_until_the_mouse_leaves(head):
    header, _found = head
    plain = header.grab().toImage()
    place = QPointF(spot(header, 1, 20))
    move = QMouseEvent(
        QEvent.Type.MouseMove, place, header.viewport().mapToGlobal(place), Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(header.viewport(), move)
    assert header._hovered == 1
    assert header.grab().toImage() != plain
    QApplication.sendEvent(header, QEvent(QEvent.Type.Leave))
    assert header.grab().toImage() == plain


# ---- the tables of a card ----
def with_children(window, register, many):
    """Key of a household that has so many records of a register."""
    bench = window.shell.bench
    rows = registers.window(bench, Query(register, bench.year), 0, 200)
    found = Counter(row.parent for row in rows)
    return next(key for key, count in found.items() if count >= many)


@pytest.fixture
def items(carded, window):
    """The items of a household that has two."""
    carded.rows.select(with_children(window, FARM_ITEMS, 2))
    settle(carded)
    return carded.card.tables[FARM_ITEMS]


def test_the_headings_of_a_card_s_table_neither_sort_nor_filter(items):
    asked = []
    for signal in (items.table.head.sort_asked, items.table.head.filter_asked, items.table.head.menu_asked):
        signal.connect(lambda *_given: asked.append(1))
    head = items.table.head
    for from_right in (12, 40):
        QTest.mouseClick(head.viewport(), LEFT, pos=spot(head, 0, from_right=from_right))
    head.customContextMenuRequested.emit(spot(head, 0, 20))
    assert asked == []


def test_nothing_is_removed_where_no_row_is_chosen(items, said, window):
    items.table.selectionModel().clear()
    items.remove()
    assert said == ["请先在表里点一下要删除的那一行"]
    assert window.shell.ask.asked == []


@pytest.mark.parametrize("agrees", [False, True])
def test_a_row_is_removed_after_a_question_and_comes_back(items, window, tab, agrees):
    before = items.model.rowCount()
    items.table.go_to(1, 0)
    key = items.model.row_at(1).key
    window.shell.ask.answers.append(agrees)
    items.remove()
    settle(tab)
    left = [items.model.row_at(row).key for row in range(items.model.rowCount())]
    assert (key in left) == (not agrees)
    if agrees:
        window.menus.actions["undo"].trigger()
        settle(tab)
    assert items.model.rowCount() == before


def test_all_rows_chosen_in_a_card_s_table_are_removed_together(items, window, carded):
    before = items.model.rowCount()
    items.table.go_to(0, 0)
    items.table.extend_to(Cell(1, 1))
    window.shell.ask.answers.append(True)
    QTest.keyClick(items.table, Key.Key_Minus, CTRL)
    settle(carded)
    assert "2 条" in window.shell.ask.asked[0][1] or "、" in window.shell.ask.asked[0][1]
    assert items.model.rowCount() == before - 2
    window.menus.actions["undo"].trigger()
    settle(carded)
    assert items.model.rowCount() == before


def test_a_masked_number_of_a_card_is_not_cut(carded, window, said):
    tab = carded
    tab.rows.select(with_children(window, PERSONS, 1))
    settle(tab)
    persons = tab.card.tables[PERSONS]
    tab.state.set_masked(True)
    place = persons.model.column_of("id_number")
    persons.table.go_to(0, place)
    before = persons.model.typed(0, place)
    persons.table.cut_asked.emit()
    assert "没有剪切" in said[0]
    assert persons.model.typed(0, place) == before != persons.model.text(0, place)


# ---- pieces taken out before they were shown ----
def test_what_is_taken_out_of_a_card_before_it_was_shown_never_becomes_a_window(app, carded):
    tab = carded
    spy = Windows()
    app.installEventFilter(spy)
    try:
        for row in range(6):  # as fast as the arrow keys go
            tab.card.show_record(HOUSEHOLDS, tab.state.front.model.key_at(row))
        card = tab.card.card_of(HOUSEHOLDS)
        card._changes.addWidget(label("刚放进去"))
        clear(card._changes)
        for _ in range(3):
            app.processEvents()
    finally:
        app.removeEventFilter(spy)
    assert spy.seen == []


# ---- workbooks ----
def test_a_blank_workbook_is_of_the_register_chosen(tab, window, tmp_path):
    ask, path = window.shell.ask, tmp_path / "空白.xlsx"
    found = [one for one in registry.all() if not one.computed_by]
    order = sorted(found, key=lambda one: one is not HOUSEHOLDS)
    register = next(one for one in order if one.name == "projects")
    ask.answers += [order.index(register), path]
    tab.register_actions.write_blank()
    window.shell.tasks.wait()
    assert ("save", f"空白{sheet_title(register)}.xlsx") in ask.asked
    assert f"“{register.title}”里导入" in ask.told[0]
    cells = {str(cell.value or "") for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row}
    labels = [info.label for info in registers.columns(register) if info.editable and info.required]
    assert labels
    assert all(any(one in cell for cell in cells) for one in labels)


@pytest.mark.parametrize("answers", [[None], [0, None]])
def test_a_blank_workbook_that_is_given_up_is_not_written(tab, window, answers):
    window.shell.ask.answers += answers
    tab.register_actions.write_blank()
    window.shell.tasks.wait()
    assert window.shell.ask.told == []


def test_a_workbook_that_cannot_be_written_is_told(tab, window, tmp_path):
    window.shell.ask.answers += [0, tmp_path / "没有" / "这个" / "文件夹.xlsx"]
    tab.register_actions.write_blank()
    window.shell.tasks.wait()
    (told,) = window.shell.ask.told
    assert told.happened
    assert told.todo


# ---- columns ----
def test_columns_are_never_all_hidden(tab, window):
    shown = list(tab.state.front.layout.shown)
    window.shell.ask.dialogs.append(lambda dialog: (dialog.fill([]), dialog.accept()))
    tab.columns.choose()
    assert tab.state.front.layout.shown == shown


def test_the_dialog_of_columns_lists_each_once_those_shown_first(app):
    dialog = ColumnsDialog(HOUSEHOLDS, ["note", "head_name"])
    every = [info.key for info in registers.columns(HOUSEHOLDS)]
    assert dialog.chosen() == ["note", "head_name"]
    assert dialog.list.count() == len(every)
    dialog.fill(proposed(HOUSEHOLDS).shown)
    assert sorted(dialog.chosen()) == sorted(every)
    assert dialog.list.accessibleName() == "要显示的列"
    printing = PrintDialog(HOUSEHOLDS, ["head_name"])
    assert printing.list.accessibleName() == "要打印的列"
    assert "勾选要打印的列，上下拖动可以调整先后。" in [one.text() for one in printing.findChildren(QLabel)]
    assert (printing.paper_size, printing.windowTitle()) == ("A4", "打印农户台账")
    printing.paper.setCurrentText("A3")
    assert printing.paper_size == "A3"
    printing.clear()
    printing.list.item(1).setCheckState(Qt.CheckState.Checked)
    assert len(printing.chosen()) == 1
    printing.show()
    QTest.keyClick(printing.list, Qt.Key.Key_Return)
    assert printing.result()


@pytest.mark.parametrize("kept", [
    "", "null", "[]", "7", '"x"', "{", '{"households": null}', '{"households": []}', '{"households": {"shown": null}}',
    '{"households": {"shown": "code"}}', '{"households": {"widths": ["code", 3]}}', '{"households": {"widths": {"code": "7"}}}',
    '{"households": {"widths": {"code": -5}}}', '{"households": {"shown": [1, null, ["a"]], "frozen": "2"}}',
    '{"households": {"frozen": 5}}', '{"households": {"frozen": -1}}',
])
def test_columns_that_were_kept_damaged_are_those_of_the_beginning(window, kept):
    chosen = type(window.shell.preferences)()
    chosen.register_columns = kept
    assert remembered(chosen, HOUSEHOLDS) == proposed(HOUSEHOLDS)


def test_columns_are_kept_for_each_register_apart(window):
    chosen = type(window.shell.preferences)()
    remember(chosen, HOUSEHOLDS, TableLayout(["head_name", "head_name", "code"], {"code": 90}, 0))
    remember(chosen, PERSONS, TableLayout(["name"], {}, 4))
    assert remembered(chosen, HOUSEHOLDS) == TableLayout(["head_name", "code"], {"code": 90}, 0)
    assert remembered(chosen, PERSONS) == TableLayout(["name"], {}, 4)


# ---- counts ----
def test_counting_beside_that_fails_is_told_once_and_tried_again_later(tab, window, monkeypatch):
    def gone(*_given):
        raise NotWritable("读不出来。")

    front = tab.state.front
    with monkeypatch.context() as patch:
        patch.setattr(front, "large", True)
        patch.setattr(registers, "totals", gone)
        tab.counts.tell()
        tab.counts.tell()
        window.shell.tasks.wait()
    assert [type(told) for told in window.shell.ask.told] == [NotWritable]
    told = []
    tab.counts.told.connect(told.append)
    tab.counts.tell()
    assert told[0].startswith("共 612 户 · 参与")


# ---- the log ----
def test_operations_are_read_by_pages_and_the_oldest_page_forgotten(app):
    asked = []

    def fetch(numbers):
        asked.append((numbers[0], len(numbers)))
        return []

    model = ChangesModel(fetch)
    model.show_numbers(range(10_000, 0, -1))
    assert (model.rowCount(), model.rowCount(model.index(0, 0)), model.columnCount(model.index(0, 0))) == (10_000, 0, 0)
    assert model.at(0) is None
    assert model.at(99) is None
    assert model.at(100) is None
    assert asked == [(10_000, 100), (9_900, 100)]
    for page in range(2, 43):
        model.at(page * 100)
    model.at(0)
    assert asked[-1] == (10_000, 100)
    assert model.data(model.index(3, 0)) is None
