"""How things are measured: in processes of their own, taking turns, by their medians."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
OUT = ROOT / "out" / "bench"


@dataclass(frozen=True)
class Reading:
    """One measured thing beside its target.

    Attributes:
        what: What was measured.
        value: The figure, told.
        target: What it should keep to, told; empty where the figure is only of interest.
        met: Whether it does; None where there is no target or it could not be measured here.
    """

    what: str
    value: str
    target: str = ""
    met: bool | None = None


def ratio(what: str, ours: float, theirs: float, at_most: float, unit: str = "s") -> Reading:
    """Ours against theirs, which should be at most so many times as much."""
    found = ours / theirs
    value = f"{found:.2f}x ({ours:.3f} {unit} : {theirs:.3f} {unit})"
    return Reading(what, value, f"at most {at_most:g}x", found <= at_most)


def faster(what: str, ours: float, theirs: float, at_least: float) -> Reading:
    """How many times faster ours is."""
    found = theirs / ours
    return Reading(what, f"{found:.1f}x faster ({ours:.2f} s : {theirs:.2f} s)", f"at least {at_least:g}x", found >= at_least)


def within(what: str, milliseconds: Sequence[float], at_most: float) -> Reading:
    """The slowest of several, which should stay under a limit."""
    worst = max(milliseconds)
    value = f"{median(milliseconds):.1f} ms median, {worst:.1f} ms worst of {len(milliseconds)}"
    return Reading(what, value, f"at most {at_most:g} ms", worst <= at_most)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that some work took, and what it returned."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def child(module: str, *words: str) -> dict[str, Any]:
    """Run ``tests.benchmarks.children.<module>`` in a process of its own; its last line is JSON.

    ``seconds_to_ready`` is added: from the start of the process to its first line of output.
    """
    command = [sys.executable, "-m", f"tests.benchmarks.children.{module}", *words]
    # Installed programs have their byte code; a machine that keeps Python from writing it would measure the compiler.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env=environment, encoding="utf-8") as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        ready = time.perf_counter() - start
        lines = [first, *process.stdout.readlines()]
    if process.returncode != 0:
        raise RuntimeError(f"{module} ended with exit status {process.returncode}")
    return {**json.loads(lines[-1]), "seconds_to_ready": ready}


def pysides(folder: Path) -> tuple[str, str]:
    """Copies of shiboken6 for children to load: as pip leaves it, and as the program is installed.

    Args:
        folder: Where they go.

    Returns:
        The folders that hold them.
    """
    import shiboken6

    sys.path.insert(0, str(ROOT / "installer"))
    try:
        import qt_support
    finally:
        sys.path.pop(0)
    here, left_out = Path(shiboken6.__file__).parent, shutil.ignore_patterns(qt_support.FOLDER)
    as_pip, as_installed = folder / "as pip leaves it", folder / "as it is installed"
    for place in (as_pip, as_installed):
        shutil.copytree(here, place / here.name, ignore=left_out)
    qt_support.lay_out(as_installed, sys.executable)
    return str(as_pip), str(as_installed)


def in_turns(times: int, *works: Callable[[], Any]) -> list[list[Any]]:
    """What each work returned, in turns, so that what else the machine does falls on all of them."""
    found: list[list[Any]] = [[] for _ in works]
    for _ in range(times):
        for place, work in enumerate(works):
            found[place].append(work())
    return found


def memory_mib() -> float:
    """Resident memory of this process in MiB; loads what it needs only now, after what is measured is ready."""
    from fupin_desktop.domain.memory import resident_mib

    return resident_mib()


def office_with_our_fonts(folder: Path) -> dict[str, str]:
    """The environment of a LibreOffice that finds the program's fonts, and them for the families workbooks name.

    On a machine without Chinese fonts it looks for every character anew, which takes it five times as long.

    Args:
        folder: Where the list of fonts and what fontconfig keeps of it are written.
    """
    families = {"宋体": "FpSong", "黑体": "FpHei", "仿宋": "FpFangSong", "楷体": "FpKai"}
    aliases = "".join(
        f"<alias binding=\"same\"><family>{name}</family><prefer><family>{ours}</family></prefer></alias>"
        for name, ours in families.items()
    )
    listing = folder / "fonts.conf"
    listing.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<include ignore_missing=\"yes\">/etc/fonts/fonts.conf</include><dir>{ROOT / 'resources' / 'fonts'}</dir>"
        f"<cachedir>{folder / 'fontcache'}</cachedir>{aliases}</fontconfig>",
        encoding="utf-8",
    )
    return {**os.environ, "FONTCONFIG_FILE": str(listing)}
