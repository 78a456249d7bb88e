"""The rows behind a figure of the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.funds.carrying import openings
from fupin_desktop.services.funds.model import OPENING, ZERO, EntryLine, LedgerFilter, Opening
from fupin_desktop.services.funds.reading import balances, entries
from fupin_desktop.services.overview import RowsBehind, Target
from fupin_desktop.services.workbench import Workbench

_ADDED, _TAKEN = 1, -1
COLUMNS: dict[str, tuple[str, dict[EntryKind, int]]] = {
    "assigned": ("下达", {EntryKind.ASSIGNED: _ADDED}),
    "received": ("到账", {EntryKind.RECEIVED: _ADDED}),
    "allocated": ("已安排", {EntryKind.ALLOCATED: _ADDED}),
    "paid": ("已拨付", {EntryKind.PAID: _ADDED}),
    "available": ("可安排", {EntryKind.RECEIVED: _ADDED, EntryKind.ALLOCATED: _TAKEN}),
    "unpaid": ("已安排未拨付", {EntryKind.ALLOCATED: _ADDED, EntryKind.PAID: _TAKEN}),
    "in_hand": ("账面余额", {EntryKind.RECEIVED: _ADDED, EntryKind.PAID: _TAKEN}),
    "outstanding": ("下达未到账", {EntryKind.ASSIGNED: _ADDED, EntryKind.RECEIVED: _TAKEN}),
}
"""Label of each figure of a source, and which entries it adds and takes."""
_HEADINGS = ("日期", "资金", "事项", "对象", "收款单位", "凭证号", "金额(元)", "备注")


def behind(
    bench: Workbench, source_key: str, column: str, on: date | None = None, year: int | None = None
) -> RowsBehind:
    """The entries whose sum a figure is.

    Args:
        bench: The workbench.
        source_key: The source; empty for all of the year.
        column: Name of the figure, one of :data:`COLUMNS`.
        on: Entries up to this day count; None for all.
        year: Year of the ledger; None for the year at work. What a source carried over into it had before is one row;
            of a source that this ledger does not show all entries are listed.

    Raises:
        NotAllowed: There is no such figure.
    """
    if column not in COLUMNS:
        raise NotAllowed("这一栏没有可以展开的记录。")
    label, signs = COLUMNS[column]
    carried, lines = _found(bench, LedgerFilter(year or bench.year, source_key=source_key, until=on))
    before = [(one, sum((sign * one.sums[kind] for kind, sign in signs.items()), ZERO)) for one in carried]
    found = [(line, signs[line.kind]) for line in lines if line.kind in signs]
    total = sum((sign * line.amount for line, sign in found), sum((amount for _one, amount in before), ZERO))
    rows = [_opening_row(one, amount) for one, amount in before if amount]
    rows += [_row(line, sign) for line, sign in found]
    summed = ("合计", "", f"{len(found)} 笔", "", "", "", format_money(total), "")
    names = [*(one.source_shown for one in carried), *(line.source_shown for line in lines)]
    name = names[0] if source_key and names else ""
    title = f"{name}：{label}" if name else label
    return RowsBehind(title, _HEADINGS, (*rows, summed), Target("funds", "ledger", source_key))


def _found(bench: Workbench, which: LedgerFilter) -> tuple[list[Opening], list[EntryLine]]:
    """What is carried over, and the entries; of all sources together only those that count."""
    carried, lines = openings(bench, which), entries(bench, which)
    if which.source_key and not carried and not lines:
        return [], entries(bench, replace(which, year=0))
    if not which.source_key:
        counting = {one.key for one in balances(bench, which.year, which.until)}
        carried = [one for one in carried if one.source_key in counting]
        lines = [line for line in lines if line.source_key in counting]
    return carried, lines


def _opening_row(one: Opening, amount: Decimal) -> tuple[str, ...]:
    """What a source had before the year, as a row of its own."""
    return f"{one.dated:%Y-%m-%d}", one.source_shown, OPENING, "", "", "", format_money(amount), ""


def _row(line: EntryLine, sign: int) -> tuple[str, ...]:
    kind = f"冲销{line.kind.label}" if line.counters_key else line.kind.label
    target = line.target.name if line.target else ""
    amount = format_money(sign * line.amount)
    return f"{line.dated:%Y-%m-%d}", line.source_shown, kind, target, line.payee, line.paper_no, amount, line.note
