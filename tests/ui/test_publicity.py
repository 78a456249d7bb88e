"""公示备案 through the window: one round from its notice to its filing, and every button, link and menu on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from fupin_desktop.domain.calendar import PeriodRule, period
from fupin_desktop.domain.vocabulary import FilingState, ObjectionResult
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import awards, registers, schemes
from fupin_desktop.services.notices import boards, filings, objections
from fupin_desktop.services.notices.objections import ObjectionForm
from fupin_desktop.services.overview import Target
from fupin_desktop.services.schemes import SchemeState
from fupin_desktop.ui.dialogs.publicity.holidays import HolidaysDialog
from tests.services import award_office
from tests.ui.award_desk import REGISTER, settle
from tests.ui.scheme_typing import type_text


class Days:
    """The bench's clock, which the test turns."""

    def __init__(self):
        self.now = datetime(2026, 12, 1, 9, 0)  # noqa: DTZ001

    def __call__(self):
        return self.now


@pytest.fixture
def desk(window, bench):
    """The tab on a scheme that is calculated and not yet published."""
    bench.clock = Days()
    award_office.put_register(bench, REGISTER)
    key = schemes.save(bench, None, award_office.scheme()).keys[0]
    awards.recalculate(bench, key)
    window.show_tab("publicity")
    settle(window)
    tab = window.tab("publicity")
    choose(tab, "awards")
    return tab, key


def choose(tab, kind):
    one = next(one for one in tab.state.rounds if one.kind == kind)
    tab.rounds.view.setCurrentIndex(tab.rounds.model.index_of(one.key))


def click(window, tab, key):
    tab.side.buttons[key].click()
    settle(window)


def words(tab):
    return "".join(run.text for page in tab.paper.viewer.filled.pages for run in page.texts)


def post(window, tab, answers):
    answers.dialogs.append(lambda dialog: dialog.post.click())
    click(window, tab, "post")


def test_a_round_goes_from_its_notice_to_its_filing(desk, window, bench, answers):
    tab, key = desk
    assert list(tab.side.buttons) == ["post"]
    assert "草稿" in tab.paper.note.text()
    post(window, tab, answers)
    assert tab.state.current.subject.key == key
    assert list(tab.side.buttons) == ["boards", "object", "withdraw"]
    bench.clock.now += timedelta(days=10)
    tab.load()
    answers.dialogs.append(lambda dialog: dialog.post.click())
    click(window, tab, "result")
    assert "没有收到单位或个人的异议" in words(tab)
    answers.dialogs.append(lambda dialog: dialog.save.click())
    click(window, tab, "file")
    assert next(iter(tab.side.buttons)) == "receive"
    answers.dialogs.append(lambda dialog: dialog.save.click())
    click(window, tab, "receive")
    assert answers.told == []
    assert schemes.all(bench, 2026)[0].state is SchemeState.FILED
    assert tab.state.current.next is None
    chosen = {made.text(): made for made in tab.paper.findChildren(QPushButton) if made.isCheckable()}
    assert set(chosen) == {"公示", "公示结果", "备案表"}
    chosen["备案表"].click()
    drawn = {word: made.grab().toImage().pixelColor(6, 6).name() for word, made in chosen.items()}
    assert drawn["备案表"] not in (drawn["公示"], drawn["公示结果"])  # which one is shown can be seen
    assert "备案号：" in words(tab)
    assert not tab.paper.saves["xlsx"].isEnabled()

    def back(dialog):
        dialog.save.click()
        dialog.opinion.setPlainText("缺签到表")
        dialog.save.click()

    answers.dialogs.append(back)
    click(window, tab, "give_back")
    assert "还没有写退回的原因" in answers.told.pop().happened
    assert filings.register(bench, 2026)[0].state is FilingState.RETURNED
    assert next(iter(tab.side.buttons)) == "file"


def test_a_later_calculation_is_posted_as_a_correction_of_the_list(desk, window, bench, answers):
    tab, key = desk
    post(window, tab, answers)
    bench.clock.now += timedelta(days=10)
    tab.load()
    answers.dialogs.append(lambda dialog: dialog.post.click())
    click(window, tab, "result")
    window.shell.do(lambda: awards.recalculate(bench, key))
    assert "correct" not in tab.side.buttons
    items = registers.registry.of("farm_items")
    (item, *_) = registers.all_keys(bench, registers.Query(items, 2026))
    window.shell.do(lambda: registers.set_cells(bench, items, [registers.CellEdit(item, "declared", "11")]))
    window.shell.do(lambda: awards.recalculate(bench, key))
    settle(window)
    assert tab.side.buttons["correct"].text() == "张贴更正公示…"
    answers.dialogs.append(lambda dialog: dialog.post.click())
    click(window, tab, "correct")
    assert answers.told == []
    assert "更正公示" in words(tab)
    assert [paper.word for paper in tab.state.papers] == ["公示", "公示结果", "更正公示"]
    assert "correct" not in tab.side.buttons
    answers.answers.append("又错了")
    click(window, tab, "withdraw")  # the correction, not the result of the list before it
    assert [paper.word for paper in tab.state.papers] == ["公示", "公示结果"]
    assert "correct" in tab.side.buttons


def test_a_result_that_does_not_tell_a_later_objection_is_to_be_withdrawn(desk, window, bench, answers):
    tab, _key = desk
    post(window, tab, answers)
    day = bench.today
    bench.clock.now += timedelta(days=10)
    tab.load()
    answers.dialogs.append(lambda dialog: dialog.post.click())
    click(window, tab, "result")
    said = ObjectionForm(day, content="面积多报了", received_by="李文静")
    window.shell.do(lambda: objections.add(bench, tab.state.current.notice_key, said))
    assert next(iter(tab.side.buttons)) == "settle"
    done = replace(said, investigation="丈量", investigator="王主任", result=ObjectionResult.REJECTED, handling="不变", answered_on=bench.today)
    (line,) = objections.register(bench, 2026)
    window.shell.do(lambda: objections.change(bench, line.key, done))
    button = tab.side.buttons["withdraw"]
    assert next(iter(tab.side.buttons)) == "withdraw"
    assert button.text() == "撤回公示结果…"
    answers.answers.append("漏写异议")
    click(window, tab, "withdraw")
    assert answers.told == []
    assert (next(iter(tab.side.buttons)), tab.state.current.result_key) == ("result", "")


def test_objections_are_registered_and_settled_in_the_window(desk, window, bench, answers, tmp_path):
    tab, _key = desk
    post(window, tab, answers)

    def say(dialog):
        starred = [one.text() for one in dialog.findChildren(QLabel) if one.text().endswith(" *")]
        assert starred == ["收到日期 *", "反映内容 *", "受理人 *"]
        dialog.save.click()
        type_text(dialog.about, "lyb")
        dialog.content.setPlainText("面积多报了")
        dialog.save.click()

    answers.dialogs.append(say)
    click(window, tab, "object")
    assert "还没有填写反映内容" in answers.told.pop().happened
    (line,) = objections.register(bench, 2026)
    assert line.form.row_name.endswith("李亚保")
    assert next(iter(tab.side.buttons)) == "settle"
    bench.clock.now += timedelta(days=10)
    tab.load()
    assert next(iter(tab.side.buttons)) == "settle"

    def answer(dialog):
        dialog.investigation.setPlainText("到田头丈量")
        dialog.investigator.setText("王主任")
        dialog.found.setCurrentIndex(dialog.found.findData(ObjectionResult.REJECTED))
        dialog.handling.setPlainText("按原公示执行")
        dialog.answered_on.put(bench.today)
        dialog.save.click()

    answers.dialogs.append(answer)
    click(window, tab, "settle")
    assert next(iter(tab.side.buttons)) == "result"
    opened = []
    answers.dialogs.append(lambda dialog: opened.append(dialog.content.toPlainText()))
    link = next(made for made in tab.side.findChildren(QPushButton) if made.text().endswith("李亚保"))
    link.click()
    assert opened == ["面积多报了"]
    answers.answers.append(tmp_path / "异议.xlsx")
    answers.answers.append(False)
    actions = {action.text(): action for action in tab.rounds.registers.menu().actions()}
    actions["异议登记簿 xlsx…"].trigger()
    settle(window)
    assert (tmp_path / "异议.xlsx").read_bytes().startswith(b"PK")
    actions["备案登记簿 xlsx…"].trigger()
    assert "还没有备案" in answers.told.pop().happened


def test_boards_get_photographs_that_are_shown_small(desk, window, bench, answers, tmp_path, monkeypatch):
    tab, _key = desk
    post(window, tab, answers)
    assert tab.side._photos_lacking.text().startswith("还没有照片：")
    picture = QImage(80, 60, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    assert picture.save(str(tmp_path / "栏.png"))
    (tmp_path / "说明.txt").write_text("x", encoding="utf-8")

    def put(dialog):
        dialog.rows[0].add_photo()
        dialog.rows[0].add_photo()
        dialog.more.click()
        dialog.save.click()
        dialog.rows[1].place.setText("镇政府公示栏")
        dialog.save.click()

    answers.answers += [tmp_path / "栏.png", tmp_path / "说明.txt"]
    answers.dialogs.append(put)
    click(window, tab, "boards")
    assert "不是照片" in answers.told.pop(0).happened
    assert "没有写张贴地点" in answers.told.pop(0).happened
    found = boards.boards(bench, tab.state.current.notice_key)
    assert [(one.place, len(one.photos)) for one in found] == [("低岭村公示栏", 1), ("镇政府公示栏", 0)]
    opened = []
    monkeypatch.setattr("fupin_desktop.ui.dialogs.attached.open_file", lambda path, _shell: opened.append(path))
    small = next(made for made in tab.side.findChildren(QPushButton) if made.accessibleName() == "照片 栏.png")
    small.click()
    assert [path.name for path in opened] == ["栏.png"]
    found[0].photos[0].place(bench.data_folder).write_bytes(b"x")
    small.click()
    assert "内容变了或坏了" in answers.told.pop().happened


def test_papers_are_written_looked_through_and_printed_together(desk, window, answers, tmp_path, monkeypatch):
    tab, _key = desk
    post(window, tab, answers)
    for key, name in (("pdf", "一.pdf"), ("poster", "二.pdf"), ("xlsx", "三.xlsx")):
        answers.answers += [tmp_path / name, False]
        tab.paper.saves[key].trigger()
        settle(window)
        assert (tmp_path / name).stat().st_size > 1000, key
    printed = []
    monkeypatch.setattr("fupin_desktop.ui.printing.front.print_many", lambda *args, **more: printed.append(args[2]))
    tab.paper.buttons["print_all"].click()
    settle(window)
    assert printed == [1]
    monkeypatch.setattr("fupin_desktop.ui.printing.front.print_paper", lambda _shell, paper: printed.append(paper.title))
    tab.print_paper()
    settle(window)
    assert printed[-1].startswith("关于低岭村2026年度")


def test_a_notice_is_withdrawn_with_a_reason_and_posted_again(desk, window, answers):
    tab, _key = desk
    post(window, tab, answers)
    answers.answers.append("")
    click(window, tab, "withdraw")
    assert "withdraw" in tab.side.buttons
    answers.answers.append("名单有误")
    click(window, tab, "withdraw")
    assert list(tab.side.buttons) == ["post"]
    post(window, tab, answers)
    assert tab.state.current.notice_key


def test_the_calendar_leads_to_its_notice(desk, window, answers):
    tab, key = desk
    post(window, tab, answers)
    tab.state.show_round(None)

    def pick(dialog):
        chart = dialog.chart
        assert [one.subject.key for one in chart.rounds] == [key]
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPointF(20, 50).toPoint())

    answers.dialogs.append(pick)
    tab.rounds.calendar.click()
    assert tab.state.current.subject.key == key


def test_commands_links_and_search_find_their_round(desk, window, bench, answers):
    tab, key = desk
    tab.rounds.finder.setText("没有这个")
    assert tab.rounds.count.text() == "共 0 项(已筛选)"
    tab.rounds.finder.setText("dl")
    assert tab.rounds.count.text() == "共 2 项(已筛选)"
    tab.rounds.finder.clear()
    answers.dialogs.append(lambda dialog: dialog.reject())
    window.shell.commanded.emit("publicity_next")
    answers.dialogs.append(lambda dialog: dialog.reject())
    window.shell.commanded.emit("publicity_calendar")
    assert not answers.dialogs
    window.show_tab("home")
    window.open_target(Target("publicity", "awards", key))
    settle(window)
    assert (tab.state.current.kind, tab.state.current.subject.key) == ("awards", key)
    seen = []
    window.shell.clause_wanted.disconnect()
    window.shell.clause_wanted.connect(seen.append)
    next(made for made in tab.side.findChildren(QPushButton) if made.text() == "吴川 三(二)4").click()
    assert seen == ["吴川 三(二)4"]


def test_what_cannot_be_published_yet_says_why(window, bench):
    award_office.put_register(bench, REGISTER)
    undecided = replace(award_office.scheme().decision, meeting="")
    schemes.save(bench, None, award_office.scheme(decision=undecided))
    window.show_tab("publicity")
    settle(window)
    tab = window.tab("publicity")
    choose(tab, "awards")
    assert tab.paper.stack.currentWidget() is tab.paper.empty
    assert "议定手续" in tab.paper.empty._text.text()
    assert tab.side.buttons == {}


def test_days_off_are_typed_and_periods_follow_them(desk, window, bench, answers):
    year = 2049
    before = period(date(year, 3, 1), PeriodRule(3, working=True), bench.calendar)
    assert (before.last, len(before.warnings)) == (date(year, 3, 3), 1)

    def put(dialog):
        dialog.year.setValue(year)
        assert dialog.complete.isEnabled()
        dialog.free.setPlainText("3月2日、2048-03-03")
        dialog.save.click()
        dialog.free.setPlainText("3月2日")
        dialog.worked.setPlainText("3月2日")
        dialog.save.click()
        dialog.worked.setPlainText("")
        dialog.complete.setChecked(True)
        dialog.year.setValue(2026)
        assert not dialog.complete.isEnabled()
        dialog.year.setValue(year)
        assert dialog.free.toPlainText() == "2049-03-02"
        dialog.save.click()

    answers.dialogs.append(put)
    window.shell.commanded.emit("edit_holidays")
    assert answers.told == ["“2048-03-03”不是 2049 年的日期。", "2049-03-02 既写了放假，又写了上班。"]
    after = period(date(year, 3, 1), PeriodRule(3, working=True), bench.calendar)
    assert (after.last, after.warnings) == (date(year, 3, 4), ())


def test_days_off_that_are_refused_stay_typed_and_are_not_told_kept(window, answers, monkeypatch):
    def refuse(*_words):
        raise NotAllowed("放假安排只有“管理”能改。")

    monkeypatch.setattr("fupin_desktop.ui.dialogs.publicity.holidays.holidays.keep", refuse)
    dialog, said = HolidaysDialog(window.shell), []
    window.shell.said.connect(said.append)
    dialog.show()
    dialog.free.setPlainText(f"{dialog.year.value()}-03-02")
    dialog.save.click()
    assert answers.told.pop().happened == "放假安排只有“管理”能改。"
    assert dialog.isVisible()
    assert said == []
    dialog.reject()


def test_what_a_notice_of_its_own_gives_out_is_paid_from_its_round(sample_window):
    tab = sample_window.show_tab("publicity")
    settle(sample_window)
    paying, asked = tab.paying, []
    for kind, accepted in (("proceeds", False), ("awards", True)):
        choose(tab, kind)
        settle(sample_window)
        assert (paying.pay.isVisibleTo(tab), paying.accept.isVisibleTo(tab)) == (True, accepted)
    choose(tab, "proceeds")
    settle(sample_window)
    told = [one.text() for one in paying.findChildren(QLabel) if one.isVisibleTo(tab)]
    assert told == ["发放", "公示期满、没有异议、出具结果以后才能发放。"]
    sample_window.shell.ask.dialogs.append(lambda dialog: asked.append(dialog.windowTitle()))
    paying.pay.click()
    assert asked == ["发放"]


def test_a_list_for_the_pool_leads_to_the_pool_where_its_projects_enter(sample_window):
    tab = sample_window.show_tab("publicity")
    settle(sample_window)
    choose(tab, "pool")
    settle(sample_window)
    (lead,) = [made for made in tab.paying.findChildren(QPushButton) if made.isVisibleTo(tab)]
    assert lead.text() == "到项目库登记下一步…"
    assert "入库" in [one.text() for one in tab.paying.findChildren(QLabel) if one.isVisibleTo(tab)]
    lead.click()
    ledgers = sample_window.show_tab("ledgers")
    settle(sample_window)
    assert ledgers.isVisible()
    assert ledgers.state.front.register.name == "projects"
