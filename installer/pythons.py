"""Finds a Python of one version on this machine: byte code and standard libraries are those of a version alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path


def find(version: str) -> str | None:
    """The program of a Python such as ``3.13``, of several off the PATH the newest; None where there is none."""
    places = [shutil.which(f"python{version}"), sys.executable, *map(str, _elsewhere(Path.home(), version))]
    probe = "import sys; print('.'.join(map(str, sys.version_info[:2])))"
    for place in filter(None, places):
        done = subprocess.run([place, "-c", probe], capture_output=True, text=True, check=False)
        if done.returncode == 0 and done.stdout.strip() == version:
            return place
    return None


def _elsewhere(home: Path, version: str) -> list[Path]:
    """Where pyenv and uv keep theirs, the newest first."""
    kept = (f".pyenv/versions/{version}.*/bin/python3", f".local/share/uv/python/cpython-{version}.*/bin/python3")
    found = [path for pattern in kept for path in home.glob(pattern)]
    return sorted(found, key=lambda path: _patch(path.parents[1].name, version), reverse=True)


def _patch(name: str, version: str) -> int:
    """The third number in the name of a folder, e.g. 11 in ``cpython-3.13.11-linux-x86_64-gnu``."""
    digits = name.partition(f"{version}.")[2].partition("-")[0]
    return int(digits) if digits.isdigit() else -1
