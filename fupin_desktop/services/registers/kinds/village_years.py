"""What holds of a village in a year (村年度情况, 清远 二11, 吴川 三(二)1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.parts import IN_VILLAGE, VILLAGE, Computed, Search, Shown, own
from fupin_desktop.services.registers.shares import rounded
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import VillageYear
from fupin_desktop.storage.fields import Field, Kind


def _share(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    """Share of the main industry in the farm output, in ten-thousandths."""
    return rounded(VillageYear.main_output_fen * 10000, VillageYear.farm_output_fen)


def _checks(checked: Checked) -> Iterable[Finding]:
    for key, values in checked.records.items():
        main, whole = values["main_output"], values["farm_output"]
        if main is not None and whole is not None and main > whole:
            yield Finding(key, "main_output", "主导产业产值超过农业总产值，请核对。", Severity.MUST)


REGISTER = Register(
    name="village_years",
    title="村年度情况",
    unit="村",
    keyword="村情况",
    tab="ledgers",
    section="目标考核",
    searched=False,
    entity=VillageYear,
    parent=VILLAGE,
    year="year",
    columns=(
        IN_VILLAGE,
        Shown("village", "main_product"),
        *own("collective_income_fen", "per_head_income_fen", "main_output_fen", "farm_output_fen"),
        Computed(Field("share", "主导产业占比", Kind.PERCENT, unit="%"), _share),
        *own("main_households", "industry_document", "note"),
    ),
    search=Search(("note",)),
    identity=(Identity(("village_key",)),),
    unique=(Unique(("village_key",), Severity.MUST),),
    checks=(_checks,),
    board="villages",
    layout=Layout(
        first=(
            *("village", "main_product", "collective_income", "per_head_income", "main_output", "farm_output", "share"),
            *("main_households", "industry_document"),
        ),
        groups=(
            Group(
                "村年度情况",
                (
                    *("village", "collective_income", "per_head_income", "main_output", "farm_output"),
                    *("main_households", "industry_document", "note"),
                ),
            ),
        ),
        sums=(("collective_income", "村集体收入"), ("main_households", "从业户")),
        empty=("还没有登记村年度情况", "每年逐村登记，申报表和考核比较会用到。"),
    ),
)
