"""The ledger's own operations do not go past plans, sheets and publicity."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.domain.vocabulary import EntryKind, FundKind, TargetKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.scheme import Source
from fupin_desktop.services import fund_papers, funds, schemes
from fupin_desktop.services.funds import FundTarget, LedgerFilter
from fupin_desktop.services.workbench import Workbench
from tests.services.fund_papers import money_office as office
from tests.services.fund_papers.money_office import D


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = office.make(tmp_path)
    office.source(made)
    yield made
    made.close()


def target(bench: Workbench, kind: TargetKind = TargetKind.PLAN) -> FundTarget:
    (found,) = [one.target for one in funds.targets(bench, 2026) if one.target.kind is kind]
    return found


def pay(bench: Workbench, to: FundTarget, amount: str, paper_key: str = "") -> None:
    funds.pay(bench, office.source_key(bench, "省级专项"), to, D(amount), bench.today, "合作社", paper_key=paper_key)


def test_a_plan_gets_its_money_by_its_approval_alone(bench: Workbench) -> None:
    office.approve(bench, office.plan(bench))
    key = office.source_key(bench, "省级专项")
    with pytest.raises(NotAllowed, match="随批准自动安排"):
        funds.allocate(bench, key, target(bench), D(1), bench.today)
    funds.allocate(bench, key, FundTarget(TargetKind.PLAN, "", "2024年旧计划"), D(1), bench.today)


def test_a_town_plan_is_not_paid_past_its_sheets(bench: Workbench) -> None:
    plan = office.approve(bench, office.plan(bench, form_id=office.TOWN_PLAN))
    with pytest.raises(NotAllowed, match="凭资金使用审批表拨付"):
        pay(bench, target(bench), "0.01")
    sheet = office.sheet(bench, plan)
    with pytest.raises(NotAllowed, match="还没有批准"):
        pay(bench, target(bench), "0.01", sheet)
    office.approve(bench, sheet)
    with pytest.raises(NotAllowed, match="还可以拨付 100,000.00 元"):
        pay(bench, target(bench), "100000.01", sheet)
    pay(bench, target(bench), "100000", sheet)
    assert fund_papers.payments(bench, sheet).word == fund_papers.PAID


def test_a_village_plan_keeps_what_its_sheets_ask_for(bench: Workbench) -> None:
    plan = office.approve(bench, office.plan(bench))
    office.approve(bench, office.sheet(bench, plan))
    with pytest.raises(NotAllowed, match="还可以拨付 200,000.00 元"):
        pay(bench, target(bench), "200000.01")
    pay(bench, target(bench), "200000")
    assert fund_papers.payments(bench, plan).left == D("0.00")


def test_a_sheet_pays_for_its_own_plan_alone(bench: Workbench) -> None:
    first = office.approve(bench, office.plan(bench, "甲", [("省级专项", "100")], [("种苗", "100")]))
    office.approve(bench, office.plan(bench, "乙", [("省级专项", "100")], [("种苗", "100")]))
    sheet = office.approve(bench, office.sheet(bench, first, [("种苗", "50", "合作社")]))
    own, other = sorted((one.target for one in funds.targets(bench, 2026) if one.by_source), key=lambda one: one.key != first)
    with pytest.raises(NotAllowed, match="不是按“低岭村 乙”申请的"):
        pay(bench, other, "50", sheet)
    pay(bench, own, "50", sheet)


def scheme_money(bench: Workbench, **way: bool) -> None:
    sources = (Source(FundKind.SUPERIOR, D("5000"), "省级专项"),)
    office.award_run(bench, sources=sources, **way)
    (line,) = schemes.all(bench, 2026)
    funds.allocate_scheme(bench, line.key, bench.today)


@pytest.mark.parametrize("way", [{"posted": False}, {"ended": False}, {"filed": False}])
def test_a_scheme_is_not_paid_before_publicity_and_filing(bench: Workbench, way: dict[str, bool]) -> None:
    scheme_money(bench, **way)
    with pytest.raises(NotAllowed, match=r"才能安排和拨付奖补\(吴川 三\(二\)4\)"):
        pay(bench, target(bench, TargetKind.SCHEME), "0.01")


def test_a_scheme_is_paid_what_was_calculated(bench: Workbench) -> None:
    scheme_money(bench)
    with pytest.raises(NotAllowed, match="测算奖补 4,480.00 元，已拨付 0.00 元，不能再拨付 4,480.01 元"):
        pay(bench, target(bench, TargetKind.SCHEME), "4480.01")
    pay(bench, target(bench, TargetKind.SCHEME), "4480")


def test_a_scheme_without_a_calculation_is_not_paid(bench: Workbench) -> None:
    sources = (Source(FundKind.SUPERIOR, D("5000"), "省级专项"),)
    key = schemes.save(bench, None, office.scheme(sources=sources)).keys[0]
    funds.allocate_scheme(bench, key, bench.today)
    with pytest.raises(NotAllowed, match="还没有测算"):
        pay(bench, target(bench, TargetKind.SCHEME), "0.01")


def test_what_approved_sheets_ask_for_is_not_taken_back_from_their_plan(bench: Workbench) -> None:
    plan = office.approve(bench, office.plan(bench))
    sheet = office.approve(bench, office.sheet(bench, plan))
    fund_papers.pay(bench, sheet, bench.today, D("40000"))
    which = LedgerFilter(2026, kind=EntryKind.ALLOCATED)
    (allocation,) = funds.entries(bench, which)
    with pytest.raises(NotAllowed, match="已安排未拨付 260,000.00 元，其中审批表已批准待拨 60,000.00 元"):
        funds.counter(bench, allocation.key, bench.today, "收回", D("200000.01"))
    funds.counter(bench, allocation.key, bench.today, "收回", D("200000"))
    fund_papers.pay(bench, sheet, bench.today)
    assert fund_papers.payments(bench, plan).left == D("0.00")


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "0.001"])
def test_a_payment_is_a_plain_amount(bench: Workbench, amount: str) -> None:
    plan = office.approve(bench, office.plan(bench))
    sheet = office.approve(bench, office.sheet(bench, plan))
    with pytest.raises(NotAllowed, match="金额"):
        fund_papers.pay(bench, sheet, bench.today, D(amount))
    with pytest.raises(NotAllowed, match="金额"):
        pay(bench, target(bench), amount)


def award_plan(bench: Workbench, run: str, amount: str) -> str:
    key = office.plan(bench, "奖补", [("省级专项", amount)], [("奖补", amount)])
    office.fill(bench, key, {"uses": [{"item": "奖补", "amount": amount, "from_run": f"award:{run}"}]})
    return key


def test_an_award_is_not_paid_by_a_plan_and_by_its_scheme_too(bench: Workbench) -> None:
    run = office.award_run(bench, sources=(Source(FundKind.SUPERIOR, D("5000"), "省级专项"),))
    (line,) = schemes.all(bench, 2026)
    funds.allocate_scheme(bench, line.key, bench.today)
    scheme = target(bench, TargetKind.SCHEME)
    pay(bench, scheme, "1000")
    key = award_plan(bench, run, "3480.01")
    assert "台账按方案已拨付 1,000.00 元" in office.codes(bench, key)["fund.above_award"]
    plan = office.approve(bench, award_plan(bench, run, "3479.99"))
    with pytest.raises(NotAllowed, match="已拨付 1,000.00 元，使用计划已列 3,479.99 元，不能再拨付 0.02 元"):
        pay(bench, scheme, "0.02")
    pay(bench, scheme, "0.01")
    fund_papers.pay_plan(bench, plan, bench.today, payee="农户")
