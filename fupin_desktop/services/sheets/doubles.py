"""One heading over two columns: told apart by the group above or the heading before it, else a doubt to be asked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fupin_desktop.services.sheets.heading import Heading, Vocabulary, normalise

_OTHERS = re.compile(r"帮扶|干部|责任人|联系人|负责人|指导员|驻村|领导|经办|填报")
"""Groups of columns that tell of people who help, not of those whom the list is about."""


@dataclass(frozen=True, slots=True)
class Double:
    """A heading that stands over more than one column.

    Attributes:
        key: The field it means.
        columns: Where it stands.
        chosen: The column taken; -1 where they could not be told apart.
    """

    key: str
    columns: tuple[int, ...]
    chosen: int = -1


def assign(heading: Heading, vocabulary: Vocabulary) -> tuple[tuple[str | None, ...], tuple[Double, ...]]:
    """The field of every column of a heading, and the headings that stand over more than one.

    Columns of a group that tells of others (帮扶干部 over 姓名 and 电话) hold no field; nor do columns that cannot be
    told apart.
    """
    texts = ["" if _foreign(heading, column) else text for column, text in enumerate(heading.texts)]
    columns = list(vocabulary.assign(texts))
    found = []
    for column, key in enumerate(tuple(columns)):
        if key is None:
            continue
        twins = [at for at, text in enumerate(texts) if text and normalise(text) == normalise(texts[column])]
        if len(twins) > 1:
            ours = [at for at in twins if not _OTHERS.search(_context(heading, at))]
            chosen = ours[0] if len(ours) == 1 else -1
            columns[column] = None
            if chosen >= 0:
                columns[chosen] = key
            found.append(Double(key, tuple(twins), chosen))
    return tuple(columns), tuple(found)


def _foreign(heading: Heading, column: int) -> bool:
    group = heading.group(column)
    return bool(group) and not heading.texts[column].startswith(group) and _OTHERS.search(group) is not None


def _context(heading: Heading, column: int) -> str:
    """What tells of whom a column is: its group, else the heading before it."""
    return heading.group(column) or next((text for text in reversed(heading.texts[:column]) if text), "")
