"""An office with an award that is published, ended and filed, and a village plan that its money is approved in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from fupin_desktop.domain.payments import PaymentRowState
from fupin_desktop.services import fund_papers, payments
from fupin_desktop.services.payments import Batch
from fupin_desktop.services.registers import HOUSEHOLDS, CellEdit, set_cells
from fupin_desktop.services.workbench import Workbench
from tests.services.fund_papers import money_office as office
from tests.services.fund_papers.money_office import award_run
from tests.services.register_office import Clock, find
from tests.templates import copied

__all__ = ["LARGE", "SMALL", "award_run", "bank", "batch", "days", "filed", "make", "paid", "plan", "states"]
LARGE, SMALL = "李亚保", "陈康"
CARDS = {LARGE: "6222021234567890128", SMALL: "80020000012345678"}


def make(folder: Path) -> Workbench:
    """Two households with accounts, and a source of money; nothing is calculated yet."""
    return copied(_with_money, folder, Clock())


def _with_money(folder: Path) -> Workbench:
    bench = office.make(folder)
    office.source(bench)
    for name, account in CARDS.items():
        bank(bench, name, bank_name="吴川农商银行", bank_account=account)
    return bench


def bank(bench: Workbench, name: str, **cells: str) -> None:
    """Type a household's account."""
    key = find(bench, name).key
    outcome = set_cells(bench, HOUSEHOLDS, [CellEdit(key, column, text) for column, text in cells.items()])
    assert outcome.change or not outcome.problems, outcome.problems


def filed(bench: Workbench) -> str:
    """A calculation of 4,480.00 yuan that may be paid: 李亚保 4,000.00, 陈康 480.00."""
    return award_run(bench)


def plan(bench: Workbench, run: str, amount: str = "4480") -> str:
    """An approved village plan that takes the awards over."""
    key = office.plan(bench, "", sources=(("省级专项", amount),), uses=())
    fund_papers.take(bench, key, f"award:{run}")
    return office.approve(bench, key)


def batch(bench: Workbench, run: str) -> Batch:
    """A new batch of a calculation."""
    return payments.load(bench, payments.create(bench, run).keys[0])


def paid(bench: Workbench, run: str) -> Batch:
    """A batch that went all its way."""
    key = batch(bench, run).line.key
    payments.check(bench, key)
    payments.send(bench, key)
    payments.pay(bench, key, paper_no="凭证1")
    return payments.load(bench, key)


def days(bench: Workbench, count: int) -> None:
    """Let days go by."""
    bench.clock.now += timedelta(days=count)  # type: ignore[attr-defined]


def states(found: Batch) -> dict[str, PaymentRowState]:
    """What became of each household."""
    return {row.head_name: row.state for row in found.rows}
