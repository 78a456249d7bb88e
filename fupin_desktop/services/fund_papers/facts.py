"""A document of money as the checks of ``policy.applications.funds`` look at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import FundKind, StepKind
from fupin_desktop.policy.applications.fund_facts import FundFacts, ItemFact, SourceFact, UseFact
from fupin_desktop.services.documents import registry
from fupin_desktop.services.documents.context import Context
from fupin_desktop.services.fund_papers import claims, money, numbers, papers, pool
from fupin_desktop.services.fund_papers.bindings import drawn_on, registered, withdrawn_periods
from fupin_desktop.services.fund_papers.names import target_name
from fupin_desktop.services.fund_papers.papers import ZERO, Paper, Row, text
from fupin_desktop.storage.entities import Application, ApplicationStep, ApplicationValue

Data = Mapping[str, Any]
_NUMBER = "number"
_BATCH = "batch"
_TOWN_APPLICATION = "town_application"
"""The form that says the town's 批次."""
_RANGE = "fund.range"
"""The check of a plan's amount against the range of its batch."""


def plan_facts(context: Context, data: Data) -> FundFacts:
    """The facts of a use plan.

    Args:
        context: Its place and the office's data.
        data: Typed, bound and signed values.
    """
    session, subject = context.session, context.subject
    every = papers.all_papers(session)
    root = papers.root_of(session, subject.key)
    uses = tuple(_uses(context, data))
    sources = tuple(_sources(context, data, root))
    ranged = _RANGE in registry.of(subject.form_id).checks
    return FundFacts(
        registered=registered(context),
        withdrawn=withdrawn_periods(context),
        project=target_name(context, str(data.get("project") or "")),
        same_number=numbers.same_number(session, subject.key, subject.year, str(data.get(_NUMBER) or "")),
        batch=_batch(context) if ranged else "",
        planned_elsewhere=_planned_elsewhere(context, every, root) if ranged else ZERO,
        takes_part=bool(context.facts.participating),
        sources=sources,
        uses=uses,
        claims=_claims(context, every, root, [(one.path, one.claim) for one in uses], sheets=False),
        left_out=_left_out(context, root, sources),
        pool=pool.facts(session, subject.year, data.get("uses") or (), str(data.get("project") or "")),
        texts=_texts(data, ("usage_note", "performance"), "uses"),
        paid=sum((one.paid for one in money.shares(session, root).values()), ZERO),
        on_way=sum(money.outstanding(session, money.sheets_of(every, root)).values(), ZERO),
    )


def sheet_facts(context: Context, data: Data) -> FundFacts:
    """The facts of an approval sheet; the arguments are those of :func:`plan_facts`."""
    session, subject = context.session, context.subject
    every = papers.all_papers(session)
    root = papers.root_of(session, subject.key)
    drawn = drawn_on(context)
    items = tuple(_item(place, row) for place, row in enumerate(data.get("items") or ()))
    rows = [(one.path, one.claim) for one in items]
    if drawn.plan is not None:
        uses = papers.lists_of(session, [drawn.plan])[drawn.plan.key]
        rows += [("items", claim) for claim in claims.resting(uses, data.get("items") or ())]
    shown = data.get("paid")
    return FundFacts(
        sheet=True,
        project=str(data.get("project") or ""),
        same_number=numbers.same_number(session, subject.key, subject.year, str(data.get(_NUMBER) or "")),
        items=items,
        claims=_claims(context, every, root, rows, sheets=True),
        texts=_texts(data, (), "items"),
        plan_gate=drawn.gate,
        plan_since=_approved_first(session, subject.place_key),
        approved=drawn.approved,
        paid=drawn.paid,
        on_way=drawn.on_way,
        own_paid=drawn.own_paid,
        shown_paid=shown if isinstance(shown, Decimal) else None,
    )


def _approved_first(session: Session, root: str) -> date | None:
    """The day of the last opinion on the first version of a plan."""
    said = (ApplicationStep.kind == StepKind.OPINION, ApplicationStep.round == Application.round)
    of_it = Application.key == ApplicationStep.application_key
    newest = select(func.max(ApplicationStep.dated)).join(Application, of_it)
    return session.scalar(newest.where(Application.key == root, *said))


def _claims(
    context: Context, every: Sequence[Paper], root: str, rows: Sequence[tuple[str, str]], *, sheets: bool
) -> tuple[Any, ...]:
    if not any(claim for _, claim in rows):
        return ()
    elsewhere = claims.claimed(context.session, every, root, sheets=sheets)
    return claims.claims_of(context.session, rows, elsewhere, context.today)


def _sources(context: Context, data: Data, root: str) -> Iterator[SourceFact]:
    """The rows of 资金来源 with what the ledger says of each."""
    session = context.session
    made_on = data.get("reported_on")
    on = made_on if isinstance(made_on, date) else context.today
    known = money.candidates(session, context.subject.year)
    held = money.shares(session, root)
    for place, row in enumerate(data.get("sources") or ()):
        fact = SourceFact(f"sources[{place}]", text(row, "source"), row.get("amount"))
        meant = money.meant(known, fact.name, text(row, "document_no"))
        fact = fact._replace(matching=len(meant))
        if len(meant) == 1:
            key = meant[0].key
            fact = fact._replace(
                key=key,
                available=money.available_from(session, key, on, root),
                paid=held[key].paid if key in held else ZERO,
                original_plan=meant[0].original_plan,
                kind=FundKind(meant[0].kind).label,
            )
        yield fact


def _left_out(context: Context, root: str, sources: Sequence[SourceFact]) -> dict[str, Decimal]:
    """What was paid of sources that a correction no longer names."""
    named = {one.key for one in sources}
    held = money.shares(context.session, root).values()
    return {one.name: one.paid for one in held if one.source_key not in named and one.paid}


def _uses(context: Context, data: Data) -> list[UseFact]:
    rows: Sequence[Row] = data.get("uses") or ()
    taking = _taking_part(context) if context.of_town else {}
    return [_use(place, row, taking) for place, row in enumerate(rows)]


def _use(place: int, row: Row, taking: Mapping[str, bool]) -> UseFact:
    heads = [value for name in ("households_large", "households_small") if (value := row.get(name)) is not None]
    where = text(row, "place")
    return UseFact(
        f"uses[{place}]",
        text(row, "item"),
        where,
        row.get("amount"),
        row.get("quantity"),
        row.get("price"),
        sum(heads) if heads else None,
        next((takes for village, takes in taking.items() if village in where), None),
        text(row, claims.COLUMN),
    )


def _taking_part(context: Context) -> dict[str, bool]:
    """Whether anybody in a village takes part, by its name; longer names first, for one may begin another."""
    by_village = context.facts.by_village
    found = {one.name: any(house.takes_part for house in by_village.get(one.key, ())) for one in context.villages}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _item(place: int, row: Row) -> ItemFact:
    return ItemFact(
        f"items[{place}]",
        text(row, "item"),
        row.get("amount"),
        text(row, "payee"),
        text(row, "account"),
        text(row, "evidence"),
        row.get("sheets"),
        text(row, claims.COLUMN),
    )


def _texts(data: Data, fields: Sequence[str], rows: str) -> dict[str, str]:
    """The texts that may speak of an equal split, by path."""
    found = {name: str(data.get(name) or "") for name in fields}
    return found | {f"{rows}[{at}].item": text(row, "item") for at, row in enumerate(data.get(rows) or ())}


def _batch(context: Context) -> str:
    """批次 of the town by its application of the year (吴川 三(一)2)."""
    if context.town is None:
        return ""
    statement = (
        select(ApplicationValue.value)
        .join(Application, Application.key == ApplicationValue.application_key)
        .where(Application.form_id == _TOWN_APPLICATION, Application.place_key == context.town.key)
        .where(Application.year == context.subject.year, ApplicationValue.field == _BATCH)
        .order_by(Application.version.desc(), Application.key.desc())
    )
    return str(context.session.scalars(statement).first() or "")


def _planned_elsewhere(context: Context, every: Sequence[Paper], root: str) -> Decimal:
    """Yuan of the town's other plans of the year, approved or on their way."""
    subject = context.subject
    others = [
        one for one in every
        if one.form_id == subject.form_id and one.place_key == subject.place_key and one.year == subject.year
        and one.root != root
    ]
    return sum(papers.totals(context.session, others).values(), ZERO)
