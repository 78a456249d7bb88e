"""How far the publicity of something has come, and what stands in the way of the next step (吴川 三(二)4).

Everything that must not happen before its time asks here: a result before the last day, a filing before the result, a
payment before the filing. The answers are found from notices, objections and filings alone, by the day that is handed
in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.vocabulary import FilingState, NoticeState, PublicKind, Word
from fupin_desktop.errors import NotAllowed
from fupin_desktop.storage.entities import Filing, Notice, Objection

CLAUSE = "吴川 三(二)4"
_CLAUSES = {PublicKind.POOL: "清远 二21", PublicKind.PROJECT: "清远 二21", PublicKind.SUBSIDY: "清远 二13"}
"""Clauses of what is published for another reason than that of award schemes."""
RESULT = "result"
"""Kind of the notice that tells the result of another."""
MAIN_KIND = {
    PublicKind.SCHEME: "awards",
    PublicKind.PLAN: "funds",
    PublicKind.ALLOCATION: "allocation",
    PublicKind.POOL: "pool",
    PublicKind.PROJECT: "project",
    PublicKind.PROCEEDS: "proceeds",
    PublicKind.SUBSIDY: "subsidy",
    PublicKind.COMMENDATION: "commendation",
}
"""The kind of notice after which something may be filed and paid."""
FILED_KINDS = frozenset({PublicKind.SCHEME})
"""What is filed with the town office; the rest is done after the result."""
RESTED_ON = frozenset({"awards", "correction", RESULT})
"""Kinds of notice that a filing rests on."""


class Step(Word):
    """A step of publicity, in their order."""

    POSTED = "posted", "张贴公示"
    ENDED = "ended", "公示期满"
    SETTLED = "settled", "异议办结"
    RESULT = "result", "公示结果"
    FILED = "filed", "备案"


class Subject(NamedTuple):
    """Something that is published: its kind and the key of its record."""

    kind: PublicKind
    key: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of something.

    Attributes:
        step: Which.
        done: Whether it is done.
        told: What was done, or what stands in the way, a sentence.
        clause: Clause it rests on.
        on: Day it was done, or will be over; None where none is known.
    """

    step: Step
    done: bool
    told: str
    clause: str = CLAUSE
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The publicity of something as it stands on a day.

    Attributes:
        subject: What it is about.
        kind: Kind of its notice.
        today: The day.
        notices: Its notice and the corrections of it, withdrawn ones left out, the oldest first.
        objections: Objections to those, the oldest first.
        result: The newest notice of the result; None before there is one.
        filing: The newest filing; None before there is one.
    """

    subject: Subject
    kind: str
    today: date
    notices: tuple[Notice, ...]
    objections: tuple[Objection, ...]
    result: Notice | None
    filing: Filing | None

    @property
    def last_day(self) -> date | None:
        """Last day of the period that ends last."""
        return max((one.last_day for one in self.notices if one.last_day), default=None)

    @property
    def over(self) -> bool:
        """Whether every period is over."""
        last = self.last_day
        return last is not None and last < self.today

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        """Objections that are not settled yet."""
        return tuple(one for one in self.objections if not is_settled(one))

    @property
    def outdated(self) -> bool:
        """Whether an objection of the period was registered after the result, which therefore does not tell it."""
        if self.result is None or self.last_day is None:
            return False
        within = (one for one in self.objections if one.received_on is None or one.received_on <= self.last_day)
        return any(one.key > self.result.key for one in within)  # keys grow with time

    @property
    def state(self) -> NoticeState:
        """State of the publicity as lists show it."""
        if not self.notices:
            return NoticeState.DRAFT
        if self.open_objections:
            return NoticeState.OBJECTED
        return NoticeState.ENDED if self.over else NoticeState.POSTED

    @property
    def steps(self) -> tuple[StepLine, ...]:
        """Every step in order."""
        found = (_LINES[step](self) for step in Step if step is not Step.FILED or self._is_filed_at_all)
        return tuple(replace(line, clause=_CLAUSES.get(self.subject.kind, CLAUSE)) for line in found)

    @property
    def next(self) -> StepLine | None:
        """The first step that is not done; None where all are."""
        return next((line for line in self.steps if not line.done), None)

    @property
    def told(self) -> str:
        """The last step done before the first that is not, and that one, as whoever asks is told."""
        done = [line.told for line in takewhile(lambda line: line.done, self.steps)]
        return "".join((*done[-1:], *(line.told for line in (self.next,) if line is not None)))

    @property
    def _is_filed_at_all(self) -> bool:
        return self.subject.kind in FILED_KINDS and self.kind == MAIN_KIND[self.subject.kind]


def is_settled(objection: Objection) -> bool:
    """Whether an objection has its result and answer, and the corrected notice where it led to one."""
    answered = bool(objection.result) and objection.answered_on is not None
    return answered and not (objection.corrects and not objection.corrected_key)


def standing(session: Session, subject: Subject, today: date, kind: str = "") -> Standing:
    """How the publicity of something stands.

    Args:
        session: For reading.
        subject: What it is about.
        today: The day.
        kind: Kind of notice; empty takes the one after which it may be filed and paid.
    """
    about = (Notice.object_kind == subject.kind.value, Notice.object_key == subject.key)
    return _Office(session, today, *about).standing(subject, kind)


def standings(session: Session, year: int, today: date) -> dict[tuple[Subject, str], Standing]:
    """How everything that was published in a year stands, by what it is about and kind of notice, the latest first."""
    office = _Office(session, today, Notice.year == year)
    found: dict[tuple[Subject, str], Standing] = {}
    for (about, key), rows in office.notices.items():
        subject = Subject(PublicKind(about), key)
        for row in rows:
            if row.kind != RESULT and not row.corrects_key and (subject, row.kind) not in found:
                found[subject, row.kind] = office.standing(subject, row.kind)
    return dict(sorted(found.items(), key=lambda one: one[1].notices[0].posted_on or date.min, reverse=True))


def nothing(subject: Subject, kind: str, today: date) -> Standing:
    """How something stands that was never published."""
    return Standing(subject, kind, today, (), (), None, None)


class _Office:
    """Notices that stand, with the objections and filings that go with them, each read once and without their texts."""

    def __init__(self, session: Session, today: date, *where: Any) -> None:
        self._today = today
        shown = (*where, Notice.state != NoticeState.WITHDRAWN.value, Notice.posted_on.is_not(None))
        query = select(Notice).options(defer(Notice.body), defer(Notice.settings)).where(*shown)
        self.notices: dict[tuple[str, str], list[Notice]] = defaultdict(list)
        for row in session.scalars(query.order_by(Notice.posted_on, Notice.key)):
            if row.object_kind is not None:
                self.notices[row.object_kind, row.object_key or ""].append(row)
        keys = [row.key for rows in self.notices.values() for row in rows]
        objected = select(Objection).where(Objection.notice_key.in_(keys))
        self._objections = list(session.scalars(objected.order_by(Objection.received_on, Objection.key)))
        self._session = session

    def standing(self, subject: Subject, kind: str) -> Standing:
        """How one thing stands."""
        rows, main = self.notices.get((subject.kind.value, subject.key), []), MAIN_KIND[subject.kind]
        chain: dict[str, Notice] = {}
        for row in rows:
            if row.kind == (kind or main) or row.corrects_key in chain:
                chain[row.key] = row
        objections = tuple(one for one in self._objections if one.notice_key in chain)
        results = [row for row in rows if row.kind == RESULT and row.concerns_key in chain]
        filing = filing_of(self._session, subject) if kind in ("", main) and subject.kind in FILED_KINDS else None
        return Standing(
            subject, kind or main, self._today, tuple(chain.values()), objections, results[-1] if results else None,
            filing,
        )  # fmt: skip


def filing_of(session: Session, subject: Subject) -> Filing | None:
    """The newest filing of something; None before there is one."""
    about = (Filing.object_kind == subject.kind.value, Filing.object_key == subject.key)
    return session.scalars(select(Filing).where(*about).order_by(Filing.filed_on.desc(), Filing.key.desc())).first()


def missing(session: Session, subject: Subject, today: date, through: Step = Step.FILED) -> StepLine | None:
    """The first step up to ``through`` that is not done; None where nothing stands in the way."""
    lines = standing(session, subject, today).steps
    order = list(Step)
    wanted = (line for line in lines if order.index(line.step) <= order.index(through))
    return next((line for line in wanted if not line.done), None)


def require(session: Session, subject: Subject, today: date, through: Step = Step.FILED, *, what: str = "") -> None:
    """Refuse what must not happen before a step is done.

    Args:
        session: For reading.
        subject: What it is about.
        today: The day.
        through: The step that must be done, with all before it.
        what: What is refused, as it begins the sentence: 不能发放, 不能备案.

    Raises:
        NotAllowed: Names the first step that is missing, and its clause.
    """
    line = missing(session, subject, today, through)
    if line is not None:
        opened = f"{what}：" if what else ""
        raise NotAllowed(f"{opened}{line.told}({line.clause})", todo=_TODO[line.step])


_TODO = {
    Step.POSTED: "请先在“公示备案”里张贴公示。",
    Step.ENDED: "请等公示期满后再办。",
    Step.SETTLED: "请先在“公示备案”里把异议调查、答复清楚。",
    Step.RESULT: "请先在“公示备案”里出具公示结果。",
    Step.FILED: "请先在“公示备案”里登记备案。",
}


def _posted(now: Standing) -> StepLine:
    if not now.notices:
        return StepLine(Step.POSTED, False, "还没有张贴公示。")
    last = now.notices[-1]
    more = "更正公示" if len(now.notices) > 1 else "公示"
    assert last.posted_on is not None
    return StepLine(Step.POSTED, True, f"{say_date(last.posted_on)}张贴{more}。", on=last.posted_on)


def _ended(now: Standing) -> StepLine:
    last = now.last_day
    if last is None:
        return StepLine(Step.ENDED, False, "还没有公示期。")
    if not now.over:
        return StepLine(Step.ENDED, False, f"公示期到{say_date(last)}才满。", on=last)
    return StepLine(Step.ENDED, True, f"{say_date(last)}公示期满。", on=last)


def _settled(now: Standing) -> StepLine:
    left = len(now.open_objections)
    if left:
        return StepLine(Step.SETTLED, False, f"有 {left} 件异议没有办结。")
    count = len(now.objections)
    return StepLine(Step.SETTLED, bool(now.notices), f"异议 {count} 件，已办结。" if count else "没有收到异议。")


def _result(now: Standing) -> StepLine:
    concluded = now.result is not None and now.result.concerns_key == now.notices[-1].key if now.notices else False
    if concluded and now.outdated:
        told = "公示结果出具以后又登记了公示期内收到的异议：要撤回这份结果，重新出具。"
        return StepLine(Step.RESULT, False, told)
    if concluded and now.result is not None:
        return StepLine(Step.RESULT, True, "公示结果已出具。", on=now.result.posted_on)
    filed = now.filing is not None and now.filing.state == FilingState.FILED
    told = "已备案，没有单独出具公示结果。" if filed else "还没有出具公示结果。"
    return StepLine(Step.RESULT, filed, told)


def _filed(now: Standing) -> StepLine:
    filing = now.filing
    if filing is None:
        return StepLine(Step.FILED, False, "还没有报镇(街)扶贫办备案。")
    number = f"“{filing.number}”" if filing.number else ""
    if filing.state == FilingState.FILED:
        return StepLine(Step.FILED, True, f"已备案{number}。", on=filing.received_on or filing.filed_on)
    told = f"备案材料{number}已报送，还没有接收。" if filing.state == FilingState.HANDED_IN else f"备案{number}被退回。"
    return StepLine(Step.FILED, False, told, on=filing.filed_on)


_LINES: dict[Step, Callable[[Standing], StepLine]] = {
    Step.POSTED: _posted,
    Step.ENDED: _ended,
    Step.SETTLED: _settled,
    Step.RESULT: _result,
    Step.FILED: _filed,
}
