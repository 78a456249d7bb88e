"""The money of the sample year: its sources, what was allocated and paid by hand, made by the ledger's operations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from fupin_desktop.domain.money import parse_money
from fupin_desktop.domain.vocabulary import FundKind, TargetKind
from fupin_desktop.services import fund_papers, funds, schemes, villages
from fupin_desktop.services.funds import FundTarget, LedgerFilter
from fupin_desktop.services.samples.papers import Event
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import FundSource

_TEXTS = ("name", "document_no", "original_plan", "donors", "note", "received_on")


def ledger_events(bench: Workbench, spec: Mapping[str, Any], today: date) -> list[Event]:
    """What the ledger was told: sources and their arrivals, allocations and payments by hand, mistakes put right.

    Args:
        bench: The sample office with its villages.
        spec: The content of ``funds.toml``.
        today: The end of the story.
    """
    teller = _Teller(bench, today)
    events = [event for row in spec["source"] for event in teller.source(row)]
    events += [event for row in spec["allocation"] for event in teller.allocation(row)]
    events += [Event(row["days"], partial(teller.allocate_scheme, row)) for row in spec["scheme_allocation"]]
    return events + [event for row in spec["mistake"] for event in teller.mistake(row)]


class _Teller:
    """Tells the ledger."""

    def __init__(self, bench: Workbench, today: date) -> None:
        self._bench, self._today = bench, today

    def source(self, row: Mapping[str, Any]) -> list[Event]:
        """A source is registered, its money arrives in parts."""
        events = [Event(row["days"], partial(self._register, row))]
        for part in row.get("arrivals", ()):
            events.append(Event(part["days"], partial(self._receive, row["name"], part)))
        return events

    def _register(self, row: Mapping[str, Any]) -> None:
        kept = {name: row[name] for name in _TEXTS if name in row}
        amount = parse_money(row.get("assigned", "0"))
        ordered = None if "received_on" in row else self._day(row)
        funds.add(
            self._bench, funds.FundForm(kind=FundKind(row["kind"]), amount=amount, assigned_on=ordered, **kept)
        )

    def _receive(self, name: str, part: Mapping[str, Any]) -> None:
        amount, note = parse_money(part["amount"]), part.get("note", "")
        funds.receive(self._bench, source_key(self._bench, name), amount, self._day(part), part["paper_no"], note)

    def allocation(self, row: Mapping[str, Any]) -> list[Event]:
        """Money is allocated to a village and paid; or it was the wrong village."""
        events = [Event(row["days"], partial(self._allocate, row))]
        for part in row.get("payments", ()):
            events.append(Event(part["days"], partial(self._pay, row, part)))
        if "countered" in row:
            events.append(Event(row["countered"]["days"], partial(self._counter_allocation, row)))
        return events

    def _allocate(self, row: Mapping[str, Any]) -> None:
        key, target = source_key(self._bench, row["source"]), self._village(row["village"])
        funds.allocate(self._bench, key, target, parse_money(row["amount"]), self._day(row), row["note"])

    def _pay(self, row: Mapping[str, Any], part: Mapping[str, Any]) -> None:
        funds.pay(
            self._bench, source_key(self._bench, row["source"]), self._village(row["village"]),
            parse_money(part["amount"]), self._day(part), part["payee"], part["paper_no"], note=part.get("note", ""),
        )  # fmt: skip

    def _counter_allocation(self, row: Mapping[str, Any]) -> None:
        target = self._village(row["village"])
        wanted = LedgerFilter(self._bench.year, source_key(self._bench, row["source"]), target_key=target.key)
        entry = funds.entries(self._bench, wanted)[0]
        funds.counter(self._bench, entry.key, self._day(row["countered"]), row["countered"]["reason"])

    def allocate_scheme(self, row: Mapping[str, Any]) -> None:
        """Money is allocated to a scheme as it says."""
        lines = schemes.all(self._bench, self._bench.year)
        key = next(line.key for line in lines if line.place == row["village"])
        funds.allocate_scheme(self._bench, key, self._day(row))

    def mistake(self, row: Mapping[str, Any]) -> list[Event]:
        """A payment was entered too high; it is countered, and the rest paid later."""
        return [Event(row["days"], partial(self._counter, row)), Event(row["again"]["days"], partial(self._again, row))]

    def _counter(self, row: Mapping[str, Any]) -> None:
        entry = self._payment(row)
        funds.counter(self._bench, entry.key, self._day(row), row["reason"], parse_money(row["amount"]))

    def _again(self, row: Mapping[str, Any]) -> None:
        sheet, again = self._payment(row).paper_key, row["again"]
        amount, day = parse_money(again["amount"]), self._day(again)
        fund_papers.pay(self._bench, sheet, day, amount, again["paper_no"], again["note"])

    def _payment(self, row: Mapping[str, Any]) -> funds.EntryLine:
        found = funds.entries(self._bench, LedgerFilter(self._bench.year, text=row["payment"]))
        return max((entry for entry in found if not entry.counters_key), key=lambda entry: entry.amount)

    def _village(self, name: str) -> FundTarget:
        village = next(one for one in villages.all(self._bench) if one.name == name)
        return FundTarget(TargetKind.VILLAGE, village.key, name)

    def _day(self, row: Mapping[str, Any]) -> date:
        return self._today - timedelta(days=row["days"])


def source_key(bench: Workbench, name: str) -> str:
    """Key of the source of a name."""
    with bench.read() as session:
        where = (FundSource.year == bench.year, FundSource.name == name)
        return session.scalars(select(FundSource.key).where(*where)).one()
