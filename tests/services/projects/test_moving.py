"""The way of a project through the pool: its order, its gates on both sides, the reasons kept."""

import itertools
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import history
from fupin_desktop.services.projects import moving
from fupin_desktop.services.projects.moving import Move, ways
from fupin_desktop.storage.entities import Notice, Project, RegisterReason
from tests.services.registers.ledger_office import add, fill
from tests.services.registers.test_ledgers import bench as bench
from tests.services.registers.test_ledgers import cells
from tests.storage.office_file import NOW

TODAY = NOW.date()


@pytest.fixture
def key(bench):
    fill(bench, "projects", "performances", "indicators")
    with bench.read() as session:
        return session.scalars(select(Project.key)).one()


def go(bench, key, into, days_ago=0, **more):
    return moving.move(bench, Move(key, into, TODAY - timedelta(days=days_ago), **more))


def to_publicity(bench, key, days_ago=10):
    for state in (ProjectState.DECLARED, ProjectState.REVIEWED, ProjectState.PUBLISHED):
        go(bench, key, state, days_ago)


def codes(bench, key, into, days_ago=0, **more):
    return [one.code for one in moving.problems(bench, Move(key, into, TODAY - timedelta(days=days_ago), **more))]


def test_every_state_leads_to_the_next_and_out_of_the_pool():
    order = [state for state in ProjectState if state is not ProjectState.REMOVED]
    for state, following in itertools.pairwise(order):
        assert ways(state) == (following, ProjectState.REMOVED)
    assert ways(ProjectState.CLOSED) == ()
    assert ways(ProjectState.REMOVED) == (ProjectState.IDEA,)


def test_a_step_is_kept_and_undone_as_one(bench, key):
    change = go(bench, key, ProjectState.DECLARED, document_no="塘府〔2026〕1号")
    assert change.message == "“水稻基地”已登记为村申报"
    assert cells(bench, "projects")["state"] == "村申报"
    step = cells(bench, "project_steps")
    assert (step["state"], step["document_no"], step["who"]) == ("村申报", "塘府〔2026〕1号", "李文静")
    history.undo(bench)
    assert cells(bench, "projects")["state"] == "谋划"
    with pytest.raises(IndexError):
        cells(bench, "project_steps")


def test_no_step_is_left_out(bench, key):
    with pytest.raises(NotAllowed, match="现在是谋划，不能直接登记为入库"):
        go(bench, key, ProjectState.POOLED)


def test_days_stand_in_their_order_and_none_to_come(bench, key):
    assert codes(bench, key, ProjectState.DECLARED, -1) == ["project.day"]
    go(bench, key, ProjectState.DECLARED, 3)
    assert codes(bench, key, ProjectState.REVIEWED, 4) == ["project.order"]
    assert codes(bench, key, ProjectState.REVIEWED, 3) == []


def test_a_removal_has_a_reason(bench, key):
    assert codes(bench, key, ProjectState.REMOVED) == ["project.removed"]
    go(bench, key, ProjectState.REMOVED, reason="贫困人口需求变化")
    assert cells(bench, "project_steps")["reason"] == "贫困人口需求变化"
    go(bench, key, ProjectState.IDEA)


def test_the_pool_takes_a_project_with_target_publicity_and_a_measured_risk(bench, key):
    to_publicity(bench, key)
    assert codes(bench, key, ProjectState.POOLED) == ["project.risk"]
    add(bench, "risks")
    assert codes(bench, key, ProjectState.POOLED) == ["project.risk"]
    add(bench, "risks", kind="技术", measures="技术援助")
    assert codes(bench, key, ProjectState.POOLED) == []
    go(bench, key, ProjectState.POOLED)


@pytest.mark.parametrize(("days", "found"), [(9, ["project.days"]), (10, [])])
def test_ten_days_of_publicity_hold_in_principle(bench, key, days, found):
    add(bench, "risks", measures="技术援助")
    to_publicity(bench, key, days)
    assert codes(bench, key, ProjectState.POOLED) == found
    if not found:
        return
    with pytest.raises(NotAllowed, match="不少于 10 天"):
        go(bench, key, ProjectState.POOLED)
    go(bench, key, ProjectState.POOLED, reason="县级批复要求提前入库")
    with bench.read() as session:
        kept = session.scalars(select(RegisterReason)).one()
    assert (kept.register, kept.code, kept.reason) == ("projects", "project.days", "县级批复要求提前入库")
    assert moving.standing(bench, key).reasons[0].endswith("原因：县级批复要求提前入库")


def test_no_target_no_entry(bench):
    fill(bench, "projects", "performances", "risks")
    with bench.read() as session:
        key = session.scalars(select(Project.key)).one()
    to_publicity(bench, key)
    with pytest.raises(NotAllowed, match="没有绩效目标"):
        go(bench, key, ProjectState.POOLED, reason="任何原因都不行")


@pytest.mark.parametrize(("last", "found"), [(TODAY, ["project.public"]), (TODAY - timedelta(days=1), [])])
def test_a_notice_of_the_program_has_to_be_over(bench, key, last, found):
    add(bench, "risks", measures="技术援助")
    to_publicity(bench, key, 0)
    with bench.write("tests.notice", "公示") as unit:
        unit.session.add(Notice(
            object_kind=PublicKind.POOL.value, object_key="2026:1", kind="pool", year=2026, title="入库公示", place="低岭村",
            state="posted", posted_on=date(2025, 12, 20), first_day=date(2025, 12, 21), last_day=last,
            body={"facts": {"rows": [{"key": key}]}},
        ))  # fmt: skip
    assert codes(bench, key, ProjectState.POOLED) == found


@pytest.mark.parametrize(("dated", "found"), [(2, ["project.public"]), (1, ["project.public"]), (0, [])])
def test_a_step_is_not_dated_back_before_the_end_of_its_notice(bench, key, dated, found):
    add(bench, "risks", measures="技术援助")
    to_publicity(bench, key, 12)
    with bench.write("tests.notice", "公示") as unit:
        unit.session.add(Notice(
            object_kind=PublicKind.POOL.value, object_key="2026:1", kind="pool", year=2026, title="入库公示", place="低岭村",
            state="posted", posted_on=date(2025, 12, 20), first_day=date(2025, 12, 21),
            last_day=TODAY - timedelta(days=1), body={"facts": {"rows": [{"key": key}]}},
        ))  # fmt: skip
    assert codes(bench, key, ProjectState.POOLED, dated) == found
