"""The targets that the two documents set (清远 一(二), 吴川 二, 三): what is counted, and which parameters limit it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from fupin_desktop.domain.vocabulary import Word
from fupin_desktop.policy.parameters import Parameters


class Level(Word):
    """Whose target it is."""

    COUNTY = "county", "县"
    TOWN = "town", "镇"
    VILLAGE = "village", "村"
    PERSON = "person", "户"


class Standing(Word):
    """How a figure stands against its target."""

    REACHED = "reached", "达到"
    SHORT = "short", "有缺口"
    NONE = "none", "还没有"
    ABOVE = "above", "超过上限"
    OPEN = "open", "没有对象"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A target.

    Attributes:
        key: Stable name.
        level: Whose.
        title: Chinese name, told in the board and in 目标数据.
        clause: Where it stands.
        low: Parameter with the least number, or the number itself; empty where it follows from what is there.
        high: Parameter with the greatest number; empty for none.
        unit: What is counted.
    """

    key: str
    level: Level
    title: str
    clause: str
    low: str | int = ""
    high: str = ""
    unit: str = "个"


INDICATORS = (
    Indicator(
        *("industries", Level.COUNTY, "扶贫主导产业", "清远 一(二)", "county_industries_min", "county_industries_max")
    ),
    Indicator(
        *("focus_demonstrations", Level.COUNTY, "重点村产业扶贫示范村", "清远 一(二)"),
        *("demonstration_villages_min", "demonstration_villages_max"),
    ),
    Indicator(
        *("scattered_demonstrations", Level.COUNTY, "分散村产业扶贫示范村", "清远 一(二)"),
        *("demonstration_villages_min", "demonstration_villages_max"),
    ),
    Indicator("demonstration_towns", Level.COUNTY, "第二批一镇一业示范镇", "吴川 三(一)2", "second_batch_towns_min",
              "second_batch_towns_max"),
    Indicator("cases", Level.COUNTY, "产业扶贫典型范例", "吴川 二(一)", 1),
    Indicator("product_villages", Level.TOWN, "一村一品产业扶贫村", "吴川 二(二)", 1),
    Indicator("leaders", Level.VILLAGE, "致富带头人达标的贫困村", "清远 一(二)"),
    Indicator("bases", Level.VILLAGE, "有产业基地的有条件村", "清远 一(二)"),
    Indicator("shops", Level.VILLAGE, "开通电商平台的贫困村", "吴川 三(二)7"),
    Indicator("skills", Level.PERSON, "掌握实用技术的贫困劳动力", "清远 一(二)", unit="人"),
)  # fmt: skip


def titles() -> tuple[str, ...]:
    """The names of all indicators."""
    return tuple(one.title for one in INDICATORS)


class Aim(NamedTuple):
    """What is to be reached: from, to (None for no upper end), by when."""

    low: int
    high: int | None
    due: date | None


def aim_of(indicator: Indicator, parameters: Parameters, today: date, there: int | None) -> Aim:
    """The target of an indicator.

    Args:
        indicator: The indicator.
        parameters: The policy parameters.
        today: The day whose values hold.
        there: How many there are that have to reach it; None where the documents give the number.
    """
    named = indicator.low
    low = there or 0 if named == "" else named if isinstance(named, int) else int(parameters.value(named, today).value)
    high = int(parameters.value(indicator.high, today).value) if indicator.high else None
    own = "county_target_year_end" if indicator.clause.startswith("清远") else "target_year_end"
    return Aim(low, high, date(int(parameters.value(own, today).value), 12, 31))


def standing(actual: int | None, aim: Aim) -> Standing:
    """How a figure stands; nothing to be reached is no gap."""
    if aim.low == 0:
        return Standing.OPEN
    if not actual:
        return Standing.NONE
    if actual < aim.low:
        return Standing.SHORT
    return Standing.ABOVE if aim.high is not None and actual > aim.high else Standing.REACHED
