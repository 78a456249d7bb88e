"""Both sides of every rule of the ledger, to the 分 and to the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from fupin_desktop.domain.vocabulary import EntryKind, FundKind, TargetKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import funds, history, schemes
from fupin_desktop.services.funds import EntryDraft, FundTarget, LedgerFilter, ledger
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
    rows,
    told,
    village,
)

TODAY = date(2026, 3, 2)


def refused(bench: Workbench, act: Callable[[], object], sentence: str) -> None:
    """The act is refused with a sentence, and nothing is left of it."""
    before = [one.key for one in rows(bench)]
    with pytest.raises(NotAllowed, match=sentence) as caught:
        act()
    assert caught.value.todo
    assert [one.key for one in rows(bench)] == before


def test_no_more_arrives_than_was_assigned(bench: Workbench) -> None:
    key = add(bench, UNIT)
    funds.receive(bench, key, D("29999.99"), on(5), "收据3号", "首批")
    refused(bench, lambda: funds.receive(bench, key, D("0.02"), on(6)), r"下达 30,000\.00 元，到账合计将达 30,000\.01 元")
    funds.receive(bench, key, D("0.01"), on(6))
    assert told(bench, key) == (30000, 30000, 0, 0)


def test_no_more_is_allocated_than_has_arrived_on_that_day(bench: Workbench) -> None:
    key = add(bench, DONATION)
    refused(
        bench, lambda: funds.allocate(bench, key, PLAN, D("50000.51"), on(1)),
        r"“2026年捐款”到2026年2月1日到账 50,000\.50 元，安排合计将达 50,000\.51 元，超出 0\.01 元",
    )  # fmt: skip
    refused(bench, lambda: funds.allocate(bench, key, PLAN, D(1), date(2026, 1, 31)), "2026年1月31日到账 0.00 元")
    funds.allocate(bench, key, PLAN, D("50000.50"), on(1))
    refused(bench, lambda: funds.allocate(bench, key, OTHER_PLAN, D("0.01"), TODAY), "超出 0.01 元")
    assert told(bench, key)[1:] == (D("50000.50"), D("50000.50"), 0)


def test_a_back_dated_allocation_cannot_make_a_later_balance_negative(bench: Workbench) -> None:
    key = add(bench, DONATION)
    funds.allocate(bench, key, PLAN, D(50000), on(20))
    refused(bench, lambda: funds.allocate(bench, key, OTHER_PLAN, D("0.51"), on(2)), "到2026年2月20日到账")
    funds.allocate(bench, key, OTHER_PLAN, D("0.50"), on(2))
    first = entry_keys(bench, key, EntryKind.RECEIVED)[0]
    refused(bench, lambda: funds.counter(bench, first, on(1), "退回", D("0.01")), "到2026年2月2日|到2026年2月20日")
    refused(bench, lambda: funds.counter(bench, first, TODAY, "退回", D("0.01")), "到2026年3月2日")
    assert told(bench, key)[1:] == (D("50000.50"), D("50000.50"), 0)


def test_no_more_is_paid_than_allocated_from_that_source_to_that_target(bench: Workbench) -> None:
    key, other = add(bench, DONATION), add(bench, replace(UNIT, received_on=on(1)))
    funds.allocate(bench, key, PLAN, D("100.01"), on(5))
    funds.allocate(bench, other, PLAN, D(500), on(5))
    funds.allocate(bench, key, OTHER_PLAN, D(500), on(5))
    refused(
        bench, lambda: funds.pay(bench, key, PLAN, D("100.02"), on(5)),
        r"安排 100\.01 元\(对象：低岭村 水稻基地\)，拨付合计将达 100\.02 元",
    )  # fmt: skip
    refused(bench, lambda: funds.pay(bench, key, PLAN, D(1), on(4)), "安排 0.00 元")
    funds.pay(bench, key, PLAN, D("100.01"), on(5), "种子公司", "支1号", note="种苗款")
    allocation = entry_keys(bench, key, EntryKind.ALLOCATED)[0]
    refused(bench, lambda: funds.counter(bench, allocation, on(6), "多安排", D("0.01")), "拨付合计将达")
    payment = entry_keys(bench, key, EntryKind.PAID)[0]
    funds.counter(bench, payment, on(6), "退票", D("0.01"))
    refused(bench, lambda: funds.counter(bench, allocation, on(5), "多安排", D("0.01")), "2026年2月5日")
    funds.counter(bench, allocation, on(6), "多安排", D("0.01"))
    assert told(bench, key) == (D("50000.50"), D("50000.50"), 600, 100)


def test_a_target_is_the_same_under_another_name_and_without_a_key_by_its_name(bench: Workbench) -> None:
    key = add(bench, DONATION)
    funds.allocate(bench, key, PLAN, D(100), on(5))
    funds.pay(bench, key, replace(PLAN, name="低岭村 水稻基地(改名)"), D(100), on(5))
    old = FundTarget(TargetKind.PLAN, "", "2024年旧计划")
    funds.allocate(bench, key, old, D(100), on(5))
    refused(bench, lambda: funds.pay(bench, key, replace(old, name="另一计划"), D(1), on(5)), "对象：另一计划")
    funds.pay(bench, key, old, D(100), on(5))
    assert funds.target_balance(bench, old).left == 0
    assert funds.target_balance(bench, PLAN).paid == 100


@pytest.mark.parametrize("amount", [D(0), D("-0.01"), D("0.001"), D("1.005"), D(10) ** 12, D("NaN")])
def test_amounts_are_above_nothing_and_no_finer_than_a_fen(bench: Workbench, amount: Decimal) -> None:
    key = add(bench, DONATION)
    funds.allocate(bench, key, PLAN, D(10), on(5))
    (entry,) = entry_keys(bench, key, EntryKind.ALLOCATED)
    for act in (
        lambda: funds.receive(bench, key, amount, on(5)),
        lambda: funds.allocate(bench, key, PLAN, amount, on(5)),
        lambda: funds.pay(bench, key, PLAN, amount, on(5)),
        lambda: funds.counter(bench, entry, on(5), "冲", amount),
    ):
        refused(bench, act, "大于 0|最多填2位小数|过大|不是")
    assert told(bench, key)[1:] == (D("50000.50"), 10, 0)


def test_nothing_is_dated_after_today(bench: Workbench) -> None:
    key = add(bench, DONATION)
    tomorrow = date(2026, 3, 3)
    funds.allocate(bench, key, PLAN, D(1), TODAY)
    for act in (
        lambda: funds.receive(bench, key, D(1), tomorrow),
        lambda: funds.allocate(bench, key, PLAN, D(1), tomorrow),
        lambda: funds.pay(bench, key, PLAN, D(1), tomorrow),
        lambda: funds.counter(bench, entry_keys(bench, key, EntryKind.ALLOCATED)[0], tomorrow, "冲"),
    ):
        refused(bench, act, "2026年3月3日晚于今天")
    assert told(bench, key)[1:] == (D("50000.50"), 1, 0)


def test_a_counter_entry_takes_no_more_than_is_left_and_not_before_its_entry(bench: Workbench) -> None:
    key = add(bench, DONATION)
    funds.allocate(bench, key, PLAN, D(100), on(5))
    (entry,) = entry_keys(bench, key, EntryKind.ALLOCATED)
    refused(bench, lambda: funds.counter(bench, entry, on(4), "冲"), "早于原来那一笔")
    refused(bench, lambda: funds.counter(bench, entry, on(5), "  "), "写明原因")
    refused(bench, lambda: funds.counter(bench, entry, on(5), "冲", D("100.01")), r"只剩 100\.00 元")
    funds.counter(bench, entry, on(5), "少安排", D("30.01"))
    refused(bench, lambda: funds.counter(bench, entry, on(6), "冲", D("70.00")), r"只剩 69\.99 元")
    funds.counter(bench, entry, on(6), "不安排", D("69.99"))
    refused(bench, lambda: funds.counter(bench, entry, on(6), "再冲"), "全部冲销")
    taken = [line for line in funds.entries(bench, LedgerFilter(2026)) if line.counters_key]
    assert [(one.amount, one.note, one.left) for one in taken] == [(D("-30.01"), "少安排", 0), (D("-69.99"), "不安排", 0)]
    refused(bench, lambda: funds.counter(bench, taken[0].key, on(6), "冲冲销"), "本身就是冲销")
    assert funds.balances(bench, 2026)[0].available == D("50000.50")


def test_two_counter_entries_in_one_transaction_are_summed(bench: Workbench) -> None:
    key = add(bench, DONATION)
    funds.allocate(bench, key, PLAN, D(100), on(5))
    entry = rows(bench)[-1]
    halves = [ledger.counter_draft(entry, 5001, on(6), "冲"), ledger.counter_draft(entry, 5000, on(6), "冲")]

    def both() -> None:
        with bench.write("tests.post", "冲", undoable=False) as unit:
            ledger.post(bench, unit, *halves)

    refused(bench, both, r"不能冲销 100\.01 元")
    assert told(bench, key)[2] == 100


def test_a_counter_entry_is_of_the_same_source_kind_and_target(bench: Workbench) -> None:
    key, other = add(bench, DONATION), add(bench, replace(UNIT, received_on=on(1)))
    funds.allocate(bench, key, PLAN, D(100), on(5))
    good = ledger.counter_draft(rows(bench)[-1], 100, on(6), "冲")
    for wrong in (
        replace(good, source_key=other),
        replace(good, target=OTHER_PLAN),
        replace(good, kind=EntryKind.PAID),
        replace(good, kind=EntryKind.RECEIVED, target=None),
    ):
        def act(draft: EntryDraft = wrong) -> None:
            with bench.write("tests.post", "冲", undoable=False) as unit:
                ledger.post(bench, unit, draft)

        refused(bench, act, "与原来那一笔")
    assert (told(bench, key)[2], told(bench, other)[2]) == (100, 0)


def test_two_plans_of_one_transaction_are_checked_together(bench: Workbench) -> None:
    key = add(bench, DONATION)
    first = EntryDraft(key, EntryKind.ALLOCATED, D("25000.25"), on(5), PLAN)
    second = EntryDraft(key, EntryKind.ALLOCATED, D("25000.26"), on(4), OTHER_PLAN)

    def both(*drafts: EntryDraft) -> None:
        with bench.write("tests.post", "安排", undoable=False) as unit:
            assert len(ledger.post(bench, unit, *drafts)) == 2

    refused(bench, lambda: both(first, second), r"50,000\.51 元")
    both(first, replace(second, amount=D("25000.25")))
    assert funds.balances(bench, 2026)[0].available == 0


def test_money_that_comes_later_in_a_transaction_does_not_cover_an_earlier_day(bench: Workbench) -> None:
    key = add(bench, replace(UNIT, amount=D(0)))
    early = EntryDraft(key, EntryKind.ALLOCATED, D(100), on(4), PLAN)
    arrival = EntryDraft(key, EntryKind.RECEIVED, D(100), on(5))

    def both(*drafts: EntryDraft) -> None:
        with bench.write("tests.post", "安排", undoable=False) as unit:
            ledger.post(bench, unit, *drafts)

    refused(bench, lambda: both(early, arrival), "2026年2月4日")
    refused(bench, lambda: both(arrival, early), "2026年2月4日")
    both(replace(early, dated=on(5)), arrival)
    assert told(bench, key)[1:] == (100, 100, 0)


def test_a_corrected_plan_gives_back_and_takes_anew_in_one_transaction(bench: Workbench) -> None:
    key = add(bench, DONATION)
    funds.allocate(bench, key, PLAN, D("50000.50"), on(5))
    funds.pay(bench, key, PLAN, D(20000), on(8))

    def correct(amount: Decimal) -> None:
        with bench.write("tests.correct", "更正", undoable=False) as unit:
            back = ledger.reversals(unit.session, PLAN, on(10), "更正为第2版", "v" * 32)
            ledger.post(bench, unit, *back, EntryDraft(key, EntryKind.ALLOCATED, amount, on(10), PLAN))

    refused(bench, lambda: correct(D("19999.99")), "拨付合计将达 20,000.00")
    correct(D("20000.00"))
    assert told(bench, key)[2:] == (20000, 20000)
    assert told(bench, key, on(9))[2:] == (D("50000.50"), 20000)
    assert [one.paper_key for one in rows(bench) if one.counters_key] == ["v" * 32]


def test_bound_money_goes_only_to_its_plan_and_never_to_a_scheme(bench: Workbench) -> None:
    bound = replace(DONATION, kind=FundKind.PER_HEAD_20000, original_plan="2018年光伏电站入股，按原方案分红")
    key = add(bench, bound)
    scheme = FundTarget(TargetKind.SCHEME, "s" * 32, "2018年光伏电站入股方案")
    for target in (PLAN, village(bench), scheme):
        refused(bench, lambda to=target: funds.allocate(bench, key, to, D(1), on(5)), r"原定用途.*吴川 三\(二\)2")
    funds.allocate(bench, key, FundTarget(TargetKind.PLAN, "g" * 32, "低岭村 2018年光伏电站入股(续)"), D(1), on(5))
    funds.allocate(bench, key, FundTarget(TargetKind.PLAN, "h" * 32, "低岭村 光伏电站入股"), D(1), on(5))
    assert told(bench, key)[2] == 2


def test_a_village_that_takes_no_part_needs_a_reason(bench: Workbench) -> None:
    key = add(bench, DONATION)
    without = village(bench, "那罗村")
    refused(bench, lambda: funds.allocate(bench, key, without, D(1), on(5)), r"吴川 三\(一\)5")
    funds.allocate(bench, key, village(bench), D(1), on(5), "首批")
    funds.allocate(bench, key, without, D(1), on(5), "首批", reason="今年起参与")
    assert [one.note for one in rows(bench)[2:]] == ["首批", "首批；原则上事项说明：今年起参与"]


def test_a_missing_source_is_told(bench: Workbench) -> None:
    refused(bench, lambda: funds.receive(bench, "0" * 32, D(1), on(5)), "已被删除")
    refused(bench, lambda: funds.allocate(bench, "0" * 32, village(bench), D(1), on(5)), "已被删除")
    assert rows(bench) == []


def test_a_scheme_gets_what_it_names_and_the_difference_later(bench: Workbench) -> None:
    key, other = add(bench, DONATION), add(bench, replace(UNIT, received_on=on(1)))
    donation, unit = (funds.as_source(form) for form in (DONATION, UNIT))
    scheme = keep_scheme(bench, replace(donation, amount=D("40000.01")), replace(unit, amount=D(30000)))
    funds.allocate_scheme(bench, scheme, on(5))
    target = FundTarget(TargetKind.SCHEME, scheme, "方案")
    found = funds.target_balance(bench, target)
    assert [(one.source_key, one.allocated) for one in found.by_source] == [(key, D("40000.01")), (other, D(30000))]
    refused(bench, lambda: funds.allocate_scheme(bench, scheme, on(6)), "已经安排好了")
    keep_scheme(bench, replace(donation, amount=D("50000.51")), key=scheme)
    refused(bench, lambda: funds.allocate_scheme(bench, scheme, on(6)), "超出 0.01 元")
    keep_scheme(bench, replace(donation, amount=D("50000.50")), key=scheme)
    funds.allocate_scheme(bench, scheme, on(6))
    assert [(one.source_key, one.allocated) for one in funds.target_balance(bench, target).by_source] == [
        (key, D("50000.50"))
    ]
    keep_scheme(bench, replace(donation, amount=D(1)), key=scheme)
    funds.allocate_scheme(bench, scheme, on(6))
    assert funds.target_balance(bench, target).allocated == 1
    with pytest.raises(NotAllowed, match=r"安排 1\.00 元，不能删除"):
        schemes.remove(bench, scheme)
    keep_scheme(bench, replace(donation, document="没有这个文号", name=""), key=scheme)
    refused(bench, lambda: funds.allocate_scheme(bench, scheme, on(6)), "没有登记在资金台账")
    refused(bench, lambda: funds.allocate_scheme(bench, "0" * 32, on(6)), "已经不在了")


def test_nothing_of_the_ledger_can_be_undone(bench: Workbench) -> None:
    before = history.can_undo(bench)
    key = add(bench, DONATION)
    funds.allocate(bench, key, PLAN, D(1), on(5))
    funds.counter(bench, entry_keys(bench, key, EntryKind.ALLOCATED)[0], on(5), "冲")
    funds.update(bench, key, replace(DONATION, note="x"))
    assert history.can_undo(bench) == before
