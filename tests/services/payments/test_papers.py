"""The papers of payment and acceptance: what they print, and that they are one with workbook and batch."""

from __future__ import annotations

from decimal import Decimal as D
from pathlib import Path

from python_calamine import CalamineWorkbook

from fupin_desktop.services import payments
from fupin_desktop.services.document_types.payment_list import PaymentSubject
from fupin_desktop.services.document_types.payment_summary import SummarySubject
from fupin_desktop.services.documents import computed
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import chain
from tests.services.payments import pay_office as office


def words(paper: Computed) -> str:
    return "\n".join(run.text for page in paper.filled().pages for run in page.texts)


def test_the_list_has_whole_numbers_and_says_it_is_internal(bench: Workbench, run: str) -> None:
    key = office.batch(bench, run).line.key
    paper = computed.paper(bench, "payment_list", PaymentSubject(bench, key))
    assert paper.name == "低岭村2026年度产业奖补资金发放明细表(第1批)"
    told = words(paper)
    assert "内部资料" in told
    assert all(one in told for one in ("44088319680214123X", "6222021234567890128", "人民币肆仟肆佰捌拾元整"))
    assert "应追回" not in told
    assert {page.mark for page in paper.filled().pages} == {"草稿"}
    payments.check(bench, key)
    assert {page.mark for page in paper.filled().pages} == {""}
    before = bench.store.glance("SELECT number, hash FROM change_sets ORDER BY number DESC LIMIT 1 OFFSET 1")[0]
    assert chain.said(*before) in told


def test_the_workbook_of_the_list_holds_the_amounts(bench: Workbench, run: str, tmp_path: Path) -> None:
    key = office.batch(bench, run).line.key
    path = tmp_path / "list.xlsx"
    computed.paper(bench, "payment_list", PaymentSubject(bench, key)).write(path)
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert [cell for row in rows for cell in row if isinstance(cell, float)][:2] == [1.0, 12.5]
    assert "6222021234567890128" in {cell for row in rows for cell in row}
    assert 4480.0 in {cell for row in rows for cell in row}


def test_the_summary_adds_up_by_village_over_batches(bench: Workbench, run: str) -> None:
    office.plan(bench, run)
    done = office.paid(bench, run)
    payments.give_back(bench, done.line.key, {done.rows[1].key: "户名不符"})
    again = payments.again(bench, done.line.key).keys[0]
    paper = computed.paper(bench, "payment_summary", SummarySubject(bench, (done.line.key, again)))
    assert paper.type.query is not None
    rows = paper.type.query(paper.subject).data["rows"]
    assert [(row["batch"], row["amount"], row["returned"], row["arrived"]) for row in rows] == [
        ("第1批", D("4480.00"), D("480.00"), D("4000.00")), ("第2批(重发)", D("480.00"), D("0.00"), D("0.00")),
    ]  # fmt: skip
    assert "部分退回" in words(paper)
