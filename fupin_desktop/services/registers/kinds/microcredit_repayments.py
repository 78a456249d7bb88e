"""Repayments of microcredit (还款)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services import loans
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import HOUSEHOLD, Parent, Reference, Search, Shown, own
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage.bulk import chunks
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
    repaid = checked.beside(MicrocreditRepayment.loan_key, MicrocreditRepayment.principal_fen)
    lent = _lent(checked)
    for owner, keys in checked.families():
        lent_on, amount = lent[owner]
        over = sum(fen or 0 for (fen,) in repaid[owner]) - amount
        over += sum(checked.records[key]["principal"] or 0 for key in keys)
        for key in keys:
            day = checked.records[key]["paid_on"]
            if day and lent_on and day < lent_on:
                yield Finding(key, "paid_on", f"还款日在放款日 {lent_on:%Y-%m-%d} 之前。", Severity.MUST)
            if over > 0:
                sentence = f"归还本金合计超过贷款金额 {format_money(from_fen(over))} 元。"
                yield Finding(key, "principal", sentence, Severity.MUST)


def _lent(checked: Checked) -> dict[str, tuple[date | None, int]]:
    """The day of each loan and the 分 lent."""
    loan = Microcredit
    found: dict[str, tuple[date | None, int]] = {}
    for part in chunks(sorted(set(checked.parents.values()))):
        statement = select(loan.key, loan.lent_on, loan.amount_fen).where(loan.key.in_(part))
        found |= {key: (day, fen or 0) for key, day, fen in checked.session.execute(statement)}
    return found


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
