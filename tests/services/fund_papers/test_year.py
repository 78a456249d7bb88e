"""A whole year's life of one town through the operations, to the 分, against a table reckoned by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.domain.vocabulary import ApplicationState, FundKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import documents, fund_papers, funds, history
from fupin_desktop.services.documents import Opinion
from fupin_desktop.services.workbench import Workbench
from tests.services.fund_papers import money_office as office
from tests.services.fund_papers.money_office import D, at

TABLE = tomllib.loads((Path(__file__).parents[2] / "cases" / "funds" / "year.toml").read_text(encoding="utf-8"))
SPECIAL, HELP, DONATED = "省级产业扶贫专项", "“一镇一业”帮扶资金", "“6·30”捐款"
STAFF, PER_HEAD, ASSISTING = "干部职工捐款", "“人均2万”资金", "市财政局帮扶拨款"
Keys = dict[str, str]


def money(value: Decimal) -> str:
    return f"{value:.2f}"


def spring(bench: Workbench, keys: Keys) -> None:
    """Money comes in parts; the town's plan is returned once, a village continues its solar station."""
    office.source(bench, SPECIAL, "1200000", came="700000", document_no="粤财农〔2026〕11号")
    office.source(bench, HELP, "600000", FundKind.TOWN_INDUSTRY, document_no="湛扶〔2026〕3号")
    office.source(bench, PER_HEAD, "400000", FundKind.PER_HEAD_20000, original_plan="村级光伏电站")
    town = documents.places(bench, "town_application")[0].key
    office.fill(bench, documents.create(bench, "town_application", town).keys[0], {"batch": "首批"})
    keys["town"] = key = office.plan(
        bench, "优质水稻示范基地", [(SPECIAL, "700000"), (HELP, "600000")],
        [("种苗", "530091.54", "3250.5", "163.08"), ("农机", "380000", "4", "95000"), ("仓库", "389908.46")],
        form_id=office.TOWN_PLAN,
    )  # fmt: skip
    documents.submit(bench, key)
    at(bench, 3, 6)
    for box in ("opinion_clerk", "opinion_town_office"):
        documents.give_opinion(bench, key, box, Opinion(agrees=True, name="李文静"))
    refusal = Opinion(agrees=False, text="种苗单价偏高。", name="王所长")
    documents.give_opinion(bench, key, "opinion_finance", refusal)
    office.fill(bench, key, {"uses[0].price": "160", "uses[0].amount": "520080", "uses[2].amount": "399920"})
    at(bench, 3, 10)
    office.approve(bench, key)
    at(bench, 3, 20)
    keys["solar"] = office.approve(
        bench, office.plan(bench, "村级光伏电站扩建", [(PER_HEAD, "250000")], [("光伏组件", "250000")])
    )
    at(bench, 4, 1)
    office.source(bench, ASSISTING, "150000", FundKind.ASSISTING_UNIT)
    at(bench, 4, 10)
    keys["seedlings"] = office.approve(bench, office.sheet(bench, key, [("种苗款", "520080", "水稻合作社")]))
    at(bench, 4, 12)
    fund_papers.pay(bench, keys["seedlings"], bench.today, D("300000"), "凭证 4-12")
    at(bench, 4, 20)
    fund_papers.pay(bench, keys["seedlings"], bench.today, None, "凭证 4-20")


def corrections(bench: Workbench, keys: Keys) -> None:
    """Machines turn out cheaper than paid for, the store smaller than planned."""
    at(bench, 5, 6)
    funds.receive(bench, office.source_key(bench, SPECIAL), D("480000.50"), bench.today)
    at(bench, 5, 10)
    keys["machines"] = old = office.approve(
        bench, office.sheet(bench, keys["town"], [("农机款", "380000", "农机公司")])
    )
    at(bench, 5, 12)
    fund_papers.pay(bench, old, bench.today)
    keys["paper"] = sha256(documents.pdf_bytes(bench, keys["town"])).hexdigest()
    at(bench, 5, 20)
    keys["machines 2"] = new = documents.correct(bench, old).keys[0]
    office.fill(bench, new, {"items[0].amount": "371500"})
    with pytest.raises(NotAllowed, match="已拨付 380,000.00 元，更正后只有 371,500.00 元"):
        documents.submit(bench, new)
    paid = fund_papers.payments(bench, old).lines[-1]
    funds.counter(bench, paid.key, bench.today, "农机降价退款", D("8500"))
    at(bench, 5, 25)
    office.approve(bench, new)
    keys["town 2"] = new = documents.correct(bench, keys["town"]).keys[0]
    at(bench, 6, 10)
    office.fill(bench, new, {"uses[2].amount": "350000", "sources[1].amount": "550080", "reported_on": "2026-6-10"})
    office.approve(bench, new)


def summer(bench: Workbench, keys: Keys) -> None:
    """A village that takes no part gives its reason; donations come; awards are planned from their calculation."""
    at(bench, 6, 18)
    keys["hens"] = key = office.plan(bench, "养鸡合作社", [(ASSISTING, "90000.50")], [("鸡苗", "90000.50")], village="那罗村")
    documents.give_reason(bench, key, "fund.idle_villages", "下半年全村参与养鸡。")
    at(bench, 6, 20)
    office.approve(bench, key)
    at(bench, 6, 25)
    fund_papers.pay_plan(bench, key, bench.today, D("45000.25"), "养鸡合作社", "凭证 6-25")
    at(bench, 6, 28)
    funds.counter(bench, fund_papers.payments(bench, key).lines[0].key, bench.today, "退回", D("1000"))
    at(bench, 7, 1)
    office.source(bench, DONATED, "0", FundKind.DONATION_630, came="86543.21", donors="社会各界")
    at(bench, 7, 2)
    office.source(bench, STAFF, "0", FundKind.STAFF_DONATION, came="23333.33", donors="市财政局干部职工")
    at(bench, 7, 10)
    fund_papers.pay_plan(bench, key, bench.today, None, "养鸡合作社")
    at(bench, 7, 15)
    funds.receive(bench, office.source_key(bench, DONATED), D("13456.79"), bench.today)
    office.award_run(bench)
    at(bench, 8, 10)
    keys["awards"] = key = office.plan(bench, "", [(DONATED, "3146.67"), (STAFF, "1333.33")], ())
    fund_papers.take(bench, key, fund_papers.offers(bench, key)[0].key)
    office.approve(bench, key)
    at(bench, 8, 20)
    keys["award sheet"] = sheet = office.sheet(bench, key, ())
    fund_papers.take(bench, sheet, fund_papers.offers(bench, sheet)[0].key)
    office.approve(bench, sheet)
    at(bench, 8, 21)
    fund_papers.pay(bench, sheet, bench.today)


def autumn(bench: Workbench, keys: Keys) -> None:
    """Two villages race for the donations; the store is paid in part."""
    at(bench, 9, 1)
    fund_papers.pay_plan(bench, keys["solar"], bench.today, D("120000"), "光伏公司")
    at(bench, 10, 8)
    first = office.plan(bench, "农机服务队", [(DONATED, "60000")], [("农机", "60000")])
    second = office.plan(bench, "粮食烘干", [(DONATED, "40000")], [("烘干机", "40000")])
    documents.submit(bench, second)
    *boxes, last = office.boxes(bench, second)
    for box in boxes:
        documents.give_opinion(bench, second, box, Opinion(agrees=True, name="李文静"))
    office.approve(bench, first)
    before = office.entries(bench)
    with pytest.raises(NotAllowed, match="可安排 36,853.33 元，本计划要用 40,000.00 元，还差 3,146.67 元"):
        documents.give_opinion(bench, second, last, Opinion(agrees=True, name="李文静"))
    assert office.entries(bench) == before
    documents.withdraw(bench, second)
    office.fill(bench, second, {"sources[0].amount": "36853.33", "uses[0].amount": "36853.33"})
    office.approve(bench, second)
    at(bench, 11, 1)
    keys["store"] = office.approve(bench, office.sheet(bench, keys["town"], [("仓库款", "350000", "建筑公司")]))
    at(bench, 11, 5)
    fund_papers.pay(bench, keys["store"], bench.today, D("200000"))
    at(bench, 12, 20)
    fund_papers.pay_plan(bench, second, bench.today, None, "粮食合作社")
    at(bench, 12, 31)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workbench, Keys]]:
    bench = office.make(tmp_path_factory.mktemp("year"))
    keys: Keys = {}
    for season in (spring, corrections, summer, autumn):
        season(bench, keys)
    yield bench, keys
    bench.close()


@pytest.mark.parametrize("row", TABLE["sources"], ids=lambda row: row["name"])
def test_each_source_ends_as_reckoned(year: tuple[Workbench, Keys], row: dict[str, Any]) -> None:
    found = office.received(year[0], row["name"])
    assert {name: money(getattr(found, name)) for name in row if name != "name"} == {
        name: value for name, value in row.items() if name != "name"
    }


def test_the_sources_together(year: tuple[Workbench, Keys]) -> None:
    every = funds.balances(year[0], 2026)
    assert len(every) == len(TABLE["sources"])
    assert {name: money(sum((getattr(one, name) for one in every), D(0))) for name in TABLE["total"]} == TABLE["total"]


def test_each_plan_ends_as_reckoned(year: tuple[Workbench, Keys]) -> None:
    lines = fund_papers.plan_lines(year[0], 2026)
    found = {one.number: [money(one.approved), money(one.paid), money(one.left), one.word] for one in lines}
    assert found == TABLE["plans"]


def test_each_sheet_ends_as_reckoned(year: tuple[Workbench, Keys]) -> None:
    lines = fund_papers.sheet_lines(year[0], 2026)
    assert {one.number: [money(one.amount), money(one.paid), one.word] for one in lines} == TABLE["sheets"]


@pytest.mark.parametrize(("day", "amount"), TABLE["in_hand_on"].items())
def test_the_balance_of_any_day(year: tuple[Workbench, Keys], day: str, amount: str) -> None:
    every = funds.balances(year[0], 2026, on=date.fromisoformat(str(day)))
    assert money(sum((one.in_hand for one in every), D(0))) == amount


def test_what_is_printed_ties_with_the_ledger(year: tuple[Workbench, Keys]) -> None:
    bench, keys = year
    names = ("approved", "paid", "amount", "left")
    assert [office.amount(bench, keys["store"], name) for name in names] == [
        "1,250,080.00", "891,580.00", "350,000.00", "8,500.00",
    ]  # fmt: skip
    assert [office.amount(bench, keys["machines 2"], name) for name in names] == [
        "1,300,000.00", "520,080.00", "371,500.00", "408,420.00",
    ]  # fmt: skip
    behind = documents.rows_behind(bench, keys["store"], "approved")
    assert [row[-1] for row in behind.rows] == [
        "700,000.00", "600,000.00", "-700,000.00", "-600,000.00", "700,000.00", "550,080.00", "1,250,080.00",
    ]  # fmt: skip


def test_approved_papers_print_as_on_that_day(year: tuple[Workbench, Keys]) -> None:
    bench, keys = year
    opened = documents.open_document(bench, keys["town"])
    assert opened.line.state is ApplicationState.REPLACED
    assert office.amount(bench, keys["town"], "total") == "1,300,000.00"
    assert sha256(documents.pdf_bytes(bench, keys["town"])).hexdigest() == keys["paper"]
    assert [step.text for step in opened.past if step.state == "refused"] == ["种苗单价偏高。"]


def test_undo_takes_no_money_back(year: tuple[Workbench, Keys]) -> None:
    bench, _ = year
    before = office.entries(bench)
    while history.undo(bench):
        pass
    assert office.entries(bench) == before
    lines = fund_papers.plan_lines(bench, 2026)
    assert {one.number: money(one.paid) for one in lines} == {key: row[1] for key, row in TABLE["plans"].items()}
