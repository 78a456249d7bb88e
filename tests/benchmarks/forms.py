"""A batch of filled forms as PDF, against LibreOffice and, where it is installed, typst."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.benchmarks.measuring import Reading, child, faster, ratio, timed

BATCH = 1_000
CONVERTED = 30
_MEMORY = 1.1
_TYPST_PAGES = 20


def forms() -> Iterator[Reading]:
    """1 000 different village applications in one batch."""
    with tempfile.TemporaryDirectory() as folder:
        runs = [child("many_forms", "pdf", str(BATCH), folder) for _ in range(3)]
        ours = median(run["seconds"] for run in runs)
        yield Reading(f"{BATCH} filled village applications as PDF", f"{ours:.2f} s, {ours / BATCH * 1000:.1f} ms each")
        if runs[0]["mib"]:
            memory = [median(run[what] for run in runs) for what in ("mib", "mib_early")]
            yield ratio(f"memory after {BATCH} : after the first hundred", *memory, _MEMORY, "MiB")
        yield _against_libreoffice(Path(folder), ours)
    yield _against_typst(ours / BATCH)


def _against_libreoffice(folder: Path, ours: float) -> Reading:
    """LibreOffice converting the same forms as workbooks in one call, its start not counted, for as many."""
    what = f"{BATCH} village applications as PDF : LibreOffice converting the workbooks"
    soffice = shutil.which("soffice")
    if soffice is None:
        return Reading(what, "LibreOffice is not installed, nothing to compare with")
    child("many_forms", "xlsx", str(CONVERTED), str(folder))
    books = sorted(folder.glob("*.xlsx"))
    options = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]

    def convert(paths: list[Path]) -> None:
        command = [soffice, *options, "--outdir", str(folder / "converted"), *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=900)

    convert(books[:1])  # sets up the profile and warms its fonts, which is not what is measured
    start, _ = timed(lambda: convert(books[:1]))
    all_of_them, _ = timed(lambda: convert(books))
    theirs = (all_of_them - start) / (len(books) - 1) * BATCH
    return faster(what, ours, theirs, 20)


def _against_typst(ours: float) -> Reading:
    """Typst laying out as many table pages as one application has, fonts warm."""
    what = "one village application (3 pages) : typst laying out 3 table pages"
    if importlib.util.find_spec("typst") is None:
        return Reading(what, "typst is not installed, nothing to compare with")
    import typst

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "table.typ"
        rows = ", ".join(f"[{at}], [低岭村第{at}组], [吴华契], [水稻], [12.500]" for at in range(95))
        source.write_text(
            '#set text(font: "FpSong", size: 9pt)\n'
            f"#table(columns: (1fr, 2fr, 2fr, 2fr, 1fr), {rows})\n",
            encoding="utf-8",
        )
        fonts = str(Path(__file__).parents[2] / "resources" / "fonts")
        compiler = typst.Compiler(str(source), font_paths=[fonts])
        compiler.compile()
        times = []
        for at in range(_TYPST_PAGES):
            text = source.read_text(encoding="utf-8").replace("低岭村", f"低岭{at}村")
            source.write_text(text, encoding="utf-8")
            times.append(timed(compiler.compile)[0])
    return faster(what, ours, median(times), 1)
