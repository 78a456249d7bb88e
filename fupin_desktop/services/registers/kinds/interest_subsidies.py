"""Subsidies of the interest of loans by period (贴息), computed from the loan and its repayments (清远 二13)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services import loans
from fupin_desktop.services.registers.acts import due_subsidies
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.kinds.microcredit_repayments import IN_LOAN, LOAN
from fupin_desktop.services.registers.parts import Filter, NamedFilter, Reference, Search, Shown, own
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage.entities import EntityLoan, InterestSubsidy
from fupin_desktop.storage.unit import Unit

_FACTS = frozenset({"loan_key", "entity_loan_key", "from_on", "to_on", "day_count", "state"})


def _rows(checked: Checked) -> Iterable[Finding]:
    """One loan, a period that goes forward, not more than is due."""
    for key, values in checked.records.items():
        if bool(values["loan"]) == bool(values["entity_loan"]):
            sentence = "请填写一笔贷款的合同号：小额信贷或主体贷款，只填其中一个。"
            yield Finding(key, "loan", sentence, Severity.MUST)
        start, end = values["from_on"], values["to_on"]
        if start and end and end <= start:
            yield Finding(key, "to_on", "计息止日应在计息起日之后。", Severity.MUST)
        if (values["paid"] or 0) > (values["due"] or 0):
            sentence = "实贴金额不得超过应贴金额：小额信贷只贴 5 万元以内、3 年以内的部分。"
            yield Finding(key, "paid", sentence, Severity.MUST, "小额信贷贴息惯例")


def _overlaps(checked: Checked) -> Iterable[Finding]:
    """No day of a loan is subsidised twice."""
    one, other = InterestSubsidy, aliased(InterestSubsidy)
    same = or_(
        and_(one.loan_key.is_not(None), one.loan_key == other.loan_key),
        and_(one.entity_loan_key.is_not(None), one.entity_loan_key == other.entity_loan_key),
    )
    both = and_(same, one.key != other.key, one.from_on < other.to_on, other.from_on < one.to_on)
    statement = select(one.key, other.from_on, other.to_on).join(other, both).where(one.key.in_(checked.records))
    for key, start, end in checked.session.execute(statement):
        sentence = f"与同一笔贷款 {start:%Y-%m-%d} 至 {end:%Y-%m-%d} 的贴息重叠。"
        yield Finding(key, "from_on", sentence, Severity.MUST)


def _compute(unit: Unit, touched: Touched) -> None:
    """Days, principal and amount of new and changed ones."""
    keys = [*touched.added, *touched.with_any(InterestSubsidy, _FACTS)]
    loans.refresh_subsidies(unit, touched.bench, keys)


REGISTER = Register(
    name="interest_subsidies",
    title="贷款贴息",
    unit="笔",
    keyword="贴息",
    tab="ledgers",
    section="金融保险",
    searched=False,
    entity=InterestSubsidy,
    parent=LOAN,
    columns=(
        Shown("village", "name", "village"),
        Shown("household", "head_name"),
        IN_LOAN,
        Reference("entity_loan_key", EntityLoan, name="contract_no", key="entity_loan"),
        *own("from_on", "to_on", "day_count", "days", "principal_fen", "rate", "due_fen", "paid_fen", "state"),
        *own("paid_on", "working", "note"),
    ),
    search=Search(("working",)),
    order="from_on",
    identity=(Identity(("loan_key", "from_on")), Identity(("entity_loan_key", "from_on"))),
    checks=(_rows, _overlaps),
    derive=_compute,
    filters={"unpaid": NamedFilter((Filter("paid_on", blank=True),), counted="未拨付")},
    papers=("subsidy_list",),
    acts=(due_subsidies.ACT,),
    layout=Layout(
        first=(
            *("head_name", "village", "loan", "entity_loan", "from_on", "to_on", "days", "principal", "rate", "due"),
            *("paid", "state"),
        ),
        groups=(
            Group("贴息", ("loan", "entity_loan", "from_on", "to_on", "day_count")),
            Group("拨付", ("paid", "state", "paid_on", "note")),
        ),
        sums=(("due", "应贴"), ("paid", "实贴")),
        empty=("还没有贴息", "登记贷款以后逐期新增，应贴金额自动计算。"),
    ),
)
