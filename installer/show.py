"""What ``dev.py run`` and ``dev.py shots`` show without a display; run with .venv's Python.

``show.py sample OFFICE`` makes the sample office, ``show.py pictures OFFICE DIR`` saves the window's tabs and dialogs,
``show.py papers OFFICE DIR`` writes its papers, ``show.py manual OFFICE DIR`` makes the pictures of the manual.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

# Run as a file, so the checkout is not on the path by itself.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def now() -> datetime:
    """The moment by the machine's clock."""
    return datetime.now()  # noqa: DTZ005 - local time is what papers and the change log show


def sample(office: Path) -> None:
    """Make the sample office; half-made it would look like a whole one, so it is made beside and renamed."""
    from fupin_desktop.services.samples import make_sample

    part = office.with_name(f"{office.name}.part")
    _clear(part)
    make_sample(part, now=now())
    part.rename(office)


def _clear(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def pictures(office: Path, folder: Path) -> None:
    """Save a picture of every tab and dialog."""
    from fupin_desktop import app

    app.save_shots(office, folder)


def papers(office: Path, folder: Path) -> None:
    """Write every form with its sample values, the papers of a calculation and every document of the office."""
    from fupin_desktop.services import self_test
    from fupin_desktop.services.opening import open_workbench

    bench = open_workbench(office, clock=now)
    try:
        self_test.write_papers(bench, folder)
    finally:
        bench.close()


def manual(office: Path, folder: Path) -> None:
    """Make the pictures of the manual: the tabs and dialogs in MANUAL, in few colours so that they stay small."""
    import tempfile

    from PIL import Image

    from fupin_desktop import app

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as beside:
        for size, names in MANUAL.items():
            for path in app.save_shots(office, Path(beside), names=names, size=size):
                picture = Image.open(path).convert("RGB")
                # The octree keeps the little red of what is due, which the median cut loses among the greys.
                octree = Image.Quantize.FASTOCTREE
                few = picture.quantize(MANUAL_COLOURS, method=octree, dither=Image.Dither.NONE)
                few.save(folder / path.name, optimize=True)


MANUAL = {
    (1000, 620): (
        "households", "import_columns", "import_preview", "ledgers_projects", "awards", "dialog_scheme",
        "applications_draft", "funds_ledger", "publicity", "acceptance_dialog", "payments_partly", "reports",
        "dialog_backups", "dialog_hand_out",
    ),
    (1180, 660): ("home",),
}
"""Pictures by the size of the window: so large that nothing need be made smaller."""
MANUAL_COLOURS = 28
WHAT = {"sample": sample, "pictures": pictures, "papers": papers, "manual": manual}

if __name__ == "__main__":
    WHAT[sys.argv[1]](*(Path(word).absolute() for word in sys.argv[2:]))
