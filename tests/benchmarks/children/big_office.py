"""A register of 100 000 households: imported, calculated, searched; each timed by itself."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from fupin_desktop.policy.awards.calculator import calculate
from fupin_desktop.services import awards, offices, registers, schemes
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.preview import Preview, prepare
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.samples.town import sample_files
from fupin_desktop.services.workbench import Workbench
from tests.benchmarks.big_register import PLACE
from tests.benchmarks.measuring import timed

WINDOW = 60
# What a clerk types, letter by letter: initials, a name, a village, the tail of an ID number.
TYPED = ("l", "ly", "lyq", "李", "李亚", "李亚强", "那罗", "那罗 c", "那罗 cw", "0011", "9", "95", "zzzz")


def open_office(folder: Path) -> Workbench:
    """A new office of the place of the register."""
    bench = open_workbench(folder, clock=datetime.now, clerk="李文静")
    form = offices.OfficeForm(name="塘㙍镇扶贫办", county="吴川市", town=PLACE, clerk="李文静", year=2026)
    offices.setup(bench, form)
    return bench


def import_register(bench: Workbench, path: Path) -> Preview:
    """What the wizard does: parse, check, compare with the data file, back up, store.

    The preview is handed back, as the bare read hands back its rows: letting go of them is timed for neither.
    """
    preview = prepare(bench, path)
    apply(bench, preview, only_good=True)
    return preview


def town_scheme() -> Any:
    """The sample's first scheme for the whole town, without a limit of money."""
    scheme = schemes.read_file(sample_files() / "schemes" / "diling.toml")
    return replace(scheme, place=PLACE, sources=())


def search_times(bench: Workbench) -> list[float]:
    """Milliseconds of each search as the window makes it: how many there are, and the first rows."""
    found = []
    for text in TYPED:
        query = registers.Query(registers.HOUSEHOLDS, bench.year, text)

        def look(query: registers.Query = query) -> int:
            registers.window(bench, query, 0, WINDOW)
            return registers.count(bench, query)

        found.append(timed(look)[0] * 1000)
    return found


def main() -> None:
    """Measure, and print what was found."""
    path = Path(sys.argv[1])
    print("ready", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        bench = open_office(Path(folder))
        imported, preview = timed(lambda: import_register(bench, path))
        del preview
        applicants = awards.applicants(bench, PLACE, bench.year)
        scheme = town_scheme()
        computed, result = timed(lambda: calculate(scheme, applicants, bench.parameters))
        registers.window(bench, registers.Query(registers.HOUSEHOLDS, bench.year), 0, WINDOW)
        searches = search_times(bench)
        bench.close()
    found = {
        "import": imported,
        "calculation": computed,
        "searches": searches,
        "households": result.totals.households,
        "steps": sum(len(award.steps) for award in result.awards),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
