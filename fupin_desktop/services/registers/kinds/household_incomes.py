"""The income of a household in a year, from which that per head follows (年收入)."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.household_counts import INCOME_PARTS, count_incomes
from fupin_desktop.services.registers.parts import HOUSEHOLD, IN_HOUSEHOLD, Search, own
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage.entities import HouseholdIncome
from fupin_desktop.storage.unit import Unit

_FACTS = frozenset({*INCOME_PARTS, "household_key"})


def _per_head(unit: Unit, touched: Touched) -> None:
    count_incomes(unit, [*touched.added, *touched.with_any(HouseholdIncome, _FACTS)])


def _checks(checked: Checked) -> Iterable[Finding]:
    for key, values in checked.records.items():
        if (values["business"] or 0) > 0 and not values["costs"]:
            yield Finding(key, "costs", "有生产经营性收入，没有生产经营性支出，上报系统会退回。")


REGISTER = Register(
    name="household_incomes",
    title="农户年收入",
    unit="条",
    keyword="收入",
    tab="ledgers",
    section="目标考核",
    searched=False,
    entity=HouseholdIncome,
    parent=HOUSEHOLD,
    year="year",
    columns=(*IN_HOUSEHOLD, *own(*INCOME_PARTS, "per_head_fen", "note")),
    search=Search(("note",)),
    identity=(Identity(("household_key",)),),
    unique=(Unique(("household_key",), Severity.MUST),),
    checks=(_checks,),
    derive=_per_head,
    layout=Layout(
        first=("head_name", "village", "wages", "business", "property", "transfers", "costs", "per_head"),
        groups=(Group("年收入", ("head_name", "wages", "business", "property", "transfers", "costs", "note")),),
        empty=("还没有年收入", "在农户资料里登记，或从 Excel 导入。"),
    ),
)
