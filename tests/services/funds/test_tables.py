"""The ledger's tables on paper and as workbooks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.services import funds
from fupin_desktop.services.funds import LedgerFilter
from fupin_desktop.services.workbench import Workbench
from tests.services.funds.office import (
    DONATION,
    PLAN,
    UNIT,
    D,
    add,
    balances_paper,
    entry_keys,
    ledger_paper,
    on,
    village,
)


@pytest.fixture
def source(bench: Workbench) -> str:
    """A source with every kind of entry, and another."""
    key = add(bench, DONATION)
    add(bench, replace(UNIT, note="第一批"))
    funds.allocate(bench, key, PLAN, D("20000.25"), on(5), "首批")
    funds.allocate(bench, key, village(bench), D(100), on(6))
    funds.pay(bench, key, PLAN, D("5000.01"), on(8), "塘㙍种子站", "支1号", note="种苗款")
    funds.counter(bench, entry_keys(bench, key, EntryKind.ALLOCATED)[1], on(9), "多安排", D(40))
    return key


def cells(path: Path) -> list[list[object]]:
    sheet = load_workbook(path, data_only=True).worksheets[0]
    return [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]


def test_the_ledger_lists_every_entry_with_its_balances(bench: Workbench, source: str, tmp_path: Path) -> None:
    paper = ledger_paper(bench, LedgerFilter(2026))
    form = paper.filled()
    assert form.title == "塘㙍镇2026年度产业扶贫资金台账"
    paper.write(tmp_path / "台账.xlsx")
    found = cells(tmp_path / "台账.xlsx")
    paid = next(row for row in found if "种苗款" in row)
    assert paid[1:] == ["2026年2月8日", "支1号", "2026年捐款", "拨付", "低岭村 水稻基地", "塘㙍种子站", "种苗款", 5000.01, 29900.25, 45000.49]
    countered = next(row for row in found if "多安排" in row)
    assert -40 in countered
    total = next(row for row in found if str(row[0] if row else "").replace("　", "") == "合计")
    assert total[1:] == [80000.5, 50000.5, 20060.25, 5000.01, 29940.25, 45000.49]
    paper.write(tmp_path / "台账.pdf")
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "台账.pdf").pages)
    assert "支1号" in text
    assert "45,000.49" in text


def test_a_chosen_part_says_what_it_is_and_tells_no_totals_of_the_whole(bench: Workbench, source: str) -> None:
    def scope_of(which: LedgerFilter) -> str:
        texts = [run.text for page in ledger_paper(bench, which).filled().pages for run in page.texts]
        return next((text for text in texts if text.startswith("范围")), "")

    assert scope_of(LedgerFilter(2026)) == ""
    assert scope_of(LedgerFilter(2026, source, since=on(5))) == "范围：资金“2026年捐款”；2026年2月5日至今"
    which = LedgerFilter(2026, kind=EntryKind.PAID, until=on(8), target_kind=PLAN.kind, target_key=PLAN.key, text="种苗")
    assert scope_of(which) == "范围：开始至2026年2月8日；只列拨付；对象为使用计划；只列一个对象；含“种苗”"


def test_the_balances_of_a_day(bench: Workbench, source: str, tmp_path: Path) -> None:
    balances_paper(bench, 2026, on(5)).write(tmp_path / "结存.xlsx")
    found = cells(tmp_path / "结存.xlsx")
    row = next(one for one in found if "2026年捐款" in one)
    assert row[1:] == ["“6·30”扶贫济困日捐款", "2026年捐款", 50000.5, 50000.5, 20000.25, 30000.25, 0, 20000.25, 50000.5]
    unit = next(one for one in found if "市财政局帮扶" in one)
    assert unit[-1] == "第一批"
    assert any("截至：2026年2月5日" in str(text) for one in found for text in one)
