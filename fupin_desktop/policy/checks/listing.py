"""Checks of a scheme and of a calculation: what must be, and what should be in principle.

``CHECKS`` lists every check once, so that the number of those passed is counted and not claimed. A principle problem
takes its written reason from ``scheme.reasons`` by its code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.checks import awards, registered, scheme
from fupin_desktop.policy.checks.facts import Facts, Finding, names, subjects
from fupin_desktop.policy.numbers import PolicyNumbers, policy_day
from fupin_desktop.policy.problems import Problem
from fupin_desktop.policy.results import AwardResult
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.policy.strictness import (
    EXPLAIN,
    NOT_PARTICIPATING,
    ORIGINAL_PLAN,
    PARTICIPANTS,
    PERIOD_SHORT,
    SCHEME_PLAN,
    strictness,
)


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        code: Stable name, also the code of its problems.
        title: What it looks at, in Chinese.
        severity: How binding it is.
        clause: The clause it rests on; empty where none.
        find: Yields (sentence, subjects, field) of what it finds.
        strictness: Parameter that tells how binding it is, in place of ``severity``; empty for none.
    """

    code: str
    title: str
    severity: Severity
    clause: str
    find: Callable[[Facts], Iterable[tuple[str, tuple[str, ...], str]]]
    strictness: str = ""

    def problems(self, facts: Facts) -> list[Problem]:
        """What the check finds, with the written reason where one is given."""
        found = list(self.find(facts))
        if not found:
            return []
        severity, clause = self.binding(facts)
        reason = facts.scheme.reasons.get(self.code, "") if severity is Severity.PRINCIPLE else ""
        hint = EXPLAIN if self.strictness and severity is Severity.PRINCIPLE else ""
        return [
            Problem(self.code, severity, f"{sentence}{hint}", clause, field, subjects, reason)
            for sentence, subjects, field in found
        ]

    def binding(self, facts: Facts) -> tuple[Severity, str]:
        """How binding it is for a scheme, and the clause it rests on."""
        if not self.strictness:
            return self.severity, self.clause
        severity, clause = strictness(facts.parameters, self.strictness, policy_day(facts.scheme))
        return severity, clause or self.clause


MUST, PRINCIPLE, WARNING = Severity.MUST, Severity.PRINCIPLE, Severity.WARNING


def _stray_reasons(facts: Facts) -> Iterable[tuple[str, tuple[str, ...], str]]:
    """A reason under a code that no principle check has would never be printed."""
    known = [PERIOD_SHORT, *(check.code for check in CHECKS if check.binding(facts)[0] is PRINCIPLE)]
    others = {check.code: check.title for check in CHECKS}
    for code in facts.scheme.reasons:
        if code not in known:
            near = [] if code in others else get_close_matches(code, known, 1)
            hint = f"是不是要写“{near[0]}”" if near else "请改正或去掉"
            named = f"“{code}”({others[code]})" if code in others else f"“{code}”"
            yield f"书面理由的代码{named}不是“原则上”的检查，不起作用，{hint}", (), "reasons"


def _marked(code: str, title: str, severity: Severity, clause: str, told: str, field: str = "") -> Check:
    """A check that tells what the calculation has marked; the names of the households stand before it."""

    def find(facts: Facts) -> Iterable[Finding]:
        """No household is marked so."""
        found = facts.marked.get(code, [])
        if found:
            yield f"{names(found)}{told}", subjects(found), field

    return Check(code, title, severity, clause, find)


SCHEME_CHECKS = (
    Check("scheme.items", "方案有奖补项目", MUST, "", scheme.items),
    Check("scheme.decision", "方案经共同商议并形成文件", MUST, "吴川 三(二)4", scheme.decision),
    Check(SCHEME_PLAN, "原定方案的资金不另作奖补", PRINCIPLE, "吴川 三(二)2", scheme.original_plan, ORIGINAL_PLAN),
    Check("scheme.cost_ratio", "成本上限不超过成本", MUST, "吴川 三(二)4", scheme.cost_ratio),
    Check("scheme.cost_ceiling", "方案设有成本上限", MUST, "吴川 三(二)4", scheme.cost_ceiling),
    Check("scheme.large_from", "大户起点不高于 10 亩", PRINCIPLE, "吴川 三(二)4", scheme.large_from),
    Check("scheme.off_list", "不限制主导产业之外的项目", PRINCIPLE, "吴川 三(三)3", scheme.off_list),
    Check("scheme.money", "方案写明资金总额", WARNING, "", scheme.money),
    Check("scheme.reasons", "书面理由对得上检查", WARNING, "", _stray_reasons),
)

AWARD_CHECKS = (
    Check("award.above_cost", "奖补不超成本", MUST, "吴川 三(二)4", awards.above_cost),
    _marked(
        "award.to_come_back", "前批没有超过上限的", WARNING, "",
        "本年前批(预拨)已付的超过上限，多付的应退回，见各户说明", "earlier",
    ),
    Check(NOT_PARTICIPATING, "只奖补参与户", PRINCIPLE, "吴川 三(二)3", awards.not_participating, PARTICIPANTS),
    Check("award.pool_short", "奖补合计不超可用资金", MUST, "", awards.pool_short),
    Check("award.total", "逐户金额与合计一致", MUST, "", awards.total),
    Check("award.large_not_more", "大户奖补高于小农户", PRINCIPLE, "吴川 三(二)4", awards.large_not_more),
    Check("award.equal_split", "没有按人、按户平均分配", PRINCIPLE, "吴川 三(一)5", awards.equal_split),
    _marked(
        "award.off_list", "参与户的项目都有对应标准", PRINCIPLE, "吴川 三(三)3",
        "有方案没有列入的种养项目，未得到奖补，请增加项目或说明理由",
    ),
    Check("household.duplicate", "没有重复的户", MUST, "", awards.duplicate),
    Check("household.same_number", "一个身份证号只有一户", MUST, "", awards.same_number),
    _marked("household.faulty", "登记数没有负数", MUST, "", "的登记数有负数，没有计入，请更正"),
    _marked("household.unit", "登记单位与方案一致", MUST, "", "的登记单位与方案不同，没有计入，请更正单位或方案"),
    _marked("household.members", "家庭人口数齐全", MUST, "", "的家庭人口数缺，无法按人口封顶，请补登", "members"),
    _marked(
        "household.no_cost", "计奖项目都有核定成本", WARNING, "吴川 三(二)4",
        "有种养项目没有核定成本，不计入成本上限，请核定后补登", "cost",
    ),
    _marked(
        "household.participation", "都登记了是否参与", WARNING, "吴川 三(二)3",
        "没有登记是否参与，暂不奖补，请补登", "participation",
    ),
    _marked(
        "household.own_class", "本地类别方案里都写明", WARNING, "",
        "登记的本地类别在方案里没有写明归哪一类，没有起作用，请核对", "own_class",
    ),
    Check("household.twice", "没有重复的种养项目", WARNING, "", registered.twice),
    Check("household.code_twice", "户编号各不相同", WARNING, "", registered.code_twice),
    Check("household.other_village", "都是本村的农户", WARNING, "", registered.other_village),
    Check("household.accepted_area", "验收数量不大于面积", WARNING, "", registered.accepted_area),
    Check("household.large_by_area", "大户按验收数量也是大户", WARNING, "吴川 三(二)4", registered.large_by_area),
    Check("household.large_area", "没有超过 100 亩的数量和面积", WARNING, "", registered.large_area),
    _marked(
        "household.instalment_year", "分年补助都有补助年次", WARNING, "",
        "有分年补助的项目没有登记补助年次，没有计入，请补登", "instalment_year",
    ),
    Check("household.same_name", "同村没有重名户主", WARNING, "", awards.same_name),
)

CHECKS = SCHEME_CHECKS + AWARD_CHECKS


def check_scheme(scheme: AwardScheme, parameters: PolicyNumbers) -> list[Problem]:
    """Findings on the scheme alone, before any household is looked at."""
    facts = Facts(scheme, parameters, None)
    return [problem for check in SCHEME_CHECKS for problem in check.problems(facts)]


def check_awards(result: AwardResult, parameters: PolicyNumbers) -> list[Problem]:
    """Findings on the awards of a calculation."""
    facts = Facts(result.scheme, parameters, result)
    return [problem for check in AWARD_CHECKS for problem in check.problems(facts)]


def check_run(result: AwardResult, parameters: PolicyNumbers) -> AwardResult:
    """``result`` with the findings of all checks and the number of those that found nothing."""
    facts = Facts(result.scheme, parameters, result)
    found = [check.problems(facts) for check in CHECKS]
    problems = tuple([problem for one in found for problem in one])
    return replace(result, problems=problems, passed=sum([not one for one in found]))
