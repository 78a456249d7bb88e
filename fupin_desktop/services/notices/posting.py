"""Notices of any kind: settled, looked through, posted as they are, withdrawn; a posted one never changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop import paths
from fupin_desktop.documents.definition.form import FormDefinition
from fupin_desktop.documents.definition.loader import read_form, usable_form
from fupin_desktop.domain.calendar import Period, period
from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.domain.notice_boards import board_kind, boards_of
from fupin_desktop.domain.vocabulary import BoardKind, FilingState, NoticeState, PublicKind, Severity
from fupin_desktop.errors import NotAllowed, PaperChanged
from fupin_desktop.policy.problems import Problem
from fupin_desktop.policy.strictness import PERIOD_SHORT
from fupin_desktop.services import files, offices
from fupin_desktop.services.documents import computed, forms
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.services.existing import existing
from fupin_desktop.services.notices import kinds
from fupin_desktop.services.notices.kinds import PROJECT_DAYS, Asked, NoticeKind, Settled
from fupin_desktop.services.notices.model import NoticeDraft, NoticeSettings
from fupin_desktop.services.publicity.gates import RESTED_ON, Subject, filing_of
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage import chain
from fupin_desktop.storage.document_type import dump_document
from fupin_desktop.storage.entities import Notice, NoticePosting, Village
from fupin_desktop.storage.unit import Unit

FORM_KEPT = "form"
"""Key of a posted notice's form in its body: the hash it is kept by."""
LOG_KEPT, SEAL = "log", "sha256"
"""Keys of how far the log went when it was posted (number and hash), and of the checksum over the rest of the body."""
SHORT = PERIOD_SHORT
"""Code of the check of how long it is out."""
_BEFORE = "posted_0_1.toml"
_TOLD = 3


def default_settings(bench: Workbench, kind: NoticeKind | None = None, key: str = "") -> NoticeSettings:
    """Settings to begin with: posted today, the floor of days, natural days, both ends counted, the office's board.

    What corrects a notice, whose key is ``key``, hangs where that notice hangs.
    """
    floor = PROJECT_DAYS if kind is None else kind.days
    days = int(bench.parameters.value(floor, bench.today).value) if floor else kind.usual_days if kind else 1
    return NoticeSettings(bench.today, days, board=_hung(bench, key) or offices.office(bench).board_place)


def _hung(bench: Workbench, notice_key: str) -> str:
    """Where a notice hangs, or hung, as it is typed; empty where there is no such notice."""
    query = select(NoticePosting.place).where(NoticePosting.notice_key == notice_key)
    with bench.read() as session:
        return "、".join(session.scalars(query.order_by(NoticePosting.position, NoticePosting.key)))


def prepare(bench: Workbench, kind: str, key: str, settings: NoticeSettings) -> NoticeDraft:
    """Settle a notice; nothing is kept.

    Args:
        bench: The workbench.
        kind: Kind of notice.
        key: Key of what it is about.
        settings: How it is set.

    Raises:
        NotAllowed: What it is about is no longer there or not ready, or the period has no days.
    """
    return settle(bench, kinds.of(kind), key, settings)[0]


def settle(
    bench: Workbench, kind: NoticeKind, key: str, settings: NoticeSettings
) -> tuple[NoticeDraft, Settled]:
    """Like :func:`prepare`, with what the kind says of it."""
    span = count_period(bench, settings) if kind.period else Period(settings.posted_on, settings.posted_on, 1)
    found = kind.settle(Asked(bench, key, settings, span))
    problems = (*found.problems, *_own_problems(bench, kind, found, settings, span))
    draft = NoticeDraft(found.notice, span, problems, found.about)
    return draft if draft.may_be_posted else replace(draft, notice=draft.notice.as_draft()), found


def count_period(bench: Workbench, settings: NoticeSettings) -> Period:
    """First and last day of a notice.

    Raises:
        NotAllowed: The period has less than one day or leaves the calendar.
    """
    try:
        return period(settings.posted_on, settings.rule, bench.calendar)
    except ValueError as fault:
        raise NotAllowed(f"{fault}。", todo="请改公示天数。") from None


def _own_problems(
    bench: Workbench, kind: NoticeKind, found: Settled, settings: NoticeSettings, span: Period
) -> Iterator[Problem]:
    """What is to be said of any notice."""
    if kind.days:
        floor = bench.parameters.value(kind.days, settings.posted_on)
        natural = (span.last - span.first).days + 1
        if natural < floor.value:
            told = f"公示期 {natural} 天，原则上不少于 {floor.value} 天；请延长，或写明理由。"
            yield Problem(SHORT, Severity.PRINCIPLE, told, floor.clause, reason=settings.reason)
    if kind.period:
        yield from _customs(bench, kind, settings, found.notice.board or settings.board)
    if not found.notice.contacts and kind.period:
        yield Problem("notice.contacts", Severity.WARNING, "还没有填监督电话，请在“设置”里填写村、镇、市(县)的电话。")
    if find_leaks("\n".join(found.public_words)):
        told = "公示文字里有完整的证件号码、手机号或账号，请检查方案和说明的文字。"
        yield Problem("notice.leak", Severity.MUST, told)
    for warning in span.warnings if kind.period else ():
        yield Problem("notice.calendar", Severity.WARNING, f"{warning}。")


def _customs(bench: Workbench, kind: NoticeKind, settings: NoticeSettings, board: str) -> Iterator[Problem]:
    """What is usual: the length of other lists, fixed boards, the hotline printed."""
    usual = bench.parameters.value("notice_working_days" if settings.working else "notice_days_choices", bench.today)
    least = int(usual.value) if settings.working else min(map(int, usual.value))
    if not kind.days and settings.days < least:
        word = "个工作日" if settings.working else "天"
        told = f"公示 {settings.days} {word}，一般不少于 {least} {word}，请核对。"
        yield Problem("notice.usual_days", Severity.WARNING, told, usual.clause)
    places = bench.parameters.value("notice_places", bench.today)
    with bench.read() as session:
        villages = set(session.scalars(select(Village.name)))
    if not any(board_kind(one, villages) in _FIXED for one in boards_of(board)):
        told = f"公示要张贴在固定的地方：{'、'.join(places.value)}；“{board}”里没有，请核对。"
        yield Problem("notice.places", Severity.WARNING, told, places.clause)
    hotline = bench.parameters.value("hotline", bench.today)
    # The built-in forms print it; one that the office changed may have lost it.
    form = usable_form(kind.form or f"notice_{kind.name}", files.own_forms(bench.data_folder))
    if str(hotline.value) not in repr(form.parts):
        told = f"公示的表样里没有全国扶贫监督举报电话 {hotline.value}，请在“工具 → 表样”里补上。"
        yield Problem("notice.hotline", Severity.WARNING, told, hotline.clause)


_FIXED = (BoardKind.VILLAGE, BoardKind.TOWN, BoardKind.SITE)
"""Kinds of boards that stand at a place."""


def publish(bench: Workbench, kind_name: str, key: str, settings: NoticeSettings) -> Change:
    """Post a notice: its text is frozen, a posting is kept for each board. First key: the notice's.

    Args:
        bench: The workbench.
        kind_name: Kind of notice.
        key: Key of what it is about.
        settings: How it is set.

    Raises:
        NotAllowed: A must is broken or a principle lacks its reason; or it is posted already.
    """
    kind = kinds.of(kind_name)
    draft, found = settle(bench, kind, key, settings)
    _gate(draft)
    title = f"{kind.title} {draft.notice.place}"
    with bench.write("notices.publish", title) as unit:
        if kind.period and not found.corrects_key:
            _refuse_second(unit.session, kind, found)
        row = _record(bench, unit, kind, draft, found, settings)
        _put_boards(unit, row, settings)
        kind.posted(unit, row)
        until = f"，到 {row.last_day:%Y-%m-%d} 期满" if kind.period and row.last_day else ""
        done = "已公示" if kind.period else "已出具公示结果"
        told = f"{done}{until}，可以在“公示备案”里打印、保存。"
        return Change(unit.purpose.operation, title, unit.nouns, (row.key,), told)


def _refuse_second(session: Session, kind: NoticeKind, found: Settled) -> None:
    about = (Notice.object_kind == found.about.kind.value, Notice.object_key == found.about.key)
    standing = (Notice.kind == kind.name, Notice.state == NoticeState.POSTED.value)
    if session.scalars(select(Notice.key).where(*about, *standing)).first() is not None:
        raise NotAllowed("这一事项已经公示过了。", todo="内容有变动的，请先撤回原来的公示，或出更正公示。")


def _record(
    bench: Workbench, unit: Unit, kind: NoticeKind, draft: NoticeDraft, found: Settled, settings: NoticeSettings
) -> Notice:
    notice = draft.notice
    kept = {FORM_KEPT: forms.keep(unit, forms.current(bench, kind.form_id)), LOG_KEPT: list(unit.log_head)}
    body = {**kind.pack(notice), **kept}
    row = Notice(
        run_key=found.run_key or None, year=notice.year, kind=kind.name, title=notice.title_shown,
        settings=settings.plain, posted_on=settings.posted_on, first_day=draft.period.first,
        last_day=draft.period.last, state=NoticeState.POSTED.value, body={**body, SEAL: seal_of(body)},
        object_kind=found.about.kind.value, object_key=found.about.key, place=notice.place,
        number=settings.number or None, corrects_key=found.corrects_key or None,
        concerns_key=found.concerns_key or None,
    )  # fmt: skip
    unit.session.add(row)
    unit.session.flush()
    return row


def seal_of(body: Mapping[str, Any]) -> str:
    """Checksum of what a posted notice keeps."""
    kept = {name: value for name, value in body.items() if name != SEAL}
    return sha256(dump_document(kept).encode()).hexdigest()


def is_whole(row: Notice) -> bool:
    """Whether a posted notice is what was posted; the first ones kept no checksum."""
    return SEAL not in row.body or row.body[SEAL] == seal_of(row.body)


def _put_boards(unit: Unit, row: Notice, settings: NoticeSettings) -> None:
    """A posting for each board, ready for its photographs."""
    villages = set(unit.session.scalars(select(Village.name)))
    for position, place in enumerate(boards_of(row.body.get("board") or settings.board)):
        board = board_kind(place, villages)
        posting = NoticePosting(
            notice_key=row.key, position=position, board=board.value, place=place, posted_on=settings.posted_on,
            posted_by=unit.purpose.who,
        )  # fmt: skip
        unit.session.add(posting)
    unit.session.flush()


def _gate(draft: NoticeDraft) -> None:
    blocking = [problem for problem in draft.problems if problem.blocks]
    if not blocking:
        return
    told = "".join(f"({place}){problem.sentence}" for place, problem in enumerate(blocking[:_TOLD], 1))
    more = f"等 {len(blocking)} 项" if len(blocking) > _TOLD else ""
    raise NotAllowed(f"还不能公示：{told}{more}", todo="“必须”的请改正，“原则上”的请写明理由，再重新测算、公示。")


def withdraw(bench: Workbench, key: str, why: str = "") -> Change:
    """Withdraw a posted notice; what it is about can be published again.

    Raises:
        NotAllowed: It is not posted, or what it is about is filed already.
    """
    with bench.write("notices.withdraw", "撤回公示") as unit:
        row = existing(unit.session, Notice, key)
        if row.state != NoticeState.POSTED.value:
            raise NotAllowed("这份公示不在公示中，不能撤回。")
        _refuse_filed(unit.session, row)
        row.state = NoticeState.WITHDRAWN.value
        row.withdrawn_on, row.withdrawn_why = unit.purpose.at.date(), why or None
        _take_down(unit, key, row.withdrawn_on)
        kinds.of(row.kind).withdrawn(unit, row)
        unit.session.flush()
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (key,), "已撤回公示。")


def _take_down(unit: Unit, key: str, day: date) -> None:
    hanging = select(NoticePosting).where(NoticePosting.notice_key == key, NoticePosting.taken_down_on.is_(None))
    for posting in unit.session.scalars(hanging):
        posting.taken_down_on = day


def _refuse_filed(session: Session, row: Notice) -> None:
    if row.object_kind is None or row.kind not in RESTED_ON:
        return
    filing = filing_of(session, Subject(PublicKind(row.object_kind), row.object_key or ""))
    if filing is not None and filing.state == FilingState.FILED:
        raise NotAllowed("这一事项已经备案，公示不能撤回。", todo="确需撤回的，请先在“公示备案”里把备案改为退回。")


def draft_paper(bench: Workbench, kind: str, notice: Any) -> Computed:
    """The paper of a notice as it would be posted."""
    return computed.paper(bench, kinds.of(kind).form_id, notice)


def posted_paper(bench: Workbench, key: str) -> Computed:
    """The paper of a posted notice on the form it was posted with: the same page each time.

    Raises:
        NotAllowed: It is no longer there.
        PaperChanged: It is not what was posted.
    """
    with bench.read() as session:
        row = existing(session, Notice, key)
        if not is_whole(row):
            on = f"{row.posted_on:%Y-%m-%d} " if row.posted_on else ""
            raise PaperChanged(f"“{row.title}”在 {on}张贴以后被改动过，和当时的校验码不符。")
        stamp = chain.said(*row.body[LOG_KEPT]) if LOG_KEPT in row.body else ""
        kind = kinds.of(row.kind)
        kept = forms.kept(session, row.body[FORM_KEPT]) if FORM_KEPT in row.body else None
        content = kind.unpack(row.body)
    found = replace(computed.paper(bench, kind.form_id, content), stamp=stamp)
    if kept is None and not forms.current(bench, kind.form_id).own:
        kept = _form_of_before(kind.form_id)
    return found if kept is None else replace(found, form=kept)


def _form_of_before(form_id: str) -> FormDefinition | None:
    """The form of notices that version 0.1 posted, which kept none."""
    path = paths.forms() / form_id / _BEFORE
    return read_form(path) if path.is_file() else None
