"""The checkout's own Python environment (.venv), made from the lock file alone."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import qt_support
from machine import Trouble, absent_packages, apt_install, say

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
OUT = ROOT / "out"
OLDEST = (3, 11)

_BIN = VENV / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = _BIN / ("python.exe" if sys.platform == "win32" else "python")
_STAMP = VENV / "lock-stamp.txt"


def ensure_environment() -> None:
    """Make .venv and install what the lock file names; quick where nothing has changed since.

    Raises:
        Trouble: Python is too old, venv cannot be had, or the packages cannot be fetched.
    """
    stamp = _wanted_stamp()
    if PYTHON.exists() and _STAMP.exists() and _STAMP.read_text(encoding="utf-8") == stamp:
        _lay_out_qt_support()
        return
    if not _usable():
        _make_venv()
    _install()
    _link_checkout()
    _lay_out_qt_support()
    _STAMP.write_text(stamp, encoding="utf-8")


def qt_folder() -> Path:
    """Where PySide6 is installed in .venv."""
    return _site_packages() / "PySide6"


def child_environment(*, offscreen: bool = False) -> dict[str, str]:
    """Environment for the program and its tests: UTF-8, and no display where asked or where there is none."""
    env = dict(os.environ, PYTHONUTF8="1")
    env.pop("PYTHONPATH", None)
    if sys.platform.startswith("linux"):
        if "UTF-8" not in (env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or "").upper():
            env["LC_ALL"] = "C.UTF-8"
        if offscreen:
            env["QT_QPA_PLATFORM"] = "offscreen"
            # The offscreen platform tells at every window what it cannot do.
            env.setdefault("QT_LOGGING_RULES", "default.warning=false")
    return env


def _wanted_stamp() -> str:
    return f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()} {ROOT}\n"


def _usable() -> bool:
    """Whether .venv holds a Python that runs, is new enough, and has pip."""
    if not PYTHON.exists():
        return False
    probe = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([str(PYTHON), "-c", probe], capture_output=True, check=False).returncode == 0


def _make_venv() -> None:
    base = _base_python()
    say(f"Making {VENV.name} with {base} ...")
    if _venv_from(base):
        return
    if sys.platform.startswith("linux") and shutil.which("apt-get"):
        say("Python's venv module is incomplete here (Debian keeps it in the package python3-venv).")
        # What Qt will need comes along, so that nobody is asked twice.
        apt_install(["python3-venv", *absent_packages()])
        if _venv_from(base) or _venv_from("/usr/bin/python3"):
            return
    raise Trouble("Python cannot make a virtual environment here. Please install its venv and pip modules.")


def _venv_from(base: str) -> bool:
    """Whether a virtual environment with pip could be made; a half-made one is cleared away first."""
    made = subprocess.run([base, "-m", "venv", "--clear", str(VENV)], capture_output=True, check=False)
    return made.returncode == 0 and _usable()


def _base_python() -> str:
    """A Python that is new enough: the one running, else a newer one of the machine."""
    if sys.version_info >= OLDEST:
        return sys.executable
    probe = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    for name in ("python3.11", "python3.12", "python3.13", "python3"):
        path = shutil.which(name)
        if path and subprocess.run([path, "-c", probe], capture_output=True, check=False).returncode == 0:
            return path
    raise Trouble(f"Python {'.'.join(map(str, OLDEST))} or newer is needed; this is {sys.version.split()[0]}.")


def _install() -> None:
    """Install the lock file's packages; pip's own configuration (index, proxy) is left to pip."""
    say("Installing the packages of requirements.lock ...")
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--progress-bar", "off"]
    command += ["--only-binary", ":all:", "--require-hashes", "--requirement", str(LOCK)]
    for left in (2, 1, 0):
        if subprocess.run(command, check=False, cwd=ROOT).returncode == 0:
            return
        if left:
            say("pip failed; trying again ...")
    raise Trouble("pip could not install the packages of requirements.lock; its message is above.")


def _link_checkout() -> None:
    """Let .venv's Python find the program in this checkout, whatever the current folder.

    A path in such a file is read in the system's encoding, so one with Chinese in it is written as an expression.
    """
    line = f"import sys; sys.path.append({str(ROOT)!a})\n"
    (_site_packages() / "fupin_desktop_checkout.pth").write_text(line, encoding="ascii")


def _lay_out_qt_support() -> None:
    """Once, where PySide6 is installed in .venv itself."""
    there = _site_packages() / "shiboken6"
    if there.is_dir() and not (there / qt_support.FOLDER).is_dir():
        qt_support.lay_out(there.parent, PYTHON)


def _site_packages() -> Path:
    if sys.platform == "win32":
        return VENV / "Lib" / "site-packages"
    return next((VENV / "lib").glob("python3*/site-packages"))
