from decimal import Decimal
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.ui.widgets.badge import Badge
from fupin_desktop.ui.widgets.card import Card, clear
from fupin_desktop.ui.widgets.empty import EmptyState
from fupin_desktop.ui.widgets.figure import Figure
from fupin_desktop.ui.widgets.labels import label
from fupin_desktop.ui.widgets.meter import BarMeter, Part
from fupin_desktop.ui.widgets.problem_list import ProblemList
from fupin_desktop.ui.widgets.scroll import ScrollColumn
from fupin_desktop.ui.widgets.search_box import Found, SearchBox
from fupin_desktop.ui.widgets.toolbar import ToolRow

MUST = Problem("award.above_cost", Severity.MUST, "奖补不得超过成本。", "吴川 三(二)4", subjects=("a", "b"))
PRINCIPLE = Problem("award.large_small", Severity.PRINCIPLE, "大户原则上应多于小农户。", "吴川 三(二)4")
WARNING = Problem("bank.luhn", Severity.WARNING, "卡号校验位不符。")


def links(widget):
    return {made.text(): made for made in widget.findChildren(QPushButton)}


def test_labels_never_read_html(app):
    assert label("<b>农户</b>").textFormat() is Qt.TextFormat.PlainText


def test_problems_show_musts_first_with_clause_and_reason(app, qtbot):
    pane = ProblemList()
    qtbot.addWidget(pane)
    pane.set_problems([WARNING, PRINCIPLE, MUST])
    assert pane.problems == (MUST, PRINCIPLE, WARNING)
    found = links(pane)
    assert {"填写说明", "吴川 三(二)4", "查看 2 户"} <= set(found)
    with qtbot.waitSignal(pane.reason_asked) as asked:
        found["填写说明"].click()
    assert asked.args == [PRINCIPLE]
    with qtbot.waitSignal(pane.clause_asked) as clause:
        found["吴川 三(二)4"].click()
    assert clause.args == ["吴川 三(二)4"]
    with qtbot.waitSignal(pane.subjects_asked) as subjects:
        found["查看 2 户"].click()
    assert subjects.args == [MUST]


def test_a_reason_once_written_can_be_changed(app, qtbot):
    pane = ProblemList()
    qtbot.addWidget(pane)
    settled = Problem(PRINCIPLE.code, Severity.PRINCIPLE, PRINCIPLE.sentence, PRINCIPLE.clause, reason="只有一户大户")
    pane.set_problems([settled])
    assert "修改说明" in links(pane)


def test_no_problem_says_so(app, qtbot):
    pane = ProblemList()
    qtbot.addWidget(pane)
    pane.set_problems([MUST])
    pane.set_problems([], good="12 项通过")
    assert not links(pane)
    assert pane.problems == ()


def test_meter_never_draws_beyond_the_whole(app):
    meter = BarMeter()
    meter.set_parts(Decimal("100"), [Part(Decimal("60")), Part(Decimal("40"), "accent_mid")])
    assert not meter.overdrawn
    meter.set_parts(Decimal("100"), [Part(Decimal("60")), Part(Decimal("40.01"))])
    assert meter.overdrawn
    meter.resize(100, 12)
    picture = meter.grab().toImage()
    assert picture.pixelColor(10, 6).name() == "#1b6b50"
    meter.set_parts(Decimal("100"), [Part(Decimal("60")), Part(Decimal("60"))])
    assert meter.grab().toImage().pixelColor(95, 6).name() == "#ab2318"


def test_meter_shows_what_is_left_grey(app):
    meter = BarMeter()
    meter.resize(100, 12)
    meter.set_parts(Decimal("100"), [Part(Decimal("25"))])
    picture = meter.grab().toImage()
    assert picture.pixelColor(20, 6).name() == "#1b6b50"
    assert picture.pixelColor(30, 6).name() == "#edf0f3"


def test_figure_follows_mouse_and_keyboard(app, qtbot):
    figure = Figure("612", "建档立卡贫困户", leads=True)
    qtbot.addWidget(figure)
    with qtbot.waitSignal(figure.clicked):
        qtbot.mouseClick(figure, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(figure.clicked):
        qtbot.keyClick(figure, Qt.Key.Key_Return)
    assert figure.accessibleName() == "建档立卡贫困户 612"


def test_clearing_a_layout_takes_nested_layouts_too(app, qtbot):
    card = Card("资金", "总额")
    qtbot.addWidget(card)
    inner = QVBoxLayout()
    inner.addWidget(QWidget())
    card.body.addLayout(inner)
    card.body.addWidget(QWidget())
    clear(card.body)
    assert card.body.count() == 0


def test_badge_is_as_wide_as_its_word(app, qtbot):
    short, long = Badge("草稿"), Badge("公示中 6 天", "info")
    assert long.sizeHint().width() > short.sizeHint().width()
    short.set_text("已备案", "good")
    assert short.accessibleName() == "已备案"


def test_empty_state_offers_its_action(app, qtbot):
    calls = []
    empty = EmptyState("还没有农户", "可以从表格导入。", "导入农户名册", lambda: calls.append(1))
    qtbot.addWidget(empty)
    empty.action.click()
    assert calls == [1]


def test_tool_row_calls_without_arguments(app, qtbot):
    calls = []
    row = ToolRow()
    qtbot.addWidget(row)
    row.add("重新测算", lambda: calls.append("run"), primary=True).click()
    menu = row.add_menu("打印", [("打印…", lambda: calls.append("print"))])
    menu.menu().actions()[0].trigger()
    assert calls == ["run", "print"]


@pytest.fixture
def search(app, qtbot):
    asked = []

    def find(text):
        asked.append(text)
        return [Found("陈华  低岭村", "k1"), Found("陈康  那罗村", "k2")] if text.startswith("ch") else []

    window = QWidget()
    window.resize(600, 400)
    box = SearchBox(find, "查找")
    layout = QVBoxLayout(window)
    layout.addWidget(box)
    layout.addStretch(1)
    qtbot.addWidget(window)
    window.show()
    box.asked = asked
    yield box
    window.close()


def test_search_asks_once_after_typing_and_enter_takes_the_first(search, qtbot):
    qtbot.keyClicks(search, "chen")
    qtbot.waitUntil(lambda: bool(search.results))
    assert search.asked == ["chen"]
    assert search.results == ["陈华  低岭村", "陈康  那罗村"]
    with qtbot.waitSignal(search.chosen) as chosen:
        qtbot.keyClick(search, Qt.Key.Key_Return)
    assert chosen.args == ["k1"]
    assert search.results == []


def test_the_search_begins_anew_with_the_first_key(search, qtbot):
    qtbot.keyClicks(search, "chen")
    search.clearFocus()
    search.begin()
    qtbot.keyClicks(search, "ch")
    assert search.text() == "ch"


def test_search_moves_by_arrow_and_closes_by_escape(search, qtbot):
    qtbot.keyClicks(search, "ch")
    search.search_now()
    qtbot.keyClick(search, Qt.Key.Key_Down)
    with qtbot.waitSignal(search.chosen) as chosen:
        qtbot.keyClick(search, Qt.Key.Key_Return)
    assert chosen.args == ["k2"]
    search.search_now()
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.results == []


def test_search_says_when_nothing_is_found(search, qtbot):
    qtbot.keyClicks(search, "zz")
    search.search_now()
    assert search.results == ["没有找到"]
    qtbot.keyClick(search, Qt.Key.Key_Return)
    search.clear()
    search.search_now()
    assert search.results == []


def test_problems_that_only_stop_something_have_no_links(app, qtbot, answers):
    from fupin_desktop.ui.widgets.problems_dialog import ProblemsDialog

    dialog = ProblemsDialog("不能公示", [MUST, PRINCIPLE], None, "填写的都已保存。")
    qtbot.addWidget(dialog)
    assert set(links(dialog)) == {"关闭"}
    assert "填写的都已保存。" in [one.text() for one in dialog.findChildren(QLabel)]
    assert dialog.list.problems == (MUST, PRINCIPLE)
    links(dialog)["关闭"].click()
    assert dialog.result() == 1


def test_a_column_makes_what_is_in_sight_first_and_the_rest_a_moment_later(app, qtbot):
    column = ScrollColumn()
    qtbot.addWidget(column)
    column.fill([partial(label, f"第 {number} 行") for number in range(20)], first=4)
    column.fit()
    app.processEvents()
    assert not column._soon.isActive()  # however long it takes until it is drawn
    column.show()
    assert len(column.findChildren(QLabel)) == 4
    qtbot.waitUntil(lambda: len(column.findChildren(QLabel)) == 20)
    assert [column.column.itemAt(place).widget().text() for place in (0, 19)] == ["第 0 行", "第 19 行"]
    column.fill([partial(label, "只有一行")])
    assert [one.text() for one in column.findChildren(QLabel) if one.parent() is column.widget()] == ["只有一行"]
