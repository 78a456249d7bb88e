"""Posted notices as they are listed and read again."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from fupin_desktop.domain.calendar import Period, say_period
from fupin_desktop.domain.vocabulary import NoticeState, PublicKind
from fupin_desktop.services.existing import existing
from fupin_desktop.services.notices import kinds
from fupin_desktop.services.notices.model import NoticeLine
from fupin_desktop.services.publicity.gates import Subject, is_settled
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Notice, Objection

NO_OBJECTION = "无异议"


def lines(bench: Workbench, year: int, *names: str) -> tuple[NoticeLine, ...]:
    """The notices of a year, the latest first.

    Args:
        bench: The workbench.
        year: 年度.
        names: Kinds; none takes all.
    """
    query = select(Notice).options(defer(Notice.body), defer(Notice.settings))
    query = query.where(Notice.year == year, Notice.posted_on.is_not(None))
    if names:
        query = query.where(Notice.kind.in_(names))
    with bench.read() as session:
        rows = list(session.scalars(query.order_by(Notice.posted_on.desc(), Notice.key.desc())))
        objected = _objected(session, [row.key for row in rows])
        return tuple(line_of(row, bench.today, objected) for row in rows)


def _objected(session: Session, keys: list[str]) -> frozenset[str]:
    """Notices that have an open objection."""
    found = session.scalars(select(Objection).where(Objection.notice_key.in_(keys)))
    return frozenset(one.notice_key for one in found if not is_settled(one))


def line_of(row: Notice, today: date, objected: frozenset[str] = frozenset()) -> NoticeLine:
    """A notice as lists show it on a day."""
    first, last = row.first_day or today, row.last_day or today
    state = NoticeState(row.state)
    if state is NoticeState.POSTED and row.key in objected:
        state = NoticeState.OBJECTED
    elif state is NoticeState.POSTED and last < today:
        state = NoticeState.ENDED
    about = Subject(PublicKind(row.object_kind), row.object_key or "") if row.object_kind else None
    return NoticeLine(
        row.key, row.kind, about, row.title, row.place or "", row.posted_on or first, first, last, state,
        (last - today).days, row.corrects_key or "", row.run_key or "",
    )  # fmt: skip


def load(bench: Workbench, key: str) -> Any:
    """The notice as it was posted.

    Raises:
        NotAllowed: It is no longer there.
    """
    with bench.read() as session:
        row = existing(session, Notice, key)
        return kinds.of(row.kind).unpack(row.body)


def told(session: Session, notice: Notice, today: date) -> dict[str, str]:
    """公示情况 of a notice for other papers: period, place, and what came of it.

    Whether anybody objected is told from the register of objections alone, and only when the period is over.
    """
    body = notice.body or {}
    working = bool(body.get("working_days"))
    span = Period(notice.first_day or today, notice.last_day or today, int(body.get("days") or 0), (), working=working)
    board = str(body.get("board") or "").removeprefix("'")
    objections = objections_told(session, notice, today)
    return {"notice_period": say_period(span), "notice_place": board, "notice_objections": objections}


def objections_told(session: Session, notice: Notice, today: date) -> str:
    """“无异议” or “异议 n 件，已办结” of a notice; empty while its period runs or an objection is open."""
    if notice.last_day is None or notice.last_day >= today:
        return ""
    found = list(session.scalars(select(Objection).where(Objection.notice_key == notice.key)))
    if not all(is_settled(one) for one in found):
        return ""
    return f"异议 {len(found)} 件，已办结" if found else NO_OBJECTION
