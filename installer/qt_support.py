"""PySide6's own Python modules, laid beside its library as files.

PySide6 carries them in a library and compiles them anew at every start, which takes 15 ms; where they lie in
``shiboken6/files.dir`` it reads them there, and Python keeps their byte code. Its switch ``SBK_EMBED`` lays them there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

FOLDER = "files.dir"


def lay_out(packages: Path, python: Path | str) -> Path:
    """Let PySide6 lay its modules out where it is installed; Python compiles them on the way.

    Args:
        packages: The folder that holds ``shiboken6``.
        python: A Python that can load it.

    Returns:
        The folder of the modules.

    Raises:
        SystemExit: PySide6 left nothing there.
    """
    env = {**os.environ, "SBK_EMBED": "0"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    # Not by PYTHONPATH: the Python of the Windows program heeds none.
    code = "import sys; sys.path.insert(0, sys.argv[1]); import shiboken6"
    subprocess.run([str(python), "-c", code, str(packages)], env=env, check=True)
    made = packages / "shiboken6" / FOLDER
    if not (made / "shibokensupport" / "signature" / "loader.py").is_file():
        raise SystemExit(f"PySide6 did not lay out its modules in {made}")
    return made


def put(packages: Path, work: Path) -> None:
    """Give packages of a program the modules of the equal PySide6 of this Python: they are the same for every system.

    Args:
        packages: The folder that holds the program's ``shiboken6``.
        work: A folder for a copy of this Python's.

    Raises:
        SystemExit: The two are not of one version.
    """
    source = _packages_here()
    ours, theirs = ((place / "shiboken6" / "_config.py").read_text(encoding="utf-8") for place in (source, packages))
    if _version(ours) != _version(theirs):
        raise SystemExit(f"shiboken6 differs: {_version(ours)} here, {_version(theirs)} in {packages}")
    shutil.rmtree(work / "shiboken6", ignore_errors=True)
    shutil.copytree(source / "shiboken6", work / "shiboken6", ignore=shutil.ignore_patterns(FOLDER, "__pycache__"))
    made = lay_out(work, sys.executable)
    shutil.copytree(made, packages / "shiboken6" / FOLDER, ignore=shutil.ignore_patterns("__pycache__"))


def keep(qt: Path, names: Iterable[str]) -> None:
    """Leave of PySide6 only some of its files, and what its modules need of its own.

    Args:
        qt: The folder ``PySide6`` of a program's packages.
        names: The files, as paths in it.
    """
    kept = qt.with_name("PySide6.kept")
    for name in names:
        (kept / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(qt / name, kept / name)
    if (qt / "support").is_dir():
        shutil.move(qt / "support", kept / "support")
    shutil.rmtree(qt)
    kept.rename(qt)


def _packages_here() -> Path:
    found = find_spec("shiboken6")
    if found is None or found.origin is None:
        raise SystemExit("shiboken6 is missing here: run this by installer/dev.py")
    return Path(found.origin).parents[1]


def _version(config: str) -> str:
    return next(line for line in config.splitlines() if line.startswith("version ="))
