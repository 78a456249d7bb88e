"""Which column holds which field: proposed from the headings, changed by hand, remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from fupin_desktop.services.imports.headings import FAMILY, Family, ListKind
from fupin_desktop.services.list_layouts.presets import recognised
from fupin_desktop.services.sheets import heading as headings
from fupin_desktop.services.sheets.doubles import Double
from fupin_desktop.services.sheets.heading import Heading, normalise
from fupin_desktop.services.sheets.raw import RawSheet

_LEAST = 2
NUMBERING = ("序号", "编号", "行号", "No", "NO", "no")
"""Headings of columns that only number the rows."""
_COUNTIES = ("县", "县区", "区县", "区(县)", "市(县)", "县(市)", "县(市、区)", "县(市、区、旗)")
_ABOVE = frozenset(map(normalise, ("省", "省份", "市", "地市", "市州", *_COUNTIES)))


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a sheet is read.

    Attributes:
        kind: What one row stands for.
        heading_row: First row of the heading, from 0.
        heading_rows: 1, or 2 where groups stand above.
        headings: Text of every column's heading.
        columns: Field key of every column, None where it is left out.
        groups: Text of the group above every column, as in :class:`Heading`.
        doubles: Headings that stand over more than one column, as long as the clerk has not chosen.
    """

    kind: ListKind
    heading_row: int
    heading_rows: int
    headings: tuple[str, ...]
    columns: tuple[str | None, ...]
    groups: tuple[str, ...] = ()
    doubles: tuple[Double, ...] = ()

    @property
    def heading(self) -> Heading:
        """Where the heading stands and what it says."""
        return Heading(self.heading_row, self.heading_rows, self.headings, self.groups)

    @property
    def used(self) -> frozenset[int]:
        """The columns that hold a field."""
        return frozenset(number for number, key in enumerate(self.columns) if key is not None)

    @property
    def first_row(self) -> int:
        """First row below the heading."""
        return self.heading_row + self.heading_rows

    @property
    def signature(self) -> str:
        """Fingerprint of the arrangement of headings, under which the mapping is remembered."""
        text = "\n".join(normalise(heading) for heading in self.headings if heading)
        return hashlib.sha256(text.encode()).hexdigest()

    def column_of(self, key: str) -> int | None:
        """The column that holds a field."""
        return self.columns.index(key) if key in self.columns else None

    @property
    def unused(self) -> list[str]:
        """Headings of the columns that are left out, numbering aside."""
        pairs = zip(self.headings, self.columns, strict=True)
        return [heading for heading, key in pairs if heading and key is None and heading not in NUMBERING]

    @property
    def doubtful(self) -> list[str]:
        """Those that may have been meant to be taken: not where the office itself lies."""
        return [heading for heading in self.unused if normalise(heading) not in _ABOVE]

    @property
    def names_village(self) -> bool:
        """Whether a column names the village."""
        return any(key is not None and self.kind.fields[key].is_village for key in self.columns)

    def with_column(self, column: int, key: str | None) -> Mapping:
        """The mapping with one column given another field; a field stands in one column only."""
        columns = [None if other == key else other for other in self.columns]
        columns[column] = key
        doubles = tuple(double for double in self.doubles if double.key != key and column not in double.columns)
        return replace(self, columns=tuple(columns), doubles=doubles)

    def cut(self, starts: Sequence[int]) -> Mapping:
        """The mapping of the first of several tables side by side.

        Args:
            starts: First columns of the tables.
        """
        heading = Heading(self.heading_row, self.heading_rows, self.headings[: starts[1]], self.groups[: starts[1]])
        columns, doubles = self.kind.assign(heading)
        chosen = self.columns[: starts[1]] if not self.doubles else columns
        return replace(self, headings=heading.texts, columns=chosen, groups=heading.groups, doubles=doubles)

    def with_kind(self, kind: ListKind) -> Mapping:
        """The mapping proposed for the same headings as another kind of list."""
        columns, doubles = kind.assign(self.heading)
        return replace(self, kind=kind, columns=columns, doubles=doubles)

    @property
    def layout(self) -> str:
        """Name of the known system's layout that the headings are of; empty for none."""
        found = recognised(self.headings)
        return found.name if found is not None and found.kind == self.kind.name else ""

    def missing(self) -> list[str]:
        """What a list of this kind cannot be read without, as labels; empty where all is there."""
        return self.kind.missing(set(self.columns))

    def to_dict(self) -> dict[str, Any]:
        """The part that is remembered, as plain data."""
        columns = [key for heading, key in zip(self.headings, self.columns, strict=True) if heading]
        return {"kind": self.kind.name, "columns": columns}

    def remembered(self, kept: MappingType[str, Any], family: Family = FAMILY) -> Mapping:
        """The mapping with what was remembered for these headings laid over it; what no longer fits is left out."""
        kind = family.named(str(kept.get("kind", "")))
        keys = list(kept.get("columns", []))
        named = [place for place, heading in enumerate(self.headings) if heading]
        if kind is None or len(keys) != len(named):
            return self
        columns: list[str | None] = [None] * len(self.columns)
        for place, key in zip(named, keys, strict=True):
            columns[place] = key if key in kind.fields else None
        return replace(self, kind=kind, columns=tuple(columns), doubles=())


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping found for a sheet, with how well it fits; ``mapping`` None where no heading row was found."""

    mapping: Mapping | None
    score: int


def propose(sheet: RawSheet, family: Family = FAMILY) -> Proposal:
    """Find the heading of a sheet within its first rows, and map its columns."""
    found = headings.best(sheet, family.knows, lambda heading: _judge(heading, family))
    return Proposal(None, 0) if found is None else Proposal(found[1], found[0])


def heading_at(sheet: RawSheet, row: int, rows: int = 1, family: Family = FAMILY) -> Mapping:
    """The mapping proposed when the clerk points at the heading row."""
    return _mapping(headings.heading_at(sheet, row, rows, family.knows), family)


def _mapping(heading: Heading, family: Family) -> Mapping:
    preset = recognised(heading.texts) if family is FAMILY else None
    kind = (family.named(preset.kind) if preset else None) or family.recognise(heading.texts)
    columns, doubles = kind.assign(heading)
    return Mapping(kind, heading.row, heading.rows, heading.texts, columns, heading.groups, doubles)


def _judge(heading: Heading, family: Family) -> tuple[int, Mapping] | None:
    """Score a row as heading: fields found, less what cannot be a heading.

    Two rows must gain two fields over one, or none where cells merged over both say that they belong together.
    """
    if sum(1 for text in heading.texts if text and family.knows(text)) < _LEAST:
        return None
    mapping = _mapping(heading, family)
    unclear = sum(1 for double in mapping.doubles if double.chosen < 0)
    found = sum(1 for key in mapping.columns if key) + unclear
    if found < _LEAST:
        return None
    more = heading.rows - 1
    doubt = -1 if heading.tied else 15
    return max(found * 10 - doubt * more - 5 * len(mapping.missing()) - 30 * unclear, 2 - more), mapping
