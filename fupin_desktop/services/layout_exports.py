"""Registers in the layouts of other systems: those that are known, and those in which lists came."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.documents.drawing.table_workbook import CellKind, TableColumn, TableHead, Value, write_table
from fupin_desktop.documents.drawing.xlsx import letters
from fupin_desktop.domain import identity
from fupin_desktop.domain.text import compact
from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.services import offices
from fupin_desktop.services.exports import cell_kind, cell_value, cell_width, teller
from fupin_desktop.services.imports.flat.lists import family_of
from fupin_desktop.services.imports.headings import CLASS, CLASSES, FAMILY, ListKind
from fupin_desktop.services.imports.keeping import named_apart
from fupin_desktop.services.imports.mapping import NUMBERING
from fupin_desktop.services.imports.years import OF_YEAR
from fupin_desktop.services.layout_figures import Found, figures_of
from fupin_desktop.services.list_layouts.demands import Form
from fupin_desktop.services.list_layouts.heads import Head
from fupin_desktop.services.list_layouts.kept import Texts, texts_of
from fupin_desktop.services.list_layouts.presets import Figure, Given, presets, recognised
from fupin_desktop.services.registers import registry
from fupin_desktop.services.registers.columns import layout as columns_of
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.parts import OWN as OWN_SOURCE
from fupin_desktop.services.registers.sheets import RegisterSheet
from fupin_desktop.services.sheets.heading import Heading, base
from fupin_desktop.services.sheets.units import quantity_unit, unit_of, without_unit
from fupin_desktop.services.values import Context, Place, read
from fupin_desktop.services.workbench import Progress, Workbench
from fupin_desktop.storage.entities import Base, Household, ImportRun, Person
from fupin_desktop.storage.fields import Field, Kind

_GATHERED: dict[type[Base], str] = {Household: "household", Person: "person"}
"""Groups of the fields of records that are gathered out of lists of households; those of others are their own."""
_AT_ONCE = 1000
_MOST_CAME = 12
"""So many layouts in which lists came last are offered."""
_KEPT_WIDTH = 14.0
_YEAR_KEYS = ("list.year", "year.year")


class LaidColumn(NamedTuple):
    """A column of a layout.

    Attributes:
        heading: Its heading.
        field: Key of the field that it holds, as in the mapping of an import; empty for none.
        kept: Name under which what lists said there is kept; empty where nothing is.
        given: What it holds besides.
        figure: What other registers tell of the record.
        times: So many yuan are one of the figure's heading.
    """

    heading: str
    field: str = ""
    kept: str = ""
    given: Given | None = None
    figure: Figure | None = None
    times: int = 1

    @property
    def filled(self) -> bool:
        """Whether anything the office knows can stand in it."""
        return bool(self.field or self.kept or self.given is not None or self.figure is not None)


@dataclass(frozen=True, slots=True)
class ListLayout:
    """A layout in which a register can be written.

    Attributes:
        name: Its name for people.
        kind: What one row stands for, by the name of the kind of list.
        columns: Its columns in order.
        head: The rows above the data as the list had them; None for one row of headings.
    """

    name: str
    kind: str
    columns: tuple[LaidColumn, ...]
    head: Head | None = None


def layouts(bench: Workbench, register: Register) -> list[ListLayout]:
    """The layouts for a register: of known systems, then those in which its lists came, the last first."""
    kinds = _kinds_of(register)
    return [*(one for one in _known() if one.kind in kinds), *_came(bench, kinds)]


def named(bench: Workbench, register: Register, name: str) -> ListLayout | None:
    """The layout of a name; None where there is none."""
    return next((one for one in layouts(bench, register) if one.name == name), None)


def _kinds_of(register: Register) -> tuple[str, ...]:
    if _GATHERED.get(register.entity) == "household":
        return "entries", "households", "payments"
    return (register.name,)


def _known() -> Iterator[ListLayout]:
    for preset in presets():
        kind = FAMILY.named(preset.kind) or family_of(registry.of(preset.kind)).kinds[0]
        headings = tuple(one.heading for one in preset.columns)
        keys, _doubles = kind.assign(Heading(0, 1, headings))
        columns: list[LaidColumn] = []
        for one, key in zip(preset.columns, keys, strict=True):
            name = named_apart(one.heading, [column.kept for column in columns])
            kept = name if key in (None, CLASS, *CLASSES) else ""
            columns.append(LaidColumn(one.heading, key or "", kept, one.given, one.figure, one.times))
        yield ListLayout(preset.name, preset.kind, tuple(columns))


def _came(bench: Workbench, kinds: Sequence[str]) -> list[ListLayout]:
    found: dict[tuple[LaidColumn, ...], ListLayout] = {}
    with bench.read() as session:
        wanted = ImportRun.file_name, ImportRun.mapping, ImportRun.year
        for file_name, mapping, year in session.execute(select(*wanted).order_by(ImportRun.at.desc())):
            if not isinstance(mapping, dict) or mapping.get("kind") not in kinds or not mapping.get("layout"):
                continue
            columns = _figured(map(_laid, mapping["layout"]))
            name = named_apart(f"和“{file_name}”一样", [one.name for one in found.values()])
            head = _head(mapping.get("head"), year, bench.year)
            found.setdefault(columns, ListLayout(name, str(mapping["kind"]), columns, head))
            if len(found) >= _MOST_CAME:
                break
    return list(found.values())


def _laid(came: Mapping[str, str]) -> LaidColumn:
    """A column of a list that came; one that only numbers the rows does so again."""
    heading, field, kept = came["heading"], came["field"], came["kept"]
    numbers = not field and not kept and heading in NUMBERING
    return LaidColumn(heading, field, kept, Given.NUMBER if numbers else None)


def _figured(came: Iterable[LaidColumn]) -> tuple[LaidColumn, ...]:
    """Columns of a list that came, with the figures that a known system has under their headings."""
    columns = tuple(came)
    known = recognised([one.heading for one in columns])
    figures = {one.heading: (one.figure, one.times) for one in known.columns} if known is not None else {}
    told = (figures.get(one.heading, (None, 1)) for one in columns)
    return tuple(one._replace(figure=figure, times=times) for one, (figure, times) in zip(columns, told, strict=True))


def _head(kept: Mapping[str, Any] | None, came: int, year: int) -> Head | None:
    return None if kept is None else Head.from_dict(kept).of_year(came, year)


def write_layout(
    bench: Workbench, register: Register, chosen: ListLayout, path: Path, *, progress: Progress | None = None
) -> int:
    """Write a register of the year at work in a layout; what its lists said in columns of their own comes back.

    Args:
        bench: The office's data.
        register: Which register.
        chosen: The layout, as :func:`layouts` gives it.
        path: The xlsx file.
        progress: Told how far it is.

    Returns:
        The number of rows.

    Raises:
        Situation: The file cannot be written there.
        Cancelled: By ``progress``; no file was written.
    """
    writer = _Writer(bench, register, chosen)
    with bench.read() as session:
        return write_table(
            path, writer.title, writer.columns, writer.rows(session), made=bench.clock(),
            tell=teller(progress, chosen.name), head=writer.head,
        )  # fmt: skip


def layout_rows(bench: Workbench, register: Register, chosen: ListLayout) -> Iterator[list[Value]]:
    """The rows that :func:`write_layout` writes, without a file."""
    writer = _Writer(bench, register, chosen)
    with bench.read() as session:
        yield from writer.rows(session)


class _Writer:
    """The writing of one layout."""

    def __init__(self, bench: Workbench, register: Register, chosen: ListLayout) -> None:
        self._bench, self._register, self._chosen = bench, register, chosen
        self._own = _GATHERED.get(register.entity, "")
        kind = FAMILY.named(chosen.kind)
        self._kind: ListKind = kind if kind is not None else family_of(register).kinds[0]
        self._fields = [self._field(one) for one in chosen.columns]
        known = recognised([one.heading for one in chosen.columns])
        self._words = {one.heading: one.demand.words for one in known.columns} if known else {}
        self._months = {one.heading for one in known.columns if one.demand.form is Form.MONTH} if known else set()
        self._times = [self._rate(one, field) for one, field in zip(chosen.columns, self._fields, strict=True)]
        self._county, self._office = offices.county_of(bench), offices.office(bench)

    @property
    def columns(self) -> list[TableColumn]:
        """The columns of the workbook."""
        return [
            TableColumn(self._heading(one, field), self._cell_kind(field, times), self._width(one, field))
            for one, field, times in zip(self._chosen.columns, self._fields, self._times, strict=True)
        ]

    @property
    def title(self) -> str:
        """Of the sheet; results of a year under no column that says so are told to be of it."""
        keys = {one.field for one in self._chosen.columns}
        of_year = (self._kind.yearly or keys & {*OF_YEAR}) and not keys & {*_YEAR_KEYS}
        return f"{self._bench.year}年{self._chosen.name}" if of_year else self._chosen.name

    @property
    def head(self) -> TableHead | None:
        """The rows above the data as they came; not where a quantity would stand under a unit that is not its own."""
        kept = self._chosen.head
        pairs = zip(self._chosen.columns, self._fields, strict=True)
        if kept is None or any(self._heading(one, field) != one.heading for one, field in pairs):
            return None
        areas = [
            f"{letters(first + 1)}{first_row + 1}:{letters(last + 1)}{last_row + 1}"
            for first_row, first, last_row, last in kept.merges
        ]
        rows = [[_plain(cell) if cell != "" else None for cell in row] for row in kept.rows]
        return TableHead(rows, areas, kept.heading)

    @staticmethod
    def _width(one: LaidColumn, field: Field | None) -> float:
        return max(_KEPT_WIDTH if field is None else cell_width(field), 2 * len(one.heading) + 2)

    def _field(self, one: LaidColumn) -> Field | None:
        known = self._kind.fields.get(one.field)
        return None if known is None or one.field in _YEAR_KEYS else known.field

    @staticmethod
    def _rate(one: LaidColumn, field: Field | None) -> Fraction:
        """How many of the field's own unit one of the heading's is."""
        said = unit_of(one.heading, field) if field is not None else None
        return said.times if said is not None and said.times is not None else Fraction(1)

    @staticmethod
    def _heading(one: LaidColumn, field: Field | None) -> str:
        """The heading; a quantity stands in the unit of its row, so its heading names none."""
        if field is not None and field.kind is Kind.QUANTITY and quantity_unit(one.heading):
            return base(without_unit(compact(one.heading)))
        return one.heading

    @staticmethod
    def _cell_kind(field: Field | None, times: Fraction) -> CellKind:
        if field is None or times != 1:
            return CellKind.QUANTITY if field is not None else CellKind.TEXT
        return cell_kind(field)

    # ---- where the values stand ----
    @cached_property
    def _sheet(self) -> RegisterSheet:
        """The register's rows with the attributes that the layout needs, each once."""
        own = dict.fromkeys(place for place in self._places.values() if place[0] != "farm")
        below = dict.fromkeys(name for group, name in self._places.values() if group == "farm")
        return RegisterSheet(self._register, self._chosen.name, tuple(own), tuple(below))

    @cached_property
    def _places(self) -> Mapping[str, tuple[str, str]]:
        """Source and attribute of each field of the layout; of those of a household's items ``farm``."""
        found = {}
        for one in self._chosen.columns:
            if one.field in self._kind.fields and one.field not in _YEAR_KEYS:
                found[one.field] = self._place(one.field)
        if any(one.given in (Given.AGE, Given.ID_KIND) for one in self._chosen.columns):
            found[self._id_key] = self._place(self._id_key)
        return found

    @property
    def _id_key(self) -> str:
        return "person.id_number" if self._own == "person" else "household.head_id_number"

    def _place(self, key: str) -> tuple[str, str]:
        field = self._kind.fields[key]
        if key in CLASSES:
            field = self._kind.fields[CLASS]
        if field.group == "place":
            return field.name, "name"
        if self._own:
            return (OWN_SOURCE if field.group == self._own else field.group), field.name
        if field.group == "own":
            column = columns_of(self._register)[field.name]
            return column.source, column.reference.name if column.reference else column.field.name
        parent, _, name = key.partition(".")
        return parent, name

    # ---- rows ----
    def rows(self, session: Session) -> Iterator[list[Value]]:
        """The rows of the workbook."""
        order = [*self._sheet.own, *(("farm", name) for name in self._sheet.below)]
        at = {place: number for number, place in enumerate(order)}
        rows, number = self._sheet.keyed(session, self._bench.year), 0
        while part := list(islice(rows, _AT_ONCE)):
            kept = self._kept(session, [key for keys, _values in part for key in keys])
            figures = self._figures(session, [keys[0] for keys, _values in part])
            for keys, values in part:
                number += 1
                said: Texts = {}
                for key in keys:
                    said |= kept.get(key, {})
                stored = {key: values[at[place]] for key, place in self._places.items()}
                told = (_told(one, figures, keys[0], said) for one in self._chosen.columns)
                columns = zip(self._chosen.columns, self._fields, self._times, told, strict=True)
                yield [
                    self._value(one, field, times, stored, said, number) if figure is None else figure
                    for one, field, times, figure in columns
                ]

    def _figures(self, session: Session, keys: Sequence[str]) -> Mapping[Figure, Found]:
        wanted = [one.figure for one in self._chosen.columns if one.figure is not None]
        return figures_of(session, self._bench.year, wanted, keys) if wanted else {}

    def _kept(self, session: Session, keys: Sequence[str]) -> dict[str, Texts]:
        if not any(one.kept for one in self._chosen.columns):
            return {}
        return texts_of(session, keys, self._bench.year)

    def _value(
        self, one: LaidColumn, field: Field | None, times: Fraction, stored: Mapping[str, Any], said: Texts, number: int
    ) -> Value:
        kept = said.get(one.kept) if one.kept else None
        if field is None:
            if kept is not None:
                return _plain(kept)
            return self._bench.year if one.field in _YEAR_KEYS else self._given(one.given, stored, number)
        value = stored[one.field]
        if one.kept:
            return _plain(kept) if kept is not None and self._means(said, value) else self._class(one, field, value)
        shown = cell_value(field, value)
        if one.heading in self._months and isinstance(value, date) and value.day == 1:
            return f"{value:%Y%m}"  # a month came, and was registered by its first day
        if times != 1 and isinstance(shown, Decimal):
            exact = Fraction(shown) / times
            return Decimal(exact.numerator) / exact.denominator
        return shown

    def _class(self, one: LaidColumn, field: Field, value: str | None) -> Value:
        return _class(one.field, field, value, self._words.get(one.heading, ()))

    def _means(self, said: Texts, value: str | None) -> bool:
        """Whether the words that a list had for a class still mean what is registered, the surest column first."""
        columns = {one.field: one.kept for one in self._chosen.columns}
        words = [said.get(columns[key]) for key in (*CLASSES, CLASS) if key in columns]
        field, context = self._kind.fields[CLASS].field, Context(Place.IMPORTED)
        meant = (read(field, str(word), context).value for word in words if word is not None)
        return next((one for one in meant if one is not None), value) == value

    def _given(self, given: Given | None, stored: Mapping[str, Any], number: int) -> Value:
        known: dict[Given, Callable[[], Value]] = {
            Given.NUMBER: lambda: number,
            Given.YEAR: lambda: self._bench.year,
            Given.PROVINCE: lambda: self._county.province if self._county else None,
            Given.CITY: lambda: self._county.city if self._county else None,
            Given.COUNTY: lambda: self._office.county,
            Given.AGE: lambda: _age(stored[self._id_key], self._bench.today),
            Given.ID_KIND: lambda: "居民身份证" if stored[self._id_key] else None,
        }
        return known[given]() if given is not None else None


def _told(one: LaidColumn, figures: Mapping[Figure, Found], key: str, said: Texts) -> Value:
    """What other registers tell of a record in a column; of its class a list's own word goes before."""
    if one.figure is None or (one.figure is Figure.CLASS and one.kept in said):
        return None
    value = figures[one.figure].get(key)
    return value / one.times if isinstance(value, Decimal) and one.times != 1 else value


_MONITORED = (HouseholdClass.MONITORED.value, HouseholdClass.EDGE.value)


_THEIRS: Mapping[str, Mapping[str | None, str]] = {
    "household.class_by_monitoring": {
        HouseholdClass.EDGE: "边缘易致贫户",
        **dict.fromkeys((HouseholdClass.POOR, HouseholdClass.OUT_OF_POVERTY, HouseholdClass.ORDINARY), "非监测对象"),
    },
    "household.class_by_type": {HouseholdClass.EDGE: "一般农户", HouseholdClass.ORDINARY: "一般农户"},
}  # fmt: skip
"""Words of the system of monitoring for our classes; which of three kinds a 监测户 is, none of ours says."""


def _class(key: str, field: Field, value: str | None, words: Collection[str]) -> Value:
    """A class in the words that the column takes, else in ours; only the monitored stand in the column of monitoring.

    Args:
        key: The field of the column.
        field: Its metadata.
        value: The stored class.
        words: The only words that the column takes; empty for any.
    """
    theirs = _THEIRS.get(key, {}).get(value)
    if theirs in words:
        return theirs
    return None if key == "household.class_by_monitoring" and value not in _MONITORED else cell_value(field, value)


def _plain(kept: Any) -> Value:
    """A kept cell as it goes out again."""
    if isinstance(kept, bool):
        return "是" if kept else "否"
    return kept if isinstance(kept, int | Decimal) else str(kept)


def _age(number: str, today: date) -> int | None:
    """Whole years since the birthday that an ID number tells."""
    born = identity.check(number).birth if number else None
    if born is None:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
