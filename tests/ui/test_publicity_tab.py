"""公示备案 where nothing is posted, chosen or given up; its links, commands and registers of the year."""

from datetime import timedelta

from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from fupin_desktop.domain.vocabulary import ObjectionResult
from fupin_desktop.errors import YearClosed
from fupin_desktop.services import years
from fupin_desktop.services.notices import objections
from fupin_desktop.services.notices.objections import ObjectionForm
from fupin_desktop.services.notices.posting import SHORT
from fupin_desktop.services.overview import Target
from fupin_desktop.ui.dialogs.publicity.notice import NoticeDialog
from tests.ui.award_desk import settle
from tests.ui.scheme_typing import type_text
from tests.ui.test_publicity import click, post
from tests.ui.test_publicity import desk as desk


def test_without_a_posted_notice_there_are_no_papers_to_give_out(desk, window, answers):
    tab, _key = desk
    said = []
    window.shell.said.connect(said.append)
    for key in ("print", "pdf", "poster", "xlsx"):
        tab.publicity_actions.carry_out(key)
        assert said.pop() == "还没有张贴，没有可以给出的文件。"
    tab.publicity_actions.print_all()
    assert said.pop() == "还没有张贴，没有可以打印的文件。"
    tab.publicity_actions.carry_out("stick")
    assert said.pop() == "还没有张贴，没有可以导出的文件。"
    assert answers.asked == []


def test_without_a_round_nothing_is_carried_out(desk, window, answers):
    tab, _key = desk
    said = []
    window.shell.said.connect(said.append)
    tab.state.show_round(None)
    for key in ("post", "boards", "object", "settle", "correct", "result", "file", "receive", "give_back", "withdraw"):
        tab.publicity_actions.carry_out(key)
    tab.next_step()
    assert said == ["没有要办的公示。"]
    assert (answers.asked, list(tab.side.buttons)) == ([], [])
    assert tab.paper.stack.currentWidget() is tab.paper.empty


def test_a_withdrawal_without_a_reason_is_none(desk, window, answers):
    tab, _key = desk
    post(window, tab, answers)
    said = []
    window.shell.said.connect(said.append)
    for reason, told in ((None, []), ("", ["没有写原因，没有撤回。"])):
        answers.answers.append(reason)
        tab.publicity_actions.carry_out("withdraw")
        assert said == told
    assert tab.state.current.notice_key


def test_links_lead_to_a_village_and_to_the_calendar(desk, window, answers):
    tab, key = desk
    seen = []
    answers.dialogs.append(lambda dialog: (seen.append(dialog.windowTitle()), dialog.reject()))
    window.open_target(Target("publicity", "calendar"))
    settle(window)
    assert seen == ["公示日历"]
    tab.state.show_round(None)
    window.open_target(Target("publicity", village="低岭村"))
    settle(window)
    assert (tab.rounds.finder.text(), tab.state.current.place) == ("低岭村", "低岭村")
    window.open_target(Target("publicity", village="没有的村"))
    assert tab.state.current.place == "低岭村"
    tab.state.show_round(None)
    window.open_target(Target("publicity", "", key))
    assert tab.state.current.subject.key == key


def test_a_link_that_comes_before_the_rounds_are_read_is_followed_then(desk, window):
    tab, key = desk
    for kind in ("", "awards"):
        tab.state.show_round(None)
        tab.state.rounds = ()
        tab.state.want(kind, key)
        assert tab.state.current is None
        tab.load()
        assert tab.state.current.subject.key == key
        assert kind in ("", tab.state.current.kind)
    tab.state.want("awards", "gone")
    tab.load()
    assert tab.state.current is not None


def test_a_register_of_the_year_is_written_and_printed_once_something_stands_in_it(
    desk, window, bench, answers, tmp_path, monkeypatch
):
    tab, _key = desk
    printed = []
    monkeypatch.setattr("fupin_desktop.ui.printing.front.print_paper", lambda _shell, paper: printed.append(paper.title))
    for empty, told in ((tab.print_filings, "本年度还没有备案。"), (tab.print_objections, "本年度没有登记过异议。")):
        empty()
        assert answers.told.pop().happened == told
    assert printed == []
    post(window, tab, answers)
    form = ObjectionForm(bench.today, content="面积多报", received_by="李文静")
    objections.add(bench, tab.state.current.notice_key, form)
    tab.print_objections()
    assert printed == ["2026年度异议登记簿"]
    answers.answers += [tmp_path / "异议.xlsx", False]
    next(one for one in tab.rounds.registers.menu().actions() if one.text() == "异议登记簿 xlsx…").trigger()
    settle(window)
    assert (tmp_path / "异议.xlsx").stat().st_size > 1000


def test_the_last_objection_is_worked_on_and_one_registered_in_error_is_taken_out(desk, window, bench, answers):
    tab, _key = desk
    post(window, tab, answers)
    notice = tab.state.current.notice_key
    for content in ("面积多报", "户主不对"):
        objections.add(bench, notice, ObjectionForm(bench.today, content=content, received_by="李文静"))
    tab.load()

    def look(dialog):
        assert dialog.windowTitle() == "办理异议"
        answers.answers.append(False)
        dialog.remove.click()
        assert dialog.result() == 0
        answers.answers.append(True)
        dialog.remove.click()
        assert dialog.result() == 1

    answers.dialogs.append(look)
    tab.side.buttons["settle"].click()
    settle(window)
    (left,) = objections.register(bench, 2026)
    assert left.form.result is None
    answers.dialogs.append(lambda dialog: (
        dialog.found.setCurrentIndex(dialog.found.findData(ObjectionResult.REJECTED)),
        dialog.investigation.setPlainText("核对属实"), dialog.investigator.setText("李文静"),
        dialog.handling.setPlainText("维持"), dialog.answered_on.choose(bench.today), dialog.save.click(),
    ))  # fmt: skip
    tab.side.buttons["settle"].click()
    settle(window)
    assert [line.settled for line in objections.register(bench, 2026)] == [True]
    assert answers.told == []


def test_a_notice_that_cannot_be_settled_says_why_and_comes_back(desk, window, answers, monkeypatch):
    from fupin_desktop.errors import NotAllowed
    from fupin_desktop.ui.dialogs.publicity import notice

    _tab, key = desk
    dialog = NoticeDialog(window.shell, "awards", key)
    assert dialog.post.isEnabled()
    prepare = notice.posting.prepare

    def refuse(*_words):
        raise NotAllowed("方案已被删除。", todo="请换一个方案。")

    monkeypatch.setattr(notice.posting, "prepare", refuse)
    dialog.settle()
    assert dialog.period.text() == "方案已被删除。请换一个方案。"
    assert not dialog.problems.findChildren(QLabel)  # nor that there are no findings
    assert not any(one.isEnabled() for one in (dialog.post, dialog.pdf, dialog.print))
    dialog.save_pdf()
    dialog.print_notice()
    assert answers.asked == []
    monkeypatch.setattr(notice.posting, "prepare", prepare)
    dialog.settle()
    assert dialog.post.isEnabled()
    dialog.reject()


def test_a_short_period_asks_for_its_reason_and_gets_it(desk, window, answers):
    _tab, key = desk
    dialog = NoticeDialog(window.shell, "awards", key)
    dialog.show()
    assert not dialog.reason.isVisible()
    dialog.days.setValue(9)
    dialog.settle()
    assert dialog.reason.isVisible()
    dialog.setFixedSize(960, 420)  # as low as 125 % leave it, with the fields of other kinds
    dialog.layout().activate()
    QApplication.processEvents()
    assert dialog.reason.geometry().bottom() < dialog.period.geometry().top()
    assert not dialog.post.isEnabled()
    assert dialog.pdf.text() == "保存草稿 PDF…"
    (short,) = [one for one in dialog.problems.problems if one.code == SHORT]
    dialog.write_reason(short)
    assert dialog.focusWidget() is dialog.reason
    dialog.reason.setPlainText("村民代表大会定在第九天")
    dialog.settle()
    assert dialog.post.isEnabled()
    assert dialog.settings.reason == "村民代表大会定在第九天"
    dialog.days.setValue(10)
    dialog.settle()
    assert dialog.reason.isVisible()
    dialog.reject()


def test_what_is_typed_is_settled_a_moment_later_and_stands_on_the_paper(desk, window, qtbot):
    _tab, key = desk
    dialog = NoticeDialog(window.shell, "awards", key)
    first = dialog.settled
    type_text(dialog.publisher, "塘㙍镇低岭村委会")
    assert dialog.settled is first
    qtbot.waitUntil(lambda: dialog.settled is not first)
    texts = "".join(run.text for page in dialog.paper.filled.pages for run in page.texts)
    assert "塘㙍镇低岭村委会" in texts
    dialog.reject()


def test_days_to_the_end_are_told_on_the_badge_and_the_period_follows_the_clock(desk, window, bench, answers):
    tab, _key = desk
    post(window, tab, answers)
    assert tab.state.current.days_left > 0
    left = tab.state.current.days_left
    bench.clock.now += timedelta(days=1)
    tab.load()
    assert tab.state.current.days_left == left - 1
    tab.load()
    shown = [one.text() for one in tab.side.findChildren(QLabel)]
    assert "没有登记异议。" in shown
    assert any(one.text() == "改动记录…" for one in tab.side.findChildren(QPushButton))


def test_a_closed_year_is_told_before_anything_is_asked(desk, window, bench, answers):
    tab, _key = desk
    post(window, tab, answers)
    window.shell.do(lambda: years.close(bench))
    settle(window)
    answers.asked.clear()
    steps = {"boards", "object", "withdraw"} & set(tab.side.buttons)
    assert steps
    for key in steps:
        click(window, tab, key)
        assert isinstance(answers.told.pop(), YearClosed)
    for command in ("add_fund", "import_ledger", "import_register", "new_application", "new_fund_paper", "new_scheme"):
        window.menus.actions[command].trigger()
        settle(window)
        assert isinstance(answers.told.pop(), YearClosed)
    window.show_tab("households").tools.add_button.click()
    assert isinstance(answers.told.pop(), YearClosed)
    assert (answers.asked, answers.told) == ([], [])


def beside(window, monkeypatch):
    """From now on papers are set when the test lets them be."""
    asked = []
    monkeypatch.setattr("fupin_desktop.ui.tabs.publicity.paper_pane.MANY", -1)
    monkeypatch.setattr(window.shell.tasks, "aside", lambda work, done, failed: asked.append((work, done, failed)))
    return asked


def says(pane):
    return [one.text() for one in pane.empty.findChildren(QLabel) if one.text()]


def test_of_many_households_a_paper_is_set_beside_and_none_of_another_round_is_shown(desk, window, answers, monkeypatch):
    tab, _key = desk
    post(window, tab, answers)
    pane = tab.paper
    title = pane.viewer.filled.title
    asked = beside(window, monkeypatch)
    pane.show_paper(pane.chosen)
    assert (pane.stack.currentWidget(), says(pane)) == (pane.empty, ["正在排版…"])
    pane.show_paper(pane.chosen)
    (first, second) = asked
    first[1](first[0]())
    assert says(pane) == ["正在排版…"], "what was asked for before is shown no more"
    second[1](second[0]())
    assert (pane.stack.currentWidget(), pane.viewer.filled.title) == (pane.viewer, title)
    pane.show_paper(pane.chosen)
    tab.state.show_round(None)
    work, done, _failed = asked[-1]
    done(work())
    assert (pane.stack.currentWidget(), says(pane)) == (pane.empty, ["从左边选一项。"])


def test_of_many_households_a_paper_that_cannot_be_set_is_told_once(desk, window, answers, monkeypatch):
    tab, _key = desk
    post(window, tab, answers)
    pane = tab.paper
    asked = beside(window, monkeypatch)
    pane.show_paper(pane.chosen)
    pane.show_paper(pane.chosen)
    for _work, _done, failed in asked:
        failed(YearClosed(2026))
    assert pane.stack.currentWidget() is pane.empty
    assert says(pane) == ["这份文件现在排不出来", "请按刚才的提示处理后再看。"]
    assert [type(one) for one in answers.told[-2:]].count(YearClosed) == 1
