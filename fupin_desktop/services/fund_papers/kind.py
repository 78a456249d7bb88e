"""Use plans (呈批表) and approval sheets (审批表) as a kind of document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.documents.forms.definition import Field, FormDefinition
from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.text import clean
from fupin_desktop.domain.vocabulary import ApplicationState, EntryKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.applications.fund_facts import APPROVAL, PLAN_FORMS, VILLAGE_PLAN, FundFacts
from fupin_desktop.services.documents.context import Context
from fupin_desktop.services.documents.kinds import PROJECT, DocumentKind, town_places, village_places
from fupin_desktop.services.documents.loaded import Loaded
from fupin_desktop.services.documents.model import FUND_FORM_IDS, RowsBehind
from fupin_desktop.services.fund_papers import approving, facts, money, names, papers
from fupin_desktop.services.fund_papers.bindings import BINDINGS, TAB, behind
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Application, FundEntry, FundSource
from fupin_desktop.storage.unit import Unit

SOURCES = "sources"


class FundPaperKind(DocumentKind):
    """See ``DocumentKind``; the documents of money."""

    form_ids = FUND_FORM_IDS
    bindings = BINDINGS
    tab = TAB
    cancellable = True

    def word(self, form_id: str) -> str:
        """呈批表 or 审批表."""
        return "审批表" if form_id == APPROVAL else "呈批表"

    def several(self, form_id: str) -> bool:
        """A village has a plan for each project, a plan an approval sheet for each payment."""
        return True

    def names_place(self, form_id: str) -> bool:
        """A place is always a record."""
        return False

    def places(self, session: Session, form_id: str, year: int) -> Sequence[tuple[str, str]]:
        """Villages, the town; for an approval sheet the approved plans that money can be drawn on."""
        if form_id == APPROVAL:
            return _drawable(session, year)
        return village_places(session) if form_id == VILLAGE_PLAN else town_places(session)

    def place_name(self, session: Session, form_id: str, place_key: str) -> str:
        """Name of the village or town; of a sheet that of its plan.

        Raises:
            NotAllowed: It is gone, or the plan is not approved.
        """
        if form_id != APPROVAL:
            name = names.base_name(session, place_key)
            if not name:
                raise NotAllowed("这个呈报单位已被删除。", todo="请刷新后重新选择。")
            return name
        drawn = money.plan_money(session, place_key)
        if drawn.plan is None:
            raise NotAllowed(f"{drawn.gate}。", todo="请从已批准的使用计划里选择。")
        return drawn.plan.place

    def columns(self, session: Session, application: Application, typed: Mapping[str, Any]) -> dict[str, str]:
        """The number, and the name a plan is listed by; a sheet is listed by its plan."""
        found = {"number": clean(str(typed.get("number") or ""))}
        if application.form_id == APPROVAL:
            return found | {"about_key": application.place_key}
        base = names.base_name(session, application.place_key)
        return found | ({"place": names.plan_name(base, clean(str(typed.get(PROJECT) or "")))} if base else {})

    def completed(
        self, session: Session, application: Application, before: Mapping[str, Any], typed: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The 文号 of each source of the ledger beside its name."""
        rows = typed.get(SOURCES)
        if application.form_id == APPROVAL or not rows:
            return dict(typed)
        return {**typed, SOURCES: money.with_numbers(session, application.year, rows, before.get(SOURCES) or ())}

    def fund_facts(self, form: FormDefinition, context: Context, data: Mapping[str, Any]) -> FundFacts | None:
        """What the checks of money look at."""
        return facts.fund_facts(context, data)

    def behind(self, field: Field, context: Context) -> RowsBehind | None:
        """The rows behind what the ledger and the plan give."""
        return behind(field, context)

    def past(self, session: Session, application: Application) -> list[tuple[datetime, str, str, str, str, str]]:
        """What the ledger entered for a document: allocations, payments and what took them back."""
        return list(_entered(session, application.key))

    def approve(self, bench: Workbench, unit: Unit, loaded: Loaded, before: Application | None) -> None:
        """A plan allocates its sources in the ledger."""
        approving.approve(bench, unit, loaded, before)

    def cancel(self, bench: Workbench, unit: Unit, application: Application, reason: str) -> None:
        """A plan gives back what it was allocated; a sheet lays claim to its plan's money no more."""
        approving.cancel(bench, unit, application, reason)


def _drawable(session: Session, year: int) -> list[tuple[str, str]]:
    """Approved plans of a year, and of earlier ones those with money left; by first version, with number and name."""
    found = []
    for one in papers.all_papers(session):
        if one.form_id not in PLAN_FORMS or one.state is not ApplicationState.APPROVED or one.year > year:
            continue
        if one.year == year or any(share.left > 0 for share in money.shares(session, one.root).values()):
            found.append((one.root, f"{one.number} {one.place}".strip()))
    return found


def _entered(session: Session, key: str) -> Iterator[tuple[datetime, str, str, str, str, str]]:
    statement = select(FundEntry, FundSource.name).join(FundSource, FundSource.key == FundEntry.source_key)
    for entry, source in session.execute(statement.where(FundEntry.paper_key == key).order_by(FundEntry.key)):
        title = f"{'冲销' if entry.counters_key else ''}{EntryKind(entry.kind).label}"
        parts = (f"{format_money(from_fen(entry.amount_fen))} 元", entry.payee, entry.paper_no, entry.dated.isoformat())
        yield entry.at, entry.who, title, source, "", " ".join(part for part in parts if part)


KIND = FundPaperKind()
