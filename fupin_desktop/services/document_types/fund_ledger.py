"""The fund ledger (资金台账): the entries that a filter chooses, with the balances of their source after each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.text import quoted
from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.services import offices
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.funds import carrying, reading
from fupin_desktop.services.funds.model import OPENING, ZERO, EntryLine, FundBalance, LedgerFilter, Opening
from fupin_desktop.services.workbench import Workbench


@dataclass(frozen=True, slots=True)
class LedgerSubject:
    """Entries of the ledger.

    Attributes:
        bench: The workbench.
        which: What is chosen.
        lines: The entries where they are chosen more closely than the filter can, e.g. by pinyin; None reads them.
        on: The day in the file's name; None takes today.
    """

    bench: Workbench
    which: LedgerFilter
    lines: Sequence[EntryLine] | None = None
    on: date | None = None


def _query(subject: LedgerSubject) -> Bound:
    """The entries; where nothing is left out of a year, what its sources carried over began with stands before them."""
    bench, which = subject.bench, subject.which
    found = _sources_of(bench, which)
    whole = not (which.kind or which.target_kind or which.target_key or which.text)
    carried = carrying.openings(bench, which) if whole and which.since is None else []
    lines = reading.entries(bench, which) if subject.lines is None else subject.lines
    data = {
        **office_head(bench, which.year),
        "scope": _scope(which, found),
        "available_total": sum((one.available for one in found), ZERO) if whole else None,
        "in_hand_total": sum((one.in_hand for one in found), ZERO) if whole else None,
        "carried": [_opening_row(one) for one in carried],
        "rows": [_entry_row(line) for line in lines],
    }
    return Bound(data, bench.today)


def _named(subject: LedgerSubject) -> str:
    return table_name(subject.bench, TYPE.title, subject.on)


def table_name(bench: Workbench, word: str, on: date | None) -> str:
    """File name of a table of the year at work, as of a day; None takes today."""
    return f"{word}({bench.year}年度，截至{on or bench.today:%Y-%m-%d})"


def office_head(bench: Workbench, year: int) -> dict[str, Any]:
    """What stands above and below the tables of a year."""
    office = offices.office(bench)
    return {
        "place": office.town, "year": year, "office": office.name, "made_on": bench.today, "maker": bench.clerk,
    }  # fmt: skip


def _sources_of(bench: Workbench, which: LedgerFilter) -> list[FundBalance]:
    """The sources whose balances the ledger ends with."""
    found = reading.balances(bench, which.year, which.until, include_voided=True)
    return [one for one in found if which.source_key in ("", one.key)]


def _scope(which: LedgerFilter, sources: list[FundBalance]) -> str:
    """What was chosen, in words; empty where nothing was."""
    return "；".join(_scope_parts(which, sources))


def _scope_parts(which: LedgerFilter, sources: list[FundBalance]) -> Iterator[str]:
    if which.source_key:
        yield from (f"资金{quoted(one.shown)}" for one in sources)
    if which.since or which.until:
        yield f"{say_date(which.since) if which.since else '开始'}至{say_date(which.until) if which.until else '今'}"
    if which.kind:
        yield f"只列{which.kind.label}"
    if which.target_kind:
        yield f"对象为{which.target_kind.label}"
    if which.target_key:
        yield "只列一个对象"
    if which.text:
        yield f"含“{which.text}”"


def _opening_row(one: Opening) -> dict[str, Any]:
    words = f"截至{say_date(one.dated)}"
    amounts = {"available": one.available, "in_hand": one.in_hand}
    return {"word": OPENING, "source": one.source_shown, "note": words, **amounts}


def _entry_row(line: EntryLine) -> dict[str, Any]:
    amounts: dict[str, Decimal | None] = {kind.value: line.amount if line.kind is kind else None for kind in EntryKind}
    return {
        "dated": line.dated,
        "paper_no": line.paper_no,
        "source": line.source_shown,
        "kind": line.kind.label,
        "target": line.target.name if line.target else "",
        "payee": line.payee,
        "note": line.note,
        **amounts,
        "available": line.available_after,
        "in_hand": line.in_hand_after,
    }


TYPE = DocumentType("fund_ledger", "台账", "资金台账", order=30, tab="funds", query=_query, named=_named)
