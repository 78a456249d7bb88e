"""Pieces that show: badges, bars, rows that break, columns that scroll."""

from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QCursor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services.notices.rounds import Round, RoundState
from fupin_desktop.services.publicity.gates import Step, StepLine, Subject
from fupin_desktop.ui import theme
from fupin_desktop.ui.widgets.badge import Badge
from fupin_desktop.ui.widgets.card import Card, clear
from fupin_desktop.ui.widgets.empty import EmptyState
from fupin_desktop.ui.widgets.figure import Figure
from fupin_desktop.ui.widgets.fitted_text import CopiedText
from fupin_desktop.ui.widgets.fund_bar import SHARES, Legend, brush, paint_shares, parts_of
from fupin_desktop.ui.widgets.labels import WrappedLink, button, label
from fupin_desktop.ui.widgets.marks import Mark
from fupin_desktop.ui.widgets.meter import BarMeter, Part
from fupin_desktop.ui.widgets.plain_table import plain_table
from fupin_desktop.ui.widgets.round_badge import badge
from fupin_desktop.ui.widgets.scroll import RowColumn, ScrollColumn
from fupin_desktop.ui.widgets.segments import Segments
from fupin_desktop.ui.widgets.wrapping import WrappingRow
from tests.ui.cases import cases_of

ROLE = Qt.ItemDataRole


# ---- badges and bars ----
def a_round(case):
    steps = tuple(
        StepLine(step, done=step.value != case["next"] and step not in (Step.FILED,), told="", clause="")
        for step in Step if "next" in case
    )  # fmt: skip
    return Round(
        "awards", "奖补公示", Subject(PublicKind.SCHEME, "k"), "名", "村", RoundState(case["state"]), steps,
        days_left=case.get("left", 0), open_objections=case.get("objections", 0),
    )


@pytest.mark.parametrize("case", cases_of("round_badges"))
def test_the_badge_of_a_round_says_how_far_it_is(case):
    assert list(badge(a_round(case))) == case["told"]


@pytest.mark.parametrize("case", cases_of("shares"))
def test_the_parts_of_a_source_are_what_became_of_its_money(case):
    assert [str(part) for part in parts_of(*map(Decimal, case["given"]))] == case["parts"]


@given(st.lists(st.decimals(0, 10**7, places=2), min_size=4, max_size=4).map(lambda found: sorted(found, reverse=True)))
def test_the_parts_of_sound_books_make_up_what_was_assigned(amounts):
    assert sum(parts_of(*amounts)) == amounts[0]


@pytest.fixture
def painter(app):
    image = QImage(200, 20, QImage.Format.Format_ARGB32)
    made = QPainter(image)
    made.image = image
    yield made
    made.end()


def test_the_bar_is_as_long_as_its_parts_and_they_follow_each_other(painter):
    parts = (Decimal(10), Decimal(20), Decimal(30), Decimal(0))
    places = paint_shares(painter, QRectF(0, 0, 200, 20), parts, Decimal(100))
    assert [(place.x(), place.width()) for place in places] == [(0, 20), (20, 40), (60, 60), (120, 0)]
    seen = [painter.image.pixelColor(x, 10).name() for x in (10, 40, 90)]
    assert seen == [theme.colour(share.colour).name() for share in SHARES[:3]]
    assert painter.image.pixelColor(160, 10).name() == theme.colour("paper").name()


def test_without_money_nothing_is_painted_as_used(painter):
    places = paint_shares(painter, QRectF(0, 0, 200, 20), (Decimal(0),) * 4, Decimal(0))
    assert [place.width() for place in places] == [0] * 4
    assert painter.image.pixelColor(1, 10).name() == theme.colour("paper").name()


def test_where_there_are_few_colours_patterns_tell_the_parts_apart(tidy_theme, qtbot):
    plain = [brush(share).style() for share in SHARES]
    assert set(plain) == {Qt.BrushStyle.SolidPattern}
    theme.apply(tidy_theme, theme.Theme(contrast=True))
    assert len({(brush(share).style(), brush(share).color().name()) for share in SHARES}) == len(SHARES)
    legend = Legend()
    qtbot.addWidget(legend)
    assert legend.accessibleName() == "图例：已拨付、已安排未拨付、可安排、未到账"
    assert not legend.grab(QRect(QPoint(0, 0), legend.sizeHint())).isNull()


def test_a_meter_without_a_whole_is_filled_by_its_parts_and_negative_parts_are_none(app):
    meter = BarMeter()
    meter.resize(100, 12)
    meter.set_parts(Decimal(0), [Part(Decimal(30)), Part(Decimal(-5)), Part(Decimal(70), "accent_mid", "小户")])
    assert not meter.overdrawn
    assert meter.accessibleName() == "30，小户70"
    seen = meter.grab().toImage()
    assert (seen.pixelColor(20, 6), seen.pixelColor(98, 6)) == (theme.colour("accent"), theme.colour("accent_mid"))
    meter.set_parts(Decimal(100), [Part(Decimal(150))])
    assert meter.overdrawn
    assert meter.grab().toImage().pixelColor(90, 6) == theme.colour("must")
    meter.set_parts(Decimal(0), [])
    assert meter.grab().toImage().pixelColor(50, 6) == theme.colour("groove")


def test_a_badge_in_few_colours_has_a_line_around_it(tidy_theme, qtbot):
    shown = Badge("草稿", "good")
    qtbot.addWidget(shown)
    shown.resize(shown.sizeHint())
    middle = QPoint(shown.width() // 2, 0)
    assert shown.text == "草稿"
    before = shown.grab().toImage().pixelColor(middle)
    theme.apply(tidy_theme, theme.Theme(contrast=True))
    assert shown.grab().toImage().pixelColor(middle) != before


# ---- rows that break, columns that scroll ----
def sized(width, height=10):
    made = QWidget()
    made.setFixedSize(width, height)
    return made


@given(st.lists(st.integers(5, 120), min_size=1, max_size=8), st.integers(120, 400))
def test_a_breaking_row_keeps_its_order_and_no_line_is_wider_than_there_is_room(widths, room):
    holder = QWidget()
    row = WrappingRow(spacing=10, line=2)
    holder.setLayout(row)
    for width in widths:
        row.addWidget(sized(width))
    row.setGeometry(QRect(0, 0, room, 400))
    places = [row.itemAt(at).geometry() for at in range(row.count())]
    tops = sorted({place.y() for place in places})
    for top in tops:
        line = [place for place in places if place.y() == top]
        assert [place.x() for place in line] == sorted(place.x() for place in line)
        assert line[-1].x() + line[-1].width() == room
        assert sum(place.width() for place in line) + 10 * (len(line) - 1) <= room
    assert [place.y() for place in places] == sorted(place.y() for place in places)
    assert row.heightForWidth(room) == 12 * len(tops) - 2
    assert row.sizeHint().width() == sum(widths) + 10 * (len(widths) - 1)
    assert row.minimumSize().width() == max(widths)


def test_a_breaking_row_gives_its_pieces_away(app):
    row = WrappingRow()
    holder = QWidget()
    holder.setLayout(row)
    assert (row.heightForWidth(100), row.itemAt(0), row.takeAt(0)) == (0, None, None)
    piece = sized(20)
    row.addWidget(piece)
    assert row.takeAt(0).widget() is piece
    assert row.count() == 0


def test_a_column_filled_again_forgets_what_was_still_to_be_made(app, qtbot):
    column = ScrollColumn()
    qtbot.addWidget(column)
    column.fill([partial(label, f"旧{number}") for number in range(6)], first=2)
    column.fill([partial(label, f"新{number}") for number in range(3)], first=1)
    column.show()
    qtbot.waitUntil(lambda: column.column.count() > 3)
    shown = [column.column.itemAt(place).widget() for place in range(column.column.count())]
    assert [one.text() for one in shown if one is not None] == ["新0", "新1", "新2"]


@pytest.mark.parametrize(("high", "seen"), [(95, 3), (90, 3), (89, 2), (200, 6), (10, 1)])
def test_a_column_of_rows_shows_whole_ones_wherever_it_is_scrolled_to(app, qtbot, high, seen):
    def row():
        made = QWidget()
        made.setFixedHeight(30)
        return made

    column = RowColumn()
    qtbot.addWidget(column)
    column.resize(200, high)
    column.show()
    column.fill([row] * 6)
    QApplication.processEvents()
    room = column.viewport().height()
    assert room == (min(seen * 30, 180) if high >= 30 and seen < 6 else high)
    bar = column.verticalScrollBar()
    for wanted in (7, 29, 44, 46):
        bar.setValue(wanted)
        assert bar.value() % 30 == 0 or bar.value() == bar.maximum()
    bar.setValue(bar.maximum())
    assert column.rows()[-1].geometry().bottom() + 1 - bar.value() <= room


def test_emptying_a_place_takes_the_keyboard_from_nobody_else(app, qtbot):
    card, beside = Card("资金"), QLineEdit()
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.addWidget(card)
    column.addWidget(beside)
    inner = QLineEdit()
    card.body.addWidget(inner)
    page.show()
    page.activateWindow()
    inner.setFocus()
    QApplication.processEvents()
    assert QApplication.focusWidget() is inner
    clear(card.body)
    QApplication.processEvents()
    assert not beside.hasFocus()
    beside.setFocus()
    card.body.addWidget(QLineEdit())
    clear(card.body)
    assert beside.hasFocus()


def test_a_card_keeps_its_aside_unless_it_is_given_another(app, qtbot):
    card = Card("检查", "3 项", one_line=True)
    qtbot.addWidget(card)
    card.set_title("核对")
    assert (card.title_label.text(), card.aside.text()) == ("核对", "3 项")
    card.set_title("核对", "")
    assert card.aside.text() == ""


# ---- small ones ----
def test_the_ends_of_joined_buttons_are_round_and_one_alone_at_both(app, qtbot):
    made = Segments([("a", "甲"), ("b", "乙"), ("c", "丙")])
    qtbot.addWidget(made)
    assert [made.buttons[key].property("place") for key in "abc"] == ["first", "middle", "last"]
    made.show_key("b")
    made.set_options([("x", "只有一个")])
    assert (list(made.buttons), made.key) == (["x"], "")
    assert made.buttons["x"].property("place") == "only"


def test_a_button_is_lit_after_its_menu_only_while_the_mouse_is_over_it(app, qtbot, monkeypatch):
    made = button("更多")
    qtbot.addWidget(made)
    menu = QMenu(made)
    menu.addAction("合计…")
    made.setMenu(menu)
    made.show()
    for place, lit in ((made.rect().center(), True), (made.rect().bottomRight() + QPoint(9, 90), False)):
        monkeypatch.setattr(QCursor, "pos", lambda place=place: made.mapToGlobal(place))
        made.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        menu.popup(made.mapToGlobal(made.rect().bottomLeft()))
        menu.close()
        assert made.underMouse() is lit


def test_tab_comes_to_the_button_that_is_down(app, qtbot):
    made = Segments([("a", "甲"), ("b", "乙")])
    qtbot.addWidget(made)
    for shown, other in (("a", "b"), ("b", "a")):
        made.show_key(shown)
        assert made.buttons[shown].focusPolicy() == Qt.FocusPolicy.TabFocus
        assert made.buttons[other].focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_long_link_is_followed_by_mouse_and_keys_within_its_text_alone(app, qtbot):
    made, followed = WrappedLink("很长的一句话" * 8), []
    qtbot.addWidget(made)
    made.clicked.connect(lambda: followed.append(1))
    made.resize(120, 90)
    made.show()
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(made, key)
    assert len(followed) == 4
    QTest.mouseClick(made, Qt.MouseButton.RightButton)
    QTest.mousePress(made, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(made, Qt.MouseButton.LeftButton, pos=QPoint(500, 500))
    QTest.keyClick(made, Qt.Key.Key_A)
    assert len(followed) == 4


def test_a_number_that_leads_nowhere_takes_no_click(app, qtbot):
    dead, live = Figure("1", "户"), Figure("2", "人", leads=True)
    for one in (dead, live):
        qtbot.addWidget(one)
    followed = []
    for one in (dead, live):
        one.clicked.connect(partial(followed.append, one))
        QTest.mouseClick(one, Qt.MouseButton.LeftButton)
        QTest.keyClick(one, Qt.Key.Key_Space)
    QTest.mouseClick(live, Qt.MouseButton.RightButton)
    QTest.keyClick(live, Qt.Key.Key_A)
    assert followed == [live, live]
    live.set_value("-3", "must")
    assert (live.value, live.accessibleName(), live.findChildren(QLabel)[0].property("tone")) == ("-3", "人 -3", "must")


def test_what_is_copied_from_the_menu_is_the_text_as_it_was_given(app, qtbot):
    checksum = "3c619ec4ba16233744ed2e18a1" * 2
    shown = CopiedText(checksum)
    qtbot.addWidget(shown)
    shown.show()
    app.clipboard().clear()
    QApplication.sendEvent(shown, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(2, 2), QPoint(2, 2)))
    (menu,) = shown.findChildren(QMenu)
    menu.actions()[0].trigger()
    assert app.clipboard().text() == shown.given == checksum
    menu.close()


def test_an_empty_place_without_an_action_has_no_button(app, qtbot):
    made = EmptyState("没有记录")
    qtbot.addWidget(made)
    made.show()
    assert not made.action.isVisible()
    made.set_text("没有找到", "换一个词试试")
    assert [one.text() for one in made.findChildren(QLabel)] == ["没有找到", "换一个词试试"]


def test_a_mark_is_painted_in_the_colour_of_its_tone(app, qtbot):
    mark = Mark("dot", "must", 20)
    qtbot.addWidget(mark)
    mark.resize(20, 20)
    for kind, tone, ink in (("dot", "must", theme.tone("must")[0]), ("dot", "accent", theme.colour("accent"))):
        mark.set_mark(kind, tone)
        assert mark.grab().toImage().pixelColor(10, 10).name() == ink.name()
    mark.set_mark("ring", "must")
    assert mark.grab().toImage().pixelColor(10, 10).name() != theme.tone("must")[0].name()


def test_lines_are_opened_by_enter_and_double_click_alike(app, qtbot):
    opened = []
    table = plain_table(("村", "户"), (120,), name="村", single=True, opens=lambda: opened.append(table.currentRow()))
    qtbot.addWidget(table)
    table.setRowCount(2)
    table.show()
    table.setCurrentCell(1, 0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    table.doubleClicked.emit(table.model().index(1, 1))
    assert opened == [1, 1]
    assert table.columnWidth(0) == 120
    quiet = plain_table(("村",))
    qtbot.addWidget(quiet)
    quiet.doubleClicked.emit(quiet.model().index(0, 0))
    assert opened == [1, 1]

