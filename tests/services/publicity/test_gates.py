"""Which step of publicity is done, what stands in the way, and what is refused before its time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.domain.vocabulary import FilingState, NoticeState, ObjectionResult, PublicKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.publicity.gates import Standing, Step, Subject
from fupin_desktop.storage.entities import Base, Filing, Notice, Objection
from fupin_desktop.storage.store import Store, open_store
from tests.storage.office_file import NOW, WHO

SCHEME = Subject(PublicKind.SCHEME, "a" * 32)
FIRST, LAST = date(2026, 1, 4), date(2026, 1, 13)
AFTER = LAST + timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path, now=NOW)
    yield opened
    opened.close()


def put(store: Store, *records: Base) -> None:
    with store.write("test", "试", WHO, NOW) as unit:
        for one in records:
            unit.session.add(one)
            unit.session.flush()


def notice(key: str, **more: Any) -> Notice:
    values = {"kind": "awards", "state": "posted", "posted_on": FIRST, "first_day": FIRST, "last_day": LAST, **more}
    return Notice(key=key, year=2026, title="公示", object_kind="scheme", object_key=SCHEME.key, **values)


def standing(store: Store, today: date) -> Standing:
    with store.session() as session:
        return gates.standing(session, SCHEME, today)


def done(store: Store, today: date) -> list[Step]:
    return [line.step for line in standing(store, today).steps if line.done]


def test_nothing_is_done_before_a_notice_hangs(store: Store) -> None:
    put(store, notice("w", state="withdrawn"), notice("s", kind="scheme"))
    now = standing(store, AFTER)
    assert (done(store, AFTER), now.state) == ([], NoticeState.DRAFT)
    assert now.next is not None
    assert (now.next.step, now.next.told) == (Step.POSTED, "还没有张贴公示。")


@pytest.mark.parametrize(("today", "over"), [(FIRST, False), (LAST, False), (AFTER, True)])
def test_a_period_is_over_on_the_day_after_its_last(store: Store, today: date, over: bool) -> None:
    put(store, notice("n"))
    assert (Step.ENDED in done(store, today)) is over
    assert standing(store, today).state is (NoticeState.ENDED if over else NoticeState.POSTED)
    with store.session() as session:
        if not over:
            with pytest.raises(NotAllowed, match=r"不能备案：公示期到2026年1月13日才满。\(吴川 三\(二\)4\)"):
                gates.require(session, SCHEME, today, Step.SETTLED, what="不能备案")
        else:
            gates.require(session, SCHEME, today, Step.SETTLED, what="不能备案")


def test_an_objection_is_open_until_its_answer_and_its_correction(store: Store) -> None:
    put(store, notice("n"), Objection(key="o", notice_key="n", received_on=LAST, content="多报", received_by="陈晓"))
    assert standing(store, AFTER).state is NoticeState.OBJECTED
    for change in ({"result": ObjectionResult.PARTLY.value}, {"corrects": True}, {"answered_on": AFTER}):
        assert Step.SETTLED not in done(store, AFTER)
        with store.write("test", "试", WHO, NOW) as unit:
            unit.update_many(Objection, [{"key": "o", **change}])
    assert Step.SETTLED not in done(store, AFTER)
    put(store, notice("m", posted_on=AFTER, first_day=AFTER, last_day=AFTER, corrects_key="n"))
    with store.write("test", "试", WHO, NOW) as unit:
        unit.update_many(Objection, [{"key": "o", "corrected_key": "m"}])
    assert Step.SETTLED in done(store, AFTER)
    assert Step.ENDED not in done(store, AFTER)
    assert Step.ENDED in done(store, AFTER + timedelta(days=1))


def test_the_result_is_that_of_the_newest_notice_and_the_filing_comes_last(store: Store) -> None:
    put(store, notice("n"), notice("r", kind="result", posted_on=AFTER, concerns_key="n"))
    assert done(store, AFTER) == [Step.POSTED, Step.ENDED, Step.SETTLED, Step.RESULT]
    with store.session() as session, pytest.raises(NotAllowed, match="还没有报镇"):
        gates.require(session, SCHEME, AFTER, what="不能发放")
    filing = {"title": "方案", "unit": "低岭村", "filed_on": AFTER, "object_key": SCHEME.key}
    put(store, Filing(key="f", number="镇备〔2026〕1号", **filing))
    assert Step.FILED not in done(store, AFTER)
    for state, told in ((FilingState.RETURNED, "备案“镇备〔2026〕1号”被退回。"), (FilingState.FILED, "")):
        with store.write("test", "试", WHO, NOW) as unit:
            unit.update_many(Filing, [{"key": "f", "state": state.value}])
        step = standing(store, AFTER).next
        assert (step.told if step else "") == told
    put(store, notice("m", posted_on=AFTER, last_day=AFTER - timedelta(days=1), corrects_key="n"))
    assert standing(store, AFTER).next is None, "a scheme once filed is done with its result"


def test_what_is_not_filed_ends_with_its_result(store: Store) -> None:
    with store.session() as session:
        of_proceeds = gates.standing(session, Subject(PublicKind.PROCEEDS, "p"), AFTER)
    assert [line.step for line in of_proceeds.steps] == [Step.POSTED, Step.ENDED, Step.SETTLED, Step.RESULT]
