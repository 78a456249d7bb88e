"""Editing a register: every call is one undoable change, all of it or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import func, select

from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.registers import writing
from fupin_desktop.services.registers.checks import check
from fupin_desktop.services.registers.columns import Column, layout
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.pasted import split_block
from fupin_desktop.services.registers.typed import Reader, is_must
from fupin_desktop.services.registers.windows import records_of
from fupin_desktop.services.values import Place
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.unit import Unit, table_of

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


def set_cells(
    bench: Workbench, register: Register, edits: Sequence[CellEdit], title: str = "", place: Place = Place.TYPED
) -> Outcome:
    """Type texts into cells: one cell, a pasted block, a fill down.

    Args:
        bench: The workbench; its year is the one edited.
        register: The register.
        edits: The cells; the last counts where one is named twice.
        title: For the undo menu; empty makes one.
        place: Whether they are typed or pasted.
    """
    if not edits:
        return Outcome(None)
    reader = Reader(bench, register, place)
    typed: dict[str, dict[Column, Any]] = defaultdict(dict)
    problems: list[Problem] = []
    for edit in edits:
        column, value, found = reader.read(edit.column, edit.text, edit.key)
        problems += found
        if column is not None:
            typed[edit.key][column] = value
    if not any(is_must(problem) for problem in problems):
        problems += reader.duplicates({key: values for key, values in typed.items() if values})

    def act(unit: Unit) -> Sequence[str]:
        writing.write(unit, register, typed, bench)
        return list(typed)

    return commit(bench, register, Purpose("registers.set_cells", title or _title(register, edits)), problems, act)


class Purpose(NamedTuple):
    """Name of an operation and its title in the undo menu."""

    operation: str
    title: str


class _StoppedError(Exception):
    """Takes a write back."""


def commit(
    bench: Workbench,
    register: Register,
    purpose: Purpose,
    problems: Sequence[Problem],
    act: Callable[[Unit], Sequence[str]],
) -> Outcome:
    """Write, unless something stops it: what was read, what must be unique, or a check of the records as they would be.

    Args:
        bench: The workbench.
        register: The register.
        purpose: What the write is.
        problems: What was found before.
        act: Writes, and gives the keys of the records written.
    """
    found = list(problems)
    if any(is_must(problem) for problem in found):
        return Outcome(None, tuple(found))
    try:
        with bench.write(*purpose) as unit:
            keys = act(unit)
            writing.guard(unit, register, keys, bench)
            found += _checked(bench, unit, register, keys)
            if any(is_must(problem) for problem in found):
                raise _StoppedError
    except _StoppedError:
        return Outcome(None, tuple(found))
    return Outcome(bench.change(unit) if unit.set_key else None, tuple(found))


def _checked(bench: Workbench, unit: Unit, register: Register, keys: Sequence[str]) -> list[Problem]:
    """What the register's own checks say of records as they are now."""
    if not register.checks:
        return []
    unit.session.flush()
    records = [one for part in chunks(keys) for one in records_of(bench, unit.session, register, bench.year, part)]
    return [
        Problem(f"register.{register.name}", one.severity, one.sentence, one.clause, one.column, (one.key,))
        for one in check(bench, unit.session, register, records, bench.year)
    ]


def _title(register: Register, edits: Sequence[CellEdit]) -> str:
    known = layout(register)
    labels = [known[name].info.label for name in dict.fromkeys(edit.column for edit in edits) if name in known]
    what = labels[0] if len(labels) == 1 else f"{len(labels)} 列"
    return f"修改{what}" if len(edits) == 1 else f"修改{what}，{len(edits)} 格"


def add(bench: Workbench, register: Register, values: Mapping[str, str], parent: str = "") -> Outcome:
    """Add a record; one that belongs to another needs that one's key, unless a column names it.

    Args:
        bench: The workbench; a year-bound record is added to its year.
        register: The register.
        values: Texts by column key.
        parent: Key of what the record belongs to, e.g. of the household of an item or person.

    Raises:
        NotAllowed: What it belongs to is missing.
    """
    reader = Reader(bench, register)
    typed: dict[Column, Any] = {}
    problems: list[Problem] = reader.missing(values, parent)
    for name, text in values.items():
        column, value, found = reader.read(name, text, "")
        problems += found
        if column is not None:
            typed[column] = value
    if not any(is_must(problem) for problem in problems):
        problems += reader.duplicates({"": typed}, parent)

    def act(unit: Unit) -> Sequence[str]:
        _require_parent(unit, register, typed, parent)
        return [writing.insert(unit, register, typed, bench, parent)]

    return commit(bench, register, Purpose("registers.add", f"新增{register.title}"), problems, act)


def _require_parent(unit: Unit, register: Register, typed: Mapping[Column, Any], parent: str) -> None:
    """Refuse a record that belongs to nothing where it should."""
    above = register.parent
    if above is None or any(column.stored_in == above.column for column in typed):
        return
    if not parent and table_of(register.entity).columns[above.column].nullable:
        return
    if unit.session.get(above.entity, parent) is None:
        raise NotAllowed(f"没有指明是哪一{above.word}，或这一{above.word}已被删除。", todo=f"请先选中一{above.word}。")


def remove(bench: Workbench, register: Register, keys: Sequence[str]) -> Change | None:
    """Remove records with everything that belongs to them. Undo brings all of it back.

    Returns:
        The change, or None where none of the records is there.

    Raises:
        NotAllowed: They come in by themselves, or others still name them.
    """
    if register.computed_by:
        raise NotAllowed(f"{register.title}不能在这里删除。", todo=register.computed_by)
    with bench.write("registers.remove", _removal_title(bench, register, keys)) as unit:
        writing.remove(unit, register, list(dict.fromkeys(keys)), bench)
    return bench.change(unit) if unit.set_key else None


def removal_notice(bench: Workbench, register: Register, keys: Sequence[str]) -> str:
    """What a removal would do, in one sentence, to be asked before it."""
    what = _removal_title(bench, register, keys)
    counted = ((child, _count_of(bench, child, keys)) for child in register.children)
    below = "、".join(f"{number} {one.measure or one.unit}{one.title}" for one, number in counted if number)
    return f"{what}，连同 {below}。可以撤销。" if below else f"{what}。可以撤销。"


def _count_of(bench: Workbench, child: Register, keys: Sequence[str]) -> int:
    """How many records of a child register belong to these."""
    if child.parent is None:
        return 0
    link = getattr(child.entity, child.parent.column)
    with bench.read() as session:
        counted = select(func.count()).select_from(child.entity)
        return sum(session.scalar(counted.where(link.in_(part))) or 0 for part in chunks(keys))


def _removal_title(bench: Workbench, register: Register, keys: Sequence[str]) -> str:
    entity: Any = register.entity
    name = getattr(entity, register.search.names[0])
    with bench.read() as session:
        names = session.scalars(select(name).where(entity.key.in_(keys[:_NAMED]))).all()
    shown = "、".join(str(name) for name in names if name) or f"{len(keys)} {register.unit}"
    many = f"等 {len(keys)} 条" if len(keys) > _NAMED else ""
    return f"删除{register.title}：{shown}{many}"


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
        return set_cells(bench, register, edits, f"填充 {len(edits)} 格", Place.PASTED)
    high, wide = len(block), max(map(len, block))
    if high > len(keys) or wide > len(columns):
        raise NotAllowed(f"粘贴的内容有 {high} 行、{wide} 列，从这里起放不下。", todo="请从更靠上、靠左的格子粘贴。")
    edits = [
        CellEdit(key, column, cell)
        for key, line in zip(keys, block, strict=False)
        for column, cell in zip(columns, line, strict=False)
    ]
    return set_cells(bench, register, edits, f"粘贴 {len(edits)} 格", Place.PASTED)
