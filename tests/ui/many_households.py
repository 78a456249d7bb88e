"""Registers of any length for the window's tests, written at once."""

from __future__ import annotations

from fupin_desktop.services import villages
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Household, Participation
from fupin_desktop.storage.search_keys import search_key, sort_key

VILLAGE = "低岭村"


def fill(bench: Workbench, households: int) -> None:
    """Households 户00000, 户00001 ... of one village, each with its year and 3 members."""
    villages.add(bench, villages.VillageForm(VILLAGE))
    village = villages.by_name(bench, VILLAGE).key
    names = [f"户{number:05}" for number in range(households)]
    with bench.write("tests.fill", "造户") as unit:
        words = ("village_key", "head_name", "members", "search_key", "head_sort")
        rows = [(village, name, 3, search_key(name, "", VILLAGE, ""), sort_key(name)) for name in names]
        keys = unit.insert_many(Household, rows, words)
        unit.insert_many(Participation, [(key, bench.year) for key in keys], ("household_key", "year"))
    bench.change(unit)
