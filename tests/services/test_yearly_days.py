"""The fixed days of every year: when they are told, what they count, and when they are over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.services import home, offices, registers, yearly_days
from fupin_desktop.services.registers import CellEdit, Query, registry
from fupin_desktop.services.reports import due as reports_due
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Village
from tests.services.fund_papers import money_office as office
from tests.services.register_office import add_household, to_qingyuan
from tests.services.registers.ledger_office import add, fill


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = office.make(tmp_path)
    yield made
    made.close()


def told(bench: Workbench, today: date) -> list[str]:
    """What is told of a day, but for the donations."""
    return [text for _, text, _ in yearly_days.due(bench, today) if "6·30" not in text]


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (date(2026, 9, 30), False), (date(2026, 10, 1), True), (date(2026, 12, 31), True), (date(2027, 1, 1), True),
        (date(2027, 3, 1), True), (date(2027, 3, 2), False),
    ],
)
def test_the_pool_is_gone_through_in_the_last_quarter(bench: Workbench, today: date, shown: bool) -> None:
    assert told(bench, today) == []
    fill(bench, "projects")
    assert told(bench, today) == (["项目库动态调整（12月31日前）：1 个项目逐个核对，干不成的出库"] if shown else [])


def test_monitoring_is_told_until_every_project_has_its_day(bench: Workbench) -> None:
    fill(bench, "projects", "performances")
    today = date(2026, 8, 10)
    assert told(bench, today) == ["绩效中期监控（8月31日前）：1 份没有监控"]
    (target,) = [target for _, text, target in yearly_days.due(bench, today) if "监控" in text]
    register = registry.of(target.register)
    rows = registers.window(bench, Query(register, 2026, filters=register.conditions(target.filter)), 0, 9)
    assert len(rows) == 1
    registers.set_cells(bench, register, [CellEdit(rows[0].key, "monitored_on", "2026-08-09")])
    assert told(bench, today) == []


def test_a_self_assessment_is_of_the_year_before(bench: Workbench) -> None:
    fill(bench, "projects", "performances")
    reports_due.mark_done(bench, "2026-pool", is_done=True)
    assert told(bench, date(2026, 12, 30)) == []
    assert told(bench, date(2026, 12, 31)) == ["绩效自评（1月31日前）：1 份没有自评"]
    assert told(bench, date(2027, 1, 5)) == ["绩效自评（1月31日前）：1 份没有自评"]
    offices.set_year(bench, 2027)
    assert told(bench, date(2027, 1, 5)) == ["绩效自评（1月31日前）：1 份没有自评，在 2026 年度里办"]


def test_a_donation_of_the_year_ends_its_duty_and_a_mark_any(bench: Workbench) -> None:
    today = date(2026, 6, 20)
    texts = [text for _, text, _ in yearly_days.due(bench, today)]
    assert texts == ["“6·30”扶贫济困日捐赠（6月30日前）：还没有登记本年的捐款"]
    office.source(bench, kind=FundKind.DONATION_630, name="2026年“6·30”捐款")
    assert list(yearly_days.due(bench, today)) == []
    fill(bench, "projects")
    reports_due.mark_done(bench, "2026-pool", is_done=True)
    assert told(bench, date(2026, 11, 1)) == []


def test_lists_of_the_first_page_open_their_rows(bench: Workbench) -> None:
    """Each line is the number of the rows behind it, and goes when they are put right."""
    with bench.write("测试", "贫困村") as unit:
        for village in unit.session.query(Village):
            village.poor_village = True
    fill(bench, "entities", "projects", "risks", "inspections")
    assert add(bench, "risks", kind="技术", due_on="2026-03-01").change
    assert add(bench, "inspections", trouble="合同不全", due_on="2026-03-20").change
    bench.clock.now = bench.clock.now.replace(month=3, day=2)  # type: ignore[attr-defined]
    lists = {item.text for item in home.overview(bench, bench.today).due}
    assert "2 村省定贫困村没有一村一品领导小组" in lists
    assert not [text for text in lists if "益农信息社" in text or "轮训" in text]  # duties of 清远
    to_qingyuan(bench)
    found = {item.text: item.target for item in home.overview(bench, bench.today).due}
    wanted = {
        "2 村省定贫困村没有益农信息社", "2 村省定贫困村没有电商", "2 村省定贫困村没有科技特派员",
        "1 家主体负责人没有轮训", "1 条风险防范措施已过期限",
        "1 条问题整改 30 天内到期",
    }  # fmt: skip
    assert wanted <= set(found)
    for text in wanted:
        target = found[text]
        register = registry.of(target.register)
        rows = registers.count(bench, Query(register, 2026, filters=register.conditions(target.filter)))
        assert text.startswith(f"{rows} {register.unit}")
    assert add(bench, "facilities", name="信息社", kind="益农信息社").change
    texts = {item.text for item in home.overview(bench, bench.today).due}
    assert "1 村省定贫困村没有益农信息社" in texts


def test_poor_households_without_anything_are_listed(bench: Workbench) -> None:
    to_qingyuan(bench)
    add_household(bench, "孤户", code="X1", village="低岭村", household_class="脱贫户", kind="")
    text = "户没有利益联结，也没有自己的产业"
    before = next(item.text for item in home.overview(bench, bench.today).due if item.text.endswith(text))
    fill(bench, "entities")
    assert add(bench, "linkages", household="孤户").change
    after = [item.text for item in home.overview(bench, bench.today).due if item.text.endswith(text)]
    assert after != [before]
