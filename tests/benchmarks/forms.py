"""A batch of filled forms as PDF, against LibreOffice and, where it is installed, typst."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.measuring import Reading, child, faster, in_turns, office_with_our_fonts, ratio, timed

BATCH = 1_000
CONVERTED = 30
TURNS = 3
_MEMORY = 1.1
_TYPST_PAGES = 20


def forms() -> Iterator[Reading]:
    """1 000 different village applications in one batch."""
    with tempfile.TemporaryDirectory() as folder:
        soffice = shutil.which("soffice")
        if soffice is None:
            runs, theirs = [_batch(folder) for _ in range(TURNS)], []
        else:
            convert = _converter(soffice, Path(folder))
            runs, theirs = in_turns(TURNS, lambda: _batch(folder), convert)
    ours = median(run["seconds"] for run in runs)
    yield Reading(f"{BATCH} filled village applications as PDF", f"{ours:.2f} s, {ours / BATCH * 1000:.1f} ms each")
    memory = [median(run[what] for run in runs) for what in ("mib", "mib_early")]
    yield ratio(f"memory after {BATCH} : after the first two hundred", *memory, _MEMORY, "MiB")
    what = f"{BATCH} village applications as PDF : LibreOffice converting the workbooks"
    if theirs:
        yield faster(what, ours, median(theirs) * BATCH, 20)
    else:
        yield Reading(what, "LibreOffice is not installed, nothing to compare with")
    yield _against_typst(ours / BATCH)


def _batch(folder: str) -> dict[str, Any]:
    """Our files."""
    return child("many_forms", "pdf", str(BATCH), folder)


def _converter(soffice: str, folder: Path) -> Callable[[], float]:
    """A function that tells the seconds LibreOffice takes for one of the same forms as workbooks.

    It converts them in one call, fonts warm; the time of its start is measured with a single one, and not counted.
    """
    child("many_forms", "xlsx", str(CONVERTED), str(folder))
    books = sorted(folder.glob("*.xlsx"))
    fonts = office_with_our_fonts(folder)
    options = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]

    def convert(paths: list[Path]) -> float:
        command = [soffice, *options, "--outdir", str(folder / "converted"), *map(str, paths)]
        return timed(lambda: subprocess.run(command, check=True, capture_output=True, timeout=900, env=fonts))[0]

    convert(books[:1])
    return lambda: (convert(books) - convert(books[:1])) / (len(books) - 1)


def _against_typst(ours: float) -> Reading:
    """Typst laying out as many table pages as one application has, fonts warm."""
    what = "one village application (3 pages) : typst laying out 3 table pages"
    if importlib.util.find_spec("typst") is None:
        return Reading(what, "typst is not installed, nothing to compare with")
    import typst

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "table.typ"
        source.write_text(_typst_table(0), encoding="utf-8")
        fonts = str(Path(__file__).parents[2] / "resources" / "fonts")
        compiler = typst.Compiler(str(source), font_paths=[fonts])
        compiler.compile()
        times = []
        for place in range(1, _TYPST_PAGES + 1):
            source.write_text(_typst_table(place), encoding="utf-8")
            times.append(timed(compiler.compile)[0])
    return faster(what, ours, median(times), 1)


def _typst_table(place: int) -> str:
    """A table of which no two rows, and no two documents, are alike, for typst remembers what it has laid out."""
    rows = ", ".join(
        f"[{at}], [低岭{place}村第{at}组], [吴华契{place}], [水稻{at}], [{place}2.{at:03}]" for at in range(95)
    )
    return f'#set text(font: "FpSong", size: 9pt)\n#table(columns: (1fr, 2fr, 2fr, 2fr, 1fr), {rows})\n'
