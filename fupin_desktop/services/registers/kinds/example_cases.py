"""Cases worth telling (典型范例, 吴川 二(一), 清远 二17, 22)."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import IN_VILLAGE, VILLAGE, Filter, NamedFilter, Search, own
from fupin_desktop.storage.entities import ExampleCase


def _checks(checked: Checked) -> Iterable[Finding]:
    for key, values in checked.records.items():
        if values["published_on"] and not values["media"]:
            yield Finding(key, "media", "已刊发的要写明在哪里刊发。", Severity.MUST)
        if values["reported_on"] and not values["content"] and not values["papers"]:
            yield Finding(key, "content", "已报送的典型没有正文，也没有附件。")


REGISTER = Register(
    name="example_cases",
    title="典型范例",
    unit="个",
    keyword="典型",
    tab="ledgers",
    section="目标考核",
    entity=ExampleCase,
    parent=VILLAGE,
    columns=(
        *own("title", "about"),
        IN_VILLAGE,
        *own("content", "reported_on", "published_on", "media", "note", "papers"),
    ),
    search=Search(("title", "about")),
    identity=(Identity(("title",)),),
    checks=(_checks,),
    filters={"published": NamedFilter((Filter("published_on", blank=False),), counted="已刊发")},
    layout=Layout(
        first=("title", "about", "village", "reported_on", "published_on", "media", "content"),
        groups=(
            Group("典型", ("title", "about", "village", "content")),
            Group("报送", ("reported_on", "published_on", "media", "note")),
        ),
        empty=("还没有典型范例", "逐个新增，正文可以附文件。"),
    ),
)
