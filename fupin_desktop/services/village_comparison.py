"""The comparison of villages (考核比较, 清远 二20): the figures of each village, weighted and ranked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from sqlalchemy import and_, distinct, func, or_, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import NoticeState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.comparison import INDICATORS, Ranked, assessed, ranked
from fupin_desktop.services.overview import Target
from fupin_desktop.services.registers.by_year import poor
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import (
    ComparisonWeight,
    Entity,
    Household,
    HouseholdIncome,
    Linkage,
    Notice,
    Participation,
    Project,
    ProjectFund,
    ProjectQuarter,
    Town,
    Training,
    Village,
    VillageYear,
)

_TENTH = Decimal("0.1")
Figures = dict[str, Decimal | None]
ByVillage = Mapping[str, Any]


class Compared(NamedTuple):
    """A village with its rank and its figures as shown, each with the rows behind it."""

    ranked: Ranked
    shown: Mapping[str, str]
    targets: Mapping[str, Target]


class Comparison(NamedTuple):
    """All villages, the best first, and the weights that were used, in per cent."""

    rows: tuple[Compared, ...]
    weights: Mapping[str, Decimal]


class Span(NamedTuple):
    """The days compared, both included; what is kept by year counts in each year that they touch."""

    first: date
    last: date

    @property
    def years(self) -> tuple[int, int]:
        """Its first and last year."""
        return self.first.year, self.last.year


def span_of(year: int) -> Span:
    """A whole year."""
    return Span(date(year, 1, 1), date(year, 12, 31))


def compare(bench: Workbench, span: Span | None = None) -> Comparison:
    """The villages in a span of days; None takes the year at work.

    Raises:
        NotAllowed: The span ends before it begins.
    """
    days = span or span_of(bench.year)
    if days.last < days.first:
        raise NotAllowed("止日在起日之前。", todo="请改正期间后再比较。")
    contents = bench.parameters.value("assessment_contents", bench.today).value
    with bench.read() as session:
        villages = _villages(session)
        weights = _weights(session, bench.year, contents)
        least = int(bench.parameters.value("notice_days_project", bench.today).value)
        figures = _figures(session, days, villages, least, bench.today)
    told = {_named(key, villages): key for key in villages}
    rows = [
        Compared(one, {name: _shown(name, value) for name, value in figures[key].items()}, _targets(villages[key][0]))
        for one in ranked({name: figures[key] for name, key in told.items()}, weights)
        for key in [told[one.name]]
    ]
    return Comparison(tuple(rows), weights)


def _villages(session: Session) -> dict[str, tuple[str, str]]:
    """Name and town of every village by its key."""
    statement = select(Village.key, Village.name, Town.name).join(Town, Town.key == Village.town_key)
    return {key: (name, town) for key, name, town in session.execute(statement.order_by(Village.position))}


def _named(key: str, villages: Mapping[str, tuple[str, str]]) -> str:
    """The name of a village, after its town's where another one has it too."""
    name, town = villages[key]
    return f"{town}{name}" if sum(other == name for other, _town in villages.values()) > 1 else name


def _weights(session: Session, year: int, contents: Sequence[str]) -> dict[str, Decimal]:
    """Weights of the indicators that measure what is assessed (清远 二20); equal ones where none is registered."""
    measured = assessed(contents)
    statement = select(ComparisonWeight.indicator, ComparisonWeight.weight).where(ComparisonWeight.year == year)
    given = dict(session.execute(statement).all())
    if not given:
        return {one.key: Decimal(1) for one in measured}
    return {one.key: Decimal(given.get(one.title) or 0) / 100 for one in measured}


def _targets(village: str) -> dict[str, Target]:
    tabs = {"households": "households", "": "publicity"}
    return {
        one.key: Target(tabs.get(one.register, "ledgers"), one.filter, "", one.register, village) for one in INDICATORS
    }


def _shown(key: str, value: Decimal | None) -> str:
    unit = next(one.unit for one in INDICATORS if one.key == key)
    if value is None:
        return "—"
    return f"{value.quantize(_TENTH, ROUND_HALF_UP)}%" if unit == "%" else f"{value:,.0f}"


def _figures(
    session: Session, span: Span, villages: Iterable[str], days: int, today: date
) -> dict[str, Figures]:
    there, active, guided = _poor(session, span), _active(session, span), _guided(session, span)
    parts: dict[str, ByVillage] = {
        "entities": _by(session, select(Entity.village_key, func.count()), Entity.village_key),
        "linked": _linked(session, span),
        "trained": _trained(session, span),
        "document": _documents(session, span),
        "spent": _spent(session, span),
        "published": _published(session, span, days, today),
        "income": _income(session, span),
    }
    return {
        key: {
            "document": _decimal(parts["document"].get(key)),
            "coverage": _share(active.get(key), there.get(key)),
            "entities": _decimal(parts["entities"].get(key, 0)),
            "linked": _decimal(parts["linked"].get(key, 0)),
            "trained": _decimal(parts["trained"].get(key, 0)),
            "guided": _share(guided.get(key), there.get(key)),
            "spent": parts["spent"].get(key),
            "published": parts["published"].get(key),
            "income": parts["income"].get(key),
        }
        for key in villages
    }


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(int(value))


def _share(part: int | None, whole: int | None) -> Decimal | None:
    return Decimal(part or 0) * 100 / whole if whole else None


def _by(session: Session, statement: Any, village: Any) -> dict[str, Any]:
    return dict(session.execute(statement.group_by(village)).all())


def _poor(session: Session, span: Span) -> ByVillage:
    """Poor households by their class in the last year of the span."""
    counted = select(Household.village_key, func.count()).where(poor(session, span.last.year))
    return _by(session, counted, Household.village_key)


def _active(session: Session, span: Span) -> ByVillage:
    """Poor households with an industry in the year (产业覆盖率)."""
    of_years = (Participation.household_key == Household.key) & Participation.year.between(*span.years)
    counted = select(Household.village_key, func.count(distinct(Household.key))).join(Participation, of_years)
    active = counted.where(poor(session, span.last.year), Participation.item_count > 0)
    return _by(session, active, Household.village_key)


def _guided(session: Session, span: Span) -> ByVillage:
    counted = select(Household.village_key, func.count()).where(poor(session, span.last.year), Household.guide != "")
    return _by(session, counted, Household.village_key)


def _linked(session: Session, span: Span) -> ByVillage:
    counted = select(Household.village_key, func.count(distinct(Linkage.household_key))).join(
        Linkage, (Linkage.household_key == Household.key) & Linkage.year.between(*span.years)
    )
    return _by(session, counted, Household.village_key)


def _trained(session: Session, span: Span) -> ByVillage:
    summed = select(Training.village_key, func.sum(Training.attendances)).where(
        Training.held_on.between(span.first, span.last), Training.village_key.is_not(None)
    )
    return _by(session, summed, Training.village_key)


def _documents(session: Session, span: Span) -> ByVillage:
    """100 for a village that issued a document of its own in the year, 0 for one that is known to have none."""
    of_years = VillageYear.year.between(*span.years)
    statement = select(VillageYear.village_key, VillageYear.industry_document).where(of_years)
    found: dict[str, int] = {}
    for key, text in session.execute(statement):
        found[key] = max(found.get(key, 0), 100 if text else 0)
    return found


def _spent(session: Session, span: Span) -> ByVillage:
    """Investment done by the end of the span's last quarter ÷ secured money of the village's projects."""
    money = select(Project.village_key, func.sum(ProjectFund.amount_fen)).join(
        ProjectFund, ProjectFund.project_key == Project.key
    )
    secured = _by(session, money.where(ProjectFund.secured.is_(True)), Project.village_key)
    done = select(Project.village_key, func.sum(ProjectQuarter.invested_fen)).join(
        ProjectQuarter, ProjectQuarter.project_key == Project.key
    )
    year, quarter = span.last.year, str((span.last.month - 1) // 3 + 1)
    over = or_(ProjectQuarter.year < year, and_(ProjectQuarter.year == year, ProjectQuarter.quarter <= quarter))
    spent = _by(session, done.where(over), Project.village_key)
    return {
        key: min(Decimal(int(spent.get(key) or 0)) * 100 / Decimal(int(fen)), Decimal(100))
        for key, fen in secured.items()
        if fen
    }


def _published(session: Session, span: Span, days: int, today: date) -> ByVillage:
    """Notices of a village and of its projects posted in the span that are as they should be.

    They hang as long as notices of projects have to and were not withdrawn, and of one that is over the result is told.
    """
    told = select(Notice.concerns_key).where(Notice.concerns_key.is_not(None))
    columns = (Notice.key, Notice.state, Notice.first_day, Notice.last_day)
    posted = (Notice.posted_on.between(span.first, span.last), Notice.concerns_key.is_(None))
    of_projects = select(Project.village_key, *columns).join(Notice, Notice.object_key == Project.key).where(*posted)
    here = or_(Notice.place == Village.name, Notice.place == Town.name + Village.name)
    of_places = select(Village.key, *columns).join(Town, Town.key == Village.town_key).join(Notice, here).where(*posted)
    concluded = set(session.scalars(told))
    found: dict[str, dict[str, bool]] = {}
    for village, key, state, first, last in [*session.execute(of_projects), *session.execute(of_places)]:
        long = bool(first and last) and (last - first).days + 1 >= days
        over = last is not None and last < today
        kept = state == NoticeState.POSTED.value and long and (key in concluded or not over)
        found.setdefault(village, {})[key] = kept
    return {village: Decimal(sum(kept.values())) * 100 / len(kept) for village, kept in found.items()}


def _income(session: Session, span: Span) -> ByVillage:
    """How much the mean income per head of the households known in both years rose since the year before the span."""
    first, last = span.years
    now, before = HouseholdIncome, HouseholdIncome.__table__.alias("before")
    statement = (
        select(Household.village_key, func.sum(now.per_head_fen), func.sum(before.c.per_head_fen))
        .join(now, (now.household_key == Household.key) & (now.year == last))
        .join(before, (before.c.household_key == Household.key) & (before.c.year == first - 1))
        .group_by(Household.village_key)
    )
    return {
        key: (Decimal(int(new)) - Decimal(int(old))) * 100 / Decimal(int(old))
        for key, new, old in session.execute(statement)
        if new is not None and old
    }
