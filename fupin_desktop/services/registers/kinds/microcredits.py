"""Microcredit to households (扶贫小额信贷, 吴川 三(三)4, 清远 二13)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import ColumnElement, or_, select

from fupin_desktop.domain.area import to_milli
from fupin_desktop.domain.money import format_money, from_fen, to_fen
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services import loans
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.due_states import due_state, loan_filters
from fupin_desktop.services.registers.household_size import SIZE
from fupin_desktop.services.registers.kinds import interest_subsidies, microcredit_renewals, microcredit_repayments
from fupin_desktop.services.registers.parts import (
    HOUSEHOLD,
    IN_HOUSEHOLD,
    Filter,
    NamedFilter,
    Reference,
    Search,
    own,
)
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import Microcredit, Participation, Person, Project
from fupin_desktop.storage.unit import Unit

_FACTS = frozenset({"amount_fen", "lent_on", "due_on", "rate", "subsidy_rate"})


def _limits(checked: Checked) -> Iterable[Finding]:
    """At most 10 万 a household in all; 5 万 at least for a large one, in principle (吴川 三(三)4)."""
    cap, floor = checked.policy("microcredit_cap"), checked.policy("microcredit_large_floor")
    large_ones = _large(checked)
    for key, lent in _lent(checked).items():
        values = checked.records[key]
        if lent > to_fen(cap.value):
            sums = [format_money(amount) for amount in (from_fen(lent), cap.value, from_fen(lent) - cap.value)]
            sentence = "本户未还清的贷款合计 {} 元，不得超过 {} 元，多出 {} 元。".format(*sums)
            yield Finding(key, "amount", sentence, Severity.MUST, cap.clause)
        if key in large_ones and lent < to_fen(floor.value) and not values["reason"]:
            amounts = format_money(from_fen(lent)), format_money(floor.value)
            sentence = "种养大户贷款合计 {} 元，原则上不低于 {} 元；请在“说明”里写明理由。".format(*amounts)
            yield Finding(key, "reason", sentence, Severity.PRINCIPLE, floor.clause)


def _lent(checked: Checked) -> dict[str, int]:
    """分 lent to the household of each record, in loans that are not repaid; of a repaid record nothing is said."""
    owed = checked.beside(Microcredit.household_key, Microcredit.amount_fen, where=(_open(),))
    found: dict[str, int] = {}
    for household, keys in checked.families():
        running = [key for key in keys if checked.records[key]["balance"] != 0]
        lent = sum(fen or 0 for (fen,) in owed[household]) + sum(checked.records[key]["amount"] or 0 for key in running)
        found |= dict.fromkeys(running, lent)
    return found


def _large(checked: Checked) -> set[str]:
    """Loans of households that plant enough to be 种养大户 by the rule of the loans (吴川 三(三)4)."""
    start = to_milli(Decimal(str(checked.policy("microcredit_large_area").value)))
    part = Participation
    large: set[str] = set()
    for households in chunks(sorted(set(checked.parents.values()))):
        of_year = (part.household_key.in_(households), part.year == checked.year, part.area_total_milli >= start)
        large |= set(checked.session.scalars(select(part.household_key).where(*of_year)))
    return {key for key, household in checked.parents.items() if household in large}


def _open() -> ColumnElement[bool]:
    return or_(Microcredit.balance_fen.is_(None), Microcredit.balance_fen > 0)


def _rows(checked: Checked) -> Iterable[Finding]:
    """Used for production alone; due after it was lent."""
    uses = checked.policy("microcredit_uses")
    for key, values in checked.records.items():
        if values["purpose"] and values["purpose"] not in uses.value:
            sentence = f"“{values['purpose']}”不是生产用途，小额信贷只能用于发展生产。"
            yield Finding(key, "purpose", sentence, Severity.MUST, uses.clause)
        lent, due = values["lent_on"], values["due_on"]
        if lent and due and due <= lent:
            yield Finding(key, "due_on", "到期日应在放款日之后。", Severity.MUST)


def _refresh(unit: Unit, touched: Touched) -> None:
    """Balance, due day and subsidies of new and changed loans."""
    loans.refresh_loans(unit, touched.bench, [*touched.added, *touched.with_any(Microcredit, _FACTS)])
    left = {household for of_year in touched.left.values() for household in of_year}
    loans.refresh_loans_of(unit, touched.bench, left)


REGISTER = Register(
    name="microcredits",
    title="小额信贷",
    unit="笔",
    keyword="小额信贷",
    tab="ledgers",
    section="金融保险",
    entity=Microcredit,
    parent=HOUSEHOLD,
    columns=(
        *IN_HOUSEHOLD,
        SIZE,
        Reference("borrower_key", Person, codes=("id_number", "code"), key="borrower"),
        Reference("project_key", Project, codes=("code",), key="project"),
        *own("bank", "contract_no", "amount_fen", "lent_on", "due_on", "final_due_on"),
        due_state("due_state", lambda: Microcredit.final_due_on, lambda: Microcredit.balance_fen <= 0),
        *own("balance_fen", "rate", "subsidy_rate", "purpose", "credit_rating", "reason", "note", "papers"),
    ),
    search=Search(("contract_no",)),
    identity=(
        Identity(("contract_no",)),
        Identity(
            ("household_key", "bank", "lent_on", "amount_fen", "contract_no"),
            blank=frozenset({"contract_no"}), alike=True,
        ),
    ),
    unique=(Unique(("contract_no",), Severity.MUST),),
    later=("contract_no",),
    checks=(_limits, _rows),
    derive=_refresh,
    children=(microcredit_repayments.REGISTER, microcredit_renewals.REGISTER, interest_subsidies.REGISTER),
    filters={
        **loan_filters("due_state", "小额信贷"),
        "open": NamedFilter((Filter("balance", low="0.01"),)),
    },
    papers=("loan_register",),
    layout=Layout(
        first=(
            *("head_name", "village", "size", "borrower", "bank", "contract_no", "amount", "balance", "lent_on"),
            *("final_due_on", "due_state", "rate", "purpose"),
        ),
        groups=(
            Group("贷款", ("head_name", "borrower", "bank", "contract_no", "amount", "lent_on", "due_on")),
            Group("用途", ("purpose", "project")),
            Group("利率", ("rate", "subsidy_rate", "credit_rating")),
            Group("其他", ("reason", "note")),
        ),
        sums=(("amount", "贷款"), ("balance", "余额")),
        empty=("还没有小额信贷", "从银行的放款清单导入，或在农户资料里逐笔新增。"),
    ),
)
