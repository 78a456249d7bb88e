"""What left the sample office on sticks in the year, and the receipts that came back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from fupin_desktop.domain.exchange import HandoverKind
from fupin_desktop.services import handovers, registers
from fupin_desktop.services.handovers import Handed, Line
from fupin_desktop.services.registers import CellEdit, registry
from fupin_desktop.services.samples.papers import Event
from fupin_desktop.services.workbench import Workbench

_Row = Mapping[str, Any]


def handover_events(bench: Workbench, spec: _Row, today: date) -> Iterator[Event]:
    """When each stick left, and when it was signed for.

    Args:
        bench: The sample office.
        spec: The content of ``handovers.toml``.
        today: The end of the story.
    """
    for row in spec["handover"]:
        yield Event(row["days"], partial(_leave, bench, row))
        if "receipt" in row:
            receipt = row["receipt"]
            yield Event(receipt["days"], partial(_sign, bench, row, today - timedelta(days=receipt["days"])))


def _leave(bench: Workbench, row: _Row) -> None:
    lines = tuple(
        Line(name, what, pages or None, rows or None, size, public, sha256(name.encode()).hexdigest())
        for name, what, pages, rows, size, public in row["files"]
    )
    folder = f"{bench.today:%Y%m%d}_塘㙍镇扶贫办_{row['title']}"
    listed = sha256(folder.encode()).hexdigest()
    handed = Handed(
        handovers.next_number(bench), bench.year, HandoverKind.STICK, row["title"], row["receiver"], row["person"],
        bench.today, bench.clerk, row["place"], folder, listed, lines,
    )  # fmt: skip
    handovers.record(bench, handed)


def _sign(bench: Workbench, row: _Row, on: date) -> None:
    ((key,),) = bench.store.glance("SELECT key FROM handovers WHERE title = ?", (row["title"],))
    cells = {"receipt_on": f"{on:%Y-%m-%d}", "receipt_by": row["receipt"]["by"], "result": row["receipt"]["result"]}
    edits = [CellEdit(key, column, text) for column, text in cells.items()]
    registers.set_cells(bench, registry.of("handovers"), edits, "登记回执")
