"""更正公示: what a new calculation changes of a posted list, each changed row with before and after (吴川 三(二)4).

Only the changed rows are posted, and the period is counted anew for them alone; the rest of the list stays as posted.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import FilingState, PublicKind, Severity
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.problems import Problem
from fupin_desktop.policy.results import HouseholdAward
from fupin_desktop.services.awards import stored_runs
from fupin_desktop.services.awards.stored_runs import StoredRun
from fupin_desktop.services.awards.subject import ZERO, group_shown, several_villages
from fupin_desktop.services.existing import existing
from fupin_desktop.services.notice_kinds import awards
from fupin_desktop.services.notices.kinds import PROJECT_DAYS, Asked, NoticeKind, Offer, Settled
from fupin_desktop.services.notices.writing import Named, notice_of, shown_names, with_tail, words_of
from fupin_desktop.services.publicity.gates import CLAUSE, Subject, filing_of, standing
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Notice, Objection
from fupin_desktop.storage.unit import Unit

_FILED = Problem(
    "notice.filed", Severity.MUST,
    "这份名单已经报备案。请先在“公示备案”点“备案退回…”，再张贴更正公示；期满出具结果以后重新报备案，才能发放。", CLAUSE,
)  # fmt: skip


def _nothing_offered(_bench: Workbench, _session: Session, _year: int) -> Sequence[Offer]:
    """A correction is made from the notice it corrects."""
    return ()


def _settle(asked: Asked) -> Settled:
    """The correction of a notice of awards, which ``asked.key`` names.

    Raises:
        NotAllowed: It lists no awards, or no calculation was kept after it, or nothing differs.
    """
    with asked.bench.read() as session:
        notice = existing(session, Notice, asked.key)
        subject = Subject(PublicKind.SCHEME, notice.object_key or "")
        filing = filing_of(session, subject)
        if not notice.run_key or notice.object_kind != PublicKind.SCHEME:
            raise NotAllowed("只有奖补名单可以出更正公示。", todo="其他公示需要更正的，请撤回后重新公示。")
        posted = standing(session, subject, asked.bench.today).notices
        if not posted:
            raise NotAllowed("这份公示已经撤回，不能更正。", todo="请重新公示。")
        newest = posted[-1]
        before = stored_runs.load_run(session, newest.run_key or notice.run_key)
    after = awards.latest(asked.bench, subject.key)
    if after.key == before.key:
        raise NotAllowed(
            "公示以后没有保存过新的测算，没有可以更正的内容。", todo="请先改正农户台账或方案，在“奖补测算”里重新测算。"
        )
    facts = _facts(asked, before, after)
    is_filed = filing is not None and filing.state != FilingState.RETURNED
    return _settled(asked, after, newest, facts, (_FILED,) if is_filed else ())


def _settled(
    asked: Asked, after: StoredRun, newest: Notice, facts: dict[str, Any], hindered: tuple[Problem, ...]
) -> Settled:
    scheme = after.result.scheme
    title = f"关于{scheme.place}{scheme.year}年度{scheme.batch}产业奖补资金分配情况的更正公示"
    notice = notice_of(
        asked, "correction", title, scheme.place, scheme.decision.village, facts, year=scheme.year
    )
    unchanged = Problem("notice.empty", Severity.MUST, "新的测算和公示的名单没有不同，不需要更正。")
    problems = (*hindered, *after.result.problems, *(() if facts["rows"] else (unchanged,)))
    return Settled(
        notice, Subject(PublicKind.SCHEME, newest.object_key or ""), problems, run_key=after.key,
        corrects_key=newest.key, public_words=(notice.board, notice.publisher, *words_of(facts)),
    )  # fmt: skip


def _facts(asked: Asked, before: StoredRun, after: StoredRun) -> dict[str, Any]:
    was = {one.applicant.key: one for one in before.result.awards}
    now = {one.applicant.key: one for one in after.result.awards}
    changed = [key for key in {**was, **now} if _amount(was.get(key)) != _amount(now.get(key))]
    either = {key: now.get(key) or was[key] for key in changed}
    numbers = {**before.numbers, **after.numbers}
    people = [Named(key, one.applicant.name, numbers.get(key, "")) for key, one in either.items()]
    names, several = shown_names(people, mask=asked.settings.mask_names), several_villages(after.result)
    rows = [
        {
            "key": key,
            "group": group_shown(one.applicant, several),
            "head_shown": with_tail(*names[key]),
            "tail": names[key][1],
            "before": _amount(was.get(key)),
            "after": _amount(now.get(key)),
            "remark": now[key].reason if key in now else "不在新的名单",
        }
        for key, one in either.items()
    ]
    moved = before.result.totals.award != after.result.totals.award
    return {
        "rows": rows,
        "scheme": after.result.scheme.name,
        "households": len(rows),
        "total_before": before.result.totals.award,
        "total_after": after.result.totals.award,
        "total_moved": "是" if moved else "",
        "total_kept": "" if moved else "是",
    }


def _amount(award: HouseholdAward | None) -> Decimal:
    return award.award if award is not None else ZERO


def _posted(unit: Unit, notice: Notice) -> None:
    """The objections that asked for it have their correction now."""
    chain = _chain(unit.session, notice)
    asking = select(Objection).where(
        Objection.notice_key.in_(chain), Objection.corrects.is_(True), Objection.corrected_key.is_(None)
    )
    for objection in unit.session.scalars(asking):
        objection.corrected_key = notice.key
    unit.session.flush()


def _withdrawn(unit: Unit, notice: Notice) -> None:
    """The objections that asked for it wait for another one."""
    for objection in unit.session.scalars(select(Objection).where(Objection.corrected_key == notice.key)):
        objection.corrected_key = None
    unit.session.flush()


def _chain(session: Session, notice: Notice) -> list[str]:
    """A notice and those it corrects."""
    found, before = [notice.key], notice.corrects_key
    while before:
        found.append(before)
        before = session.scalars(select(Notice.corrects_key).where(Notice.key == before)).first()
    return found


KIND = NoticeKind(
    name="correction",
    title="更正公示",
    about=PublicKind.SCHEME,
    offered=_nothing_offered,
    settle=_settle,
    order=21,
    days=PROJECT_DAYS,
    posted=_posted,
    withdrawn=_withdrawn,
)
