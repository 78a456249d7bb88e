"""Editing a register: every call is one undoable change, all of it or nothing."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from fupin_desktop.domain.text import clean
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.registers import writing
from fupin_desktop.services.registers.columns import Column, Register, layout
from fupin_desktop.services.registers.typed import Reader, is_must
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage import summaries
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import FarmItem, Household, Participation, Person
from fupin_desktop.storage.unit import Unit

_NAMED = 3


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What is typed into one cell."""

    key: str
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edit.

    Attributes:
        change: What was written; None where nothing was, because of a must problem or because nothing differs.
        problems: Findings by cell: ``field`` is the column key, ``subjects`` the record key. A must problem means that
            nothing was written.
    """

    change: Change | None
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a must problem kept everything from being written."""
        return any(is_must(problem) for problem in self.problems)


def set_cells(bench: Workbench, register: Register, edits: Sequence[CellEdit], title: str = "") -> Outcome:
    """Type texts into cells: one cell, a pasted block, a fill down.

    Args:
        bench: The workbench; its year is the one edited.
        register: The register.
        edits: The cells; the last counts where one is named twice.
        title: For the undo menu; empty makes one.
    """
    if not edits:
        return Outcome(None)
    reader = Reader(bench, register)
    typed: dict[str, dict[Column, Any]] = defaultdict(dict)
    problems: list[Problem] = []
    for edit in edits:
        column, value, found = reader.read(edit.column, edit.text, edit.key)
        problems += found
        if column is not None:
            typed[edit.key][column] = value
    if any(is_must(problem) for problem in problems):
        return Outcome(None, tuple(problems))
    problems += reader.duplicates({key: values for key, values in typed.items() if values})
    with bench.write("registers.set_cells", title or _title(register, edits)) as unit:
        writing.write(unit, register, typed, bench.year)
    change = bench.change(unit) if unit.set_key else None
    return Outcome(change, tuple(problems))


def _title(register: Register, edits: Sequence[CellEdit]) -> str:
    labels = [layout(register)[name].info.label for name in dict.fromkeys(edit.column for edit in edits)]
    what = labels[0] if len(labels) == 1 else f"{len(labels)} 列"
    return f"修改{what}" if len(edits) == 1 else f"修改{what}，{len(edits)} 格"


def add(bench: Workbench, register: Register, values: Mapping[str, str], household: str = "") -> Outcome:
    """Add a record; an item or person needs its household's key.

    Args:
        bench: The workbench; an item is added to its year.
        register: The register.
        values: Texts by column key.
        household: Key of the household an item or person belongs to.

    Raises:
        NotAllowed: The household is missing.
    """
    reader = Reader(bench, register)
    typed: dict[Column, Any] = {}
    problems: list[Problem] = reader.missing(values)
    for name, text in values.items():
        column, value, found = reader.read(name, text, "")
        problems += found
        if column is not None:
            typed[column] = value
    if any(is_must(problem) for problem in problems):
        return Outcome(None, tuple(problems))
    problems += reader.duplicates({"": typed})
    with bench.write("registers.add", f"新增{register.label}") as unit:
        if register is not Register.HOUSEHOLDS and unit.session.get(Household, household) is None:
            raise NotAllowed("没有指明是哪一户，或这一户已被删除。", todo="请先选中一户。")
        writing.insert(unit, register, typed, bench.year, household)
    return Outcome(bench.change(unit), tuple(problems))


def remove(bench: Workbench, register: Register, keys: Sequence[str]) -> Change | None:
    """Remove records; a household goes with its persons, items and years. Undo brings all of it back.

    Returns:
        The change, or None where none of the records is there.
    """
    with bench.write("registers.remove", _removal_title(bench, register, keys)) as unit:
        _REMOVE[register](unit, list(dict.fromkeys(keys)))
    return bench.change(unit) if unit.set_key else None


def removal_notice(bench: Workbench, register: Register, keys: Sequence[str]) -> str:
    """What a removal would do, in one sentence, to be asked before it."""
    what = _removal_title(bench, register, keys)
    if register is not Register.HOUSEHOLDS:
        return f"{what}。可以撤销。"
    items, persons = (_count_of(bench, entity, keys) for entity in (FarmItem, Person))
    return f"{what}，连同 {persons} 名家庭成员、{items} 条种养项目。可以撤销。"


def _count_of(bench: Workbench, entity: Any, keys: Sequence[str]) -> int:
    with bench.read() as session:
        counts = (
            session.scalar(select(func.count()).where(entity.household_key.in_(part))) or 0 for part in chunks(keys)
        )
        return sum(counts)


def _removal_title(bench: Workbench, register: Register, keys: Sequence[str]) -> str:
    column: Any = {
        Register.HOUSEHOLDS: Household.head_name,
        Register.FARM_ITEMS: FarmItem.product,
        Register.PERSONS: Person.name,
    }[register]
    with bench.read() as session:
        names = session.scalars(select(column).where(register.entity.key.in_(keys[:_NAMED]))).all()  # type: ignore[attr-defined]
    shown = "、".join(name for name in names if name)
    many = f"等 {len(keys)} 条" if len(keys) > _NAMED else ""
    return f"删除{register.label}：{shown}{many}"


def _remove_households(unit: Unit, keys: list[str]) -> None:
    for entity in (FarmItem, Person, Participation):
        children = [
            key
            for part in chunks(keys)
            for key in unit.session.scalars(select(entity.key).where(entity.household_key.in_(part)))
        ]
        unit.delete_many(entity, children)
    unit.delete_many(Household, keys)


def _remove_items(unit: Unit, keys: list[str]) -> None:
    concerned: dict[int, set[str]] = defaultdict(set)
    for part in chunks(keys):
        statement = select(FarmItem.year, FarmItem.household_key).where(FarmItem.key.in_(part))
        for year, household in unit.session.execute(statement):
            concerned[year].add(household)
    unit.delete_many(FarmItem, keys)
    for year, households in concerned.items():
        summaries.refresh(unit, sorted(households), year)


def _remove_persons(unit: Unit, keys: list[str]) -> None:
    unit.delete_many(Person, keys)


_REMOVE = {
    Register.HOUSEHOLDS: _remove_households,
    Register.FARM_ITEMS: _remove_items,
    Register.PERSONS: _remove_persons,
}


def paste(bench: Workbench, register: Register, keys: Sequence[str], columns: Sequence[str], text: str) -> Outcome:
    """Paste a block copied from Excel or WPS: lines and tabs, quoted where a cell holds those itself.

    A single value fills the whole selection; a block larger than the selection's rows and columns is refused.

    Args:
        bench: The workbench.
        register: The register.
        keys: Keys of the rows from the first selected one on.
        columns: Keys of the columns from the first selected one on, as shown.
        text: What the clipboard holds.
    """
    block = split_block(text)
    if not block:
        return Outcome(None)
    if len(block) == 1 and len(block[0]) == 1:
        edits = [CellEdit(key, column, block[0][0]) for key in keys for column in columns]
        return set_cells(bench, register, edits, f"填充 {len(edits)} 格")
    high, wide = len(block), max(map(len, block))
    if high > len(keys) or wide > len(columns):
        raise NotAllowed(f"粘贴的内容有 {high} 行、{wide} 列，从这里起放不下。", todo="请从更靠上、靠左的格子粘贴。")
    edits = [
        CellEdit(key, column, cell)
        for key, line in zip(keys, block, strict=False)
        for column, cell in zip(columns, line, strict=False)
    ]
    return set_cells(bench, register, edits, f"粘贴 {len(edits)} 格")


def split_block(text: str) -> list[list[str]]:
    """Rows and cells of a block as spreadsheets put it on the clipboard."""
    lines = list(csv.reader(io.StringIO(text.rstrip("\r\n"), newline=""), dialect="excel-tab"))
    return [[clean(cell) for cell in line] or [""] for line in lines] if text.strip("\r\n") else []
