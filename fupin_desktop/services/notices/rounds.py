"""What is to be published in a year, what hangs, and what is done with it: the list of the tab."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import FilingState, NoticeState, PublicKind, Word
from fupin_desktop.services.awards import stored_runs
from fupin_desktop.services.notices import kinds
from fupin_desktop.services.notices.kinds import NoticeKind, Offer
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.publicity.gates import Standing, StepLine, Subject
from fupin_desktop.services.workbench import Workbench


class RoundState(Word):
    """How far something is, as the list groups it."""

    OBJECTED = "objected", "有异议"
    ENDED = "ended", "期满待办"
    POSTED = "posted", "公示中"
    READY = "ready", "待公示"
    DONE = "done", "已办结"
    NOT_YET = "not_yet", "还不能公示"


@dataclass(frozen=True, slots=True)
class Round:
    """One thing that is published, from its notice to its end.

    Attributes:
        kind: Kind of notice.
        kind_title: As lists call it.
        subject: What it is about.
        name: Its name.
        place: Village or town.
        state: How far it is.
        steps: Every step, done or not.
        notice_key: Its newest notice, the corrections counted; empty before one is posted.
        notice_keys: Its notices, the oldest first.
        run_key: The calculation its newest notice lists; empty where it lists none.
        result_key: The notice of its result; empty before there is one.
        concluded: The one of its notices which that result is of; a correction posted later has none yet.
        outdated: Whether that result does not tell an objection of the period that was registered later.
        filing_key: Its newest filing; empty before there is one.
        waiting: Whether that filing waits to be received.
        first: First day of the newest period.
        last: Last day of the newest period.
        days_left: Days to the last day; below 0 when it is over.
        objections: Objections in all.
        open_objections: Those that are not settled.
        lacks: What has to be done before it can be published; empty where nothing.
        recalculated: Whether a calculation kept after its list awards otherwise, so that a correction can be posted.
    """

    kind: str
    kind_title: str
    subject: Subject
    name: str
    place: str
    state: RoundState
    steps: tuple[StepLine, ...]
    notice_key: str = ""
    notice_keys: tuple[str, ...] = ()
    run_key: str = ""
    result_key: str = ""
    concluded: str = ""
    outdated: bool = False
    filing_key: str = ""
    waiting: bool = False
    first: date | None = None
    last: date | None = None
    days_left: int = 0
    objections: int = 0
    open_objections: int = 0
    lacks: str = ""
    recalculated: bool = False

    @property
    def key(self) -> str:
        """By which the list finds it again."""
        return f"{self.kind}:{self.subject.key}"

    @property
    def next(self) -> StepLine | None:
        """The first step that is not done; None where all are."""
        return next((line for line in self.steps if not line.done), None)


def rounds(bench: Workbench, year: int) -> tuple[Round, ...]:
    """What can be published and what was, those that something can be done with first."""
    found: dict[tuple[str, str], Round] = {}
    with bench.read() as session:
        standing = gates.standings(session, year, bench.today)
        for kind in kinds.all_kinds():
            for offer in kind.offered(bench, session, year):
                subject = Subject(kind.about, offer.key)
                now = standing.pop((subject, kind.name), None) or gates.nothing(subject, kind.name, bench.today)
                found[kind.name, offer.key] = _round(kind, offer, now)
        for (subject, name), now in standing.items():
            kind, notice = kinds.of(name), now.notices[-1]
            found[name, subject.key] = _round(kind, Offer(subject.key, notice.title, notice.place or ""), now)
        _mark_recalculated(session, year, found)
    return tuple(sorted(found.values(), key=_order))


def _mark_recalculated(session: Session, year: int, found: dict[tuple[str, str], Round]) -> None:
    """Mark the posted lists that the latest calculation of their scheme differs from."""
    latest = {line.scheme_key: line.key for line in stored_runs.latest_runs(session, year)}
    for name, one in found.items():
        kept = latest.get(one.subject.key, "")
        if one.run_key and kept not in ("", one.run_key) and one.subject.kind is PublicKind.SCHEME:
            differs = _paid_by(session, kept) != _paid_by(session, one.run_key)
            found[name] = replace(one, recalculated=differs)


def _paid_by(session: Session, run_key: str) -> Mapping[str, int]:
    """Who gets what by a calculation; nothing is the same as not being listed."""
    return {key: fen for key, fen in stored_runs.awards_of(session, run_key).items() if fen}


def _order(one: Round) -> tuple[int, int, str, str]:
    return list(RoundState).index(one.state), one.days_left, one.place, one.name


def _round(kind: NoticeKind, offer: Offer, now: Standing) -> Round:
    newest = now.notices[-1] if now.notices else None
    last = now.last_day
    return Round(
        kind.name, kind.title, now.subject, offer.name, offer.place, _state(offer, now), now.steps,
        notice_key=newest.key if newest else "",
        notice_keys=tuple(one.key for one in now.notices),
        run_key=(newest.run_key or "") if newest else "",
        result_key=now.result.key if now.result else "",
        concluded=(now.result.concerns_key or "") if now.result else "",
        outdated=now.outdated,
        filing_key=now.filing.key if now.filing else "",
        waiting=now.filing is not None and now.filing.state == FilingState.HANDED_IN,
        first=newest.first_day if newest else None,
        last=last,
        days_left=(last - now.today).days if last else 0,
        objections=len(now.objections),
        open_objections=len(now.open_objections),
        lacks=offer.lacks if newest is None else "",
    )  # fmt: skip


def _state(offer: Offer, now: Standing) -> RoundState:
    if not now.notices:
        return RoundState.NOT_YET if offer.lacks else RoundState.READY
    if now.next is None:
        return RoundState.DONE
    return {NoticeState.OBJECTED: RoundState.OBJECTED, NoticeState.POSTED: RoundState.POSTED}.get(
        now.state, RoundState.ENDED
    )


def running(bench: Workbench, year: int) -> Iterator[Round]:
    """Those whose period runs or that wait for a step, for the first page and the calendar."""
    return (one for one in rounds(bench, year) if one.notice_key and one.next is not None)
