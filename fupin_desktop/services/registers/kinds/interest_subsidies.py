"""Subsidies of the interest of loans by period (贴息), computed from the loan and its repayments (清远 二13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.register_words import SubsidyState
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services import loans
from fupin_desktop.services.registers.acts import due_subsidies
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.kinds.microcredit_repayments import IN_LOAN, LOAN
from fupin_desktop.services.registers.parts import (
    HOUSEHOLD,
    VILLAGE,
    Computed,
    Filter,
    NamedFilter,
    Reference,
    Search,
    Shown,
    own,
)
from fupin_desktop.services.registers.posted import published
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import Entity, EntityLoan, Household, InterestSubsidy
from fupin_desktop.storage.fields import Field, Kind
from fupin_desktop.storage.unit import Unit

_FACTS = frozenset({"loan_key", "entity_loan_key", "from_on", "to_on", "day_count", "state"})


def _village() -> ColumnElement[Any]:
    """Key of the village of the household, or of the entity, whose loan it is."""
    found = select(Entity.village_key).join(EntityLoan, EntityLoan.entity_key == Entity.key)
    found = found.where(EntityLoan.key == InterestSubsidy.entity_loan_key).correlate(InterestSubsidy)
    return func.coalesce(Household.village_key, found.scalar_subquery())


OF_LOAN = replace(LOAN, above=replace(HOUSEHOLD, above=replace(VILLAGE, found_by=_village)))


def _entity(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    """Name of the entity whose loan it is."""
    named = select(Entity.name).join(EntityLoan, EntityLoan.entity_key == Entity.key)
    return named.where(EntityLoan.key == InterestSubsidy.entity_loan_key).correlate(InterestSubsidy).scalar_subquery()


def _rows(checked: Checked) -> Iterable[Finding]:
    """One loan, a period that goes forward, not more than is due."""
    for key, values in checked.records.items():
        if bool(values["loan"]) == bool(values["entity_loan"]):
            sentence = "请填写一笔贷款的合同号：小额信贷或主体贷款，只填其中一个。"
            yield Finding(key, "loan", sentence, Severity.MUST)
            continue
        start, end = values["from_on"], values["to_on"]
        if start and end and end <= start:
            yield Finding(key, "to_on", "计息止日应在计息起日之后。", Severity.MUST)
        due = _due(checked, key)
        if (values["paid"] or 0) > due:
            told = f"实贴金额不得超过应贴金额 {format_money(from_fen(due))} 元"
            if values["loan"]:
                sentence = f"{told}：小额信贷每户只贴 5 万元以内、3 年以内的部分。"
                yield Finding(key, "paid", sentence, Severity.MUST, "小额信贷贴息惯例")
            else:
                yield Finding(key, "paid", f"{told}。", Severity.MUST, "清远 二13")


def _due(checked: Checked, key: str) -> int:
    """分 due: as computed with the record, or what a row of an import would come to."""
    values = checked.records[key]
    start, end = values["from_on"], values["to_on"]
    if checked.registered.get(key) == key or not values["paid"] or start is None or end is None:
        return values["due"] or 0
    loan = {"loan_key": values["loan"]} if values["loan"] else {"entity_loan_key": values["entity_loan"]}
    return loans.subsidy_of(checked.session, checked.bench, start, end, values["day_count"], **loan)


def _overlaps(checked: Checked) -> Iterable[Finding]:
    """No day of a loan is subsidised twice."""
    one = InterestSubsidy
    loan_of = {**checked.referred("entity_loan", one.entity_loan_key), **checked.referred("loan", one.loan_key)}
    periods: dict[str, list[tuple[str, date, date]]] = defaultdict(list)
    taken = set(checked.registered.values())
    for part in chunks(sorted(set(loan_of.values()))):
        statement = select(one.key, func.coalesce(one.loan_key, one.entity_loan_key), one.from_on, one.to_on)
        about = one.loan_key.in_(part) | one.entity_loan_key.in_(part)
        for key, loan, start, end in checked.session.execute(statement.where(about)):
            if key not in taken and start and end:
                periods[loan].append((key, start, end))
    for key, loan in loan_of.items():
        start, end = checked.records[key]["from_on"], checked.records[key]["to_on"]
        if start and end:
            periods[loan].append((key, start, end))
    for key, loan in loan_of.items():
        own = next(((start, end) for one_key, start, end in periods[loan] if one_key == key), None)
        for other, start, end in periods[loan]:
            if own and other != key and start < own[1] and own[0] < end:
                sentence = f"与同一笔贷款 {start:%Y-%m-%d} 至 {end:%Y-%m-%d} 的贴息重叠。"
                yield Finding(key, "from_on", sentence, Severity.MUST)


def _paid(checked: Checked) -> Iterable[Finding]:
    """What is paid says when and how much; what says when is paid."""
    for key, values in checked.records.items():
        paid = values["state"] == SubsidyState.PAID.value
        if paid and (values["paid_on"] is None or values["paid"] is None):
            yield Finding(key, "state", "状态是“已拨付”，没有填写拨付日或实贴金额；用“发放”办理的会自动填好。")
        elif values["paid_on"] is not None and not paid:
            yield Finding(key, "state", "填写了拨付日，状态还不是“已拨付”，请核对。")


def _compute(unit: Unit, touched: Touched) -> None:
    """Days, principal and amount of new and changed ones."""
    keys = [*touched.added, *touched.with_any(InterestSubsidy, _FACTS)]
    loans.refresh_subsidies(unit, touched.bench, keys, touched.added)


REGISTER = Register(
    name="interest_subsidies",
    title="贷款贴息",
    unit="笔",
    keyword="贴息",
    tab="ledgers",
    section="金融保险",
    searched=False,
    entity=InterestSubsidy,
    parent=OF_LOAN,
    columns=(
        Shown("village", "name", "village"),
        Shown("household", "head_name"),
        Computed(Field("entity", "主体名称", Kind.TEXT, width=28), _entity),
        IN_LOAN,
        Reference("entity_loan_key", EntityLoan, name="contract_no", key="entity_loan"),
        *own("from_on", "to_on", "day_count", "days", "principal_fen", "rate", "due_fen", "paid_fen", "state"),
        *own("paid_on", "working", "note"),
    ),
    search=Search(("working",)),
    order="from_on",
    identity=(Identity(("loan_key", "from_on")), Identity(("entity_loan_key", "from_on"))),
    checks=(_rows, _overlaps, published("subsidy", SubsidyState.POSTED, SubsidyState.PAID), _paid),
    derive=_compute,
    filters={"unpaid": NamedFilter((Filter("paid_on", blank=True),), counted="未拨付")},
    papers=("subsidy_list",),
    acts=(due_subsidies.ACT,),
    layout=Layout(
        first=(
            *("head_name", "entity", "village", "loan", "entity_loan", "from_on", "to_on", "days", "principal"),
            *("rate", "due", "paid", "state"),
        ),
        groups=(
            Group("贴息", ("loan", "entity_loan", "from_on", "to_on", "day_count")),
            Group("拨付", ("paid", "state", "paid_on", "note")),
        ),
        sums=(("due", "应贴"), ("paid", "实贴")),
        empty=("还没有贴息", "登记贷款以后逐期新增，应贴金额自动计算。"),
    ),
)
