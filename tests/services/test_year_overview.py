"""领导一页情况: one sheet, whose numbers are those of the first page, the registers, the ledger and the batches."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from fupin_desktop.domain.payments import PaymentRowState
from fupin_desktop.services import funds, home, payments, registers
from fupin_desktop.services.documents import computed
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.services.ledger_papers import LedgerSubject
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.registers import HOUSEHOLDS, Query, registry
from fupin_desktop.services.workbench import Workbench
from tests.conftest import SAMPLE_DAY
from tests.services.register_office import Clock, make_office


def paper(bench: Workbench) -> Computed:
    return computed.paper(bench, "year_overview", LedgerSubject(bench, Query(HOUSEHOLDS, bench.year)))


def data_of(bench: Workbench) -> dict[str, Any]:
    made = paper(bench)
    assert made.type.query is not None
    return dict(made.type.query(made.subject).data)


@pytest.fixture(scope="module")
def sample(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    folder = tmp_path_factory.mktemp("一页") / "office"
    folder.mkdir()
    shutil.copy(sample_folder / "fupin.sqlite", folder)
    made = open_workbench(folder, clock=lambda: SAMPLE_DAY)
    yield made
    made.close()


@pytest.fixture(scope="module")
def data(sample: Workbench) -> dict[str, Any]:
    return data_of(sample)


def test_it_is_one_sheet_and_a_workbook(sample: Workbench, tmp_path: Path) -> None:
    made = paper(sample)
    assert made.name == f"{sample.year}年产业扶贫一页情况"
    made.write(tmp_path / "一页.pdf")
    made.write(tmp_path / "一页.xlsx")
    pages = PdfReader(tmp_path / "一页.pdf").pages
    assert len(pages) == 1
    assert "逾期和急办的事" in pages[0].extract_text()
    assert openpyxl.load_workbook(tmp_path / "一页.xlsx").active["A1"].value == "塘㙍镇2026年产业扶贫工作一页情况"


def test_households_and_what_is_overdue_are_those_of_the_first_page(sample: Workbench, data: dict[str, Any]) -> None:
    page = home.overview(sample, sample.today)
    figures = {one.key: one.value for one in page.figures}
    shown = {name: f"{data[name]:,}" for name in ("households", "participating", "large")}
    assert shown == {name: figures[name] for name in shown}
    assert f"{data['area']:,.3f}" == figures["area"]
    assert figures["awards"] == f"¥{sum(row['computed'] for row in data['awards']):,.2f}"
    assert [(row["badge"], row["text"]) for row in data["late"]] == [(one.badge, one.text) for one in page.due if one.urgency == "late"]


def test_money_is_that_of_the_ledger(sample: Workbench, data: dict[str, Any]) -> None:
    balances = funds.balances(sample, sample.year, sample.today)
    for name in ("assigned", "received", "allocated", "paid"):
        assert sum(row[name] for row in data["funds"]) == sum(getattr(one, name) for one in balances)
    received, paid = (sum(getattr(one, name) for one in balances) for name in ("received", "paid"))
    assert data["paid_rate"] == f"{paid * 100 / received:.1f}"


def test_projects_and_loans_are_those_of_their_registers(sample: Workbench, data: dict[str, Any]) -> None:
    projects = registers.totals(sample, Query(registry.of("projects"), sample.year))
    assert data["project_count"] == sum(data[name] for name in data if name.startswith("state_")) == projects.count
    assert f"{data['project_total']:,.2f}" == projects.sums["total"]
    loans = registry.of("microcredits")
    open_ = registers.totals(sample, Query(loans, sample.year, filters=loans.conditions("open")))
    assert (data["loans"][0]["count"], f"{data['loans'][0]['balance']:,.2f}") == (open_.count, open_.sums["balance"])


def test_awards_are_told_by_village_as_far_as_they_came(sample: Workbench, data: dict[str, Any]) -> None:
    rows = {row["place"]: row for row in data["awards"]}
    assert rows["低岭村"]["posted"] == 0
    assert rows["低岭村"]["told"] == "待张贴公示"
    assert rows["那罗村"]["told"].startswith("公示中，")
    assert rows["黎屋村"]["posted"] == rows["黎屋村"]["computed"] == rows["黎屋村"]["paid"]
    batches = [one.key for one in payments.batches(sample, sample.year) if one.place == "黎屋村"]
    got = [row.amount for key in batches for row in payments.load(sample, key).rows if row.state is PaymentRowState.PAID]
    assert rows["黎屋村"]["paid"] == sum(got, Decimal(0)), "what came back and was paid again is counted once"


def test_an_office_that_begins_has_a_sheet_too(tmp_path: Path) -> None:
    bench = make_office(tmp_path / "数据", Clock())
    found = data_of(bench)
    assert (found["households"], found["funds"], found["allocated_rate"], found["awards"]) == (0, [], "", [])
    assert len(paper(bench).filled().pages) == 1
    bench.close()
