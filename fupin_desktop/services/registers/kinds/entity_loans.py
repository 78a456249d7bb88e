"""Loans of business entities by the households they bring along (清远 二13)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, distinct, func, select

from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services import loans
from fupin_desktop.services.registers.by_year import counting, seen
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.due_states import due_state, loan_filters
from fupin_desktop.services.registers.household_counts import HELPED
from fupin_desktop.services.registers.parts import (
    ENTITY,
    IN_ENTITY,
    Computed,
    Search,
    Shown,
    own,
)
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import EntityLoan, Household, Linkage
from fupin_desktop.storage.fields import Field, Kind
from fupin_desktop.storage.unit import Unit

_FACTS = frozenset({"amount_fen", "lent_on", "due_on", "repaid_on", "rate"})


def _households(bench: Workbench, year: int) -> ColumnElement[Any]:
    """Registered poor households (建档立卡贫困户) that the entity brings along in the year, each once."""
    helped = counting(bench, Household.household_class, year).in_(HELPED)
    counted = select(func.count(distinct(Household.key))).join(Linkage, Linkage.household_key == Household.key)
    counted = counted.where(Linkage.entity_key == EntityLoan.entity_key, Linkage.year == year, helped)
    return counted.correlate(EntityLoan).scalar_subquery()


def _most(bench: Workbench, year: int) -> ColumnElement[Any]:
    limits = loans.limits_of(bench)
    by_households = _households(bench, year) * int(limits.per_household * 100)
    return func.min(by_households, int(limits.cap * 100))


def _margin(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    return EntityLoan.rate - EntityLoan.base_rate


def _limits(checked: Checked) -> Iterable[Finding]:
    """Each limit with its working, over all running loans of the entity."""
    limits, clause = loans.limits_of(checked.bench), checked.policy("entity_loan_cap").clause
    base_rate, brought = loans.base_rates(checked.session), _brought(checked)
    one = EntityLoan
    known = checked.beside(one.entity_key, one.amount_fen, where=(one.repaid_on.is_(None),))
    for entity, keys in checked.families():
        running = [key for key in keys if checked.records[key]["repaid_on"] is None]
        others = sum(fen or 0 for (fen,) in known[entity])
        lent = from_fen(others + sum(checked.records[key]["amount"] or 0 for key in running))
        together = f"(其中已有未还清的 {format_money(from_fen(others))} 元)" if others else ""
        for key in running:
            values = checked.records[key]
            stored = base_rate(values["lent_on"], values["due_on"])
            base = loans.per_cent(stored) if stored is not None else None
            of_entity = brought.get(entity, _Brought())
            for limit in limits.of(lent, of_entity.helped, loans.per_cent(values["rate"]), base):
                if not limit.kept:
                    told = f"{together}{of_entity.told}" if limit.field == "amount" else ""
                    yield Finding(key, limit.field, f"{limit.working}，不得超过{told}。", Severity.MUST, clause)
            if stored is None and values["lent_on"]:
                yield Finding(key, "rate", "没有登记这一天的基准利率，上浮幅度还不能核对。")


class _Brought(NamedTuple):
    """Households that an entity brings along in a year, each once: registered poor ones, and all of them."""

    helped: int = 0
    linked: int = 0

    @property
    def told(self) -> str:
        """That some are not counted; empty where all are."""
        others = self.linked - self.helped
        return f"(另有 {others} 户不是建档立卡贫困户，不计)" if others else ""


def _brought(checked: Checked) -> dict[str, _Brought]:
    """What each entity brings along."""
    link, helped = Linkage, seen(checked.session, Household.household_class, checked.year).in_(HELPED)
    numbers = func.count(distinct(case((helped, Household.key)))), func.count(distinct(Household.key))
    found: dict[str, _Brought] = {}
    for part in chunks(sorted(set(checked.parents.values()))):
        counted = select(link.entity_key, *numbers).join(Household, Household.key == link.household_key)
        counted = counted.where(link.entity_key.in_(part), link.year == checked.year).group_by(link.entity_key)
        found |= {str(entity): _Brought(*row) for entity, *row in checked.session.execute(counted)}
    return found


def _days(checked: Checked) -> Iterable[Finding]:
    for key, values in checked.records.items():
        lent, due, repaid = values["lent_on"], values["due_on"], values["repaid_on"]
        if lent and due and due <= lent:
            yield Finding(key, "due_on", "到期日应在放款日之后。", Severity.MUST)
        if lent and repaid and repaid < lent:
            yield Finding(key, "repaid_on", "还清日在放款日之前。", Severity.MUST)


def _refresh(unit: Unit, touched: Touched) -> None:
    """The base rate of new and changed loans, and their subsidies."""
    loans.refresh_entity_loans(unit, touched.bench, [*touched.added, *touched.with_any(EntityLoan, _FACTS)])


_COUNTED = "本年利益联结里的建档立卡贫困户(贫困户、脱贫户、监测户)，一户只算一次；边缘户、一般户不算进额度。"
_COUNT = Field("households", "带动户数", Kind.INTEGER, unit="户", help=_COUNTED)
_LIMIT = Field("most", "额度上限", Kind.MONEY, unit="元", summed=False, help="每户 10 万元乘户数，最高 200 万元。")
REGISTER = Register(
    name="entity_loans",
    title="主体贷款",
    unit="笔",
    keyword="主体贷款",
    tab="ledgers",
    section="金融保险",
    entity=EntityLoan,
    parent=ENTITY,
    columns=(
        IN_ENTITY,
        Shown("village", "name", "village"),
        *own("bank", "contract_no", "amount_fen"),
        Computed(_COUNT, _households),
        Computed(_LIMIT, _most),
        *own("lent_on", "due_on", "repaid_on"),
        due_state("due_state", lambda: EntityLoan.due_on, lambda: EntityLoan.repaid_on.is_not(None)),
        *own("rate", "base_rate"),
        Computed(Field("margin", "上浮百分点", Kind.PERCENT), _margin),
        *own("mode", "industry_fund", "note", "papers"),
    ),
    search=Search(("contract_no",)),
    identity=(
        Identity(("contract_no",)),
        Identity(
            ("entity_key", "bank", "lent_on", "amount_fen", "contract_no"),
            blank=frozenset({"contract_no"}), alike=True,
        ),
    ),
    unique=(Unique(("contract_no",), Severity.MUST),),
    later=("contract_no",),
    checks=(_limits, _days),
    derive=_refresh,
    filters=loan_filters("due_state", "主体贷款"),
    papers=("loan_register",),
    layout=Layout(
        first=(
            *("entity", "village", "bank", "contract_no", "amount", "households", "most", "lent_on", "due_on"),
            *("due_state", "rate", "base_rate", "margin", "mode"),
        ),
        groups=(
            Group("贷款", ("entity", "bank", "contract_no", "amount", "lent_on", "due_on")),
            Group("条件", ("rate", "mode", "industry_fund", "repaid_on", "note")),
        ),
        sums=(("amount", "贷款"),),
        empty=("还没有主体贷款", "先登记经营主体和利益联结，再逐笔新增。"),
    ),
)
