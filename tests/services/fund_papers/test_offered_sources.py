"""The sources that a use plan offers while it can be changed."""

from __future__ import annotations

from pathlib import Path

from fupin_desktop.services import documents
from fupin_desktop.services.workbench import Workbench
from tests.services.fund_papers import money_office as office


def offered(bench: Workbench, key: str) -> tuple[str, ...]:
    field = documents.open_document(bench, key).form.field_at("sources[0].source")
    assert field is not None
    return field.choices


def test_a_plan_offers_the_ledger_s_sources_until_it_is_handed_in(tmp_path: Path) -> None:
    bench = office.make(tmp_path)
    office.source(bench, document_no="粤财农〔2026〕1号")
    key = office.plan(bench)
    assert offered(bench, key) == ("省级专项",)
    office.source(bench, "湛江市财政局帮扶资金", "200000")
    assert offered(bench, key) == ("省级专项", "湛江市财政局帮扶资金")
    documents.submit(bench, key)
    assert offered(bench, key) == ()
    assert documents.open_document(bench, key).form.choices_from == {"plan.source_names"}
    bench.close()
