"""Excel's keys in small tables: the grids of the scheme editor, tables that are only read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from fupin_desktop.ui.dialogs.schemes.grid import Grid
from fupin_desktop.ui.dialogs.table import TableDialog
from fupin_desktop.ui.models.scheme_draft import SchemeDraft
from fupin_desktop.ui.models.scheme_rows import GridColumn
from fupin_desktop.ui.widgets.selection_sums import TableSums
from tests.services.award_office import scheme

CTRL, SHIFT, KEY = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.Key
COLUMNS = (GridColumn("name", "组名"), GridColumn("value", "元", "number"))


@pytest.fixture
def grid(app, qtbot):
    draft = SchemeDraft(scheme(group_caps={}))
    made = Grid(draft, COLUMNS, {"name": "", "value": ""})
    qtbot.addWidget(made)
    made.bind(("group_caps",))
    made.show()
    for name in ("甲", "乙", "丙"):
        draft.insert(("group_caps",), len(draft.rows(("group_caps",))), {"name": name, "value": "1"})
    made.go_to(0)
    made.table.setFocus()
    return made


def at(table):
    return table.currentIndex().row(), table.currentIndex().column()


def rows(grid):
    return [(row.get("name", ""), row.get("value", "")) for row in grid.draft.rows(("group_caps",))]


def test_the_frame_goes_where_excel_would(grid):
    table = grid.table
    for key, held, place in (
        (KEY.Key_Down, CTRL, (2, 0)), (KEY.Key_End, Qt.KeyboardModifier.NoModifier, (2, 1)), (KEY.Key_Home, CTRL, (0, 0)),
        (KEY.Key_Return, Qt.KeyboardModifier.NoModifier, (1, 0)), (KEY.Key_Return, SHIFT, (0, 0)), (KEY.Key_End, CTRL, (2, 1)),
    ):
        QTest.keyClick(table, key, held)
        assert at(table) == place
    QTest.keyClick(table, KEY.Key_Home, CTRL | SHIFT)
    assert len(table.selectionModel().selectedIndexes()) == 6
    QTest.keyClick(table, KEY.Key_C, CTRL)
    assert QApplication.clipboard().text() == "甲\t1\n乙\t1\n丙\t1"


def test_ticks_are_copied_pasted_and_filled_down_as_yes_and_no(app, qtbot):
    columns = (GridColumn("name", "项目名称"), GridColumn("other", "其他", "flag"))
    draft = SchemeDraft(scheme())
    grid = Grid(draft, columns, {"name": "新"})
    qtbot.addWidget(grid)
    grid.bind(("item",))

    def ticks():
        return [bool(row.get("other")) for row in draft.rows(("item",))][:3]

    QApplication.clipboard().setText("甲\t是\n乙\t否\n丙\t不详的话")
    grid.go_to(0)
    grid.keys.blocks.paste()
    assert ticks() == [True, False, False]
    grid.table.selectAll()
    grid.keys.blocks.copy()
    assert QApplication.clipboard().text().split("\n")[:2] == ["甲\t是", "乙\t否"]
    grid.go_to(1, 1)
    grid.keys.blocks.fill_down()
    assert ticks() == [True, True, False]
    grid.keys.blocks.clear()
    assert ticks() == [True, False, False]


def test_typing_ends_with_enter_and_goes_down(grid):
    QTest.keyClick(grid.table, KEY.Key_F2)
    editor = grid.table.findChild(QLineEdit)
    editor.setText("新名")
    QTest.keyClick(editor, KEY.Key_Return)
    QApplication.processEvents()
    assert rows(grid)[0] == ("新名", "1")
    assert at(grid.table) == (1, 0)


def test_pasted_rows_are_added_and_delete_empties(grid):
    QTest.keyClick(grid.table, KEY.Key_End, CTRL)
    QTest.keyClick(grid.table, KEY.Key_Home)
    QApplication.clipboard().setText("丁\t1,000\n戊\t2\n")
    QTest.keyClick(grid.table, KEY.Key_V, CTRL)
    assert rows(grid) == [("甲", "1"), ("乙", "1"), ("丁", "1000"), ("戊", "2")]
    assert at(grid.table) == (2, 0)
    QTest.keyClick(grid.table, KEY.Key_Delete)
    assert rows(grid)[2] == ("", "1000")


def test_a_table_that_is_read_moves_and_copies_and_keeps_its_texts(app, qtbot):
    dialog = TableDialog("表", ("村", "户"), [("低岭村", "3"), ("那罗村", "5")])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.table.setCurrentCell(0, 0)
    QTest.keyClick(dialog.table, KEY.Key_End, CTRL)
    assert at(dialog.table) == (1, 1)
    QTest.keyClick(dialog.table, KEY.Key_Delete)
    QTest.keyClick(dialog.table, KEY.Key_C, CTRL)
    assert QApplication.clipboard().text() == "5"


def test_one_copied_cell_fills_all_that_are_chosen_and_ctrl_d_fills_down(grid):
    QTest.keyClick(grid.table, KEY.Key_Home, CTRL)
    QTest.keyClick(grid.table, KEY.Key_Right)
    QApplication.clipboard().setText("7")
    QTest.keyClick(grid.table, KEY.Key_Down, CTRL | SHIFT)
    QTest.keyClick(grid.table, KEY.Key_V, CTRL)
    assert [value for _name, value in rows(grid)] == ["7", "7", "7"]
    QTest.keyClick(grid.table, KEY.Key_Home, CTRL)
    QTest.keyClick(grid.table, KEY.Key_Down, SHIFT)
    QTest.keyClick(grid.table, KEY.Key_D, CTRL)
    assert [name for name, _value in rows(grid)] == ["甲", "甲", "丙"]
    QTest.keyClick(grid.table, KEY.Key_X, CTRL)
    assert rows(grid)[0][0] == ""
    assert QApplication.clipboard().text().startswith("甲")


def test_the_sum_of_the_selection_is_told_below_a_table_that_is_read(app, qtbot):
    dialog = TableDialog("表", ("村", "金额(元)"), [("低岭村", "1,200.50"), ("那罗村", "3.00"), ("合计", "")])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.table.setCurrentCell(0, 1)
    QTest.keyClick(dialog.table, KEY.Key_Down, CTRL | SHIFT)
    (sums,) = dialog.table.findChildren(TableSums)
    sums.tell()
    assert "计数 2 · 求和 1,203.5 · 平均 601.75" in [one.text() for one in dialog.findChildren(QLabel)]
    QTest.keyClick(dialog.table, KEY.Key_Home, CTRL)
    sums.tell()
    assert not [one.text() for one in dialog.findChildren(QLabel) if "计数" in one.text()]
