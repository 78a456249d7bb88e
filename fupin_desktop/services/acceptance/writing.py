"""Writing the accepted quantities into the register, as one change that undo takes back whole."""

from __future__ import annotations

from sqlalchemy import select

from fupin_desktop.domain.payments import AcceptanceState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.acceptance import reading
from fupin_desktop.services.registers import FARM_ITEMS, writing
from fupin_desktop.services.registers.columns import layout
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import FarmItem
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
        present = _present(unit, {row.item_key for row in rows})
        typed = {row.item_key: {column: row.measured_milli} for row in rows if row.item_key in present}
        if not typed:
            raise NotAllowed("这些种养项目都已不在农户台账了。", todo="请核对农户台账。")
        writing.write(unit, FARM_ITEMS, typed, bench)
        batch.state, batch.written_at = AcceptanceState.WRITTEN.value, unit.purpose.at
        unit.session.flush()
        left, gone = found.line.rows - len(rows), len(rows) - len(typed)
        told = f"已写入 {len(typed)} 项验收数量。"
        told += f"没有实测的 {left} 项没有写。" if left else ""
        told += f"有 {gone} 项已不在台账，没有写。" if gone else ""
        return bench.change(unit, told)


def _present(unit: Unit, keys: set[str]) -> set[str]:
    return set(unit.session.scalars(select(FarmItem.key).where(FarmItem.key.in_(keys))))
