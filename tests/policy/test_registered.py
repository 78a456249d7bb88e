from dataclasses import replace
from decimal import Decimal

import pytest

from fupin_desktop.domain.vocabulary import Participation
from fupin_desktop.policy.applicants import Applicant, FarmEntry
from fupin_desktop.policy.awards.calculator import calculate
from fupin_desktop.policy.awards.telling import tell
from fupin_desktop.policy.rules import InstalmentsRule, RateRule
from fupin_desktop.policy.scheme import AwardScheme, CostScope, SchemeItem
from fupin_desktop.services.awards.result_json import result_json
from tests.policy.award_cases import TenMu

D = Decimal
RICE = SchemeItem("水稻", "亩", RateRule(D(100)), products=("水稻",))
SCHEME = AwardScheme(name="方案", place="低岭村", year=2026, items=(RICE,))
ID = "440883199001011234"


def entry(quantity="2", area=None, unit="亩", year=1, accepted=None, product="水稻") -> FarmEntry:
    def number(text):
        return None if text is None else D(text)

    return FarmEntry(
        product, "", unit, number(quantity), number(accepted), None, number(area), D(9999), None, D(0), None, year
    )


def household(name, *entries, code="", village="低岭村", members=3) -> Applicant:
    joined = Participation.BASE
    return Applicant(name, code or name, name, village, "", None, members, joined, None, D(0), None, entries or (entry(),))


def told(*households, scheme=SCHEME) -> dict[str, str]:
    result = calculate(scheme, households, TenMu())
    return {problem.code: problem.sentence for problem in result.problems}


FINDINGS = {
    "household.twice": [household("甲", entry(), entry())],
    "household.code_twice": [household("甲", code="1"), household("乙", code="1", village="高岭村")],
    "household.other_village": [household("甲", village="高岭村")],
    "household.accepted_area": [household("甲", entry(area="1.5", accepted="2"))],
    "household.large_by_area": [household("甲", entry("12", area="12", accepted="9.5"))],
    "household.large_area": [household("甲", entry(quantity="1250"))],
}


@pytest.mark.parametrize("code", FINDINGS)
def test_what_is_out_of_place_in_the_register_is_told(code):
    assert "甲" in told(*FINDINGS[code])[code]
    assert code not in told(household("甲"), household("乙"))


@pytest.mark.parametrize("entries", [
    [entry("12", area="12", accepted="10")], [entry("12", accepted="9")], [entry("12", area="12")],
    [entry("9", area="9", accepted="8")], [entry("12", area="12", accepted="9", unit="株")],
    [entry("12", area="12", accepted="9"), entry("5", area="5", accepted="5", product="番薯")],
])  # fmt: skip
def test_a_household_that_is_large_or_small_both_by_area_and_by_what_was_accepted_is_not_told(entries):
    assert "household.large_by_area" not in told(household("甲", *entries))


def test_what_was_accepted_beyond_one_registered_area_makes_up_for_no_other():
    """8 亩 of which 11 were accepted, and 6 亩 of which none was: 8 亩 of the 14 count."""
    entries = [entry("8", area="8", accepted="11"), entry("6", area="6", accepted="0", product="番薯")]
    assert "甲" in told(household("甲", *entries))["household.large_by_area"]


def test_a_town_s_scheme_takes_all_its_villages_and_suffixes_do_not_matter():
    assert "household.other_village" not in told(household("甲"), scheme=replace(SCHEME, place="塘㙍镇"))
    assert "household.other_village" not in told(household("甲", village="低岭村委会"))


def test_instalments_without_a_year_are_told():
    item = SchemeItem("荔枝", "亩", InstalmentsRule((D(300),)), products=("水稻",))
    assert "甲" in told(household("甲", entry(year=0)), scheme=replace(SCHEME, items=(item,)))["household.instalment_year"]


@pytest.mark.parametrize("unit", ["人", "户"])
def test_an_equal_split_is_known_where_heads_are_counted(unit):
    item = SchemeItem("就业", unit, RateRule(D(200)), other=True)
    families = [
        household(name, entry(str(members) if unit == "人" else "1", unit=unit, product="务工"), members=members)
        for name, members in (("甲", 2), ("乙", 3), ("丙", 5))
    ]
    assert "award.equal_split" in told(*families, scheme=replace(SCHEME, items=(item,)))


def test_an_area_counts_where_no_quantity_is_given():
    award = calculate(SCHEME, [household("甲", entry(quantity=None, area="2.5"))], TenMu()).awards[0]
    assert award.award == D("250.00")
    assert "水稻 没有登记数量，按面积 2.500 亩 计" in [tell(step) for step in award.steps]


def test_a_code_that_is_an_identity_number_never_stands_in_the_result():
    result = calculate(SCHEME, [household("", entry(), entry(), code=ID)], TenMu())
    text = result_json(result)
    assert ID not in text
    assert "440883********1234" in text


def test_a_scheme_without_a_cost_ceiling_is_for_counties_that_ask_for_none():
    scheme = replace(SCHEME, cost_scope=CostScope.NONE)
    families = [household("甲", entry()._replace(cost=D(1)))]
    result = calculate(scheme, families, TenMu())
    assert result.awards[0].award == D("200.00")
    assert "不得超成本" in told(*families, scheme=scheme)["scheme.cost_ceiling"]
    assert "award.above_cost" not in told(*families, scheme=scheme)


def test_money_paid_in_advance_above_the_award_is_told_as_to_come_back():
    family = household("甲", entry()._replace(cost=D(100)))._replace(earlier=D(130))
    award = calculate(SCHEME, [family], TenMu()).awards[0]
    assert award.award == 0
    assert "本年前批已付超过上限 30.00 元，应退回" in award.reason
    assert "甲" in told(family)["award.to_come_back"]
