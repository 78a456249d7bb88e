"""The part of the check that reckons anew what registers keep as reckoned: sums, balances, counts, scores, grades."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import select

from fupin_desktop.errors import NotAllowed, YearClosed
from fupin_desktop.services.data_check.model import RECKONED, Finding, Part, Tell
from fupin_desktop.services.registers import Register, registry
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.services.values import show
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import Base, ChangeEntry
from fupin_desktop.storage.fields import of
from fupin_desktop.storage.log import Action, Entry, from_log, read_entries
from fupin_desktop.storage.table_names import called, word_columns
from fupin_desktop.storage.unit import Unit, entity_named

OPERATION = "registers.reckon"
_TODO = "请在“工具 → 数据体检…”里点“重新计算”：按来源重新算好，一步操作，可以撤销；再核对引用过它的表。"
_CLOSED = "这一年度已经关账。请先重新打开年度，再体检、重新计算。"
_ROUNDS = 3
"""A figure may rest on another: after the first round only what rests on a mended one is left."""


class _TakenBackError(Exception):
    """Ends a write that only looks."""


class _Wrong(NamedTuple):
    """Records of one table whose reckoned values do not agree with their sources."""

    table: str
    records: int
    labels: tuple[str, ...]
    first: str

    @property
    def sentence(self) -> str:
        """What is wrong, with the first record."""
        return f"“{called(self.table)}”有 {self.records:,} 条的{'、'.join(self.labels)}和来源不符（{self.first}）。"


def derived(bench: Workbench, tell: Tell) -> Part:
    """Every figure that the program reckons in a register, of the year at work, against what its sources give now."""
    if bench.read_only or bench.closed:
        why = "数据只读" if bench.read_only else "本年度已经关账"
        return Part(RECKONED, f"没有重新计算：{why}")
    found: list[_Wrong] = []
    try:
        with bench.store.write(OPERATION, "", "", bench.clock()) as unit:
            _reckon_all(unit, bench, tell)
            found = list(_wrong(unit))
            raise _TakenBackError
    except _TakenBackError:
        findings = tuple(Finding(one.sentence, _TODO) for one in found)
    except YearClosed:
        findings = (Finding(f"已关账年度的{RECKONED}和来源不符。", _CLOSED),)
    told = f"{len(_reckoned())} 种台账的合计、余额、人数、得分，按 {bench.year} 年度的来源重新计算"
    return Part(RECKONED, told, findings)


def _reckoned() -> list[Register]:
    """The registers from whose records something follows."""
    return [one for one in registry.all() if one.derive is not None]


def _reckon_all(unit: Unit, bench: Workbench, tell: Tell) -> None:
    """Derive everything, until nothing changes any more."""
    for _round in range(_ROUNDS):
        before = len(unit.changed)
        for register in _reckoned():
            tell(f"{RECKONED}：{register.title}")
            _reckon(unit, bench, register)
        unit.session.flush()
        if len(unit.changed) == before:
            return


def _reckon(unit: Unit, bench: Workbench, register: Register) -> None:
    """Derive anew what follows from all records of the year at work, as if each had just been typed."""
    derive, entity = register.derive, register.entity
    assert derive is not None
    names = dict.fromkeys(of(entity))
    where = [getattr(entity, register.year) == bench.year] if register.year else []
    keys = unit.session.scalars(select(entity.key).where(*where)).all()  # type: ignore[attr-defined]
    written: dict[type[Base], dict[str, dict[str, Any]]] = {entity: dict.fromkeys(keys, names)}
    if register.yearly is not None:
        beside: Any = register.yearly.entity
        owners = select(getattr(beside, register.yearly.column)).where(beside.year == bench.year)
        written[beside] = dict.fromkeys(unit.session.scalars(owners).all(), dict.fromkeys(of(beside)))
    derive(unit, Touched(entity, register.parent, register.year, bench.year, bench, written=written))


def _wrong(unit: Unit) -> Iterator[_Wrong]:
    """What the write would change, by table."""
    columns = (ChangeEntry.entity, ChangeEntry.action, ChangeEntry.columns, ChangeEntry.body)
    statement = select(*columns).where(ChangeEntry.set_key == unit.set_key).order_by(ChangeEntry.position)
    rows = unit.session.execute(statement).all() if unit.set_key else []
    by_table: dict[str, list[Entry]] = {}
    for entry in read_entries(rows):
        if entry.action is Action.UPDATE:
            by_table.setdefault(entry.table, []).append(from_log(entry))
    for table, entries in by_table.items():
        fields = of(entity_named(table))
        labels = dict.fromkeys(fields[name].label for entry in entries for name in _changed(entry))
        keys = {row[0] for entry in entries for row in entry.rows}
        yield _Wrong(table, len(keys), tuple(labels), _first(unit, entries[0]))


def _changed(entry: Entry) -> Iterator[str]:
    """The columns of which a value is another."""
    wide = len(entry.columns)
    for place, name in enumerate(entry.columns, 1):
        if any(row[place] != row[place + wide] for row in entry.rows):
            yield name


def _first(unit: Unit, entry: Entry) -> str:
    """The first record with what it has and should have."""
    entity, row, wide = entity_named(entry.table), entry.rows[0], len(entry.columns)
    words = word_columns(tuple(column.name for column in entity.__table__.columns))[:1]
    record = unit.session.get(entity, row[0])
    name = str(getattr(record, words[0], "") or "") if words and record is not None else ""
    field = next((name for place, name in enumerate(entry.columns, 1) if row[place] != row[place + wide]), "")
    place = entry.columns.index(field) + 1
    before, after = (show(of(entity)[field], row[at]) or "空" for at in (place, place + wide))
    return f"{name}{'：' if name else ''}{of(entity)[field].label}是 {before}，应为 {after}"


def mend(bench: Workbench) -> Change:
    """Reckon all of it anew and keep it, as one change that undo takes back.

    Raises:
        NotAllowed: It all agrees already.
        Situation: Nothing could be written.
    """
    with bench.write(OPERATION, f"重新计算台账里{RECKONED}") as unit:
        _reckon_all(unit, bench, lambda _text: None)
        if not unit.set_key:
            raise NotAllowed(f"{RECKONED}都和来源一致，不用重新计算。", todo="")
        return bench.change(unit, f"已按来源重新计算台账里{RECKONED}，可以撤销。")
