"""Applications that wait for somebody, for the first page; read without loading forms or their drawing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import ApplicationState, StepKind
from fupin_desktop.services.overview import DueItem, Target, Urgency
from fupin_desktop.storage.entities import Application, ApplicationStep, ApplicationTouch

TAB = "applications"
_TITLES = {
    "town_application": "“一镇一业”申报表",
    "village_application": "“一村一品”申报表",
    "household_application": "农户奖补申请表",
    "performance_target": "项目绩效目标表",
}
_OTHER = "申报表"
_SINGLY = 4
_ORDER = (
    ApplicationState.RETURNED, ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN, ApplicationState.DRAFT,
)  # fmt: skip


class _Waiting(NamedTuple):
    """One application that waits."""

    key: str
    form_id: str
    place: str
    state: ApplicationState
    blocking: int | None
    reason: str

    @property
    def title(self) -> str:
        return _TITLES.get(self.form_id, _OTHER)


def due_applications(session: Session, year: int) -> Iterator[DueItem]:
    """What waits: returned first, then those on their way, then drafts; many of one kind are one line.

    Args:
        session: A reading session.
        year: 年度.
    """
    kinds = list(_TITLES)

    def rank(one: _Waiting) -> tuple[int, int]:
        return _ORDER.index(one.state), kinds.index(one.form_id) if one.form_id in kinds else len(kinds)

    for _, group in groupby(sorted(_found(session, year), key=rank), rank):
        waiting = list(group)
        if waiting[0].state is ApplicationState.SUBMITTED or len(waiting) > _SINGLY:
            yield _together(waiting)
        else:
            yield from map(_single, waiting)


def _found(session: Session, year: int) -> list[_Waiting]:
    states = [state.value for state in _ORDER]
    statement = (
        select(Application.key, Application.form_id, Application.place, Application.state, ApplicationTouch.blocking)
        .outerjoin(ApplicationTouch, ApplicationTouch.application_key == Application.key)
        .where(Application.year == year, Application.state.in_(states))
        .order_by(Application.key)
    )
    rows = session.execute(statement).all()
    reasons = _reasons(session, [row.key for row in rows if row.state == ApplicationState.RETURNED])
    return [
        _Waiting(row.key, row.form_id, row.place, ApplicationState(row.state), row.blocking, reasons.get(row.key, ""))
        for row in rows
    ]


def _reasons(session: Session, keys: list[str]) -> dict[str, str]:
    """Why each was returned last."""
    kinds = (StepKind.RETURN, StepKind.OPINION)
    statement = (
        select(ApplicationStep.application_key, ApplicationStep.opinion)
        .where(ApplicationStep.application_key.in_(keys), ApplicationStep.kind.in_(kinds))
        .order_by(ApplicationStep.at, ApplicationStep.key)
    )
    return dict(session.execute(statement).all())


def _together(waiting: list[_Waiting]) -> DueItem:
    first = waiting[0]
    target = Target(TAB, f"{first.form_id}:{first.state.value}", first.key if len(waiting) == 1 else "")
    badge, told, urgency, action = _TOLD[first.state]
    names = "、".join(one.place for one in waiting[:3])
    many = f"{names}等 {len(waiting)} 份" if len(waiting) > 3 else names
    return DueItem(badge, f"{many}{first.title}{told}", urgency, action, target)


_TOLD: dict[ApplicationState, tuple[str, str, Urgency, str]] = {
    ApplicationState.RETURNED: ("退回", "被退回，请修改后重新提交", "soon", "修改"),
    ApplicationState.SUBMITTED: ("办理中", "等待登记意见", "calm", "查看"),
    ApplicationState.WITHDRAWN: ("已撤回", "已撤回，请修改后重新提交", "calm", "修改"),
    ApplicationState.DRAFT: ("草稿", "还没有提交", "calm", "填写"),
}


def _single(one: _Waiting) -> DueItem:
    badge, told, urgency, action = _TOLD[one.state]
    if one.state is ApplicationState.RETURNED and one.reason:
        told = f"被退回：{one.reason}"
    elif one.state is ApplicationState.DRAFT and one.blocking:
        told = f"还有 {one.blocking} 项必须填写"
    elif one.state is ApplicationState.DRAFT and one.blocking == 0:
        badge, told, action = "待提交", "已填好，可以提交", "提交"
    return DueItem(badge, f"{one.place}{one.title}{told}", urgency, action, Target(TAB, "", one.key))
