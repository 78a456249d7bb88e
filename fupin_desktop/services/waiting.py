"""Documents that wait for somebody, for the first page; read without loading the built-in forms or any drawing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import ApplicationState, StepKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.overview import DueItem, Target, Urgency
from fupin_desktop.storage.entities import Application, ApplicationStep, ApplicationTouch

TAB, MONEY_TAB = "applications", "funds"


class _Form(NamedTuple):
    """What a form's documents are called, and the tab that shows them."""

    title: str = "申报表"
    tab: str = TAB


_FORMS = {
    "town_application": _Form("“一镇一业”申报表"),
    "village_application": _Form("“一村一品”申报表"),
    "household_application": _Form("农户奖补申请表"),
    "performance_target": _Form("项目绩效目标表"),
    "town_fund_plan": _Form("使用计划呈批表", MONEY_TAB),
    "village_fund_plan": _Form("使用计划呈批表", MONEY_TAB),
    "town_fund_approval": _Form("资金审批表", MONEY_TAB),
}
_BOXES = {
    "opinion_clerk": "经办人",
    "opinion_village": "村(居)委会",
    "opinion_assisting": "对口帮扶单位",
    "opinion_town_office": "镇扶贫办",
    "opinion_finance": "镇财政所",
    "opinion_town_government": "镇政府",
    "opinion_deputy": "分管领导",
    "opinion_head": "镇主要领导",
    "opinion_county_office": "市扶贫办",
    "opinion_county_finance": "市财政局",
}
"""Who signs a box of the built-in forms; of own forms with further boxes only that an opinion is waited for."""
_SINGLY = 4
_ORDER = (
    ApplicationState.RETURNED, ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN, ApplicationState.DRAFT,
)  # fmt: skip


class _Waiting(NamedTuple):
    """One document that waits."""

    key: str
    form_id: str
    place: str
    state: ApplicationState
    box: str
    blocking: int | None
    reason: str
    form: _Form

    @property
    def rank(self) -> tuple[int, int, str, int]:
        """Returned ones first; documents of money on their way by the box they wait for; the office's forms last."""
        forms, boxes = list(_FORMS), list(_BOXES)
        form = forms.index(self.form_id) if self.form_id in forms else len(forms)
        box = boxes.index(self.box) if self.form.tab == MONEY_TAB and self.box in boxes else len(boxes)
        return _ORDER.index(self.state), form, self.form_id, box


def due_documents(session: Session, year: int) -> Iterator[DueItem]:
    """What waits: returned first, then those on their way, then drafts; many of one kind are one line."""
    for _, group in groupby(sorted(_found(session, year), key=lambda one: one.rank), lambda one: one.rank):
        waiting = list(group)
        if waiting[0].state is ApplicationState.SUBMITTED or len(waiting) > _SINGLY:
            yield _together(waiting)
        else:
            yield from map(_single, waiting)


def _found(session: Session, year: int) -> list[_Waiting]:
    states = [state.value for state in _ORDER]
    columns = (
        Application.key, Application.form_id, Application.place, Application.state, Application.box,
        Application.form_sha,
    )  # fmt: skip
    statement = (
        select(*columns, ApplicationTouch.blocking)
        .outerjoin(ApplicationTouch, ApplicationTouch.application_key == Application.key)
        .where(Application.year == year, Application.state.in_(states))
        .order_by(Application.key)
    )
    rows = session.execute(statement).all()
    reasons = _reasons(session, [row.key for row in rows if row.state == ApplicationState.RETURNED])
    forms = _FORMS | _own_forms(session, {row.form_id: row.form_sha for row in rows if row.form_id not in _FORMS})
    return [
        _Waiting(
            row.key, row.form_id, row.place, ApplicationState(row.state), row.box, row.blocking,
            reasons.get(row.key, ""), forms[row.form_id],
        )
        for row in rows
    ]  # fmt: skip


def _own_forms(session: Session, used: dict[str, str]) -> dict[str, _Form]:
    """What documents of forms that the office alone has are called: as their forms say."""
    if not used:
        return {}
    from fupin_desktop.services.documents import forms, registry

    found = {}
    for form_id, sha in used.items():
        try:
            found[form_id] = _Form(forms.kept(session, sha).name, registry.of(form_id).tab)
        except NotAllowed:
            found[form_id] = _Form()
    return found


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
    target = Target(first.form.tab, f"{first.form_id}:{first.state.value}", first.key if len(waiting) == 1 else "")
    badge, told, urgency, action = _TOLD[first.state]
    names = "、".join(one.place for one in waiting[:3])
    many = f"{names}等 {len(waiting)} 份" if len(waiting) > 3 else names
    if first.form.tab == MONEY_TAB and first.box in _BOXES:
        badge, told = "待审批", f"等待“{_BOXES[first.box]}”意见"
    return DueItem(badge, f"{many}{first.form.title}{told}", urgency, action, target)


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
    return DueItem(badge, f"{one.place}{one.form.title}{told}", urgency, action, Target(one.form.tab, "", one.key))
