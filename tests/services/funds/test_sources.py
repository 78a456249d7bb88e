"""Registering, correcting and voiding fund sources, and what schemes name of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from fupin_desktop.domain.vocabulary import EntryKind, FundKind, Severity
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.scheme import Source
from fupin_desktop.services import funds, history
from fupin_desktop.services.funds import FundForm, LedgerFilter
from fupin_desktop.services.workbench import Workbench
from tests.services.funds.office import (
    DONATION,
    PLAN,
    UNIT,
    D,
    add,
    entry_keys,
    keep_scheme,
    on,
    rows,
    told,
)


def drawn(bench: Workbench) -> list[tuple[str, Decimal, Decimal]]:
    return [(one.name, one.planned, one.awarded) for one in funds.balances(bench, 2026)]


def test_a_source_is_kept_exact_and_for_its_year(bench: Workbench) -> None:
    funds.add(bench, DONATION)
    (found,) = funds.balances(bench, 2026)
    assert (found.kind, found.amount, found.donors, found.received_on) == (
        FundKind.DONATION_630, Decimal("50000.50"), "市工商联", date(2026, 2, 1),
    )  # fmt: skip
    assert funds.balances(bench, 2025) == []
    assert "资金" not in (history.can_undo(bench) or "")


@pytest.mark.parametrize("form", [replace(DONATION, name=" "), replace(DONATION, amount=Decimal("-0.01")), DONATION])
def test_a_nameless_negative_or_repeated_source_is_refused(bench: Workbench, form: FundForm) -> None:
    funds.add(bench, DONATION)
    with pytest.raises(NotAllowed):
        funds.add(bench, form)
    assert len(funds.balances(bench, 2026)) == 1


def test_texts_change_freely_and_money_needs_a_reason(bench: Workbench) -> None:
    key = add(bench, DONATION)
    funds.update(bench, key, replace(DONATION, name="2026年捐款(二)", kind=FundKind.OTHER, note="改名"))
    assert len(rows(bench)) == 2
    named = replace(DONATION, name="2026年捐款(二)", note="改名")
    with pytest.raises(NotAllowed, match="写明原因"):
        funds.update(bench, key, replace(named, amount=D("50000.51")))
    funds.update(bench, key, replace(named, amount=D("50000.51"), note="少记1分"))
    assert told(bench, key) == (D("50000.51"), D("50000.51"), 0, 0)
    assert [one.amount_fen for one in rows(bench)] == [5_000_050, 5_000_050, -5_000_050, 5_000_051, -5_000_050, 5_000_051]
    assert {one.note for one in rows(bench)[2:]} == {"少记1分"}
    funds.update(bench, key, replace(named, amount=D("40000"), note="x"), reason="退回多收的")
    assert told(bench, key, on(1)) == (D(40000), D(40000), 0, 0)


def test_another_day_of_arrival_counts_from_that_day(bench: Workbench) -> None:
    key = add(bench, DONATION)
    funds.update(bench, key, replace(DONATION, received_on=on(10)), reason="日期抄错")
    (found,) = funds.balances(bench, 2026)
    assert found.received_on == on(10)
    assert told(bench, key, on(9))[1] == 0
    assert told(bench, key, on(10))[1] == D("50000.50")
    funds.update(bench, key, replace(DONATION, received_on=None), reason="还没有到账")
    assert told(bench, key) == (D("50000.50"), 0, 0, 0)
    funds.update(bench, key, replace(DONATION, received_on=on(3)), reason="到账了")
    assert told(bench, key, on(3))[1] == D("50000.50")


def test_several_arrivals_are_corrected_one_by_one(bench: Workbench) -> None:
    key = add(bench, UNIT)
    funds.receive(bench, key, D(10000), on(5), "收据1")
    funds.receive(bench, key, D(5000), on(6))
    arrived = replace(UNIT, received_on=on(5))
    funds.update(bench, key, replace(arrived, amount=D(40000)), reason="追加")
    assert told(bench, key)[:2] == (D(40000), D(15000))
    with pytest.raises(NotAllowed, match="分次到账"):
        funds.update(bench, key, replace(arrived, amount=D(40000), received_on=on(7)), reason="改日期")
    funds.counter(bench, entry_keys(bench, key, EntryKind.RECEIVED)[0], on(8), "退回")
    assert funds.balances(bench, 2026)[0].received_on == on(6)


def test_money_cannot_be_corrected_below_what_is_allocated(bench: Workbench) -> None:
    key = add(bench, DONATION)
    funds.allocate(bench, key, PLAN, D("30000.00"), on(20))
    with pytest.raises(NotAllowed, match=r"2026年2月20日到账 29,999\.99 元，安排合计将达 30,000\.00 元，超出 0\.01 元"):
        funds.update(bench, key, replace(DONATION, amount=D("29999.99")), reason="少到")
    assert len(rows(bench)) == 3
    funds.update(bench, key, replace(DONATION, amount=D("30000")), reason="少到")
    assert funds.balances(bench, 2026)[0].available == 0


def test_what_is_allocated_elsewhere_cannot_be_bound_to_a_plan(bench: Workbench) -> None:
    key = add(bench, DONATION)
    funds.allocate(bench, key, PLAN, D(1), on(20))
    with pytest.raises(NotAllowed, match="不能改为原定用途"):
        funds.update(bench, key, replace(DONATION, original_plan="光伏电站"))
    funds.update(bench, key, replace(DONATION, original_plan="水稻基地，按原方案"))
    assert funds.balances(bench, 2026)[0].original_plan == "水稻基地，按原方案"


def test_voiding_counters_everything_and_frees_the_name(bench: Workbench) -> None:
    key = add(bench, DONATION)
    funds.allocate(bench, key, PLAN, D(100), on(20))
    with pytest.raises(NotAllowed, match="写明原因"):
        funds.void(bench, key, " ")
    with pytest.raises(NotAllowed, match=r"已安排 100\.00 元"):
        funds.void(bench, key, "重复")
    funds.counter(bench, entry_keys(bench, key, EntryKind.ALLOCATED)[0], on(21), "不安排了")
    funds.void(bench, key, "重复登记")
    assert told(bench, key) == (0, 0, 0, 0)
    assert told(bench, key, on(25)) == (D("50000.50"), D("50000.50"), 0, 0)
    assert funds.balances(bench, 2026) == []
    for refused in (
        lambda: funds.update(bench, key, DONATION),
        lambda: funds.void(bench, key, "再次"),
        lambda: funds.receive(bench, key, D(1), on(1, 3)),
    ):
        with pytest.raises(NotAllowed, match="作废"):
            refused()
    add(bench, DONATION)
    assert [one.voided for one in funds.balances(bench, 2026, include_voided=True)] == [True, False]
    assert {line.note for line in funds.entries(bench, LedgerFilter(2026, source_key=key)) if line.counters_key} >= {
        "作废：重复登记"
    }


def test_the_history_of_a_source_tells_what_changed(bench: Workbench) -> None:
    key = add(bench, DONATION)
    funds.update(bench, key, replace(DONATION, note="改"))
    funds.void(bench, key, "重复")
    lines = {(line.label, line.before, line.after) for line in history.entries(bench, "funds", key)}
    assert lines == {("新增", "", ""), ("备注", "", "改"), ("作废", "否", "是")}


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (replace(DONATION, amount=D(0)), "没有填金额"),
        (replace(DONATION, received_on=date(2026, 3, 3)), "晚于今天"),
        (replace(DONATION, amount=D("0.001")), "最多填2位小数"),
    ],
)
def test_impossible_money_is_refused(bench: Workbench, form: FundForm, sentence: str) -> None:
    with pytest.raises(NotAllowed, match=sentence):
        funds.add(bench, form)
    assert funds.balances(bench, 2026) == []


def test_money_without_an_amount_or_for_a_year_to_come(bench: Workbench) -> None:
    open_end = add(bench, replace(UNIT, amount=D(0)))
    next_year = add(bench, replace(UNIT, year=2027))
    assert [(one.source_key, one.dated) for one in rows(bench)] == [(next_year, date(2026, 3, 2))]
    funds.receive(bench, open_end, D("123456.78"), on(1))
    assert told(bench, open_end) == (0, D("123456.78"), 0, 0)
    as_it_is = replace(UNIT, amount=D(0), received_on=on(1))
    funds.update(bench, open_end, replace(as_it_is, name="另一名称"))
    assert told(bench, open_end) == (0, D("123456.78"), 0, 0)
    with pytest.raises(NotAllowed, match="没有填金额"):
        funds.update(bench, next_year, replace(as_it_is, name="明年的"))


def test_the_latest_calculation_uses_the_sources_in_their_listed_order(bench: Workbench) -> None:
    funds.add(bench, DONATION)
    funds.add(bench, UNIT)
    first = replace(funds.as_source(UNIT), amount=Decimal(20000))
    second = replace(funds.as_source(DONATION), amount=Decimal(10000))
    keep_scheme(bench, first, second, awards=("99999", "20000.01"))
    assert drawn(bench) == [
        ("2026年捐款", Decimal("10000.00"), Decimal("0.01")),
        ("市财政局帮扶", Decimal("20000.00"), Decimal("20000.00")),
    ]


def test_sources_are_known_by_document_then_name_then_as_the_only_one_of_their_kind(bench: Workbench) -> None:
    funds.add(bench, UNIT)
    keep_scheme(bench, Source(UNIT.kind, Decimal(1), document=UNIT.document_no), awards=("1",))
    keep_scheme(bench, Source(UNIT.kind, Decimal(2), name=UNIT.name), awards=("2",))
    keep_scheme(bench, Source(UNIT.kind, Decimal(4)), awards=("4",))
    keep_scheme(bench, Source(UNIT.kind, Decimal(8), name="别的钱"), awards=("8",))
    keep_scheme(bench, Source(FundKind.OTHER, Decimal(16), name=UNIT.name), awards=("16",))
    keep_scheme(bench, Source(UNIT.kind, Decimal(32)), awards=("32",), year=2025)
    assert drawn(bench) == [("市财政局帮扶", Decimal("7.00"), Decimal("7.00"))]
    funds.add(bench, replace(UNIT, name="第二笔", document_no=""))
    assert drawn(bench)[0][1] == Decimal("3.00")


def test_overdrawn_money_is_a_must_and_bound_money_needs_a_reason(bench: Workbench) -> None:
    funds.add(bench, DONATION)
    bound = replace(UNIT, kind=FundKind.PER_HEAD_20000, original_plan="入股水电站")
    funds.add(bench, bound)
    keep_scheme(bench, replace(funds.as_source(DONATION), amount=Decimal("50000.50")))
    assert funds.check(bench, 2026) == []
    keep_scheme(bench, replace(funds.as_source(DONATION), amount=Decimal("0.01")), funds.as_source(bound))
    problems = funds.check(bench, 2026)
    assert [(one.code, one.severity, one.clause) for one in problems] == [
        ("fund.overdrawn", Severity.MUST, "吴川 三(一)4"),
        ("fund.original_plan", Severity.PRINCIPLE, "吴川 三(二)2"),
    ]
    assert "50,000.51" in problems[0].sentence
    assert "入股水电站" in problems[1].sentence


def days(bench: Workbench) -> list[tuple[str, date, Decimal]]:
    return [(one.kind.value, one.dated, one.amount) for one in funds.entries(bench, LedgerFilter(2026))]


def test_the_day_of_the_paper_counts_for_what_is_assigned(bench: Workbench) -> None:
    add(bench, replace(UNIT, assigned_on=on(20, 1)))
    add(bench, replace(DONATION, assigned_on=on(31, 1)))
    assert [(one.assigned_on, one.received_on) for one in funds.balances(bench, 2026)] == [
        (on(20, 1), None), (on(31, 1), on(1)),
    ]  # fmt: skip
    assert days(bench) == [
        ("assigned", on(20, 1), D("30000.00")), ("assigned", on(31, 1), D("50000.50")), ("received", on(1), D("50000.50")),
    ]  # fmt: skip


@pytest.mark.parametrize(("form", "told_of"), [
    (replace(DONATION, assigned_on=on(2)), "到账日期 2026-02-01 早于下达日期 2026-02-02"),
    (replace(UNIT, assigned_on=on(3, 3)), "晚于今天"),
])  # fmt: skip
def test_a_paper_of_a_day_to_come_or_after_its_money_is_refused(bench: Workbench, form: FundForm, told_of: str) -> None:
    with pytest.raises(NotAllowed, match=told_of):
        funds.add(bench, form)
    assert funds.balances(bench, 2026) == []


def test_another_day_of_the_paper_is_corrected_by_counter_entries(bench: Workbench) -> None:
    key = add(bench, replace(UNIT, assigned_on=on(20, 1)))
    funds.update(bench, key, replace(UNIT, name="帮扶款"))
    assert len(days(bench)) == 1
    with pytest.raises(NotAllowed, match="写明原因"):
        funds.update(bench, key, replace(UNIT, assigned_on=on(21, 1)))
    funds.update(bench, key, replace(UNIT, assigned_on=on(21, 1)), "文件是21日的")
    assert days(bench) == [
        ("assigned", on(20, 1), D("30000.00")), ("assigned", on(20, 1), D("-30000.00")),
        ("assigned", on(21, 1), D("30000.00")),
    ]  # fmt: skip
    (found,) = funds.balances(bench, 2026)
    assert (found.assigned_on, found.assigned) == (on(21, 1), D("30000.00"))
