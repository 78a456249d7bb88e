"""An invented type of document walks the whole way without a line of the program knowing it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import documents
from fupin_desktop.services.documents import ApplicationState
from fupin_desktop.services.workbench import Workbench
from tests.services.documents import office
from tests.services.documents.invented import VALUES, WELL, wells


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made, _ = office.make(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def told(bench: Workbench) -> Iterator[list[str]]:
    with wells(bench) as found:
        yield found


def begin(bench: Workbench) -> str:
    return office.begin(bench, WELL, office.village_key(bench), VALUES)


def test_it_is_offered_begun_and_filled(bench: Workbench, told: list[str]) -> None:
    assert documents.titles(bench)[WELL] == "灌溉井建设申报表"
    assert [one.name for one in documents.places(bench, WELL)] == ["低岭村", "那罗村"]
    key = begin(bench)
    data = documents.open_document(bench, key).data
    assert (data["village"], data["total"], data["litres"]) == ("低岭村", Decimal("13800.50"), Decimal(4250))
    assert documents.set_values(bench, key, {"litres": "1"}).faults["litres"].startswith("这一栏由程序")
    assert documents.set_values(bench, key, {"depth": "很深"}).faults
    office.fill(bench, key, {"depth": "80", "pump": "离心泵"})
    assert documents.open_document(bench, key).data["pump"] == "潜水泵"
    assert documents.rows_behind(bench, key, "litres").rows == (("80.000", "100"),)
    assert documents.rows_behind(bench, key, "total").rows[-1] == ("合计", "13,800.50")
    with pytest.raises(NotAllowed, match="已有 2026 年度的这张表"):
        begin(bench)
    assert [line.title for line in documents.lines(bench, 2026, text="灌溉井")] == ["灌溉井建设申报表"]
    documents.undo(bench, key)
    assert documents.open_document(bench, key).data["depth"] == Decimal("42.5")


def test_it_is_checked_signed_returned_and_frozen(bench: Workbench, told: list[str]) -> None:
    key = begin(bench)
    office.fill(bench, key, {"leader": ""})
    assert office.codes(bench, key)["required"] == "“负责人”必须填写。"
    with pytest.raises(NotAllowed, match="打井表|必须改正"):
        documents.submit(bench, key)
    office.fill(bench, key, {"leader": "陈观保"})
    assert documents.submit(bench, key).message == "已提交低岭村的打井表，等待“村（居）委会意见”。"
    documents.send_back(bench, key, "井深写错了", "李文静")
    assert documents.open_document(bench, key).line.state is ApplicationState.RETURNED
    office.fill(bench, key, {"depth": "45"})
    office.approve(bench, key)
    assert told == ["approved 低岭村 first"]
    pdf, xlsx = documents.pdf_bytes(bench, key), documents.xlsx_bytes(bench, key)
    (bench.data_folder / "forms" / WELL / "form.toml").write_text("id = 1", "utf-8")
    assert (documents.pdf_bytes(bench, key), documents.xlsx_bytes(bench, key)) == (pdf, xlsx)
    text = PdfReader(bench.data_folder / _written(bench, key, "pdf")).pages[0].extract_text()
    assert "灌溉井建设申报表" in text
    assert "13,800.50" in text
    sheet = load_workbook(bench.data_folder / _written(bench, key, "xlsx")).active
    assert sheet is not None
    assert "打井" in {cell.value for row in sheet.iter_rows() for cell in row}


def _written(bench: Workbench, key: str, kind: str) -> str:
    path = bench.data_folder / f"well.{kind}"
    (documents.write_pdf if kind == "pdf" else documents.write_xlsx)(bench, key, path)
    return path.name


def test_it_is_corrected_and_cancelled(bench: Workbench, told: list[str]) -> None:
    key = begin(bench)
    office.approve(bench, key)
    told.append(f"2026 {key}")
    new = documents.correct(bench, key).keys[0]
    office.fill(bench, new, {"depth": "60"})
    assert documents.changed_paths(bench, new) == {"depth", "litres"}
    office.approve(bench, new)
    assert documents.open_document(bench, key).line.state is ApplicationState.REPLACED
    documents.cancel(bench, new, "井塌了")
    assert [one for one in told if not one.startswith("2026")] == [
        "approved 低岭村 first", "approved 低岭村 again", "cancelled 低岭村 井塌了",
    ]  # fmt: skip
    assert documents.open_document(bench, new).line.state is ApplicationState.CANCELLED
    assert "井塌了 2026-03-02" in {line.after for line in documents.history(bench, new) if line.label == "作废"}


def test_its_approval_can_be_refused_and_leaves_nothing(bench: Workbench, told: list[str]) -> None:
    key = begin(bench)
    office.fill(bench, key, {"depth": "301"})
    documents.submit(bench, key)
    first, last = office.boxes(bench, key)
    office.agree(bench, key, first)
    with pytest.raises(NotAllowed, match="太深了"):
        office.agree(bench, key, last)
    line = documents.open_document(bench, key).line
    assert (line.state, line.waiting_for, told) == (ApplicationState.SUBMITTED, "镇（街）扶贫办意见", [])
