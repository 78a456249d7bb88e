"""Public notices of award lists: settled from a stored calculation, gated by its checks, frozen when posted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop import paths
from fupin_desktop.documents.definition.loader import read_form
from fupin_desktop.domain.calendar import Period, PeriodRule, period
from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.domain.vocabulary import NoticeState, PublicKind, Severity
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.parameters import Parameters
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services import offices, schemes
from fupin_desktop.services.awards import stored_runs
from fupin_desktop.services.awards.notice import AwardNotice, NoticeRow, notice_of
from fupin_desktop.services.awards.snapshot import pack, unpack
from fupin_desktop.services.awards.stored_runs import StoredRun
from fupin_desktop.services.awards.subject import AwardSubject, PaperHead, PaperItem
from fupin_desktop.services.documents import computed, forms
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.services.offices import Contact
from fupin_desktop.services.schemes import SchemeState
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage import entities

FORM = "notice_awards"
FORM_KEPT = "form"
"""Key of a posted notice's form in its body: the hash it is kept by."""
_BEFORE = "posted_0_1.toml"
FLOOR = "notice_days_project"
SHORT = "notice.period_short"
_TOLD = 3


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """What the clerk sets for one notice.

    Attributes:
        posted_on: Day of posting.
        days: Length of the period.
        working: Whether working days are counted.
        start_counted: Whether the day of posting is the first day.
        roll_to_working: Whether an end on a free day moves on.
        mask_names: Whether names are published as 张*三.
        board: Where it is posted; empty takes the office's or the village's board.
        publisher: Unit that signs; empty takes the village committee of the scheme.
        reason: Written reason for a period below the floor.
    """

    posted_on: date
    days: int
    working: bool = False
    start_counted: bool = True
    roll_to_working: bool = False
    mask_names: bool = False
    board: str = ""
    publisher: str = ""
    reason: str = ""

    @property
    def rule(self) -> PeriodRule:
        """How the period is counted."""
        return PeriodRule(self.days, self.working, self.start_counted, self.roll_to_working)


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """A notice as it would be posted.

    Attributes:
        notice: What it prints.
        period: First and last day, with warnings on years whose holidays are not known.
        problems: What keeps it from being posted, and what to look at.
    """

    notice: AwardNotice
    period: Period
    problems: tuple[Problem, ...]

    @property
    def may_be_posted(self) -> bool:
        """Whether nothing blocks it."""
        return not any(problem.blocks for problem in self.problems)


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice in the list of notices."""

    key: str
    run_key: str
    scheme_key: str
    title: str
    place: str
    posted_on: date
    first: date
    last: date
    state: NoticeState
    days_left: int


def default_settings(bench: Workbench) -> NoticeSettings:
    """Settings to begin with: posted today, the floor of days, natural days, both ends counted."""
    days = int(bench.parameters.value(FLOOR, bench.today).value)
    return NoticeSettings(bench.today, days, board=offices.office(bench).board_place)


def prepare(bench: Workbench, run_key: str, settings: NoticeSettings) -> NoticeDraft:
    """Settle the notice of a stored calculation; nothing is kept.

    Raises:
        NotAllowed: The calculation is no longer there, or the period has no days.
    """
    with bench.read() as session:
        run = stored_runs.load_run(session, run_key)
    return _settled(bench, run, settings)


def _settled(bench: Workbench, run: StoredRun, settings: NoticeSettings) -> NoticeDraft:
    span = count_period(bench, settings)
    office = offices.office(bench)
    head = PaperHead(
        office=office.name,
        made_on=settings.posted_on,
        maker=bench.clerk,
        publisher=settings.publisher,
        contacts=offices.contacts(bench, run.result.scheme.place, run.result.scheme.decision.village),
        board=settings.board,
        basis=offices.governing_paper(bench),
    )
    notice = notice_of(AwardSubject(run.result, head, run.numbers), span, mask_names=settings.mask_names)
    problems = (*run.result.problems, *_own_problems(bench.parameters, notice, settings, span))
    draft = NoticeDraft(notice, span, problems)
    return draft if draft.may_be_posted else replace(draft, notice=replace(notice, draft=True))


def count_period(bench: Workbench, settings: NoticeSettings) -> Period:
    """First and last day of the notice.

    Raises:
        NotAllowed: The period has less than one day or leaves the calendar.
    """
    try:
        return period(settings.posted_on, settings.rule, bench.calendar)
    except ValueError as fault:
        raise NotAllowed(f"{fault}。", todo="请改公示天数。") from None


def _own_problems(
    parameters: Parameters, notice: AwardNotice, settings: NoticeSettings, span: Period
) -> Iterator[Problem]:
    """What is to be said of the notice itself."""
    floor = parameters.value(FLOOR, settings.posted_on)
    natural = (span.last - span.first).days + 1
    if natural < floor.value:
        told = f"公示期 {natural} 天，原则上不少于 {floor.value} 天；请延长，或写明理由。"
        yield Problem(SHORT, Severity.PRINCIPLE, told, floor.clause, reason=settings.reason)
    if not notice.rows:
        yield Problem("notice.empty", Severity.MUST, "没有一户有奖补，没有可以公示的名单。")
    if not notice.contacts:
        yield Problem("notice.contacts", Severity.WARNING, "还没有填监督电话，请在“设置”里填写村、镇、市(县)的电话。")
    if find_leaks("\n".join(_public_texts(notice))):
        told = "公示文字里有完整的证件号码、手机号或账号，请检查方案和说明的文字。"
        yield Problem("notice.leak", Severity.MUST, told)
    for warning in span.warnings:
        yield Problem("notice.calendar", Severity.WARNING, f"{warning}。")


def _public_texts(notice: AwardNotice) -> Iterator[str]:
    """Every text of the notice that was typed somewhere."""
    yield from (notice.place, notice.publisher, notice.batch, notice.board, notice.title, notice.done)
    yield from (*notice.basis, *notice.rules)
    for row in notice.rows:
        yield from (row.group, row.head, row.remark)


def publish(bench: Workbench, run_key: str, settings: NoticeSettings) -> Change:
    """Post the notice of a calculation: its text is frozen and the scheme becomes 已公示. First key: the notice's.

    Raises:
        NotAllowed: A must is broken or a principle lacks its reason; a newer calculation or a notice of it is there.
    """
    with bench.read() as session:
        run = stored_runs.load_run(session, run_key)
        scheme_key = _latest_scheme(session, run_key)
    draft = _settled(bench, run, settings)
    _gate(draft)
    notice = draft.notice
    title = f"公示 {run.result.scheme.name}"
    with bench.write("notices.publish", title) as unit:
        schemes.move(unit, scheme_key, SchemeState.PUBLISHED)
        row = entities.Notice(
            run_key=run_key, year=notice.year, kind="awards", title=notice.title or f"{notice.place}奖补公示",
            settings=_plain_settings(settings), posted_on=settings.posted_on, first_day=notice.first,
            last_day=notice.last, state=NoticeState.POSTED.value, object_kind=PublicKind.SCHEME.value,
            object_key=scheme_key, place=notice.place,
            body={**pack_notice(notice), FORM_KEPT: forms.keep(unit, forms.current(bench, FORM))},
        )
        unit.session.add(row)
        unit.session.flush()
        told = f"已公示，到 {notice.last.isoformat()} 期满。"
        return Change(unit.purpose.operation, title, unit.nouns, (row.key,), told)


def _latest_scheme(session: Session, run_key: str) -> str:
    """The scheme of a run that is the latest of its scheme."""
    run = session.get(entities.AwardRun, run_key)
    assert run is not None
    if stored_runs.runs_of(session, run.scheme_key)[0].key != run_key:
        raise NotAllowed("这不是最近一次测算。", todo="请用最近一次测算生成公示。")
    return run.scheme_key


def _gate(draft: NoticeDraft) -> None:
    blocking = [problem for problem in draft.problems if problem.blocks]
    if not blocking:
        return
    told = "".join(f"({place}){problem.sentence}" for place, problem in enumerate(blocking[:_TOLD], 1))
    more = f"等 {len(blocking)} 项" if len(blocking) > _TOLD else ""
    raise NotAllowed(f"还不能公示：{told}{more}", todo="“必须”的请改正，“原则上”的请写明理由，再重新测算、公示。")


def withdraw(bench: Workbench, key: str) -> Change:
    """Withdraw a posted notice; the scheme is 已议定 again.

    Raises:
        NotAllowed: It is not posted.
    """
    with bench.write("notices.withdraw", "撤回公示") as unit:
        row = _row(unit.session, key)
        if row.state != NoticeState.POSTED.value:
            raise NotAllowed("这份公示不在公示中，不能撤回。")
        row.state = NoticeState.WITHDRAWN.value
        run = unit.session.get(entities.AwardRun, row.run_key)
        if run is not None:
            schemes.move(unit, run.scheme_key, SchemeState.DECIDED)
        unit.session.flush()
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (key,), "已撤回公示。")


def _row(session: Session, key: str) -> entities.Notice:
    row = session.get(entities.Notice, key)
    if row is None:
        raise NotAllowed("这份公示已经不在了。", todo="请刷新列表后再试。")
    return row


def all(bench: Workbench, year: int) -> tuple[NoticeLine, ...]:  # noqa: A001 - read as notices.all
    """The notices of a year, the latest first."""
    notice, run = entities.Notice, entities.AwardRun
    query = select(notice, run.scheme_key).outerjoin(run, run.key == notice.run_key).where(notice.year == year)
    with bench.read() as session:
        rows = session.execute(query.order_by(notice.posted_on.desc(), notice.key.desc()))
        return tuple(_line(row, scheme_key or "", bench.today) for row, scheme_key in rows)


def _line(row: entities.Notice, scheme_key: str, today: date) -> NoticeLine:
    body = unpack_notice(row.body)
    state = NoticeState(row.state)
    if state is NoticeState.POSTED and body.last < today:
        state = NoticeState.ENDED
    posted, left = row.posted_on or body.posted_on, (body.last - today).days
    return NoticeLine(
        row.key, row.run_key or "", scheme_key, row.title, body.place, posted, body.first, body.last, state, left
    )


def load(bench: Workbench, key: str) -> AwardNotice:
    """The notice as it was posted.

    Raises:
        NotAllowed: It is no longer there.
    """
    with bench.read() as session:
        return unpack_notice(_row(session, key).body)


def paper(bench: Workbench, notice: AwardNotice) -> Computed:
    """The paper of a notice as it would be posted."""
    return computed.paper(bench, FORM, notice)


def posted_paper(bench: Workbench, key: str) -> Computed:
    """The paper of a posted notice on the form it was posted with: the same page each time.

    Notices posted by version 0.1 kept no form; the form of that time comes with the program, and the office's own went
    before it then as it does now.

    Raises:
        NotAllowed: It is no longer there.
    """
    with bench.read() as session:
        body = _row(session, key).body
        kept = forms.kept(session, body[FORM_KEPT]) if FORM_KEPT in body else None
    found = computed.paper(bench, FORM, unpack_notice(body))
    if kept is None and not forms.current(bench, FORM).own:
        kept = read_form(paths.forms() / FORM / _BEFORE)
    return found if kept is None else replace(found, form=kept)


def write_pdf(bench: Workbench, key: str, path: Path) -> None:
    """Write a posted notice as PDF, the same page each time.

    Raises:
        Situation: It is no longer there, or the file cannot be written.
    """
    posted_paper(bench, key).write(path)


def _plain_settings(settings: NoticeSettings) -> dict[str, Any]:
    return {name.name: getattr(settings, name.name) for name in fields(NoticeSettings)}


def pack_notice(notice: AwardNotice) -> dict[str, Any]:
    """A notice as plain data, frozen in the data file."""
    plain = {name.name: getattr(notice, name.name) for name in fields(AwardNotice)}
    return {name: value if isinstance(value, date) else pack(value) for name, value in plain.items()}


def unpack_notice(body: dict[str, Any]) -> AwardNotice:
    """The notice that :func:`pack_notice` made plain."""
    known = {name.name for name in fields(AwardNotice)}
    values = {name: unpack(value) for name, value in body.items() if name in known}
    values["rows"] = tuple(_notice_row(row) for row in values["rows"])
    values["contacts"] = tuple(Contact(*contact) for contact in values["contacts"])
    return AwardNotice(**values)


def _notice_row(values: tuple[Any, ...]) -> NoticeRow:
    row = NoticeRow(*values)
    return row._replace(items=tuple(PaperItem(*item) for item in row.items))


def awarded(notice: AwardNotice) -> Decimal:
    """Σ of the published amounts, yuan."""
    return sum((row.award for row in notice.rows), Decimal(0))
