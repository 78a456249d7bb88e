"""One edit in a town of 5 000 households: kept, the scheme's awards settled anew, the table drawn again."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from fupin_desktop.services import registers
from fupin_desktop.services.awards import Desk
from tests.benchmarks.children.big_office import WINDOW, import_register, open_office, town_scheme
from tests.benchmarks.measuring import timed

EDITS = 15


def main() -> None:
    """Measure, and print what was found."""
    print("ready", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        bench = open_office(Path(folder))
        import_register(bench, Path(sys.argv[1]))
        desk = Desk(bench, replace(town_scheme(), pool=None))
        query = registers.Query(registers.FARM_ITEMS, bench.year)
        rows = registers.window(bench, query, 0, EDITS)
        assert rows, "the register has entries"
        times = []
        for place, row in enumerate(rows):
            household = desk.applicants[place].key

            def edit(row: registers.Row = row, household: str = household, place: int = place) -> None:
                change = registers.CellEdit(row.key, "accepted", f"{2 + place}.5")
                outcome = registers.set_cells(bench, registers.FARM_ITEMS, [change])
                assert outcome.change is not None, outcome.problems
                desk.replace_household(household)
                registers.window(bench, query, 0, WINDOW)

            times.append(timed(edit)[0] * 1000)
        bench.close()
    print(json.dumps({"edits": times, "households": desk.result.totals.households}))


if __name__ == "__main__":
    main()
