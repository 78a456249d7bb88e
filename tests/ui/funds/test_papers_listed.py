"""The documents of money listed with their amounts, and what is said where one of them cannot go on."""

from datetime import date
from operator import attrgetter

from fupin_desktop.domain.money import format_money
from fupin_desktop.services import fund_papers, offices
from fupin_desktop.services.overview import Target
from fupin_desktop.ui.tabs.registry import TABS
from tests.services.fund_papers import money_office
from tests.ui.funds.desk import read_table, settle
from tests.ui.scheme_typing import type_text


def test_plans_and_sheets_are_listed_with_what_is_approved_paid_and_left(papers, bench, answers, money):
    plan = money_office.approve(bench, money_office.plan(bench))
    money_office.approve(bench, money_office.sheet(bench, plan))
    money_office.sheet(bench, plan)
    papers.reload()
    seen = []
    answers.dialogs.append(read_table(seen))
    papers.document_actions.show_list()
    ((title, rows),) = seen
    assert title == "2026 年度呈批审批表 (3 份)"
    (one,) = fund_papers.plan_lines(bench, 2026)
    shown = {row[0]: row for row in rows}
    assert shown[one.number][3:] == (
        one.state.label, format_money(one.planned), format_money(one.approved), format_money(one.paid), format_money(one.left),
    )
    sheets = fund_papers.sheet_lines(bench, 2026)
    assert {line.number: shown[line.number][4:6] for line in sheets} == {
        line.number: (
            format_money(line.amount),
            format_money(line.amount) if line.state.label == "已批准" else "0.00",
        )
        for line in sheets
    }
    assert sorted(shown[line.number][5] for line in sheets) == ["0.00", "100,000.00"]


def test_without_documents_the_list_is_empty_and_nothing_is_done(papers, answers):
    actions, seen = papers.document_actions, []
    answers.dialogs.append(read_table(seen))
    actions.show_list()
    assert seen == [("2026 年度呈批审批表 (0 份)", [])]
    for act in (actions.take, actions.claim, actions.pay):
        act()
    assert not any(one.isEnabled() for one in (papers.take, papers.claim, papers.pay))
    assert papers.money.isHidden()
    assert len(answers.asked) == 1


def test_commands_and_keys_reach_their_view(window, papers, monkeypatch):
    tab, done = window.tab("funds"), []
    commands = next(spec for spec in TABS if spec.key == "funds").commands
    for command in commands:
        way, _, name = command.call.rpartition(".")
        view = getattr(tab, command.view)
        owner = attrgetter(way)(view) if way else view
        monkeypatch.setattr(owner, name, lambda key=command.key: done.append((key, tab.switch.key)))
        tab.show_view("ledger" if command.view == "papers" else "papers")
        window.menus.actions[command.key].trigger()
    assert done == [(command.key, command.view) for command in commands]
    assert {"new_fund_paper": "papers", "print_fund_paper": "papers", "import_ledger": "ledger"}.items() <= dict(done).items()
    tab.show_view("ledger")
    tab.print_paper()
    assert done[-1] == ("print_ledger", "ledger")
    tab.show_view("papers")
    tab.print_paper()
    assert done[-1] == ("print_fund_paper", "papers")


def test_undo_search_and_closing_are_those_of_the_view_in_front(window, papers, monkeypatch):
    tab, done = window.tab("funds"), []
    for key, view in (("papers", tab.papers), ("ledger", tab.ledger)):
        for method in ("undo", "redo", "start_search", "take_keyboard"):
            monkeypatch.setattr(view, method, lambda key=key, method=method: done.append((key, method)))
        monkeypatch.setattr(view, "undo_titles", lambda key=key: (key, None))
    for key in ("papers", "ledger"):
        tab.show_view(key)
        for method in ("undo", "redo", "start_search", "take_keyboard"):
            getattr(tab, method)()
        assert tab.undo_titles() == (key, None)
        assert tab.manual_topic() == ("money.html" if key == "papers" else "money.html#ledger")
    assert done == [(key, method) for key in ("papers", "ledger") for method in ("undo", "redo", "start_search", "take_keyboard")]
    assert tab.can_close()
    monkeypatch.setattr(tab.ledger, "can_close", lambda: False)
    assert not tab.can_close()


def test_links_open_the_ledger_or_the_documents(window, papers, money):
    tab = window.tab("funds")
    window.open_target(Target("funds", "ledger:paid"))
    settle(window)
    assert (tab.switch.key, tab.ledger.entries.bar.kind.value) == ("ledger", "paid")
    window.open_target(Target("funds", "ledger", money["donated"]))
    settle(window)
    assert (tab.ledger.state.source_key, tab.ledger.entries.bar.kind) == (money["donated"], None)
    window.open_target(Target("funds"))
    settle(window)
    assert tab.switch.key == "papers"


def test_a_day_without_a_year_is_of_the_year_now_at_work(page, window, bench):
    window.shell.do(lambda: offices.set_year(bench, 2025))
    settle(window)
    for field in (page.tools.day, page.entries.bar.since, page.entries.bar.until):
        type_text(field, "6.30")
        assert field.day == date(2025, 6, 30)
