"""The written cases of ``tests/cases/publicity``: what happened to a notice, and how far it has come on a day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import NoticeState, PublicKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.publicity.gates import MAIN_KIND, Step, Subject
from fupin_desktop.storage.entities import Base, Filing, Notice, Objection

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "publicity" / "steps.toml").read_text("utf-8")
)["case"]


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as made:
        yield made
    engine.dispose()


@pytest.fixture
def put(session: Session) -> Iterator[Any]:
    """Puts what happened in a case into the data file; nothing of it stays."""

    def records(case: dict[str, Any]) -> Iterator[Base]:
        about = case.get("about", "scheme")
        for one in case.get("notices", ()):
            kind = one.get("kind", MAIN_KIND[PublicKind(about)])
            yield Notice(
                key=one["key"], year=2026, title="公示", kind=kind, state=one.get("state", "posted"), object_kind=about,
                object_key=one.get("of", about), posted_on=one["posted"], first_day=one["posted"],
                last_day=one.get("last"), corrects_key=one.get("corrects"), concerns_key=one.get("concerns"),
            )  # fmt: skip
        for at, one in enumerate(case.get("objections", ())):
            yield Objection(
                key=f"o{at}", notice_key=one["to"], received_on=case["on"], content="多报", received_by="陈晓",
                result=one.get("result"), answered_on=one.get("answered"), corrects=one.get("corrects", False),
                corrected_key=one.get("corrected"),
            )  # fmt: skip
        for at, one in enumerate(case.get("filings", ())):
            yield Filing(
                key=f"f{at}", number=one["number"], title="方案", unit="低岭村委会", filed_on=one["filed"],
                state=one["state"], object_kind=about, object_key=one.get("of", about), year=2026,
            )  # fmt: skip

    def add(case: dict[str, Any]) -> Subject:
        session.add_all(records(case))
        session.flush()
        return Subject(PublicKind(case.get("about", "scheme")), case.get("about", "scheme"))

    yield add
    session.rollback()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_each_step_is_done_when_its_time_has_come(case: dict[str, Any], session: Session, put: Any) -> None:
    subject = put(case)
    now = gates.standing(session, subject, case["on"])
    assert [line.step.value for line in now.steps if line.done] == case["done"]
    assert (now.next.told if now.next else None) == case.get("next")
    assert now.last_day is None or (now.last_day < case["on"]) is ("ended" in case["done"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_nothing_happens_before_the_first_step_that_is_missing(case: dict[str, Any], session: Session, put: Any) -> None:
    subject = put(case)
    steps = [line.step for line in gates.standing(session, subject, case["on"]).steps]
    done = case["done"]
    for place, through in enumerate(steps):
        missing = next((step for step in steps[: place + 1] if step.value not in done), None)
        found = gates.missing(session, subject, case["on"], through)
        assert (found.step if found else None) == missing
        if missing is None:
            gates.require(session, subject, case["on"], through, what="不能发放")
            continue
        with pytest.raises(NotAllowed) as caught:
            gates.require(session, subject, case["on"], through, what="不能发放")
        assert found is not None
        clause = {"pool": "清远 二21", "project": "清远 二21", "subsidy": "清远 二13"}.get(case.get("about", ""), "吴川 三(二)4")
        assert caught.value.happened == f"不能发放：{found.told}({clause})"
        assert caught.value.todo.startswith("请")


@pytest.mark.parametrize("case", [case for case in CASES if len(case.get("notices", ())) > 1], ids=lambda one: one["why"])
def test_the_order_in_which_records_were_kept_does_not_matter(case: dict[str, Any], session: Session, put: Any) -> None:
    for notices in permutations(case["notices"]):
        subject = put({**case, "notices": notices})
        assert [line.step.value for line in gates.standing(session, subject, case["on"]).steps if line.done] == case["done"]
        session.rollback()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_list_of_the_year_says_what_one_thing_says(case: dict[str, Any], session: Session, put: Any) -> None:
    subject = put(case)
    whole = gates.standings(session, 2026, case["on"])
    alone = gates.standing(session, subject, case["on"])
    listed = whole.get((subject, MAIN_KIND[subject.kind]))
    assert (listed is None) is (not alone.notices)
    if listed is not None:
        assert [(one.step, one.done, one.told) for one in listed.steps] == [
            (one.step, one.done, one.told) for one in alone.steps
        ]
        assert listed.state is alone.state
    assert gates.standings(session, 2025, case["on"]) == {}


@pytest.mark.parametrize(
    ("days", "objections", "state"),
    [(0, 0, NoticeState.POSTED), (1, 0, NoticeState.ENDED), (0, 1, NoticeState.OBJECTED), (1, 1, NoticeState.OBJECTED)],
)
def test_an_open_objection_shows_before_the_end(
    session: Session, put: Any, days: int, objections: int, state: NoticeState
) -> None:
    last = date(2026, 3, 11)
    notices = [{"key": "n", "posted": date(2026, 3, 2), "last": last}]
    on = last + timedelta(days=days)
    subject = put({"on": on, "notices": notices, "objections": [{"to": "n"}] * objections})
    assert gates.standing(session, subject, on).state is state


def test_what_was_never_published_has_every_step_before_it() -> None:
    for kind in PublicKind:
        now = gates.nothing(Subject(kind, "x"), MAIN_KIND[kind], date(2026, 3, 1))
        assert (now.state, now.last_day, now.over) == (NoticeState.DRAFT, None, False)
        assert now.next is not None
        assert now.next.step is Step.POSTED
        assert (Step.FILED in [line.step for line in now.steps]) is (kind is PublicKind.SCHEME)
