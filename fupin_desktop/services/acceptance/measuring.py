"""What the group measured: typed or read back, with photos; and which items the town checks again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil
from pathlib import Path
from random import Random
from typing import Any

from fupin_desktop.domain.reading.raw import Raw
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import attachments, values
from fupin_desktop.services.acceptance import reading
from fupin_desktop.services.acceptance.model import SPOT_SHARE
from fupin_desktop.services.existing import existing
from fupin_desktop.services.values import Context, Fault, Place
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage import fields
from fupin_desktop.storage.entities import AcceptanceBatch, AcceptanceRow
from fupin_desktop.storage.fields import Kind

COLUMNS = {
    "measured": "measured_milli",
    "quality": "quality",
    "signed": "signed",
    "spot_measured": "spot_milli",
    "note": "note",
}
"""Columns that are filled in, by the name they have outside."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What became of typed cells.

    Attributes:
        change: What was written; None where a cell could not be read, then nothing was.
        faults: What is wrong, by row and column.
    """

    change: Change | None
    faults: Mapping[tuple[str, str], Fault]


def read_cell(column: str, raw: Raw, unit: str, place: Place = Place.TYPED) -> values.Reading:
    """A cell of one of :data:`COLUMNS` as it is stored; a quantity may end in the unit of its row."""
    field = fields.of(AcceptanceRow)[COLUMNS[column]]
    return values.read(replace(field, unit=unit) if field.kind is Kind.QUANTITY else field, raw, Context(place))


def measure(
    bench: Workbench, key: str, cells: Mapping[str, Mapping[str, Raw]], *, place: Place = Place.TYPED
) -> Measured:
    """Write measured cells, all or none, as one change.

    Args:
        bench: The workbench.
        key: The acceptance.
        cells: What was typed, by row and column of :data:`COLUMNS`.
        place: Where it comes from.

    Raises:
        NotAllowed: The acceptance is written already, or a row is gone.
    """
    faults: dict[tuple[str, str], Fault] = {}
    wanted: dict[str, dict[str, Any]] = {}
    with bench.read() as session:
        units = {row.key: row.unit for row in reading.rows_of(session, key)}
    for row, typed in cells.items():
        for column, raw in typed.items():
            found = read_cell(column, raw, units.get(row, ""), place)
            if found.faults:
                faults[row, column] = found.faults[0]
            empty = "" if column == "note" else None
            wanted.setdefault(row, {})[COLUMNS[column]] = empty if found.value is None else found.value
    if any(fault.must for fault in faults.values()):
        return Measured(None, faults)
    with bench.write("acceptances.measure", f"填写 {len(wanted)} 项验收数量") as unit:
        reading.is_open(unit.session, key)
        rows = {row.key: row for row in reading.rows_of(unit.session, key)}
        if not wanted.keys() <= rows.keys():
            raise NotAllowed("名单上有的项目已被移出。", todo="请刷新后再填。")
        for row_key, stored in wanted.items():
            for name, value in stored.items():
                setattr(rows[row_key], name, value)
            rows[row_key].spot = rows[row_key].spot or rows[row_key].spot_milli is not None
        unit.session.flush()
        change = Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (key,), f"已填 {len(wanted)} 项。")
    return Measured(change, faults)


def pick_spot(bench: Workbench, key: str) -> Change:
    """Draw the items that the town checks again: the share of the policy file of all items, at least one.

    The draw is by chance, and the same whenever it is made again for the same list.

    Raises:
        NotAllowed: The acceptance is written already.
    """
    with bench.write("acceptances.pick_spot", "抽取抽查名单") as unit:
        reading.is_open(unit.session, key)
        rows = reading.rows_of(unit.session, key)
        share = Decimal(bench.parameters.value(SPOT_SHARE, bench.today).value)
        wanted = max(ceil(len(rows) * share / 100), 1)
        drawn = {row.key for row in Random(key).sample(rows, min(wanted, len(rows)))}  # noqa: S311 - no secret
        for row in rows:
            row.spot = row.key in drawn or row.spot_milli is not None
        unit.session.flush()
        told = f"已抽取 {sum(row.spot for row in rows)} 项由镇里抽查。"
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (key,), told)


def attach(bench: Workbench, key: str, paths: Sequence[Path], row_key: str = "") -> Change:
    """Attach photos to an acceptance, or to one of its rows: one undoable change, all of them or none.

    Raises:
        NotAllowed: A file cannot be taken, or the row is gone.
        Situation: A file cannot be read, or the data folder not written.
    """
    with bench.read() as session:
        files = attachments.of(_holder(session, key, row_key).files)
    for path in paths:
        files.append(attachments.store(bench.data_folder, path, [one.name for one in files]))
    with bench.write("acceptances.attach", f"添加 {len(paths)} 张验收照片") as unit:
        _holder(unit.session, key, row_key).files = [one.stored for one in files]
        unit.session.flush()
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (key,), f"已添加 {len(paths)} 个文件。")


def _holder(session: Any, key: str, row_key: str) -> AcceptanceBatch | AcceptanceRow:
    """The record that keeps the photos; those of the evidence may come after the quantities are written."""
    if not row_key:
        return existing(session, AcceptanceBatch, key)
    row: AcceptanceRow | None = session.get(AcceptanceRow, row_key)
    if row is None or row.batch_key != key:
        raise NotAllowed("这一项已被移出名单。", todo="请刷新后再试。")
    return row
