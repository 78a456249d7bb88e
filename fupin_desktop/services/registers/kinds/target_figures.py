"""The office's own targets and figures (目标数据, 清远 一(二), 吴川 二)."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.targets import titles
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.parts import Carried, Search, own
from fupin_desktop.storage.entities import TargetFigure


def _checks(checked: Checked) -> Iterable[Finding]:
    known = titles()
    for key, values in checked.records.items():
        if values["indicator"] and values["indicator"] not in known:
            sentence = f"目标任务板没有“{values['indicator']}”这一指标，可以填写：{'、'.join(known)}。"
            yield Finding(key, "indicator", sentence, Severity.MUST)
        if values["low"] is not None and values["high"] is not None and values["high"] < values["low"]:
            yield Finding(key, "high", "目标上限小于下限。", Severity.MUST)


REGISTER = Register(
    name="target_figures",
    title="目标数据",
    unit="条",
    keyword="目标",
    tab="ledgers",
    section="目标考核",
    searched=False,
    entity=TargetFigure,
    year="year",
    columns=own("indicator", "low", "high", "actual", "due_on", "note"),
    search=Search(("indicator",)),
    identity=(Identity(("indicator",)),),
    unique=(Unique(("indicator",), Severity.MUST),),
    checks=(_checks,),
    carried=Carried(("indicator", "low", "high", "due_on", "note")),
    board="targets",
    layout=Layout(
        first=("indicator", "low", "high", "actual", "due_on", "note"),
        groups=(Group("目标", ("indicator", "low", "high", "actual", "due_on", "note")),),
        empty=("没有另定的目标", "目标按文件的规定；本地另有规定，或台账数不出来的，在这里填写。"),
    ),
)
