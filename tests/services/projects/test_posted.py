"""Projects that are begun or announced as finished without their notice: told at the door, in the pool, on the first page."""

from datetime import date

import pytest
from sqlalchemy import select

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import dossiers, home
from fupin_desktop.services.dossiers import Kind
from fupin_desktop.services.overview import Target
from fupin_desktop.services.projects import moving
from fupin_desktop.services.projects.posted import posted
from fupin_desktop.services.registers import reasons, registry
from fupin_desktop.storage.entities import Notice, Project
from tests.services.projects.test_moving import TODAY, codes, go
from tests.services.registers.ledger_office import fill
from tests.services.registers.test_ledgers import bench as bench
from tests.services.registers.test_ledgers import cells

BEFORE, AFTER = "projects.posted_before", "projects.posted_after"
REASON = "去年已在村公示栏张贴，照片存在纸质档案里"


@pytest.fixture
def key(bench):
    fill(bench, "projects", "performances", "indicators")
    with bench.read() as session:
        return session.scalars(select(Project.key)).one()


def put(bench, key, state):
    with bench.write("tests.state", "状态") as unit:
        project = unit.session.get_one(Project, key)
        project.state, project.state_on = state.value, date(2025, 11, 1)


def post(bench, key, kind, last_day=date(2025, 12, 30), state="posted"):
    with bench.write("tests.notice", "公示") as unit:
        unit.session.add(Notice(
            object_kind=PublicKind.PROJECT.value, object_key=key, kind=kind, year=2026, title="项目公示", place="低岭村",
            state=state, posted_on=date(2025, 12, 20), first_day=date(2025, 12, 20), last_day=last_day,
            body={"facts": {}},
        ))  # fmt: skip


def due(bench):
    return [one.text for one in home.overview(bench, TODAY).due if "没有张贴" in one.text]


@pytest.mark.parametrize(
    ("state", "into", "kind", "code"),
    [
        (ProjectState.PLANNED, ProjectState.BUILDING, "project", BEFORE),
        (ProjectState.ACCEPTED, ProjectState.ANNOUNCED, "completion", AFTER),
    ],
)
def test_a_step_that_a_notice_goes_before_asks_why_there_is_none(bench, key, state, into, kind, code):
    put(bench, key, state)
    assert codes(bench, key, into) == [code]
    with pytest.raises(NotAllowed, match="没有张贴"):
        go(bench, key, into)
    post(bench, key, kind, state="withdrawn")
    assert codes(bench, key, into) == [code], "what was withdrawn is no notice"
    post(bench, key, kind)
    assert codes(bench, key, into) == []
    go(bench, key, into)


def test_who_asks_is_told_which_notice_of_a_project_hangs_until_when(bench, key):
    put(bench, key, ProjectState.BUILDING)
    assert posted(bench, key) == ()
    post(bench, key, "completion", state="withdrawn")
    post(bench, key, "project", last_day=TODAY)
    (found,) = posted(bench, key)
    assert found.told == f"实施前公示：2025年12月20日张贴公示。公示期到{say_date(TODAY)}才满。"
    assert found.target == Target("publicity", "project", key)


def test_work_begins_in_principle_after_the_period(bench, key):
    put(bench, key, ProjectState.PLANNED)
    post(bench, key, "project", last_day=TODAY)
    (found,) = moving.problems(bench, moving.Move(key, ProjectState.BUILDING, TODAY))
    assert found.sentence.startswith("实施前公示还没有办完：公示期到")
    go(bench, key, ProjectState.BUILDING, reason="灾后抢种")
    assert cells(bench, "projects")["posted_before"] == "已公示"


def test_a_begun_project_without_its_notice_is_told_until_a_reason_is_kept(bench, key):
    assert cells(bench, "projects")["posted_before"] == ""
    put(bench, key, ProjectState.BUILDING)
    assert cells(bench, "projects")["posted_before"] == "未公示"
    assert due(bench) == ["1 个项目已经实施，没有张贴实施前公示"]
    (asking,) = [one for one in reasons.asked(bench, registry.of("projects"), key) if one.column == "posted_before"]
    reasons.explain(bench, registry.of("projects"), key, asking, REASON)
    assert cells(bench, "projects")["posted_before"] == "已说明原因"
    assert due(bench) == []


def test_the_reason_given_at_the_door_settles_the_finding_too(bench, key):
    put(bench, key, ProjectState.ACCEPTED)
    post(bench, key, "project")
    go(bench, key, ProjectState.ANNOUNCED, reason=REASON)
    row = cells(bench, "projects")
    assert (row["posted_before"], row["posted_after"]) == ("已公示", "已说明原因")
    assert due(bench) == []
    assert moving.standing(bench, key).reasons == (), "the register tells it at its column, once"
    (asking,) = reasons.asked(bench, registry.of("projects"), key)
    assert (asking.column, asking.reason) == ("posted_after", REASON)


def test_a_project_out_of_the_pool_asks_for_no_notice(bench, key):
    put(bench, key, ProjectState.REMOVED)
    assert cells(bench, "projects")["posted_before"] == ""


def test_the_file_of_a_project_tells_the_reason_beside_what_is_missing(bench, key):
    put(bench, key, ProjectState.BUILDING)
    assert "没有项目公示" in dossiers.make(bench, Kind.PROJECT, key).missing
