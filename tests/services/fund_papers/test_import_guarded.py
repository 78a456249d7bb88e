"""A ledger taken over from a file does not go past plans, sheets and publicity either."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook as Book

from fupin_desktop.domain.vocabulary import TargetKind
from fupin_desktop.services import funds
from fupin_desktop.services.funds import imports
from fupin_desktop.services.workbench import Workbench
from tests.services.fund_papers import money_office as office

HEAD = ("日期", "资金名称", "类型", "对象类别", "安排对象", "金额")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = office.make(tmp_path)
    office.source(made)
    yield made
    made.close()


def read(bench: Workbench, path: Path, *lines: tuple[str, str, str]) -> imports.LedgerImport:
    """A file with rows of kind, target and amount, dated today."""
    book = Book()
    book.active.append(HEAD)
    for kind, name, amount in lines:
        book.active.append((bench.today.isoformat(), "省级专项", kind, "使用计划", name, amount))
    book.save(path)
    return imports.read_ledger(bench, path)


def test_rows_of_plans_wait_for_their_papers(bench: Workbench, tmp_path: Path) -> None:
    office.approve(bench, office.plan(bench))
    (plan,) = [one.target for one in funds.targets(bench, 2026) if one.target.kind is TargetKind.PLAN]
    rows = [("安排", plan.name, "1"), ("拨付", plan.name, "299999.99"), ("拨付", plan.name, "0.02"), ("安排", "旧计划", "5")]
    found = read(bench, tmp_path / "台账.xlsx", *rows)
    assert [(one.cell, one.code) for one in found.faults] == [("E2", "import.papers"), ("E4", "import.papers")]
    assert "随批准自动安排" in found.faults[0].sentence
    assert "还可以拨付 300,000.00 元" in found.faults[1].sentence
    imports.take(bench, found, only_good=True)
    told = {one.target.name: (one.allocated, one.paid) for one in funds.targets(bench, 2026) if one.by_source}
    assert told == {plan.name: (office.D(300000), office.D("299999.99")), "旧计划": (office.D(5), 0)}
