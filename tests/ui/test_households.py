"""The tab 农户台账, driven as a clerk drives it, on the sample office."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from fupin_desktop.services import history, registers
from fupin_desktop.services.overview import Target
from fupin_desktop.services.registers import Filter, Query, Register
from fupin_desktop.ui.models.register_cells import MARK
from fupin_desktop.ui.tabs.households import HouseholdsTab
from fupin_desktop.ui.tabs.households_editors import CellEditor, ChoiceEditor
from fupin_desktop.ui.tabs.households_filter import FilterPanel, describe


@pytest.fixture
def tab(shell, qtbot):
    made = HouseholdsTab(shell)
    shell.changed.connect(made.changed)
    made.resize(1342, 640)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    QApplication.processEvents()
    return made


def settle(tab):
    tab.shell.tasks.wait()
    for _ in range(4):
        QApplication.processEvents()
    tab.settle()


def column(tab, key):
    place = tab.shelf.model.column_of(key)
    assert place is not None
    return place


def texts(tab, key, rows=5):
    return [tab.shelf.model.text(row, column(tab, key)) for row in range(rows)]


def go(tab, row, key):
    tab.table.setFocus()
    tab.table.go_to(row, column(tab, key))


def editor(tab):
    found = [each for each in tab.table.viewport().findChildren(CellEditor) if each.isVisible()]
    assert len(found) <= 1
    return found[0] if found else None


def press(tab, *keys):
    """Keys go to the open editor, else to the table."""
    for key in keys:
        target = editor(tab) or tab.table
        if isinstance(key, str):
            code, text, held = 0, key, Qt.KeyboardModifier.NoModifier
        else:
            code, text, held = int(key), "", Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, code or Qt.Key.Key_A, held, text))
        QApplication.processEvents()


def typed(tab, text, leave=Qt.Key.Key_Return):
    press(tab, *text)
    press(tab, leave)


# ---- search, sort, filter ----
def test_the_count_line_and_the_rows(tab):
    settle(tab)
    line = tab.filters.count.text()
    assert line.startswith("共 612 户 · 参与 548 户 · 大户 ")
    assert "面积" in line
    assert "成本" in line
    assert tab.table.model().rowCount() == 612


def test_search_by_name_initials_tail_and_village(tab, qtbot):
    name, number = texts(tab, "head_name", 1)[0], texts(tab, "head_id_number", 1)[0]
    tab.finder.setText(name)
    qtbot.waitUntil(lambda: tab.shelf.query.text == name)
    assert name in texts(tab, "head_name", tab.table.model().rowCount())
    tab.finder.setText(number[-6:])
    tab.finder.ask_now()
    assert number in texts(tab, "head_id_number", tab.table.model().rowCount())
    tab.finder.clear()
    qtbot.keyClicks(tab.finder, "dlc")
    qtbot.waitUntil(lambda: tab.shelf.query.text == "dlc")
    assert "低岭村" in texts(tab, "village", min(50, tab.table.model().rowCount()))
    tab.finder.setText("一个没有的人")
    tab.finder.ask_now()
    assert tab.stack.currentWidget() is tab.empty
    assert not tab.empty.action.isVisible()
    qtbot.keyClick(tab.finder, Qt.Key.Key_Escape)
    tab.finder.ask_now()
    assert tab.table.model().rowCount() == 612


def test_the_village_drop_down(tab):
    place = tab.village.findText("低岭村")
    tab.village.setCurrentIndex(place)
    tab.village.activated.emit(place)
    assert set(texts(tab, "village", tab.table.model().rowCount())) == {"低岭村"}
    settle(tab)
    assert tab.filters.count.text().startswith("筛选出 ")


def click_head(tab, qtbot, key, *, zone=False, held=Qt.KeyboardModifier.NoModifier):
    head = tab.table.head
    rect = head.section_rect(column(tab, key))
    place = QPoint(rect.right() - 12 if zone else rect.left() + 20, rect.center().y())
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, held, place)


def test_a_click_on_the_heading_sorts_up_down_and_not(tab, qtbot):
    before = texts(tab, "head_name")
    click_head(tab, qtbot, "area_total")
    assert tab.shelf.query.sort == (("area_total", False),)
    assert tab.table.currentIndex().row() == 0
    click_head(tab, qtbot, "area_total")
    areas = [float(text) for text in texts(tab, "area_total", 40)]
    assert areas == sorted(areas, reverse=True)
    assert tab.table.head.sorted == {column(tab, "area_total"): True}
    click_head(tab, qtbot, "area_total")
    assert texts(tab, "head_name") == before
    click_head(tab, qtbot, "village")
    click_head(tab, qtbot, "area_total", held=Qt.KeyboardModifier.ShiftModifier)
    assert tab.shelf.query.sort == (("village", False), ("area_total", False))


def test_the_funnel_filters_by_values(tab, qtbot):
    click_head(tab, qtbot, "household_class", zone=True)
    panel = tab.findChild(FilterPanel)
    counts = dict(item.text().split("    ") for item in panel._items())
    panel.choose("监测户")
    panel.apply()
    assert tab.table.model().rowCount() == int(counts["监测户"].replace(",", ""))
    assert set(texts(tab, "household_class")) == {"监测户"}
    settle(tab)
    assert tab.filters.chips == ["户类别: 监测户"]
    assert tab.table.head.filtered == {column(tab, "household_class")}
    tab.filters.removed.emit("household_class")
    settle(tab)
    assert (tab.table.model().rowCount(), tab.filters.chips) == (612, [])


def test_a_range_of_numbers_and_a_part_of_a_text(tab):
    tab.put_filter("area_total", Filter("area_total", low="10"))
    areas = [float(text) for text in texts(tab, "area_total", tab.table.model().rowCount())]
    assert min(areas) == 10
    tab.put_filter("products_text", Filter("products_text", contains="水稻"))
    assert all("水稻" in text for text in texts(tab, "products_text", tab.table.model().rowCount()))
    settle(tab)
    assert tab.filters.chips == ["面积合计: 10 至 …亩", "种养项目汇总: 包含“水稻”"]
    tab.clear_filters()
    assert tab.table.model().rowCount() == 612


def test_the_range_panel(tab):
    panel = tab.open_filter(column(tab, "area_total"), QPoint(0, 0))
    panel.low.setText("10")
    panel.high.setText("20")
    assert panel.made() == Filter("area_total", low="10", high="20")
    panel.low.clear()
    panel.high.clear()
    panel.given.setCurrentText("未填写")
    assert panel.made() == Filter("area_total", blank=True)
    panel.given.setCurrentIndex(0)
    assert panel.made() is None
    panel.close()


def test_the_panel_of_long_lists_finds_and_checks(tab):
    panel = tab.open_filter(column(tab, "village"), QPoint(0, 0))
    assert panel.made() is None
    panel._check(False)
    assert panel.made() is None
    panel.finder.setText("低岭")
    panel._check(True)
    assert panel.made() == Filter("village", ("低岭村",))
    panel.close()


def test_a_filter_is_described_in_few_words():
    info = {one.key: one for one in registers.columns(Register.HOUSEHOLDS)}
    assert describe(info["kind"], Filter("kind", ("参与", ""))) == "参与情况: 参与、(空白)"
    assert describe(info["guide"], Filter("guide", blank=True)) == "产业发展指导员: 未填写"
    assert len(describe(info["village"], Filter("village", tuple("低岭村" for _ in range(20))))) < 40


def test_named_filters_and_records_from_elsewhere(tab, sample):
    tab.show_target(Target("households", "missing:account"))
    assert set(texts(tab, "bank_account", tab.table.model().rowCount())) <= {""}
    key = registers.all_keys(sample, Query(Register.HOUSEHOLDS, sample.year))[300]
    tab.show_target(Target("households", key=key))
    assert tab.shelf.model.key_at(tab.table.currentIndex().row()) == key
    settle(tab)
    assert tab.detail.title_label.text() == tab.shelf.model.text(tab.table.currentIndex().row(), 0)


def test_a_changed_order_begins_at_the_top_and_a_cleared_search_stays(tab, sample):
    tab.table.go_to(300, 0)
    key = tab.shelf.model.key_at(300)
    tab.finder.setText(tab.shelf.model.text(300, 0))
    tab.finder.ask_now()
    assert tab.table.currentIndex().row() == 0
    tab.select(key)
    tab.finder.clear()
    tab.finder.ask_now()
    assert tab.shelf.model.key_at(tab.table.currentIndex().row()) == key
    tab.reload()
    assert tab.shelf.model.key_at(tab.table.currentIndex().row()) == key


def test_another_text_size_reaches_the_table(tab, tidy_theme):
    from fupin_desktop.ui import theme

    before = tab.table.verticalHeader().defaultSectionSize()
    theme.apply(tidy_theme, theme.Theme(theme.TextSize.LARGE, True))
    tab.reload()
    assert tab.table.verticalHeader().defaultSectionSize() > before
    assert not tab.grab().toImage().isNull()


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
    tab.strip.give_up.click()
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


def test_arrows_choose_from_the_list(tab):
    go(tab, 0, "kind")
    press(tab, Qt.Key.Key_F2)
    offered = editor(tab).offered
    press(tab, Qt.Key.Key_Down, Qt.Key.Key_Down)
    press(tab, Qt.Key.Key_Return)
    assert texts(tab, "kind", 1)[0] in offered[:2]


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


# ---- clipboard ----
def key(tab, sign, held=Qt.KeyboardModifier.ControlModifier):
    QApplication.sendEvent(tab.table, QKeyEvent(QEvent.Type.KeyPress, sign, held))
    settle(tab)


def test_copy_gives_lines_and_html(tab):
    tab.table.choose_block(0, 0, 1, 1)
    key(tab, Qt.Key.Key_C)
    data = QGuiApplication.clipboard().mimeData()
    names, places = texts(tab, "head_name", 2), texts(tab, "village", 2)
    assert data.text() == f"{names[0]}\t{places[0]}\r\n{names[1]}\t{places[1]}\r\n"
    assert "mso-number-format" in data.html()
    tab.deeds.mask(True)
    tab.table.go_to(0, column(tab, "head_id_number"))
    tab.clipboard.copy()
    assert "*" not in QGuiApplication.clipboard().text()


def test_numbers_are_copied_without_grouping(tab):
    tab.table.go_to(0, column(tab, "cost_total"))
    tab.clipboard.copy()
    assert "," not in QGuiApplication.clipboard().text()


def test_a_large_copy_runs_in_the_background(tab):
    tab.show_register(Register.PERSONS)
    tab.table.selectAll()
    key(tab, Qt.Key.Key_C)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == tab.table.model().rowCount()


def test_paste_keeps_long_numbers_and_zeros_and_is_one_undo(tab, sample):
    before = [texts(tab, name, 3) for name in ("phone", "bank_name")]
    QGuiApplication.clipboard().setText("07591234567\t农行\r\n13800000001\t工行\r\n")
    go(tab, 0, "phone")
    assert column(tab, "bank_name") == column(tab, "phone") + 1
    key(tab, Qt.Key.Key_V)
    assert texts(tab, "phone", 2) == ["07591234567", "13800000001"]
    assert texts(tab, "bank_name", 2) == ["农行", "工行"]
    assert tab.table.chosen_rows() == [(0, 1)]
    history.undo(sample)
    tab.reload()
    assert [texts(tab, name, 3) for name in ("phone", "bank_name")] == before


def test_one_value_fills_the_whole_choice(tab):
    QGuiApplication.clipboard().setText("张三\r\n")
    tab.table.choose_block(0, column(tab, "guide"), 3, column(tab, "guide"))
    key(tab, Qt.Key.Key_V)
    assert texts(tab, "guide", 4) == ["张三"] * 4


def test_paste_passes_over_locked_columns(tab):
    QGuiApplication.clipboard().setText("5\t参与\t番薯\r\n")
    said = []
    tab.shell.said.connect(said.append)
    go(tab, 0, "members")
    before = texts(tab, "products_text", 1)
    key(tab, Qt.Key.Key_V)
    assert texts(tab, "members", 1) == ["5"]
    assert texts(tab, "products_text", 1) == before
    assert any("跳过" in text for text in said)


def test_paste_that_does_not_fit_is_told(tab, answers):
    QGuiApplication.clipboard().setText("1\t2\r\n")
    tab.table.go_to(0, tab.table.model().columnCount() - 1)
    key(tab, Qt.Key.Key_V)
    assert "放不下" in answers.told[0] or "只有 1 列" in answers.told[0]


def test_paste_below_the_end_offers_new_households(tab, answers, sample):
    last = tab.table.model().rowCount() - 1
    village = tab.shelf.model.text(last, column(tab, "village"))
    QGuiApplication.clipboard().setText("甲一\r\n乙二\r\n丙三\r\n")
    answers.answers = [True]
    go(tab, last, "head_name")
    key(tab, Qt.Key.Key_V)
    assert tab.table.model().rowCount() == 614
    assert "新增 2 户" in answers.asked[0][1]
    found = registers.rows(sample, Register.HOUSEHOLDS, 2026, registers.all_keys(sample, Query(Register.HOUSEHOLDS, 2026)))
    names = {tab.shelf.model.value(row, "head_name"): tab.shelf.model.value(row, "village") for row in found}
    assert (names["乙二"], names["丙三"]) == (village, village)
    history.undo(sample)
    tab.reload()
    assert tab.table.model().rowCount() == 612
    assert "甲一" not in texts(tab, "head_name", 612)


def test_new_households_can_be_refused(tab, answers):
    QGuiApplication.clipboard().setText("甲一\r\n乙二\r\n")
    answers.answers = [False]
    go(tab, 611, "head_name")
    before = texts(tab, "head_name", 612)
    key(tab, Qt.Key.Key_V)
    assert texts(tab, "head_name", 612) == before


def test_bad_new_households_are_told_and_nothing_is_written(tab, answers):
    QGuiApplication.clipboard().setText("6\r\n很多\r\n")
    answers.answers = [True]
    go(tab, 611, "members")
    before = texts(tab, "members", 612)
    key(tab, Qt.Key.Key_V)
    assert texts(tab, "members", 612) == before
    assert answers.told


def test_fill_down_takes_the_first_row_or_the_one_above(tab):
    first = texts(tab, "bank_name", 1)[0]
    tab.table.choose_block(0, column(tab, "bank_name"), 3, column(tab, "bank_name"))
    key(tab, Qt.Key.Key_D)
    assert texts(tab, "bank_name", 4) == [first] * 4
    go(tab, 4, "bank_name")
    key(tab, Qt.Key.Key_D)
    assert texts(tab, "bank_name", 5)[4] == first


def test_cut_empties_after_copying(tab):
    go(tab, 0, "guide")
    before = texts(tab, "guide", 1)[0]
    key(tab, Qt.Key.Key_X)
    assert (QGuiApplication.clipboard().text().strip(), texts(tab, "guide", 1)) == (before, [""])


def test_undo_and_redo_show_in_the_table(tab, sample, shell):
    go(tab, 0, "members")
    before = texts(tab, "members", 1)
    typed(tab, "8")
    shell.do(lambda: history.undo(sample))
    assert texts(tab, "members", 1) == before
    shell.do(lambda: history.redo(sample))
    assert texts(tab, "members", 1) == ["8"]


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
    assert tab.shelf.query.sort == (("head_name", False),)


def test_columns_are_hidden_ordered_and_remembered(tab, shell, answers, qtbot):
    def choose(dialog):
        dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
        dialog.accept()

    answers.dialogs = [choose]
    tab.columns.choose()
    assert tab.shelf.model.column_of("village") is None
    tab.table.setColumnWidth(0, 222)
    tab.columns.freeze(2)
    again = HouseholdsTab(shell)
    qtbot.addWidget(again)
    assert again.shelf.model.column_of("village") is None
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
    assert tab.shelf.model.column_of("village") is None
    menu.close()


def test_every_column_fits_its_heading(tab):
    for register in Register:
        tab.show_register(register)
        for place in range(tab.table.model().columnCount()):
            needed = tab.table.head.fontMetrics().horizontalAdvance(tab.shelf.model.info(place).heading)
            assert tab.table.columnWidth(place) >= needed + 10


# ---- records ----
def test_a_household_is_added_by_its_form(tab, answers, sample):
    def fill(dialog):
        dialog.save()
        assert dialog.fields["head_name"].property("wrong") == "true"
        dialog.put("head_name", "麦阿九")
        dialog.put("village", "低岭村")
        dialog.put("members", "四")
        dialog.save()
        assert dialog.fields["members"].property("wrong") == "true"
        dialog.put("members", "4")
        dialog.save()

    answers.dialogs = [fill]
    tab.deeds.add_household()
    settle(tab)
    assert tab.table.model().rowCount() == 613
    at = tab.table.currentIndex().row()
    assert tab.shelf.model.text(at, 0) == "麦阿九"
    assert tab.detail.title_label.text() == "麦阿九"
    assert history.can_undo(sample) == "新增农户"


def test_rows_are_removed_after_a_question_and_come_back(tab, answers, sample, shell):
    names = texts(tab, "head_name", 3)
    tab.table.choose_block(0, 0, 1, 3)
    answers.answers = [False, True]
    tab.deeds.remove_chosen()
    assert tab.table.model().rowCount() == 612
    tab.deeds.remove_chosen()
    assert tab.table.model().rowCount() == 610
    assert "家庭成员" in answers.asked[0][1]
    shell.do(lambda: history.undo(sample))
    assert tab.table.model().rowCount() == 612
    assert texts(tab, "head_name", 3) == names


def test_the_three_registers(tab):
    tab.show_register(Register.FARM_ITEMS)
    settle(tab)
    assert tab.filters.count.text().startswith("共 ")
    assert " 条 · 面积 " in tab.filters.count.text()
    items = tab.table.model().rowCount()
    tab.show_register(Register.PERSONS)
    settle(tab)
    assert tab.filters.count.text().endswith(" 人")
    assert tab.table.model().rowCount() > items
    tab.show_register(Register.HOUSEHOLDS)
    assert tab.table.model().rowCount() == 612


def test_items_edited_in_their_register_change_the_sums(tab):
    tab.show_register(Register.FARM_ITEMS)
    go(tab, 0, "area")
    household = tab.shelf.model.row_at(0).household
    typed(tab, "77.5")
    tab.show_register(Register.HOUSEHOLDS)
    tab.select(household)
    row = tab.table.currentIndex().row()
    assert float(tab.shelf.model.text(row, column(tab, "area_total"))) >= 77.5


def test_paste_below_items_points_to_the_pane(tab, answers):
    tab.show_register(Register.FARM_ITEMS)
    QGuiApplication.clipboard().setText("1\r\n2\r\n")
    tab.table.go_to(tab.table.model().rowCount() - 1, column(tab, "accepted"))
    key(tab, Qt.Key.Key_V)
    assert "右侧" in answers.told[0]


# ---- the pane ----
def test_the_pane_follows_the_current_row(tab):
    tab.table.go_to(0, 0)
    settle(tab)
    assert tab.detail.title_label.text() == tab.shelf.model.text(0, 0)
    assert tab.detail.items.model.rowCount() >= 1
    assert tab.detail.persons.model.rowCount() >= 1
    tab.table.go_to(1, 0)
    settle(tab)
    assert tab.detail.title_label.text() == tab.shelf.model.text(1, 0)


def test_an_item_edited_in_the_pane_changes_the_row(tab):
    tab.table.go_to(0, 0)
    settle(tab)
    model = tab.detail.items.model
    assert model.setData(model.index(0, model.column_of("area")), "33.25")
    settle(tab)
    assert model.text(0, model.column_of("area")) == "33.250"
    assert float(texts(tab, "area_total", 1)[0]) >= 33.25
    model.setData(model.index(0, model.column_of("cost")), "很贵")
    assert model.data(model.index(0, model.column_of("cost")), MARK) == "must"
    tab.detail.items.table.setCurrentIndex(model.index(0, model.column_of("cost")))
    assert tab.detail.items.sentence.text()


def test_items_and_persons_are_added_and_removed_in_the_pane(tab, answers):
    tab.table.go_to(0, 0)
    settle(tab)

    def item(dialog):
        dialog.put("product", "莲藕")
        dialog.put("unit", "亩")
        dialog.put("accepted", "2.5")
        dialog.save()

    def person(dialog):
        dialog.put("name", "李小宝")
        dialog.save()

    answers.dialogs = [item, person]
    items, persons = tab.detail.items.model.rowCount(), tab.detail.persons.model.rowCount()
    tab.detail._add_item()
    tab.detail._add_person()
    settle(tab)
    assert (tab.detail.items.model.rowCount(), tab.detail.persons.model.rowCount()) == (items + 1, persons + 1)
    tab.detail.items.table.setCurrentIndex(tab.detail.items.model.index(items, 0))
    answers.answers = [True]
    tab.detail.items.remove()
    settle(tab)
    assert tab.detail.items.model.rowCount() == items


def test_the_pane_tells_awards_and_changes(tab):
    go(tab, 0, "members")
    typed(tab, "6")
    tab.table.go_to(0, 0)
    settle(tab)
    from PySide6.QtWidgets import QLabel

    said = [label.text() for label in tab.detail.findChildren(QLabel)]
    assert any("家庭人口数" in text and "→ 6" in text for text in said)
    assert any(text.endswith(" 元") for text in said)


def test_the_pane_collapses_and_reads_when_it_comes_back(tab):
    tab.deeds.detail_button.setChecked(False)
    assert not tab.detail.isVisible()
    tab.table.go_to(2, 0)
    settle(tab)
    tab.deeds.detail_button.setChecked(True)
    settle(tab)
    assert tab.detail.title_label.text() == tab.shelf.model.text(2, 0)


def test_masks_reach_the_pane(tab):
    from PySide6.QtWidgets import QLabel

    tab.table.go_to(0, 0)
    settle(tab)
    number = texts(tab, "head_id_number", 1)[0]
    tab.deeds.mask_button.setChecked(True)
    settle(tab)
    assert not any(number in label.text() for label in tab.detail.findChildren(QLabel))
    assert texts(tab, "head_id_number", 1)[0] != number


# ---- the rest ----
def test_painting_every_kind_of_cell(tab):
    """Marks, badges, locked cells and the current one are painted without trouble."""
    go(tab, 0, "members")
    typed(tab, "多")
    option = QStyleOptionViewItem()
    sizes = [tab.table.delegate.sizeHint(option, tab.table.model().index(0, place)).width() for place in range(10)]
    assert min(sizes) > 10
    picture = tab.grab().toImage()
    assert not picture.isNull()


def test_an_empty_office_offers_the_import(window, answers):
    tab = window.show_tab("households")
    window.shell.tasks.wait()
    assert tab.stack.currentWidget() is tab.empty
    assert tab.empty.action.isVisible()
    opened = []
    answers.dialogs = [lambda dialog: opened.append(dialog.windowTitle())]
    tab.empty.action.click()
    assert opened == ["导入名册"]
