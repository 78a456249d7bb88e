"""What villages and households say besides, what lists they make, and what applications begin with from the registers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import documents, registers, villages
from fupin_desktop.services.registers import HOUSEHOLDS, Query, registry
from fupin_desktop.services.registers.edits import CellEdit, set_cells
from fupin_desktop.services.targets import board
from fupin_desktop.services.village_comparison import compare
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Notice
from tests.services.register_office import add_household, cell, find, make_office, to_qingyuan

VILLAGES = registry.of("village_facts")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_office(tmp_path)
    yield made
    made.store.close()


def mark(bench: Workbench, village: str, **texts: str) -> None:
    key = next(one.key for one in villages.all(bench) if one.name == village)
    edits = [CellEdit(key, column, text) for column, text in texts.items()]
    assert not set_cells(bench, VILLAGES, edits).problems


def line(bench: Workbench, key: str) -> tuple[str, int | None, int, str]:
    found = next(one for one in board(bench) if one.indicator.key == key)
    return found.aimed, found.actual, found.gap, found.standing.label


def test_marks_of_villages_move_the_targets(bench: Workbench) -> None:
    assert "focus_demonstrations" not in {one.indicator.key for one in board(bench)}  # a target of 清远
    to_qingyuan(bench)
    assert "product_villages" not in {one.indicator.key for one in board(bench)}  # one of 吴川
    assert line(bench, "focus_demonstrations") == ("2–3 个", 0, 2, "还没有")
    mark(bench, "低岭村", focus_village="是", demonstration="是", main_product="水稻")
    assert line(bench, "focus_demonstrations") == ("2–3 个", 1, 1, "有缺口")
    mark(bench, "那罗村", focus_village="是", demonstration="是", main_product="番薯")
    assert line(bench, "focus_demonstrations") == ("2–3 个", 2, 0, "达到")
    assert line(bench, "scattered_demonstrations")[1] == 0
    assert line(bench, "industries") == ("2–3 个", 2, 0, "达到")
    mark(bench, "那罗村", main_product="水稻")
    assert line(bench, "industries") == ("2–3 个", 1, 1, "有缺口")


def test_an_own_target_stands_over_the_policys(bench: Workbench) -> None:
    figures = registry.of("target_figures")
    own = {"indicator": "扶贫主导产业", "low": "1", "high": "1", "actual": "2"}
    assert registers.add(bench, figures, own).change
    assert line(bench, "industries") == ("1 个", 2, 0, "超过上限")
    assert registers.add(bench, figures, {"indicator": "别的"}).refused


def test_villages_are_neither_added_nor_removed_there(bench: Workbench) -> None:
    key = villages.all(bench)[0].key
    with pytest.raises(NotAllowed, match="村资料不能在这里删除"):
        registers.remove(bench, VILLAGES, [key])


def test_willing_households_without_a_loan_are_listed(bench: Workbench) -> None:
    def listed() -> int:
        return registers.count(bench, Query(HOUSEHOLDS, 2026, filters=HOUSEHOLDS.conditions("wants_loan")))

    add_household(bench, "张三", loan_wish="是")
    add_household(bench, "李四", loan_wish="否")
    assert listed() == 1
    loan = {"head_name": "张三", "bank": "农商行", "contract_no": "X1", "lent_on": "2026-01-10", "due_on": "2027-01-10",
            "rate": "4%", "purpose": "种植", "amount": "50000"}  # fmt: skip
    assert registers.add(bench, registry.of("microcredits"), loan).change
    assert listed() == 0
    assert cell(find(bench, "张三"), "has_loan") == "是"
    registers.add(bench, registry.of("microcredit_repayments"), {"loan": "X1", "paid_on": "2026-03-01", "principal": "50000"})
    assert listed() == 1


@pytest.mark.parametrize(("until", "insured"), [("2026-03-01", "否"), ("2026-03-02", "是")])
def test_a_household_is_insured_while_its_policy_runs(bench: Workbench, until: str, insured: str) -> None:
    add_household(bench, "张三")
    policy = {"village": "低岭村", "household": "张三", "kind": "政策性种植保险", "company": "人保", "policy_no": "P1",
              "from_on": "2026-01-01", "to_on": until}  # fmt: skip
    assert registers.add(bench, registry.of("insurances"), policy).change
    assert cell(find(bench, "张三"), "insured") == insured


def test_an_application_begins_with_what_the_registers_know(bench: Workbench) -> None:
    def add(register: str, /, **values: str) -> None:
        assert registers.add(bench, registry.of(register), values).change

    add("rosters", kind="村一村一品领导小组", name="低岭小组", village="低岭村", founded_on="2026-01-05", document_no="1号")
    for duty, name in (("成员", "甲某"), ("组长", "乙某"), ("副组长", "丙某")):
        add("roster_members", roster="低岭小组", duty=duty, name=name, unit="村委会", post="干部")
    add("entities", name="低岭合作社", kind="农民合作社", village="低岭村", leader="吴国强")
    add("entities", name="低岭车间", kind="扶贫车间", village="低岭村", leader="李强")
    for name, way in (("张三", "务工"), ("李四", "务工"), ("李四", "订单帮扶")):
        if way == "务工":
            add_household(bench, name)
        add("linkages", household=name, entity="低岭合作社", way=way, starts_on="2026-01-01", ends_on="2026-12-31")
    bench.year = 2025
    add("village_years", village="低岭村", main_output="333", farm_output="1000", main_households="30")
    bench.year = 2026
    mark(bench, "低岭村", total_households="90")
    place = next(one for one in documents.places(bench, "village_application") if "低岭村" in one.name)
    key = documents.create(bench, "village_application", place.key).keys[0]
    data = documents.open_document(bench, key).data
    assert (data["group_leader"], data["group_members"]) == ("乙某", "甲某、丙某(副组长)")
    assert data["entities"] == (
        "低岭合作社（农民合作社，负责人吴国强，带动2户：务工、订单帮扶）\n低岭车间（扶贫车间，负责人李强）"
    )
    assert data["linkages"] == ["订单帮扶", "务工"]
    assert (data["main_output_share"], data["working_share"]) == ("33.3%", "33.3%")
    town = documents.places(bench, "town_application")[0]
    data = documents.open_document(bench, documents.create(bench, "town_application", town.key).keys[0]).data
    assert (data["entities_cooperative"], data["group_leader"]) == (1, None)


@pytest.mark.parametrize(
    ("last", "state", "share"),
    [("2026-03-04", "posted", "100.0%"), ("2026-03-03", "posted", "0.0%"), ("2026-03-04", "withdrawn", "0.0%")],
)
def test_a_notice_counts_that_hangs_ten_days_and_is_not_withdrawn(
    bench: Workbench, last: str, state: str, share: str
) -> None:
    assert shares(bench) == {"低岭村": "—", "那罗村": "—"}
    post(bench, "2026-02-23", last, state)
    assert shares(bench) == {"低岭村": share, "那罗村": "—"}


@pytest.mark.parametrize(("concluded", "share"), [(True, "100.0%"), (False, "0.0%")])
def test_a_notice_that_is_over_counts_with_its_result(bench: Workbench, concluded: bool, share: str) -> None:
    key = post(bench, "2026-02-01", "2026-02-10", "posted")
    if concluded:
        post(bench, "2026-02-12", "2026-02-12", "posted", concerns_key=key, kind="result")
    assert shares(bench)["低岭村"] == share


def post(bench: Workbench, first: str, last: str, state: str, **more: str) -> str:
    days = {"posted_on": date.fromisoformat(first), "first_day": date.fromisoformat(first), "last_day": date.fromisoformat(last)}
    with bench.write("tests", "公示") as unit:
        notice = Notice(**{"year": 2026, "kind": "awards", "title": "公示", "place": "低岭村", "state": state, **days, **more})
        unit.session.add(notice)
        unit.session.flush()
        return notice.key


def shares(bench: Workbench) -> dict[str, str]:
    return {row.ranked.name: row.shown["published"] for row in compare(bench).rows}
