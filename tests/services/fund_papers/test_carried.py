"""Use plans of a year that draw on what the year before left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.services import documents, fund_papers, funds, home
from fupin_desktop.services.funds import FundForm, LedgerFilter
from fupin_desktop.services.workbench import Workbench
from tests.services.fund_papers import money_office as office
from tests.services.fund_papers.money_office import D

CARRIED = "省级专项(2025年度结转)"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    """An office with a source of 2025, all of it left, and an own one of the same name."""
    made = office.make(tmp_path / "数据")
    day = date(2025, 6, 1)
    funds.add(made, FundForm(FundKind.SUPERIOR, "省级专项", D("500000"), received_on=day, year=2025))
    office.source(made)
    yield made
    made.close()


def moneys(bench: Workbench) -> dict[str, Decimal]:
    return {one.shown: one.available for one in funds.balances(bench, 2026)}


def test_a_plan_is_offered_what_is_left_with_its_year(bench: Workbench) -> None:
    key = office.plan(bench)
    field = documents.open_document(bench, key).form.field_at("sources[0].source")
    assert field is not None
    assert field.choices == ("省级专项", CARRIED)


def test_plans_of_the_year_draw_on_either_to_the_fen(bench: Workbench) -> None:
    office.approve(bench, office.plan(bench))
    assert moneys(bench) == {"省级专项": 200000, CARRIED: 500000}
    amount = "499999.99"
    carried = office.plan(bench, "番薯基地", ((CARRIED, amount),), (("种苗", amount),))
    office.approve(bench, carried)
    assert moneys(bench) == {"省级专项": 200000, CARRIED: D("0.01")}
    which = LedgerFilter(2026, source_key=funds.balances(bench, 2026)[1].key)
    (line,) = funds.entries(bench, which)
    assert (line.amount, line.dated, line.source_shown) == (D(amount), bench.today, CARRIED)
    assert line.available_after == D("0.01")
    (bar,) = home.overview(bench, bench.today).funds
    assert (bar.amount, bar.used, bar.left) == (1000000, D("799999.99"), D("200000.01"))
    fund_papers.pay_plan(bench, carried, bench.today, D(amount), "种苗公司")
    assert [one.in_hand for one in funds.balances(bench, 2026)] == [500000, D("0.01")]


def test_more_than_is_left_is_not_approved(bench: Workbench) -> None:
    key = office.plan(bench, sources=((CARRIED, "500000.01"),), uses=(("种苗", "500000.01"),))
    assert "fund.available" in office.codes(bench, key)
    key = office.plan(bench, sources=(("省级专项(2024年度结转)", "1"),), uses=(("种苗", "1"),))
    assert "fund.sources" in office.codes(bench, key)
