"""Rows of a household list or 奖补登记表 become households: one household may fill several rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields as dataclass_fields
from typing import Any

from fupin_desktop.services.imports.columns import Columns
from fupin_desktop.services.imports.converters import must, warning
from fupin_desktop.services.imports.headings import ENTRIES, all_fields
from fupin_desktop.services.imports.households.records import FarmRecord, HouseholdRecord, YearRecord

_PLACE = ("town", "village")
_OTHERS = ("row", *_PLACE, "year", "farm", "persons", "more_rows")
HOUSEHOLD_NAMES = tuple(one.name for one in dataclass_fields(HouseholdRecord) if one.name not in _OTHERS)
YEAR_NAMES = tuple(one.name for one in dataclass_fields(YearRecord))
FARM_NAMES = tuple(one.name for one in dataclass_fields(FarmRecord) if one.name != "row")
_KEYS = (
    *[f"place.{name}" for name in _PLACE],
    *[f"household.{name}" for name in HOUSEHOLD_NAMES],
    *[f"year.{name}" for name in YEAR_NAMES],
)
_IDENTITY = {"household.code", "household.head_id_number"}
_FREE = {"household.note", "place.town"}
_CODE, _NAME, _ID, _GROUP = (
    _KEYS.index(f"household.{name}") for name in ("code", "head_name", "head_id_number", "group_name")
)
_VILLAGE = _KEYS.index("place.village")
_YEAR_FROM = len(_PLACE) + len(HOUSEHOLD_NAMES)
_PRODUCT, _UNIT = FARM_NAMES.index("product"), FARM_NAMES.index("unit")
Row = tuple[Any, ...]


def group_households(columns: Columns) -> list[HouseholdRecord]:
    """The households of the rows; what is wrong is noted in ``columns``."""
    shared = list(zip(*[columns.column(key) for key in _KEYS], strict=True))
    farms = columns.records("farm", FARM_NAMES) if "farm.product" in columns.values else [()] * len(columns.rows)
    if _all_apart(shared):
        return _each_its_own(columns, shared, farms)
    grouping = _Grouping(columns, shared)
    for row, values, farm in zip(columns.rows, shared, farms, strict=True):
        grouping.take(row, values, farm)
    return grouping.households


def _all_apart(shared: list[Row]) -> bool:
    """Whether every row is plainly a household of its own: named, with code or number, none of them twice."""
    codes, numbers = {values[_CODE] for values in shared}, {values[_ID] for values in shared}
    if any(values[_NAME] is None for values in shared):
        return False
    coded, numbered = (None not in marks and len(marks) == len(shared) for marks in (codes, numbers))
    return (coded and numbered) or (numbered and codes == {None}) or (coded and numbers == {None})


def _each_its_own(columns: Columns, shared: list[Row], farms: list[Row]) -> list[HouseholdRecord]:
    """The common list of one row a household, read without looking for earlier rows."""
    records = []
    for row, values, farm in zip(columns.rows, shared, farms, strict=True):
        record = HouseholdRecord(row, YearRecord(*values[_YEAR_FROM:]), *values[:_YEAR_FROM])
        add_farm(columns, record, row, farm)
        records.append(record)
    return records


class _Grouping:
    """Households grown row by row. A household is found again by its code, its number, or, without both, its name."""

    def __init__(self, columns: Columns, shared: Sequence[Row]) -> None:
        self._marks = _marks_by_name(shared)
        self.households: list[HouseholdRecord] = []
        self._columns = columns
        self._entries = columns.mapping.kind is ENTRIES
        self._by_code: dict[tuple[str | None, str], HouseholdRecord] = {}
        self._by_id: dict[str, HouseholdRecord] = {}
        self._by_name: dict[tuple[str | None, ...], HouseholdRecord] = {}
        self._seen: dict[int, Row] = {}
        self._current: HouseholdRecord | None = None
        places = {columns.mapping.column_of(key) for key in _IDENTITY}
        self._unclear = {one.row for one in columns.findings if one.must and one.column in places}

    def take(self, row: int, values: Row, farm: Row) -> None:
        """Take in one row."""
        if values[_NAME] is None and values[_CODE] is None and values[_ID] is None:
            self._continue(row, values, farm)
            return
        known = self._find(row, values)
        if known is None:
            self._begin(row, values, farm)
        else:
            self._join(known, row, values, farm)

    def _find(self, row: int, values: Row) -> HouseholdRecord | None:
        """The household that a row belongs to, where it was seen before."""
        code, number, name = values[_CODE], values[_ID], values[_NAME]
        if code is not None:
            known = self._by_code.get((values[_VILLAGE], code))
            if known is not None:
                return known
        if number is not None:
            known = self._by_id.get(number)
            if known is None or not self._other(known, values):
                return known
            self._columns.find(row, "household.head_id_number", _twice(known))
        if code is None and number is None and row not in self._unclear:
            current = self._current
            if current is not None and current.head_name == name:
                return current
            place = (values[_VILLAGE], values[_GROUP], name)
            if len(self._marks.get(place, ())) > 1:
                self._unclear.add(row)
                self._columns.find(row, "household.head_name", _same_name(name))
                return None
            return self._by_name.get(place)
        return None

    @staticmethod
    def _other(known: HouseholdRecord, values: Row) -> bool:
        """Whether a row of the same number speaks of another household."""
        code, name = values[_CODE], values[_NAME]
        if code is not None and known.code is not None and code != known.code:
            return True
        return name is not None and known.head_name is not None and name != known.head_name

    def _begin(self, row: int, values: Row, farm: Row) -> None:
        record = HouseholdRecord(row, YearRecord(*values[_YEAR_FROM:]), *values[:_YEAR_FROM])
        self.households.append(record)
        self._current = record
        self._seen[row] = values
        code, number, name = values[_CODE], values[_ID], values[_NAME]
        if code is not None:
            self._by_code.setdefault((values[_VILLAGE], code), record)
            self._by_code.setdefault((None, code), record)
        if number is not None:
            self._by_id.setdefault(number, record)
        if name is None:
            fault = must("no_name", "没有户主姓名", "请填写户主姓名")
            self._columns.find(row, "household.head_name", fault)
        else:
            self._by_name.setdefault((values[_VILLAGE], values[_GROUP], name), record)
        if code is None and number is None and row not in self._unclear:
            fault = must("no_identity", "既没有证件号码，也没有户编号，认不准是哪一户", "请补上证件号码或户编号")
            self._columns.find(row, "household.head_id_number", fault)
        add_farm(self._columns, record, row, farm)

    def _continue(self, row: int, values: Row, farm: Row) -> None:
        """A row without name, code and number: a further entry of the household above, or nothing."""
        has_farm = any(value is not None for value in farm)
        if has_farm and not any(isinstance(value, int) for value in farm):
            note = warning("row_left_out", "没有户主，也没有数量和金额的行，没有导入", "不用处理")
            self._columns.find(row, "household.head_name", note)
            return
        if self._current is not None and has_farm:
            self._join(self._current, row, values, farm)
        elif has_farm or any(value is not None for value in values[_CODE:]):
            fault = must("no_name", "这一行没有户主姓名，也没有户编号和证件号码", "请填写，或删除这一行")
            self._columns.find(row, "household.head_name", fault)
        else:
            note = warning("row_left_out", "没有户主的行，没有导入", "不用处理")
            self._columns.find(row, "household.head_name", note)

    def _join(self, known: HouseholdRecord, row: int, values: Row, farm: Row) -> None:
        """A further row of a household: it must not contradict, may fill what was blank, and brings its entry."""
        self._current = known
        known.more_rows.append(row)
        seen = self._seen[known.row]
        if values != seen:
            self._reconcile(known, row, values, seen)
        if self._entries and any(value is not None for value in farm):
            add_farm(self._columns, known, row, farm)
        elif not self._entries:
            fault = warning("household_twice", f"这一户在第{known.row + 1}行已经有了，只取一次")
            self._columns.find(row, "household.head_name", fault)

    def _reconcile(self, known: HouseholdRecord, row: int, values: Row, seen: Row) -> None:
        merged = list(seen)
        for place, (value, before) in enumerate(zip(values, seen, strict=True)):
            if value is None or value == before:
                continue
            if before is None:
                merged[place] = value
            elif _KEYS[place] not in _FREE:
                self._columns.find(row, _KEYS[place], _contradiction(known, _KEYS[place]))
        self._seen[known.row] = tuple(merged)
        for name, value in zip((*_PLACE, *HOUSEHOLD_NAMES), merged, strict=False):
            setattr(known, name, value)
        known.year = YearRecord(*merged[_YEAR_FROM:])
        if known.head_id_number is not None:
            self._by_id.setdefault(known.head_id_number, known)


def add_farm(columns: Columns, record: HouseholdRecord, row: int, farm: Row) -> None:
    """Add the entry of a row to its household, where the row has one."""
    if not farm:
        return
    if farm[_PRODUCT] is not None:
        record.farm.append(FarmRecord(row, *farm))
    elif any(value is not None for place, value in enumerate(farm) if place != _UNIT):
        fault = must("no_product", "填了种养数据，但没有产品名称", "请填写产品，或清空这一行的种养数据")
        columns.find(row, "farm.product", fault)


def _marks_by_name(shared: Sequence[Row]) -> dict[tuple[Any, ...], set[Any]]:
    """The numbers of the households of each place and name: code, or else ID number."""
    found: dict[tuple[Any, ...], set[Any]] = defaultdict(set)
    for values in shared:
        mark = values[_CODE] or values[_ID]
        if mark is not None and values[_NAME] is not None:
            found[values[_VILLAGE], values[_GROUP], values[_NAME]].add(mark)
    return found


def _same_name(name: str) -> Any:
    sentence = f"名册里有不止一户叫“{name}”，这一行没有户编号和证件号码，认不准是哪一户"
    return must("same_name", sentence, "请补上证件号码或户编号")


def _twice(known: HouseholdRecord) -> Any:
    who = f"“{known.head_name or known.code}”"
    return must("id_twice", f"证件号码与第{known.row + 1}行{who}相同，一个号码只能属于一户", "请核对证件，改正其中一户")


def _contradiction(known: HouseholdRecord, key: str) -> Any:
    label = all_fields()[key].field.label
    sentence = f"与第{known.row + 1}行同一户的“{label}”不一致"
    return must("contradiction", sentence, "请核对，改成一样；不是同一户的，请改正户编号或证件号码")
