"""A form as defined in ``forms/<id>/form.toml``; lengths in mm, type sizes in points."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from fupin_desktop.documents.definition.formats import Template
from fupin_desktop.documents.pages import Paper

TYPES = (
    "text", "long", "money", "wan", "area", "quantity", "count", "date", "choice", "several", "yes_no", "phone", "list",
    "opinion",
)
"""Types of fields; ``long`` is a text of several lines, ``several`` a list of choices, ``opinion`` a sign-off box."""
PATH = re.compile(r"([a-z][a-z0-9_]*)(?:\[(\d+)\](?:\.([a-z][a-z0-9_]*))?)?")
"""A field's place in the data: ``leader``, ``members[2]``, ``members[2].name``."""


@dataclass(frozen=True, slots=True)
class Style:
    """How text looks and lies in its cell or paragraph.

    Attributes:
        font: Family code of ``fonts.FAMILIES``.
        size: Points.
        pitch: Distance of lines, points.
        align: left, center, right or justify.
        valign: top, middle or bottom.
        colour: ``#rrggbb``.
        fill: Background ``#rrggbb``; empty for none.
        pad: Room left free at each side of a cell, mm.
        indent: First line's indent, characters.
        left: Indent of all lines, characters.
        right: Indent from the right, characters.
        before: Room above a paragraph, mm.
        after: Room below a paragraph, mm.
        shrink: Whether one line that is too wide is set smaller (down to 60 %) before it is broken.
        bold: Whether the workbook emboldens; paper takes a heavier face instead.
        vertical: Whether characters stand under each other, as in narrow label cells.
        phrases: Whether a title of two lines is rather parted where a phrase ends than into equal lines.
    """

    font: str = "song"
    size: float = 10.5
    pitch: float = 14.0
    align: str = "left"
    valign: str = "middle"
    colour: str = "#000000"
    fill: str = ""
    pad: float = 1.0
    indent: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    shrink: bool = False
    bold: bool = False
    vertical: bool = False
    phrases: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: written once for the editor, the paper and the messages.

    Attributes:
        name: Name in the data.
        label: Chinese label.
        type: One of ``TYPES``.
        unit: Unit shown; of an opinion the office whose opinion it is.
        unit_from: Name of the field beside it that holds the unit; empty for ``unit``.
        required: Whether an entry form needs it.
        source: Where the value comes from, in Chinese; empty where it is typed.
        help: Help text.
        clause: Clause it rests on.
        choices: Allowed texts of a choice or several; of a text those offered first.
        fields: Fields of a list's records.
        bind: Binding of ``forms/BINDINGS.md`` that gives the value, which then is not typed; empty for none.
        default: Binding that gives a new form's first value; empty for none.
        sum_of: Fields beside it whose sum it is, ``list.column`` for a column of a list; then it is not typed.
        max_length: Most characters of a text; 0 for any.
        public: How it is shown on copies that leave the office: ``id``, ``phone``, ``account``; empty as it is.
        choices_from: Binding that gives the texts a text field offers first; empty for none.
        printed: Whether it has its place on paper; False only for columns of a list that are kept in the data alone.
        levels: Of a list the count column that tells subtotals among its records: one of level n sums up what stands
            above it, back to the subtotal before it of that level or a higher one; 0 for a plain record.
    """

    name: str
    label: str
    type: str
    unit: str = ""
    unit_from: str = ""
    required: bool = False
    source: str = ""
    help: str = ""
    clause: str = ""
    choices: tuple[str, ...] = ()
    fields: Mapping[str, Field] = dataclasses.field(default_factory=dict)
    bind: str = ""
    default: str = ""
    sum_of: tuple[str, ...] = ()
    max_length: int = 0
    public: str = ""
    choices_from: str = ""
    printed: bool = True
    levels: str = ""

    @property
    def locked(self) -> bool:
        """Whether its value is computed, never typed."""
        return bool(self.bind or self.sum_of)

    @property
    def bindings(self) -> tuple[tuple[str, str], ...]:
        """The names of ``forms/BINDINGS.md`` that it uses, each with the key it stands at."""
        keys = ("bind", "default", "choices_from")
        return tuple((key, getattr(self, key)) for key in keys if getattr(self, key))


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row.

    Attributes:
        content: Text with places; of a cell with ``field`` the one place.
        field: Name of the field shown; empty for text, total and running cells.
        total: Name of the list field summed here; of ``page_total`` rows over the page.
        running: Name of the list field summed from the list's start to this page.
        span: Columns covered.
        rows: Rows covered.
        style: Its style.
        border: Whether the grid is drawn around it.
        foot: Lines at the bottom right of a sign-off box; of an opinion with its ``{name}`` and ``{date}``.
        under: Small text under the cell's own; None for none.
        under_style: Its style.
        per_item: Whether it repeats for each item of ``within``.
    """

    content: Template
    field: str = ""
    total: str = ""
    running: str = ""
    span: int = 1
    rows: int = 1
    style: Style = dataclasses.field(default_factory=Style)
    border: bool = True
    foot: tuple[Template, ...] = ()
    under: Template | None = None
    under_style: Style = dataclasses.field(default_factory=Style)
    per_item: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row, or the pattern of a list's rows.

    Attributes:
        role: fixed, heading (repeated on each page), each, subtotal (of a list with ``levels``), page_total, total.
        height: Smallest height, mm.
        cells: From left to right, leaving out what a cell above covers.
        each: List whose records repeat the row; of total rows the list summed.
        within: List inside a record that repeats the per-item cells; of a fixed row a list of the form.
        min_rows: Fewest rows of the list; those without a record are empty, for the pen.
        keep: Whether it stays on one page with the next row.
        when: Field that must hold something for the row to print; empty for always.
        together: How many of a list's last records stay on one page, so that none stands alone on the last one.
    """

    role: str
    height: float
    cells: tuple[Cell, ...]
    each: str = ""
    within: str = ""
    keep: bool = False
    when: str = ""
    min_rows: int = 0
    together: int = 0


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table; ``each`` repeats it for every record of a list, ``keep`` holds one repetition on one page.

    ``joins`` lets it go on in the frame of the table right above it.
    """

    columns: tuple[float, ...]
    rows: tuple[Row, ...]
    inner: float
    outer: float
    each: str = ""
    keep: bool = False
    when: str = ""
    after: float = 0.0
    joins: bool = False


@dataclass(frozen=True, slots=True)
class TextPart:
    """A paragraph; ``each`` repeats it for every entry of a list, ``keep`` holds it with the next part."""

    content: Template
    style: Style
    each: str = ""
    keep: bool = False
    when: str = ""


@dataclass(frozen=True, slots=True)
class SignaturePart:
    """Unit and date, GB/T 9704-2012 7.3.5: the date right-indented, the lines above centred over it."""

    lines: tuple[Template, ...]
    style: Style


@dataclass(frozen=True, slots=True)
class SpacePart:
    """Empty room, mm; none at the top of a page."""

    height: float


@dataclass(frozen=True, slots=True)
class PagePart:
    """Begins a new page; ``when`` names a field that must hold something for it."""

    when: str = ""


PLACES = ("village", "town", "household", "project")
"""Whom a form can be for."""
Part: TypeAlias = TablePart | TextPart | SignaturePart | SpacePart | PagePart


@dataclass(frozen=True, slots=True)
class Footer:
    """The page number's line.

    Attributes:
        content: Text with ``{page}`` and ``{pages}``.
        style: Its style.
        gap: From the bottom of the text area to the top of the line, mm.
        outside: Odd pages right, even pages left (公文); else as the style aligns.
    """

    content: Template
    style: Style
    gap: float
    outside: bool


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """A whole form.

    Attributes:
        id: Folder name, e.g. ``award_sheet``.
        name: Name shown in lists; the title without its places where the file names none.
        title: Title with places; also the file's title.
        clause: Clause the form rests on.
        paper: Paper and margins.
        parts: From top to bottom.
        fields: By name.
        footer: None for no page numbers.
        workbook: Whether it can be written as a workbook.
        entry: Whether it is filled on screen, so that pages carry their fields' places.
        places: Whom it is for, one of ``PLACES``, in a form that the office alone has; empty where it does not say.
    """

    id: str
    name: str
    title: Template
    clause: str
    paper: Paper
    parts: tuple[Part, ...]
    fields: Mapping[str, Field]
    footer: Footer | None
    workbook: bool
    entry: bool
    places: str = ""

    @property
    def text_width(self) -> float:
        """Width between the margins, mm."""
        return self.paper.width - self.paper.left - self.paper.right

    @property
    def opinions(self) -> tuple[Field, ...]:
        """The sign-off boxes in the order of the signatures."""
        return tuple(field for field in self.fields.values() if field.type == "opinion")

    @property
    def choices_from(self) -> frozenset[str]:
        """The bindings whose texts its fields offer, also those of lists."""
        inner = (one for field in self.fields.values() for one in (field, *field.fields.values()))
        return frozenset(filter(None, (field.choices_from for field in inner)))

    def offering(self, choices: Mapping[str, Sequence[str]]) -> FormDefinition:
        """The same form whose fields with ``choices_from`` offer these texts.

        Args:
            choices: Texts by the binding's name; of a name that is missing nothing is offered.
        """
        return replace(self, fields=_offering(self.fields, choices)) if self.choices_from else self

    def field_at(self, path: str) -> Field | None:
        """The field at a path like ``leader``, ``members[2].name`` or ``opinion_village``; None for none."""
        found = PATH.fullmatch(path)
        field = self.fields.get(found[1]) if found else None
        if field is None or found is None or found[3] is None:
            return field
        return field.fields.get(found[3]) if field.type == "list" else None


def _offering(fields: Mapping[str, Field], choices: Mapping[str, Sequence[str]]) -> dict[str, Field]:
    """The fields with what they offer."""
    out = dict(fields)
    for name, field in fields.items():
        if field.type == "list":
            out[name] = replace(field, fields=_offering(field.fields, choices))
        elif field.choices_from:
            offered = dict.fromkeys((*field.choices, *choices.get(field.choices_from, ())))
            out[name] = replace(field, choices=tuple(filter(None, offered)))
    return out
