"""What use plans (呈批表) and approval sheets (审批表) do in their own way; their types are made of these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.text import clean
from fupin_desktop.domain.vocabulary import ApplicationState, EntryKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.documents.model import Progress
from fupin_desktop.services.documents.type import PROJECT, Data
from fupin_desktop.services.fund_papers import money, names, papers, pool
from fupin_desktop.services.fund_papers.paying import PAID, UNPAID
from fupin_desktop.services.fund_papers.reading import plan_lines, sheet_lines
from fupin_desktop.services.history_line import HistoryLine
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import changes
from fupin_desktop.storage.entities import Application, FundEntry, FundSource

SOURCES, USES = "sources", "uses"
GONE = "这个呈报单位已被删除。"


def plan_columns(session: Session, application: Application, typed: Data) -> dict[str, str]:
    """The number of a plan, the name it is listed by, and the project of the pool that all its money is for."""
    base = names.base_name(session, application.place_key)
    named = {"place": names.plan_name(base, clean(str(typed.get(PROJECT) or "")))} if base else {}
    about = pool.claimed_project(typed.get(USES) or ())
    return {"number": _number(typed), "about_key": about, **named}


def sheet_columns(_session: Session, application: Application, typed: Data) -> dict[str, str]:
    """The number of a sheet, and the plan it is about, by whose name it is listed."""
    return {"number": _number(typed), "about_key": application.place_key}


def _number(typed: Data) -> str:
    return clean(str(typed.get("number") or ""))


def with_source_numbers(session: Session, application: Application, before: Data, typed: Data) -> dict[str, Any]:
    """What is typed into a plan, with the 文号 of each source of the ledger beside its name."""
    rows = typed.get(SOURCES)
    if not rows:
        return dict(typed)
    return {**typed, SOURCES: money.with_numbers(session, application.year, rows, before.get(SOURCES) or ())}


def drawable_plans(session: Session, _form_id: str, year: int) -> list[tuple[str, str]]:
    """Approved plans of a year, and of earlier ones those with money left; by first version, with number and name."""
    found = []
    for one in papers.all_papers(session):
        if one.sheet or one.state is not ApplicationState.APPROVED or one.year > year:
            continue
        if one.year == year or any(share.left > 0 for share in money.shares(session, one.root).values()):
            found.append((one.root, f"{one.number} {one.place}".strip()))
    return found


def plan_name(session: Session, root: str) -> str:
    """Name of an approved plan, by its first version.

    Raises:
        NotAllowed: It is gone or not approved.
    """
    drawn = money.plan_money(session, root)
    if drawn.plan is None:
        raise NotAllowed(f"{drawn.gate}。", todo="请从已批准的使用计划里选择。")
    return drawn.plan.place


def entered(session: Session, application: Application) -> list[HistoryLine]:
    """What the ledger entered for a document: allocations, payments and what took them back."""
    return list(_entered(session, application.key))


def _entered(session: Session, key: str) -> Iterator[HistoryLine]:
    statement = select(FundEntry, FundSource.name).join(FundSource, FundSource.key == FundEntry.source_key)
    found = session.execute(statement.where(FundEntry.paper_key == key).order_by(FundEntry.key)).all()
    numbers = changes.added_in(session.connection(), FundEntry.__tablename__, {entry.key for entry, _source in found})
    for entry, source in found:
        title = f"{'冲销' if entry.counters_key else ''}{EntryKind(entry.kind).label}"
        parts = (f"{format_money(from_fen(entry.amount_fen))} 元", entry.payee, entry.paper_no, entry.dated.isoformat())
        told = " ".join(part for part in parts if part)
        yield HistoryLine(entry.at, entry.who, title, source, "", told, numbers.get(entry.key, 0))


def paid_plans(bench: Workbench, year: int) -> Mapping[str, Progress]:
    """How far the approved plans of a year are paid, by key; those of which nothing is paid are left out."""
    return {one.key: Progress(one.word, one.word == PAID) for one in plan_lines(bench, year) if one.word != UNPAID}


def paid_sheets(bench: Workbench, year: int) -> Mapping[str, Progress]:
    """How far the approved sheets of a year are paid, as :func:`paid_plans`."""
    return {one.key: Progress(one.word, one.word == PAID) for one in sheet_lines(bench, year) if one.word != UNPAID}
