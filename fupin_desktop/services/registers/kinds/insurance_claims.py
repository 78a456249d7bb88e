"""Losses under a policy and what was paid for them (出险理赔)."""

from __future__ import annotations

from fupin_desktop.services.registers.day_checks import in_order
from fupin_desktop.services.registers.description import Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import VILLAGE, Parent, Reference, Search, own
from fupin_desktop.storage.entities import Insurance, InsuranceClaim

POLICY = Parent("insurance", Insurance, "insurance_key", "份保单", Search(("policy_no",)), above=VILLAGE)


REGISTER = Register(
    name="insurance_claims",
    title="出险理赔",
    unit="次",
    keyword="理赔",
    tab="ledgers",
    searched=False,
    entity=InsuranceClaim,
    parent=POLICY,
    columns=(
        Reference("insurance_key", Insurance, name="policy_no", source="insurance", key="insurance"),
        *own("happened_on", "cause", "loss_fen", "paid_fen", "paid_on", "note"),
    ),
    search=Search(("cause",)),
    order="happened_on",
    identity=(Identity(("insurance_key", "happened_on")),),
    checks=(in_order("happened_on", "paid_on", "赔付日在出险日之前。"),),
    layout=Layout(
        first=("happened_on", "cause", "loss", "paid", "paid_on"),
        groups=(Group("出险理赔", ("insurance", "happened_on", "cause", "loss", "paid", "paid_on", "note")),),
        sums=(("loss", "损失"), ("paid", "赔付")),
        empty=("没有出险", "出险以后在保单资料里新增。"),
    ),
)
