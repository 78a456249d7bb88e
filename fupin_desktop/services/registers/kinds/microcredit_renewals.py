"""Renewals and extensions of microcredit (无还本续贷, 展期, 清远 二13)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from fupin_desktop.domain.register_words import RenewalCause, RenewalKind
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.kinds.microcredit_repayments import IN_LOAN, LOAN, refresh
from fupin_desktop.services.registers.parts import Search, Shown, own
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import Microcredit, MicrocreditRenewal

CLAUSE = "清远 二13"


def _checks(checked: Checked) -> Iterable[Finding]:
    """An extension needs a cause outside the borrower; a new day lies after the old one."""
    due: dict[str, date | None] = {}
    for part in chunks(sorted(set(checked.parents.values()))):
        loans = select(Microcredit.key, Microcredit.due_on).where(Microcredit.key.in_(part))
        due |= dict(checked.session.execute(loans).all())
    ways = checked.policy("loan_renewals")
    for key, values in checked.records.items():
        if values["kind"] and RenewalKind(values["kind"]).label not in ways.value:
            sentence = f"到期贷款只办理{'、'.join(ways.value)}。"
            yield Finding(key, "kind", sentence, Severity.MUST, ways.clause)
        if values["kind"] == RenewalKind.EXTENSION.value and values["cause"] == RenewalCause.OWN.value:
            sentence = "因主观因素不能到期偿还的贷款不得展期，只有确因非主观因素才可以办理。"
            yield Finding(key, "cause", sentence, Severity.MUST, CLAUSE)
        new, old = values["new_due_on"], due.get(checked.parents.get(key, ""))
        if new and old and new <= old:
            sentence = f"新到期日应在原到期日 {old:%Y-%m-%d} 之后。"
            yield Finding(key, "new_due_on", sentence, Severity.MUST)


REGISTER = Register(
    name="microcredit_renewals",
    title="续贷展期",
    unit="笔",
    keyword="续贷",
    tab="ledgers",
    searched=False,
    entity=MicrocreditRenewal,
    parent=LOAN,
    columns=(Shown("household", "head_name"), IN_LOAN, *own("kind", "cause", "agreed_on", "new_due_on", "note")),
    search=Search(("note",)),
    order="new_due_on",
    identity=(Identity(("loan_key", "new_due_on")),),
    checks=(_checks,),
    derive=refresh,
    layout=Layout(
        first=("kind", "cause", "agreed_on", "new_due_on", "note"),
        groups=(Group("续贷展期", ("loan", "kind", "cause", "agreed_on", "new_due_on", "note")),),
        empty=("没有续贷或展期", "贷款到期前办理了无还本续贷或展期的，在贷款资料里新增。"),
    ),
)
