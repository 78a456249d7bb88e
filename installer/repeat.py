"""Builds once more from a copy of the checkout elsewhere, and compares: two builds are equal byte for byte.

``python3 installer/dev.py build --twice`` runs it after the first build. The copy lies at another place, its files bear
another time, and the second build runs in another time zone and language.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_FOLDERS = ("fupin_desktop", "forms", "resources", "installer")
_FILES = ("pyproject.toml", "requirements.lock", "README.md", "LICENSE", "CHANGELOG.md")
_BUILDS = (Path("installer/windows/build.py"), Path("installer/debian/build.py"))
_HANDED_OUT = ("out/windows/*.exe", "out/windows/*.zip", "out/debian/*.deb")
_TREES = ("out/windows/FupinDesktop", "out/debian/root")
_OTHERWISE = {"TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7"}


def copy_checkout(target: Path, *more: str) -> None:
    """Copy what a build reads, and further folders; the copies bear the time of copying."""
    target.mkdir(parents=True)
    left_out = shutil.ignore_patterns("__pycache__", "out")
    for name in (*_FOLDERS, *more):
        shutil.copytree(ROOT / name, target / name, ignore=left_out, copy_function=shutil.copy)
    for name in _FILES:
        shutil.copy(ROOT / name, target / name)


def sums(root: Path, patterns: tuple[str, ...] = _HANDED_OUT) -> dict[str, str]:
    """The SHA-256 of each file, by its path below the checkout."""
    paths = sorted(path for pattern in patterns for path in root.glob(pattern) if path.is_file())
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def differing(one: dict[str, str], two: dict[str, str]) -> list[str]:
    """Names that only one build has, or that differ in their bytes."""
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))


def build_again(place: Path) -> int:
    """Build in a copy of the checkout, with the wheels fetched before; returns the exit status."""
    copy_checkout(place)
    kept = ROOT / "out" / "windows" / "cache"
    if (kept / "wheels.lock").is_file():
        shutil.copytree(kept / "wheels", place / "out" / "windows" / "cache" / "wheels")
        shutil.copy(kept / "wheels.lock", place / "out" / "windows" / "cache")
    for script in _BUILDS:
        command = [sys.executable, str(place / script)]
        status = subprocess.run(command, cwd=place, env={**os.environ, **_OTHERWISE}, check=False).returncode
        if status:
            return status
    return 0


def main() -> int:
    """Build again and compare; 0 only where every file handed out is the same."""
    (ROOT / "out").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="once more ", dir=ROOT / "out") as folder:
        place = Path(folder) / "checkout"
        status = build_again(place)
        if status:
            return status
        first, second = sums(ROOT), sums(place)
        odd = differing(first, second)
        for name in first:
            print(f"{name}: {'differs' if name in odd else 'the same bytes'}", flush=True)
        trees = tuple(f"{tree}/**/*" for tree in _TREES)
        for name in differing(sums(ROOT, trees), sums(place, trees)) if odd else ():
            print(f"  differs: {name}", flush=True)
    return 1 if odd or not first else 0


if __name__ == "__main__":
    sys.exit(main())
