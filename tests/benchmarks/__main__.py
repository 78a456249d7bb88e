"""``python -m tests.benchmarks [NAME ...]``: measures, and prints each figure beside its target."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.big_register import register_file
from tests.benchmarks.forms import forms
from tests.benchmarks.measuring import (
    OUT,
    Reading,
    child,
    faster,
    in_turns,
    office_with_our_fonts,
    pysides,
    ratio,
    timed,
    within,
)

MANY = 100_000
TOWN = 5_000
SHEET_ROWS = 10_000
STARTS = 15
WARM_SECONDS = 12
TURNS = 3
_WINDOWS = sys.platform == "win32"
_MOST_START = 1.7 if _WINDOWS else 1.6


def window() -> Iterator[Reading]:
    """Start and memory of the window against a bare PySide6 window."""
    with tempfile.TemporaryDirectory() as folder:
        _make_sample(Path(folder))
        as_pip, as_installed = pysides(Path(folder))
        child("bare_window", as_pip)
        child("program_window", folder, as_installed)  # byte-compiles, and fills the file cache, for both alike
        bare, ours = in_turns(
            STARTS, lambda: child("bare_window", as_pip), lambda: child("program_window", folder, as_installed),
        )  # fmt: skip
        loaded = child("program_window", folder, as_installed, str(WARM_SECONDS))["mib"]
    start = [median(one["seconds_to_ready"] for one in found) for found in (ours, bare)]
    what = "window usable with the sample office, PySide6 as it is installed : bare window, PySide6 as pip leaves it"
    yield ratio(what, *start, _MOST_START)
    memory = [median(one["mib"] for one in found) for found in (ours, bare)]
    yield ratio("memory with the first page up : bare window", *memory, 1.8, "MiB")
    yield Reading("memory once all that the tabs need is loaded beforehand", f"{loaded:.0f} MiB")


def many() -> Iterator[Reading]:
    """The window on 100 000 households: start against the sample office, and a key in the search to the rows drawn."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small", Path(folder) / "large"
        _make_sample(small)
        _remember(large)
        child("make_office", str(register_file(MANY)), str(large / "office"))
        for each in (small, large):
            child("program_window", str(each))
        ours, sample = in_turns(STARTS, lambda: child("program_window", str(large)), lambda: child("program_window", str(small)))
        start = [median(one["seconds_to_ready"] for one in found) for found in (ours, sample)]
        yield ratio(f"window up with {MANY} households : with the sample office", *start, 1.5)
        found = child("big_window", str(large / "office"))
    yield within(f"a key in the search of {MANY} households to the rows drawn", found["keys"], 100)
    yield Reading("the register's tab shown for the first time", f"{found['shown']:.0f} ms")


def _make_sample(folder: Path) -> None:
    """The sample office, and settings that remember it."""
    from fupin_desktop.services.samples import make_sample

    make_sample(folder / "office", now=datetime.now())  # noqa: DTZ005 - local time
    _remember(folder)


def _remember(folder: Path) -> None:
    """Settings by which the program opens the office in a folder."""
    from fupin_desktop.ui import preferences
    from fupin_desktop.ui.preferences import Preferences

    for settings in (folder / "fupin-desktop", folder / "产业扶贫工作台"):
        settings.mkdir(parents=True)
        preferences.save(Preferences(data_folder=str(folder / "office")), settings / "settings.toml")


def registers() -> Iterator[Reading]:
    """Import, calculation and search of 100 000 households against the bare read of their workbook."""
    path = str(register_file(MANY))
    child("bare_read", path)  # fills the file cache
    reads, offices = in_turns(TURNS, lambda: child("bare_read", path), lambda: child("big_office", path))
    bare = median(read["seconds"] for read in reads)
    imported, computed = (median(one[what] for one in offices) for what in ("import", "calculation"))
    households, steps = offices[0]["households"], offices[0]["steps"]
    yield ratio(f"import of {households} households : bare calamine read", imported, bare, 4)
    yield ratio(f"calculation with working ({steps} steps) : bare calamine read", computed, bare, 1)
    searches = [median(times) for times in zip(*(one["searches"] for one in offices), strict=True)]
    yield within(f"search as you type in {households} households", searches, 50)


def ledgers() -> Iterator[Reading]:
    """Registers of the tab 台账 with 100 000 rows each, and the first page above them."""
    found = child("big_ledgers", str(MANY))
    for name, looks in found["looks"].items():
        told = ", ".join(f"{what} {took:.0f}" for what, took in looks.items())
        yield within(f"{name} with {MANY} rows, ms: {told}", list(looks.values()), 400)
    yield Reading(f"first page above {MANY} households, linkages and policies", f"{found['first_page']:.0f} ms")


def edit() -> Iterator[Reading]:
    """One edit in a town of 5 000 households."""
    found = child("one_edit", str(register_file(TOWN)))
    yield within(f"one edit in a town of {found['households']} households, kept, recomputed, drawn", found["edits"], 100)


def encryption() -> Iterator[Reading]:
    """Everyday acts in a town of 5 000 households, encrypted against plain, the best of nine turns; the password is typed."""
    found = child("encrypted", str(register_file(TOWN)))
    for name, (plain, encrypted) in found["acts"].items():
        yield ratio(f"{name}, encrypted : plain", min(encrypted) / 1000, min(plain) / 1000, 1.5)


def papers() -> Iterator[Reading]:
    """The award sheet against the programs and libraries that could make it."""
    OUT.mkdir(parents=True, exist_ok=True)
    rows, workbook, pdf = str(SHEET_ROWS), str(OUT / "sheet.xlsx"), str(OUT / "sheet.pdf")
    sheet = f"award sheet of {SHEET_ROWS} rows"
    works = {
        "xlsx": partial(child, "big_sheet", "xlsx", rows, workbook),
        "pdf": partial(child, "big_sheet", "pdf", rows, pdf),
        "canvas": partial(child, "sheet_peer", "canvas", rows, str(OUT / "peer.pdf")),
    }
    if importlib.util.find_spec("xlsxwriter") is not None:
        works["xlsxwriter"] = partial(child, "sheet_peer", "xlsxwriter", rows, str(OUT / "peer.xlsx"))
    found = in_turns(TURNS, *works.values())
    took = {kind: median(one["seconds"] for one in ones) for kind, ones in zip(works, found, strict=True)}
    what = f"{sheet} as workbook, written : XlsxWriter writing the same cells"
    if "xlsxwriter" in took:
        yield ratio(what, median(one["writing"] for one in found[0]), took["xlsxwriter"], 1.5)
        whole = f"{took['xlsx'] / took['xlsxwriter']:.2f}x ({took['xlsx']:.3f} s)"
        yield Reading(f"{sheet} as workbook, laid out and written : XlsxWriter writing cells laid out already", whole)
    else:
        yield Reading(what, "XlsxWriter is not installed, nothing to compare with")
    yield Reading(
        f"{sheet} as PDF, laid out and drawn : reportlab's canvas drawing the same strings and lines, laid out already",
        f"{took['pdf'] / took['canvas']:.2f}x ({took['pdf']:.3f} s : {took['canvas']:.3f} s)",
    )
    yield _against_office(f"{sheet} as PDF : LibreOffice converting the workbook", Path(workbook), pdf)


def _against_office(what: str, workbook: Path, pdf: str) -> Reading:
    """Both from the start of the process to the finished file; LibreOffice with the program's fonts at hand."""
    ours = median(child("big_sheet", "pdf", str(SHEET_ROWS), pdf)["seconds_to_ready"] for _ in range(TURNS))
    soffice = shutil.which("soffice")
    if soffice is None:
        return Reading(what, f"{ours:.2f} s; LibreOffice is not installed, nothing to compare with")
    with tempfile.TemporaryDirectory() as folder:
        fonts = office_with_our_fonts(Path(folder))
        # The first start of a profile sets it up and lists the fonts, which is not what is measured.
        child("big_sheet", "xlsx", "10", str(OUT / "small.xlsx"))
        _convert(soffice, folder, OUT / "small.xlsx", fonts)
        theirs = median(timed(lambda: _convert(soffice, folder, workbook, fonts))[0] for _ in range(TURNS))
    return faster(what, ours, theirs, 5)


def _convert(soffice: str, folder: str, workbook: Path, fonts: dict[str, str]) -> None:
    options = [f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    command = [soffice, *options, "--outdir", folder, str(workbook)]
    subprocess.run(command, check=True, capture_output=True, timeout=900, env=fonts)


BENCHMARKS: dict[str, Callable[[], Iterator[Reading]]] = {
    "window": window,
    "many": many,
    "registers": registers,
    "ledgers": ledgers,
    "edit": edit,
    "encryption": encryption,
    "papers": papers,
    "forms": forms,
}


def main(names: list[str]) -> int:
    """Run the named benchmarks, all where none is named; 1 where a target was missed."""
    unknown = set(names) - BENCHMARKS.keys()
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; there are: {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    if not _WINDOWS:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    missed = 0
    for name in names or BENCHMARKS:
        for reading in BENCHMARKS[name]():
            _tell(reading)
            missed += reading.met is False
    return 1 if missed else 0


def _tell(reading: Reading) -> None:
    verdict: dict[bool | None, Any] = {True: "met", False: "MISSED", None: ""}
    target = f"   target {reading.target}: {verdict[reading.met]}" if reading.target else ""
    print(f"{reading.what}\n   {reading.value}{target}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
