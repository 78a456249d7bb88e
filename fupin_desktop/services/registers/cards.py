"""Everything about one household in one reading: for the pane beside the register."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import from_fen
from fupin_desktop.services import history
from fupin_desktop.services.history import HistoryLine
from fupin_desktop.services.registers.columns import Register, layout
from fupin_desktop.services.registers.windows import Row, rows
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import AwardResult, AwardRun, AwardScheme, FarmItem, Person


@dataclass(frozen=True, slots=True)
class CardAward:
    """The award of a household in the last stored calculation of a scheme, yuan.

    Attributes:
        scheme: Key of the scheme.
        name: Its name.
        at: Moment of the calculation.
        computed: 应奖补.
        award: 实奖补.
        reason: Why it is nothing or less; empty where there is nothing to say.
    """

    scheme: str
    name: str
    at: datetime
    computed: Decimal
    award: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class HouseholdCard:
    """A household with its persons, this year's items and awards; rows as their registers show them."""

    household: Row
    persons: tuple[Row, ...]
    items: tuple[Row, ...]
    awards: tuple[CardAward, ...]


def household_card(bench: Workbench, key: str) -> HouseholdCard | None:
    """What is known of a household in the year at work; None where it is gone."""
    found = rows(bench, Register.HOUSEHOLDS, bench.year, [key])
    if not found:
        return None
    with bench.read() as session:
        own = Person.household_key == key
        persons = _keys(session, select(Person.key).where(own).order_by(Person.code, Person.key))
        of_year = (FarmItem.household_key == key, FarmItem.year == bench.year)
        items = _keys(session, select(FarmItem.key).where(*of_year).order_by(FarmItem.key))
        awards = _awards(session, key, bench.year)
    return HouseholdCard(
        found[0],
        tuple(rows(bench, Register.PERSONS, bench.year, persons)),
        tuple(rows(bench, Register.FARM_ITEMS, bench.year, items)),
        awards,
    )


def card_history(bench: Workbench, card: HouseholdCard, limit: int = 20) -> list[HistoryLine]:
    """What happened to a household, its items and its persons, the newest first; theirs begin with their names."""
    lines = history.entries(bench, "households", card.household.key, limit)
    for noun, register, name, rows_of in (
        ("farm_items", Register.FARM_ITEMS, "product", card.items),
        ("persons", Register.PERSONS, "name", card.persons),
    ):
        place = list(layout(register)).index(name)
        for row in rows_of:
            found = history.entries(bench, noun, row.key, limit)
            lines += [replace(line, label=f"{row.cells[place]} {line.label}") for line in found]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:limit]


def _keys(session: Session, statement: Any) -> list[str]:
    return list(session.scalars(statement))


def _awards(session: Session, household: str, year: int) -> tuple[CardAward, ...]:
    """The household's award in the latest calculation of each scheme of the year."""
    columns = (AwardRun.scheme_key, AwardScheme.name, AwardRun.at, AwardResult.computed_fen, AwardResult.award_fen)
    statement = (
        select(*columns, AwardResult.reason)
        .join(AwardRun, AwardRun.key == AwardResult.run_key)
        .join(AwardScheme, AwardScheme.key == AwardRun.scheme_key)
        .where(AwardResult.household_key == household, AwardRun.year == year)
        .order_by(AwardRun.at, AwardRun.key)
    )
    latest = {row[0]: row for row in session.execute(statement)}
    return tuple(
        CardAward(scheme, name, at, from_fen(computed), from_fen(award), reason)
        for scheme, name, at, computed, award, reason in latest.values()
    )
