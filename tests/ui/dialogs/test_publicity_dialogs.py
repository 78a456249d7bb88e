"""异议, 张贴情况, 备案: what stands in a dialog is what is kept; what cannot be read is told and nothing is lost."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGroupBox, QLabel, QPushButton

from fupin_desktop.domain.vocabulary import BoardKind, MaterialKind, ObjectionResult, ObjectionWay, PublicKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.services.notices.boards import Board
from fupin_desktop.services.notices.filings import NEEDED, FilingForm
from fupin_desktop.services.notices.objections import ListRow, ObjectionForm, ObjectionLine
from fupin_desktop.services.notices.rounds import Round, RoundState
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.ui import tab_order, theme
from fupin_desktop.ui.dialogs.funds.moves import AllocateDialog
from fupin_desktop.ui.dialogs.funds.source import SourceDialog
from fupin_desktop.ui.dialogs.publicity.boards import BoardsDialog
from fupin_desktop.ui.dialogs.publicity.calendar import CalendarDialog
from fupin_desktop.ui.dialogs.publicity.filing import FilingDialog, ReceiptDialog
from fupin_desktop.ui.dialogs.publicity.notice import chinese_day
from fupin_desktop.ui.dialogs.publicity.objection import ObjectionDialog
from fupin_desktop.ui.dialogs.publicity.posted import PostedDialog
from fupin_desktop.ui.dialogs.schemes.scheme import SchemeDialog
from fupin_desktop.ui.widgets.tips import as_tip
from tests.ui.scheme_typing import type_text

ROWS = [ListRow("k1", "李亚保"), ListRow("k2", "易日"), ListRow("k3", "李亚保")]
SUBJECT = Subject(PublicKind.SCHEME, "s")
DAY = date(2026, 12, 20)
days = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 24))
lines = st.text("村民甲乙丙𡶶㙍ab12，。", max_size=12).map(str.strip)


def line_of(form):
    return ObjectionLine("o", "n", "低岭村公示", "低岭村", form, False)


# ---- 异议 ----
@given(st.builds(
    ObjectionForm, days, st.sampled_from(ObjectionWay), st.booleans(), lines, lines, content=lines, received_by=lines,
    investigation=lines, investigator=lines, result=st.none() | st.sampled_from(ObjectionResult), handling=lines,
    answered_on=days, corrects=st.booleans(), note=lines,
))  # fmt: skip
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
def test_an_objection_that_is_opened_and_kept_is_the_same(desk, form):
    assert ObjectionDialog(desk, "n", ROWS, line_of(form)).form == form


@pytest.mark.parametrize(("row", "shown"), [
    (ListRow("", ""), ""), (ListRow("k2", "易日"), "易日"), (ListRow("gone", "陈迁走"), "陈迁走"),
    (ListRow("k1", "李亚保"), "李亚保 (第1行)"), (ListRow("k3", "李亚保"), "李亚保 (第3行)"), (ListRow("k9", "李亚保"), "李亚保"),
    (ListRow("k9", "易日"), "易日 (已不在名单里)"),
])  # fmt: skip
def test_what_an_objection_is_about_stays_even_where_the_list_has_it_no_more(desk, row, shown):
    form = ObjectionForm(DAY, row_key=row.key, row_name=row.name)
    dialog = ObjectionDialog(desk, "n", ROWS, line_of(form))
    assert dialog.about.text() == shown
    tab_order.prepare(dialog)
    assert dialog.save.isDefault()  # though a field has a list of what it proposes
    assert (dialog.form.row_key, dialog.form.row_name) == (row.key, row.name)


def test_the_row_an_objection_is_about_is_found_by_the_keyboard(desk, qtbot):
    rows = [ListRow(f"k{at}", f"第{at % 9}组 {name}") for at, name in enumerate(["陈水"] * 400 + ["李亚保", "林木", "李亚保"])]
    dialog = ObjectionDialog(desk, "n", rows)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    dialog.about.setFocus()
    QApplication.processEvents()
    assert dialog.about.offered[:2] == ["公示全文", "第0组 陈水 (第1行)"]
    QTest.keyClicks(dialog.about, "lyb")
    assert dialog.about.offered == ["第4组 李亚保", "第6组 李亚保"]
    QTest.keyClick(dialog.about, Qt.Key.Key_Down)
    QTest.keyClick(dialog.about, Qt.Key.Key_Return)
    assert dialog.about.text() == "第6组 李亚保"
    assert (dialog.form.row_key, dialog.form.row_name) == ("k402", "第6组 李亚保")
    QTest.keyClick(dialog.about, Qt.Key.Key_F4)
    QTest.keyClick(dialog.about, Qt.Key.Key_Down)
    QTest.keyClick(dialog.about, Qt.Key.Key_Return)
    assert (dialog.about.text(), dialog.form.row_key, dialog.form.row_name) == ("", "", "")


def test_what_is_no_row_of_the_list_is_told_and_not_dropped(desk, qtbot):
    dialog = ObjectionDialog(desk, "n", ROWS, line_of(ObjectionForm(DAY, content="面积多报")))
    before = desk.bench.revision
    type_text(dialog.about, "王不在")
    dialog.save.click()
    assert desk.ask.told == ["没有保存：“王不在”不在名单里，请从列出的里面选，或清空(公示全文)。"]
    assert (dialog.result(), desk.bench.revision) == (0, before)
    assert dialog.focusWidget() is dialog.about


@pytest.mark.parametrize("field", ["received_on", "answered_on"])
def test_a_day_that_cannot_be_read_is_told_and_not_dropped(desk, field):
    dialog = ObjectionDialog(desk, "n", ROWS, line_of(ObjectionForm(DAY, content="面积多报")))
    before = desk.bench.revision
    type_text(getattr(dialog, field), "2026-13-05")
    dialog.save.click()
    assert desk.ask.told == [f"没有保存：{getattr(dialog, field).fault}。"]
    assert (dialog.result(), desk.bench.revision) == (0, before)
    assert dialog.focusWidget() is getattr(dialog, field)
    assert getattr(dialog, field).text() == "2026-13-05"


@pytest.mark.parametrize(("line", "removable"), [
    (None, False), (line_of(ObjectionForm(DAY)), True), (line_of(ObjectionForm(DAY, answered_on=DAY)), False),
])  # fmt: skip
def test_only_what_is_not_answered_can_be_taken_out(desk, line, removable):
    dialog = ObjectionDialog(desk, "n", ROWS, line)
    assert dialog.remove.isHidden() is not removable
    assert dialog.windowTitle() == ("登记异议" if line is None else "办理异议")
    if line is None:
        assert (dialog.form.received_on, dialog.form.received_by) == (desk.today, "李文静")


# ---- 张贴情况 ----
BOARDS = [
    Board("b1", BoardKind.VILLAGE, "村公示栏", DAY, "李文静", None, note="雨棚下"),
    Board("b2", BoardKind.VILLAGE, "塘㙍市场", DAY, "", date(2026, 12, 22)),
]


def click(dialog, word, place=0):
    [one for one in dialog.findChildren(QPushButton) if one.text() == word][place].click()


def test_boards_that_are_opened_and_kept_are_the_same(desk):
    assert [row.wanted for row in BoardsDialog(desk, "n", BOARDS).rows] == BOARDS


def test_a_board_is_added_for_today_and_another_taken_out(desk):
    dialog = BoardsDialog(desk, "n", BOARDS)
    dialog.more.click()
    added = dialog.rows[-1]
    assert (added.wanted.posted_on, added.wanted.posted_by, added.wanted.key) == (desk.today, "李文静", "")
    added.place.setText("祠堂门口")
    click(dialog, "去掉这一处", 0)
    assert [row.wanted.place for row in dialog.rows] == ["塘㙍市场", "祠堂门口"]


def test_a_day_of_a_board_that_cannot_be_read_is_told_and_not_dropped(desk):
    dialog = BoardsDialog(desk, "n", BOARDS)
    type_text(dialog.rows[1].down, "年底")
    dialog.save.click()
    assert desk.ask.told == [f"没有保存：{dialog.rows[1].down.fault}。"]
    assert dialog.result() == 0
    assert dialog.focusWidget() is dialog.rows[1].down


def test_a_photograph_is_added_at_once_and_can_be_left_out_again(desk, tmp_path):
    picture = tmp_path / "公示栏.jpg"
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(picture))
    dialog = BoardsDialog(desk, "n", BOARDS[:1])
    desk.ask.answers += [None, picture]
    click(dialog, "加照片…")
    assert dialog.rows[0].wanted.photos == ()
    click(dialog, "加照片…")
    assert [one.name for one in dialog.rows[0].wanted.photos] == ["公示栏.jpg"]
    click(dialog, "去掉")
    assert dialog.rows[0].wanted.photos == ()


# ---- 备案 ----
def test_a_filing_begins_with_what_is_proposed_and_counts_its_papers(desk):
    start = FilingForm("塘镇备〔2026〕1号", "低岭村委会", DAY, dict.fromkeys(MaterialKind, 1), "一并报送")
    dialog = FilingDialog(desk, SUBJECT, start)
    assert dialog.form == start
    dialog.copies[MaterialKind.MINUTES.value].setValue(3)
    assert dialog.form.materials[MaterialKind.MINUTES] == 3
    starred = {one.text().removesuffix(" *") for one in dialog.findChildren(QLabel) if one.text().endswith("*")}
    assert starred == {kind.label for kind in NEEDED}


@pytest.mark.parametrize(("make", "told"), [
    (lambda shell: FilingDialog(shell, SUBJECT, FilingForm(filed_on=DAY)), "没有报送："),
    (lambda shell: ReceiptDialog(shell, "f"), ""), (lambda shell: ReceiptDialog(shell, "f", back=True), ""),
])  # fmt: skip
def test_a_day_of_a_filing_that_cannot_be_read_is_told(desk, make, told):
    dialog = make(desk)
    type_text(dialog.day, "2026-02-29")
    dialog.save.click()
    assert desk.ask.told == [f"{told}{dialog.day.fault}。"]
    assert dialog.result() == 0


def test_a_receipt_without_a_day_says_so_and_knows_its_words(desk):
    taken, back = ReceiptDialog(desk, "f"), ReceiptDialog(desk, "f", back=True)
    assert [one.windowTitle() for one in (taken, back)] == ["备案接收", "备案退回"]
    assert [one.opinion.placeholderText() for one in (taken, back)] == ["空：同意备案。", "要补正什么"]
    type_text(taken.day, "")
    taken.save.click()
    assert desk.ask.told == ["还没有填写日期。"]


@pytest.mark.parametrize(("where", "words"), [("desk", "吴川 三(二)4"), ("qingyuan", "参照 吴川 三(二)4")])
def test_the_clause_of_another_county_is_only_a_model(request, where, words):
    shell = request.getfixturevalue(where)
    filing = FilingDialog(shell, SUBJECT, FilingForm(filed_on=DAY))
    assert f"带 * 的材料不能少({words}：商议决定、形成文件、公示、备案)。" in [one.text() for one in filing.findChildren(QLabel)]
    model = words.removesuffix("三(二)4")
    assert f"({model}三(二)2)" in SourceDialog(shell).plan.toolTip()
    tip = AllocateDialog(shell, [], []).reason.toolTip()
    assert f"({model}三(一)5)" in tip
    assert f"({model}三(二)2)" in tip
    pages = SchemeDialog(shell, AwardScheme(name="方案", place="低岭村", year=2026, items=()))
    assert pages.head.parts
    assert pages.limits.parts
    groups = {box.title() for box in pages.findChildren(QGroupBox)}
    assert {f"共同议定 ({words})", f"成本封顶 ({words}：奖补不得超成本)"} <= groups
    assert pages.reasons.others.toolTip() == as_tip(f"原则上只有参与户才能受惠 ({model}三(二)3)")
    shell.do(lambda: (_ for _ in ()).throw(NotAllowed("还没有公示(吴川 三(二)4)。", todo="")))
    assert shell.ask.told.pop().happened == f"还没有公示({words})。"


# ---- 公示日历, 已张贴 ----
def a_round(key, first, last, state=RoundState.POSTED, place="低岭村"):
    return Round("awards", "奖补公示", Subject(PublicKind.SCHEME, key), key, place, state, (), f"n{key}", first=first, last=last)


def test_periods_stand_in_their_order_and_a_click_leads_to_one(desk, qtbot):
    late, early = a_round("b", DAY, date(2026, 12, 29)), a_round("a", date(2026, 12, 1), date(2026, 12, 10), place="塘㙍村")
    dialog = CalendarDialog(desk, [late, a_round("c", None, None), early])
    qtbot.addWidget(dialog)
    dialog.show()
    chart = dialog.chart
    assert [one.name for one in chart.rounds] == ["a", "b"]
    assert chart.start < date(2026, 12, 1)
    assert chart.round_at(5) is None
    assert chart.round_at(10_000) is None
    height = next(at for at in range(1000) if chart.round_at(at) is chart.rounds[1])
    QTest.mouseClick(chart, Qt.MouseButton.RightButton, pos=QPoint(40, height + 4))
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(40, 3))
    assert dialog.chosen == ""
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(40, height + 4))
    assert (dialog.chosen, dialog.result()) == (late.key, 1)
    assert not chart.grab().isNull()


@pytest.mark.parametrize(("first", "last", "near", "days"), [
    (date(2026, 10, 1), date(2026, 10, 25), True, 94), (date(2026, 10, 1), date(2026, 10, 24), False, 33),
    (date(2027, 2, 22), date(2027, 3, 3), True, 79), (date(2027, 2, 23), date(2027, 3, 4), False, 19),
    (date(2024, 2, 20), date(2024, 2, 29), False, 19),
])  # fmt: skip
def test_periods_long_past_or_far_ahead_are_shown_without_the_months_between(desk, qtbot, first, last, near, days):
    dialog = CalendarDialog(desk, [a_round("a", first, last)])
    qtbot.addWidget(dialog)
    dialog.resize(400, 300)
    dialog.show()
    chart = dialog.chart
    assert (chart.shows_today, chart.days) == (near, days)
    seen = dialog.area.horizontalScrollBar().value()
    assert seen <= chart.in_sight_at <= seen + dialog.area.viewport().width()
    assert (theme.colour("must").name() in {
        chart.grab().toImage().pixelColor(x, 30).name() for x in range(210, chart.width())
    }) is near


def test_without_periods_the_calendar_and_the_list_of_notices_say_so(desk, qtbot):
    calendar, posted = CalendarDialog(desk, []), PostedDialog(desk, [])
    for dialog in (calendar, posted):
        qtbot.addWidget(dialog)
        dialog.show()
    assert "本年度还没有张贴过公示。" in [one.text() for one in calendar.findChildren(QLabel)]
    assert posted.period.text() == "还没有张贴过公示。"
    assert not any(one.isEnabled() for one in (posted.withdraw, posted.pdf, posted.print))
    posted.take_back()
    posted.save_pdf()
    posted.print_notice()
    assert desk.ask.asked == []


@pytest.mark.parametrize(("day", "told"), [
    (date(2026, 12, 24), "2026年12月24日(星期四)"), (date(2028, 2, 29), "2028年2月29日(星期二)"),
    (date(2027, 1, 3), "2027年1月3日(星期日)"),
])  # fmt: skip
def test_a_day_is_told_with_its_weekday(day, told):
    assert chinese_day(day) == told
