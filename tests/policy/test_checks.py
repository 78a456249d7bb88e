from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from fupin_desktop.domain.vocabulary import FundKind, HouseholdClass, Participation, Severity
from fupin_desktop.policy.applicants import Applicant, FarmEntry
from fupin_desktop.policy.awards.calculator import calculate
from fupin_desktop.policy.checks import CHECKS, check_awards, check_scheme
from fupin_desktop.policy.checks.facts import Facts
from fupin_desktop.policy.exact import RoundingUnit
from fupin_desktop.policy.problems import Problem
from fupin_desktop.policy.results import AwardResult
from fupin_desktop.policy.rules import LumpRule, RateRule, Tier, TiersRule
from fupin_desktop.policy.scheme import (
    AwardScheme,
    Caps,
    Condition,
    Decision,
    Factor,
    SchemeItem,
    Source,
    Variant,
    WhenShort,
)
from tests.policy.award_cases import TenMu

RATE = RateRule(rate=Decimal(100))
NOTHING = RateRule()
TIERS = TiersRule(tiers=(Tier(Decimal(0), Decimal(240)), Tier(None, Decimal(320))))
GOOD = AwardScheme(
    name="方案",
    place="低岭村",
    year=2026,
    items=(SchemeItem("水稻", "亩", TIERS, products=("水稻",)), SchemeItem("其他", "亩", RATE, other=True)),
    decision=Decision("低岭村委会", "市财政局", date(2026, 3, 1), "联席会议", "〔2026〕3号"),
    sources=(Source(FundKind.DONATION_630, Decimal(100000)),),
    main_products=("水稻",),
)


def household(key: str, quantity: str = "3", cost: str | None = "9000", **changes) -> Applicant:
    entry = {name: changes.pop(name) for name in ("product", "unit", "area") if name in changes}
    planted = FarmEntry(
        product=entry.get("product", "水稻"),
        product_group="种植",
        unit=entry.get("unit", "亩"),
        declared=Decimal(quantity),
        accepted=None,
        planned=None,
        area=None,
        cost=None if cost is None else Decimal(cost),
        income=None,
        other_subsidy=Decimal(0),
        base_kind=None,
        instalment_year=1,
    )
    one = Applicant(
        key, key, f"户主{key}", "低岭村", "一组", HouseholdClass.OUT_OF_POVERTY, 3, Participation.BASE, None,
        Decimal(0), None, (planted,),
    )  # fmt: skip
    return one._replace(**changes)


def found(result: AwardResult, code: str) -> list[Problem]:
    return [problem for problem in result.problems if problem.code == code]


def only(scheme: AwardScheme, applicants: list[Applicant], code: str) -> Problem:
    problems = found(calculate(scheme, applicants, TenMu()), code)
    assert len(problems) == 1
    return problems[0]


FAMILY = [household("1", "12"), household("2", "3"), household("3", "4.5")]


def test_a_good_run_passes_every_check() -> None:
    result = calculate(GOOD, FAMILY, TenMu())
    assert result.problems == ()
    assert result.passed == len(CHECKS)
    assert check_scheme(GOOD, TenMu()) == []
    assert check_awards(result, TenMu()) == []


def test_checks_are_named_once_and_explained() -> None:
    assert len({check.code for check in CHECKS}) == len(CHECKS)
    assert all(check.title and check.find.__doc__ for check in CHECKS)


def test_passed_is_what_found_nothing() -> None:
    result = calculate(replace(GOOD, decision=Decision()), [*FAMILY, household("4", cost=None)], TenMu())
    assert {problem.code for problem in result.problems} == {"scheme.decision", "household.no_cost"}
    assert result.passed == len(CHECKS) - 2


# ── scheme ──


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("village", "村(居)委会"),
        ("assisting_unit", "对口帮扶单位"),
        ("decided_on", "议定日期"),
        ("meeting", "会议"),
        ("document", "文件"),
    ],
)
def test_decision_needs_both_parties_date_meeting_and_document(field: str, label: str) -> None:
    empty = None if field == "decided_on" else " "
    scheme = replace(GOOD, decision=replace(GOOD.decision, **{field: empty}))
    (problem,) = check_scheme(scheme, TenMu())
    assert (problem.code, problem.severity, problem.clause) == ("scheme.decision", Severity.MUST, "吴川 三(二)4")
    assert problem.sentence.endswith(f"还缺：{label}")
    assert problem.field == f"decision.{field}"
    assert problem.blocks


@pytest.mark.parametrize(
    "source",
    [
        Source(FundKind.PER_HEAD_20000, Decimal(1)),
        Source(FundKind.SUPERIOR, Decimal(1), original_plan="2024年光伏项目"),
    ],
)
def test_money_of_an_original_plan_does_not_pay_without_a_reason(source: Source) -> None:
    (problem,) = check_scheme(replace(GOOD, sources=(*GOOD.sources, source)), TenMu())
    assert (problem.code, problem.severity, problem.field) == ("scheme.original_plan", Severity.PRINCIPLE, "source[2]")
    assert problem.blocks
    assert problem.clause == "吴川 三(二)2"


def test_no_item_no_money_ratio_above_one() -> None:
    codes = [problem.code for problem in check_scheme(AwardScheme("方案", "村", 2026, ()), TenMu())]
    assert codes == ["scheme.items", "scheme.decision", "scheme.money"]
    item = replace(GOOD.items[0], cost_ratio=Decimal("1.01"))
    problems = check_scheme(replace(GOOD, cost_ratio=Decimal("1.1"), items=(item, GOOD.items[1])), TenMu())
    assert [problem.field for problem in problems] == ["cost_ratio", "item[1].cost_ratio"]


@pytest.mark.parametrize(("start", "flagged"), [("9.999", False), ("10", False), ("10.001", True)])
def test_a_start_of_large_above_the_policy_needs_a_reason(start: str, flagged: bool) -> None:
    problems = check_scheme(replace(GOOD, large_from=Decimal(start)), TenMu())
    assert [problem.code for problem in problems] == ["scheme.large_from"] * flagged
    assert all(problem.blocks for problem in problems)
    given = replace(GOOD, large_from=Decimal(start), reasons={"scheme.large_from": "村民代表会议通过"})
    assert not any(problem.blocks for problem in check_scheme(given, TenMu()))


outside = Condition(products=frozenset({"香蕉"}))
inside = Condition(products=frozenset({"水稻"}))


@pytest.mark.parametrize(
    ("items", "flagged"),
    [
        (GOOD.items, False),
        (GOOD.items[:1], True),
        ((GOOD.items[0], replace(GOOD.items[1], rule=NOTHING)), True),
        ((replace(GOOD.items[0], factors=(Factor(outside, Decimal(0)),)), GOOD.items[1]), True),
        ((replace(GOOD.items[0], factors=(Factor(outside, Decimal("0.1")),)), GOOD.items[1]), False),
        ((replace(GOOD.items[0], factors=(Factor(inside, Decimal(0)),)), GOOD.items[1]), False),
        ((GOOD.items[0], replace(GOOD.items[1], variants=(Variant(outside, NOTHING),))), True),
        ((*GOOD.items, SchemeItem("香蕉", "亩", NOTHING, products=("香蕉",))), True),
        ((*GOOD.items, SchemeItem("其他(头)", "头", RATE, other=True)), False),
        ((*GOOD.items, SchemeItem("其他(头)", "头", NOTHING, other=True)), True),
    ],
)
def test_nothing_is_barred_for_being_off_the_main_industry(items, flagged: bool) -> None:
    problems = check_scheme(replace(GOOD, items=items), TenMu())
    assert [problem.code for problem in problems] == ["scheme.off_list"] * flagged
    assert all((p.severity, p.clause) == (Severity.PRINCIPLE, "吴川 三(三)3") for p in problems)


# ── awards ──


def test_large_must_be_above_small_and_both_are_named() -> None:
    capped = household("1", "12", cost="1000")
    problem = only(GOOD, [capped, household("2", "9.999"), household("3", "1")], "award.large_not_more")
    assert "大户户主1 1,000.00 元" in problem.sentence
    assert "小农户户主2 2,399.76 元" in problem.sentence
    assert problem.subjects == ("1", "2")
    assert (problem.severity, problem.clause, problem.blocks) == (Severity.PRINCIPLE, "吴川 三(二)4", True)
    explained = replace(GOOD, reasons={"award.large_not_more": "成本低被封顶"})
    told = only(explained, [capped, household("2", "9.999")], "award.large_not_more")
    assert (told.reason, told.blocks) == ("成本低被封顶", False)


@pytest.mark.parametrize(("cost", "flagged"), [("719.99", True), ("720", True), ("720.01", False)])
def test_large_equal_to_small_is_not_more(cost: str, flagged: bool) -> None:
    result = calculate(GOOD, [household("1", "12", cost=cost), household("2", "3")], TenMu())
    assert bool(found(result, "award.large_not_more")) is flagged


def test_large_with_nothing_is_not_compared() -> None:
    result = calculate(GOOD, [household("1", "12", cost="0"), household("2", "3")], TenMu())
    assert not found(result, "award.large_not_more")


LUMP = LumpRule(threshold=Decimal(1), amount=Decimal(500))


def lump_scheme(**changes) -> AwardScheme:
    return replace(GOOD, items=(replace(GOOD.items[0], rule=LUMP), GOOD.items[1]), **changes)


def test_the_same_award_whatever_the_quantity() -> None:
    three = [household("1", "2"), household("2", "3"), household("3", "4")]
    problem = only(lump_scheme(), three, "award.equal_split")
    assert problem.subjects == ("1", "2", "3")
    assert (problem.severity, problem.clause) == (Severity.PRINCIPLE, "吴川 三(一)5")
    assert "按户平均分配" in problem.sentence
    assert not found(calculate(lump_scheme(), three[:2], TenMu()), "award.equal_split")
    same = [household(key, "2") for key in "123"]
    assert not found(calculate(lump_scheme(), same, TenMu()), "award.equal_split")


def test_the_same_award_per_head() -> None:
    by_head = lump_scheme(caps=Caps(per_person=Decimal("33.33")))
    three = [household(key, quantity, members=int(key) + 1) for key, quantity in zip("123", "735", strict=True)]
    problem = only(by_head, three, "award.equal_split")
    assert "约 33.33 元/人，近似按人分摊" in problem.sentence
    other = [*three[:2], household("3", "4", members=30)]
    assert not found(calculate(by_head, other, TenMu()), "award.equal_split")
    unknown = [*three[:2], household("3", "4", members=0)]
    assert not found(calculate(by_head, unknown, TenMu()), "award.equal_split")


def test_the_award_per_head_is_told_alike_in_whatever_order_the_households_come() -> None:
    by_head = lump_scheme(caps=Caps(per_person=Decimal("33.33")), rounding_unit=RoundingUnit.YUAN)
    three = [household(key, quantity, members=int(key) + 1) for key, quantity in zip("123", "735", strict=True)]
    for one in (three, three[::-1]):  # 66, 99 and 133 元 for 9 persons
        assert "约 33.11 元/人" in only(by_head, one, "award.equal_split").sentence


def test_by_quantity_is_no_split_per_head_even_where_both_agree() -> None:
    rate = replace(GOOD, items=(replace(GOOD.items[0], rule=RATE), GOOD.items[1]))
    three = [household(key, key, members=int(key)) for key in "123"]
    assert not found(calculate(rate, three, TenMu()), "award.equal_split")


def test_pool_short_by_one_fen() -> None:
    stop = replace(GOOD, sources=(), when_short=WhenShort.STOP)
    assert not found(calculate(replace(stop, pool=Decimal("720.00")), [household("1")], TenMu()), "award.pool_short")
    result = calculate(replace(stop, pool=Decimal("719.99")), [household("1")], TenMu())
    (problem,) = found(result, "award.pool_short")
    assert "还差 0.01 元" in problem.sentence
    assert result.awards[0].award == 720
    assert result.totals.left == Decimal("-0.01")


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        ({"cost": None}, "household.no_cost", Severity.WARNING),
        ({"participation": None}, "household.participation", Severity.WARNING),
        ({"unit": "斤"}, "household.unit", Severity.MUST),
        ({"earlier": Decimal(-1)}, "household.faulty", Severity.MUST),
        ({"area": Decimal(-1)}, "household.faulty", Severity.MUST),
        ({"cost": "-0.01"}, "household.faulty", Severity.MUST),
        ({"quantity": "-1"}, "household.faulty", Severity.MUST),
        ({"members": -1}, "household.faulty", Severity.MUST),
    ],
)
def test_what_the_register_lacks(change: dict[str, object], code: str, severity: Severity) -> None:
    area = change.pop("area", None)
    one = household("1", **change)
    one = one if area is None else one._replace(area=area)
    problem = only(GOOD, [one, household("2")], code)
    assert (problem.severity, problem.subjects) == (severity, ("1",))
    assert "户主1" in problem.sentence
    assert calculate(GOOD, [one], TenMu()).awards[0].award == 0


def test_a_cap_per_person_needs_the_number_of_persons() -> None:
    scheme = replace(GOOD, caps=Caps(per_person=Decimal(100)))
    problem = only(scheme, [household("1", members=0), household("2")], "household.members")
    assert (problem.severity, problem.subjects) == (Severity.MUST, ("1",))
    assert not found(calculate(GOOD, [household("1", members=0)], TenMu()), "household.members")


def test_off_list_of_a_participating_household() -> None:
    scheme = replace(GOOD, items=GOOD.items[:1])
    problem = only(scheme, [household("1", product="香蕉"), household("2")], "award.off_list")
    assert (problem.severity, problem.subjects) == (Severity.PRINCIPLE, ("1",))
    away = household("1", product="香蕉", participation=Participation.NONE)
    assert not found(calculate(scheme, [away], TenMu()), "award.off_list")


def test_one_name_twice_in_a_village() -> None:
    twins = [household("1", name="陈华"), household("2", name="陈华"), household("3", name="陈华", village="那罗村")]
    problem = only(GOOD, twins, "household.same_name")
    assert problem.sentence == "低岭村有 2 户重名“陈华”，公示时用身份证尾号区分"
    assert (problem.severity, problem.subjects) == (Severity.WARNING, ("1", "2"))


def test_one_household_twice() -> None:
    problem = only(GOOD, [household("1"), household("1"), household("2")], "household.duplicate")
    assert (problem.severity, problem.subjects) == (Severity.MUST, ("1",))


def test_many_households_are_counted_and_three_named() -> None:
    many = [household(f"{at:02}", cost=None) for at in range(1, 6)]
    problem = only(GOOD, many, "household.no_cost")
    assert "户主01、户主02、户主03等 5 户" in problem.sentence
    assert len(problem.subjects) == 5


def tampered(**changes) -> AwardResult:
    result = calculate(GOOD, FAMILY, TenMu())
    return replace(result, awards=(result.awards[0]._replace(**changes), *result.awards[1:]))


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (tampered(award=Decimal("9000.01")), "award.above_cost"),
        (tampered(cost_ceiling=Decimal(1)), "award.above_cost"),
        (tampered(cost=None), "award.above_cost"),
        (tampered(applicant=FAMILY[0]._replace(earlier=Decimal("5160.01"))), "award.above_cost"),
        (tampered(applicant=FAMILY[0]._replace(participation=Participation.NONE)), "award.not_participating"),
        (tampered(award=Decimal("3840.01")), "award.total"),
    ],
)
def test_a_wrong_result_is_caught(result: AwardResult, code: str) -> None:
    assert code in {problem.code for problem in check_awards(result, TenMu())}


def test_the_cost_check_lets_the_last_fen_through() -> None:
    result = tampered(applicant=FAMILY[0]._replace(earlier=Decimal("5160.00")))
    assert "award.above_cost" not in {problem.code for problem in check_awards(result, TenMu())}


def test_facts_without_a_result() -> None:
    assert Facts(GOOD, TenMu(), None).awards == ()


def test_a_reason_under_an_unknown_code_is_told() -> None:
    scheme = replace(GOOD, reasons={"award.large_not_moer": "经会议同意", "award.off_list": "没有"})
    found = [problem for problem in check_scheme(scheme, TenMu()) if problem.code == "scheme.reasons"]
    assert [problem.severity for problem in found] == [Severity.WARNING]
    assert "“award.large_not_moer”" in found[0].sentence
    assert "“award.large_not_more”" in found[0].sentence
    must = replace(GOOD, reasons={"award.total": "x"})
    assert any(problem.code == "scheme.reasons" for problem in check_scheme(must, TenMu()))
