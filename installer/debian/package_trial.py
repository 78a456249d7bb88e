"""Tries the Debian package on this very machine, one line for each thing that must hold; needs root.

``python3 installer/dev.py debian`` makes the package and runs it: installed, used by a plain user made for it on a
screen of his own, removed, purged; then the user is removed too.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import machine

NAME, TITLE, USER = "fupin-desktop", "产业扶贫工作台", "fupin-trial"
PLACE = Path("/usr/lib") / NAME
DESKTOP = Path("/usr/share/applications") / f"{NAME}.desktop"
PICTURE = Path("/usr/share/icons/hicolor/256x256/apps") / f"{NAME}.png"
TOOLS = ("xvfb", "xauth", "openbox", "xdotool", "x11-utils", "desktop-file-utils")
"""What the trial needs beside the package."""
_ON_A_SCREEN = f"""
openbox & manager=$!
{NAME} --sample & program=$!
while kill -0 $program && test -z "$window"; do
  sleep 1
  window=$(xdotool search --onlyvisible --name {TITLE} | tail -1)
done
sleep 5
xdotool getwindowname "$window"
xprop -id "$window" WM_CLASS
timeout 30 xdotool windowactivate --sync "$window" key alt+F4
wait $program; echo "$?"
kill $manager
"""
"""Prints the window's title, its class and the exit status of the program, which is closed as a user closes it."""


def try_package(package: Path) -> int:
    """Install, use, remove; 0 only where everything held.

    Raises:
        Trouble: Packages cannot be installed here.
    """
    if os.geteuid() != 0 or shutil.which("dpkg") is None:
        raise machine.Trouble("the trial installs the package on this machine: it needs dpkg, and root to run it.")
    machine.apt_install([str(package), *TOOLS])
    home = Path(tempfile.mkdtemp(prefix="fupin-trial-")) / "home"
    home.parent.chmod(0o755)
    subprocess.run(["userdel", USER], check=False, capture_output=True)  # of a trial that was broken off
    subprocess.run(["useradd", "--create-home", "--home-dir", str(home), USER], check=True)
    try:
        return 0 if Trial(home).run() else 1
    finally:
        subprocess.run(["userdel", USER], check=False, capture_output=True)
        shutil.rmtree(home.parent, ignore_errors=True)


class Trial:
    """The trial, step by step, with the package installed.

    Args:
        home: The plain user's own folder.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._self = home / "自检"

    def run(self) -> bool:
        """Do everything; returns whether all held."""
        return all([
            self._step("menu entry, icon and command are where desktops look", self._entry),
            self._step("prints the manual as one PDF, as a plain user", self._manual),
            self._step("opens every tab and dialog, computes, writes papers, as a plain user", self._selftest),
            self._step("opens its window on a desktop, and is closed like any other", self._window),
            self._step("writes nothing outside the user's own folder and changes none of its files", self._clean),
            self._step("is removed and purged without a trace; the user's data stay", self._remove),
        ])  # fmt: skip

    @staticmethod
    def _step(name: str, work: Callable[[], str]) -> bool:
        start = time.monotonic()
        try:
            fault = work()
        except (OSError, ValueError, KeyError, subprocess.SubprocessError) as trouble:
            fault = f"{type(trouble).__name__}: {trouble}"
        print(f"{name}: {'ok' if not fault else f'FAILED: {fault}'} ({time.monotonic() - start:.0f} s)", flush=True)
        return not fault

    def _user(self, *words: str, offscreen: bool = True, seconds: float = 900) -> subprocess.CompletedProcess[str]:
        """Run something as the plain user, in his folder, with nothing of root's."""
        settings = {
            "HOME": str(self._home), "USER": USER, "LOGNAME": USER, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
            "QT_LOGGING_RULES": "default.warning=false", **({"QT_QPA_PLATFORM": "offscreen"} if offscreen else {}),
        }  # fmt: skip
        clean = ["env", "-i", *(f"{key}={value}" for key, value in settings.items())]
        return _run("runuser", "-u", USER, "--", *clean, *words, folder=self._home, seconds=seconds)

    def _entry(self) -> str:
        checked = _run("desktop-file-validate", str(DESKTOP))
        words = _entry()
        if checked.returncode or checked.stdout:
            return checked.stdout
        if words["Name"] != TITLE or shutil.which(words["Exec"]) is None or words["Icon"] != PICTURE.stem:
            return f"the entry says {words}"
        width = int.from_bytes(PICTURE.read_bytes()[16:20], "big")
        return "" if width == 256 else f"the icon is {width} wide"

    def _manual(self) -> str:
        done = self._user(NAME, "manual", "--out", "手册.pdf")
        path = self._home / "手册.pdf"
        fine = done.returncode == 0 and path.read_bytes()[:5] == b"%PDF-"
        return "" if fine else f"exit status {done.returncode}: {done.stdout[-300:]} {done.stderr[-300:]}"

    def _selftest(self) -> str:
        done = self._user(NAME, "--selftest", str(self._self), seconds=1800)
        report = json.loads((self._self / "selftest.json").read_text(encoding="utf-8"))
        bad = [f"{one['name']}: {one.get('trouble') or one.get('failed')}" for one in report["steps"] if not one["ok"]]
        return "; ".join(bad) or ("" if done.returncode == 0 else f"exit status {done.returncode} {done.stderr[-500:]}")

    def _window(self) -> str:
        screen = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "sh", "-c", _ON_A_SCREEN]
        done = self._user(*screen, offscreen=False)
        title, kind, status = (*done.stdout.strip().splitlines()[-3:], "", "", "")[:3]
        if not title.startswith(TITLE) or status != "0":
            return f"{done.stdout!r} {done.stderr[-500:]!r}"
        if f'"{_entry()["StartupWMClass"]}"' not in kind:
            return f"the window says {kind}, the entry another class"
        crashes = [*self._home.rglob("日志/崩溃.txt"), *self._home.rglob("日志/异常*.txt")]
        return f"a crash is logged: {crashes}" if crashes else ""

    def _clean(self) -> str:
        _run(NAME, "amount", "1409.50")  # root could write byte code beside the program
        strange = sorted(set(map(str, PLACE.rglob("*"))) - set(_run("dpkg", "-L", NAME).stdout.splitlines()))
        # What belongs to the screen lies among temporary files, as does his folder here.
        elsewhere = ("-not", "-path", f"{tempfile.gettempdir()}/*", "-not", "-path", "/proc/*")
        strange += _run("find", "/", "-xdev", "-user", USER, *elsewhere).stdout.splitlines()
        return " ".join([*strange[:5], _run("dpkg", "-V", NAME).stdout[:300]]).strip()

    def _remove(self) -> str:
        offices = len([*self._home.rglob("fupin.sqlite")])
        for option in ("-r", "-P"):
            done = _run("dpkg", option, NAME)
            if done.returncode:
                return f"dpkg {option}: {done.stderr}"
        stay = len([*self._home.rglob("fupin.sqlite")])
        if stay != offices or not offices:
            return f"{stay} of {offices} data files are left"
        left = _run("find", "/usr", "/etc", "/var/lib", "-name", f"*{NAME}*").stdout.split()
        return f"left: {left}" if left else ""


def _entry() -> dict[str, str]:
    """What the menu entry says."""
    return dict(line.split("=", 1) for line in DESKTOP.read_text(encoding="utf-8").splitlines() if "=" in line)


def _run(*words: str, folder: Path | None = None, seconds: float = 900) -> subprocess.CompletedProcess[str]:
    """Run a program; where it takes too long it is ended with all that it started."""
    process = subprocess.Popen(
        words, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        errors="replace", start_new_session=True,
    )  # fmt: skip
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate()
        raise
    return subprocess.CompletedProcess(words, process.returncode, out, err)
