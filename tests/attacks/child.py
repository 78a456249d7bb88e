"""Opens one file after another through one door and tells what came of each; a process of its own, which may die."""

from __future__ import annotations

import io
import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

from fupin_desktop.errors import Situation
from fupin_desktop.services import own_forms
from fupin_desktop.services.awards.register import read_award_register
from fupin_desktop.services.funds.imports import read_ledger
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.workbench import Workbench

_OWN_MEMORY = Path("/proc/self/clear_refs")


def doors(folder: Path) -> dict[str, Callable[[Path], str]]:
    """What opens a file, by name; each returns what it found in a few words."""
    from tests.services.register_office import make_office

    bench: list[Workbench] = []

    def office() -> Workbench:
        if not bench:
            bench.append(make_office(folder))
        return bench[0]

    def preview(path: Path) -> str:
        found = prepare(office(), path)
        return "list" if not found.missing else "no list"

    def ledger(path: Path) -> str:
        return "ledger" if read_ledger(office(), path).rows else "no ledger"

    def award(path: Path) -> str:
        from datetime import date

        return "register" if read_award_register(path, today=date(2026, 1, 1), village="低岭村").applicants else "no register"

    def form(path: Path) -> str:
        found = own_forms.from_workbook(path, "village_application")
        return "form" if found.text else "no form" if found.problems else "nothing said"

    return {"preview": preview, "ledger": ledger, "award": award, "form": form}


def main() -> None:
    """Read paths from the standard input; write a line of JSON for each."""
    with tempfile.TemporaryDirectory() as folder:
        work = doors(Path(folder))[sys.argv[1]]
        for line in sys.stdin:
            _reset_peak()
            start, outcome, told, printed = time.monotonic(), "", "", io.StringIO()
            try:
                with redirect_stdout(printed):
                    outcome = work(Path(line.rstrip("\n")))
            except Situation as situation:
                outcome, told = "sentence", str(situation)
            except Exception as error:  # what is counted here
                outcome, told = "traceback", f"{type(error).__name__}: {error}"
            if printed.getvalue():
                outcome, told = "printed", printed.getvalue().strip()
            found = {"outcome": outcome, "told": told, "seconds": time.monotonic() - start, "megabytes": _peak()}
            print(json.dumps(found, ensure_ascii=True), flush=True)


def _reset_peak() -> None:
    if _OWN_MEMORY.exists():
        _OWN_MEMORY.write_text("5", encoding="ascii")


def _peak() -> float:
    """Peak memory since it was reset, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text(encoding="ascii", errors="replace").splitlines() if "VmHWM" in line)
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
