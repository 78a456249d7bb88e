"""Data of the ledger and of the sources' balances, as the program fills them in."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.documents.official import MADE

TOWN = {"place": "塘㙍镇", "year": 2026, "office": "吴川市塘㙍镇扶贫办", "made_on": MADE, "maker": "李雪"}
SOURCE = "“一镇一业”产业扶贫示范镇专项资金"
COLUMNS = {"下达": "assigned", "到账": "received", "安排": "allocated", "拨付": "paid"}
AMOUNTS = ("assigned", "received", "allocated", "available", "paid", "unpaid", "in_hand")


def entry(day: date, kind: str, amount: str, available: str, in_hand: str, **texts: str) -> dict[str, Any]:
    """One entry of the ledger."""
    known = {"paper_no": None, "target": None, "payee": None, "note": None, **dict.fromkeys(COLUMNS.values())}
    balance = {"available": Decimal(available), "in_hand": Decimal(in_hand)}
    return {**known, "dated": day, "source": SOURCE, "kind": kind, COLUMNS[kind]: Decimal(amount), **balance, **texts}


def ledger(rows: list[dict[str, Any]], scope: str = "") -> dict[str, Any]:
    """The ledger's data."""
    last = rows[-1] if rows else {"available": None, "in_hand": None}
    return {
        **TOWN, "scope": scope, "rows": rows, "available_total": last["available"], "in_hand_total": last["in_hand"],
    }  # fmt: skip


def year() -> list[dict[str, Any]]:
    """A year of one source, with a reversal."""
    project = "丝苗米产业化示范项目"
    return [
        entry(date(2026, 1, 12), "下达", "800000.00", "0", "0", paper_no="吴财农〔2026〕12号"),
        entry(date(2026, 1, 30), "到账", "800000.00", "800000.00", "800000.00", paper_no="进账单0107"),
        entry(date(2026, 3, 20), "安排", "870000.00", "-70000.00", "800000.00", target=project, note="金额写错,已冲销"),
        entry(date(2026, 3, 21), "安排", "-870000.00", "800000.00", "800000.00", target=project, note="冲销3月20日一笔"),
        entry(date(2026, 3, 21), "安排", "780000.00", "20000.00", "800000.00", target=project),
        entry(date(2026, 6, 22), "拨付", "12300.50", "20000.00", "787699.50", target=project, payee="陈𠅤"),
    ]


def days(count: int) -> list[dict[str, Any]]:
    """So many arrivals of 1.25 yuan, one a day."""
    return [
        entry(date(2026, 1, 1) + timedelta(days=at), "到账", "1.25", f"{1.25 * (at + 1):.2f}", f"{1.25 * (at + 1):.2f}")
        for at in range(count)
    ]


def balances(count: int) -> dict[str, Any]:
    """So many sources with 100.10 yuan, of which 60.00 are allocated and 25.00 paid."""
    amounts = ("120.00", "100.10", "60.00", "40.10", "25.00", "35.00", "75.10")
    sums = dict(zip(AMOUNTS, map(Decimal, amounts), strict=True))
    row = {"kind": "财政专项资金", "document_no": "吴财农〔2026〕12号", "note": None, **sums}
    return {**TOWN, "as_of": MADE, "rows": [{**row, "name": f"第{at}笔专项资金"} for at in range(1, count + 1)]}
