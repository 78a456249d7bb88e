"""``fupin-desktop payments`` and ``dossier``: the window's own operations, with results as JSON."""

from __future__ import annotations

import argparse
import json
from decimal import Decimal
from typing import Any

from fupin_desktop.cli.console import Exit, say
from fupin_desktop.cli.office import opened
from fupin_desktop.cli.places import ensure_ending
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.reading.numbers import read_percent
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import dossiers, payments
from fupin_desktop.services.document_types.payment_list import PaymentSubject
from fupin_desktop.services.documents import computed
from fupin_desktop.services.payments import BatchLine, Payable
from fupin_desktop.services.workbench import Workbench

_PAPERS = (".pdf", ".xlsx")


def run_list(arguments: argparse.Namespace) -> Exit:
    """Print what can be paid, and the batches of the year.

    Raises:
        Situation: There is no data file.
    """
    with opened(arguments) as bench:
        payable = payments.payables(bench, bench.year)
        lines = payments.batches(bench, bench.year)
    _print({"payable": [_payable(one) for one in payable], "batches": [_batch(one) for one in lines]})
    return Exit.FINE


def _payable(one: Payable) -> dict[str, Any]:
    return {
        "title": one.title, "place": one.place, "households": one.households, "amount": str(from_fen(one.fen)),
        "left": str(from_fen(one.left_fen)), "gate": one.gate,
    }  # fmt: skip


def _batch(one: BatchLine) -> dict[str, Any]:
    return {
        "title": one.title, "place": one.place, "number": one.number, "state": one.state.value,
        "households": one.households, "amount": str(one.amount), "returned": str(one.returned),
        "recover": str(one.recover), "paid": str(one.paid),
        "paid_on": one.paid_on.isoformat() if one.paid_on is not None else None,
    }  # fmt: skip


def run_make(arguments: argparse.Namespace) -> Exit:
    """Make a batch of what a place's list has still to pay.

    Raises:
        Situation: It may not be paid yet, or nothing is left.
    """
    share = _share(arguments.share)
    with opened(arguments) as bench:
        found = [one for one in payments.payables(bench, bench.year) if one.place == arguments.place]
        if len(found) != 1:
            raise NotAllowed(f"“{arguments.place}”有 {len(found)} 份可以发放的名单。", todo="请在窗口里编制。")
        change = payments.create(bench, found[0].source_key, kind=found[0].kind, share=share)
        line = payments.load(bench, change.keys[0]).line
    _print(_batch(line))
    return Exit.FINE


def _share(text: str | None) -> Decimal | None:
    if text is None:
        return None
    read = read_percent(text, "预付比例")
    if read.value is None or read.issue is not None:
        raise NotAllowed(f"{read.issue.sentence if read.issue else '没有写预付比例'}。", todo="例如 --share 40。")
    return Decimal(read.value) / 100


def run_export(arguments: argparse.Namespace) -> Exit:
    """Write the payment list of a batch, or its list for the bank by a layout.

    Raises:
        Situation: There is no such batch or layout, or the file cannot be written.
    """
    with opened(arguments) as bench:
        line = _chosen(bench, arguments.place, arguments.batch)
        if arguments.layout:
            layout = payments.layout(bench, arguments.layout)
            ensure_ending(arguments.out, layout.ending)
            say(payments.write_bank_file(bench, line.key, layout, arguments.out).told)
            return Exit.FINE
        ensure_ending(arguments.out, *_PAPERS)
        computed.paper(bench, "payment_list", PaymentSubject(bench, line.key)).write(arguments.out)
    say(f"已写出：{arguments.out}")
    return Exit.FINE


def _chosen(bench: Workbench, place: str, number: int | None) -> BatchLine:
    lines = [one for one in payments.batches(bench, bench.year) if one.place == place]
    found = [one for one in lines if number in (None, one.number)]
    if not found:
        what = f"第 {number} 批" if number else "发放批次"
        raise NotAllowed(f"“{place}”没有{what}。", todo="用 payments list 看有哪些。")
    return found[0]


def run_dossier(arguments: argparse.Namespace) -> Exit:
    """Write a dossier; the exit tells whether something is missing.

    Raises:
        Situation: What it is about is not found, or a file cannot be written.
    """
    ensure_ending(arguments.out, ".pdf")
    kind = dossiers.Kind(arguments.kind)
    with opened(arguments) as bench:
        key = "" if kind is dossiers.Kind.PERIOD else _meant(bench, kind, arguments.name)
        until = arguments.until or bench.today
        written = dossiers.write(bench, dossiers.make(bench, kind, key, arguments.since, until), arguments.out)
    _print(
        {"pdf": str(written.pdf), "xlsx": str(written.xlsx), "pages": written.pages, "missing": list(written.missing)}
    )
    return Exit.DRAFT if written.missing else Exit.FINE


def _meant(bench: Workbench, kind: dossiers.Kind, name: str) -> str:
    """The only thing of a kind whose name holds some words."""
    found = [one for one in dossiers.choices(bench, kind, name) if name and name in one.name]
    if len(found) != 1:
        names = "、".join(one.name for one in found[:5])
        told = f"有 {len(found)} 个：{names}" if found else "没有"
        raise NotAllowed(f"名称含“{name}”的{kind.label}{told}。", todo="请把 --name 写得更全，只能有一个符合。")
    return found[0].key


def _print(value: Any) -> None:
    say(json.dumps(value, ensure_ascii=False, indent=1))
