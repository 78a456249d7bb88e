"""Every register of the sample office: what a question answers is what somebody would count in the rows shown."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from fupin_desktop.services import registers
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.registers import ColumnInfo, Filter, Query, Register, registry, windows
from fupin_desktop.services.registers.columns import layout, of_parents
from fupin_desktop.services.values.listed import MARK
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.fields import Kind
from fupin_desktop.storage.store import DATA_FILE
from tests.conftest import SAMPLE_DAY

NUMBERS = {Kind.MONEY, Kind.AREA, Kind.QUANTITY, Kind.INTEGER, Kind.PERCENT}
EVERY = 100_000


@pytest.fixture(scope="module")
def bench(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    folder = tmp_path_factory.mktemp("every")
    shutil.copy(sample_folder / DATA_FILE, folder)
    made = open_workbench(folder, clock=lambda: SAMPLE_DAY)
    yield made
    made.close()


class Shown:
    """The rows of a register as they are shown."""

    def __init__(self, bench: Workbench, register: Register) -> None:
        self.bench, self.register = bench, register
        self.columns = registers.columns(register)
        self.own = [one for one in self.columns if one.key not in of_parents(register)]
        self.rows = registers.rows(bench, register, bench.year, registers.all_keys(bench, self.query()))

    def kinds(self) -> list[ColumnInfo]:
        """A column of each kind: they are asked for by the same code."""
        known = layout(self.register)
        found = {(known[one.key].computed is None, one.kind, one.refers, one.several): one for one in self.columns}
        return list(found.values())

    def query(self, *filters: Filter, **more: object) -> Query:
        return Query(self.register, self.bench.year, filters=filters, **more)  # type: ignore[arg-type]

    def cells(self, column: ColumnInfo) -> list[str]:
        place = self.columns.index(column)
        return [row.cells[place] for row in self.rows]

    def of(self, column: ColumnInfo, wanted: object) -> set[str]:
        """Keys of the rows with such a cell."""
        return {row.key for row, cell in zip(self.rows, self.cells(column), strict=True) if wanted(cell)}  # type: ignore[operator]

    def found(self, *filters: Filter) -> set[str]:
        return set(registers.all_keys(self.bench, self.query(*filters)))


@pytest.fixture(scope="module", params=registry.NAMES)
def shown(bench: Workbench, request: pytest.FixtureRequest) -> Shown:
    return Shown(bench, registry.of(request.param))


def words(column: ColumnInfo, cell: str) -> list[str]:
    return cell.split(MARK) if column.several else [cell]


def number(cell: str) -> Decimal | None:
    return Decimal(cell.replace(",", "").rstrip("%")) if cell else None


def test_the_sample_office_has_rows_of_every_register(shown: Shown) -> None:
    assert shown.rows


def test_values_are_counted_as_the_cells_show_them(shown: Shown) -> None:
    for column in shown.own:
        told = {one.text: one.count for one in registers.values(shown.bench, shown.query(), column.key, EVERY)}
        assert (column.key, told) == (column.key, Counter(word for cell in shown.cells(column) for word in words(column, cell)))


def test_a_value_chosen_in_a_column_gives_the_rows_that_show_it(shown: Shown) -> None:
    for column in shown.own:
        text = Counter(word for cell in shown.cells(column) for word in words(column, cell)).most_common()[-1][0]
        wanted = shown.of(column, lambda cell, text=text, column=column: text in words(column, cell))
        assert (column.key, text, shown.found(Filter(column.key, values=(text,)))) == (column.key, text, wanted)


def test_given_and_not_given_part_the_rows(shown: Shown) -> None:
    for column in shown.kinds():
        empty = shown.of(column, lambda cell: not cell)
        found = [shown.found(Filter(column.key, blank=blank)) for blank in (True, False)]
        assert (column.key, found) == (column.key, [empty, {row.key for row in shown.rows} - empty])


def test_bounds_take_in_what_stands_at_them(shown: Shown) -> None:
    for column in shown.kinds():
        if Kind(column.kind) not in (*NUMBERS, Kind.DATE):
            continue
        read = number if Kind(column.kind) in NUMBERS else lambda cell: cell or None
        given = sorted(value for cell in shown.cells(column) if (value := read(cell)) is not None)
        if given:
            middle = given[len(given) // 2]
            least = shown.of(column, lambda cell, read=read, middle=middle: (value := read(cell)) is not None and value >= middle)
            most = shown.of(column, lambda cell, read=read, middle=middle: (value := read(cell)) is not None and value <= middle)
            assert (column.key, shown.found(Filter(column.key, low=str(middle)))) == (column.key, least)
            assert (column.key, shown.found(Filter(column.key, high=str(middle)))) == (column.key, most)


def test_rows_stand_in_the_order_of_their_numbers_and_days(shown: Shown) -> None:
    cells = {row.key: dict(zip([one.key for one in shown.columns], row.cells, strict=True)) for row in shown.rows}
    for column in shown.kinds():
        if Kind(column.kind) in (*NUMBERS, Kind.DATE):
            read = number if Kind(column.kind) in NUMBERS else str
            keys = registers.all_keys(shown.bench, shown.query(sort=((column.key, False),)))
            texts = [cells[key][column.key] for key in keys]
            given = texts[texts.count(""):]
            assert (column.key, given) == (column.key, sorted((text for text in texts if text), key=read))


def test_a_long_register_is_read_in_windows_as_a_short_one_is_at_once(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    down = len(shown.rows) % 2 == 0
    column = next((one.key for one in shown.columns if one.summed), shown.columns[0].key)
    asked = shown.query(sort=((column, down),))
    whole, sums = registers.all_keys(shown.bench, asked), registers.totals(shown.bench, asked)
    monkeypatch.setattr(windows, "SMALL", 1)
    shown.bench.refresh()
    size = max(2, len(whole) // 3)
    read = [key for start in range(0, len(whole), size) for key in windows.window_keys(shown.bench, asked, start, size)]
    assert tuple(read) == whole
    assert registers.totals(shown.bench, asked) == sums
    assert windows.position(shown.bench, asked, whole[len(whole) // 2]) == len(whole) // 2
    monkeypatch.undo()
    shown.bench.refresh()


def test_of_how_many_rows_named_filters_hold_is_what_they_find(shown: Shown) -> None:
    also = [named.conditions for named in shown.query().register.filters.values()]
    for asked in (shown.query(), *(replace(shown.query(), filters=conditions) for conditions in also[:2])):
        told = registers.totals(shown.bench, asked, also)
        assert told.holding == tuple(
            registers.count(shown.bench, replace(asked, filters=(*asked.filters, *conditions))) for conditions in also
        )
        assert told.count == registers.count(shown.bench, asked)


def test_sums_are_those_of_the_cells(shown: Shown) -> None:
    told = registers.totals(shown.bench, shown.query())
    summed = {one.key: sum((number(cell) or Decimal(0) for cell in shown.cells(one)), Decimal(0)) for one in shown.columns if one.summed}
    assert (told.count, {key: number(text) or Decimal(0) for key, text in told.sums.items()}) == (len(shown.rows), summed)
