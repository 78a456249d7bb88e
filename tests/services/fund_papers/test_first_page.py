"""What the first page says of documents of money, and where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from fupin_desktop.services import documents, first_look, fund_papers, funds, home
from fupin_desktop.services.documents import Opinion
from fupin_desktop.services.first_look import FirstLook
from fupin_desktop.services.overview import Target
from fupin_desktop.services.workbench import Workbench
from tests.services.fund_papers import money_office as office

D = Decimal
NAME = "低岭村 水稻基地"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = office.make(tmp_path)
    office.source(made)
    yield made
    made.close()


def told(bench: Workbench) -> list[tuple[str, str, Target]]:
    due = home.overview(bench, bench.today).due
    return [(item.badge, item.text, item.target) for item in due if item.target.tab == "funds"]


def test_a_plan_waits_for_one_box_after_the_other(bench: Workbench) -> None:
    key = office.plan(bench)
    assert told(bench) == [("待提交", f"{NAME}使用计划呈批表已填好，可以提交", Target("funds", "", key))]
    documents.submit(bench, key)
    target = Target("funds", f"{office.VILLAGE_PLAN}:submitted", key)
    words = {"opinion_village": "村(居)委会", "opinion_assisting": "对口帮扶单位", "opinion_town_office": "镇扶贫办",
             "opinion_finance": "镇财政所", "opinion_town_government": "镇政府"}
    assert office.boxes(bench, key) == list(words)
    for box, word in words.items():
        assert told(bench) == [("待审批", f"{NAME}使用计划呈批表等待“{word}”意见", target)]
        documents.give_opinion(bench, key, box, Opinion(agrees=True, name="甲"))
    assert [badge for badge, _, _ in told(bench)] == ["待拨付"]


def test_plans_that_wait_for_one_box_are_one_line(bench: Workbench) -> None:
    keys = [office.plan(bench, f"项目{n}", [("省级专项", "1000")], [("种苗", "1000")]) for n in range(3)]
    for key in keys:
        documents.submit(bench, key)
    documents.give_opinion(bench, keys[0], "opinion_village", Opinion(agrees=True, name="甲"))
    target = Target("funds", f"{office.VILLAGE_PLAN}:submitted")
    assert told(bench) == [
        ("待审批", "低岭村 项目1、低岭村 项目2使用计划呈批表等待“村(居)委会”意见", target),
        ("待审批", "低岭村 项目0使用计划呈批表等待“对口帮扶单位”意见", target._replace(key=keys[0])),
    ]


def test_a_returned_plan_comes_first_with_its_reason(bench: Workbench) -> None:
    key = office.plan(bench)
    documents.submit(bench, key)
    documents.give_opinion(bench, key, "opinion_village", Opinion(agrees=False, text="单价不清", name="甲"))
    assert told(bench) == [("退回", f"{NAME}使用计划呈批表被退回：单价不清", Target("funds", "", key))]


def test_money_waits_from_the_plan_to_the_last_payment(bench: Workbench) -> None:
    plan = office.approve(bench, office.plan(bench))
    assert told(bench) == [
        ("待拨付", f"{NAME}使用计划批准 300,000.00 元，还没有申请拨付", Target("funds", "", plan))
    ]
    sheet = office.sheet(bench, plan)
    assert [badge for badge, _, _ in told(bench)] == ["待提交", "待拨付"]
    office.approve(bench, sheet)
    waits = ("待拨付", f"{NAME}资金审批表已批准，还有 100,000.00 元没有拨付", Target("funds", "", sheet))
    assert told(bench) == [waits]
    fund_papers.pay(bench, sheet, bench.today, D("99999.99"))
    assert told(bench)[0][1] == f"{NAME}资金审批表已批准，还有 0.01 元没有拨付"
    fund_papers.pay(bench, sheet, bench.today)
    assert told(bench) == []


@pytest.mark.parametrize(("asked", "left"), [("270000.00", None), ("270000.01", "29,999.99"), ("300000.00", None)])
def test_a_plan_with_less_than_a_tenth_left_is_told(bench: Workbench, asked: str, left: str | None) -> None:
    plan = office.approve(bench, office.plan(bench))
    office.approve(bench, office.sheet(bench, plan, [("种苗款", asked, "水稻合作社")]))
    found = [text for badge, text, _ in told(bench) if badge == "余额不多"]
    assert found == ([f"{NAME}使用计划批准 300,000.00 元，只剩 {left} 元可以申请"] if left else [])


def test_a_counter_entry_makes_a_paid_sheet_wait_again(bench: Workbench) -> None:
    sheet = office.approve(bench, office.sheet(bench, office.approve(bench, office.plan(bench))))
    fund_papers.pay(bench, sheet, bench.today)
    entry = fund_papers.payments(bench, sheet).lines[0]
    funds.counter(bench, entry.key, bench.today, "退票", D("40.00"))
    assert told(bench)[0][1] == f"{NAME}资金审批表已批准，还有 40.00 元没有拨付"


def test_a_correction_leads_to_the_version_in_force(bench: Workbench) -> None:
    first = office.approve(bench, office.plan(bench))
    second = documents.correct(bench, first).keys[0]
    assert [target.key for _, _, target in told(bench)] == [second, first]
    office.approve(bench, second)
    assert told(bench) == [
        ("待拨付", f"{NAME}使用计划批准 300,000.00 元，还没有申请拨付", Target("funds", "", second))
    ]


def test_the_kept_page_holds_until_money_moves(bench: Workbench) -> None:
    look = FirstLook(home.overview(bench, bench.today), ())
    first_look.keep(bench, look, first_look.state_of(bench))
    assert first_look.find(bench) == look
    funds.receive(bench, office.source(bench, "捐款", "20", came="0"), D("5.00"), bench.today)
    assert first_look.find(bench) is None
