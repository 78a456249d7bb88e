"""``fupin-desktop ledger balance`` and ``export``: what the fund ledger says, by the window's own operations."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from fupin_desktop.cli.console import Exit, say
from fupin_desktop.cli.office import DATA_FILE, ensure_data, opened
from fupin_desktop.cli.places import ensure_apart, ensure_ending
from fupin_desktop.domain.money import format_money
from fupin_desktop.services import funds
from fupin_desktop.services.document_types.fund_balances import BalancesSubject
from fupin_desktop.services.document_types.fund_ledger import LedgerSubject
from fupin_desktop.services.documents import computed
from fupin_desktop.services.funds import FundBalance, LedgerFilter, imports

_KINDS = (".xlsx", ".pdf")
_AMOUNTS = ("assigned", "received", "allocated", "available", "paid", "in_hand")


def run_balance(arguments: argparse.Namespace) -> Exit:
    """Print what there is of each source at the end of a day; write the table of balances where one is wanted.

    Raises:
        Situation: There is no data file, or the table cannot be written.
    """
    _check_out(arguments.out, arguments.data)
    with opened(arguments) as bench:
        day = arguments.on or bench.today
        found = funds.balances(bench, bench.year, day)
        if arguments.out is not None:
            subject = BalancesSubject(bench, bench.year, day)
            computed.paper(bench, "fund_balances", subject).write(arguments.out)
    for one in found:
        _print(one.shown, one.document_no, [getattr(one, name) for name in _AMOUNTS])
    _print("合计", day.isoformat(), [_sum(found, name) for name in _AMOUNTS])
    if arguments.out is not None:
        say(f"已写出：{arguments.out}")
    return Exit.FINE


def _sum(found: Sequence[FundBalance], name: str) -> Decimal:
    return sum((getattr(one, name) for one in found), Decimal(0))


def _print(name: str, document_no: str, amounts: Sequence[Decimal]) -> None:
    say("\t".join([name, document_no, *(format_money(amount, grouped=False) for amount in amounts)]))


def run_export(arguments: argparse.Namespace) -> Exit:
    """Write the ledger, or the entries of some days or words, as workbook or PDF.

    Raises:
        Situation: There is no data file, or the file cannot be written.
    """
    _check_out(arguments.out, arguments.data, (".xlsx",) if arguments.plain else _KINDS)
    with opened(arguments) as bench:
        wanted = LedgerFilter(bench.year, since=arguments.since, until=arguments.until, text=arguments.text)
        if arguments.plain:
            imports.write_list(bench, wanted, arguments.out)
        else:
            computed.paper(bench, "fund_ledger", LedgerSubject(bench, wanted)).write(arguments.out)
        rows = len(funds.entries(bench, wanted))
    say(f"已导出 {rows} 笔：{arguments.out}")
    return Exit.FINE


def _check_out(out: Path | None, data: Path, kinds: Sequence[str] = _KINDS) -> None:
    """Refuse a folder without data, another kind of file, and to write over the data."""
    ensure_data(data)
    if out is not None:
        ensure_ending(out, *kinds)
        ensure_apart(out, data / DATA_FILE)
