import json
import re
from datetime import date
from decimal import Decimal

import pytest

from fupin_desktop import __version__, paths
from fupin_desktop.domain.calendar import Period
from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.domain.vocabulary import BaseKind, FundKind, HouseholdClass, HouseholdSize, Participation
from fupin_desktop.policy.applicants import Applicant, FarmEntry
from fupin_desktop.policy.awards.calculator import calculate
from fupin_desktop.policy.parameters import load_parameters
from fupin_desktop.policy.rules import (
    InstalmentsRule,
    LumpRule,
    LumpStep,
    PoolRule,
    Progression,
    RateRule,
    ShareBase,
    ShareRule,
    StepsRule,
    Tier,
    TierMeasure,
    TiersRule,
)
from fupin_desktop.policy.scheme import Condition, Factor, SchemeItem, Source, Variant, WhenShort
from fupin_desktop.services.awards import subject
from fupin_desktop.services.awards.notice import notice_of
from fupin_desktop.services.awards.result_json import result_data, result_json
from fupin_desktop.services.awards.subject import AwardSubject, PaperHead
from fupin_desktop.services.document_types.award_sheet import sheet_of
from fupin_desktop.services.document_types.award_working import working_of
from fupin_desktop.services.offices import Contact
from fupin_desktop.services.schemes.words import item_sentence, rule_sentences
from tests.services.award_office import identity_number, scheme

D = Decimal
HEAD = PaperHead("塘㙍镇扶贫办", date(2026, 3, 2), contacts=(Contact("村委会", "0759-5550001"),))
PERIOD = Period(date(2026, 3, 2), date(2026, 3, 11), 10)


def entry(product="水稻", quantity="3", cost="5000", **changes):
    made = FarmEntry(
        product=product, product_group="种植", unit="亩", declared=D(quantity), accepted=None, planned=None, area=None,
        cost=None if cost is None else D(cost), income=None, other_subsidy=D(0), base_kind=BaseKind.COOPERATIVE,
        instalment_year=1,
    )
    return made._replace(**changes)


def applicant(serial, name, *entries, **changes):
    made = Applicant(
        key=identity_number(serial), code=f"D{serial}", name=name, village="低岭村", group="一组",
        household_class=HouseholdClass.OUT_OF_POVERTY, members=3, participation=Participation.BASE, area=None,
        earlier=D(0), priority=None, entries=entries,
    )
    return made._replace(**changes)


PEOPLE = (
    applicant(1, "李亚保", entry(quantity="12.5")),
    applicant(2, "陈华", entry(quantity="9.999"), code=""),
    applicant(3, "陈华", entry("番薯", "3", "100")),
    applicant(4, "吴华㛃", entry(quantity="0.4")),
    applicant(5, "杨亚九", participation=Participation.NONE),
)


@pytest.fixture(scope="module")
def parameters():
    return load_parameters(paths.resources() / "policy")


@pytest.fixture(scope="module")
def result(parameters):
    return calculate(scheme(), PEOPLE, parameters)


@pytest.fixture(scope="module")
def numbers(result):
    return subject.identity_numbers(result)


def test_the_sheet_has_every_household_and_its_sum_is_the_total(result, numbers):
    sheet = sheet_of(AwardSubject(result, HEAD, numbers))
    assert [row.head for row in sheet.rows] == [one.name for one in PEOPLE]
    assert sheet.award_total == result.totals.award
    assert sheet.rows[3].remark.startswith("低于起补")
    assert sheet.rows[4].remark == "未参与，不奖补"
    assert sheet.rows[0].size == "大户"
    assert sheet.rows[0].items[0].product == "水稻"


def test_same_names_are_told_apart_by_the_shortest_tail(result, numbers):
    sheet = sheet_of(AwardSubject(result, HEAD, numbers))
    tails = [row.tail for row in sheet.rows]
    assert tails[0] == tails[3] == ""
    assert tails[1] != tails[2]
    assert len(tails[1]) == len(tails[2]) == 1
    assert PEOPLE[1].key.endswith(tails[1])


def test_same_names_that_cannot_be_told_apart_have_no_tail(result):
    one = PEOPLE[1].key
    tails = subject.name_tails(result, {PEOPLE[1].key: one, PEOPLE[2].key: one})
    assert tails == {}
    assert subject.name_tails(result, {}) == {}


def test_the_notice_lists_those_who_get_something(result, numbers):
    notice = notice_of(AwardSubject(result, HEAD, numbers), PERIOD)
    assert [row.head for row in notice.rows] == ["李亚保", "陈华", "陈华"]
    assert sum(row.award for row in notice.rows) == result.totals.award
    assert (notice.first, notice.last, notice.days) == (date(2026, 3, 2), date(2026, 3, 11), 10)
    assert notice.publisher == "低岭村村民委员会"
    assert notice.persons == 9
    assert notice.area == D("25.499")
    assert "低岭村委〔2026〕3号" in notice.basis[1]


def test_the_notice_says_that_it_was_accepted_where_something_was(result, numbers, parameters):
    assert "申报、村（居）委会和对口帮扶单位审核，按照" in notice_of(AwardSubject(result, HEAD, numbers), PERIOD).done_shown
    entry = PEOPLE[0].entries[0]._replace(accepted=D("1.5"))
    found = calculate(scheme(), (PEOPLE[0]._replace(entries=(entry,)), *PEOPLE[1:]), parameters)
    assert "核实验收" in notice_of(AwardSubject(found, HEAD, numbers), PERIOD).done_shown


def test_names_can_be_masked_in_the_notice(result, numbers):
    notice = notice_of(AwardSubject(result, HEAD, numbers), PERIOD, mask_names=True)
    assert [row.head for row in notice.rows] == ["李*保", "陈*", "陈*"]
    assert notice.rows[1].tail != notice.rows[2].tail


def test_persons_are_left_out_where_one_number_is_missing(parameters):
    people = (PEOPLE[0], PEOPLE[1]._replace(members=0))
    notice = notice_of(AwardSubject(calculate(scheme(), people, parameters), HEAD, {}), PERIOD)
    assert notice.persons is None


def test_several_villages_are_named_beside_the_group(parameters):
    people = (PEOPLE[0], PEOPLE[1]._replace(village="那罗村"))
    found = calculate(scheme(place="塘㙍镇"), people, parameters)
    assert [row.group for row in sheet_of(AwardSubject(found, HEAD, {})).rows] == ["低岭村 一组", "那罗村 一组"]
    assert notice_of(AwardSubject(found, HEAD, {}), PERIOD).villages == 2


def test_the_working_tells_each_step_with_its_clause(result, numbers):
    working = working_of(AwardSubject(result, HEAD, numbers))
    first = working.households[0]
    assert [line.result for line in first.lines] == [step.result for step in result.awards[0].steps]
    assert [line.number for line in first.lines] == [step.number for step in result.awards[0].steps]
    assert any(line.clause == "三（二）第4项" for line in first.lines)
    assert any("12.5" in line.sentence and "320" in line.sentence for line in first.lines)
    assert len(working.households[4].lines) == 1


def test_the_summary_tells_what_is_left_or_missing(parameters):
    rich = subject.summary(calculate(scheme(), PEOPLE, parameters))
    assert "名册 5 户，参与 4 户 (大户 1 户、小农户 3 户)，奖补 3 户" in rich
    assert "结余" in rich
    short = scheme(pool=D("100.00"), when_short=WhenShort.STOP)
    assert "缺口" in subject.summary(calculate(short, PEOPLE, parameters))
    free = subject.summary(calculate(scheme(sources=()), PEOPLE, parameters))
    assert "资金" not in free


def test_scaling_is_told_on_sheet_and_working(parameters):
    found = calculate(scheme(sources=(Source(FundKind.OTHER, D("3000.00")),)), PEOPLE, parameters)
    assert any("3,000.00 元 ÷ 应付合计" in line for line in sheet_of(AwardSubject(found, HEAD, {})).basis)
    assert working_of(AwardSubject(found, HEAD, {})).notes


# ── result.json ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_result_json_is_stable_and_has_no_floats(result, numbers):
    text = result_json(result, numbers)
    assert text == result_json(result, numbers)
    assert text.endswith("}\n")

    def refuse(number):
        raise AssertionError(number)

    data = json.loads(text, parse_float=refuse)
    assert list(data) == [
        "format", "program", "draft", "scheme", "large_from", "totals", "pool", "pool_rates", "households", "checks"
    ]
    assert data["program"] == f"fupin-desktop {__version__}"
    assert data["large_from"] == {"value": "10", "unit": "亩", "clause": "吴川 三(二)4"}
    assert data == result_data(result, numbers)
    assert text == json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def test_result_json_sums_agree(result, numbers):
    data = result_data(result, numbers)
    awards = [D(one["award"]) for one in data["households"]]
    assert sum(awards) == D(data["totals"]["award"]) == D(data["pool"]["awarded"])
    assert D(data["pool"]["available"]) - sum(awards) == D(data["pool"]["left"])


def test_result_json_tells_steps_in_words_and_numbers(result, numbers):
    household = result_data(result, numbers)["households"][0]
    assert household["tier"] == "大户"
    assert household["items"][0]["amount"] == "4000.00"
    steps = household["steps"]
    assert [step["step"] for step in steps] == sorted(step["step"] for step in steps)
    assert all(step["sentence"] and re.fullmatch(r"-?\d+(\.\d+)?", step["result"] or "0") for step in steps)
    inputs = [given for step in steps for given in step["inputs"]]
    assert all(list(given) == ["name", "value"] for given in inputs)
    assert {"name": "declared", "value": "12.5"} in inputs


def test_result_json_never_holds_a_full_number(result, numbers):
    data = result_data(result, numbers)
    assert not find_leaks(result_json(result, numbers))
    assert data["households"][0]["id"] == "D1"
    assert data["households"][1]["id"] == PEOPLE[1].key[:6] + "*" * 8 + PEOPLE[1].key[-4:]


def test_checks_name_households_by_their_told_id(parameters):
    people = (PEOPLE[0]._replace(entries=(entry(quantity="12.5", cost="100"),)), *PEOPLE[1:])
    found = calculate(scheme(), people, parameters)
    checks = {check["code"]: check for check in result_data(found, subject.identity_numbers(found))["checks"]}
    large = checks["award.large_not_more"]
    assert large["severity"] == "principle"
    assert large["clause"] == "吴川 三(二)4"
    assert "D1" in large["subjects"]
    assert not find_leaks(json.dumps(checks, ensure_ascii=False))


# ── rules in words ──────────────────────────────────────────────────────────────────────────────────────────────────

TIERS = (Tier(D(0), D("240.00"), "小农户"), Tier(None, D("320.50"), "大户"))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (RateRule(rate=D("240.00")), "每亩 240 元"),
        (TiersRule(tiers=TIERS), "小农户每亩 240 元，大户（10 亩及以上）每亩 320.5 元"),
        (
            TiersRule(tiers=TIERS, progression=Progression.MARGINAL, measure=TierMeasure.ITEM_QUANTITY,
                boundary_included=False,
            ),
            "分段计算：10 亩以内的部分每亩 240 元，超过 10 亩的部分每亩 320.5 元",
        ),
        (
            StepsRule(steps=(LumpStep(D(1), D(500)), LumpStep(D(5), D(3000)))),
            "1 亩及以上 500 元，5 亩及以上 3000 元",
        ),
        (LumpRule(threshold=D(5), amount=D(3000)), "5 亩及以上奖补 3000 元"),
        (
            ShareRule(share=D("0.3"), share_of=ShareBase.INCOME, limit_per_unit=D(500)),
            "按收入的 30%，每亩最多 500 元",
        ),
        (ShareRule(share=D("0.125")), "按核定成本的 12.5%"),
        (InstalmentsRule(by_year=(D(300), D(200))), "第1年每亩 300 元，第2年每亩 200 元"),
        (PoolRule(pool=D("50000.00")), "共 50000 元，按核定数量平均，单价舍去到分"),
    ],
)
def test_each_kind_of_rule_in_words(rule, words):
    assert item_sentence(SchemeItem("水稻", "亩", rule), D(10)) == words


def test_limits_factors_and_variants_in_words():
    item = SchemeItem(
        "水稻", "亩", RateRule(rate=D(240)), minimum=D("0.5"), quantity_cap=D(30), money_cap=D(6000),
        factors=(Factor(Condition(classes=frozenset({"监测户"})), D("1.2")),),
        variants=(Variant(Condition(size=HouseholdSize.LARGE), RateRule(rate=D(320))),),
    )
    assert item_sentence(item, D(10)) == (
        "每亩 240 元；大户每亩 320 元；监测户 (×1.2)；0.5 亩起补；每户最多计 30 亩；每户最多 6000 元"
    )
    assert rule_sentences(scheme(items=(item,)), D(10))[0].startswith("水稻：每亩 240 元")
