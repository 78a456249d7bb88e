"""What the ledger shows: filters, balances after each entry, targets, rows behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fupin_desktop.domain.vocabulary import EntryKind, TargetKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import funds
from fupin_desktop.services.funds import EntryDraft, LedgerFilter, ledger
from fupin_desktop.services.overview import Target
from fupin_desktop.services.workbench import Workbench
from tests.services.funds.office import (
    DONATION,
    OTHER_PLAN,
    PLAN,
    UNIT,
    D,
    add,
    entry_keys,
    keep_scheme,
    on,
    village,
)
from tests.statements import counted


@pytest.fixture
def source(bench: Workbench) -> str:
    key = add(bench, DONATION)
    other = add(bench, UNIT)
    funds.receive(bench, other, D(700), on(2), "收_1%", "结余")
    funds.allocate(bench, key, PLAN, D(20000), on(5), "首批")
    funds.allocate(bench, other, PLAN, D(500), on(5))
    funds.allocate(bench, key, village(bench), D(100), on(6))
    funds.pay(bench, key, PLAN, D("5000.01"), on(8), "种子站", "支1号", note="种苗款")
    funds.counter(bench, entry_keys(bench, key, EntryKind.ALLOCATED)[1], on(9), "多安排", D(40))
    return key


def amounts(bench: Workbench, **chosen: object) -> list[str]:
    which = LedgerFilter(**{"year": 2026, **chosen})  # type: ignore[arg-type]
    return [f"{line.kind.label}{line.amount}" for line in funds.entries(bench, which)]


def test_filters_choose_and_balances_stay_those_of_the_source(bench: Workbench, source: str) -> None:
    assert amounts(bench, kind=EntryKind.PAID) == ["拨付5000.01"]
    assert amounts(bench, target_kind=TargetKind.VILLAGE) == ["安排100.00", "安排-40.00"]
    assert amounts(bench, target_key=PLAN.key, source_key=source) == ["安排20000.00", "拨付5000.01"]
    assert amounts(bench, since=on(6), until=on(8)) == ["安排100.00", "拨付5000.01"]
    assert amounts(bench, year=2025) == []
    for text, found in (("种苗", 1), ("种子站", 1), ("支1", 1), ("水稻基地", 3), ("8号", 3), ("捐款", 6), ("_1%", 1), ("%", 1), (" ", 9)):
        assert len(amounts(bench, text=text)) == found, text
    (paid,) = funds.entries(bench, LedgerFilter(2026, text="种苗"))
    assert (paid.available_after, paid.in_hand_after) == (D("29900.50"), D("45000.49"))
    assert (paid.source, paid.target, paid.who) == ("2026年捐款", PLAN, "陈经办")


def test_entries_of_a_day_stand_in_the_order_of_writing(bench: Workbench) -> None:
    key = add(bench, replace(UNIT, amount=D(0)))
    funds.receive(bench, key, D(5), on(5))
    funds.receive(bench, key, D(3), on(4))
    with bench.write("tests.post", "登记", undoable=False) as unit:
        ledger.post(bench, unit, *(EntryDraft(key, EntryKind.RECEIVED, D(one), on(5)) for one in (2, 1)))
    assert amounts(bench) == ["到账3.00", "到账5.00", "到账2.00", "到账1.00"]
    assert [line.in_hand_after for line in funds.entries(bench, LedgerFilter(2026))] == [3, 8, 10, 11]


def test_thousands_of_entries_are_one_question(bench: Workbench) -> None:
    key = add(bench, replace(DONATION, amount=D(100000), received_on=date(2026, 1, 2)))
    drafts = [EntryDraft(key, EntryKind.ALLOCATED, D("1.01"), on(1 + n % 28), (PLAN, OTHER_PLAN)[n % 2]) for n in range(3000)]
    with counted(bench) as sent, bench.write("tests.post", "登记", undoable=False) as unit:
        ledger.post(bench, unit, *drafts)
    assert sum("FROM fund_" in one for one in sent) == 2
    with counted(bench) as sent:
        lines = funds.entries(bench, LedgerFilter(2026))
    assert (len(lines), sum("FROM fund_" in one for one in sent)) == (3002, 1)
    assert lines[-1].available_after == D(100000) - 3000 * D("1.01")
    assert [lines[5].available_after - lines[4].available_after] == [D("-1.01")]
    with counted(bench) as sent:
        assert len(funds.balances(bench, 2026)) == 1
        assert len(funds.targets(bench, 2026)) == 5
    assert sum("FROM fund_" in one for one in sent) == 2


def test_targets_are_the_town_its_villages_schemes_and_what_got_money(bench: Workbench, source: str) -> None:
    scheme = keep_scheme(bench)
    found = funds.targets(bench, 2026)
    assert [(one.target.kind.value, one.target.name, one.allocated, one.paid, one.left) for one in found] == [
        ("town", "塘㙍镇", 0, 0, 0),
        ("village", "低岭村", 60, 0, 60),
        ("village", "那罗村", 0, 0, 0),
        ("scheme", "方案", 0, 0, 0),
        ("plan", "低岭村 水稻基地", 20500, D("5000.01"), D("15499.99")),
    ]
    assert found[3].target.key == scheme
    shares = [(one.name, one.document_no, one.allocated, one.paid, one.left) for one in found[-1].by_source]
    assert shares == [
        ("2026年捐款", "", 20000, D("5000.01"), D("14999.99")), ("市财政局帮扶", "吴财农〔2026〕8号", 500, 0, 500),
    ]  # fmt: skip
    with bench.read() as session:
        assert funds.target_balance_in(session, PLAN, on(7)).paid == 0
        assert funds.target_balance_in(session, PLAN, on(8)) == found[-1]


def test_one_target_under_two_names_is_one(bench: Workbench, source: str) -> None:
    funds.allocate(bench, source, replace(PLAN, name="水稻基地(更名)"), D(1), on(10))
    plans = [one for one in funds.targets(bench, 2026) if one.target.kind is TargetKind.PLAN]
    assert [(one.allocated, len(one.by_source)) for one in plans] == [(20501, 2)]


def test_every_figure_opens_its_rows(bench: Workbench, source: str) -> None:
    found = funds.behind(bench, source, "available", on(6))
    assert found.title == "2026年捐款：可安排"
    assert found.headings[0] == "日期"
    assert found.rows == (
        ("2026-02-01", "2026年捐款", "到账", "", "", "", "50,000.50", ""),
        ("2026-02-05", "2026年捐款", "安排", "低岭村 水稻基地", "", "", "-20,000.00", "首批"),
        ("2026-02-06", "2026年捐款", "安排", "低岭村", "", "", "-100.00", ""),
        ("合计", "", "3 笔", "", "", "", "29,900.50", ""),
    )
    assert found.target == Target("funds", "ledger", source)
    everything = funds.behind(bench, "", "allocated")
    assert [row[2] for row in everything.rows[:-1]] == ["安排", "安排", "安排", "冲销安排"]
    assert everything.rows[-1][-2] == "20,560.00"
    assert funds.behind(bench, "", "paid", year=2025).rows == (("合计", "", "0 笔", "", "", "", "0.00", ""),)
    with pytest.raises(NotAllowed):
        funds.behind(bench, source, "planned")


def test_a_source_of_another_year_opens_its_rows_too(bench: Workbench) -> None:
    key = add(bench, replace(DONATION, year=2027, received_on=on(5)))
    assert funds.behind(bench, key, "received").rows[-1][-2] == "50,000.50"
    assert len(funds.entries(bench, LedgerFilter(0))) == 2
    assert funds.entries(bench, LedgerFilter(2026)) == []
