"""Checks of fund use plans (使用计划呈批表) and approval sheets (资金审批表): 吴川 三(一)4–5, 三(二)2–5."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from fupin_desktop.domain.bank import luhn_ok
from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.money import FEN
from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.policy.applications.facts import AllocationFact, ApplicationFacts, Finding
from fupin_desktop.policy.applications.fund_facts import (
    ZERO,
    ClaimFact,
    FundFacts,
    SourceFact,
)
from fupin_desktop.policy.applications.plans import is_equal_split, same_per_head, speaks_of_equal_split
from fupin_desktop.policy.funds import keeps_plan

ACCEPTED, NEARLY = "合格", "基本合格"
_RANGED = "demonstration_fund_batches"
_OBJECTIONS, _NONE = "notice_objections", "无异议"
_PERIOD = "notice_period"
_SETTLED = ("没有异议", "处理", "核实", "办结", "解决", "不成立")
_FundCheck = Callable[[ApplicationFacts, FundFacts], Iterator[Finding]]


def _of_money(find: _FundCheck) -> Callable[[ApplicationFacts], Iterator[Finding]]:
    """A check that finds nothing where the application is no document of money."""

    def check(facts: ApplicationFacts) -> Iterator[Finding]:
        if facts.fund is not None:
            yield from find(facts, facts.fund)

    check.__doc__ = find.__doc__
    return check


def _yuan(amount: Decimal) -> str:
    return f"{amount:,.2f} 元"


@_of_money
def number(_facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """A number (编号) stands for one document of its year."""
    if funds.same_number:
        yield f"编号与{funds.same_number}的重复，请改用没有用过的编号", "number"


@_of_money
def known_sources(_facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """Money comes from sources of the ledger (吴川 三(一)4, 三(二)5)."""
    if not funds.sources:
        yield "资金来源还没有填写，请从资金台账选取", "sources"
    for row in funds.sources:
        if row.key or not row.name.strip():
            continue
        why = "台账里没有这笔资金，请先登记" if row.matching == 0 else f"台账里有 {row.matching} 笔同名资金，请写明文号"
        yield f"资金来源“{row.name}”：{why}", f"{row.path}.source"


@_of_money
def source_kinds(facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """The kinds of money that the document names (吴川 三(一)4 for towns, 三(二)2 and 5 for villages).

    What a town got may be allocated to its villages; so only money of none of these kinds is told. The funds that the
    documents have set up (吴川 三(三), 清远 二13) are meant for industry anyway.
    """
    named = facts.words("town_fund_sources")
    if not facts.of_town:
        named = (*facts.words("village_fund_sources"), FundKind.PER_HEAD_20000.label, *named)
    for row in funds.sources:
        if row.kind and not any(_same_kind(row.kind, word) for word in (*named, *_SET_UP)):
            told = f"“{row.name}”是{row.kind}，文件列的渠道是{'、'.join(named)}，请核对用途"
            yield told, f"{row.path}.source"


def _same_kind(kind: str, word: str) -> bool:
    """Whether two names of money mean the same: one begins like the other, quotes and endings apart."""
    one, other = (name.replace("“", "").replace("”", "")[:_KIND_LENGTH] for name in (kind, word))
    return one == other


_SET_UP = (FundKind.INCENTIVE_FUND.label, FundKind.INDUSTRY_FUND.label)
_KIND_LENGTH = 6
"""Characters by which the names of kinds of money differ."""


def _by_source(funds: FundFacts) -> list[tuple[SourceFact, Decimal]]:
    """The sources of the ledger, each once by its first row, with what the plan takes of it."""
    wanted: dict[str, Decimal] = defaultdict(Decimal)
    first: dict[str, SourceFact] = {}
    for row in funds.sources:
        if row.key:
            wanted[row.key] += row.amount or ZERO
            first.setdefault(row.key, row)
    return [(row, wanted[key]) for key, row in first.items()]


@_of_money
def available(facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """No more is planned than a source has on the plan's day (吴川 三(一)4)."""
    on = f"到 {facts.made_on.isoformat()} " if facts.made_on is not None else ""
    for row, wanted in _by_source(funds):
        if wanted > row.available:
            yield (
                f"“{row.name}”{on}可安排 {_yuan(row.available)}，本计划要用 {_yuan(wanted)}，"
                f"还差 {_yuan(wanted - row.available)}",
                f"{row.path}.amount",
            )


@_of_money
def paid_already(_facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """A correction leaves no payment without its allocation."""
    for row, wanted in _by_source(funds):
        if wanted < row.paid:
            sentence = f"“{row.name}”按原计划已拨付 {_yuan(row.paid)}，更正后只有 {_yuan(wanted)}，请先冲销多拨的部分"
            yield sentence, f"{row.path}.amount"
    for name, paid in funds.left_out.items():
        yield f"“{name}”按原计划已拨付 {_yuan(paid)}，不能从资金来源里去掉，请先冲销", "sources"
    if not funds.sheet and funds.on_way and funds.total < funds.paid + funds.on_way:
        yield (
            f"按原计划已拨付 {_yuan(funds.paid)}，审批表已申请待拨 {_yuan(funds.on_way)}，"
            f"更正后只有 {_yuan(funds.total)}，请先更正审批表",
            "uses",
        )
    if funds.sheet and funds.total < funds.own_paid:
        yield (
            f"这份审批表已拨付 {_yuan(funds.own_paid)}，更正后只有 {_yuan(funds.total)}，请先冲销多拨的部分",
            "items",
        )


@_of_money
def balance(_facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """Sources and uses agree to the 分."""
    coming, going = funds.sources_total, funds.total
    if coming != going:
        more, less = ("来源", "使用计划") if coming > going else ("使用计划", "来源")
        yield (
            f"资金来源合计 {_yuan(coming)}，使用计划合计 {_yuan(going)}，{more}比{less}多 {_yuan(abs(coming - going))}",
            "uses",
        )


@_of_money
def amounts(_facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """Every amount is above 0."""
    given = [(row.path, row.amount) for row in funds.sources] + [(row.path, row.amount) for row in funds.rows]
    for path, amount in given:
        if amount is not None and amount <= 0:
            yield f"{_place(path)}的金额应大于 0", f"{path}.amount"
    if funds.sheet and funds.total <= 0:
        yield "本次申请金额应大于 0，请填写支出明细", "items"


def _place(path: str) -> str:
    """``uses[2]`` as people say it."""
    words = {"sources": "资金来源", "uses": "使用计划", "items": "支出明细"}
    name, _, row = path.partition("[")
    return f"“{words.get(name, name)}”第 {int(row.rstrip(']')) + 1} 行"


@_of_money
def in_pool(_facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """What a plan is for stands in the pool, in principle (清远 二21)."""
    for one in funds.pool or ():
        if not one.pooled:
            stands = f"在项目库里还是“{one.state}”，没有入库" if one.state else "不在项目库"
            yield f"项目“{one.name}”{stands}，原则上从项目库里选项目，请先入库或说明原因", "project"


@_of_money
def targets(_facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """No plan of a project of the pool without its performance targets (清远 二12)."""
    for one in funds.pool or ():
        if one.state and not one.targets:
            yield f"项目“{one.name}”还没有本年度的绩效目标，请先在“台账 → 绩效管理”登记", "performance"


@_of_money
def price(_facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """An amount is quantity × price, to the 分, where both are given."""
    for row in funds.uses:
        if row.quantity is None or row.price is None or row.amount is None:
            continue
        product = (row.quantity * row.price).quantize(FEN, ROUND_HALF_UP)
        if product != row.amount:
            sentence = f"“{row.item}”数量乘单价是 {_yuan(product)}，金额填的是 {_yuan(row.amount)}"
            yield sentence, f"{row.path}.amount"


@_of_money
def fund_range(facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """Towns of batches 1 and 2 get 100–300 万元 in a year in principle; batch 3 what is raised (吴川 三(一)4)."""
    if funds.batch not in facts.words(_RANGED):
        return
    low, high = facts.number("demonstration_fund_min"), facts.number("demonstration_fund_max")
    together = funds.total + funds.planned_elsewhere
    if not low <= together <= high:
        others = f"(连同本年度其他计划 {_yuan(funds.planned_elsewhere)})" if funds.planned_elsewhere else ""
        limits = [f"{(limit / 10000).normalize():f}" for limit in (low, high)]
        yield (
            f"{funds.batch}示范镇专项资金原则上为 {limits[0]}–{limits[1]} 万元，计划使用 {_yuan(together)}{others}，"
            "请调整或说明原因",
            "total",
        )


@_of_money
def idle_villages(facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """Towns and villages that do not take part get nothing in principle (吴川 三(一)5)."""
    if funds.takes_part is False:
        where = "全镇" if facts.of_town else "本村"
        yield f"台账里{where}还没有参与产业的户，不参与的原则上不安排资金，请登记参与情况或说明原因", ""
    for row in funds.uses:
        if row.takes_part is False and (row.amount or ZERO) > 0:
            yield f"{row.place}没有参与户，原则上不安排资金，请调整或说明原因", f"{row.path}.place"


@_of_money
def equal_split(_facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """No equal split per household, neither in the uses, nor in the items, nor in words (吴川 三(一)5).

    Awards are left out, for their calculation was looked at itself.
    """
    shared = [(row.amount, row.heads) for row in funds.uses if row.heads and row.amount and not row.claim]
    if same_per_head(shared):
        yield f"使用计划里 {len(shared)} 笔资金按户数算都一样，近似按户分摊，请说明原因", "uses"
    for item, rows in _items_of(funds).items():
        if is_equal_split(rows):
            about = "是" if len({row.amount for row in rows}) == 1 else "约"
            sentence = f"“{item}”{len(rows)} 个收款户都{about} {_yuan(rows[0].amount)}，近似按户平均分配，请说明原因"
            yield sentence, "items"
    for path, text in funds.texts.items():
        if speaks_of_equal_split(text):
            yield "写了按人或平均分摊，应打破“平均主义”，请修改或说明原因", path


def _items_of(funds: FundFacts) -> dict[str, list[AllocationFact]]:
    """Payees by item, each once."""
    found: dict[str, dict[str, AllocationFact]] = defaultdict(dict)
    for row in funds.items:
        if not row.claim and row.amount and row.payee.strip():
            before = found[row.item].get(row.payee)
            amount = row.amount + (before.amount if before else ZERO)
            found[row.item][row.payee] = AllocationFact(row.path, row.payee, 1, amount, None)
    return {item: list(rows.values()) for item, rows in found.items()}


@_of_money
def original_plan(_facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """Money bound to its original plan goes to that plan, and not to awards, in principle (吴川 三(二)2)."""
    bound = [row for row in funds.sources if row.original_plan.strip()]
    for row in bound:
        if not keeps_plan(row.original_plan, funds.project):
            sentence = f"“{row.name}”已有原定用途({row.original_plan})，应用于原方案，不列入“{funds.project}”"
            yield sentence, f"{row.path}.source"
    awards = [claim for claim in funds.claims if claim.awards]
    if bound and awards:
        yield f"“{bound[0].name}”已有原定用途，不用于奖补({awards[0].name})", f"{bound[0].path}.source"


def _over(funds: FundFacts, *, awards: bool) -> Iterator[tuple[ClaimFact, Decimal]]:
    """What is claimed above what there is, with how much is claimed in all."""
    for claim in funds.claims:
        if claim.awards is not awards:
            continue
        here = sum((row.amount or ZERO for row in funds.rows if claim.covers(row.claim)), ZERO)
        if here + claim.elsewhere + claim.paid > claim.ceiling:
            yield claim, here


@_of_money
def above_award(_facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """Awards are planned and paid as they were calculated, within the verified cost (吴川 三(二)4)."""
    for claim, here in _over(funds, awards=True):
        yield _claimed(claim, here, "测算的奖补"), f"{claim.path}.amount" if claim.path else ""


@_of_money
def above_project(_facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """A project gets what its performance targets speak of (清远 二12)."""
    for claim, here in _over(funds, awards=False):
        yield _claimed(claim, here, "绩效目标表的资金"), f"{claim.path}.amount" if claim.path else ""


def _claimed(claim: ClaimFact, here: Decimal, what: str) -> str:
    others = f"，连同其他表已列的 {_yuan(claim.elsewhere)}" if claim.elsewhere else ""
    paid = f"，台账按方案已拨付 {_yuan(claim.paid)}" if claim.paid else ""
    return f"{claim.name}列了 {_yuan(here)}{others}{paid}，超过{what} {_yuan(claim.ceiling)}"


@_of_money
def published(facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """Awards are paid after their publicity and filing (吴川 三(二)4)."""
    told: dict[str, str] = {}
    for claim in funds.claims:
        if claim.gate:
            told.setdefault(claim.gate, claim.path)
    yield from told.items()
    period = str(facts.values.get(_PERIOD) or "")
    if period in funds.withdrawn:
        yield f"公示时间“{period}”是已撤回的那次公示的，请改为现在这次公示的", _PERIOD
    said = str(facts.values.get(_OBJECTIONS) or "")
    if "有异议" in said and not any(word in said for word in _SETTLED):
        yield "公示期间的异议还没有处理完，处理完再安排资金", _OBJECTIONS
    if said.startswith(_NONE) and funds.registered not in (None, _NONE):
        registered = f"异议登记里是“{funds.registered}”" if funds.registered else "公示还没有期满，或异议没有办结"
        yield f"“有无异议”写的是“{said}”，{registered}", _OBJECTIONS


@_of_money
def plan(facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """A sheet draws on a plan approved before it."""
    if funds.plan_gate:
        yield funds.plan_gate, "plan_number"
    elif funds.plan_since is not None and facts.made_on is not None and facts.made_on < funds.plan_since:
        yield f"申请日期早于呈批表的批准日期 {say_date(funds.plan_since)}，请核对", facts.path("made_on")


@_of_money
def left(_facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """What is left of the plan never goes below zero, other sheets on their way counted."""
    rest = funds.approved - funds.paid - funds.on_way
    if funds.total > rest:
        waiting = f"、其他审批表在办和待拨 {_yuan(funds.on_way)}" if funds.on_way else ""
        yield (
            f"计划批准 {_yuan(funds.approved)}，已拨付 {_yuan(funds.paid)}{waiting}，"
            f"还可以申请 {_yuan(max(rest, ZERO))}，本次申请 {_yuan(funds.total)}，超出 {_yuan(funds.total - rest)}",
            "items",
        )


@_of_money
def since(_facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """What was paid has not changed since the sheet was submitted."""
    if funds.shown_paid is not None and funds.shown_paid != funds.paid:
        yield (
            f"提交后计划的拨付有变动：表上已拨付 {_yuan(funds.shown_paid)}，现在是 {_yuan(funds.paid)}；"
            "需要更正时请撤回后重新提交",
            "paid",
        )


@_of_money
def acceptance(facts: ApplicationFacts, _funds: FundFacts) -> Iterator[Finding]:
    """Acceptance is not later than the claim, the claim not later than the town's opinion."""
    found = facts.get("accepted_on")
    path = facts.path("accepted_on") or "accepted_on"
    if not isinstance(found, date):
        yield "请填写验收日期", path
    elif facts.made_on is not None and found > facts.made_on:
        yield f"验收日期 {found.isoformat()} 晚于申请日期 {facts.made_on.isoformat()}，应先验收后申请", path


@_of_money
def accepted(facts: ApplicationFacts, _funds: FundFacts) -> Iterator[Finding]:
    """Money follows a passed acceptance; one that is nearly passed says what remains to be done."""
    said = str(facts.values.get("acceptance") or "")
    if said == NEARLY and not str(facts.values.get("acceptance_note") or "").strip():
        yield "验收结论是“基本合格”，请在验收说明里写明还要整改什么", "acceptance_note"
    elif said not in (ACCEPTED, NEARLY):
        yield f"验收结论是“{said}”，验收合格后才能拨付" if said else "请填写验收结论，验收合格后才能拨付", "acceptance"


@_of_money
def accounts(_facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """An account passes the check of bank cards; passbooks may rightly fail it."""
    for row in funds.items:
        if row.account.strip() and not luhn_ok(row.account):
            yield f"{row.payee or _place(row.path)}的账号通不过银行卡校验，请核对", f"{row.path}.account"


@_of_money
def evidence(_facts: ApplicationFacts, funds: FundFacts) -> Iterator[Finding]:
    """Each item says on what paper it rests."""
    missing = [row for row in funds.items if row.amount and not row.evidence.strip() and not row.sheets]
    if missing:
        more = f"等 {len(missing)} 项" if len(missing) > 1 else ""
        yield f"“{missing[0].item}”{more}没有写依据和附件张数", f"{missing[0].path}.evidence"
