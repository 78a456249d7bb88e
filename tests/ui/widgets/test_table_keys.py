"""Where keys lead in a table, and what is copied, pasted, filled down, emptied and summed of its chosen cells."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QTableView, QWidget

from fupin_desktop.ui.widgets import selection_sums
from fupin_desktop.ui.widgets.cell_blocks import chosen_blocks
from fupin_desktop.ui.widgets.cell_keys import CellKeys
from fupin_desktop.ui.widgets.navigation import Cell, led_to, stepped
from fupin_desktop.ui.widgets.selection_sums import TableSums, read_number, sums_label, told
from tests.ui.cases import cases_of

CTRL, SHIFT, KEY = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.Key
FLAG = QItemSelectionModel.SelectionFlag
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@pytest.mark.parametrize("case", cases_of("navigation"))
def test_a_key_leads_where_excel_would(case):
    key = getattr(Qt.Key, f"Key_{case['key']}")
    found = led_to(key, case.get("ctrl", False), Cell(*case["from"]), 5, 4, 3)
    assert found == (Cell(*case["to"]) if "to" in case else None)


@pytest.mark.parametrize("case", cases_of("tab_steps"))
def test_a_step_goes_to_the_cell_beside(case):
    assert stepped(Cell(*case["from"]), *case["step"], 3, 2) == Cell(*case["to"])


@given(st.data())
def test_no_key_leads_out_of_the_table(data):
    rows, columns, page = (data.draw(st.integers(1, 9)) for _ in range(3))
    at = Cell(data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1)))
    key = data.draw(st.sampled_from([
        KEY.Key_Up, KEY.Key_Down, KEY.Key_Left, KEY.Key_Right, KEY.Key_Home, KEY.Key_End, KEY.Key_PageUp, KEY.Key_PageDown,
    ]))
    found = led_to(key, data.draw(st.booleans()), at, rows, columns, page) or at
    step = data.draw(st.sampled_from([(0, 1), (0, -1), (1, 0), (-1, 0)]))
    for cell in (found, stepped(at, *step, rows, columns)):
        assert 0 <= cell.row < rows
        assert 0 <= cell.column < columns


@given(st.integers(1, 6), st.integers(1, 6))
def test_tab_visits_every_cell_once_and_shift_tab_goes_the_same_way_back(rows, columns):
    cells = [Cell(row, column) for row in range(rows) for column in range(columns)]
    at, seen = cells[0], [cells[0]]
    for _ in cells[1:]:
        at = stepped(at, 0, 1, rows, columns)
        seen.append(at)
    assert seen == cells
    for wanted in reversed(cells[:-1]):
        at = stepped(at, 0, -1, rows, columns)
        assert at == wanted


# ---- sums ----
@pytest.mark.parametrize("case", cases_of("sums"))
def test_the_chosen_cells_are_counted_and_summed(case):
    assert told((text, number) for text, number in case["cells"]) == case["told"]


@given(st.lists(st.decimals(-10**9, 10**9, places=2), min_size=1, max_size=20))
def test_amounts_as_tables_show_them_are_read_back_exactly(amounts):
    assert [read_number(f"{amount:,.2f}") for amount in amounts] == amounts
    parts = dict(part.split(" ", 1) for part in told((f"{one:,.2f}", True) for one in amounts).split(" · "))
    assert parts["计数"] == str(len(amounts))
    assert Decimal(parts["求和"].replace(",", "")) == sum(amounts)


# ---- cells ----
def model_of(rows, editable=True):
    """A model of texts; what looks like an amount stands at the right."""
    made = QStandardItemModel()
    made.setHorizontalHeaderLabels([f"列{place}" for place in range(len(rows[0]))])
    for row in rows:
        items = [QStandardItem(text) for text in row]
        for item in items:
            item.setEditable(editable)
            if item.text()[:1] in "-0123456789":
                item.setTextAlignment(RIGHT)
        made.appendRow(items)
    return made


@pytest.fixture
def grid(app, qtbot):
    """A table of three columns that is typed into."""
    made = QTableView()
    made.setModel(model_of([("甲", "1", "a"), ("乙", "2", "b"), ("丙", "3", "c"), ("丁", "4", "d")]))
    made.model().setParent(made)
    made.keys = CellKeys(made, typed=True)
    qtbot.addWidget(made)
    made.show()
    made.setCurrentIndex(made.model().index(0, 0))
    return made


def texts(table):
    model = table.model()
    return [tuple(model.index(row, column).data() or "" for column in range(model.columnCount())) for row in range(model.rowCount())]


def choose(table, *cells):
    """Choose single cells, as with Ctrl and the mouse."""
    table.selectionModel().clear()
    for row, column in cells:
        table.selectionModel().select(table.model().index(row, column), FLAG.Select)
    table.selectionModel().setCurrentIndex(table.model().index(*cells[0]), FLAG.NoUpdate)


def block(table, first, last):
    """Choose a rectangle."""
    model = table.model()
    table.selectionModel().setCurrentIndex(model.index(*first), FLAG.NoUpdate)
    table.selectionModel().select(QItemSelection(model.index(*first), model.index(*last)), FLAG.ClearAndSelect)


def clip():
    return QApplication.clipboard().text()


def test_copied_cells_are_those_seen_line_by_line(grid):
    block(grid, (0, 0), (1, 2))
    grid.keys.blocks.copy()
    assert clip() == "甲\t1\ta\n乙\t2\tb"
    grid.setColumnHidden(1, True)
    grid.keys.blocks.copy()
    assert clip() == "甲\ta\n乙\tb"


def test_a_line_break_in_a_cell_does_not_tear_the_copied_row(grid):
    grid.model().setData(grid.model().index(0, 0), "第一行\n第二行\t尾")
    block(grid, (0, 0), (0, 1))
    grid.keys.blocks.copy()
    assert clip() == "第一行 第二行 尾\t1"


def test_what_is_pasted_goes_into_the_columns_that_are_seen(grid):
    grid.setColumnHidden(1, True)
    choose(grid, (1, 0))
    QApplication.clipboard().setText("新\tx\n再\ty")
    grid.keys.blocks.paste()
    assert texts(grid) == [("甲", "1", "a"), ("新", "2", "x"), ("再", "3", "y"), ("丁", "4", "d")]
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 0)


def test_a_block_wider_and_longer_than_the_table_is_cut_off_at_its_edge(grid):
    choose(grid, (3, 1))
    QApplication.clipboard().setText("9\tz\t多\n8\ty\t多")
    grid.keys.blocks.paste()
    assert texts(grid)[3] == ("丁", "9", "z")
    assert len(texts(grid)) == 4


def test_an_empty_clipboard_and_no_current_cell_change_nothing(grid):
    before = texts(grid)
    QApplication.clipboard().clear()
    grid.keys.blocks.paste()
    QApplication.clipboard().setText("新")
    grid.setCurrentIndex(grid.model().index(-1, -1))
    grid.selectionModel().clear()
    for act in (grid.keys.blocks.paste, grid.keys.blocks.fill_down, grid.keys.blocks.clear):
        act()
    assert texts(grid) == before


def test_filling_down_writes_only_below_what_was_chosen_in_the_first_row(grid):
    choose(grid, (0, 0), (1, 0), (2, 1))
    grid.keys.blocks.fill_down()
    assert texts(grid)[:3] == [("甲", "1", "a"), ("甲", "2", "b"), ("丙", "3", "c")]


def test_a_single_cell_takes_what_stands_above_and_the_first_row_has_nothing_above(grid):
    choose(grid, (2, 1))
    grid.keys.blocks.fill_down()
    assert texts(grid)[2] == ("丙", "2", "c")
    choose(grid, (0, 1))
    grid.keys.blocks.fill_down()
    assert texts(grid)[0] == ("甲", "1", "a")


def test_cutting_copies_and_empties_what_may_be_emptied(grid):
    grid.model().item(1, 0).setEditable(False)
    block(grid, (0, 0), (1, 0))
    grid.keys.blocks.cut()
    assert clip() == "甲\n乙"
    assert [row[0] for row in texts(grid)[:2]] == ["", "乙"]


def test_shift_and_arrows_stretch_the_frame_and_plain_arrows_let_it_go(grid):
    grid.setFocus()
    QTest.keyClick(grid, KEY.Key_Right, SHIFT)
    QTest.keyClick(grid, KEY.Key_Down, SHIFT)
    assert [(list(rows), columns) for rows, columns in chosen_blocks(grid)] == [([0, 1], [0, 1])]
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (0, 0)
    QTest.keyClick(grid, KEY.Key_Down)
    assert [(list(rows), columns) for rows, columns in chosen_blocks(grid)] == [([1], [0])]


def test_the_frame_passes_over_a_hidden_column(grid):
    grid.setColumnHidden(1, True)
    QTest.keyClick(grid, KEY.Key_End)
    assert grid.currentIndex().column() == 2
    grid.setColumnHidden(2, True)
    QTest.keyClick(grid, KEY.Key_End, CTRL)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (3, 0)


def test_a_table_of_single_rows_goes_on_instead_of_stretching(grid):
    grid.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    QTest.keyClick(grid, KEY.Key_Down, SHIFT)
    assert sorted({index.row() for index in grid.selectedIndexes()}) == [1]


def test_a_table_without_rows_takes_no_key(grid):
    grid.model().removeRows(0, 4)
    for key in (KEY.Key_Down, KEY.Key_Return, KEY.Key_Delete):
        QTest.keyClick(grid, key)
    assert texts(grid) == []


def test_enter_opens_the_row_where_there_is_something_to_open(app, qtbot):
    opened = []
    table = QTableView()
    table.setModel(model_of([("甲",), ("乙",)], editable=False))
    table.model().setParent(table)
    CellKeys(table, opens=lambda: opened.append(table.currentIndex().row()), copy=lambda: opened.append("copied"))
    qtbot.addWidget(table)
    table.show()
    QTest.keyClick(table, KEY.Key_Return)
    assert opened == []
    table.setCurrentIndex(table.model().index(1, 0))
    QTest.keyClick(table, KEY.Key_Enter)
    QTest.keyClick(table, KEY.Key_C, CTRL)
    QTest.keyClick(table, KEY.Key_Delete)
    assert opened == [1, "copied"]
    assert texts(table) == [("甲",), ("乙",)]


# ---- what is told of the selection ----
@pytest.fixture
def sums(grid):
    return TableSums(grid, lambda _words: None)


def test_one_cell_is_not_summed_and_two_are(grid, sums):
    choose(grid, (0, 1))
    assert sums.words() == ""
    choose(grid, (0, 1), (2, 1))
    assert sums.words() == "计数 2 · 求和 4 · 平均 2"


def test_empty_cells_are_not_counted(grid, sums):
    grid.model().setData(grid.model().index(1, 1), "")
    block(grid, (0, 1), (2, 1))
    assert sums.words() == "计数 2 · 求和 4 · 平均 2"


def test_of_whole_rows_each_amount_is_summed_for_itself_and_years_are_not(app, qtbot):
    table = QTableView()
    table.setModel(model_of([
        ("甲", "2026", "1,200.50", "3.500", "7.00", "9.00"), ("乙", "2026", "-0.50", "1.250", "1.00", "1.00"),
    ]))
    table.model().setParent(table)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    qtbot.addWidget(table)
    table.show()
    sums = TableSums(table, lambda _words: None)
    table.selectRow(0)
    assert sums.words() == ""
    table.selectAll()
    assert sums.words() == "选中 2 行 · 列2 1,200 · 列3 4.75 · 列4 8"
    table.setColumnHidden(2, True)
    assert sums.words() == "选中 2 行 · 列3 4.75 · 列4 8 · 列5 10"


def test_of_very_many_rows_only_their_number_is_told(grid, sums, monkeypatch):
    monkeypatch.setattr(selection_sums, "_AT_MOST", 3)
    grid.selectAll()
    assert sums.words() == "选中 4 行"
    block(grid, (0, 1), (2, 1))
    assert sums.words() == "计数 3 · 求和 6 · 平均 2"


def test_another_model_is_followed_and_a_table_without_one_tells_nothing(app, qtbot):
    page, table = QWidget(), QTableView()
    qtbot.addWidget(page)
    label = sums_label(table)
    table.setParent(page)
    label.setParent(page)
    page.show()
    (sums,) = table.findChildren(TableSums)
    assert sums.words() == ""
    for rows, wanted in (([("1.5",), ("2",)], "计数 2 · 求和 3.5 · 平均 1.75"), ([("7",), ("7",)], "计数 2 · 求和 14 · 平均 7")):
        table.setModel(model_of(rows))
        table.model().setParent(table)
        table.hide()
        table.show()
        table.selectAll()
        qtbot.waitUntil(lambda wanted=wanted: label.text() == wanted)


def open_line(table):
    """The field that is open in a cell."""
    return next(one for one in table.findChildren(QLineEdit) if one.isVisible())


def test_figures_typed_one_after_the_other_each_have_their_own_cell(grid):
    for figure, leads_on in (("7", KEY.Key_Return), ("8", KEY.Key_Enter), ("9", KEY.Key_Return)):
        QTest.keyClicks(grid, figure)
        QTest.keyClick(open_line(grid), leads_on)  # the next figure comes before Qt has done anything else
    assert [row[0] for row in texts(grid)] == ["7", "8", "9", "丁"]
    QTest.keyClick(grid, KEY.Key_F2)
    QTest.keyClick(open_line(grid), KEY.Key_Return, SHIFT)
    assert grid.currentIndex().row() == 2
