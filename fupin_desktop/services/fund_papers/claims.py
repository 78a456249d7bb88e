"""What rows of plans and sheets were taken over from: award calculations, households' awards, projects.

A row keeps it in ``from_run``: ``award:<run>``, ``award:<run>/<household>``, ``project:<first version>`` of performance
targets or ``pool:<project>``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.vocabulary import NoticeState, PublicKind, TargetKind
from fupin_desktop.policy.applications.fund_facts import ClaimFact
from fupin_desktop.services.awards import snapshot
from fupin_desktop.services.documents.context import Context
from fupin_desktop.services.documents.records import typed_of
from fupin_desktop.services.documents.type import Told
from fupin_desktop.services.fund_papers import papers, pool
from fupin_desktop.services.fund_papers.papers import ZERO, Paper
from fupin_desktop.services.funds import FundTarget, target_balance_in
from fupin_desktop.services.publicity import gates as publicity
from fupin_desktop.services.publicity.gates import Step, Subject
from fupin_desktop.storage.entities import Application, AwardResult, AwardRun, AwardScheme, Household, Notice, Project

COLUMN = "from_run"
AWARD, PROJECT = "award:", "project:"
PROJECT_FUNDS = ("fund_fiscal", "fund_assisting", "fund_other")


def award_claim(run_key: str, household_key: str = "") -> str:
    """How a row names a calculation, or a household's award in it."""
    return f"{AWARD}{run_key}/{household_key}" if household_key else f"{AWARD}{run_key}"


def run_of(claim: str) -> str:
    """Key of the calculation that a row was taken over from; empty for none."""
    return claim.removeprefix(AWARD).partition("/")[0] if claim.startswith(AWARD) else ""


def claims_of(
    session: Session, rows: Sequence[tuple[str, str]], elsewhere: Mapping[str, Decimal], today: date
) -> tuple[ClaimFact, ...]:
    """What some rows were taken over from, calculations before the households in them.

    Args:
        session: A session.
        rows: Path and claim of each row.
        elsewhere: Yuan claimed by other documents, by claim.
        today: The day their publicity is looked at.
    """
    wanted: dict[str, str] = {}
    for path, claim in rows:
        if claim:
            wanted.setdefault(claim.partition("/")[0], path)
            wanted.setdefault(claim, path)
    facts = [_fact(session, claim, path, today) for claim, path in sorted(wanted.items())]
    return tuple(
        one._replace(elsewhere=sum((yuan for claim, yuan in elsewhere.items() if one.covers(claim)), ZERO))
        for one in facts
    )


def _fact(session: Session, claim: str, path: str, today: date) -> ClaimFact:
    if claim.startswith(PROJECT):
        return _project(session, claim, path)
    if claim.startswith(pool.CLAIM):
        return _pooled(session, claim, path)
    run_key, _, household = claim.removeprefix(AWARD).partition("/")
    if household:
        return _household(session, claim, run_key, household, path)
    run = session.get(AwardRun, run_key)
    name = scheme_name(session, run)
    ceiling = from_fen(run.award_fen) if run is not None else ZERO
    why, paid = gate(session, run_key, today), scheme_paid(session, run)
    return ClaimFact(claim, f"“{name}”", awards=True, ceiling=ceiling, gate=why, path=path, paid=paid)


def scheme_reasons(rows: str, context: Context, data: Mapping[str, Any]) -> Iterator[Told]:
    """The written reasons of the schemes whose awards a document took over: clause, sentence, reason.

    Args:
        rows: Name of the list with what was taken over.
        context: The document's place and the office's data.
        data: Its values.
    """
    runs = dict.fromkeys(filter(None, (run_of(papers.text(row, COLUMN)) for row in data.get(rows) or ())))
    for run in filter(None, (context.session.get(AwardRun, key) for key in runs)):
        name = scheme_name(context.session, run)
        for problem in snapshot.unpack_problems(run.problems):
            if problem.reason:
                yield problem.clause, f"“{name}”：{problem.sentence}", problem.reason


def scheme_paid(session: Session, run: AwardRun | None) -> Decimal:
    """Yuan that the ledger paid for the scheme of a calculation itself, without a plan."""
    if run is None:
        return ZERO
    return target_balance_in(session, FundTarget(TargetKind.SCHEME, run.scheme_key, "")).paid


def _household(session: Session, claim: str, run_key: str, household: str, path: str) -> ClaimFact:
    """A household's award; its calculation tells whether it may be paid."""
    where = (AwardResult.run_key == run_key, AwardResult.household_key == household)
    fen = session.scalars(select(AwardResult.award_fen).where(*where)).first()
    found = session.get(Household, household)
    name = f"{found.head_name}的奖补" if found is not None else "农户的奖补"
    return ClaimFact(claim, name, awards=True, ceiling=from_fen(fen or 0), path=path)


def _project(session: Session, claim: str, path: str) -> ClaimFact:
    latest = latest_project(session, claim.removeprefix(PROJECT))
    name = f"项目“{latest.place}”" if latest is not None else "已删除的项目"
    ceiling = project_funds(session, latest.key) if latest is not None else ZERO
    return ClaimFact(claim, name, awards=False, ceiling=ceiling, path=path)


def _pooled(session: Session, claim: str, path: str) -> ClaimFact:
    """A project of the pool with all its money."""
    key = pool.project_of(claim)
    found = session.get(Project, key)
    name = f"项目“{found.name}”" if found is not None else "已删除的项目"
    return ClaimFact(claim, name, awards=False, ceiling=pool.money_of(session, key), path=path)


def latest_project(session: Session, root: str) -> Application | None:
    """The newest version of a project's performance targets."""
    found = session.get(Application, root)
    while found is not None:
        after = session.scalars(select(Application).where(Application.previous_key == found.key)).first()
        if after is None:
            return found
        found = after
    return None


def project_funds(session: Session, key: str) -> Decimal:
    """Yuan that the performance targets of a project speak of."""
    typed = typed_of(session, key)
    return sum((typed[name] for name in PROJECT_FUNDS if typed.get(name)), ZERO)


def scheme_name(session: Session, run: AwardRun | None) -> str:
    """The scheme of a calculation as people call it."""
    scheme = session.get(AwardScheme, run.scheme_key) if run is not None else None
    return scheme.name if scheme is not None else "奖补测算"


_WHY = {
    Step.POSTED: "“{name}”的这次测算还没有公示，公示期满、没有异议才能安排和拨付奖补",
    Step.ENDED: "“{name}”{told}，期满没有异议才能安排和拨付奖补",
    Step.SETTLED: "“{name}”{told}，办结以后才能安排和拨付奖补",
    Step.RESULT: "“{name}”{told}，备案后才能安排和拨付奖补",
    Step.FILED: "“{name}”{told}，备案后才能安排和拨付奖补",
}


def gate(session: Session, run_key: str, today: date) -> str:
    """Why the awards of a calculation may not be paid yet; empty where they may (吴川 三(二)4).

    They may after their notice was posted to its end, and a village's scheme is filed with the town office.
    """
    run = session.get(AwardRun, run_key)
    scheme = session.get(AwardScheme, run.scheme_key) if run is not None else None
    if run is None or scheme is None:
        return "取自的奖补测算已经不在了，请重新从测算取用"
    notice = posted_notice(session, run_key)
    if notice is None:
        return f"“{scheme.name}”的这次测算还没有公示，公示期满、没有异议才能安排和拨付奖补"
    through = Step.FILED if scheme.village_key is not None else Step.SETTLED
    line = publicity.missing(session, Subject(PublicKind.SCHEME, scheme.key), today, through)
    return _WHY[line.step].format(name=scheme.name, told=line.told.rstrip("。")) if line is not None else ""


def posted_notice(session: Session, run_key: str) -> Notice | None:
    """The notice of a calculation, unless it was withdrawn."""
    where = (Notice.run_key == run_key, Notice.state == NoticeState.POSTED.value)
    return session.scalars(select(Notice).where(*where).order_by(Notice.key.desc())).first()


def resting(uses: Iterable[papers.Row], items: Iterable[papers.Row]) -> list[str]:
    """What typed items of a sheet rest on: the awards of its plan, where the plan is for nothing else."""
    runs = [run_of(papers.text(row, COLUMN)) for row in uses]
    typed = any(not papers.text(row, COLUMN) for row in items)
    return [award_claim(run) for run in dict.fromkeys(runs)] if typed and runs and all(runs) else []


def gates(session: Session, found: Iterable[str], today: date) -> list[str]:
    """Why what was taken over may not be paid yet, each reason once."""
    runs = dict.fromkeys(run for claim in found if (run := run_of(claim)))
    return list(dict.fromkeys(why for run in runs if (why := gate(session, run, today))))


def claimed(session: Session, every: Sequence[Paper], root: str, *, sheets: bool) -> dict[str, Decimal]:
    """Yuan that other plans, or other sheets, claim, by claim; the most of the live versions of each.

    Args:
        session: A session.
        every: All documents of money.
        root: First version of the document that asks.
        sheets: Whether approval sheets are asked for, else plans.
    """
    others = [one for one in every if one.live and one.root != root and one.sheet is sheets]
    by_root: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for key, rows in papers.lists_of(session, others).items():
        mine = by_root[next(one.root for one in others if one.key == key)]
        for claim, amount in _by_claim(rows).items():
            mine[claim] = max(mine.get(claim, ZERO), amount)
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for mine in by_root.values():
        for claim, amount in mine.items():
            found[claim] += amount
    return dict(found)


def planned_of(session: Session, every: Sequence[Paper], runs: Collection[str]) -> Decimal:
    """Yuan that plans on their way or approved claim of some calculations."""
    found = claimed(session, every, "", sheets=False)
    return sum((yuan for claim, yuan in found.items() if run_of(claim) in runs), ZERO)


def _by_claim(rows: Iterable[papers.Row]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for row in rows:
        if claim := papers.text(row, COLUMN):
            found[claim] += papers.amount_of([row])
    return found
