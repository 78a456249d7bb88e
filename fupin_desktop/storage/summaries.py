"""The sums over a household's items of a year, kept on its participation so that registers need not add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import FarmItem, Participation
from fupin_desktop.storage.unit import Unit, table_of

AREA_UNIT = "亩"
COLUMNS = ("area_total_milli", "cost_total_fen", "products_text", "item_count")


class ItemFacts(NamedTuple):
    """What the sums need of one item, in stored units."""

    product: str
    unit: str
    declared_milli: int | None
    accepted_milli: int | None
    planned_milli: int | None
    area_milli: int | None
    cost_fen: int | None


class Summary(NamedTuple):
    """The sums, in stored units; the attributes are columns of Participation."""

    area_total_milli: int | None
    cost_total_fen: int | None
    products_text: str
    item_count: int


def item_area(item: ItemFacts) -> int | None:
    """Area of an item: its own, else its counted quantity where that is counted in 亩, as the calculation takes it."""
    if item.area_milli is not None or item.unit != AREA_UNIT:
        return item.area_milli
    given = [value for value in (item.declared_milli, item.accepted_milli, item.planned_milli) if value is not None]
    return min(given, default=None)


def summarise(items: Sequence[ItemFacts], whole_area_milli: int | None = None) -> Summary:
    """The sums over a household's items; ``whole_area_milli`` is the registered 全户种养面积, which goes first."""
    areas = [area for item in items if (area := item_area(item)) is not None]
    costs = [item.cost_fen for item in items if item.cost_fen is not None]
    total = whole_area_milli if whole_area_milli is not None else (sum(areas) if areas else None)
    products = "、".join(dict.fromkeys(item.product for item in items if item.product))
    return Summary(total, sum(costs) if costs else None, products, len(items))


def refresh(unit: Unit, household_keys: Iterable[str], year: int) -> None:
    """Bring the sums of these households up to date, in the write that changed their items.

    A household without a participation of the year gets an empty one.
    """
    unit.session.flush()
    keys = list(dict.fromkeys(household_keys))
    items, years = _items(unit, keys, year), _years(unit, keys, year)
    unit.update_many(
        Participation,
        [(years[key][0], *summarise(items[key], years[key][1])) for key in keys if key in years],
        COLUMNS,
    )
    missing = [key for key in keys if key not in years]
    unit.insert_many(
        Participation,
        [(key, year, *summarise(items[key])) for key in missing],
        ("household_key", "year", *COLUMNS),
    )


def _items(unit: Unit, keys: Sequence[str], year: int) -> dict[str, list[ItemFacts]]:
    table = table_of(FarmItem)
    columns = [table.c[name] for name in ItemFacts._fields]
    found: dict[str, list[ItemFacts]] = defaultdict(list)
    for part in chunks(keys):
        statement = select(table.c.household_key, *columns).where(table.c.household_key.in_(part), table.c.year == year)
        for row in unit.connection.execute(statement.order_by(table.c.key)):
            found[row[0]].append(ItemFacts(*row[1:]))
    return found


def _years(unit: Unit, keys: Sequence[str], year: int) -> dict[str, tuple[str, int | None]]:
    """Key and registered area of each household's participation."""
    table = table_of(Participation)
    found: dict[str, tuple[Any, Any]] = {}
    for part in chunks(keys):
        statement = select(table.c.household_key, table.c.key, table.c.area_milli)
        for row in unit.connection.execute(statement.where(table.c.household_key.in_(part), table.c.year == year)):
            found[row[0]] = (row[1], row[2])
    return found
