"""The support that entities were given (扶持记录, 清远 二10)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import ENTITY, IN_ENTITY, Search, own
from fupin_desktop.storage.entities import EntitySupport, Linkage

CLAUSE = "清远 二10"


def _checks(checked: Checked) -> Iterable[Finding]:
    """Who was given money brings households along, in principle."""
    keys = set(checked.parents.values())
    linked = set(checked.session.scalars(select(Linkage.entity_key).where(Linkage.entity_key.in_(keys))))
    for key, values in checked.records.items():
        if (values["amount"] or 0) > 0 and checked.parents.get(key) not in linked:
            sentence = "这家主体得到了资金扶持，还没有带动任何农户，请先登记利益联结。"
            yield Finding(key, "amount", sentence, Severity.PRINCIPLE, CLAUSE)


REGISTER = Register(
    name="entity_supports",
    title="扶持记录",
    unit="条",
    keyword="扶持",
    tab="ledgers",
    searched=False,
    entity=EntitySupport,
    parent=ENTITY,
    year="year",
    columns=(IN_ENTITY, *own("kind", "description", "amount_fen")),
    search=Search(("description",)),
    identity=(Identity(("entity_key", "kind", "description")),),
    checks=(_checks,),
    layout=Layout(
        first=("kind", "description", "amount"),
        groups=(Group("扶持", ("entity", "kind", "description", "amount")),),
        sums=(("amount", "扶持"),),
        empty=("还没有扶持记录", "逐条新增。"),
    ),
)
