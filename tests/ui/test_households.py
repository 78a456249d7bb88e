"""The tab 农户台账 on the sample office: questions, records, the pane of the chosen household."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QStyleOptionViewItem, QToolButton

from fupin_desktop.services import history, registers
from fupin_desktop.services.overview import Target
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, PERSONS, Filter, Query
from fupin_desktop.ui.models.register_cells import MARK
from fupin_desktop.ui.tabs.registers.bar import WAIT_MS, FindField
from fupin_desktop.ui.tabs.registers.filter import FilterPanel, describe
from fupin_desktop.ui.tabs.registers.menu import like, open_cell_menu
from tests.ui.register_driving import click_head, column, go, key, settle, texts, typed


# ---- search, sort, filter ----
def test_the_count_line_and_the_rows(tab):
    settle(tab)
    line = tab.filters.count.text()
    assert line.startswith("共 612 户 · 参与 548 户 · 未填 1 户 · 大户 75 户 · ")
    assert "面积" in line
    assert "成本" in line
    assert tab.table.model().rowCount() == 612


def test_another_register_has_its_own_search_and_no_cross_in_an_empty_field(tab, qtbot):
    field = FindField()
    qtbot.addWidget(field)
    cross = next(one for one in field.findChildren(QToolButton) if one.property("opacity") == 0)
    field.setText("李亚保")
    qtbot.waitUntil(lambda: cross.property("opacity") == 1)
    field.ask_now()
    with qtbot.assertNotEmitted(field.asked, wait=WAIT_MS + 100):
        field.put("")
    qtbot.waitUntil(lambda: cross.property("opacity") == 0)
    tab.state.show(FARM_ITEMS)
    settle(tab)
    assert tab.finder.placeholderText() == "户主姓名、产品、拼音首字母、村"


def test_search_by_name_initials_tail_and_village(tab, qtbot):
    name, number = texts(tab, "head_name", 1)[0], texts(tab, "head_id_number", 1)[0]
    tab.finder.setText(name)
    qtbot.waitUntil(lambda: tab.state.front.query.text == name)
    assert name in texts(tab, "head_name", tab.table.model().rowCount())
    tab.finder.setText(number[-6:])
    tab.finder.ask_now()
    assert number in texts(tab, "head_id_number", tab.table.model().rowCount())
    tab.finder.clear()
    qtbot.keyClicks(tab.finder, "dlc")
    qtbot.waitUntil(lambda: tab.state.front.query.text == "dlc")
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


def test_a_click_on_the_heading_sorts_up_down_and_not(tab, qtbot):
    before = texts(tab, "head_name")
    click_head(tab, qtbot, "area_total")
    assert tab.state.front.query.sort == (("area_total", False),)
    assert tab.table.currentIndex().row() == 0
    click_head(tab, qtbot, "area_total")
    areas = [float(text) for text in texts(tab, "area_total", 40)]
    assert areas == sorted(areas, reverse=True)
    assert tab.table.head.sorted == {column(tab, "area_total"): True}
    click_head(tab, qtbot, "area_total")
    assert texts(tab, "head_name") == before
    click_head(tab, qtbot, "village")
    click_head(tab, qtbot, "area_total", held=Qt.KeyboardModifier.ShiftModifier)
    assert tab.state.front.query.sort == (("village", False), ("area_total", False))


def test_the_funnel_filters_by_values(tab, qtbot):
    click_head(tab, qtbot, "household_class", zone=True)
    panel = tab.findChild(FilterPanel)
    counts = dict(item.text().split("    ") for item in panel._items())
    panel.choose("监测户")
    panel.apply()
    assert tab.table.model().rowCount() == int(counts["监测户"].replace(",", ""))
    assert set(texts(tab, "household_class")) == {"监测户"}
    settle(tab)
    assert tab.filters.chips == ["户类别：监测户"]
    assert tab.table.head.filtered == {column(tab, "household_class")}
    tab.filters.removed.emit("household_class")
    settle(tab)
    assert (tab.table.model().rowCount(), tab.filters.chips) == (612, [])


def test_a_range_of_numbers_and_a_part_of_a_text(tab):
    tab.state.put_filter("area_total", Filter("area_total", low="10"))
    areas = [float(text) for text in texts(tab, "area_total", tab.table.model().rowCount())]
    assert min(areas) == 10
    tab.state.put_filter("products_text", Filter("products_text", contains="水稻"))
    assert all("水稻" in text for text in texts(tab, "products_text", tab.table.model().rowCount()))
    settle(tab)
    assert tab.filters.chips == ["面积合计：10 至 …亩", "种养项目汇总：包含“水稻”"]
    tab.state.clear()
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
    info = {one.key: one for one in registers.columns(HOUSEHOLDS)}
    assert describe(info["kind"], Filter("kind", ("参与", ""))) == "参与情况：参与、(空白)"
    assert describe(info["guide"], Filter("guide", blank=True)) == "产业发展指导员：未填写"
    assert len(describe(info["village"], Filter("village", tuple("低岭村" for _ in range(20))))) < 40


def test_named_filters_and_records_from_elsewhere(tab, sample):
    tab.show_record(Target("households", "missing:account"))
    assert set(texts(tab, "bank_account", tab.table.model().rowCount())) <= {""}
    key = registers.all_keys(sample, Query(HOUSEHOLDS, sample.year))[300]
    tab.show_record(Target("households", key=key))
    assert tab.state.front.model.key_at(tab.table.currentIndex().row()) == key
    settle(tab)
    assert tab.card.title_label.text() == tab.state.front.model.text(tab.table.currentIndex().row(), 0)


def test_a_changed_order_begins_at_the_top_and_a_cleared_search_stays(tab, sample):
    tab.table.go_to(300, 0)
    key = tab.state.front.model.key_at(300)
    tab.finder.setText(tab.state.front.model.text(300, 0))
    tab.finder.ask_now()
    assert tab.table.currentIndex().row() == 0
    tab.rows.select(key)
    tab.finder.clear()
    tab.finder.ask_now()
    assert tab.state.front.model.key_at(tab.table.currentIndex().row()) == key
    tab.reload()
    assert tab.state.front.model.key_at(tab.table.currentIndex().row()) == key


def test_another_text_size_reaches_the_table(tab, tidy_theme):
    from fupin_desktop.ui import theme

    before = tab.table.verticalHeader().defaultSectionSize()
    theme.apply(tidy_theme, theme.Theme(theme.TextSize.LARGE, True))
    tab.reload()
    assert tab.table.verticalHeader().defaultSectionSize() > before
    assert not tab.grab().toImage().isNull()


def test_the_menu_of_a_cell(tab):
    at = tab.table.visualRect(tab.table.model().index(2, column(tab, "household_class"))).center()
    value = texts(tab, "household_class", 3)[2]
    menu = open_cell_menu(tab.state, tab.table, at)
    words = {action.text().split("\t")[0]: action for action in menu.actions() if action.text()}
    assert list(words)[:5] == ["剪切", "复制", "粘贴", "向下填充", "清除内容"]
    words[f"只看户类别为“{value}”的"].trigger()
    assert tab.state.front.query.filters == (Filter("household_class", (value,)),)
    menu.close()
    again = open_cell_menu(tab.state, tab.table, at)
    next(action for action in again.actions() if action.text() == "去掉户类别的筛选").trigger()
    assert not tab.state.front.query.filters
    again.close()
    assert open_cell_menu(tab.state, tab.table, QPoint(20, 100_000)) is None


def test_a_value_becomes_a_filter_by_its_kind():
    info = {one.key: one for one in registers.columns(HOUSEHOLDS)}
    assert like(info["cost_total"], "4,600.00") == Filter("cost_total", low="4600.00", high="4600.00")
    assert like(info["bank_account"], "") == Filter("bank_account", blank=True)
    assert like(info["phone"], "13800000001") == Filter("phone", contains="13800000001")


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
    tab.register_actions.add()
    settle(tab)
    assert tab.table.model().rowCount() == 613
    at = tab.table.currentIndex().row()
    assert tab.state.front.model.text(at, 0) == "麦阿九"
    assert tab.card.title_label.text() == "麦阿九"
    assert history.can_undo(sample) == "新增农户"


def test_rows_are_removed_after_a_question_and_come_back(tab, answers, sample, shell):
    names = texts(tab, "head_name", 3)
    tab.table.choose_block(610, 0, 611, 3)  # whom no other record names
    answers.answers = [False, True]
    tab.register_actions.remove_chosen()
    assert tab.table.model().rowCount() == 612
    tab.register_actions.remove_chosen()
    assert tab.table.model().rowCount() == 610
    assert "家庭成员" in answers.asked[0][1]
    shell.do(lambda: history.undo(sample))
    assert tab.table.model().rowCount() == 612
    assert texts(tab, "head_name", 3) == names


def test_the_three_registers(tab):
    tab.state.show(FARM_ITEMS)
    settle(tab)
    assert tab.filters.count.text().startswith("共 ")
    assert " 条 · 面积 " in tab.filters.count.text()
    items = tab.table.model().rowCount()
    tab.state.show(PERSONS)
    settle(tab)
    assert tab.filters.count.text().endswith(" 人")
    assert tab.table.model().rowCount() > items
    tab.state.show(HOUSEHOLDS)
    assert tab.table.model().rowCount() == 612


def test_items_edited_in_their_register_change_the_sums(tab):
    tab.state.show(FARM_ITEMS)
    go(tab, 0, "area")
    household = tab.state.front.model.row_at(0).parent
    typed(tab, "77.5")
    tab.state.show(HOUSEHOLDS)
    tab.rows.select(household)
    row = tab.table.currentIndex().row()
    assert float(tab.state.front.model.text(row, column(tab, "area_total"))) >= 77.5


def test_paste_below_items_points_to_the_pane(tab, answers):
    tab.state.show(FARM_ITEMS)
    QGuiApplication.clipboard().setText("1\r\n2\r\n")
    tab.table.go_to(tab.table.model().rowCount() - 1, column(tab, "accepted"))
    key(tab, Qt.Key.Key_V)
    assert "右侧" in answers.told[0]


# ---- the pane ----
def test_the_pane_follows_the_current_row(tab):
    tab.table.go_to(0, 0)
    settle(tab)
    assert tab.card.title_label.text() == tab.state.front.model.text(0, 0)
    assert tab.card.tables[FARM_ITEMS].model.rowCount() >= 1
    assert tab.card.tables[PERSONS].model.rowCount() >= 1
    tab.table.go_to(1, 0)
    settle(tab)
    assert tab.card.title_label.text() == tab.state.front.model.text(1, 0)


def test_an_item_edited_in_the_pane_changes_the_row(tab):
    tab.table.go_to(0, 0)
    settle(tab)
    model = tab.card.tables[FARM_ITEMS].model
    assert model.setData(model.index(0, model.column_of("area")), "33.25")
    settle(tab)
    assert model.text(0, model.column_of("area")) == "33.250"
    assert float(texts(tab, "area_total", 1)[0]) >= 33.25
    changes = [label.text() for label in tab.card.findChildren(QLabel)]
    assert any("种养面积" in text and "→ 33.25" in text for text in changes)
    model.setData(model.index(0, model.column_of("cost")), "很贵")
    assert model.data(model.index(0, model.column_of("cost")), MARK) == "must"
    tab.card.tables[FARM_ITEMS].table.setCurrentIndex(model.index(0, model.column_of("cost")))
    assert tab.card.tables[FARM_ITEMS].sentence.text()


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
    items, persons = tab.card.tables[FARM_ITEMS].model.rowCount(), tab.card.tables[PERSONS].model.rowCount()
    tab.card.card_of(HOUSEHOLDS).add(FARM_ITEMS)
    tab.card.card_of(HOUSEHOLDS).add(PERSONS)
    settle(tab)
    assert (tab.card.tables[FARM_ITEMS].model.rowCount(), tab.card.tables[PERSONS].model.rowCount()) == (items + 1, persons + 1)
    items_below(tab, items)
    tab.card.tables[FARM_ITEMS].table.setCurrentIndex(tab.card.tables[FARM_ITEMS].model.index(items, 0))
    answers.answers = [True]
    tab.card.tables[FARM_ITEMS].remove()
    settle(tab)
    assert tab.card.tables[FARM_ITEMS].model.rowCount() == items


def items_below(tab, last):
    """Copies the cost of an item in the card, pastes it into another and takes that back."""
    below = tab.card.tables[FARM_ITEMS]
    column = below.model.column_of("cost")
    below.table.go_to(last, column)
    QApplication.clipboard().setText("1234")
    QTest.keyClick(below.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(tab)
    assert below.model.typed(last, column) == "1234.00"
    QTest.keyClick(below.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "1,234.00"
    QTest.keyClick(below.table, Qt.Key.Key_Delete)
    settle(tab)
    assert below.model.typed(last, column) == ""


def test_the_pane_tells_awards_and_changes(tab):
    go(tab, 0, "members")
    typed(tab, "6")
    tab.table.go_to(0, 0)
    settle(tab)
    said = [label.text() for label in tab.card.findChildren(QLabel)]
    assert any("家庭人口数" in text and "→ 6" in text for text in said)
    assert any(text.endswith(" 元") for text in said)


def test_the_pane_collapses_and_reads_when_it_comes_back(tab):
    hide = next(made for made in tab.card.findChildren(QPushButton) if made.text() == "收起")
    hide.setFocus()
    hide.click()
    assert not tab.card.isVisible()
    assert tab.table.hasFocus()  # not whatever comes next in the window
    tab.table.go_to(2, 0)
    settle(tab)
    tab.tools.card_button.setChecked(True)
    settle(tab)
    assert tab.card.title_label.text() == tab.state.front.model.text(2, 0)


def test_masks_reach_the_pane(tab):
    tab.table.go_to(0, 0)
    settle(tab)
    number = texts(tab, "head_id_number", 1)[0]
    tab.tools.mask_button.setChecked(True)
    settle(tab)
    assert not any(number in label.text() for label in tab.card.findChildren(QLabel))
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
