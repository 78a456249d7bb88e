"""Supervision and what it came to (督查通报, 清远 三(三))."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_desktop.domain.register_words import Verdict
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.acts import mend
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import IN_VILLAGE, VILLAGE, Filter, NamedFilter, Search, own
from fupin_desktop.storage.entities import Supervision

CLAUSE = "清远 三(三)"
_TO_MEND = tuple(verdict.label for verdict in Verdict if verdict is not Verdict.PRAISED)


def _checks(checked: Checked) -> Iterable[Finding]:
    """Whoever is criticised or summoned has a day by which it is mended; what is mended has its result."""
    for key, values in checked.records.items():
        hard = values["verdict"] in (Verdict.CRITICISED.value, Verdict.SUMMONED.value)
        if hard and values["mend_by"] is None:
            yield Finding(key, "mend_by", "通报批评和约谈要写明整改期限。", Severity.MUST, CLAUSE)
        if values["mended_on"] and not values["result"]:
            yield Finding(key, "result", "整改完成的要写明整改结果。", Severity.MUST, CLAUSE)
        if values["mend_by"] and not values["mended_on"] and values["mend_by"] < checked.today:
            yield Finding(key, "mend_by", "整改期限已过，还没有完成。", Severity.WARNING, CLAUSE)


REGISTER = Register(
    name="supervisions",
    title="督查通报",
    unit="次",
    keyword="督查",
    tab="ledgers",
    section="目标考核",
    entity=Supervision,
    parent=VILLAGE,
    columns=(
        *own("dated", "unit", "verdict"),
        IN_VILLAGE,
        *own("content", "mend_by", "mended_on", "result", "note", "papers"),
    ),
    search=Search(("content",)),
    identity=(Identity(("dated", "unit", "content")),),
    checks=(_checks,),
    filters={
        "open": NamedFilter(
            (Filter("verdict", values=_TO_MEND), Filter("mend_by", blank=False), Filter("mended_on", blank=True)),
            lacking="督查通报等待整改", badge="待整改", urgency="soon",
        )
    },
    acts=(mend.ACT,),
    layout=Layout(
        first=("dated", "unit", "verdict", "village", "content", "mend_by", "mended_on", "result"),
        groups=(
            Group("督查", ("dated", "unit", "verdict", "village", "content")),
            Group("整改", ("mend_by", "mended_on", "result", "note")),
        ),
        empty=("还没有督查通报", "收到督查通报后逐次新增。"),
    ),
)
