"""What villages should have, as columns of the register of villages: posts, shops, technicians, a group, insurance.

益农信息社 and 电商 (清远 二6, 二7; 吴川 三(二)7), 科技特派员 (清远 二15), 领导小组 (吴川 四), 农业保险 (清远 二14).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, and_, cast, exists, func, or_, select, type_coerce

from fupin_desktop.domain.register_words import ExpertKind, RosterKind
from fupin_desktop.services.registers.parts import Computed
from fupin_desktop.services.values.listed import MARK
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import (
    Expert,
    Facility,
    Household,
    Insurance,
    Participation,
    Roster,
    Shop,
    Village,
)
from fupin_desktop.storage.fields import Field, Kind

_INFORMATION, _SELLING = "益农信息社", "电商站点"
_CLOSED = "关闭"
_WHOLE = 10_000


def _flag(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return type_coerce(condition, Boolean)


def _facility(kind: str) -> ColumnElement[bool]:
    return exists().where(and_(Facility.village_key == Village.key, Facility.kind == kind))


def _information(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    return _flag(_facility(_INFORMATION))


def _selling(bench: Workbench, _year: int) -> ColumnElement[Any]:
    """A shop on the net that is open, or a post for it."""
    open_ = and_(Shop.village_key == Village.key, Shop.state != _CLOSED, Shop.opened_on <= bench.today)
    return _flag(or_(_facility(_SELLING), exists().where(open_)))


def _commissioner(bench: Workbench, _year: int) -> ColumnElement[Any]:
    """A 科技特派员 bound to the village whose term is not over."""
    named = (MARK + Expert.villages + MARK).contains(MARK + Village.name + MARK)
    serves = or_(Expert.until.is_(None), Expert.until >= bench.today)
    return _flag(exists().where(and_(Expert.kind == ExpertKind.SPECIAL.value, named, serves)))


def _group(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    own = and_(Roster.village_key == Village.key, Roster.kind == RosterKind.VILLAGE_GROUP.value)
    return _flag(exists().where(own))


def runs_in(year: int) -> ColumnElement[bool]:
    """A policy runs in a year, be it for a day."""
    return and_(func.strftime("%Y", Insurance.from_on) <= str(year), func.strftime("%Y", Insurance.to_on) >= str(year))


def insured_in(year: int) -> ColumnElement[bool]:
    """A household has a policy that runs in a year."""
    return exists().where(Insurance.household_key == Household.key, runs_in(year))


def with_industry(year: int) -> ColumnElement[bool]:
    """A household plants or breeds in a year."""
    took = Participation
    return exists().where(took.household_key == Household.key, took.year == year, took.item_count > 0)


def _insured(_bench: Workbench, year: int) -> ColumnElement[Any]:
    """The share of the households with an industry that are insured, in ten-thousandths, rounded down."""
    mine = (Household.village_key == Village.key, with_industry(year))
    whole, part = (
        select(func.count()).select_from(Household).where(*mine, *more).correlate(Village).scalar_subquery()
        for more in ((), (insured_in(year),))
    )
    return cast(part * _WHOLE, BigInteger) // cast(func.nullif(whole, 0), BigInteger)


def _lacks_insurance(_bench: Workbench, year: int) -> ColumnElement[Any]:
    """Whether some household with an industry is not insured."""
    mine = (Household.village_key == Village.key, with_industry(year), ~insured_in(year))
    return _flag(exists().where(*mine).correlate(Village))


INFORMATION = Computed(Field("information_post", _INFORMATION, Kind.FLAG, help="按设施台账。"), _information)
SELLING = Computed(Field("selling_post", "电商", Kind.FLAG, help="有营业的网店或电商站点。"), _selling)
COMMISSIONER = Computed(Field("commissioner", "科技特派员", Kind.FLAG, help="有联系本村的。"), _commissioner)
GROUP = Computed(Field("group", "一村一品领导小组", Kind.FLAG, help="按工作组台账。"), _group)
_SHARE = Field("insured_share", "保险覆盖率", Kind.PERCENT, unit="%", summed=False, help="有产业的户里投保的占多少。")
_LACKS = Field("lacks_insurance", "有未投保的户", Kind.FLAG, help="有产业、本年没有农业保险的。")
INSURED, LACKS_INSURANCE = Computed(_SHARE, _insured), Computed(_LACKS, _lacks_insurance)
NEEDS = (INFORMATION, SELLING, COMMISSIONER, GROUP, INSURED, LACKS_INSURANCE)
