"""The fields of a kind of rule as the scheme editor shows them, described without knowledge of the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fupin_desktop.domain.vocabulary import Word


@dataclass(frozen=True, slots=True)
class NumberControl:
    """A number; ``hint`` stands in it while it is empty."""

    key: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceControl:
    """A word of a closed list; ``default`` is what a scheme file that leaves it out means."""

    key: str
    label: str
    words: type[Word]
    default: Word


@dataclass(frozen=True, slots=True)
class FlagControl:
    """A yes or no."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list of rows.

    Attributes:
        key: Key of the row's table.
        label: Heading.
        kind: ``number``, ``start`` (a number or 大户起点) or ``text``.
        width: Width in characters (半角).
        help: Tooltip of the heading.
    """

    key: str
    label: str
    kind: str = "number"
    width: int = 12
    help: str = ""


@dataclass(frozen=True, slots=True)
class RowsControl:
    """A list of rows.

    Attributes:
        key: Key of the list.
        label: Title above it.
        columns: Its columns.
        fresh: What a new row begins with.
        bare: Whether the scheme file has a list of plain values, each under the only column's key here.
    """

    key: str
    label: str
    columns: tuple[Column, ...]
    fresh: Mapping[str, str] = field(default_factory=dict)
    bare: bool = False


Control = NumberControl | ChoiceControl | FlagControl | RowsControl
INCLUDED = FlagControl("boundary_included", "刚好等于起点时算达到")
