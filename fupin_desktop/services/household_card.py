"""Everything about one household in one reading: its record, persons, items and awards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, PERSONS, Row
from fupin_desktop.services.registers.cards import Card, card
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import AwardResult, AwardRun, AwardScheme


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
        publicity: How far its publicity and filing are.
    """

    scheme: str
    name: str
    at: datetime
    computed: Decimal
    award: Decimal
    reason: str
    publicity: str


@dataclass(frozen=True, slots=True)
class HouseholdCard:
    """A household's card with its awards.

    Attributes:
        card: The record with its persons and this year's items.
        awards: Its awards of the year.
    """

    card: Card
    awards: tuple[CardAward, ...]

    @property
    def household(self) -> Row:
        """The household's own row."""
        return self.card.row

    @property
    def persons(self) -> tuple[Row, ...]:
        """Rows of its persons."""
        return self.card.children[PERSONS]

    @property
    def items(self) -> tuple[Row, ...]:
        """Rows of its items of the year."""
        return self.card.children[FARM_ITEMS]


def household_card(bench: Workbench, key: str) -> HouseholdCard | None:
    """What is known of a household in the year at work; None where it is gone."""
    found = card(bench, HOUSEHOLDS, key)
    if found is None:
        return None
    return HouseholdCard(found, household_awards(bench, key))


def household_awards(bench: Workbench, key: str) -> tuple[CardAward, ...]:
    """The awards of a household in the year at work."""
    with bench.read() as session:
        return _awards(session, key, bench)


def _awards(session: Session, household: str, bench: Workbench) -> tuple[CardAward, ...]:
    """The household's award in the latest calculation of each scheme of the year."""
    columns = (AwardRun.scheme_key, AwardScheme.name, AwardRun.at, AwardResult.computed_fen, AwardResult.award_fen)
    statement = (
        select(*columns, AwardResult.reason)
        .join(AwardRun, AwardRun.key == AwardResult.run_key)
        .join(AwardScheme, AwardScheme.key == AwardRun.scheme_key)
        .where(AwardResult.household_key == household, AwardRun.year == bench.year)
        .order_by(AwardRun.at, AwardRun.key)
    )
    latest = {row[0]: row for row in session.execute(statement)}
    return tuple(
        CardAward(scheme, name, at, from_fen(computed), from_fen(award), reason, _publicity(session, bench, scheme))
        for scheme, name, at, computed, award, reason in latest.values()
    )


def _publicity(session: Session, bench: Workbench, scheme: str) -> str:
    """How far its list is posted and filed, as whoever asks is told."""
    return gates.standing(session, Subject(PublicKind.SCHEME, scheme), bench.today).told
