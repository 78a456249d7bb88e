"""How wide the columns of a table are: narrow ones as they need it, the others by what they have to say."""

from __future__ import annotations

from fupin_desktop.documents.prose import lines
from fupin_desktop.documents.prose.blocks import Spans, Table, text_of

_LEAST = 2.4
"""Em that a column gets at least."""


def widths(table: Table, room: float, em: float) -> list[float]:
    """Widths of the columns in mm, together the whole room.

    Args:
        table: The table.
        room: Room of all columns, mm.
        em: Width of a Han character, mm.

    Raises:
        MissingGlyph: A character has no glyph.
    """
    columns = max(len(row) for row in table.rows)
    natural = [max(_natural(row, at, table, number) for number, row in enumerate(table.rows)) for at in range(columns)]
    wanted = [max(one, _LEAST) * em + 0.3 for one in natural]
    if sum(wanted) <= room:
        return [one * room / sum(wanted) for one in wanted]
    return _shared(wanted, [_content(table, at) for at in range(columns)], room, em)


def _natural(row: tuple[Spans, ...], at: int, table: Table, number: int) -> float:
    return lines.width(row[at], bold=number < table.head) if at < len(row) else 0.0


def _content(table: Table, at: int) -> float:
    return float(sum(len(text_of(row[at])) for row in table.rows if at < len(row)))


def _shared(wanted: list[float], content: list[float], room: float, em: float) -> list[float]:
    """Columns that need less than an even share get what they need; the others share the rest by their content."""
    fixed: dict[int, float] = {}
    while True:
        others = [at for at in range(len(wanted)) if at not in fixed]
        share = (room - sum(fixed.values())) / max(len(others), 1)
        narrow = [at for at in others if wanted[at] <= share]
        if not narrow or len(narrow) == len(others):
            break
        fixed.update({at: wanted[at] for at in narrow})
    weights = {at: content[at] ** 0.6 for at in others}
    left, whole = room - sum(fixed.values()), sum(weights.values()) or 1.0
    least = min(_LEAST * em * 2, left / len(others))
    spare = left - least * len(others)
    return [fixed[at] if at in fixed else least + spare * weights[at] / whole for at in range(len(wanted))]
