"""Groups, guides, experts, trainings, techniques, surveys, commendations, plans: what they count and what they refuse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.services import history, home, registers
from fupin_desktop.services.registers import PERSONS, Outcome, Query, registry
from fupin_desktop.services.registers.edits import CellEdit, set_cells
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import add_household, cell, find, make_office


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_office(tmp_path)
    yield made
    made.store.close()


def add(bench: Workbench, register: str, /, **values: str) -> Outcome:
    return registers.add(bench, registry.of(register), values)


def told(outcome: Outcome) -> list[tuple[str, str]]:
    return [(problem.severity.value, problem.field) for problem in outcome.problems]


def only(bench: Workbench, name: str, *columns: str) -> list[str]:
    register = registry.of(name)
    (row,) = registers.window(bench, Query(register, bench.year), 0, 9)
    return [cell(row, column, register) for column in columns]


def test_a_group_shows_its_leader_and_members(bench: Workbench) -> None:
    add(bench, "rosters", kind="验收小组", name="验收", founded_on="2026-01-05", document_no="1号")
    for duty, name in (("成员", "甲某"), ("组长", "乙某")):
        assert add(bench, "roster_members", roster="验收", duty=duty, name=name, unit="镇", post="干部").change
    assert only(bench, "rosters", "leader", "members") == ["乙某", "2"]


def test_guides_count_their_households_and_the_visits_of_the_quarter(bench: Workbench) -> None:
    add_household(bench, "张三", guide="梁文杰")
    assert add(bench, "guides", name="梁文杰", origin="村组干部", duties="技术服务、产品销售").change
    assert only(bench, "guides", "households", "quarter_visits", "last_visit") == ["1", "0", ""]
    assert any("指导员本季还没有走访" in item.text for item in home.overview(bench, bench.today).due)
    visit = {"guide": "梁文杰", "household": "张三", "content": "技术服务"}
    assert told(add(bench, "guide_visits", **visit, visited_on="2026-03-03")) == [("must", "visited_on")]
    add(bench, "guide_visits", **visit, visited_on="2025-12-31")
    assert only(bench, "guides", "quarter_visits", "last_visit") == ["0", "2025-12-31"]
    add(bench, "guide_visits", **visit, visited_on="2026-01-01")
    assert only(bench, "guides", "quarter_visits", "last_visit") == ["1", "2026-01-01"]
    assert not any("指导员本季还没有走访" in item.text for item in home.overview(bench, bench.today).due)


def test_a_training_counts_its_trainees_and_those_of_poor_households(bench: Workbench) -> None:
    for head, kind in (("张三", "脱贫户"), ("李四", "一般户")):
        key = add_household(bench, head, household_class=kind)
        registers.add(bench, PERSONS, {"name": f"{head}之子", "code": f"{head}01"}, key)
    training = {"topic": "水稻栽培", "held_on": "2026-02-01", "level": "村", "kind": "实用技术", "forms": "上课、实地考察"}
    assert add(bench, "trainings", **training, attended="30").change
    assert only(bench, "trainings", "attendances", "poor_attendances") == ["30", "0"]
    for person in ("张三01", "李四01"):
        assert add(bench, "trainees", training="水稻栽培", person=person).change
    assert add(bench, "trainees", training="水稻栽培", name="来宾").change
    assert only(bench, "trainings", "attendances", "poor_attendances") == ["3", "1"]
    assert told(add(bench, "trainees", training="水稻栽培", person="张三01")) == [("must", "person")]
    assert told(add(bench, "trainees", training="水稻栽培")) == [("must", "person")]
    trainees = registers.all_keys(bench, Query(registry.of("trainees"), 2026))
    registers.remove(bench, registry.of("trainees"), trainees)
    assert only(bench, "trainings", "attendances", "poor_attendances") == ["30", "0"]


def test_a_technique_is_mastered_once(bench: Workbench) -> None:
    key = add_household(bench, "张三")
    registers.add(bench, PERSONS, {"name": "张小明", "code": "P1"}, key)
    assert not add(bench, "skills", person="P1", technique="育苗").problems
    assert told(add(bench, "skills", person="P1", technique="育苗")) == [("must", "person")]
    assert cell(find(bench, "张小明", PERSONS), "techniques", PERSONS) == "1"


@pytest.mark.parametrize(
    ("code", "answer", "kept"),
    [("101", "120.5", "120.5"), ("101", "1，200亩", "1200"), ("101", "-1", ""), ("101", "很多", ""), ("112", "3", "3"),
     ("112", "3.5", ""), ("132", "是", "是"), ("132", "有", "是"), ("132", "也许", ""), ("114", "停滞", "停滞"),
     ("114", "停滞、正常", ""), ("131", "消费扶贫,订单", "消费扶贫、订单"), ("131", "订单、没有", ""),
     ("104", "随便写", "随便写")],
)  # fmt: skip
def test_answers_fit_their_questions_and_are_kept_in_one_way(bench: Workbench, code: str, answer: str, kept: str) -> None:
    assert add(bench, "surveys", question_set="村产业扶贫摸底调查表", village="低岭村").change
    register = registry.of("survey_answers")
    rows = registers.window(bench, Query(register, 2026), 0, 40)
    row = next(row for row in rows if cell(row, "code", register) == code)
    before = int(only(bench, "surveys", "missing")[0])
    outcome = set_cells(bench, register, [CellEdit(row.key, "answer", answer)])
    assert outcome.refused is not bool(kept)
    after = next(one for one in registers.window(bench, Query(register, 2026), 0, 40) if one.key == row.key)
    assert cell(after, "answer", register) == kept
    needed = cell(row, "needed", register) == "是"
    assert int(only(bench, "surveys", "missing")[0]) == before - (bool(kept) and needed)
    if kept:
        assert outcome.change is not None
        assert None not in outcome.change.keys  # a village's survey belongs to no household
        history.undo(bench)
        again = next(one for one in registers.window(bench, Query(register, 2026), 0, 40) if one.key == row.key)
        assert cell(again, "answer", register) == ""


@pytest.mark.parametrize(
    ("due", "done", "state"),
    [("2026-03-01", "", "已过期限"), ("2026-03-02", "", "10天内到期"), ("2026-03-12", "", "10天内到期"),
     ("2026-03-13", "", "未到期"), ("2026-03-01", "2026-03-02", "已完成")],
)  # fmt: skip
def test_tasks_of_the_plan_stand_among_what_is_due(bench: Workbench, due: str, done: str, state: str) -> None:
    add(bench, "year_plans", name="方案", document_no="1号", issued_on="2026-01-05")
    task = {"plan": "方案", "content": "验收", "responsible": "李某", "due_on": due, "done_on": done}
    assert not add(bench, "plan_tasks", **task).problems
    assert only(bench, "plan_tasks", "state") == [state]
    listed = any("年度任务" in item.text for item in home.overview(bench, bench.today).due)
    assert listed is (state in ("已过期限", "10天内到期"))
    assert only(bench, "year_plans", "tasks", "done") == ["1", "1" if done else "0"]


def test_income_per_head_follows_from_its_parts(bench: Workbench) -> None:
    add_household(bench, "张三", members="3")
    income = {"head_name": "张三", "wages": "10000", "business": "5000.01", "costs": "2000"}
    assert add(bench, "household_incomes", **income).change
    assert only(bench, "household_incomes", "per_head") == ["4,333.34"]
    row = registers.window(bench, Query(registry.of("household_incomes"), 2026), 0, 9)[0]
    without = set_cells(bench, registry.of("household_incomes"), [CellEdit(row.key, "costs", "")])
    assert told(without) == [("warning", "costs")]


def test_the_share_of_the_main_industry_follows(bench: Workbench) -> None:
    assert add(bench, "village_years", village="低岭村", main_output="500", farm_output="500").change
    assert only(bench, "village_years", "share") == ["100%"]
