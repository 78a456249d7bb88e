"""The payment batches of the sample year in each of their states, and an acceptance under way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from fupin_desktop.services import acceptance, payments, registers, villages
from fupin_desktop.services.registers import FARM_ITEMS, CellEdit, Query
from fupin_desktop.services.samples.papers import Event
from fupin_desktop.services.workbench import Workbench

_Row = Mapping[str, Any]


def payment_events(bench: Workbench, spec: _Row) -> list[Event]:
    """How each batch of ``payments.toml`` was made, checked, sent, paid, returned and paid again.

    Args:
        bench: The sample office with its filed schemes and approved sheets.
        spec: The content of that file.
    """
    events = [event for row in spec["batch"] for event in _BatchStory(bench, row).events()]
    return [*events, Event(spec["acceptance"]["days"], partial(_accept, bench, spec["acceptance"]))]


class _BatchStory:
    """What happens to one village's list."""

    def __init__(self, bench: Workbench, row: _Row) -> None:
        self._bench, self._row, self._key = bench, row, ""

    def events(self) -> Iterator[Event]:
        """From its making to where it is."""
        row = self._row
        yield Event(row["days"], self._make)
        yield from self._way(row)
        if "returned" in row:
            yield Event(row["returned"]["days"], self._give_back)
        if "again" in row:
            yield Event(row["again"]["days"], self._again)
            yield from self._way(row["again"])
        if "rest" in row:
            yield Event(row["rest"], self._make)

    def _way(self, row: _Row) -> Iterator[Event]:
        if "checked" in row:
            yield Event(row["checked"], self._check)
        if "sent" in row:
            yield Event(row["sent"], self._send)
        if "paid" in row:
            yield Event(row["paid"], partial(self._pay, row["paper_no"]))

    def _check(self) -> None:
        payments.check(self._bench, self._key, self._row["checked_by"])

    def _send(self) -> None:
        payments.send(self._bench, self._key, to=self._row["to"])

    def _pay(self, paper_no: str) -> None:
        payments.pay(self._bench, self._key, paper_no=paper_no)

    def _make(self) -> None:
        bench = self._bench
        (one,) = [one for one in payments.payables(bench, bench.year) if one.place == self._row["place"]]
        first = not self._key
        self._key = payments.create(bench, one.source_key).keys[0]
        if first and "left_out" in self._row:
            rows = payments.load(bench, self._key).rows[-self._row["left_out"] :]
            payments.leave_out(bench, self._key, [row.key for row in rows])

    def _give_back(self) -> None:
        back = self._row["returned"]
        rows = payments.load(self._bench, self._key).rows[: back["households"]]
        payments.give_back(self._bench, self._key, {row.key: back["reason"] for row in rows})

    def _again(self) -> None:
        self._key = payments.again(self._bench, self._key).keys[0]
        for row in payments.load(self._bench, self._key).rows:
            payments.give_reason(self._bench, self._key, row.key, self._row["again"]["reason"])


def _accept(bench: Workbench, spec: _Row) -> None:
    """Some items of a village are measured anew: their accepted quantities are emptied, listed, partly measured."""
    village = villages.by_name(bench, spec["place"])
    assert village is not None
    query = Query(FARM_ITEMS, bench.year, village=spec["place"])
    rows = registers.window(bench, query, 0, spec["items"])
    edits = [CellEdit(row.key, "accepted", "") for row in rows]
    registers.set_cells(bench, FARM_ITEMS, edits)
    key = acceptance.create(bench, village.key, bench.today, spec["members"]).keys[0]
    acceptance.pick_spot(bench, key)
    listed = acceptance.load(bench, key).rows[: spec["measured"]]
    acceptance.measure(
        bench, key, {row.key: {"measured": f"{row.declared}", "quality": "合格", "signed": "是"} for row in listed}
    )
