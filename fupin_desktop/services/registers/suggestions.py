"""What may stand in a cell, offered while the clerk types."""

from __future__ import annotations

from collections.abc import Sequence

from fupin_desktop.services.registers import references
from fupin_desktop.services.registers.columns import ColumnInfo, layout
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.query import Query
from fupin_desktop.services.registers.windows import values
from fupin_desktop.services.values.showing import NO, YES
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.fields import Kind
from fupin_desktop.storage.search_keys import initials

_LOOKED_AT = 300


def suggest(bench: Workbench, register: Register, column: ColumnInfo, typed: str, limit: int = 50) -> list[str]:
    """What may stand in a column: closed lists whole, of free texts those in use, the most frequent first.

    Args:
        bench: The workbench.
        register: The register.
        column: One of its columns.
        typed: The beginning, a part or the pinyin initials of what is looked for; empty for all.
        limit: Offered at most.
    """
    if not column.editable:
        return []
    return fitting(_known(bench, register, column), typed)[:limit]


def _known(bench: Workbench, register: Register, column: ColumnInfo) -> Sequence[str]:
    if column.choices:
        return column.choices
    if column.kind == Kind.FLAG:
        return (YES, NO)
    reference = layout(register)[column.key].reference
    if reference is not None:
        return list(references.names(bench, reference))
    if not column.suggested:
        return ()

    def find() -> list[str]:
        found = values(bench, Query(register, bench.year), column.key, _LOOKED_AT)
        return [value.text for value in found if value.text]

    return bench.cached(("suggestions", register, column.key), find)


def fitting(known: Sequence[str], typed: str) -> list[str]:
    """Those that begin with what is typed, then those by pinyin initials, then those that contain it."""
    if not typed:
        return list(known)
    small = typed.lower()
    ranked = [(_rank(text, small), place, text) for place, text in enumerate(known)]
    return [text for rank, _place, text in sorted(ranked) if rank < _NOT]


_NOT = 3


def _rank(text: str, typed: str) -> int:
    if text.lower().startswith(typed):
        return 0
    if typed.isascii() and typed.isalpha() and any(word.startswith(typed) for word in initials(text).split()):
        return 1
    return 2 if typed in text.lower() else _NOT
