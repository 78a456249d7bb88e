"""Agricultural insurance (农业保险, 清远 二14)."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.day_checks import in_order
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.due_states import due_state, due_within_30
from fupin_desktop.services.registers.kinds import insurance_claims
from fupin_desktop.services.registers.parts import (
    IN_VILLAGE,
    VILLAGE,
    Reference,
    Search,
    own,
)
from fupin_desktop.storage.entities import Household, Insurance


def _rows(checked: Checked) -> Iterable[Finding]:
    """Somebody is insured, the premium is the sum of its parts."""
    for key, values in checked.records.items():
        if not values["household"] and not values["insured"]:
            yield Finding(key, "household", "请填写投保农户，或投保的主体、带头人。", Severity.MUST)
        whole, parts = values["premium"], (values["premium_public"], values["premium_own"])
        given = whole is not None and any(part is not None for part in parts)
        if given and sum(part or 0 for part in parts) != whole:
            yield Finding(key, "premium", "保费应等于财政补贴加自缴，请核对。", Severity.MUST)


REGISTER = Register(
    name="insurances",
    title="农业保险",
    unit="份",
    keyword="保险",
    tab="ledgers",
    section="金融保险",
    entity=Insurance,
    parent=VILLAGE,
    columns=(
        IN_VILLAGE,
        Reference("household_key", Household, name="head_name", codes=("code", "head_id_number"), key="household"),
        *own("insured", "kind", "company", "policy_no", "subject", "quantity_milli", "unit", "sum_fen"),
        *own("premium_fen", "premium_public_fen", "premium_own_fen", "from_on", "to_on"),
        due_state("ends", lambda: Insurance.to_on),
        *own("note", "papers"),
    ),
    search=Search(("policy_no", "insured"), code="policy_no"),
    identity=(Identity(("policy_no",)),),
    unique=(Unique(("policy_no",), Severity.MUST),),
    checks=(_rows, in_order("from_on", "to_on", "保险止期在起期之前。")),
    children=(insurance_claims.REGISTER,),
    filters={"due:30": due_within_30("ends", "农业保险", "soon")},
    papers=("insurance_coverage",),
    layout=Layout(
        first=(
            *("household", "insured", "village", "kind", "company", "policy_no", "subject", "quantity", "unit"),
            *("sum", "premium", "premium_public", "premium_own", "from_on", "to_on", "ends"),
        ),
        groups=(
            Group("投保", ("village", "household", "insured", "kind", "company", "policy_no")),
            Group("标的", ("subject", "quantity", "unit", "sum", "from_on", "to_on")),
            Group("保费", ("premium", "premium_public", "premium_own", "note")),
        ),
        sums=(("sum", "保额"), ("premium", "保费")),
        empty=("还没有农业保险", "从保险公司的承保清单导入，或逐份新增。"),
    ),
)
