"""The sums over a household's items, and that they are right after any change of items."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from fupin_desktop.storage import summaries
from fupin_desktop.storage.entities import FarmItem, Participation
from fupin_desktop.storage.store import Store
from fupin_desktop.storage.summaries import ItemFacts, Summary, summarise
from tests.storage.office_file import add_household, add_village, writing


def item(product: str = "水稻", unit: str = "亩", *, declared: int | None = None, accepted: int | None = None,
         planned: int | None = None, area: int | None = None, cost: int | None = None) -> ItemFacts:
    return ItemFacts(product, unit, declared, accepted, planned, area, cost)


@pytest.mark.parametrize(
    ("facts", "area"),
    [
        (item(declared=3500, accepted=3200, planned=4000), 3200),
        (item(declared=3500), 3500),
        (item(), None),
        (item(accepted=3200, area=3000), 3000),
        (item("三黄鸡", "羽", accepted=500_000), None),
        (item("三黄鸡", "羽", accepted=500_000, area=200), 200),
    ],
)
def test_area_is_the_item_s_own_or_its_counted_quantity_in_mu(facts: ItemFacts, area: int | None) -> None:
    assert summaries.item_area(facts) == area


def test_sums_over_items() -> None:
    items = [item(accepted=3200, cost=100), item("番薯", accepted=800), item("水稻", accepted=1, cost=50)]
    assert summarise(items) == Summary(4001, 150, "水稻、番薯", 3)
    assert summarise(items, 12_000) == Summary(12_000, 150, "水稻、番薯", 3)
    assert summarise([]) == Summary(None, None, "", 0)
    assert summarise([item("三黄鸡", "羽", accepted=1)]) == Summary(None, None, "三黄鸡", 1)


def test_refresh_makes_and_updates_the_year_and_leaves_other_years_alone(store: Store) -> None:
    household = add_household(store, add_village(store), "张三")
    with writing(store) as unit:
        unit.session.add(FarmItem(household_key=household, year=2026, product="水稻", unit="亩", accepted_milli=3200))
        unit.session.add(FarmItem(household_key=household, year=2025, product="莲藕", unit="亩", accepted_milli=1000))
        summaries.refresh(unit, [household], 2026)
        unit.session.add(FarmItem(household_key=household, year=2026, product="番薯", area_milli=500, cost_fen=70))
        summaries.refresh(unit, [household, household], 2026)
    with store.session() as session:
        (year,) = session.scalars(select(Participation)).all()
    assert (year.year, year.area_total_milli, year.cost_total_fen) == (2026, 3700, 70)
    assert (year.products_text, year.item_count) == ("水稻、番薯", 2)
