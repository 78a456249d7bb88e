"""Finding records of any register by words, for the search box of the window."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_desktop.services.registers import registry
from fupin_desktop.services.registers.columns import layout
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.query import Query
from fupin_desktop.services.registers.windows import Row, window
from fupin_desktop.services.workbench import Workbench

_TOLD = 4


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record found.

    Attributes:
        register: Its register.
        key: Its key.
        words: Its name and what the first columns of the register hold, given ones only.
    """

    register: Register
    key: str
    words: tuple[str, ...]


def find(bench: Workbench, text: str, limit: int) -> list[FoundRecord]:
    """Records of all registers that a text finds, register by register in their order.

    Args:
        bench: The workbench.
        text: Name, pinyin initials, ID tail, village, number ...; several words must all be found.
        limit: Found at most.
    """
    found: list[FoundRecord] = []
    for register in registry.all():
        if register.searched and text.strip() and len(found) < limit:
            rows = window(bench, Query(register, bench.year, text=text), 0, limit - len(found))
            found += [FoundRecord(register, row.key, _words(register, row)) for row in rows]
    return found


def _words(register: Register, row: Row) -> tuple[str, ...]:
    cells = dict(zip(layout(register), row.cells, strict=True))
    shown = dict.fromkeys((register.search.names[0], *register.layout.first[:_TOLD]))
    return tuple(cells[key] for key in shown if cells.get(key))
