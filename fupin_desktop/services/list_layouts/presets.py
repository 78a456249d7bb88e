"""Layouts of known systems as data: how their lists are recognised, and their headings in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fupin_desktop import paths
from fupin_desktop.domain.strict_toml import Table, load
from fupin_desktop.domain.vocabulary import Word
from fupin_desktop.services.list_layouts import demands
from fupin_desktop.services.list_layouts.demands import NOTHING, Demand
from fupin_desktop.services.sheets.heading import normalise

KINDS = ("households", "persons", "payments", "projects")
"""What a row of a known list stands for: one of the kinds of list of households, or a register by its name."""


class Given(Word):
    """What a column holds that stands in no register but is known all the same."""

    PROVINCE = "province", "省"
    CITY = "city", "市"
    COUNTY = "county", "县"
    YEAR = "year", "年度"
    NUMBER = "number", "序号"
    AGE = "age", "年龄"
    ID_KIND = "id_kind", "证件类型"


class Figure(Word):
    """What a column holds that the office reckons from other registers; money in yuan."""

    WAGES = "wages", "工资性收入"
    BUSINESS = "business", "生产经营性收入"
    PROPERTY = "property", "财产性收入"
    TRANSFERS = "transfers", "转移性收入"
    COSTS = "costs", "生产经营性支出"
    INCOME = "income", "年收入"
    NET = "net", "纯收入"
    PER_HEAD = "per_head", "人均纯收入"
    DIVIDENDS = "dividends", "收益分红"
    HEAD_CODE = "head_code", "户主的人编号"
    BY_LEADING = "by_leading", "龙头企业带动"
    BY_LEADER = "by_leader", "带头人带动"
    MEMBERS = "members", "家庭人口数"
    CLASS = "class", "户类别"
    TOTAL = "total", "估算总投资"
    FISCAL = "fiscal", "财政资金"
    LEVELS = "levels", "资金级次"
    POOR_PERSONS = "poor_persons", "受益贫困人口"
    PERIOD = "period", "建设时间"
    VILLAGES = "villages", "受益村数"
    POOR_VILLAGES = "poor_villages", "其中贫困村"
    STATE = "state", "项目状态"


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A column of a layout.

    Attributes:
        heading: Its heading as the system writes it.
        given: What it holds besides the registers' own columns; None where a register or nobody knows.
        demand: What the system wants of it.
        figure: What other registers tell of the record; it goes before what the record itself, or a list, says. None
            for nothing.
        times: So many yuan are one of the unit of the figure's heading: 10 000 where it is 万元.
    """

    heading: str
    given: Given | None = None
    demand: Demand = NOTHING
    figure: Figure | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Preset:
    """The layout of a known system's list.

    Attributes:
        id: Its name among files.
        name: Its name for people.
        kind: What one row stands for.
        marks: Headings that are all there in its lists, and in no others.
        columns: Its columns in order.
        order: Place among the presets.
    """

    id: str
    name: str
    kind: str
    marks: frozenset[str]
    columns: tuple[LayoutColumn, ...]
    order: int

    def knows(self, headings: Iterable[str]) -> bool:
        """Whether a list with these headings is of this layout."""
        return self.marks <= {normalise(one) for one in headings}


@cache
def presets() -> tuple[Preset, ...]:
    """The layouts that come with the program, in their order.

    Raises:
        BadDefinition: A file breaks a rule of the format.
    """
    found = [_read(path) for path in sorted((paths.resources() / "lists").glob("*.toml"))]
    return tuple(sorted(found, key=lambda one: one.order))


def recognised(headings: Iterable[str]) -> Preset | None:
    """The layout of a list with these headings, that with most marks; None where no known system makes such."""
    texts = tuple(headings)
    return max((one for one in presets() if one.knows(texts)), key=lambda one: len(one.marks), default=None)


def _read(path: Path) -> Preset:
    top = load(path)
    made = Preset(
        id=path.stem,
        name=top.name("name", required=True),
        kind=top.choice("kind", KINDS),
        marks=frozenset(normalise(text) for text in top.texts("marks")),
        columns=tuple(_column(one) for one in top.tables("column")),
        order=top.whole("order", 1000),
    )
    if not made.marks <= {normalise(one.heading) for one in made.columns}:
        top.fail("marks", "每一个都要是 column 里的列名")
    others = {one.demand.with_ for one in made.columns} - {""}
    if not others <= {one.heading for one in made.columns}:
        top.fail("column", "with 要写同一张表里的列名")
    top.done()
    return made


def _column(entry: Table) -> LayoutColumn:
    given = entry.choice("given", [*(one.value for one in Given), ""], "")
    figure = entry.choice("figure", [*(one.value for one in Figure), ""], "")
    made = LayoutColumn(
        entry.name("heading", required=True),
        Given(given) if given else None,
        demands.read(entry),
        Figure(figure) if figure else None,
        10_000 if entry.flag("wan") else 1,
    )
    entry.done()
    return made
