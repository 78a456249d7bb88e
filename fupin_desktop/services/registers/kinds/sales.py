"""Produce sold through the channels of the policy (产销对接与消费扶贫, 清远 二7)."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import IN_VILLAGE, VILLAGE, Filter, NamedFilter, Reference, Search, own
from fupin_desktop.storage.entities import Entity, Household, Sale


def _checks(checked: Checked) -> Iterable[Finding]:
    """Amounts above nothing, no day to come."""
    for key, values in checked.records.items():
        if (values["amount"] or 0) <= 0:
            yield Finding(key, "amount", "金额应大于 0。", Severity.MUST)
        if values["dated"] is not None and values["dated"] > checked.today:
            yield Finding(key, "dated", f"{values['dated']:%Y-%m-%d} 在今天以后。", Severity.MUST)


REGISTER = Register(
    name="sales",
    title="产销对接",
    unit="笔",
    keyword="产销",
    tab="ledgers",
    section="产销",
    searched=False,
    entity=Sale,
    parent=VILLAGE,
    year="year",
    columns=(
        *own("dated", "product"),
        IN_VILLAGE,
        *own("way", "activity", "quantity_milli", "unit", "amount_fen", "buyer", "buyer_kind"),
        Reference("entity_key", Entity, codes=("credit_code",), key="entity"),
        Reference("household_key", Household, name="head_name", codes=("code", "head_id_number"), key="household"),
        *own("households", "long_term", "waived_fen", "papers", "note"),
    ),
    search=Search(("product", "buyer", "activity")),
    identity=(Identity(("dated", "product", "buyer", "amount_fen"), frozenset({"buyer"}), alike=True),),
    checks=(_checks,),
    filters={"long_term": NamedFilter((Filter("long_term", values=("是",)),), counted="长期协议")},
    layout=Layout(
        first=("product", "dated", "village", "way", "quantity", "unit", "amount", "buyer", "buyer_kind", "entity"),
        groups=(
            Group("销售", ("dated", "way", "activity", "product", "quantity", "unit", "amount")),
            Group("买方", ("buyer", "buyer_kind", "long_term", "waived")),
            Group("供方", ("village", "entity", "household", "households", "note")),
        ),
        sums=(("amount", "金额"), ("households", "受益户")),
        empty=("还没有产销记录", "每笔对接或采购登记一行。"),
    ),
)
