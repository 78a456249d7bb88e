"""What plans and sheets take over from award calculations and projects, and what stands against paying it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.rules import RateRule, Tier, TiersRule
from fupin_desktop.policy.scheme import SchemeItem
from fupin_desktop.services import award_notices, awards, documents, fund_papers, registers, schemes
from fupin_desktop.services.notices import objections
from fupin_desktop.services.notices.objections import ObjectionForm
from fupin_desktop.services.registers import HOUSEHOLDS, CellEdit, registry
from fupin_desktop.services.workbench import Workbench
from tests.services.award_office import file_scheme, unfile_scheme
from tests.services.fund_papers import money_office as office
from tests.services.fund_papers.money_office import D
from tests.services.register_office import add_household, add_item, find

MONEY = (("省级专项", "4480"),)
ACCOUNT = "6222021234567890128"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = office.make(tmp_path)
    office.source(made)
    yield made
    made.close()


def taken(bench: Workbench, key: str, place: int = 0) -> fund_papers.Offer:
    """Take an offer over."""
    offer = fund_papers.offers(bench, key)[place]
    outcome = fund_papers.take(bench, key, offer.key)
    assert outcome.change, outcome.faults
    return offer


def award_plan(bench: Workbench, **changes: str) -> str:
    """A village plan that took an award over."""
    key = office.plan(bench, sources=MONEY, uses=())
    taken(bench, key)
    if changes:
        office.fill(bench, key, changes)
    return key


def test_a_plan_takes_an_award_over(bench: Workbench) -> None:
    run = office.award_run(bench)
    key = office.plan(bench, "", sources=MONEY, uses=())
    offer = taken(bench, key)
    assert (offer.title, offer.sentence) == ("低岭村2026年度产业奖补资金安排方案", "2 户 4,480.00 元")
    data = office.opened(bench, key)
    assert data["project"] == offer.title
    assert data["uses"] == [
        {
            "item": "水稻产业奖补", "place": "低岭村", "quantity": D("14.500"), "unit": "亩", "amount": D("4480.00"),
            "households_large": 1, "households_small": 1, "note": "2026年度产业奖补", "from_run": f"award:{run}",
        }
    ]  # fmt: skip
    assert data["notice_period"] == "2026年3月2日至3月11日(共10天)"
    assert data["notice_objections"] == "无异议"  # as the register of objections says
    assert office.codes(bench, key) == {}
    assert offer.amount == data["total"] == D("4480.00")


def test_each_household_stands_in_one_row(bench: Workbench) -> None:
    both = add_household(bench, "杨种养", household_class="脱贫户", members="2", kind="参与", group_name="三组")
    add_item(bench, both, declared="3.001", accepted="3.001", area="3.001", cost="9000", cost_evidence="收据")
    add_item(bench, both, "鸡", "亩", declared="1", accepted="1", area="1", cost="900", cost_evidence="收据")
    office.award_run(bench)
    key = office.plan(bench, sources=(("省级专项", "5350.24"),), uses=())
    offer = taken(bench, key)
    shown = [(one["item"], str(one["amount"]), one["households_large"], one["households_small"]) for one in offer.rows]
    assert shown == [("水稻产业奖补", "4480.00", 1, 1), ("水稻、其他产业奖补", "870.24", 0, 1)]
    assert "quantity" not in offer.rows[1]
    assert office.codes(bench, key) == {}


def test_it_is_taken_again_in_its_own_place(bench: Workbench) -> None:
    office.award_run(bench)
    key = office.plan(bench, sources=MONEY, uses=[("公示牌", "100")])
    taken(bench, key)
    taken_again = fund_papers.take(bench, key, fund_papers.offers(bench, key)[0].key)
    assert taken_again.change is None
    assert [row["item"] for row in office.opened(bench, key)["uses"]] == ["公示牌", "水稻产业奖补"]


def test_offers_that_are_gone_are_told(bench: Workbench) -> None:
    key = office.plan(bench)
    assert fund_papers.offers(bench, key) == []
    with pytest.raises(NotAllowed, match="不能取用"):
        fund_papers.take(bench, key, "award:nothing")
    office.award_run(bench)
    office.approve(bench, key)
    with pytest.raises(NotAllowed, match="已经批准"):
        fund_papers.take(bench, key, fund_papers.offers(bench, key)[0].key)


def test_other_villages_awards_are_for_the_town_alone(bench: Workbench) -> None:
    office.award_run(bench)
    other = office.plan(bench, village="那罗村")
    town = office.plan(bench, form_id=office.TOWN_PLAN)
    assert fund_papers.offers(bench, other) == []
    assert [one.title for one in fund_papers.offers(bench, town)] == ["低岭村2026年度产业奖补资金安排方案"]


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ({"posted": False}, "还没有公示"),
        ({"ended": False}, "到2026年3月11日才满"),
        ({"filed": False}, "还没有出具公示结果，备案后才能"),
        ({}, ""),
    ],
)
def test_awards_wait_for_publicity_and_filing(bench: Workbench, way: dict[str, bool], told: str) -> None:
    office.award_run(bench, **way)
    key = award_plan(bench)
    problem = office.codes(bench, key).get("fund.published", "")
    assert (told in problem) if told else problem == ""
    assert told in fund_papers.offers(bench, key)[0].sentence
    if told:
        with pytest.raises(NotAllowed, match=told):
            documents.submit(bench, key)


def test_the_last_day_of_the_publicity_still_counts(bench: Workbench) -> None:
    office.award_run(bench, ended=False)
    key = award_plan(bench)
    office.at(bench, 3, 11)
    assert "fund.published" in office.codes(bench, key)
    office.at(bench, 3, 12)
    assert "fund.published" not in office.codes(bench, key)


def test_an_open_objection_holds_the_plan(bench: Workbench) -> None:
    office.award_run(bench)
    key = award_plan(bench, notice_objections="有异议")
    assert "异议还没有处理完" in office.codes(bench, key)["fund.published"]
    office.fill(bench, key, {"notice_objections": "有异议，已处理"})
    assert "fund.published" not in office.codes(bench, key)


def test_no_objection_is_said_only_as_the_register_says_it(bench: Workbench) -> None:
    office.award_run(bench, filed=False)
    key = award_plan(bench, notice_objections="无异议")
    assert "异议登记里" not in office.codes(bench, key)["fund.published"]
    (line,) = award_notices.all(bench, 2026)
    said = ObjectionForm(bench.today, content="面积多报", received_by="李文静")
    objections.add(bench, line.key, said)
    assert "写的是“无异议”，公示还没有期满，或异议没有办结" in office.codes(bench, key)["fund.published"]


def test_a_withdrawn_notice_stops_approval_and_payment(bench: Workbench) -> None:
    run = office.award_run(bench, filed=False)
    (line,) = award_notices.all(bench, 2026)
    file_scheme(bench, line.scheme_key)
    waiting, approved = award_plan(bench), award_plan(bench)
    documents.submit(bench, waiting)
    office.fill(bench, approved, {"uses[0].amount": "1", "sources[0].amount": "1"})
    documents.withdraw(bench, waiting)
    office.approve(bench, approved)
    office.fill(bench, waiting, {"uses[0].amount": "4479", "sources[0].amount": "4479"})
    documents.submit(bench, waiting)
    unfile_scheme(bench, line.scheme_key)
    with pytest.raises(NotAllowed, match="被退回，备案后才能"):
        fund_papers.pay_plan(bench, approved, bench.today)
    award_notices.withdraw(bench, line.key)
    with pytest.raises(NotAllowed, match="还没有公示"):
        fund_papers.pay_plan(bench, approved, bench.today)
    *boxes, last = office.boxes(bench, waiting)
    before = office.entries(bench)
    for box in boxes:
        documents.give_opinion(bench, waiting, box, documents.Opinion(agrees=True, name="张三"))
    with pytest.raises(NotAllowed, match="还没有公示"):
        documents.give_opinion(bench, waiting, last, documents.Opinion(agrees=True, name="张三"))
    assert office.entries(bench) == before
    assert run in office.opened(bench, waiting)["uses"][0]["from_run"]


def test_a_scheme_of_the_town_itself_is_not_filed_with_it(bench: Workbench) -> None:
    office.award_run(bench, filed=False, place="塘㙍镇", name="塘㙍镇2026年度奖补方案")
    key = office.plan(bench, form_id=office.TOWN_PLAN, sources=MONEY, uses=())
    taken(bench, key)
    assert office.codes(bench, key) == {}


@pytest.mark.parametrize(("more", "over"), [("4480.01", True), ("4480.00", False)])
def test_an_award_is_planned_as_it_was_calculated(bench: Workbench, more: str, over: bool) -> None:
    office.award_run(bench)
    key = award_plan(bench, **{"uses[0].amount": more})
    assert ("fund.above_award" in office.codes(bench, key)) is over


def test_an_award_is_planned_once(bench: Workbench) -> None:
    office.award_run(bench)
    first, second = award_plan(bench), award_plan(bench)
    assert "fund.above_award" not in office.codes(bench, second)
    documents.submit(bench, first)
    told = office.codes(bench, second)["fund.above_award"]
    assert "连同其他表已列的 4,480.00 元，超过测算的奖补 4,480.00 元" in told
    documents.withdraw(bench, first)
    assert "fund.above_award" not in office.codes(bench, second)


def test_awards_are_not_paid_from_money_of_an_original_plan(bench: Workbench) -> None:
    office.source(bench, "人均2万", "4480", FundKind.PER_HEAD_20000, original_plan="村级光伏电站")
    office.award_run(bench)
    key = award_plan(bench, **{"sources[0].source": "人均2万", "project": "村级光伏电站"})
    assert "不用于奖补" in office.codes(bench, key)["fund.original_plan"]
    office.fill(bench, key, {"sources[0].source": "省级专项"})
    assert "fund.original_plan" not in office.codes(bench, key)


def test_a_sheet_takes_the_households_over(bench: Workbench) -> None:
    household = find(bench, "陈康").key
    registers.set_cells(bench, HOUSEHOLDS, [
        CellEdit(household, "bank_account", ACCOUNT), CellEdit(household, "account_name", "陈康之妻"),
    ])  # fmt: skip
    run = office.award_run(bench)
    plan = office.approve(bench, award_plan(bench))
    key = office.sheet(bench, plan, ())
    offer = taken(bench, key)
    assert offer.sentence == "2 户 4,480.00 元"
    rows = {row["payee"]: row for row in office.opened(bench, key)["items"]}
    assert rows["陈康之妻"] == {
        "item": "产业奖补", "amount": D("480.00"), "payee": "陈康之妻", "account": ACCOUNT,
        "evidence": "奖补测算表", "from_run": f"award:{run}/{household}",
    }  # fmt: skip
    assert rows["李亚保"]["amount"] == D("4000.00")
    assert office.codes(bench, key) == {}
    office.fill(bench, key, {"items[0].amount": "0.01"})
    office.fill(bench, key, {"items[1].amount": str(rows["陈康之妻"]["amount"] + rows["李亚保"]["amount"])})
    assert "超过测算的奖补" in office.codes(bench, key)["fund.above_award"]


def test_a_household_is_paid_once(bench: Workbench) -> None:
    office.award_run(bench)
    plan = office.approve(bench, award_plan(bench))
    first = office.sheet(bench, plan, ())
    taken(bench, first)
    rows = [row for row in office.opened(bench, first)["items"] if row["payee"] == "李亚保"]
    documents.set_list(bench, first, "items", rows)
    second = office.sheet(bench, plan, ())
    taken(bench, second)
    office.approve(bench, first)
    assert "李亚保的奖补列了 4,000.00 元，连同其他表已列的 4,000.00 元" in office.codes(bench, second)["fund.above_award"]
    assert [row["payee"] for row in fund_papers.offers(bench, second)[0].rows] == ["陈康"]
    taken(bench, second)
    assert [row["payee"] for row in office.opened(bench, second)["items"]] == ["陈康"]
    office.approve(bench, second)
    for key in (first, second):
        fund_papers.pay(bench, key, bench.today)
    assert fund_papers.payments(bench, plan).word == fund_papers.PAID
    assert fund_papers.offers(bench, office.sheet(bench, plan, ())) == []


def test_typed_items_of_an_award_plan_wait_too(bench: Workbench) -> None:
    office.award_run(bench)
    plan = office.approve(bench, award_plan(bench))
    key = office.sheet(bench, plan, [("奖补", "480", "陈康")])
    other = office.approve(bench, office.sheet(bench, plan, [("奖补", "4000", "李亚保")]))
    assert "fund.published" not in office.codes(bench, key)
    (line,) = award_notices.all(bench, 2026)
    unfile_scheme(bench, line.scheme_key)
    assert "被退回，备案后才能" in office.codes(bench, key)["fund.published"]
    with pytest.raises(NotAllowed, match="被退回，备案后才能"):
        fund_papers.pay(bench, other, bench.today)


def test_a_sheet_takes_the_plan_s_uses_over(bench: Workbench) -> None:
    plan = office.approve(bench, office.plan(
        bench, uses=[("种苗", "100000"), ("农机", "200000")], operator="水稻合作社",
    ))  # fmt: skip
    key = office.sheet(bench, plan, ())
    offer = taken(bench, key)
    assert offer.sentence == "2 项 300,000.00 元"
    items = office.opened(bench, key)["items"]
    assert [(row["payee"], row.get("account")) for row in items] == [("水稻合作社", None)] * 2
    texts = {"name": "水稻合作社", "kind": "农民合作社", "leader": "林大成", "bank_account": "80020000012345678"}
    assert registers.add(bench, registry.of("entities"), texts).change
    (row,) = {(row["payee"], row["account"]) for row in fund_papers.offers(bench, key)[-1].rows}
    assert row == ("水稻合作社", "80020000012345678")
    assert office.amount(bench, key, "left") == "0.00"


def test_a_plan_takes_a_project_over(bench: Workbench) -> None:
    from tests.services.documents import office as projects

    target = projects.begin(bench, projects.TARGETS, "水稻基地项目")
    key = office.plan(bench, "", sources=(("省级专项", "150000"),), uses=(), performance="")
    offer = taken(bench, key)
    assert (offer.title, offer.sentence) == ("项目 水稻基地项目", "项目资金 150,000.00 元")
    data = office.opened(bench, key)
    assert data["uses"][0]["from_run"] == f"project:{target}"
    assert (data["project"], data["operator"], data["performance"]) == (
        "水稻基地项目", "低岭水稻专业合作社", "种植优质水稻，带动贫困户增收。",
    )  # fmt: skip
    assert data["linkages"] == office.opened(bench, target)["linkages"] != []
    assert office.codes(bench, key) == {}
    office.fill(bench, key, {"sources[0].amount": "150000.01", "uses[0].amount": "150000.01"})
    assert "超过绩效目标表的资金 150,000.00 元" in office.codes(bench, key)["fund.above_project"]
    documents.submit(bench, key)


def test_what_is_gone_is_told_on_the_plan(bench: Workbench) -> None:
    from tests.services.documents import office as projects

    office.award_run(bench, posted=False)
    target = projects.begin(bench, projects.TARGETS, "水稻基地项目")
    key = office.plan(bench, sources=(("省级专项", "154480"),), uses=())
    taken(bench, key)
    taken(bench, key, 1)
    assert set(office.codes(bench, key)) == {"fund.published"}
    schemes.remove(bench, schemes.all(bench, 2026)[0].key)
    documents.remove(bench, target)
    told = office.codes(bench, key)
    assert "已经不在了" in told["fund.published"]
    assert "超过测算的奖补 0.00 元" in told["fund.above_award"]
    assert "已删除的项目" in told["fund.above_project"]


def test_a_new_plan_begins_with_the_notice_of_its_village(bench: Workbench) -> None:
    office.award_run(bench, ended=False)
    mine, other = office.plan(bench), office.plan(bench, village="那罗村")
    assert office.opened(bench, mine)["notice_period"] == "2026年3月2日至3月11日(共10天)"
    assert office.opened(bench, mine)["notice_objections"] is None
    assert office.opened(bench, other)["notice_period"] is None


def test_the_calculation_that_was_posted_is_offered(bench: Workbench) -> None:
    run = office.award_run(bench)
    (line,) = award_notices.all(bench, 2026)
    bench.clock.now += timedelta(minutes=1)  # type: ignore[attr-defined]
    later = awards.recalculate(bench, line.scheme_key).keys[0]
    key = office.plan(bench)
    assert [one.key for one in fund_papers.offers(bench, key)] == [f"award:{run}"]
    assert later != run


def test_an_award_posted_anew_replaces_what_was_taken_over_before(bench: Workbench) -> None:
    old = office.award_run(bench, ended=False, filed=False)
    key = office.plan(bench, sources=MONEY, uses=[("公示牌", "100")])
    taken(bench, key)
    before = office.opened(bench, key)["notice_period"]
    (line,) = award_notices.all(bench, 2026)
    award_notices.withdraw(bench, line.key)
    bench.clock.now += timedelta(days=3)  # type: ignore[attr-defined]
    new = awards.recalculate(bench, line.scheme_key).keys[0]
    award_notices.publish(bench, new, award_notices.default_settings(bench))
    fund_papers.take(bench, key, fund_papers.offers(bench, key)[0].key)
    data = office.opened(bench, key)
    assert [(row["item"], row.get("from_run")) for row in data["uses"]] == [("公示牌", None), ("水稻产业奖补", f"award:{new}")]
    assert old not in str(data["uses"])
    assert data["notice_period"] != before


def test_many_households_stand_on_the_payment_list(bench: Workbench) -> None:
    for place in range(12):
        key = add_household(bench, f"吴{place:02}", household_class="脱贫户", members="2", kind="参与", group_name="三组")
        add_item(bench, key, declared="3", accepted="2", area="2", cost="700", cost_evidence="收据")
    run = office.award_run(bench)
    key = office.plan(bench, sources=(("省级专项", "10240"),), uses=())
    taken(bench, key)
    office.approve(bench, key)
    sheet = office.sheet(bench, key, ())
    offer = taken(bench, sheet)
    assert offer.sentence == "14 户 10,240.00 元"
    assert [(row["payee"], str(row["amount"]), row["evidence"], row["from_run"]) for row in offer.rows] == [
        ("详见发放明细表 14 户", "10240.00", "发放明细表", f"award:{run}")
    ]
    assert office.codes(bench, sheet) == {}
    office.approve(bench, sheet)
    other = office.sheet(bench, key, ())
    assert [one for one in fund_papers.offers(bench, other) if one.key == f"award:{run}"] == []


def test_dates_of_a_withdrawn_notice_are_told_on_any_plan(bench: Workbench) -> None:
    office.award_run(bench, ended=False, filed=False)
    key = office.plan(bench, notice_period="2026年3月2日至3月11日(共10天)")
    assert office.codes(bench, key) == {}
    (line,) = award_notices.all(bench, 2026)
    award_notices.withdraw(bench, line.key)
    told = "公示时间“2026年3月2日至3月11日(共10天)”是已撤回的那次公示的，请改为现在这次公示的。"
    assert office.codes(bench, key) == {"fund.published": told}
    bench.clock.now += timedelta(days=3)  # type: ignore[attr-defined]
    award_notices.publish(bench, awards.recalculate(bench, line.scheme_key).keys[0], award_notices.default_settings(bench))
    assert office.codes(bench, key) == {"fund.published": told}
    office.fill(bench, key, {"notice_period": "2026年3月5日至3月14日(共10天)"})
    assert office.codes(bench, key) == {}


def test_written_reasons_of_the_scheme_stand_on_plan_and_sheet(bench: Workbench) -> None:
    tiers = (Tier(D(0), D(400), "小农户"), Tier(None, D(50), "大户"))
    items = (SchemeItem("水稻", "亩", TiersRule(tiers), products=("水稻",)), SchemeItem("其他", "亩", RateRule(rate=D(150)), other=True))
    office.award_run(bench, items=items, reasons={"award.large_not_more": "经村民代表会议同意"})
    key = office.plan(bench, sources=MONEY, uses=())
    assert not office.opened(bench, key).get("reasons")
    taken(bench, key)
    told = office.opened(bench, key)["reasons"]
    assert told.startswith("《吴川市推进产业扶贫实施方案》三（二）第4项 “低岭村2026年度产业奖补资金安排方案”：")
    assert told.endswith("原因：经村民代表会议同意")
