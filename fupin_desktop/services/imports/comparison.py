"""What an import would do to the data file: added, changed, unchanged, missing; whatever the records are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from fupin_desktop.services.list_layouts.kept import Texts
from fupin_desktop.services.values import Fault


@dataclass(frozen=True, slots=True)
class ResultTable:
    """A table of a comparison, to be looked at before importing.

    Attributes:
        word: What it lists, e.g. 新增的户.
        count: How many that are.
        headings: Its headings.
        lines: Gives its lines.
    """

    word: str
    count: int
    headings: tuple[str, ...]
    lines: Callable[[], Sequence[Sequence[str]]]


@dataclass(slots=True)
class Comparison:
    """What an import would do.

    Attributes:
        added: Records that are not registered yet.
        changed: Registered ones with changes.
        unchanged: Number of registered ones without.
        missing: Registered ones that the file should name and does not; they stay.
        faults: What keeps records out, as seen from the data file: row, field key, fault.
        known: Keys of the registered records that rows speak of, by row.
        kept: What the list says of registered records in columns that no register has, where it is new.
    """

    added: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    unchanged: int = 0
    missing: list[Any] = field(default_factory=list)
    faults: list[tuple[int, str, Fault]] = field(default_factory=list)
    known: dict[int, str] = field(default_factory=dict)
    kept: dict[str, Texts] = field(default_factory=dict)

    @property
    def changes_nothing(self) -> bool:
        """Whether there is nothing to write."""
        return not self.added and not self.changed and not self.kept
