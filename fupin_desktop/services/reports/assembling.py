"""A quarterly table put together: rows in, the filled rows out, with subtotals by village and town (清远 三(三)).

Amounts stay in yuan; the form shows them in 万元, and sums are those of the yuan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Any

from fupin_desktop.domain.money import FEN, round_wan
from fupin_desktop.services.reports.model import Money, PlaceFacts, ProjectFacts, QuarterFacts

Row = dict[str, Any]
NO_PROJECT = "无项目"
VILLAGE, TOWN = 1, 2
"""Levels of subtotals."""
SUMMED = (
    "plan_total", *(one.value for one in Money), "received", "done", "households", "persons", "large", "sales", "net",
    "shared", "collective",
)  # fmt: skip
"""Columns that subtotals and the total sum up."""
_AMOUNTS = frozenset(SUMMED) - {"households", "persons", "large"}
_TOLD = {
    "plan_total": "计划投资", "received": "已到位", "done": "完成投资", "running": "运作情况", "progress": "进度",
    "households": "带动户", "persons": "带动人口", "sales": "销售额", "net": "收益", "insured": "投保",
}  # fmt: skip
"""Columns whose change against the last report is told in words."""
_MOST_TOLD = 3


def table(
    projects: Sequence[ProjectFacts], places: Sequence[PlaceFacts], before: Iterable[Mapping[str, Any]] | None
) -> list[Row]:
    """The rows of a table.

    Args:
        projects: Its projects, in the order of towns and villages.
        places: Every place that must appear, in the same order; one without a project is told so. Those of one town
            without a village's name stand for the whole town.
        before: Rows of the report sent last; None where none was sent, so that nothing is compared.
    """
    known = None if before is None else {row.get("key"): row for row in before if row.get("key")}
    whole_towns = all(not place.village for place in places)
    rows: list[Row] = []
    for town, of_town in groupby(_ordered(projects, places), key=lambda one: (one[0].county, one[0].town)):
        made: list[Row] = []
        for place, of_place in groupby(of_town, key=lambda one: one[0]):
            own = [_row(one, known) if one else _nothing(place) for _, one in of_place]
            made += own
            if len(own) > 1 and not whole_towns:
                made.append(subtotal(f"{place.village}小计", own, VILLAGE))
        rows += made
        rows.append(subtotal(f"{town[1]}小计", plain(made), TOWN))
    for number, row in enumerate(plain(rows), 1):
        row["number"] = number
    return rows


def plain(rows: Iterable[Row]) -> list[Row]:
    """The rows without subtotals."""
    return [row for row in rows if not row["level"]]


def _ordered(
    projects: Sequence[ProjectFacts], places: Sequence[PlaceFacts]
) -> Iterator[tuple[PlaceFacts, ProjectFacts | None]]:
    """Each place with its projects, or with none; places come in their order, towns together."""
    whole_towns = all(not place.village for place in places)
    for place in places:
        of_place = [
            one
            for one in projects
            if (one.place.county, one.place.town) == (place.county, place.town)
            and (whole_towns or one.place.key == place.key)
        ]
        if not of_place:
            yield place, None
        yield from ((place, one) for one in of_place)


def _nothing(place: PlaceFacts) -> Row:
    """The row of a place without projects."""
    return {"level": 0, "key": "", "county": place.county, "town": place.town, "village": place.village,
            "project": NO_PROJECT}  # fmt: skip


def _row(one: ProjectFacts, known: Mapping[Any, Mapping[str, Any]] | None) -> Row:
    quarter = one.quarter or QuarterFacts()
    total = sum(one.money.values(), Decimal(0)) if one.money else None
    households = quarter.households if quarter.households is not None else one.households
    row: Row = {
        "level": 0, "key": one.key, "county": one.place.county, "town": one.place.town, "village": one.place.village,
        "villages": one.villages, "project": one.name, "industry": one.industry, "product": one.product,
        "task": one.task, "quantity": one.quantity, "unit": one.unit, "period": period(one.starts_on, one.ends_on),
        "plan_total": total, **{kind.value: one.money.get(kind) for kind in Money}, "received": quarter.received,
        "done": quarter.done, "done_share": share(quarter.done, total), "operator": one.operator,
        "operator_kind": one.operator_kind, "linkages": one.linkages, "households": households,
        "persons": quarter.persons if quarter.persons is not None else one.persons, "large": one.large,
        "resources": one.resources, "running": quarter.running, "progress": _percent(quarter.progress),
        "channels": quarter.channels or one.channels, "sales": quarter.sales, "net": quarter.net,
        "shared": quarter.shared, "collective": quarter.collective,
        "per_household": per_household(quarter, households), "insured": _yes_no(one.insured),
        "troubles": quarter.troubles, "next_plan": quarter.plan, "note": one.note,
    }  # fmt: skip
    row["compared"] = compared(row, known)
    return {name: value for name, value in row.items() if value not in (None, "")}


def period(starts_on: date | None, ends_on: date | None) -> str:
    """起止年月 in two lines: 2026.03, 2026.12."""
    return "\n".join(f"{day:%Y.%m}" if day else "" for day in (starts_on, ends_on)) if starts_on or ends_on else ""


def share(part: Decimal | None, whole: Decimal | None) -> str:
    """Per cent of a whole, one decimal; nothing where either is missing or nothing."""
    if part is None or not whole:
        return ""
    return f"{(part * 100 / whole).quantize(Decimal('0.1'), ROUND_HALF_UP):f}"


def per_household(quarter: QuarterFacts, households: int | None) -> Decimal | None:
    """户均增收, yuan: what reached households with the wages, by the households brought along."""
    if not households or (quarter.shared is None and quarter.wages is None):
        return None
    came = (quarter.shared or Decimal(0)) + (quarter.wages or Decimal(0))
    return (came / households).quantize(FEN, ROUND_HALF_UP)


def _percent(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "是" if value else "否"


def subtotal(title: str, rows: Sequence[Row], level: int) -> Row:
    """The subtotal of plain rows; a column in which nothing is given has none."""
    made: Row = {"level": level, "key": "", "project": title}
    for name in SUMMED:
        given = [row[name] for row in rows if row.get(name) is not None]
        if given:
            made[name] = sum(given[1:], given[0])
    if told := share(made.get("done"), made.get("plan_total")):
        made["done_share"] = told
    return made


def compared(row: Row, known: Mapping[Any, Mapping[str, Any]] | None) -> str:
    """较上季 in a few words; empty where no report was sent before."""
    if known is None:
        return ""
    old = known.get(row["key"])
    if old is None:
        return "新增"
    told = [f"{label}{_change(name, old.get(name), row[name])}" for name, label in _TOLD.items()
            if not same(old.get(name), row.get(name))]  # fmt: skip
    more = f"等{len(told)}项" if len(told) > _MOST_TOLD else ""
    return "；".join(told[:_MOST_TOLD]) + more if told else "无变化"


def same(old: Any, new: Any) -> bool:
    """Whether a cell shows what it showed; nothing and the empty text are alike, and 0 is something."""
    return (None if old == "" else old) == (None if new == "" else new)


def _change(name: str, old: Any, new: Any) -> str:
    grown = (new or Decimal(0)) - (old or Decimal(0)) if name in _AMOUNTS else None
    if grown:
        return f"{'+' if grown > 0 else ''}{round_wan(grown)}"
    return f"{_shown(old)}→{_shown(new)}"


def _shown(value: Any) -> str:
    return "无" if value in (None, "") else str(value)


def changed_cells(rows: Sequence[Mapping[str, Any]], before: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Paths of the cells that differ from the report sent last: ``rows[3].done``; of a new project its name."""
    known = {row.get("key"): row for row in before if row.get("key")}
    found = set()
    for place, row in enumerate(rows):
        key = row.get("key")
        if not key:
            continue
        old = known.get(key)
        if old is None:
            found.add(f"rows[{place}].project")
            continue
        names = (set(row) | set(old)) - {"compared", "level", "key", "number"}
        found |= {f"rows[{place}].{name}" for name in names if not same(old.get(name), row.get(name))}
    return frozenset(found)
