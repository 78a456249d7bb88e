"""How the rows of a register and their counts are read: beside the work, again once they can be read, never out of date."""

from PySide6.QtWidgets import QHeaderView

from fupin_desktop.errors import PlaceGone
from fupin_desktop.services import registers
from fupin_desktop.services.registers import Filter
from tests.ui.register_driving import column, go, settle, texts


def test_many_rows_are_counted_beside_the_work(tab, shell, monkeypatch):
    line = tab.filters.count.text()
    monkeypatch.setattr("fupin_desktop.ui.models.register_model.STEADY", 3)
    tab.rows.read()
    tab.settle()
    assert tab.filters.count.text() == tab.state.front.short_line()
    shell.tasks.wait()
    assert tab.filters.count.text() == line


def test_counts_of_an_earlier_question_are_not_shown(tab, shell, monkeypatch):
    monkeypatch.setattr("fupin_desktop.ui.models.register_model.STEADY", 3)
    tab.rows.read()
    tab.settle()
    tab.state.front.put_filter("household_class", Filter("household_class", ("监测户",)))
    tab.rows.read()
    shell.tasks.wait()
    tab.settle()
    shell.tasks.wait()
    assert tab.filters.count.text().startswith("筛选出 ")
    assert " 户 · 参与 " in tab.filters.count.text()


def test_the_rows_are_drawn_before_what_is_told_of_them(tab, qtbot, monkeypatch):
    settle(tab)
    order = []
    tab.table.drawn.connect(lambda: order.append("drawn"))
    tab.counts.told.connect(lambda _line: order.append("counted"))
    monkeypatch.setattr(tab.card, "show_record", lambda _register, _key: order.append("card"))
    tab.state.search("l")
    assert order == []
    qtbot.waitUntil(lambda: "card" in order)
    assert order == ["drawn", "counted", "card"]


def test_the_first_card_of_a_register_is_made_before_it_is_read(tab, qtbot, monkeypatch):
    settle(tab)
    pane, order = tab.card, []
    made = pane._cards.pop(tab.state.register)
    try:
        monkeypatch.setattr(pane, "card_of", lambda one: order.append("made") or pane._cards.setdefault(one, made))
        monkeypatch.setattr(pane, "show_record", lambda _register, _key: order.append("shown"))
        tab.table.go_to(2, 1)
        qtbot.waitUntil(lambda: "shown" in order)
        tab.table.go_to(3, 1)
        qtbot.waitUntil(lambda: order.count("shown") == 2)
    finally:
        pane._cards[tab.state.register] = made
    assert order == ["made", "shown", "shown"]


def test_where_the_table_is_not_seen_what_is_told_of_its_rows_waits_for_nothing(tab, qtbot):
    tab.hide()
    with qtbot.waitSignal(tab.counts.told):
        tab.state.search("l")


def test_the_numbers_of_the_rows_have_the_room_that_qt_gives_them(tab):
    numbers = tab.table.verticalHeader()
    assert numbers.sizeHint() == QHeaderView.sizeHint(numbers)
    tab.state.search("l")
    assert numbers.sizeHint() == QHeaderView.sizeHint(numbers)


def test_a_tab_that_outlives_its_shell_goes_quietly(tab, shell, monkeypatch):
    class Gone:
        @property
        def selection_told(self):
            raise RuntimeError("Internal C++ object already deleted.")

    tab.show()
    monkeypatch.setattr(tab, "shell", Gone())
    tab.hide()
    assert not tab.isVisible()


def test_what_could_not_be_read_is_read_again_once_it_can_be(tab, answers, monkeypatch):
    def gone(*_args):
        raise PlaceGone("数据文件所在的U盘不见了。")

    settle(tab)
    go(tab, 100, "head_name")
    name, model = texts(tab, "head_name", 101)[100], tab.state.front.model
    with monkeypatch.context() as broken:
        broken.setattr(registers, "rows", gone)
        model.refresh()
        tab.grab()
        assert model.text(100, column(tab, "head_name")) == "…"
        model.try_again()
        model.try_again()
        settle(tab)
        assert [type(told) for told in answers.told] == [PlaceGone]
        assert model.text(100, column(tab, "head_name")) == "…"
        broken.setattr(registers, "all_keys", gone)
        model.reload(again=True)
    model.try_again()
    settle(tab)
    assert model.text(100, column(tab, "head_name")) == name
    assert (tab.table.at, model.rowCount()) == ((100, column(tab, "head_name")), 612)
    assert len(answers.told) == 1
