"""Windows of large registers: the same rows as the whole order, read off indexes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.domain.vocabulary import Participation as Taking
from fupin_desktop.services import registers
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, PERSONS, Filter, Query, windows
from fupin_desktop.services.registers.query import Builder
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import FarmItem, Household, Participation, Person, Village
from fupin_desktop.storage.search_keys import search_key, sort_key
from tests.services.register_office import Clock, add_household, make_office
from tests.statements import counted

H, F, P = HOUSEHOLDS, FARM_ITEMS, PERSONS
COUNT = 180
HOUSEHOLD = (
    "village_key", "code", "head_name", "head_id_number", "household_class", "members", "phone", "search_key", "head_sort",
)  # fmt: skip
YEAR = ("household_key", "year", "kind", "area_total_milli", "cost_total_fen")


def fill(bench: Workbench, *, every: bool) -> None:
    """Households of all kinds; with ``every`` each has its participation of the year."""
    dice = random.Random(7)
    with bench.write("tests.fill", "填入") as unit:
        villages = [(village.key, village.name) for village in unit.session.query(Village)]
        rows = [_household(dice, villages, place) for place in range(COUNT)]
        keys = unit.insert_many(Household, rows, HOUSEHOLD)
        taking = [(key, 2026, *_year(dice)) for key in keys if every or dice.random() < 0.6]
        unit.insert_many(Participation, taking, YEAR)
        items = [(key, 2026, dice.choice(["水稻", "莲藕", "三黄鸡"])) for key in keys if dice.random() < 0.8]
        unit.insert_many(FarmItem, items, ("household_key", "year", "product"))
        persons = [(key, "小明", search_key("小明", "", "", ""), sort_key("小明")) for key in keys[::3]]
        unit.insert_many(Person, persons, ("household_key", "name", "search_key", "name_sort"))


def _household(dice: random.Random, villages: list[tuple[str, str]], place: int) -> tuple[Any, ...]:
    name = dice.choice("张李单仇") + dice.choice("小大") + dice.choice("明英红")
    village, village_name = dice.choice(villages)
    code, number = f"{place % 50:04}", f"44088319680214{place:04}"
    household_class = dice.choice([None, *(word.value for word in HouseholdClass)])
    words = search_key(name, number, village_name, code), sort_key(name)
    return (village, code, name, number, household_class, dice.choice([None, 1, 2, 3]), dice.choice(["", "1"]), *words)


def _year(dice: random.Random) -> tuple[Any, ...]:
    kind = dice.choice([None, *(word.value for word in Taking)])
    return kind, dice.choice([None, 0, 9999, 10_000, 12_000]), dice.choice([None, 100, 200])


@pytest.fixture(params=[True, False], ids=["every year", "some years"])
def bench(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Workbench]:
    made = make_office(tmp_path / "数据", Clock())
    fill(made, every=request.param)
    yield made
    made.close()


QUERIES = [
    Query(register, 2026, text, village, filters, sort)
    for register, sorts in (
        (H, ("code", "head_name", "village", "household_class", "members", "kind", "area_total", "cost_total", "size", "phone")),
        (F, ("product", "head_name", "village")),
        (P, ("name", "head_name")),
    )
    for sort in ((), *((((name, down),)) for name in sorts for down in (False, True)), ((sorts[-1], True), (sorts[1], False)))
    for text, village, filters in (
        ("", None, ()),
        ("x", None, ()),
        ("zx 低", None, ()),
        ("", "低岭村", ()),
        ("", None, (Filter("household_class", values=("贫困户", "")), Filter("head_name", contains="明"))),
    )
    if register is H or not filters
]


def test_windows_of_a_large_register_are_parts_of_the_whole_order(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    for query in QUERIES:
        whole = registers.all_keys(bench, query)
        assert len(set(whole)) == len(whole) == registers.count(bench, query)
        with monkeypatch.context() as patched:
            patched.setattr(windows, "SMALL", 3)
            bench._cache.clear()
            assert registers.count(bench, query) == len(whole), query
            step = max(1, len(whole) // 3)
            parts = [windows.window_keys(bench, query, start, step) for start in range(0, len(whole) + 1, step)]
            assert [key for part in parts for key in part] == list(whole), query
            for place in {0, len(whole) // 2, len(whole) - 1} & set(range(len(whole))):
                assert registers.position(bench, query, whole[place]) == place, query
            assert registers.position(bench, query, "0" * 32) is None
        bench._cache.clear()


def test_positions_are_found_where_values_are_missing(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "SMALL", 3)
    for name in ("members", "area_total", "kind"):
        for down in (False, True):
            query = Query(H, 2026, sort=((name, down),))
            whole = registers.all_keys(bench, query)
            assert [registers.position(bench, query, key) for key in whole[::17]] == list(range(0, COUNT, 17))


@pytest.mark.parametrize("few", [3, 5000])
def test_a_search_looks_through_the_words_of_all_rows_once(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(windows, "SMALL", few)
    query = Query(H, 2026, text="x")
    with counted(bench) as sent:
        number = registers.count(bench, query)
        keys = windows.window_keys(bench, query, 0, 40)
    assert len(keys) == min(40, number)
    assert len([one for one in sent if "search_key" in one and "LIMIT" not in one]) == 1
    assert len([one for one in sent if "search_key" in one]) == (2 if number > few else 1)


def test_registers_are_counted_without_their_keys(bench: Workbench) -> None:
    with counted(bench) as sent:
        found = registers.counts(bench, [H, F, P])
    assert found == {one: registers.count(bench, Query(one, 2026)) for one in (H, F, P)}
    assert [one.split()[:4] for one in sent if "SELECT" in one] == [["SELECT", "count(*)", "AS", "count_1"]] * 3


def test_a_write_is_seen_by_the_next_window(bench: Workbench) -> None:
    query = Query(H, 2026, text="wrf")
    assert registers.count(bench, query) == 0
    add_household(bench, "吴日富")
    assert registers.count(bench, query) == 1
    assert [row.key for row in registers.window(bench, query, 0, 5)] == list(registers.all_keys(bench, query))


def test_rows_keep_the_order_asked_for_and_leave_out_what_is_gone(bench: Workbench) -> None:
    keys = registers.all_keys(bench, Query(H, 2026))
    asked = [keys[5], "0" * 32, keys[2]]
    assert [row.key for row in registers.rows(bench, H, 2026, asked)] == [keys[5], keys[2]]
    assert registers.rows(bench, H, 2026, []) == []


class TestPlans:
    """What SQLite does for a large register; told by its plans, not by the clock."""

    @pytest.fixture
    def bench(self, tmp_path: Path) -> Iterator[Workbench]:
        made = make_office(tmp_path / "数据", Clock())
        fill(made, every=True)
        yield made
        made.close()

    def plan(self, bench: Workbench, statement: Any) -> str:
        with bench.read() as session:
            compiled = statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
            rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").all()
        return "; ".join(row[3] for row in rows)

    def window_plan(self, bench: Workbench, monkeypatch: pytest.MonkeyPatch, query: Query) -> str:
        monkeypatch.setattr(windows, "SMALL", 3)
        return self.plan(bench, windows._statement(bench, query).limit(60).offset(90))

    @pytest.mark.parametrize(
        ("column", "index"),
        [
            ("", "sqlite_autoindex_households_1"),
            ("code", "ix_households_code"),
            ("head_name", "ix_households_head"),
            ("head_id_number", "ix_households_id_number"),
            ("household_class", "ix_households_class"),
            ("members", "ix_households_members"),
            ("kind", "ix_participations_kind"),
            ("area_total", "ix_participations_area"),
            ("size", "ix_participations_area"),
            ("cost_total", "ix_participations_cost"),
        ],
    )
    @pytest.mark.parametrize("down", [False, True])
    def test_the_usual_orders_are_read_off_an_index(
        self, bench: Workbench, monkeypatch: pytest.MonkeyPatch, column: str, index: str, down: bool
    ) -> None:
        plan = self.window_plan(bench, monkeypatch, Query(H, 2026, sort=((column, down),) if column else ()))
        assert f"USING COVERING INDEX {index}" in plan
        assert "TEMP B-TREE" not in plan

    @pytest.mark.parametrize("text", ["sxm", "低岭 z", "1232"])
    def test_a_search_reads_the_narrow_index_only(self, bench: Workbench, text: str) -> None:
        builder = Builder(bench, Query(H, 2026, text=text))
        plan = self.plan(bench, builder.count())
        assert plan == "SCAN households USING COVERING INDEX ix_households_search"

    def test_items_are_found_through_their_households(self, bench: Workbench) -> None:
        plan = self.plan(bench, Builder(bench, Query(F, 2026, text="sxm")).count())
        assert "ix_households_search" in plan
        assert "SCAN farm_items" not in plan
