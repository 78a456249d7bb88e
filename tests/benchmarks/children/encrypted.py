"""What a clerk does every day, on the same town plain and encrypted, in turns."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from fupin_desktop.services import attachments, backups, exports, protection, registers
from fupin_desktop.services.attachments import Attached
from fupin_desktop.services.awards import applicants
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, CellEdit, Query
from fupin_desktop.services.workbench import Workbench
from tests.benchmarks.big_register import PLACE
from tests.benchmarks.children.big_office import WINDOW, import_register, open_office
from tests.benchmarks.measuring import timed

TURNS = 9
_CONTENT = Random(1).randbytes(10 << 20)
SCAN = Attached("扫描.jpg", sha256(_CONTENT).hexdigest(), len(_CONTENT))
_PASSWORD = "低岭村的荔枝-88"


def _open(folder: Path) -> Workbench:
    return open_workbench(folder, clock=datetime.now, clerk="李文静")


def acts(bench: Workbench, out: Path, turn: int) -> dict[str, Callable[[], Any]]:
    """Everyday acts; each differs a little from turn to turn, so that nothing is answered from a cache."""
    keys = registers.all_keys(bench, Query(HOUSEHOLDS, bench.year))
    item = registers.all_keys(bench, Query(FARM_ITEMS, bench.year))[turn]
    text = ("李", "陈", "张", "那罗", "ly", "95", "黄", "吴", "cw")[turn]
    return {
        "search": lambda: registers.window(bench, Query(HOUSEHOLDS, bench.year, text), 0, WINDOW),
        "scroll": lambda: registers.window(bench, Query(HOUSEHOLDS, bench.year), 400 * turn, WINDOW),
        "edit": lambda: registers.set_cells(bench, FARM_ITEMS, [CellEdit(item, "accepted", f"{2 + turn}.5")]),
        "fill 500 cells": lambda: registers.set_cells(
            bench, HOUSEHOLDS, [CellEdit(key, "group_name", f"{turn}组") for key in keys[:500]]
        ),
        "read a town's households": lambda: applicants(bench, PLACE, bench.year),
        "open a scan of 10 MB": lambda: attachments.content(bench.data_folder, SCAN),
        "export": lambda: exports.write_register(bench, HOUSEHOLDS, out / "r.xlsx"),
    }


def main() -> None:
    """Measure, and print the milliseconds of each act, plain and encrypted."""
    print("ready", flush=True)
    found: dict[str, list[list[float]]] = defaultdict(lambda: [[], []])
    with tempfile.TemporaryDirectory() as place:
        plain, locked = Path(place) / "plain", Path(place) / "locked"
        bench = open_office(plain)
        import_register(bench, Path(sys.argv[1]))
        attachments.store_content(bench.data_folder, SCAN.name, _CONTENT)
        bench.close()
        shutil.copytree(plain, locked)
        bench = _open(locked)
        protection.protect(bench, _PASSWORD, lambda _done, _total, _text: None)
        bench.close()
        for turn in range(TURNS):
            for form, folder in enumerate((plain, locked)):
                seconds, bench = timed(lambda folder=folder: _open(folder))
                found["open"][form].append(seconds * 1000)
                for name, act in acts(bench, Path(place), turn).items():
                    found[name][form].append(timed(act)[0] * 1000)
                if not turn:
                    found["backup"][form].append(timed(lambda bench=bench: backups.back_up(bench))[0] * 1000)
                bench.close()
    print(json.dumps({"acts": found}))


if __name__ == "__main__":
    main()
