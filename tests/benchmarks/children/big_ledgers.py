"""Registers of the tab 台账 with 100 000 rows each: shown, searched, filtered, sorted, summed; each timed by itself."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

from fupin_desktop.services import home, registers, villages
from fupin_desktop.services.registers import Filter, Query, registry
from fupin_desktop.services.registers.by_village import by_village
from fupin_desktop.services.villages import VillageForm
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Entity, Household, Insurance, Linkage
from tests.benchmarks.children.big_office import open_office

WINDOW, VILLAGES = 60, 12


def fill(bench: Workbench, count: int) -> None:
    """So many households in some villages, each with a linkage and a policy."""
    keys = [villages.add(bench, VillageForm(f"第{place}村", poor_village=True)).keys[0] for place in range(VILLAGES)]
    day, end = date(bench.year, 1, 1), date(bench.year, 12, 31)
    with bench.write("bench", "填满台账") as unit:
        houses = [
            (keys[place % VILLAGES], f"H{place}", f"户主{place}", f"户主{place}", "out_of_poverty") for place in range(count)
        ]
        names = ("village_key", "code", "head_name", "search_key", "household_class")
        owners = unit.insert_many(Household, houses, names)
        (entity,) = unit.insert_many(Entity, [(keys[0], "合作社", "农民合作社", "吴强")], ("village_key", "name", "kind", "leader"))
        linked = [(owner, entity, bench.year, "务工", f"L{place}", day, end, 100_000) for place, owner in enumerate(owners)]
        columns = ("household_key", "entity_key", "year", "way", "contract_no", "starts_on", "ends_on", "wages_fen")
        unit.insert_many(Linkage, linked, columns)
        policies = [
            (keys[place % VILLAGES], owner, "政策性种植保险", "人保财险", f"P{place}", "水稻", 1_000_000, 30_000, day, end)
            for place, owner in enumerate(owners)
        ]
        columns = (
            "village_key", "household_key", "kind", "company", "policy_no", "subject", "sum_fen", "premium_fen", "from_on",
            "to_on",
        )
        unit.insert_many(Insurance, policies, columns)


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of processor time of a piece of work, so that what else the machine does is not measured."""
    start = process_time()
    work()
    return (process_time() - start) * 1000


def looks(bench: Workbench, name: str, word: str, column: str, value: str) -> dict[str, float]:
    """Milliseconds of what a clerk does with a register."""
    register = registry.of(name)
    plain = Query(register, bench.year)
    queries = {
        "first rows": plain,
        "search": Query(register, bench.year, word),
        "village": Query(register, bench.year, village="第3村"),
        "filter": Query(register, bench.year, filters=(Filter(column, (value,)),)),
        "sorted": Query(register, bench.year, sort=((column, True),)),
    }
    found = {}
    for what, query in queries.items():
        found[what] = timed(lambda query=query: (registers.window(bench, query, 0, WINDOW), registers.count(bench, query)))  # type: ignore[misc]
    found["totals"] = timed(lambda: registers.totals(bench, plain))
    found["by village"] = timed(lambda: by_village(bench, plain))
    return found


def main(count: int) -> None:
    """Print the readings."""
    with tempfile.TemporaryDirectory() as folder:
        bench = open_office(Path(folder) / "office")
        fill(bench, count)
        found = {
            "linkages": looks(bench, "linkages", "L999", "way", "务工"),
            "insurances": looks(bench, "insurances", "P999", "kind", "政策性种植保险"),
        }
        first = timed(lambda: home.overview(bench, bench.today))
        print(json.dumps({"looks": found, "first_page": first}))
        bench.close()


if __name__ == "__main__":
    main(int(sys.argv[1]))
