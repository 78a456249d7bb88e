"""Checks of applications: what must be, and what should be in principle (原则上).

``CHECKS`` lists every check once, in the order in which findings are told. Which of them a document passes is said by
their codes, so that the number of those passed is counted and not claimed. A principle problem takes its written reason
by its code; the reasons are kept with the application and listed for the auditor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.applications import common, funds, plans, reports, single
from fupin_desktop.policy.applications.facts import ApplicationFacts, Finding
from fupin_desktop.policy.problems import Problem
from fupin_desktop.policy.strictness import EXPLAIN, FUND_PLAN, ORIGINAL_PLAN, PARTICIPANTS, strictness

MUST, PRINCIPLE, WARNING = Severity.MUST, Severity.PRINCIPLE, Severity.WARNING
EVERY = (
    "application.required", "application.faults", "application.capital", "application.opinion_said",
    "application.opinion_dates", "application.future",
)  # fmt: skip
"""Codes of the checks that every document passes."""
DECLARED = (
    "application.phones", "application.participants", "application.idle_villages", "application.equal_split",
    "application.area_sum", "application.since", "application.area_zero", "application.original_plan",
    "application.terms_large", "application.terms_small", "application.terms_jobs", "application.open_to_others",
    "application.leading_group", "application.counts", "application.entities", "application.linkage",
    "application.benefits", "application.per_head", "application.incentive",
    "application.base_way",
)  # fmt: skip
"""Codes of the checks of a village or town that declares its area and applies for its industry."""
OF_MONEY = (
    "application.phones", "fund.number", "fund.amounts", "fund.equal_split", "fund.above_award", "fund.above_project",
    "fund.published", "fund.paid",
)  # fmt: skip
"""Codes of the checks of every document of money."""
OF_PLANS = (
    "application.period", "fund.sources", "fund.available", "fund.balance", "fund.price", "fund.idle_villages",
    "fund.original_plan", "fund.pool", "fund.targets", "fund.kinds",
)  # fmt: skip
"""Codes of the checks of every use plan, besides those of all documents of money."""

OF_REPORTS = (
    "application.phones", "report.ended", "report.falling", "report.without_project", "report.unanswered",
    "report.late", "report.over_plan", "report.incomplete", "report.stalled",
)  # fmt: skip
"""Codes of the checks of every quarterly table."""


@dataclass(frozen=True, slots=True)
class ApplicationCheck:
    """One check.

    Attributes:
        code: Stable name, also the code of its problems.
        title: What it looks at, in Chinese.
        severity: How binding it is.
        clause: The clause it rests on; empty where none.
        find: Yields sentence and path of what it finds.
        strictness: Parameter that tells how binding it is, in place of ``severity``; empty for none.
    """

    code: str
    title: str
    severity: Severity
    clause: str
    find: Callable[[ApplicationFacts], Iterable[Finding]]
    strictness: str = ""

    @property
    def takes_reason(self) -> bool:
        """Whether a reason can stand against it: in principle, or in a county where its document is not in force."""
        return self.severity is PRINCIPLE or (self.severity is MUST and bool(self.clause))

    def problems(self, facts: ApplicationFacts, reasons: Mapping[str, str]) -> list[Problem]:
        """What the check finds, with the written reason where one is given.

        What another county's document alone demands is a model here (参照): it can be departed from for a reason.
        """
        found = list(self.find(facts))
        if not found:
            return []
        severity, clause = self._binding(facts)
        rule = facts.clauses.get(self.code, clause)
        lent = severity is MUST and rule.partition(" ")[0] in facts.foreign
        severity = PRINCIPLE if lent else severity
        reason = reasons.get(self.code, "") if severity is PRINCIPLE else ""
        hint = EXPLAIN if (self.strictness or lent) and severity is PRINCIPLE else ""
        return [
            Problem(self.code, severity, _sentence(text + hint), rule or _own_clause(facts, path), path, (), reason)
            for text, path in found
        ]

    def _binding(self, facts: ApplicationFacts) -> tuple[Severity, str]:
        """How binding it is for a document, and the clause it rests on."""
        if not self.strictness:
            return self.severity, self.clause
        severity, clause = strictness(facts.parameters, self.strictness, facts.day)
        return severity, clause or self.clause


def _sentence(text: str) -> str:
    return text if text.endswith("。") else f"{text}。"


def _own_clause(facts: ApplicationFacts, path: str) -> str:
    """Clause of the field at fault, for checks that rest on none themselves."""
    name = path.partition("[")[0]
    return next((one.clause for one in facts.fields if one.name == name), "")


CHECKS = (
    ApplicationCheck("application.required", "必填项齐全", MUST, "", common.required),
    ApplicationCheck("application.faults", "所填内容符合栏目", MUST, "", common.faults),
    ApplicationCheck("application.phones", "电话号码可以拨通", MUST, "", common.phones),
    ApplicationCheck("application.phone", "电话号码可以拨通", WARNING, "", common.phones),
    ApplicationCheck("application.capital", "大写与小写金额一致", MUST, "", common.capital),
    ApplicationCheck("application.opinion_said", "意见写明同意或不同意", MUST, "", common.opinion_said),
    ApplicationCheck("application.opinion_dates", "各级意见的日期先后有序", MUST, "", common.opinion_dates),
    ApplicationCheck("application.future", "没有晚于今天的日期", WARNING, "", common.future),
    ApplicationCheck("application.batch", "镇申报表写明批次", MUST, "吴川 三(一)2", plans.batch),
    ApplicationCheck("application.fund_range", "示范镇资金在规定幅度内", PRINCIPLE, "吴川 三(一)4", plans.fund_range),
    ApplicationCheck("application.participants", "参与产业才安排资金", PRINCIPLE, "吴川 三(一)5", plans.participants),
    ApplicationCheck(
        "application.idle_villages", "不给不参与的村安排资金", PRINCIPLE, "吴川 三(一)5", plans.idle_villages
    ),
    ApplicationCheck("application.equal_split", "没有按人分摊资金", PRINCIPLE, "吴川 三(一)5", plans.equal_split),
    ApplicationCheck("application.area_sum", "申报面积与农户台账一致", MUST, "吴川 三(二)1", plans.area_sum),
    ApplicationCheck("application.since", "提交后台账没有变动", WARNING, "吴川 三(二)1", plans.since),
    ApplicationCheck("application.area_zero", "申报面积不为 0", MUST, "吴川 三(二)1", plans.area_zero),
    ApplicationCheck(
        "application.original_plan", "“人均2万”资金按原定方案", PRINCIPLE, "吴川 三(二)2", plans.original_plan,
        ORIGINAL_PLAN,
    ),
    ApplicationCheck("application.per_head", "“人均2万”资金与人数相符", WARNING, "吴川 三(二)2", plans.per_head),
    ApplicationCheck("application.base_way", "基地建设方式是文件列的", WARNING, "吴川 三(二)1", plans.base_way),
    ApplicationCheck("application.incentive", "有激励基金或分红奖励", WARNING, "吴川 三(三)", plans.incentive),
    ApplicationCheck("application.terms_large", "有扶持种养大户的条款", MUST, "", plans.terms_large),
    ApplicationCheck("application.terms_small", "有扶持贫困小农户的条款", MUST, "", plans.terms_small),
    ApplicationCheck("application.terms_jobs", "有家门就业、零工散工的安排", MUST, "", plans.terms_jobs),
    ApplicationCheck(
        "application.open_to_others", "主导产业以外能帮即帮", PRINCIPLE, "吴川 三(三)3", plans.open_to_others
    ),
    ApplicationCheck("application.leading_group", "成立领导小组", MUST, "吴川 四", plans.leading_group),
    ApplicationCheck("application.counts", "总数不少于建档立卡数", WARNING, "", plans.counts),
    ApplicationCheck("application.entities", "有新型经营主体带动", PRINCIPLE, "清远 二10", plans.entities),
    ApplicationCheck("application.linkage", "有利益联结方式", MUST, "清远 二11", plans.linkage),
    ApplicationCheck("application.benefits", "有预期效益", PRINCIPLE, "清远 二12", plans.benefits),
    ApplicationCheck("application.items", "有登记的种养项目", MUST, "吴川 三(二)4", single.items),
    ApplicationCheck("application.register_items", "种养项目与台账一致", MUST, "吴川 三(二)4", single.register_items),
    ApplicationCheck(
        "application.takes_part", "参与户才能受惠", PRINCIPLE, "吴川 三(二)3", single.takes_part, PARTICIPANTS
    ),
    ApplicationCheck("application.accepted", "验收不大于申报", MUST, "吴川 三(二)4", single.accepted),
    ApplicationCheck("application.cost", "各项有核定成本", MUST, "吴川 三(二)4", single.cost),
    ApplicationCheck("application.evidence", "成本有凭证", WARNING, "吴川 三(二)4", single.evidence),
    ApplicationCheck("application.above_cost", "奖补不超成本", MUST, "吴川 三(二)4", single.above_cost),
    ApplicationCheck("application.area_range", "面积在 0–100 亩之间", WARNING, "", single.area_range),
    ApplicationCheck("application.acceptance", "验收日期先后有序", MUST, "", single.acceptance_date),
    ApplicationCheck("application.indicators", "三类绩效指标齐全", MUST, "清远 二12", single.indicators),
    ApplicationCheck("application.targets", "各指标有目标值", MUST, "清远 二12", single.target_values),
    ApplicationCheck("application.period", "起止日期先后有序", MUST, "", single.period),
    ApplicationCheck("application.brings_along", "突出带贫效果", PRINCIPLE, "清远 二12", single.brings_along),
    ApplicationCheck("fund.number", "编号没有重复", MUST, "", funds.number),
    ApplicationCheck("fund.sources", "资金来源在台账登记", MUST, "", funds.known_sources),
    ApplicationCheck("fund.kinds", "资金是文件列的渠道", WARNING, "吴川 三(一)4", funds.source_kinds),
    ApplicationCheck("fund.available", "资金来源够用", MUST, "", funds.available),
    ApplicationCheck("fund.balance", "资金来源与使用相等", MUST, "", funds.balance),
    ApplicationCheck("fund.amounts", "每笔金额大于 0", MUST, "", funds.amounts),
    ApplicationCheck("fund.price", "金额等于数量乘单价", MUST, "", funds.price),
    ApplicationCheck("fund.range", "示范镇资金在规定幅度内", PRINCIPLE, "吴川 三(一)4", funds.fund_range),
    ApplicationCheck("fund.idle_villages", "参与产业才安排资金", PRINCIPLE, "吴川 三(一)5", funds.idle_villages),
    ApplicationCheck("fund.equal_split", "没有按人分摊资金", PRINCIPLE, "吴川 三(一)5", funds.equal_split),
    ApplicationCheck(
        FUND_PLAN, "原定方案的资金按原方案使用", PRINCIPLE, "吴川 三(二)2", funds.original_plan, ORIGINAL_PLAN
    ),
    ApplicationCheck("fund.above_award", "奖补不超测算金额", MUST, "吴川 三(二)4", funds.above_award),
    ApplicationCheck("fund.above_project", "不超项目资金", WARNING, "清远 二12", funds.above_project),
    ApplicationCheck("fund.pool", "项目在项目库里", PRINCIPLE, "清远 二21", funds.in_pool),
    ApplicationCheck("fund.targets", "项目有绩效目标", MUST, "清远 二12", funds.targets),
    ApplicationCheck("fund.published", "奖补方案已公示、备案", MUST, "吴川 三(二)4", funds.published),
    ApplicationCheck("fund.paid", "更正不少于已拨付", MUST, "", funds.paid_already),
    ApplicationCheck("fund.plan", "依据的计划已批准", MUST, "", funds.plan),
    ApplicationCheck("fund.left", "不超过批准金额", MUST, "", funds.left),
    ApplicationCheck("fund.since", "提交后拨付没有变动", WARNING, "", funds.since),
    ApplicationCheck("fund.acceptance", "先验收后申请", MUST, "", funds.acceptance),
    ApplicationCheck("fund.accepted", "验收合格才拨付", MUST, "", funds.accepted),
    ApplicationCheck("fund.account", "账号通过银行卡校验", WARNING, "", funds.accounts),
    ApplicationCheck("fund.evidence", "支出有依据和附件", WARNING, "", funds.evidence),
    ApplicationCheck("report.ended", "季度已经结束", MUST, "清远 三(三)", reports.ended),
    ApplicationCheck("report.falling", "累计完成投资没有减少", MUST, "清远 三(三)", reports.falling),
    ApplicationCheck("report.without_project", "每个贫困村都有项目", PRINCIPLE, "清远 三(三)", reports.without_project),
    ApplicationCheck("report.unanswered", "每个项目都登记了本季进展", PRINCIPLE, "清远 三(三)", reports.unanswered),
    ApplicationCheck("report.late", "按期报送", PRINCIPLE, "清远 三(三)", reports.late),
    ApplicationCheck("report.over_plan", "完成投资不超计划投资一成", PRINCIPLE, "清远 三(三)", reports.over_plan),
    ApplicationCheck("report.incomplete", "季度进展填写齐全", WARNING, "清远 三(三)", reports.incomplete),
    ApplicationCheck("report.stalled", "停滞的项目写明问题", WARNING, "清远 三(三)", reports.stalled),
)


def check_application(facts: ApplicationFacts, reasons: Mapping[str, str]) -> tuple[tuple[Problem, ...], int]:
    """Findings of the document's checks, must problems first, and the number of checks that found nothing.

    Args:
        facts: The application.
        reasons: Written reasons by code of a check.
    """
    found = [check.problems(facts, reasons) for check in CHECKS if check.code in facts.checks]
    order = {severity: place for place, severity in enumerate(Severity)}
    problems = sorted((problem for one in found for problem in one), key=lambda problem: order[problem.severity])
    return tuple(problems), sum(1 for one in found if not one)


def check_named(code: str) -> ApplicationCheck | None:
    """The check of a code, or None."""
    return next((check for check in CHECKS if check.code == code), None)
