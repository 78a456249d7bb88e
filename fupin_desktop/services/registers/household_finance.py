"""Whether a household has a loan, is insured and brought along: columns of the register of households.

清远 二13, 二14, 二19.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, exists, or_, select, type_coerce

from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.services.registers.by_year import counting
from fupin_desktop.services.registers.parts import Computed
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Household, Insurance, Linkage, Microcredit, Person, Trainee, Training
from fupin_desktop.storage.fields import Field, Kind


def _has_loan(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    """A microcredit that is not repaid."""
    owed = or_(Microcredit.balance_fen.is_(None), Microcredit.balance_fen > 0)
    return type_coerce(exists().where(and_(Microcredit.household_key == Household.key, owed)), Boolean)


def _insured(bench: Workbench, _year: int) -> ColumnElement[Any]:
    """A policy that runs today."""
    runs = and_(Insurance.from_on <= bench.today, Insurance.to_on >= bench.today)
    return type_coerce(exists().where(and_(Insurance.household_key == Household.key, runs)), Boolean)


def _linked(_bench: Workbench, year: int) -> ColumnElement[Any]:
    """Brought along by an entity in the year (清远 二11)."""
    found = exists().where(and_(Linkage.household_key == Household.key, Linkage.year == year))
    return type_coerce(found, Boolean)


def _edge_unhelped(bench: Workbench, year: int) -> ColumnElement[Any]:
    """A 边缘户 that none of the measures for them reached in the year (清远 二18)."""
    trained = (
        select(Trainee.key)
        .join(Training, Training.key == Trainee.training_key)
        .join(Person, Person.key == Trainee.person_key)
        .where(Person.household_key == Household.key, Training.year == year)
        .correlate(Household)
    )
    reached = {
        "技术指导": Household.guide != "",
        "人员培训": trained.exists(),
        "金融保险": or_(_has_loan(bench, year), _insured(bench, year)),
    }
    named = bench.parameters.value("edge_support", bench.today).value
    helped = or_(*(reached[word] for word in named if word in reached))
    edge = counting(bench, Household.household_class, year) == HouseholdClass.EDGE.value
    return type_coerce(and_(edge, ~helped), Boolean)


EDGE_UNHELPED = Computed(Field("edge_unhelped", "边缘户待帮扶", Kind.FLAG), _edge_unhelped)
HAS_LOAN = Computed(Field("has_loan", "有小额信贷", Kind.FLAG), _has_loan)
INSURED = Computed(Field("insured", "已投保", Kind.FLAG), _insured)
LINKED = Computed(Field("linked", "利益联结", Kind.FLAG), _linked)
