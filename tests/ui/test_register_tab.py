"""The tab of registers works for any description: invented ones are worked with through it, with no code of their own."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel

from fupin_desktop.services import history, offices, registers, villages
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.overview import Target
from fupin_desktop.services.registers import Query
from fupin_desktop.ui import theme
from fupin_desktop.ui.main_window import MainWindow
from fupin_desktop.ui.tabs.registers.child import ChildDialog
from fupin_desktop.ui.tabs.registry import TabSpec
from fupin_desktop.ui.theme import TextSize
from fupin_desktop.ui.widgets.day_field import DayField
from tests.services.registers.invented import invented
from tests.ui.conftest import moment
from tests.ui.register_driving import column, go, key, settle, texts, typed

SPEC = TabSpec("ponds", "鱼塘", "fupin_desktop.ui.tabs.registers.tab", "RegisterTab", (), ("ponds", "harvests", "fairs"))


@pytest.fixture
def known():
    with invented() as found:
        yield found


@pytest.fixture
def office(known, tmp_path):
    made = open_workbench(tmp_path / "office", clock=moment)
    offices.setup(made, offices.OfficeForm(name="塘㙍镇扶贫办", county="吴川市", town="塘㙍镇", clerk="李文静", year=2026))
    for name in ("低岭村", "那罗村"):
        villages.add(made, villages.VillageForm(name))
    for number in range(1, 6):
        texts = {"name": f"{number}号塘", "number": f"T{number}", "village": "低岭村", "size": f"{number * 4}"}
        assert registers.add(made, known.ponds, texts).change
    yield made
    made.close()


@pytest.fixture
def tab(app, office, answers, qtbot):
    window = MainWindow(office, answers, specs=[SPEC])
    window.resize(1200, 700)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    made = window.current_tab
    settle(made)
    yield made
    window.shell.tasks.wait()
    window.close()


def test_rows_counts_and_sums_come_from_the_description(tab):
    assert texts(tab, "name") == ["1号塘", "2号塘", "3号塘", "4号塘", "5号塘"]
    assert tab.filters.count.text() == "共 5 口 · 大塘 3 口 · 水面 60.000 亩 · 租金 0.00 元"
    assert [info.key for info in tab.state.front.model.shown][:2] == ["name", "village"]
    assert tab.finder.placeholderText() == "塘名、拼音首字母、塘号、村"


def test_typing_searching_filtering_and_undo(tab, office):
    go(tab, 1, "rent")
    typed(tab, "1.5万元")
    settle(tab)
    assert texts(tab, "rent", 2)[1] == "15,000.00"
    assert tab.table.at.row == 2
    history.undo(office)
    tab.reload()
    assert texts(tab, "rent", 2)[1] == ""
    tab.state.search("3ht")
    tab.state.search("3号塘")
    assert texts(tab, "name", 1) == ["3号塘"]
    tab.show_record(Target("ponds", "large"))
    assert texts(tab, "name", 3) == ["3号塘", "4号塘", "5号塘"]
    tab.state.clear()
    tab.state.in_village("那罗村")
    assert tab.stack.currentWidget() is tab.empty


def test_a_record_is_added_by_its_description(tab, answers, known):
    def fill(dialog):
        assert isinstance(dialog.fields["leased_on"], DayField)
        assert isinstance(dialog.fields["water"], QComboBox)
        assert list(dialog.fields)[:2] == ["name", "number"]
        dialog.put("village", "那罗村")
        dialog.save()
        assert dialog.fields["name"].property("wrong") == "true"
        dialog.put("name", "新塘")
        dialog.put("leased_on", "2026年6月20日")
        dialog.put("share", "三成五")
        dialog.put("share", "35%")
        dialog.save()

    answers.dialogs = [fill]
    tab.register_actions.add()
    settle(tab)
    at = tab.table.currentIndex().row()
    assert tab.state.front.model.text(at, column(tab, "name")) == "新塘"
    assert tab.state.front.model.text(at, column(tab, "leased_on")) == "2026-06-20"
    assert tab.card.title_label.text() == "新塘"


def test_the_card_shows_children_columns_and_changes(tab, answers, known):
    tab.table.go_to(2, 0)
    settle(tab)
    assert tab.card.title_label.text() == "3号塘"
    table = tab.card.tables[known.harvests]

    def fill(dialog):
        dialog.put("fish", "鲮鱼")
        dialog.put("caught", "120")
        dialog.save()

    answers.dialogs = [fill]
    tab.card.card_of(known.ponds).add(known.harvests)
    settle(tab)
    assert table.title.text() == "起捕 1 次"
    assert table.model.text(0, table.model.column_of("fish")) == "鲮鱼"
    said = [label.text() for label in tab.card.findChildren(QLabel)]
    assert "12.000 亩" in said
    assert any("新增" in text for text in said)


def test_a_child_register_belongs_to_what_its_current_row_does(tab, answers, known, office):
    pond = registers.all_keys(office, Query(known.ponds, 2026))[0]
    registers.add(office, known.harvests, {"fish": "草鱼"}, pond)
    tab.state.show(known.harvests)
    settle(tab)
    assert texts(tab, "fish", 1) == ["草鱼"]
    assert tab.card.title_label.text() == "1号塘"
    owners = []

    def fill(dialog):
        owners.extend(label.text() for label in dialog.findChildren(QLabel) if "1号塘" in label.text())
        dialog.put("fish", "鳙鱼")
        dialog.save()

    answers.dialogs = [fill]
    tab.table.go_to(0, 0)
    tab.register_actions.add()
    settle(tab)
    assert texts(tab, "fish", 2) == ["草鱼", "鳙鱼"]
    assert owners == ["和选中的一行同属一口塘：1号塘"]
    assert tab.tools.add_button.text() == "新增起捕…"


def test_the_records_of_one_owner_stand_in_a_dialog_of_their_own(tab, answers, known, office, qtbot):
    first, second = registers.all_keys(office, Query(known.ponds, 2026))[:2]
    registers.add(office, known.harvests, {"fish": "草鱼"}, second)
    dialog = ChildDialog(tab.shell, known.harvests, registers.owner_of(office, known.harvests, first))
    dialog.show()
    qtbot.waitExposed(dialog)
    rows = dialog.tab
    settle(rows)
    assert [info.key for info in rows.state.front.model.shown] == ["fish", "caught", "earned"]
    assert rows.filters.count.text() == "共 0 次"
    assert not rows.card.isVisible()
    assert (dialog.windowTitle(), dialog.papers) == ("起捕", None)
    assert dialog.sums.isHidden()
    assert dialog.public.isHidden()
    go(rows, 0, "fish")
    typed(rows, "鲮鱼")
    settle(rows)
    assert registers.counts_of_parents(office, Query(known.harvests, 2026)) == {first: 1, second: 1}
    rows.state.search("草鱼")
    assert rows.state.front.model.rowCount() == 0
    rows.state.clear()
    rows.state.take_named("")
    assert texts(rows, "fish", 2) == ["鲮鱼", ""]
    dialog.undo()
    assert texts(rows, "fish", 1) == [""]
    dialog.reject()
    assert not dialog.isVisible()
    registers.add(office, known.harvests, {"fish": "鳙鱼"}, first)
    dialog.deleteLater()


def test_nothing_is_added_below_nothing(tab, known):
    said = []
    tab.shell.said.connect(said.append)
    tab.state.show(known.harvests)
    tab.register_actions.add()
    assert said == ["请先选中一行，新增的起捕和它同属一口塘"]


def test_rows_pasted_below_the_last_become_records(tab, answers, office, known):
    tab.table.go_to(4, 0)
    tab.table.setFocus()
    answers.answers = [True]
    QGuiApplication.clipboard().setText("五号塘\t低岭村\r\n6号塘\t那罗村\r\n7号塘\t低岭村\r\n")
    key(tab, Qt.Key.Key_V)
    assert texts(tab, "name", 7)[4:] == ["五号塘", "6号塘", "7号塘"]
    assert texts(tab, "village", 7)[5] == "那罗村"
    assert "新增 2 口" in answers.asked[0][1]
    history.undo(office)
    tab.reload()
    assert registers.count(office, Query(known.ponds, 2026)) == 5


def test_a_row_is_removed_with_what_belongs_to_it(tab, answers, office, known):
    pond = registers.all_keys(office, Query(known.ponds, 2026))[0]
    registers.add(office, known.harvests, {"fish": "草鱼"}, pond)
    tab.reload()
    tab.table.go_to(0, 0)
    answers.answers = [True]
    tab.register_actions.remove_chosen()
    settle(tab)
    assert "1 次起捕" in answers.asked[0][1]
    assert texts(tab, "name", 4) == ["2号塘", "3号塘", "4号塘", "5号塘"]
    assert not registers.count(office, Query(known.harvests, 2026))


def test_a_year_bound_register_shows_the_year_at_work(tab, office, known):
    registers.add(office, known.fairs, {"name": "墟日", "village": "低岭村"})
    tab.state.show(known.fairs)
    assert texts(tab, "name", 1) == ["墟日"]
    tab.shell.do(lambda: offices.set_year(office, 2027))
    tab.reload()
    QApplication.processEvents()
    assert tab.state.front.model.rowCount() == 0
    assert tab.filters.count.text() == "共 0 场"


def test_a_text_is_replaced_in_the_rows_looked_at_as_one_undo(tab, answers, office):
    tab.state.put_filter("size", registers.Filter("size", low="12"))
    tab.table.go_to(0, column(tab, "name"))

    def ask_for(find, put, place=0):
        def drive(dialog):
            assert not dialog.go.isEnabled()
            dialog.wanted.setText(find)
            dialog.put.setText(put)
            dialog.where.setCurrentIndex(place)
            dialog.accept()

        return drive

    answers.dialogs = [ask_for("号塘", "号鱼塘"), ask_for("没有这个", "x")]
    answers.answers = [True]
    tab.register_actions.replace()
    settle(tab)
    assert "找到 3 格" in answers.asked[1][1]
    assert texts(tab, "name", 3) == ["3号鱼塘", "4号鱼塘", "5号鱼塘"]
    tab.register_actions.replace()
    settle(tab)
    assert "没有“没有这个”" in answers.told[0]
    history.undo(office)
    tab.reload()
    assert texts(tab, "name", 3) == ["3号塘", "4号塘", "5号塘"]


def test_the_status_bar_tells_of_the_selection(tab):
    told = tab.window().status.selection
    at = column(tab, "size")
    tab.table.choose_block(0, at, 3, at)
    tab.sums.tell()
    assert told.text() == "计数 4 · 求和 40 · 平均 10"
    tab.table.choose_block(0, column(tab, "name"), 1, column(tab, "name"))
    tab.sums.tell()
    assert told.text() == "计数 2"
    tab.table.go_to(0, 0)
    tab.sums.tell()
    assert told.text() == ""


def test_what_is_shown_is_exported(tab, answers, tmp_path, known):
    path = tmp_path / "塘.csv"
    answers.answers = [path, False]
    tab.state.put_filter("size", registers.Filter("size", low="12"))
    tab.register_actions.export()
    settle(tab)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("塘名,")
    assert [line.split(",")[0] for line in lines[1:]] == ["3号塘", "4号塘", "5号塘"]


@pytest.mark.parametrize("size", [(960, 600), (1024, 600), (1366, 768)])
@pytest.mark.parametrize("text", list(TextSize))
def test_no_button_is_cut_off_on_a_small_screen(window, tidy_theme, size, text):
    theme.apply(tidy_theme, theme.Theme(text))
    tab = window.show_tab("households")
    window.resize(*size)
    for _ in range(3):
        QApplication.processEvents()
    shown = [each for each in tab.findChildren(QAbstractButton) if each.isVisible() and each.text()]
    assert len(shown) > 8
    for each in shown:
        assert each.width() >= each.minimumSizeHint().width(), each.text()
    assert tab.minimumSizeHint().width() <= size[0]
