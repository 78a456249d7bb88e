"""What counts in a year of the attributes of a household that are kept by year (class, members, account)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute, Session

from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import earlier_facts
from fupin_desktop.storage.entities import Household

POOR = tuple(kind.value for kind in HouseholdClass if kind is not HouseholdClass.ORDINARY)
"""Classes of households that industry is to help, 边缘户 among them (清远 二18)."""


def of_year(attribute: InstrumentedAttribute[Any], year: int, *, other: bool) -> Any:
    """The SQL of an attribute's value in a year.

    Args:
        attribute: The attribute.
        year: The year.
        other: Whether anything was kept for the year; where not, the household itself tells it, by its indexes.
    """
    kept = other and attribute.class_ is Household and attribute.key in earlier_facts.NAMES
    return earlier_facts.value(attribute, year) if kept else attribute


def counting(bench: Workbench, attribute: InstrumentedAttribute[Any], year: int) -> Any:
    """Like :func:`of_year`, of the workbench's data file as it is now."""

    def find() -> bool:
        with bench.read() as session:
            return earlier_facts.any_of(session, year)

    return of_year(attribute, year, other=bench.cached(("registers.earlier_facts", year), find))


def seen(session: Session, attribute: InstrumentedAttribute[Any], year: int) -> Any:
    """Like :func:`of_year`, of the data file as a session sees it."""
    return of_year(attribute, year, other=earlier_facts.any_of(session, year))


def poor(session: Session, year: int) -> ColumnElement[bool]:
    """The condition that a household was one of those to be helped in a year."""
    return seen(session, Household.household_class, year).in_(POOR)  # type: ignore[no-any-return]
