"""Typing into the register table: keys, lists, input methods, wrong input; columns that stay."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from fupin_desktop.errors import DiskFull
from fupin_desktop.services import registers
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, PERSONS
from fupin_desktop.ui.widgets.cell_editors import ChoiceEditor
from tests.ui.register_driving import click_head, column, editor, go, households_tab, press, texts, typed


# ---- typing ----
def test_a_letter_begins_typing_and_enter_goes_down(tab):
    go(tab, 2, "members")
    press(tab, "9")
    assert editor(tab).text() == "9"
    press(tab, Qt.Key.Key_Return)
    assert texts(tab, "members", 3)[2] == "9"
    assert (tab.table.currentIndex().row(), tab.table.currentIndex().column()) == (3, column(tab, "members"))


def test_tab_goes_right_and_back(tab):
    go(tab, 0, "members")
    press(tab, Qt.Key.Key_Tab)
    assert tab.table.currentIndex().column() == column(tab, "members") + 1
    press(tab, Qt.Key.Key_Backtab)
    assert tab.table.currentIndex().column() == column(tab, "members")
    tab.table.go_to(0, tab.table.model().columnCount() - 1)
    press(tab, Qt.Key.Key_Tab)
    assert (tab.table.currentIndex().row(), tab.table.currentIndex().column()) == (1, 0)


def test_f2_keeps_the_text_and_escape_gives_up(tab):
    go(tab, 1, "note")
    press(tab, Qt.Key.Key_F2)
    assert editor(tab).text() == texts(tab, "note", 2)[1]
    press(tab, "x")
    press(tab, Qt.Key.Key_Escape)
    assert "x" not in texts(tab, "note", 2)[1]


def test_wrong_input_stays_marked_with_its_sentence(tab):
    go(tab, 4, "members")
    typed(tab, "三口")
    tab.table.go_to(4, column(tab, "members"))
    assert texts(tab, "members", 5)[4] == "三口"
    assert tab.strip.isVisible()
    assert "家庭人口数" in tab.strip.sentence.text()
    tab.table.go_to(0, 0)
    assert "还有 1 格" in tab.strip.sentence.text()
    tab.strip.next.click()
    assert tab.table.currentIndex().row() == 4
    tab.strip.drop.click()
    assert not tab.strip.isVisible()
    assert texts(tab, "members", 5)[4].isdigit()


def test_refused_texts_are_told_before_closing(tab, answers):
    assert tab.can_close()
    go(tab, 4, "members")
    typed(tab, "三口")
    answers.answers = [False, True]
    assert not tab.can_close()
    assert tab.can_close()
    assert "1 格内容没有写入" in answers.asked[0][1]


def test_computed_cells_open_no_editor(tab):
    go(tab, 0, "area_total")
    press(tab, "5")
    assert editor(tab) is None


def test_choices_by_pinyin_initials_and_list(tab):
    go(tab, 0, "household_class")
    press(tab, "j")
    assert isinstance(editor(tab), ChoiceEditor)
    assert editor(tab).offered == ["监测户"]
    press(tab, Qt.Key.Key_Return)
    assert texts(tab, "household_class", 1) == ["监测户"]
    go(tab, 1, "household_class")
    press(tab, Qt.Key.Key_F2)
    assert "贫困户" in editor(tab).offered
    assert len(editor(tab).offered) == 5
    press(tab, Qt.Key.Key_Escape)
    press(tab, Qt.Key.Key_Escape)
    assert editor(tab) is None


def test_arrows_go_on_in_the_list_from_what_stands_there(tab):
    go(tab, 0, "kind")
    (before,) = texts(tab, "kind", 1)
    press(tab, Qt.Key.Key_F2)
    offered = editor(tab).offered
    press(tab, Qt.Key.Key_Down)
    press(tab, Qt.Key.Key_Return)
    assert texts(tab, "kind", 1) == [offered[offered.index(before) + 1]]


def test_free_texts_offer_what_is_in_use(tab):
    go(tab, 0, "guide")
    name = next(text for text in texts(tab, "guide", 200) if text)
    press(tab, name[0])
    assert name in editor(tab).offered
    press(tab, Qt.Key.Key_Return)
    assert texts(tab, "guide", 1) == [name[0]]


def test_an_input_method_loses_no_letter(tab):
    """The first letter of pinyin comes as a preedit event to the table; what is committed stands in the cell."""
    go(tab, 0, "note")
    assert tab.table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QApplication.sendEvent(tab.table, QInputMethodEvent("n", []))
    assert editor(tab) is not None
    committed = QInputMethodEvent("", [])
    committed.setCommitString("农")
    QApplication.sendEvent(QApplication.focusWidget() or tab.table, committed)
    QApplication.processEvents()
    assert editor(tab).text() == "农"
    press(tab, Qt.Key.Key_Return)
    assert texts(tab, "note", 1) == ["农"]


def test_a_committed_word_opens_the_editor_at_once(tab):
    go(tab, 3, "head_name")
    committed = QInputMethodEvent("", [])
    committed.setCommitString("欧阳")
    QApplication.sendEvent(tab.table, committed)
    assert editor(tab).text() == "欧阳"
    press(tab, Qt.Key.Key_Return)
    assert texts(tab, "head_name", 4)[3] == "欧阳"


def test_delete_clears_the_chosen_cells(tab):
    tab.table.choose_block(0, column(tab, "members"), 2, column(tab, "members"))
    press(tab, Qt.Key.Key_Delete)
    assert texts(tab, "members", 3) == ["", "", ""]


# ---- columns ----
def test_the_first_column_stays_while_the_table_moves(tab):
    table = tab.table
    bar = table.horizontalScrollBar()
    bar.setValue(bar.maximum())
    assert table.head.offset() > 0
    rect = table.visualRect(table.model().index(1, 0))
    assert rect.left() == 0
    assert table.indexAt(QPoint(10, rect.center().y())).column() == 0
    assert table.indexAt(QPoint(10, rect.center().y())).row() == 1
    assert table.head.section_at(10) == 0
    table.go_to(1, 2)
    assert table.visualRect(table.model().index(1, 2)).left() >= table.head.frozen_width
    value = bar.value()
    table.go_to(1, 0)
    assert bar.value() == value
    picture = table.viewport().grab(rect).toImage()
    assert len({picture.pixel(x, rect.height() // 2) for x in range(0, rect.width(), 2)}) > 1


def test_typing_into_a_column_that_stays(tab):
    bar = tab.table.horizontalScrollBar()
    bar.setValue(bar.maximum())
    go(tab, 2, "head_name")
    press(tab, "王")
    assert editor(tab).geometry().left() == 0
    press(tab, Qt.Key.Key_Return)
    assert texts(tab, "head_name", 3)[2] == "王"


def test_a_click_on_a_heading_that_stays_sorts_it(tab, qtbot):
    bar = tab.table.horizontalScrollBar()
    bar.setValue(bar.maximum())
    click_head(tab, qtbot, "head_name")
    assert tab.state.front.query.sort == (("head_name", False),)


def test_columns_are_hidden_ordered_and_remembered(tab, shell, answers, qtbot):
    def choose(dialog):
        dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
        dialog.accept()

    answers.dialogs = [choose]
    tab.columns.choose()
    assert tab.state.front.model.column_of("village") is None
    tab.table.setColumnWidth(0, 222)
    tab.columns.freeze(2)
    again = households_tab(shell)
    qtbot.addWidget(again)
    assert again.state.front.model.column_of("village") is None
    assert again.table.columnWidth(0) == 222
    assert again.table.head.frozen == 2


def test_the_menu_of_a_column(tab):
    menu = tab.columns.open_menu(1, QPoint(0, 0))
    words = {action.text(): action for action in menu.actions() if action.text()}
    assert set(words) == {"筛选…", "固定到这一列", "合适的列宽", "隐藏这一列", "选择列…"}
    words["固定到这一列"].trigger()
    assert tab.table.head.frozen == 2
    words["合适的列宽"].trigger()
    words["隐藏这一列"].trigger()
    assert tab.state.front.model.column_of("village") is None
    menu.close()


def test_every_column_fits_its_heading(tab):
    for register in (HOUSEHOLDS, FARM_ITEMS, PERSONS):
        tab.state.show(register)
        for place in range(tab.table.model().columnCount()):
            needed = tab.table.head.fontMetrics().horizontalAdvance(tab.state.front.model.info(place).heading)
            assert tab.table.columnWidth(place) >= needed + 10


def test_what_could_not_be_written_for_the_moment_stays_in_its_cell_and_is_written_with_enter(
    tab, answers, monkeypatch, sample
):
    def full(*_args):
        raise DiskFull("磁盘空间不足。")

    go(tab, 2, "members")
    with monkeypatch.context() as broken:
        broken.setattr(registers, "set_cells", full)
        typed(tab, "9")
        assert [type(told) for told in answers.told] == [DiskFull]
        assert (tab.table.at, tab.table.has_keyboard()) == ((2, column(tab, "members")), True)
        assert texts(tab, "members", 3)[2] == "9"
        assert "F2" in tab.strip.sentence.text()
        press(tab, Qt.Key.Key_F2, Qt.Key.Key_Tab)
        assert len(answers.told) == 2  # tried again, and still here
        assert tab.table.at == (2, column(tab, "members"))
        press(tab, Qt.Key.Key_Return)
        assert tab.table.at.row == 3  # who wants to leave can
        go(tab, 2, "members")
    press(tab, Qt.Key.Key_F2, Qt.Key.Key_Return)
    key = tab.state.front.model.key_at(2)
    assert registers.rows(sample, HOUSEHOLDS, sample.year, [key])[0].cells[
        [info.key for info in registers.columns(HOUSEHOLDS)].index("members")
    ] == "9"
    assert (tab.table.at.row, tab.state.front.edits.cells) == (3, {})


def test_a_new_row_that_could_not_be_written_for_the_moment_stays_too(tab, answers, monkeypatch):
    def full(*_args):
        raise DiskFull("磁盘空间不足。")

    monkeypatch.setattr(registers, "add", full)
    model = tab.state.front.model
    model.ask(model.query, free=True)
    go(tab, model.free_row, "head_name")
    typed(tab, "林新", Qt.Key.Key_Tab)
    assert [type(told) for told in answers.told] == [DiskFull]
    assert tab.table.at == (model.free_row, column(tab, "head_name"))
    assert model.text(model.free_row, column(tab, "head_name")) == "林新"
    assert "F2" in tab.strip.sentence.text()
