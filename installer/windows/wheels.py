"""The wheels of the Windows program: ``windows.lock`` derived from ``requirements.lock``, fetched by hash and unpacked.

Windows' own Python comes out of a wheel too: panda3d carries python.org's signed files of the interpreter.
"""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
LOCK = HERE / "windows.lock"
PYTHON = "3.13"
ABI = PYTHON.replace(".", "")
TEST_TOOLS = ("pytest", "pytest-qt", "hypothesis", "pypdf", "xlwt", "xlsxwriter")

_HEADER = "# Written by: python3 installer/dev.py lock. What the Windows program is made of.\n"
_INTERPRETER = (
    f"# CPython {PYTHON} for Windows, signed by the Python Software Foundation, lies in deploy_libs/ of this wheel.\n"
    "panda3d==1.10.16 \\\n"
    "    --hash=sha256:0e505261bb58d8402d0099c291f1a3459acfdd38f3e7d666e72aa2e1ea5dc46f\n"
)
_PLATFORM = ("--only-binary=:all:", "--platform", "win_amd64", "--python-version", PYTHON, "--implementation", "cp")


def packages_of(lock: str) -> dict[str, tuple[str, set[str]]]:
    """Each package of a lock file: its lines as pip reads them, and the names of what wants it."""
    found: dict[str, tuple[str, set[str]]] = {}
    for block in re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]:
        name = re.match(r"[a-z0-9.\-]+", block)
        assert name is not None
        lines = [line for line in block.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        wanting = set(re.findall(r"^\s+#\s+(?:via )?([a-z0-9][a-z0-9.\-]*)", block, flags=re.MULTILINE)) - {"via"}
        found[name[0]] = re.sub(r" ; sys_platform == 'win32'", "", "\n".join(lines)), wanting
    return found


def closure(lock: str, wanted: set[str]) -> str:
    """The lines of a lock file for some packages and all that they need."""
    blocks = packages_of(lock)
    kept = set(wanted)
    while more := {name for name, (_, wanting) in blocks.items() if name not in kept and wanting & kept}:
        kept |= more
    return "".join(f"{blocks[name][0]}\n" for name in sorted(kept))


def direct_dependencies() -> set[str]:
    """What pyproject.toml says the program itself needs."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {re.split(r"[^A-Za-z0-9.\-]", line)[0].lower() for line in project["dependencies"]}


def lock_text() -> str:
    """What ``windows.lock`` has to be, for the ``requirements.lock`` at hand."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return _HEADER + _INTERPRETER + closure(lock, direct_dependencies())


def fetch(cache: Path, *, tests: bool = False) -> list[Path]:
    """Fetch every wheel by its hash; what is there already is not fetched again.

    Args:
        cache: Folder that keeps them from one build to the next.
        tests: Whether the tools of the tests are wanted as well.

    Returns:
        The wheels, by name.
    """
    text = LOCK.read_text(encoding="utf-8")
    if tests:
        lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
        text += closure(lock, set(TEST_TOOLS) | {"colorama"})
    wheels = cache / ("wheels-tests" if tests else "wheels")
    wheels.mkdir(parents=True, exist_ok=True)
    wanted = cache / f"{wheels.name}.lock"
    if not wanted.is_file() or wanted.read_text(encoding="utf-8") != _once(text):
        for old in wheels.glob("*.whl"):
            old.unlink()
        part = wanted.with_suffix(".part")
        part.write_text(_once(text), encoding="utf-8")
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*pip, *_PLATFORM, "--require-hashes", "-r", str(part), "-d", str(wheels)], check=True)
        part.replace(wanted)
    return sorted(wheels.glob("*.whl"))


def _once(text: str) -> str:
    """Each package once, though both the program and its tests may want it."""
    blocks = packages_of(text)
    return "".join(f"{lines}\n" for lines, _ in blocks.values())


def product(cache: Path) -> Path:
    """Build the program's own wheel from the checkout; the same bytes each time."""
    folder = cache / "product"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.whl"):
        old.unlink()
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", "-w", str(folder), str(ROOT)], check=True)
    return next(folder.glob("*.whl"))


def unpack(wheel: Path, folder: Path, *, below: str = "") -> None:
    """Unpack a wheel as pip would install it, or flat the files below one of its folders."""
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            if entry.is_dir() or not entry.filename.startswith(below):
                continue
            name = re.sub(r"^[^/]+\.data/(purelib|platlib)/", "", entry.filename[len(below) :])
            if re.match(r"[^/]+\.data/", name):
                continue  # scripts and headers
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(entry))


if __name__ == "__main__":
    LOCK.write_text(lock_text(), encoding="utf-8", newline="\n")
