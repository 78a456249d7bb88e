"""Writing the accepted quantities into the register, as one change that undo takes back whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from fupin_desktop.domain.area import format_quantity, from_milli
from fupin_desktop.domain.payments import AcceptanceState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.acceptance import reading
from fupin_desktop.services.registers import FARM_ITEMS, writing
from fupin_desktop.services.registers.columns import layout
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import AcceptanceRow, FarmItem
from fupin_desktop.storage.summaries import AREA_UNIT
from fupin_desktop.storage.unit import Unit

_TOLD = 3


def write(bench: Workbench, key: str) -> Change:
    """Write what is measured as 验收数量; what is not measured stays as it is and waits for the next acceptance.

    Raises:
        NotAllowed: It is written already, or something keeps it from being written: a contradiction, too few spot
            checks without a reason, an item that was accepted otherwise meanwhile.
    """
    found = reading.load(bench, key)
    blocking = [problem for problem in found.problems if problem.blocks]
    if blocking:
        told = "".join(f"({place}){one.sentence}" for place, one in enumerate(blocking[:_TOLD], 1))
        raise NotAllowed(f"还不能写入台账：{told}", todo="请改正或写明理由后再写入。")
    column = layout(FARM_ITEMS)["accepted"]
    with bench.write("acceptances.write", f"写入验收数量 {found.line.place}") as unit:
        batch = reading.is_open(unit.session, key)
        rows = [row for row in reading.rows_of(unit.session, key) if row.measured_milli is not None]
        there = _there(unit, {row.item_key for row in rows})
        _refuse_other(rows, there)
        typed = {row.item_key: {column: row.measured_milli} for row in rows if row.item_key in there}
        if not typed:
            raise NotAllowed("这些种养项目都已不在农户台账了。", todo="请核对农户台账。")
        writing.write(unit, FARM_ITEMS, typed, bench)
        batch.state, batch.written_at = AcceptanceState.WRITTEN.value, unit.purpose.at
        unit.session.flush()
        left, gone = found.line.rows - len(rows), len(rows) - len(typed)
        told = f"已写入 {len(typed)} 项验收数量。"
        told += f"没有实测的 {left} 项没有写。" if left else ""
        told += f"有 {gone} 项已不在台账，没有写。" if gone else ""
        beyond = _beyond(unit, list(typed))
        told += f"有 {beyond} 项登记的种养面积大于验收数量，面积没有改，请核对。" if beyond else ""
        return bench.change(unit, told)


def _there(unit: Unit, keys: set[str]) -> dict[str, int | None]:
    """What the register has as accepted of the items that it still has."""
    found = select(FarmItem.key, FarmItem.accepted_milli).where(FarmItem.key.in_(keys))
    return {key: accepted for key, accepted in unit.session.execute(found)}  # noqa: C416 - a row is no plain pair


def _beyond(unit: Unit, keys: Sequence[str]) -> int:
    """How many items counted in 亩 have a registered area larger than what was accepted; it decides large or small."""
    beyond = (FarmItem.unit == AREA_UNIT, FarmItem.area_milli > FarmItem.accepted_milli)
    counted = select(func.count()).select_from(FarmItem)
    return sum(unit.session.scalar(counted.where(FarmItem.key.in_(part), *beyond)) or 0 for part in chunks(keys))


def _refuse_other(rows: Sequence[AcceptanceRow], there: Mapping[str, int | None]) -> None:
    """Refuse to write over what was accepted otherwise since the list was made."""
    other = [row for row in rows if there.get(row.item_key) not in (None, row.measured_milli)]
    if other:
        first = other[0]
        registered, measured = (
            f"{format_quantity(from_milli(milli or 0), first.unit)} {first.unit}".strip()
            for milli in (there[first.item_key], first.measured_milli)
        )
        more = f"等 {len(other)} 项" if len(other) > 1 else ""
        told = f"{first.head_name}的{first.product}在台账里已有验收数量 {registered}，与实测 {measured} 不同{more}。"
        raise NotAllowed(told, todo="请核对；以这次实测为准的，请先在农户台账清空那一格。")
