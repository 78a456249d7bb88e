"""Whether a household has a loan, is insured and brought along: columns of the register of households.

清远 二13, 二14, 二19.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, exists, or_, type_coerce

from fupin_desktop.services.registers.parts import Computed
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Household, Insurance, Linkage, Microcredit
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


HAS_LOAN = Computed(Field("has_loan", "有小额信贷", Kind.FLAG), _has_loan)
INSURED = Computed(Field("insured", "已投保", Kind.FLAG), _insured)
LINKED = Computed(Field("linked", "利益联结", Kind.FLAG), _linked)
