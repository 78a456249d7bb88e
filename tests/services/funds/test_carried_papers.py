"""Money carried over in the ledger's tables, its files and their import."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.services import funds
from fupin_desktop.services.funds import FundForm, LedgerFilter, imports
from fupin_desktop.services.workbench import Workbench
from tests.services.funds.office import PLAN, D, add, balances_paper, ledger_paper, money_office, on
from tests.services.funds.test_import_again import HEAD, read

OLD = FundForm(FundKind.SUPERIOR, "专项", D(1000), "粤财1号", date(2025, 6, 1), note="上级", year=2025)


@pytest.fixture
def key(bench: Workbench) -> str:
    """A source of 2025 with 400.00 to allocate and 900.00 in hand, one entry of 2026; an own source of its name."""
    made = add(bench, OLD)
    funds.allocate(bench, made, PLAN, D(600), date(2025, 12, 31))
    funds.pay(bench, made, PLAN, D(100), date(2025, 12, 31), "种子站")
    funds.pay(bench, made, PLAN, D("50.01"), on(4), "合作社", "付1")
    add(bench, replace(OLD, year=2026, received_on=on(2)))
    return made


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Workbench]:
    made = money_office(tmp_path / "另一个")
    yield made
    made.close()


def cells(path: Path) -> list[list[object]]:
    sheet = load_workbook(path, data_only=True).worksheets[0]
    return [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]


def test_the_ledger_begins_with_what_was_left(bench: Workbench, key: str, tmp_path: Path) -> None:
    ledger_paper(bench, LedgerFilter(2026)).write(tmp_path / "台账.xlsx")
    found = cells(tmp_path / "台账.xlsx")
    (opening,) = [row for row in found if row and row[0] == "上年结转"]
    assert opening == ["上年结转", "专项(2025年度结转)", "截至2025年12月31日", 400, 900]
    paid = next(row for row in found if "付1" in row)
    assert paid[-3:] == [50.01, 400, 849.99]
    total = next(row for row in found if str(row[0] if row else "").replace("　", "") == "合计")
    assert total[1:] == [1000, 1000, 0, 50.01, 1400, 1849.99]
    for part in (LedgerFilter(2026, text="付1"), LedgerFilter(2026, since=on(1))):
        texts = [run.text for page in ledger_paper(bench, part).filled().pages for run in page.texts]
        assert "上年结转" not in texts


def test_the_table_of_balances_says_of_which_year_a_source_is(bench: Workbench, key: str, tmp_path: Path) -> None:
    balances_paper(bench, 2026, on(4)).write(tmp_path / "结存.xlsx")
    found = cells(tmp_path / "结存.xlsx")
    (row,) = [row for row in found if "专项(2025年度结转)" in row]
    assert row[-8:] == [1000, 1000, 600, 400, 150.01, 449.99, 849.99, "2025年度结转；上级"]
    assert sum("专项" in row for row in found) == 1


def written(bench: Workbench, folder: Path, kind: str) -> Path:
    path = folder / f"{kind}.xlsx"
    if kind == "list":
        imports.write_list(bench, LedgerFilter(2026), path)
    elif kind == "ledger":
        ledger_paper(bench, LedgerFilter(2026)).write(path)
    else:
        balances_paper(bench, 2026).write(path)
    return path


@pytest.mark.parametrize(("kind", "entries"), [("list", 3), ("ledger", 3), ("balances", 0)])
@pytest.mark.parametrize("voided", [False, True])
def test_own_files_add_nothing(bench: Workbench, key: str, tmp_path: Path, kind: str, entries: int, voided: bool) -> None:
    if voided:
        funds.void(bench, add(bench, replace(OLD, name="登记错的")), "登记错了")
    found = imports.read_ledger(bench, written(bench, tmp_path, kind))
    assert (len(found.good), found.faults, found.sources) == (0, (), ())
    assert found.known == entries + (2 if voided and entries else 0)
    assert "没有变化" in imports.take(bench, found).message


@pytest.mark.parametrize("kind", ["list", "ledger", "balances"])
def test_an_office_without_last_year_is_told(bench: Workbench, other: Workbench, key: str, tmp_path: Path, kind: str) -> None:
    found = imports.read_ledger(other, written(bench, tmp_path, kind))
    (fault,) = [one for one in found.faults if one.code == "import.carried"]
    assert "2025 年度没有结转下来的“专项”" in fault.sentence


def test_rows_of_the_year_are_known_by_name_and_year(bench: Workbench, key: str, tmp_path: Path) -> None:
    lines = [("2026-02-20", "", "专项(2025年度结转)", "", "到账", "")]
    found = read(bench, tmp_path / "台账.xlsx", [(*lines[0][:-1], 5)])
    assert [row.source.key for row in found.rows] == [key]
    found = read(bench, tmp_path / "台账.xlsx", [("2026-02-20", "", "专项", "", "到账", 5)])
    assert [row.source.key == key for row in found.rows] == [False]
    found = read(bench, tmp_path / "台账.xlsx", [("2025-05-20", "", "专项(2025年度结转)", "", "到账", 5)])
    assert [one.code for one in found.faults] == ["import.other_year"]
    assert "2026 年以前的收支不在这里导入" in found.faults[0].sentence
    assert HEAD[2] == "资金名称"


def test_a_balance_brought_forward_with_an_amount_is_still_money(bench: Workbench, tmp_path: Path) -> None:
    lines = [("2026-01-01", "其他资金", "结余款", "", "上年结转", 300), ("上年结转", "", "结余款", "", "", "")]
    found = read(bench, tmp_path / "台账.xlsx", lines)
    assert [(one.draft.kind.value, one.draft.amount) for one in found.good] == [("received", 300)]
    assert found.faults == ()
