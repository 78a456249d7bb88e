"""The income of a household in a year, from which that per head follows (年收入)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.parts import HOUSEHOLD, IN_HOUSEHOLD, Search, own
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import Household, HouseholdIncome
from fupin_desktop.storage.unit import Unit

_PARTS = ("wages_fen", "business_fen", "property_fen", "transfers_fen", "costs_fen")


def _per_head(unit: Unit, touched: Touched) -> None:
    """(Income − costs) ÷ members, half up to 分; nothing where the members are not given."""
    changed = touched.with_any(HouseholdIncome, frozenset(_PARTS))
    one, rows = HouseholdIncome, []
    unit.session.flush()
    columns = [getattr(one, name) for name in _PARTS]
    for part in chunks([*touched.added, *changed]):
        statement = select(one.key, Household.members, *columns).join(Household, Household.key == one.household_key)
        for key, members, *given in unit.session.execute(statement.where(one.key.in_(part))):
            *incomes, costs = (fen or 0 for fen in given)
            rows.append((key, _divided(sum(incomes) - costs, members)))
    unit.update_many(one, rows, ("per_head_fen",))


def _divided(fen: int, members: int | None) -> int | None:
    return int((Decimal(fen) / members).quantize(Decimal(1), ROUND_HALF_UP)) if members else None


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
    columns=(*IN_HOUSEHOLD, *own(*_PARTS, "per_head_fen", "note")),
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
