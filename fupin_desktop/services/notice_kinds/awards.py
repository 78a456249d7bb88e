"""奖补名单公示: the awards of the latest calculation of a scheme (吴川 三(二)4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import PublicKind, Severity
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services import offices, schemes
from fupin_desktop.services.awards import stored_runs
from fupin_desktop.services.awards.notice import AwardNotice, notice_of, pack_notice, unpack_notice
from fupin_desktop.services.awards.stored_runs import StoredRun
from fupin_desktop.services.awards.subject import AwardSubject, PaperHead
from fupin_desktop.services.notices.kinds import PROJECT_DAYS, Asked, NoticeKind, Offer, Settled
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.schemes import SchemeState
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import AwardRun, AwardScheme, Notice
from fupin_desktop.storage.unit import Unit


def _offered(_bench: Workbench, session: Session, year: int) -> Sequence[Offer]:
    computed = {run.scheme_key for run in stored_runs.latest_runs(session, year)}
    query = select(AwardScheme.key, AwardScheme.name, AwardScheme.place, AwardScheme.state)
    rows = session.execute(query.where(AwardScheme.year == year).order_by(AwardScheme.place, AwardScheme.key))
    return [Offer(key, name, place, _lacks(state, key in computed)) for key, name, place, state in rows]


def _lacks(state: str, computed: bool) -> str:
    if state == SchemeState.DRAFT:
        return "方案还缺议定手续：村(居)委会、对口帮扶单位、日期、会议、文件。"
    return "" if computed else "还没有保存过测算，请先在“奖补测算”里测算。"


def latest(bench: Workbench, scheme_key: str, *, working: bool = True) -> StoredRun:
    """The latest stored calculation of a scheme, with or without the working of its households.

    Raises:
        NotAllowed: There is none.
    """
    with bench.read() as session:
        found = stored_runs.runs_of(session, scheme_key)
        if not found:
            raise NotAllowed("这份方案还没有保存过测算，没有可以公示的名单。", todo="请先在“奖补测算”里测算。")
        return stored_runs.load_run(session, found[0].key, working=working)


def subject_of(asked: Asked, run: StoredRun) -> AwardSubject:
    """A calculation with what its notices say besides."""
    bench, settings, scheme = asked.bench, asked.settings, run.result.scheme
    office = offices.office(bench)
    head = PaperHead(
        office=office.name,
        made_on=settings.posted_on,
        maker=bench.clerk,
        publisher=settings.publisher,
        contacts=offices.contacts(bench, scheme.place, scheme.decision.village),
        board=settings.board,
        basis=offices.governing_paper(bench),
    )
    return AwardSubject(run.result, head, run.numbers)


def _settle(asked: Asked) -> Settled:
    run = latest(asked.bench, asked.key, working=False)
    notice = notice_of(subject_of(asked, run), asked.period, mask_names=asked.settings.mask_names)
    empty = Problem("notice.empty", Severity.MUST, "没有一户有奖补，没有可以公示的名单。")
    problems = (*run.result.problems, *(() if notice.rows else (empty,)))
    about = Subject(PublicKind.SCHEME, asked.key)
    return Settled(notice, about, problems, run_key=run.key, public_words=tuple(_words(notice)))


def _words(notice: AwardNotice) -> Iterator[str]:
    """Every text of the notice that was typed somewhere."""
    yield from (notice.place, notice.publisher, notice.batch, notice.board, notice.title, notice.done)
    yield from (*notice.basis, *notice.rules)
    for row in notice.rows:
        yield from (row.group, row.head, row.remark)


def _posted(unit: Unit, notice: Notice) -> None:
    schemes.move(unit, notice.object_key or "", SchemeState.PUBLISHED)


def _withdrawn(unit: Unit, notice: Notice) -> None:
    """The scheme can be worked on again, if it is still there."""
    run = unit.session.get(AwardRun, notice.run_key) if notice.run_key else None
    if run is not None:
        schemes.move(unit, run.scheme_key, SchemeState.DECIDED)


def _filed(unit: Unit, key: str) -> None:
    schemes.move(unit, key, SchemeState.FILED)


def _unfiled(unit: Unit, key: str) -> None:
    schemes.move(unit, key, SchemeState.PUBLISHED)


KIND = NoticeKind(
    name="awards",
    title="奖补名单公示",
    about=PublicKind.SCHEME,
    offered=_offered,
    settle=_settle,
    order=20,
    days=PROJECT_DAYS,
    posted=_posted,
    withdrawn=_withdrawn,
    filed=_filed,
    unfiled=_unfiled,
    pack=pack_notice,
    unpack=unpack_notice,
)
