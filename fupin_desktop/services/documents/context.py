"""Where an application's bound values come from: its place, its year, the registers; each read once and when asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.area import to_milli
from fupin_desktop.policy.parameters import Parameters
from fupin_desktop.services.documents.register_facts import PlaceFacts, read_place
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import earlier_facts
from fupin_desktop.storage.earlier_facts import Facts
from fupin_desktop.storage.entities import (
    Application,
    ApplicationValue,
    FarmItem,
    Household,
    Office,
    Participation,
    Town,
    Village,
)

Found = TypeVar("Found")
LARGE = "large_household_area"
INDUSTRY = "industry"
VILLAGE_FORM = "village_application"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom an application is for.

    Attributes:
        form_id: Its form.
        year: 年度.
        place_key: Village, town or household; empty for a project.
        place: Its name.
        begun_on: Day it was begun.
        reasons: Reasons given for rules in principle: clause, sentence, reason.
        key: Key of the document; empty where it has none yet.
    """

    form_id: str
    year: int
    place_key: str
    place: str
    begun_on: date | None
    reasons: tuple[tuple[str, str, str], ...] = ()
    key: str = ""


class Context:
    """The office's data as one application sees it, within one session.

    Attributes:
        session: The session, reading or writing.
        subject: Whom the application is for.
        parameters: Policy parameters.
        today: The day by the workbench's clock.
    """

    def __init__(self, bench: Workbench, session: Session, subject: Subject) -> None:
        self.session = session
        self.subject = subject
        self.parameters: Parameters = bench.parameters
        self.today = bench.today
        self._once: dict[str, Any] = {}

    def once(self, name: str, find: Callable[[], Found]) -> Found:
        """What a type of document finds for itself, read once; its bindings and its checks ask for the same."""
        if name not in self._once:
            self._once[name] = find()
        found: Found = self._once[name]
        return found

    @cached_property
    def typed(self) -> dict[str, Any]:
        """What is typed into the document."""
        if not self.subject.key:
            return {}
        statement = select(ApplicationValue.field, ApplicationValue.value)
        return dict(self.session.execute(statement.where(ApplicationValue.application_key == self.subject.key)).all())

    @cached_property
    def office(self) -> Office:
        """The office; empty before it is set up."""
        return self.session.scalars(select(Office)).first() or Office(name="", clerk="", objection_town="")

    @cached_property
    def governing_paper(self) -> str:
        """The policy paper of the office's county, in 《》; empty where the program has none for it."""
        found = self.parameters.governing(*self._county)
        return f"《{found.title}》" if found is not None else ""

    @cached_property
    def foreign(self) -> frozenset[str]:
        """Short names of the policy papers of other counties, by which the office does not have to go."""
        return self.parameters.foreign(*self._county)

    @cached_property
    def _county(self) -> tuple[str, str]:
        """Name and code of the office's county; empty before it is set up."""
        town = self.session.get(Town, self.office.town_key) if self.office.town_key else None
        return (town.county, town.county_code) if town is not None else ("", "")

    @cached_property
    def household(self) -> Household | None:
        """The household of a household's application."""
        return self.session.get(Household, self.subject.place_key)

    @cached_property
    def household_facts(self) -> Household | Facts | None:
        """What counts in the year of the household's class, members and account."""
        if self.household is None:
            return None
        kept = earlier_facts.of_year(self.session, self.subject.year, [self.household.key])
        return kept.get(self.household.key, self.household)

    @cached_property
    def village(self) -> Village | None:
        """The village, or the household's."""
        found = self.session.get(Village, self.subject.place_key)
        return found or (self.session.get(Village, self.household.village_key) if self.household else None)

    @cached_property
    def town(self) -> Town | None:
        """The town, or the one the village belongs to, or the office's."""
        found = self.session.get(Town, self.subject.place_key)
        if found is not None:
            return found
        key = self.village.town_key if self.village else self.office.town_key
        return self.session.get(Town, key) if key else None

    @cached_property
    def of_town(self) -> bool:
        """Whether the document is the town's, not a village's or a household's."""
        return self.session.get(Town, self.subject.place_key) is not None

    @cached_property
    def villages(self) -> list[Village]:
        """The village alone; for a town all of its villages."""
        if self.village is not None:
            return [self.village]
        if self.town is None:
            return []
        order = (Village.position, Village.code, Village.name)
        return list(self.session.scalars(select(Village).where(Village.town_key == self.town.key).order_by(*order)))

    @cached_property
    def large_from(self) -> Decimal:
        """大户起点, 亩, in force on the last day of the year (吴川 三(二)4)."""
        return Decimal(str(self.parameters.value(LARGE, date(self.subject.year, 12, 31)).value))

    @cached_property
    def facts(self) -> PlaceFacts:
        """The households of the villages."""
        keys = [village.key for village in self.villages]
        return read_place(self.session, keys, self.subject.year, to_milli(self.large_from))

    @cached_property
    def participation(self) -> Participation | None:
        """The household's year."""
        where = (Participation.household_key == self.subject.place_key, Participation.year == self.subject.year)
        return self.session.scalars(select(Participation).where(*where)).first()

    @cached_property
    def items(self) -> list[FarmItem]:
        """The household's items of the year."""
        where = (FarmItem.household_key == self.subject.place_key, FarmItem.year == self.subject.year)
        return list(self.session.scalars(select(FarmItem).where(*where).order_by(FarmItem.key)))

    @cached_property
    def industries(self) -> dict[str, str]:
        """一村一品 by village: from its application of the year, else its main product."""
        found = {village.key: village.main_product for village in self.villages}
        statement = (
            select(Application.place_key, ApplicationValue.value)
            .join(ApplicationValue, ApplicationValue.application_key == Application.key)
            .where(Application.form_id == VILLAGE_FORM, Application.year == self.subject.year)
            .where(ApplicationValue.field == INDUSTRY)
            .order_by(Application.version, Application.key)
        )
        found |= {key: value for key, value in self.session.execute(statement) if key in found and value}
        return found
