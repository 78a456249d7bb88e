"""What the clerk answered to the questions of a list: the only way in which anything doubtful is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from fupin_desktop.domain.vocabulary import Participation

RENAMED, NEW = "renamed", "new"
"""A household found by its number under another name: the same one with another head, or one not yet registered."""
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to the questions of a list.

    Attributes:
        visible_only: Whether hidden and filtered rows are left out.
        first_is_head: Whether the first person of each household is its head, where no column says who is.
        this_year: Whether results are of the year at work, whatever year the title says.
        other_town: Whether a town that has no village of a name yet, which another has, is to have one too.
        year: The year that results of a list are of that names none: None for the year at work, which is proposed, 0
            where it is asked.
        others: What households found under another name are, where a row has no answer of its own: ``RENAMED``,
            ``NEW``, or empty where it is asked.
        rows: The same by row, from 0.
        taking: How households take part, where no column says it and the register neither; None leaves that open.
        given: Values of all rows in columns that the list lacks, as typed, by key of the field.
        mended: Cells that were corrected in the preview, by row and column from 0.
    """

    visible_only: bool = False
    first_is_head: bool = False
    this_year: bool = False
    other_town: bool = False
    year: int | None = None
    others: str = ""
    rows: Mapping[int, str] = field(default_factory=dict)
    taking: Participation | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    mended: Mapping[Place, str] = field(default_factory=dict)

    def of_row(self, row: int) -> str:
        """What the household of a row is, where its number belongs to another name; empty where that is asked."""
        return self.rows.get(row, self.others)

    def with_row(self, row: int, answer: str) -> Answers:
        """The answers with that of one row."""
        return replace(self, rows={**self.rows, row: answer})

    def with_given(self, key: str, text: str) -> Answers:
        """The answers with the value that a field has in all rows; an empty text takes it back."""
        given = {other: one for other, one in self.given.items() if other != key}
        return replace(self, given=given | ({key: text} if text.strip() else {}))

    def with_cells(self, cells: Mapping[Place, str]) -> Answers:
        """The answers with more cells corrected."""
        return replace(self, mended={**self.mended, **cells})


NOTHING = Answers()
