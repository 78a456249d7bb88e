"""The part of the check that reckons anew what registers keep as reckoned: sums, balances, counts, scores, grades."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import select

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import registers
from fupin_desktop.services.data_check.model import RECKONED, Finding, Part, Tell
from fupin_desktop.services.registers import HOUSEHOLDS, Query, Register, registry
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.services.values import show
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import Base, ChangeEntry
from fupin_desktop.storage.fields import of
from fupin_desktop.storage.log import Action, Entry, from_log, read_entries
from fupin_desktop.storage.refusing import of_a_year
from fupin_desktop.storage.table_names import called, word_columns
from fupin_desktop.storage.unit import Purpose, Unit, entity_named

OPERATION = "registers.reckon"
_TODO = "请在“工具 → 数据体检…”里点“重新计算”：按来源重新算好，一步操作，可以撤销；再核对引用过它的表。"
_CLOSED = "{year} 年度已经关账。请先切换到那一年度，用“文件 → 重新打开年度…”打开，再体检、重新计算。"
_ROUNDS = 3
"""A figure may rest on another: after the first round only what rests on a mended one is left."""


class _TakenBackError(Exception):
    """Ends a write that only looks."""


class _Wrong(NamedTuple):
    """Records of one table whose reckoned values do not agree with their sources.

    Attributes:
        table: The table.
        entries: What reckoning them anew would change.
        first: The first record with what it has and should have.
    """

    table: str
    entries: tuple[Entry, ...]
    first: str

    @property
    def keys(self) -> set[str]:
        """The records."""
        return {row[0] for entry in self.entries for row in entry.rows}

    def sentence(self, when: str) -> str:
        """What is wrong, with the first record."""
        fields = of(entity_named(self.table))
        labels = dict.fromkeys(fields[name].label for entry in self.entries for name in _changed(entry))
        told = f"“{called(self.table)}”有 {len(self.keys):,} 条的{'、'.join(labels)}和来源不符（{self.first}）。"
        return f"{when}{told}"


def derived(bench: Workbench, tell: Tell) -> Part:
    """Every figure that the program reckons in a register, in every year, against what its sources give now."""
    if bench.read_only:
        return Part(RECKONED, "没有重新计算：数据只读")
    years, found, seen = _years(bench), [], set[str]()
    for year in years:
        for one in _looked(bench, year, tell):
            if not one.keys <= seen:
                when = "" if year == bench.year else f"{year} 年度的"
                todo = _CLOSED.format(year=year) if year in bench.closed_years else _TODO
                found.append(Finding(one.sentence(when), todo))
            seen |= one.keys
    looked = f"{len(_reckoned())} 种台账的合计、余额、人数、得分，按来源重新计算"
    notes = tuple(filter(None, [_unknown(bench)]))
    return Part(RECKONED, f"{looked}，{'、'.join(map(str, sorted(years)))} 年度", tuple(found), notes)


def _unknown(bench: Workbench) -> str:
    """How many households no number of the year counts, as nobody said whether they take part; empty for none."""
    blank = HOUSEHOLDS.conditions("missing:participation")
    count = registers.count(bench, Query(HOUSEHOLDS, bench.year, filters=blank))
    told = "参与户数、参与面积和奖补都没有计入，请在“农户台账”里补填"
    return f"{bench.year} 年度有 {count:,} 户没有填写参与情况：{told}。" if count else ""


def _years(bench: Workbench) -> list[int]:
    """The year at work, then the others that registers have records of, the last one first."""
    found = set()
    with bench.read() as session:
        for register in _of_years():
            entity: Any = register.yearly.entity if register.yearly is not None else register.entity
            found |= set(session.scalars(select(entity.year).distinct()))
    return [bench.year, *sorted(found - {bench.year}, reverse=True)]


def _of_years() -> list[Register]:
    """The registers whose records of a year, or what is kept beside them, something follows from."""
    return [one for one in _reckoned() if one.year or one.yearly is not None]


def _looked(bench: Workbench, year: int, tell: Tell) -> list[_Wrong]:
    """What reckoning a year anew would change, without changing it.

    What lasts holds for the year at work: of other years only records that belong to a year are compared.
    """
    found: list[_Wrong] = []
    try:
        with bench.store.write_for(Purpose(OPERATION, "", "", bench.clock(), looks=True)) as unit:
            _reckon_all(unit, bench, year, tell)
            found = list(_wrong(unit))
            raise _TakenBackError
    except _TakenBackError:
        return found if year == bench.year else [one for one in found if of_a_year(one.table)]


def _reckoned() -> list[Register]:
    """The registers from whose records something follows."""
    return [one for one in registry.all() if one.derive is not None]


def _reckon_all(unit: Unit, bench: Workbench, year: int, tell: Tell) -> None:
    """Derive everything of a year, until nothing changes any more."""
    for _round in range(_ROUNDS):
        before = len(unit.changed)
        for register in _reckoned() if year == bench.year else _of_years():
            tell(f"{RECKONED}：{year} 年度{register.title}")
            _reckon(unit, bench, register, year)
        unit.session.flush()
        if len(unit.changed) == before:
            return


def _reckon(unit: Unit, bench: Workbench, register: Register, at: int) -> None:
    """Derive anew what follows from all records of a year, as if each had just been typed."""
    derive, entity = register.derive, register.entity
    assert derive is not None
    names = dict.fromkeys(of(entity))
    where = [getattr(entity, register.year) == at] if register.year else []
    keys = unit.session.scalars(select(entity.key).where(*where)).all()  # type: ignore[attr-defined]
    written: dict[type[Base], dict[str, dict[str, Any]]] = {entity: dict.fromkeys(keys, names)}
    if register.yearly is not None:
        beside: Any = register.yearly.entity
        owners = select(getattr(beside, register.yearly.column)).where(beside.year == at)
        written[beside] = dict.fromkeys(unit.session.scalars(owners).all(), dict.fromkeys(of(beside)))
    derive(unit, Touched(entity, register.parent, register.year, at, bench, written=written))


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
        yield _Wrong(table, tuple(entries), _first(unit, entries[0]))


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
    open_ = [year for year in _years(bench)[1:] if year not in bench.closed_years]
    others = [one for year in open_ for one in _looked(bench, year, _quiet)]
    with bench.write(OPERATION, f"重新计算台账里{RECKONED}") as unit:
        _reckon_all(unit, bench, bench.year, _quiet)
        for one in others:
            for entry in one.entries:
                _put(unit, entry)
        if not unit.set_key:
            raise NotAllowed(f"没有关账的年度，{RECKONED}都和来源一致，不用重新计算。", todo="")
        return bench.change(unit, f"已按来源重新计算台账里{RECKONED}，可以撤销。")


def _put(unit: Unit, entry: Entry) -> None:
    """Write what records of another year should have."""
    wide = len(entry.columns)
    unit.update_many(entity_named(entry.table), [(row[0], *row[1 + wide :]) for row in entry.rows], entry.columns)


def _quiet(_text: str) -> None:
    """Tell nothing."""
