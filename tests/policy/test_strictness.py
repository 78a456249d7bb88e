"""吴川 三(二)2 and 三(二)3 hold in principle, for a written reason; a county makes them a must."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fupin_desktop import paths
from fupin_desktop.domain.vocabulary import FundKind, Participation, Severity
from fupin_desktop.errors import BadDefinition
from fupin_desktop.policy.applications import check_application
from fupin_desktop.policy.awards.calculator import calculate
from fupin_desktop.policy.awards.telling import tell
from fupin_desktop.policy.checks import check_scheme
from fupin_desktop.policy.parameters import load_parameters
from fupin_desktop.policy.results import AwardResult
from fupin_desktop.policy.scheme import Source
from fupin_desktop.policy.strictness import NOT_PARTICIPATING, ORIGINAL_PLAN, PARTICIPANTS, SCHEME_PLAN, strictness
from tests import strict_county
from tests.policy import test_applications as applications
from tests.policy import test_fund_checks as fund_checks
from tests.policy.award_cases import TenMu
from tests.policy.test_checks import GOOD, household

REASON = "老弱户，村民代表会议同意"
FAMILY = [household("1", "12"), household("2", participation=Participation.NONE), household("3", participation=None)]
EXPLAINED = replace(GOOD, reasons={NOT_PARTICIPATING: REASON})
BOUND = replace(GOOD, sources=(Source(FundKind.PER_HEAD_20000, Decimal(9000), original_plan="光伏电站"),))


def amounts(result: AwardResult) -> list[Decimal]:
    return [award.award for award in result.awards]


def test_the_documents_say_in_principle() -> None:
    shipped = load_parameters(paths.resources() / "policy")
    assert strictness(shipped, ORIGINAL_PLAN, date(2026, 1, 1)) == (Severity.PRINCIPLE, "吴川 三(二)2")
    assert strictness(shipped, PARTICIPANTS, date(2026, 1, 1)) == (Severity.PRINCIPLE, "吴川 三(二)3")
    assert strictness(shipped, PARTICIPANTS, date(2015, 12, 31)) == (Severity.PRINCIPLE, "")


def test_a_county_makes_them_a_must_from_a_day_on(tmp_path: Path) -> None:
    strict = strict_county.parameters(tmp_path)
    for key in (ORIGINAL_PLAN, PARTICIPANTS):
        assert strictness(strict, key, date(2019, 12, 31))[0] is Severity.PRINCIPLE
        assert strictness(strict, key, date(2020, 1, 1)) == (Severity.MUST, strict_county.CITED)


def test_no_other_word_is_taken(tmp_path: Path) -> None:
    path = strict_county.lay_over(tmp_path)
    path.write_text(strict_county.POLICY.replace("必须", "尽量"), encoding="utf-8")
    with pytest.raises(BadDefinition, match="必须"):
        load_parameters(paths.resources() / "policy", path)


def test_others_get_nothing_without_a_reason() -> None:
    result = calculate(GOOD, FAMILY, TenMu())
    assert amounts(result)[1:] == [0, 0]
    assert result.awards[1].reason == "未参与，不奖补"
    assert NOT_PARTICIPATING not in {one.code for one in result.problems}


def test_a_written_reason_pays_those_who_do_not_take_part() -> None:
    result = calculate(EXPLAINED, FAMILY, TenMu())
    assert amounts(result) == [Decimal("3840.00"), Decimal("720.00"), 0]
    assert result.awards[1].reason == "未参与，按书面理由奖补"
    assert tell(result.awards[1].steps[0]) == f"未参与产业项目，原则上不奖补；按书面理由计奖：{REASON}"
    assert result.awards[1].steps[0].clause == "吴川 三(二)3"
    assert (result.totals.participating, result.totals.awarded) == (1, 2)
    (problem,) = [one for one in result.problems if one.code == NOT_PARTICIPATING]
    assert (problem.severity, problem.reason, problem.blocks) == (Severity.PRINCIPLE, REASON, False)
    assert problem.subjects == ("2",)


def test_an_excepted_household_with_nothing_has_both_reasons() -> None:
    result = calculate(EXPLAINED, [household("2", "0", participation=Participation.NONE)], TenMu())
    assert result.awards[0].reason.startswith("未参与，按书面理由奖补；")


def test_no_reason_helps_where_a_county_makes_it_a_must() -> None:
    strict = TenMu(PARTICIPANTS)
    assert calculate(EXPLAINED, FAMILY, strict).awards[1].reason == "未参与，不奖补"
    told = [one for one in check_scheme(EXPLAINED, strict) if one.code == "scheme.reasons"]
    assert "award.not_participating" in told[0].sentence
    assert "scheme.reasons" not in {one.code for one in check_scheme(EXPLAINED, TenMu())}


@pytest.mark.parametrize("strict", [(), (ORIGINAL_PLAN,)])
def test_money_of_an_original_plan_in_a_scheme(strict: tuple[str, ...]) -> None:
    (open_,) = check_scheme(BOUND, TenMu(*strict))
    explained = replace(BOUND, reasons={SCHEME_PLAN: "光伏已停，村民代表会议同意"})
    given = next(one for one in check_scheme(explained, TenMu(*strict)) if one.code == SCHEME_PLAN)
    assert open_.blocks
    assert given.blocks is bool(strict)
    assert given.severity is (Severity.MUST if strict else Severity.PRINCIPLE)
    assert ("请说明理由" in given.sentence) is not bool(strict)


@pytest.mark.parametrize(
    ("code", "case"),
    [
        ("application.takes_part", applications.facts(applications.HOUSEHOLD, values={"participation": "未参与"})),
        ("application.original_plan", applications.facts(values={"per_head_fund": Decimal(20000)})),
        ("fund.original_plan", fund_checks.facts(fund_checks.TOWN_PLAN, **fund_checks.BOUND)),
        ("fund.original_plan", fund_checks.facts(fund_checks.VILLAGE_PLAN, **fund_checks.BOUND)),
    ],
)
def test_every_form_asks_for_a_reason_or_allows_none(code: str, case, tmp_path: Path) -> None:
    def found(facts):
        return next(one for one in check_application(facts, {code: REASON})[0] if one.code == code)

    assert (found(case).severity, found(case).reason, found(case).blocks) == (Severity.PRINCIPLE, REASON, False)
    must = found(replace(case, parameters=strict_county.parameters(tmp_path)))
    assert (must.severity, must.reason, must.blocks) == (Severity.MUST, "", True)
    assert must.clause == strict_county.CITED
