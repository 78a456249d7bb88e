"""The heading of a table in a sheet: found among its first rows, of one row or of two with groups merged above."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from fupin_desktop.domain.text import compact
from fupin_desktop.services.sheets.raw import Cell, RawSheet
from fupin_desktop.services.sheets.units import without_unit

SEARCHED = 30
"""Rows from the top among which a heading is looked for."""
EXPLANATION = "问题说明"
"""Heading of the column that explains what is wrong in an error workbook."""
_WIDEST = 512
_MOST_KEPT = 1 << 16
"""So many texts of the first rows are remembered, each of which is looked at as a heading many times."""
_TOLD_APART = 2
"""Every spelling of a heading under which it is looked up begins alike: so many signs of it tell most texts apart."""
_NOTHING: dict[str, int] = {}
_BEST = 100
_LEAST = 50
_ENDS = re.compile(r"^(?:[a-z]\d{1,3}[.、_\-]?(?=[一-鿿])|[*＊#\d.、]*(?=\D))|[*＊:：]+$", re.IGNORECASE)
"""Numbering and marks before a heading, the codes of systems (A1姓名) among them, and marks behind it."""
_BRACKET = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]$")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a table.

    Attributes:
        row: Its first row, from 0.
        rows: 1, or 2 where groups stand above.
        texts: The text of every column.
        groups: The text of the group above every column; empty where there is none.
        tied: Whether cells are merged over both of its rows, so that the lower one is no row of the list.
    """

    row: int
    rows: int
    texts: tuple[str, ...]
    groups: tuple[str, ...] = ()
    tied: bool = False

    @property
    def first_row(self) -> int:
        """First row below it."""
        return self.row + self.rows

    def group(self, column: int) -> str:
        """The text of the group above a column."""
        return self.groups[column] if column < len(self.groups) else ""


@lru_cache(_MOST_KEPT)
def normalise(heading: str) -> str:
    """A heading without blanks, numbering and marks, half width, lower case."""
    return _ENDS.sub("", compact(heading)).lower()


def base(heading: str) -> str:
    """A normalised heading without the bracket at its end: 耕地面积(亩) becomes 耕地面积."""
    return _BRACKET.sub("", heading) or heading


class Vocabulary:
    """The headings by which the columns of a kind of list are known.

    Args:
        names: Every name of a column by its key, the surest first.

    Attributes:
        names: The same.
    """

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self.names = names
        self._known: dict[str, list[tuple[str, int]]] = {}
        self._found: dict[str, dict[str, int]] = {}
        for key, headings in names.items():
            for place, name in enumerate(headings):
                strength = max(_BEST - place, _LEAST)
                self._known.setdefault(normalise(name), []).append((key, strength))
                self._known.setdefault(base(normalise(name)), []).append((key, strength - 2))
        self._begins = frozenset(name[:_TOLD_APART] for name in self._known)

    def may_match(self, heading: str) -> bool:
        """Whether a heading begins as one of them does; in a wide sheet nearly no text is looked up then."""
        name = normalise(heading)
        return name[:_TOLD_APART] in self._begins or name[:1] in self._begins

    def matches(self, heading: str) -> dict[str, int]:
        """The columns that a heading may mean, each with its strength; not to be changed."""
        if heading in self._found:
            return self._found[heading]
        if not self.may_match(heading):
            return _NOTHING
        if len(self._found) >= _MOST_KEPT:
            self._found.clear()
        return self._found.setdefault(heading, self._look_up(heading))

    def _look_up(self, heading: str) -> dict[str, int]:
        name = normalise(heading)
        found: dict[str, int] = {}
        for spelling, loss in ((name, 0), (base(name), 3), (normalise(without_unit(name)), 4)):
            for key, strength in self._known.get(spelling, ()):
                found[key] = max(found.get(key, 0), strength - loss)
        return found

    def assign(self, headings: Iterable[str]) -> tuple[str | None, ...]:
        """The key of every column: the strongest matches first, each key once."""
        texts = tuple(headings)
        offers = [
            (-strength, column, key)
            for column, heading in enumerate(texts)
            for key, strength in self.matches(heading).items()
        ]
        columns: list[str | None] = [None] * len(texts)
        taken: set[str] = set()
        for _, column, key in sorted(offers):
            if columns[column] is None and key not in taken:
                columns[column] = key
                taken.add(key)
        return tuple(columns)


def heading_at(sheet: RawSheet, row: int, rows: int, knows: Callable[[str], bool]) -> Heading:
    """The heading that begins at a row.

    Args:
        sheet: The sheet.
        row: Its first row, from 0.
        rows: 1, or 2 with groups above; of two the lower stands for itself where it is known, else behind its group.
        knows: Whether a text is a heading of the lists looked for.
    """
    upper = _texts(sheet, row)
    if rows == 1:
        return Heading(row, rows, upper)
    lower = _texts(sheet, row + 1)
    width = max(len(upper), len(lower))
    pairs = list(zip(_wide(upper, width), _wide(lower, width), strict=True))
    texts = tuple([_joined(above, below, knows) for above, below in pairs])
    groups = tuple([above if below and below != above else "" for above, below in pairs])
    tied = any(first == row and last == row + 1 for first, _, last, _ in sheet.merges)
    return Heading(row, rows, texts, groups, tied)


def candidates(sheet: RawSheet, knows: Callable[[str], bool]) -> Iterator[Heading]:
    """Everything among the first rows that can be a heading."""
    for row in range(min(SEARCHED, len(sheet.rows))):
        if sheet.rows[row]:
            for rows in (1, 2) if row + 1 < SEARCHED else (1,):
                yield heading_at(sheet, row, rows, knows)


def best(
    sheet: RawSheet, knows: Callable[[str], bool], judge: Callable[[Heading], tuple[int, Found] | None]
) -> tuple[int, Found] | None:
    """What the best heading of a sheet means, with its score; None where there is none.

    Args:
        sheet: The sheet.
        knows: Whether a text is a heading of the lists looked for.
        judge: Score and meaning of a heading, None where it is none; of equal scores the first row wins.
    """
    found: tuple[int, Found] | None = None
    for heading in candidates(sheet, knows):
        judged = judge(heading)
        if judged is not None and (found is None or judged[0] > found[0]):
            found = judged
    return found


def _joined(above: str, below: str, knows: Callable[[str], bool]) -> str:
    if not below or below == above:
        return above
    both = above + below
    return both if above and (not knows(below) or knows(both)) else below


def _wide(texts: tuple[str, ...], width: int) -> tuple[str, ...]:
    return texts + ("",) * (width - len(texts))


def _texts(sheet: RawSheet, row: int) -> tuple[str, ...]:
    """Texts of a row, merged cells filled; a column explained by an earlier error workbook is left out."""
    cells = list(sheet.rows[row]) if row < len(sheet.rows) else []
    for first_row, first_column, last_row, last_column in sheet.merges:
        if first_row <= row <= last_row:
            cells += [""] * (min(last_column + 1, _WIDEST) - len(cells))
            for column in range(first_column, min(last_column + 1, len(cells))):
                cells[column] = sheet.cell(first_row, first_column)
    return tuple([_text(cell) for cell in cells])


def _text(cell: Cell) -> str:
    text = compact(cell) if isinstance(cell, str) else ""
    return "" if text == EXPLANATION else text
