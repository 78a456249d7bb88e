"""An office with money, its window, and the two views of the tab 资金审批."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.services import funds
from fupin_desktop.services.funds import FundForm
from fupin_desktop.services.workbench import Workbench
from tests.services.fund_papers import money_office
from tests.ui.conftest import opened
from tests.ui.funds.desk import settle


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = money_office.make(tmp_path / "office")
    yield made
    made.close()


@pytest.fixture
def window(app, bench, answers):
    with opened(bench, answers) as made:
        yield made


@pytest.fixture
def money(bench: Workbench) -> dict[str, str]:
    """Three sources: all arrived, partly arrived, bound to its plan; keys by a short name."""
    special = money_office.source(bench, "省级专项", "500000", document_no="湛财农〔2026〕12号")
    donated = money_office.source(bench, "企业捐款", "80000", FundKind.DONATION_630, came="30000", donors="市工商联")
    bound = FundForm(
        FundKind.PER_HEAD_20000, "光伏专款", Decimal("90000"), received_on=bench.today, original_plan="村级光伏电站",
    )
    return {"special": special, "donated": donated, "bound": funds.add(bench, bound).keys[0]}


@pytest.fixture
def moved(bench: Workbench, money: dict[str, str]) -> dict[str, str]:
    """Something of the first source is allocated to 低岭村, and a part of that paid."""
    target = next(one.target for one in funds.targets(bench, 2026) if one.target.name == "低岭村")
    funds.allocate(bench, money["special"], target, Decimal("120000"), bench.today, "水稻种苗")
    funds.pay(bench, money["special"], target, Decimal("45000.50"), bench.today, "低岭合作社", "付 3 号")
    return money


@pytest.fixture
def page(window, money):
    """The ledger, seen."""
    tab = window.show_tab("funds")
    tab.show_view("ledger")
    settle(window)
    return tab.ledger


@pytest.fixture
def papers(window, money):
    """The documents, seen."""
    tab = window.show_tab("funds")
    tab.show_view("papers")
    settle(window)
    return tab.papers
