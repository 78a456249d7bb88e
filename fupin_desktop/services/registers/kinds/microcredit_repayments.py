"""Repayments of microcredit (还款)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services import loans
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import HOUSEHOLD, Parent, Reference, Search, Shown, own
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage.entities import Microcredit, MicrocreditRepayment
from fupin_desktop.storage.unit import Unit

LOAN = Parent("loan", Microcredit, "loan_key", "笔贷款", Search(("contract_no",)), above=HOUSEHOLD)
IN_LOAN = Reference("loan_key", Microcredit, name="contract_no", source="loan", key="loan")


def refresh(unit: Unit, touched: Touched) -> None:
    """Balance and due day of the loans concerned."""
    keys = {key for of_year in touched.parents_by_year(unit).values() for key in of_year if key}
    loans.refresh_loans(unit, touched.bench, keys)


def _checks(checked: Checked) -> Iterable[Finding]:
    """No day before the loan, no principal above what was lent."""
    paid = MicrocreditRepayment
    statement = (
        select(paid.key, Microcredit.key, Microcredit.lent_on, Microcredit.amount_fen)
        .join(Microcredit, Microcredit.key == paid.loan_key)
        .where(paid.key.in_(checked.records))
    )
    rows = checked.session.execute(statement).all()
    summed = dict(
        checked.session.execute(
            select(paid.loan_key, func.sum(paid.principal_fen))
            .where(paid.loan_key.in_([row[1] for row in rows]))
            .group_by(paid.loan_key)
        ).all()
    )
    for key, loan, lent_on, amount in rows:
        day = checked.records[key]["paid_on"]
        if day and lent_on and day < lent_on:
            yield Finding(key, "paid_on", f"还款日在放款日 {lent_on:%Y-%m-%d} 之前。", Severity.MUST)
        if (summed.get(loan) or 0) > (amount or 0):
            over = format_money(from_fen(summed[loan] - (amount or 0)))
            yield Finding(key, "principal", f"归还本金合计超过贷款金额 {over} 元。", Severity.MUST)


REGISTER = Register(
    name="microcredit_repayments",
    title="还款",
    unit="笔",
    keyword="还款",
    tab="ledgers",
    searched=False,
    entity=MicrocreditRepayment,
    parent=LOAN,
    columns=(
        Shown("household", "head_name"),
        IN_LOAN,
        *own("paid_on", "principal_fen", "interest_fen", "note"),
    ),
    search=Search(("note",)),
    order="paid_on",
    identity=(Identity(("loan_key", "paid_on")),),
    checks=(_checks,),
    derive=refresh,
    layout=Layout(
        first=("paid_on", "principal", "interest"),
        groups=(Group("还款", ("loan", "paid_on", "principal", "interest", "note")),),
        sums=(("principal", "本金"),),
        empty=("还没有还款", "在贷款资料里逐笔新增。"),
    ),
)
