"""Projects of the pool in plans and performance targets: taken over, checked, and their money found again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import documents, fund_papers, registers
from fupin_desktop.services.registers import Query, registry
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Application, Project
from tests.services.fund_papers import money_office as office
from tests.services.fund_papers.money_office import D
from tests.services.register_office import to_qingyuan
from tests.services.registers.ledger_office import add, fill

TARGETS = "performance_target"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = office.make(tmp_path)
    office.source(made)
    yield made
    made.close()


def pool(bench: Workbench, state: str = "pooled") -> str:
    """A project of the pool with 100 000 yuan of the province and 20 000 of its own; its key."""
    fill(bench, "projects", "project_funds")
    assert add(bench, "project_funds", name="自筹", level="自筹", amount="20000").change
    with bench.write("测试", "项目状态") as unit:
        project = unit.session.query(Project).one()
        project.state = state
        return project.key


def targets(bench: Workbench) -> None:
    fill(bench, "performances", "indicators")


def taken(bench: Workbench) -> tuple[str, fund_papers.Offer]:
    key = office.plan(bench, "", uses=())
    offer = next(one for one in fund_papers.offers(bench, key) if one.key.startswith("pool:"))
    assert fund_papers.take(bench, key, offer.key).change
    return key, offer


def test_a_plan_takes_a_project_over(bench: Workbench) -> None:
    pool(bench)
    targets(bench)
    key, offer = taken(bench)
    assert (offer.title, offer.sentence) == ("项目库 P1 水稻基地", "项目库：入库；100,000.00 元")
    data = office.opened(bench, key)
    assert [(row["item"], row["amount"], row["quantity"], row["unit"]) for row in data["uses"]] == [
        ("水稻基地", D("100000.00"), D("120"), "亩"),
    ]
    assert data["project"] == "水稻基地"
    assert (data["operator"], data["operator_leader"], data["starts_on"].isoformat()) == (
        "低岭村民委员会", "吴强", "2026-03-01",
    )
    assert data["linkages"] == ["订单帮扶", "务工"]
    assert not {"fund.pool", "fund.targets"} & set(office.codes(bench, key))


@pytest.mark.parametrize(
    ("state", "told"),
    [("published", "没有入库"), ("removed", "没有入库"), ("pooled", ""), ("building", ""), ("closed", "没有入库")],
)
def test_a_plan_asks_for_a_project_of_the_pool(bench: Workbench, state: str, told: str) -> None:
    pool(bench, state)
    targets(bench)
    found = office.codes(bench, office.plan(bench)).get("fund.pool", "")
    assert (told in found) if told else not found


def test_a_project_outside_the_pool_or_without_targets_is_told(bench: Workbench) -> None:
    assert not {"fund.pool", "fund.targets"} & set(office.codes(bench, office.plan(bench, "养鸡")))
    pool(bench)
    found = office.codes(bench, office.plan(bench, "养鸡"))
    assert "不在项目库" in found["fund.pool"]
    assert "fund.targets" not in found
    key, _ = taken(bench)
    assert "绩效目标" in office.codes(bench, key)["fund.targets"]
    targets(bench)
    assert "fund.targets" not in office.codes(bench, key)


def test_targets_are_a_must_where_the_office_s_own_document_demands_them(bench: Workbench) -> None:
    pool(bench)
    key, _ = taken(bench)
    documents.give_reason(bench, key, "fund.targets", "吴川没有这一要求")
    assert [one.reason for one in documents.open_document(bench, key).problems if one.code == "fund.targets"] == ["吴川没有这一要求"]
    documents.give_reason(bench, key, "fund.targets", "")
    to_qingyuan(bench)
    with pytest.raises(NotAllowed, match="不是“原则上”"):
        documents.give_reason(bench, key, "fund.targets", "不能这样")


def test_a_sheet_takes_the_project_from_its_plan_and_the_payment_counts_as_spent(bench: Workbench) -> None:
    project = pool(bench)
    targets(bench)
    key, _ = taken(bench)
    office.fill(bench, key, {"sources": office.rows([("省级专项", "100000")], ("source", "amount"))})
    office.approve(bench, key)
    with bench.read() as session:
        assert session.get(Application, key).about_key == project
    sheet = office.sheet(bench, key, ())
    (offer,) = fund_papers.offers(bench, sheet)
    assert [row["item"] for row in offer.rows] == ["水稻基地"]
    office.fill(bench, sheet, {"items": office.rows([("水稻基地", "60000", "合作社")], ("item", "amount", "payee"))})
    office.approve(bench, sheet)
    rows = registers.window(bench, Query(registry.of("performances"), 2026), 0, 1)
    keys = [info.key for info in registers.columns(registry.of("performances"))]
    assert rows[0].cells[keys.index("rate")] == ""
    fund_papers.pay(bench, sheet, bench.today)
    rows = registers.window(bench, Query(registry.of("performances"), 2026), 0, 1)
    assert rows[0].cells[keys.index("rate")] == "50%"


def test_performance_targets_begin_with_the_project(bench: Workbench) -> None:
    pool(bench)
    targets(bench)
    assert [place.name for place in documents.places(bench, TARGETS)] == ["水稻基地"]
    key = documents.create(bench, TARGETS, "水稻基地").keys[0]
    data = office.opened(bench, key)
    assert (data["industry_kind"], data["operator"], data["goal"]) == ("种植", "低岭村民委员会", "建成基地")
    assert data["linkages"] == ["务工", "订单帮扶"]
    assert (data["fund_fiscal"], data["fund_other"], data["fund_total"]) == (D("100000.00"), D("20000.00"), D("120000.00"))
    assert data["output_quantity"] == [{"name": "基地", "target": "120"}]
    other = documents.create(bench, TARGETS, "养鸡").keys[0]
    assert not office.opened(bench, other)["operator"]
    office.fill(bench, other, {"operator": "鸡场", "project": "水稻基地"})
    assert office.opened(bench, other)["operator"] == "鸡场"
    assert office.opened(bench, other)["goal"] == "建成基地"
