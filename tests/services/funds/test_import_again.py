"""What the ledger has already is known by its source, and a day by whatever form it is kept in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as Book

from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.services import funds
from fupin_desktop.services.funds import FundForm, LedgerFilter, imports
from fupin_desktop.services.workbench import Workbench
from tests.services.funds.office import D, add, ledger_paper, money_office, on

HEAD = ("日期", "资金类别", "资金名称", "文号", "类型", "金额")
FIRST = FundForm(FundKind.SUPERIOR, "专项", D(1000), document_no="粤财1号", received_on=on(5))
ROWS = [("2026-02-05", "", "专项", "粤财2号", kind, 1000) for kind in ("下达", "到账")]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = money_office(tmp_path / "数据")
    yield made
    made.close()


def read(bench: Workbench, path: Path, lines: Sequence[Sequence[Any]]) -> imports.LedgerImport:
    book = Book()
    for line in (HEAD, *lines):
        book.active.append(line)
    book.save(path)
    return imports.read_ledger(bench, path)


def moneys(bench: Workbench) -> list[tuple[Any, ...]]:
    return [(one.document_no, one.assigned, one.received) for one in funds.balances(bench, bench.year)]


def test_equal_money_of_two_sources_of_one_name(bench: Workbench, tmp_path: Path) -> None:
    add(bench, FIRST)
    funds.add(bench, FundForm(FundKind.SUPERIOR, "专项", D(0), document_no="粤财2号"))
    found = read(bench, tmp_path / "台账.xlsx", ROWS)
    assert (len(found.good), found.known) == (2, 0)
    imports.take(bench, found)
    assert moneys(bench) == [("粤财1号", 1000, 1000), ("粤财2号", 1000, 1000)]
    assert read(bench, tmp_path / "台账.xlsx", ROWS).known == 2


def test_what_a_void_source_took_is_no_money_of_the_one_that_stands(bench: Workbench, tmp_path: Path) -> None:
    funds.void(bench, add(bench, FIRST), "登记错了")
    again = FundForm(FundKind.SUPERIOR, "专项", D(0), document_no="粤财1号")
    funds.add(bench, again)
    lines = [(day, "", name, "粤财1号", kind, amount) for day, _, name, _, kind, amount in ROWS]
    found = read(bench, tmp_path / "台账.xlsx", lines)
    assert (len(found.good), found.known) == (2, 0)
    imports.take(bench, found)
    assert moneys(bench) == [("粤财1号", 1000, 1000)]


@pytest.mark.parametrize("plain", [True, False])
def test_own_lists_with_a_void_source_add_nothing(bench: Workbench, tmp_path: Path, plain: bool) -> None:
    path = tmp_path / "台账.xlsx"
    for _ in range(2):
        funds.void(bench, add(bench, FIRST), "登记错了")
    add(bench, FIRST)
    if plain:
        imports.write_list(bench, LedgerFilter(2026), path)
    else:
        ledger_paper(bench, LedgerFilter(2026)).write(path)
    found = imports.read_ledger(bench, path)
    assert (len(found.good), len(found.faults), found.known) == (0, 0, 10)


def test_the_ledger_of_another_year_is_told(bench: Workbench, tmp_path: Path) -> None:
    day = date(2025, 6, 30)
    funds.add(bench, FundForm(FundKind.SUPERIOR, "专项", D(1000), received_on=day, year=2025))
    imports.write_list(bench, LedgerFilter(2025), tmp_path / "去年.xlsx")
    found = imports.read_ledger(bench, tmp_path / "去年.xlsx")
    assert [one.code for one in found.faults] == ["import.other_year"] * 2
    assert "2025 年度" in found.faults[0].sentence
    found = read(bench, tmp_path / "今年.xlsx", [("2026-02-05", "上级财政专项资金", "专项", "", "到账", 1000)])
    assert (len(found.good), found.faults) == (1, ())


@pytest.mark.parametrize("cell", [46058, 46058.0, "20260205", 20260205, "2026.2.5", "２０２６年２月５日", date(2026, 2, 5)])
def test_a_day_is_known_however_it_is_kept(bench: Workbench, tmp_path: Path, cell: object) -> None:
    add(bench, FIRST)
    found = read(bench, tmp_path / "台账.xlsx", [(cell, "", "专项", "", "下达", 5)])
    assert [one.draft.dated for one in found.good] == [on(5)]
    assert [one.code for one in found.problems] == (["import.serial"] if str(cell).startswith("46058") else [])


@pytest.mark.parametrize("cell", [46058.5, 99, 73051, "20261305", "46058", "2026-2-29", True])
def test_no_day_is_guessed(bench: Workbench, tmp_path: Path, cell: object) -> None:
    add(bench, FIRST)
    found = read(bench, tmp_path / "台账.xlsx", [(cell, "", "专项", "", "下达", 5)])
    assert [one.code for one in found.problems] == ["import.date"]
    assert found.good == ()


@pytest.mark.parametrize("numbers", [("", "粤财1号"), ("粤财1号", "")])
def test_an_own_list_tells_sources_of_one_name_apart(bench: Workbench, tmp_path: Path, numbers: tuple[str, str]) -> None:
    path, days = tmp_path / "清单.xlsx", (on(5), on(6))
    for number, day in zip(numbers, days, strict=True):
        funds.add(bench, replace(FIRST, document_no=number, amount=D(day.day), received_on=day))
    imports.write_list(bench, LedgerFilter(2026), path)
    again = imports.read_ledger(bench, path)
    assert (len(again.good), again.faults, again.known) == (0, (), 4)
    other = money_office(tmp_path / "另一台")
    imports.take(other, imports.read_ledger(other, path))
    assert moneys(other) == moneys(bench) == [(numbers[0], 5, 5), (numbers[1], 6, 6)]
    other.close()


def test_a_number_that_came_later_makes_no_second_source(bench: Workbench, tmp_path: Path) -> None:
    key = add(bench, replace(FIRST, document_no=""))
    imports.write_list(bench, LedgerFilter(2026), tmp_path / "清单.xlsx")
    funds.update(bench, key, FIRST)
    again = imports.read_ledger(bench, tmp_path / "清单.xlsx")
    assert (len(again.good), again.known) == (0, 2)
