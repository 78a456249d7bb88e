"""What keeps the ledger's own operations from going past plans, sheets and publicity (吴川 三(二)4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.fund_target import FundTarget
from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.vocabulary import ApplicationState, TargetKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.fund_papers import claims, money, papers
from fupin_desktop.services.fund_papers.papers import Paper
from fupin_desktop.services.fund_papers.paying import Payments, payments_in
from fupin_desktop.services.funds.reading import target_balance_in
from fupin_desktop.storage.entities import AwardRun, AwardScheme


def refuse_allocation(session: Session, target: FundTarget) -> None:
    """A plan that is a document here gets its money by its approval alone.

    Raises:
        NotAllowed: The target is such a plan.
    """
    if target.kind is TargetKind.PLAN and _plan(papers.all_papers(session), target.key) is not None:
        raise NotAllowed(
            f"“{target.name}”是使用计划呈批表，资金随批准自动安排，不能另外安排。",
            todo="要增减资金，请更正呈批表后重新报批。",
        )


def refuse_payment(session: Session, target: FundTarget, amount: Decimal, paper_key: str, today: date) -> None:
    """A plan that is a document here is paid by its sheets, a village's also by itself; a scheme after its publicity.

    The arguments are those of :class:`FundGuards`.

    Raises:
        NotAllowed: It may not be paid, or not so much.
    """
    if target.kind is TargetKind.SCHEME:
        _refuse_scheme(session, target, amount, today)
    if target.kind is not TargetKind.PLAN:
        return
    every = papers.all_papers(session)
    plan = _plan(every, target.key)
    if plan is None:
        return
    if not paper_key and plan.money.paid_by_sheets:
        raise NotAllowed(
            f"“{target.name}”是镇级使用计划，要凭资金使用审批表拨付。", todo="请先做审批表，批准后从审批表登记拨付。"
        )
    found = payments_in(session, every, paper_key or plan.key, today)
    if not any(one.key == found.key and target.key in (one.root, one.place_key) for one in every):
        raise NotAllowed(f"“{found.name}”不是按“{target.name}”申请的。", todo="请从这份计划自己的审批表拨付。")
    _refuse_more(found, amount)


def refuse_return(session: Session, target: FundTarget, amount: Decimal) -> None:
    """A plan that is a document here keeps what its approved sheets have still to get.

    A sheet on its way holds nothing back: it is not approved any more once the money is gone.

    Args:
        session: A session.
        target: The plan whose allocation is countered.
        amount: Yuan of it that are taken back.

    Raises:
        NotAllowed: Less would stay than its approved sheets ask for.
    """
    if target.kind is not TargetKind.PLAN:
        return
    every = money.sheets_of(papers.all_papers(session), target.key)
    sheets = [one for one in every if one.state is not ApplicationState.SUBMITTED]
    on_way = sum(money.outstanding(session, sheets).values(), papers.ZERO)
    held = target_balance_in(session, target).left
    if on_way and held - amount < on_way:
        raise NotAllowed(
            f"“{target.name}”已安排未拨付 {format_money(held)} 元，其中审批表已批准待拨 {format_money(on_way)} 元，"
            f"不能冲销安排 {format_money(amount)} 元。",
            todo="请先更正审批表，或减少冲销金额。",
        )


def _plan(every: Sequence[Paper], root: str) -> Paper | None:
    """The plan of a first version: the version in force, else the newest; None where no document is meant."""
    found = papers.versions(every, root) if root else []
    return papers.approved(every, root) or (found[-1] if found else None)


def _refuse_more(found: Payments, amount: Decimal) -> None:
    if found.gate:
        raise NotAllowed(f"{found.gate}。", todo="请办完手续再登记拨付。")
    if amount > found.left:
        told = f"“{found.name}”还可以拨付 {format_money(found.left)} 元，不能拨付 {format_money(amount)} 元。"
        raise NotAllowed(told, todo="请减少金额；其余已由审批表申请，请从审批表拨付。")


def _refuse_scheme(session: Session, target: FundTarget, amount: Decimal, today: date) -> None:
    """A scheme is paid what its posted calculation comes to, once it is published and filed."""
    scheme = session.get(AwardScheme, target.key) if target.key else None
    if scheme is None:
        return
    runs = session.scalars(select(AwardRun).where(AwardRun.scheme_key == scheme.key).order_by(AwardRun.at.desc())).all()
    if not runs:
        raise NotAllowed(f"“{scheme.name}”还没有测算，不能拨付奖补。", todo="请先测算、公示、备案。")
    run = next((one for one in runs if claims.posted_notice(session, one.key) is not None), runs[0])
    why = claims.gate(session, run.key, today)
    if why:
        raise NotAllowed(f"{why}(吴川 三(二)4)。", todo="请办完手续再登记拨付。")
    award, paid = from_fen(run.award_fen), target_balance_in(session, target).paid
    planned = claims.planned_of(session, papers.all_papers(session), {one.key for one in runs})
    if paid + planned + amount > award:
        told = f"“{scheme.name}”测算奖补 {format_money(award)} 元，已拨付 {format_money(paid)} 元"
        told += f"，使用计划已列 {format_money(planned)} 元" if planned else ""
        raise NotAllowed(f"{told}，不能再拨付 {format_money(amount)} 元。", todo="请减少金额，或核对测算。")
