"""The targets board (目标任务板): what was to be reached, what is, what is missing, and the rows behind each number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, distinct, exists, func, or_, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import ApplicationState, BaseKind
from fupin_desktop.policy.targets import INDICATORS, Aim, Indicator, Standing, aim_of, standing
from fupin_desktop.services import offices
from fupin_desktop.services.overview import Target
from fupin_desktop.services.registers.by_year import poor
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import (
    Application,
    ExampleCase,
    Facility,
    FarmItem,
    Household,
    Leader,
    Person,
    Shop,
    Skill,
    TargetFigure,
    Village,
)

_BASES = ("良种基地", "产业园", "扶贫车间", "光伏电站")
_GONE = "退出"
_CLOSED = "关闭"


class Line(NamedTuple):
    """A line of the board.

    Attributes:
        indicator: What is counted.
        aim: What is to be reached.
        actual: How many there are; None where nothing counts it.
        standing: How that stands.
        note: How it was counted, or the office's own remark.
        target: The rows behind the number.
    """

    indicator: Indicator
    aim: Aim
    actual: int | None
    standing: Standing
    note: str
    target: Target

    @property
    def gap(self) -> int:
        """How many are missing."""
        return max(self.aim.low - (self.actual or 0), 0)

    @property
    def aimed(self) -> str:
        """The target in words: 2–3 个."""
        if self.aim.low == 0:
            return "—"
        high = f"–{self.aim.high}" if self.aim.high is not None and self.aim.high > self.aim.low else ""
        return f"{self.aim.low}{high} {self.indicator.unit}"


class _Counted(NamedTuple):
    """A figure: how many there are, and of how many; the latter None where the documents give the number."""

    actual: int | None
    there: int | None
    note: str
    target: Target


def board(bench: Workbench) -> list[Line]:
    """Every target with what is there on the day of the workbench's clock.

    Those of another county's document are told where the office has set itself figures for them in 目标数据.
    """
    with bench.read() as session:
        own = {
            one.indicator: one
            for one in session.scalars(select(TargetFigure).where(TargetFigure.year == bench.year))
        }
        told = [one for one in INDICATORS if one.title in own or offices.concerns(bench, one.clause)]
        return [_line(bench, session, one, own.get(one.title)) for one in told]


def _line(bench: Workbench, session: Session, indicator: Indicator, own: TargetFigure | None) -> Line:
    counted = _COUNTS[indicator.key](bench, session)
    aim = aim_of(indicator, bench.parameters, bench.today, counted.there)
    actual, note, target = counted.actual, counted.note, counted.target
    if own is not None:
        low = own.low if own.low is not None else aim.low
        aim = Aim(low, own.high if own.high is not None else aim.high, own.due_on or aim.due)
        if own.actual is not None:
            actual, target = own.actual, Target("ledgers", "", own.key, "target_figures")
        note = own.note or note
    return Line(indicator, aim, actual, standing(actual, aim), note, target)


def _number(session: Session, statement: Any) -> int:
    return int(session.scalar(statement) or 0)


def _rows(register: str, name: str = "") -> Target:
    return Target("ledgers", name, register=register)


def _industries(bench: Workbench, session: Session) -> _Counted:
    products = set(session.scalars(select(Village.main_product).where(Village.main_product != "")))
    note = "村资料里的主导产业，相同的算一个"
    if offices.policy_of(bench) != "吴川":
        named = bench.parameters.value("county_main_products", bench.today).value
        note = f"{note}；市定主导产业（{'、'.join(named)}）有 {len(products & set(named))} 个"
    return _Counted(len(products), None, note, _rows("village_facts"))


def _demonstrations(focus: bool) -> Callable[[Workbench, Session], _Counted]:
    def count(bench: Workbench, session: Session) -> _Counted:
        kind = Village.focus_village.is_(True) if focus else or_(
            Village.focus_village.is_(None), Village.focus_village.is_(False)
        )
        statement = select(func.count()).select_from(Village).where(Village.demonstration.is_(True), kind)
        target = _rows("village_facts", "focus_demonstrations" if focus else "scattered_demonstrations")
        kinds = bench.parameters.value("demonstration_village_kinds", bench.today).value
        word = kinds[0] if focus else kinds[-1]
        return _Counted(_number(session, statement), None, f"村资料里“产业扶贫示范村”为是的{word}", target)

    return count


def _towns(_bench: Workbench, _session: Session) -> _Counted:
    return _Counted(None, None, "由市里确定，在“目标数据”里填写", _rows("target_figures"))


def _cases(_bench: Workbench, session: Session) -> _Counted:
    number = _number(session, select(func.count()).select_from(ExampleCase))
    return _Counted(number, None, "典型范例台账", _rows("example_cases"))


def _product_villages(bench: Workbench, session: Session) -> _Counted:
    approved = (
        Application.form_id == "village_application",
        Application.year == bench.year,
        Application.state == ApplicationState.APPROVED.value,
    )
    statement = select(func.count(distinct(Application.place_key))).where(*approved)
    return _Counted(_number(session, statement), None, "本年已批准“一村一品”申报表的村", Target("applications"))


def _poor_villages(session: Session) -> int:
    return _number(session, select(func.count()).select_from(Village).where(Village.poor_village.is_(True)))


def _leaders(bench: Workbench, session: Session) -> _Counted:
    least = int(bench.parameters.value("leader_per_village_min", bench.today).value)
    most = int(bench.parameters.value("leader_per_village_max", bench.today).value)
    enough = (
        select(Leader.village_key)
        .where(Leader.state != _GONE)
        .group_by(Leader.village_key)
        .having(func.count() >= least)
    )
    statement = select(func.count()).select_from(Village).where(Village.poor_village.is_(True), Village.key.in_(enough))
    note = f"每个贫困村 {least}–{most} 名，达到 {least} 名的算达标"
    return _Counted(_number(session, statement), _poor_villages(session), note, _rows("leaders"))


def _bases(bench: Workbench, session: Session) -> _Counted:
    built = exists().where(Facility.village_key == Village.key, Facility.kind.in_(_BASES))
    farmed = exists().where(
        and_(Household.village_key == Village.key, FarmItem.household_key == Household.key),
        and_(FarmItem.year == bench.year, FarmItem.base_kind == BaseKind.COOPERATIVE.value),
    )
    able = Village.base_possible.is_(True)
    there = _number(session, select(func.count()).select_from(Village).where(able))
    statement = select(func.count()).select_from(Village).where(able, or_(built, farmed))
    note = "村资料里“有条件建基地”的村；有基地设施或合作社基地种养的算有"
    return _Counted(_number(session, statement), there, note, _rows("facilities"))


def _shops(bench: Workbench, session: Session) -> _Counted:
    open_ = exists().where(Shop.village_key == Village.key, Shop.state != _CLOSED, Shop.opened_on <= bench.today)
    statement = select(func.count()).select_from(Village).where(Village.poor_village.is_(True), open_)
    whole = int(bench.parameters.value("ecommerce_villages", bench.today).value)
    there, note = _poor_villages(session), f"全市 {whole} 条省定贫困村，这里数本单位登记的"
    return _Counted(_number(session, statement), min(there, whole), note, _rows("shops"))


def _skills(bench: Workbench, session: Session) -> _Counted:
    least = int(bench.parameters.value("techniques_per_worker_min", bench.today).value)
    most = int(bench.parameters.value("techniques_per_worker_max", bench.today).value)
    able = select(Person.key).join(Household, Household.key == Person.household_key)
    able = able.where(poor(session, bench.year), Person.willing.is_(True))
    there = _number(session, select(func.count()).select_from(able.subquery()))
    skilled = select(Skill.person_key).where(Skill.person_key.in_(able))
    skilled = skilled.group_by(Skill.person_key).having(func.count() >= least)
    number = _number(session, select(func.count()).select_from(skilled.subquery()))
    note = f"家庭成员里“劳动意愿”为是的贫困人口，每人 {least}–{most} 项"
    return _Counted(number, there, note, _rows("skills"))


_COUNTS: dict[str, Callable[[Workbench, Session], _Counted]] = {
    "industries": _industries,
    "focus_demonstrations": _demonstrations(True),
    "scattered_demonstrations": _demonstrations(False),
    "demonstration_towns": _towns,
    "cases": _cases,
    "product_villages": _product_villages,
    "leaders": _leaders,
    "bases": _bases,
    "shops": _shops,
    "skills": _skills,
}


def due_in_words(due: date | None) -> str:
    """The term as the board shows it."""
    return f"{due:%Y-%m-%d}" if due else ""
