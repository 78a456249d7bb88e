"""The rows behind a figure of the ledger."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.funds.model import ZERO, EntryLine, LedgerFilter
from fupin_desktop.services.funds.reading import entries
from fupin_desktop.services.overview import Target
from fupin_desktop.services.workbench import Workbench

if TYPE_CHECKING:
    from fupin_desktop.services.applications.model import RowsBehind

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
        year: Year of the sources where none is named; None for the year at work.

    Raises:
        NotAllowed: There is no such figure.
    """
    from fupin_desktop.services.applications.model import RowsBehind

    if column not in COLUMNS:
        raise NotAllowed("这一栏没有可以展开的记录。")
    label, signs = COLUMNS[column]
    which = LedgerFilter(0 if source_key else year or bench.year, source_key=source_key, until=on)
    found = [(line, signs[line.kind]) for line in entries(bench, which) if line.kind in signs]
    total = sum((sign * line.amount for line, sign in found), ZERO)
    rows = [_row(line, sign) for line, sign in found]
    name = f"{found[0][0].source}：" if source_key and found else ""
    summed = ("合计", "", f"{len(rows)} 笔", "", "", "", format_money(total), "")
    return RowsBehind(f"{name}{label}", _HEADINGS, (*rows, summed), Target("funds", "ledger", source_key))


def _row(line: EntryLine, sign: int) -> tuple[str, ...]:
    kind = f"冲销{line.kind.label}" if line.counters_key else line.kind.label
    target = line.target.name if line.target else ""
    amount = format_money(sign * line.amount)
    return f"{line.dated:%Y-%m-%d}", line.source, kind, target, line.payee, line.paper_no, amount, line.note
