"""What may stand in a cell, offered while the clerk types."""

from __future__ import annotations

from collections.abc import Sequence

from fupin_desktop.services.registers import lists, references, registry
from fupin_desktop.services.registers.columns import ColumnInfo, layout
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.parts import Reference
from fupin_desktop.services.registers.query import Query
from fupin_desktop.services.registers.windows import values, window
from fupin_desktop.services.values.listed import MARK
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
    if column.several:
        return _further(_known(bench, register, column), typed)[:limit]
    reference = layout(register)[column.key].reference
    if reference is not None and typed and (found := _looked_up(bench, reference, typed, limit)):
        return found
    return fitting(_known(bench, register, column), typed)[:limit]


def _further(known: Sequence[str], typed: str) -> list[str]:
    """What may be added to the words typed before the last mark, each with those before it."""
    before, mark, last = typed.rpartition(MARK)
    given = before.split(MARK) if mark else []
    if typed in known:
        return [typed]
    return [MARK.join((*given, word)) for word in fitting(known, last.strip()) if word not in given]


def _looked_up(bench: Workbench, reference: Reference, typed: str, limit: int) -> list[str]:
    """Names of the records of a large register that its own search finds; none where all names are at hand."""
    if len(references.names(bench, reference)) < references.KNOWN:
        return []
    register = registry.of_entity(reference.entity)
    if register is None:
        return []
    rows = window(bench, Query(register, bench.year, text=typed), 0, limit)
    columns = list(layout(register).values())
    wanted = (reference.name, *reference.codes[:1])
    names = [one.field.name if not one.source else "" for one in columns]
    places = [names.index(name) for name in wanted if name in names]
    return [references.told(*(row.cells[place] for place in places)) for row in rows]


def _known(bench: Workbench, register: Register, column: ColumnInfo) -> Sequence[str]:
    if column.choices:
        return column.choices
    if column.kind == Kind.FLAG:
        return (YES, NO)
    reference = layout(register)[column.key].reference
    if reference is not None:
        return [name for name in references.names(bench, reference) if name]
    field = layout(register)[column.key].field
    if field.listed:
        return lists.of_field(bench, field)
    if not column.suggested:
        return ()

    def find() -> list[str]:
        found = values(bench, Query(register, bench.year), column.key, _LOOKED_AT)
        offered = (one for name in field.offered for one in lists.words(bench, name))
        return list(dict.fromkeys((*(value.text for value in found if value.text), *offered)))

    return bench.cached(("suggestions", register, column.key), find)


def fitting(known: Sequence[str], typed: str) -> list[str]:
    """Those that begin with what is typed, then those whose pinyin initials do, then those that hold either."""
    if not typed:
        return list(known)
    small = typed.lower()
    ranked = [(_rank(text, small), place, text) for place, text in enumerate(known)]
    return [text for rank, _place, text in sorted(ranked) if rank < _NOT]


_NOT = 3


def _rank(text: str, typed: str) -> int:
    if text.lower().startswith(typed):
        return 0
    letters = initials(text) if typed.isascii() and typed.isalpha() else ""
    if any(word.startswith(typed) for word in letters.split()):
        return 1
    return 2 if typed in text.lower() or typed in letters else _NOT
