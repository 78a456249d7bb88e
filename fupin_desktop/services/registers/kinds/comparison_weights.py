"""The weights of the indicators of the comparison (考核权重, 清远 二20)."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.comparison import titles
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.parts import Carried, Search, own
from fupin_desktop.storage.entities import ComparisonWeight


def _checks(checked: Checked) -> Iterable[Finding]:
    known = titles()
    for key, values in checked.records.items():
        if values["indicator"] and values["indicator"] not in known:
            sentence = f"考核比较没有“{values['indicator']}”这一指标，可以填写：{'、'.join(known)}。"
            yield Finding(key, "indicator", sentence, Severity.MUST)
        if values["weight"] is not None and values["weight"] > 10_000:
            yield Finding(key, "weight", "权重不能超过 100%。", Severity.MUST)


REGISTER = Register(
    name="comparison_weights",
    title="考核权重",
    unit="项",
    keyword="权重",
    tab="ledgers",
    section="目标考核",
    searched=False,
    entity=ComparisonWeight,
    year="year",
    columns=own("indicator", "weight", "note"),
    search=Search(("indicator",)),
    identity=(Identity(("indicator",)),),
    unique=(Unique(("indicator",), Severity.MUST),),
    checks=(_checks,),
    carried=Carried(("indicator", "weight", "note")),
    board="villages",
    layout=Layout(
        first=("indicator", "weight", "note"),
        groups=(Group("权重", ("indicator", "weight", "note")),),
        empty=("各指标权重相同", "要区别轻重时，在这里填写指标的权重。"),
    ),
)
