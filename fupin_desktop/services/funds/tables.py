"""The ledger's tables as papers (PDF and workbook), and its entries as a plain list that can be read in again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.text import quoted
from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.services import files, offices
from fupin_desktop.services.funds import carrying, reading
from fupin_desktop.services.funds.model import OPENING, ZERO, EntryLine, FundBalance, LedgerFilter, Opening
from fupin_desktop.services.workbench import Workbench

if TYPE_CHECKING:
    from fupin_desktop.documents.pages import FilledForm

LEDGER_FORM = "fund_ledger"
BALANCES_FORM = "fund_balances"
_FIGURES = ("assigned", "received", "allocated", "available", "paid", "unpaid", "in_hand")


def ledger(bench: Workbench, which: LedgerFilter, lines: Sequence[EntryLine] | None = None) -> FilledForm:
    """The entries that a filter chooses, with the balances of their source after each.

    Where nothing is left out of a year, what its sources carried over began with stands before them.

    Args:
        bench: The workbench.
        which: What is chosen.
        lines: The entries where they are chosen more closely than the filter can, e.g. by pinyin; None reads them.

    Raises:
        MissingGlyph: A character cannot be printed.
    """
    found = _sources_of(bench, which)
    whole = not (which.kind or which.target_kind or which.target_key or which.text)
    carried = carrying.openings(bench, which) if whole and which.since is None else []
    data = {
        **_head(bench, which.year),
        "scope": _scope(which, found),
        "available_total": sum((one.available for one in found), ZERO) if whole else None,
        "in_hand_total": sum((one.in_hand for one in found), ZERO) if whole else None,
        "carried": [_opening_row(one) for one in carried],
        "rows": [_entry_row(line) for line in (reading.entries(bench, which) if lines is None else lines)],
    }
    return _filled(bench, LEDGER_FORM, data)


def balances(bench: Workbench, year: int, on: date | None = None) -> FilledForm:
    """The sources of a year with what became of them up to a day; None takes today.

    Raises:
        MissingGlyph: A character cannot be printed.
    """
    day = on or bench.today
    rows = [_balance_row(one) for one in reading.balances(bench, year, day)]
    return _filled(bench, BALANCES_FORM, {**_head(bench, year), "as_of": day, "rows": rows})


def write_pdf(form: FilledForm, path: Path) -> None:
    """Write a table as PDF, beside its place and renamed.

    Raises:
        Situation: It cannot be written there; an old file stays.
    """
    from fupin_desktop.documents.drawing.pdf import pdf_bytes

    files.write_bytes(path, pdf_bytes(form))


def write_xlsx(form: FilledForm, path: Path) -> None:
    """Write a table as workbook, beside its place and renamed; that of the ledger can be imported again.

    Raises:
        Situation: It cannot be written there; an old file stays.
    """
    from fupin_desktop.documents.drawing.workbook import workbook_bytes

    files.write_bytes(path, workbook_bytes(form))


def _filled(bench: Workbench, form_id: str, data: dict[str, Any]) -> FilledForm:
    from fupin_desktop.documents.definition.loader import usable_form
    from fupin_desktop.documents.layout.fill import fill

    form = usable_form(form_id, files.own_forms(bench.data_folder))
    return fill(form, data, bench.today)


def _head(bench: Workbench, year: int) -> dict[str, Any]:
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


def _balance_row(one: FundBalance) -> dict[str, Any]:
    figures = {name: getattr(one, name) for name in _FIGURES}
    note = "；".join(text for text in (one.carried_word, one.note) if text)
    return {"kind": one.kind.label, "name": one.shown, "document_no": one.document_no, "note": note, **figures}
