"""Households that are commended in a year (表彰, 吴川 三(三)5)."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_desktop.domain.register_words import CommendationState, OfficeLevel
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.household_size import SIZE
from fupin_desktop.services.registers.parts import HOUSEHOLD, IN_HOUSEHOLD, Filter, NamedFilter, Search, own
from fupin_desktop.storage.entities import Commendation

CLAUSE = "吴川 三(三)5"


def _checks(checked: Checked) -> Iterable[Finding]:
    """What is given has its document and day."""
    levels = checked.policy("commendation_levels")
    for key, values in checked.records.items():
        if values["level"] and OfficeLevel(values["level"]).label[:1] not in levels.value:
            sentence = f"表彰的级别是{'、'.join(levels.value)}级。"
            yield Finding(key, "level", sentence, Severity.MUST, levels.clause)
        if values["state"] != CommendationState.GIVEN.value:
            continue
        if not values["document_no"]:
            yield Finding(key, "document_no", "已表彰的要填写表彰文号。", Severity.MUST, CLAUSE)
        if values["given_on"] is None:
            yield Finding(key, "given_on", "已表彰的要填写表彰日期。", Severity.MUST, CLAUSE)


REGISTER = Register(
    name="commendations",
    title="表彰",
    unit="户",
    keyword="表彰",
    tab="ledgers",
    section="目标考核",
    entity=Commendation,
    parent=HOUSEHOLD,
    year="year",
    columns=(
        *IN_HOUSEHOLD,
        SIZE,
        *own("level", "kind", "cause", "grounds", "document_no", "award_fen", "state", "given_on", "note"),
    ),
    search=Search(("cause",)),
    identity=(Identity(("household_key", "level", "kind")),),
    unique=(Unique(("household_key", "level", "kind"), Severity.MUST),),
    checks=(_checks,),
    filters={"given": NamedFilter((Filter("state", values=(CommendationState.GIVEN.label,)),), counted="已表彰")},
    papers=("commendation_list", "certificate"),
    layout=Layout(
        first=(
            *("head_name", "village", "size", "level", "kind", "cause", "grounds", "state", "document_no", "award"),
            *("given_on",),
        ),
        groups=(
            Group("表彰", ("head_name", "level", "kind", "cause", "grounds")),
            Group("决定", ("state", "document_no", "award", "given_on", "note")),
        ),
        sums=(("award", "奖励"),),
        empty=("还没有表彰", "从农户里推荐种养大户和创业有成的贫困户。"),
    ),
)
