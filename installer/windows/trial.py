"""Tries the Windows setup under Wine as a clerk would meet it, one line for each thing that must hold.

``python3 installer/dev.py windows`` runs it; with ``--built`` it tries what was built last, and ``--tests`` runs the
project's own tests with the Windows Python instead.
"""

from __future__ import annotations

import filecmp
import json
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import build
import folder
from native import APP, TITLE
from wheels import ROOT

sys.path.insert(0, str(Path(__file__).resolve().parent / "wine"))
sys.path.insert(0, str(ROOT / "installer"))
import machine
import prefix
import repeat

PLACE = r"C:\用户程序\扶贫 工作台"
"""A folder as clerks choose them: Chinese, with a blank."""
SETUP, COMMAND, WINDOW = r"C:\setup.exe", PLACE + r"\fupin.exe", PLACE + rf"\{APP}.exe"
DATA = r"C:\自检\office"
RUNNING, NEWER = 2, 4

_LINUX = """
import sys, json
from pathlib import Path
from fupin_desktop.services import self_test
folder = Path(sys.argv[1])
with self_test.office(folder / "office") as bench:
    print(json.dumps([self_test.calculated(bench), self_test.write_papers(bench, folder / "papers")]))
"""


class Trial:
    """The trial, step by step; each takes what the one before left.

    Args:
        wine: The Windows to try in.
        made: What the build made.
    """

    def __init__(self, wine: prefix.Wine, made: dict[str, Path]) -> None:
        self.wine, self.made = wine, made
        self.good = True
        self._place = wine.drive / "用户程序" / "扶贫 工作台"
        self._self = wine.drive / "自检"

    def run(self) -> bool:
        """Do everything; returns whether all held."""
        for place in (self._place, self._self, self.wine.drive / "便携"):
            shutil.rmtree(place, ignore_errors=True)
        shutil.copy(self.made["trial"], self.wine.drive / "setup.exe")
        for name, work in (
            ("installs silently below a Chinese name with a blank", self._install),
            ("opens every tab and dialog, computes, backs up", self._selftest),
            ("papers, forms and documents equal Linux's byte by byte", self._same_papers),
            ("opens the window without a console; no crash is logged", self._window),
            ("is not replaced while it runs", self._refused_while_running),
            ("upgrades in place, old files gone, data and settings kept", self._upgrade),
            ("refuses to go back to an older version", self._refuse_downgrade),
            ("runs from a folder without being installed", self._portable),
            ("uninstalls; data and settings stay", self._uninstall),
        ):
            self._step(name, work)
        return self.good

    def _step(self, name: str, work: Callable[[], str]) -> None:
        start = time.monotonic()
        try:
            fault = work()
        except (OSError, ValueError, KeyError, StopIteration, subprocess.SubprocessError) as trouble:
            fault = f"{type(trouble).__name__}: {trouble}"
        self.good = self.good and not fault
        verdict = "ok" if not fault else f"FAILED: {fault}"
        print(f"{name}: {verdict} ({time.monotonic() - start:.0f} s)", flush=True)

    def _setup(self, *more: str, settle: bool = True) -> int:
        # /D comes last and without quotes, whatever blanks it holds: so each part is a word of its own.
        return self.wine.run(SETUP, "/S", *more, *f"/D={PLACE}".split(" "), settle=settle).status

    def _install(self) -> str:
        status = self._setup()
        if status:
            return f"exit status {status}"
        return _difference(self.made["folder"], self._place)

    def _selftest(self) -> str:
        done = self.wine.run(COMMAND, "--selftest", r"C:\自检", seconds=1200)
        report = json.loads((self._self / "selftest.json").read_text(encoding="utf-8"))
        failed = [step for step in report["steps"] if not step["ok"]]
        bad = [f"{step['name']}: {step.get('trouble') or step.get('failed')}" for step in failed]
        return "; ".join(bad) or (f"exit status {done.status}" if done.status else "")

    def _same_papers(self) -> str:
        report = json.loads((self._self / "selftest.json").read_text(encoding="utf-8"))
        steps = {step["name"]: step for step in report["steps"]}
        here = build.OUT / "linux-papers"
        shutil.rmtree(here, ignore_errors=True)
        # The same office: papers bear a code out of its log, which no two offices share.
        shutil.copytree(self._self / "office", here / "office")
        command = [sys.executable, "-c", _LINUX, str(here)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
        totals, sums = json.loads(done.stdout)
        there = steps["papers"]["sha256"]
        differing = [name for name in sorted(sums.keys() | there.keys()) if sums.get(name) != there.get(name)]
        if steps["calculation"]["awards"] != totals:
            differing.append("the calculated awards")
        return f"{len(differing)} differ: {differing[:5]}" if differing else ""

    def _window(self) -> str:
        """As Explorer starts it; it is ended after it has had the time to come up and make its daily backup."""
        before = set((self._self / "office" / "备份").glob("*"))
        self.wine.run(r"C:\explorer.exe", WINDOW, "--data", DATA, seconds=45)
        if set((self._self / "office" / "备份").glob("*")) == before:
            return "the window did not come up"
        crash = self._self / "office" / "日志" / "崩溃.txt"
        return "a crash is logged" if crash.is_file() and crash.stat().st_size else ""

    def _refused_while_running(self) -> str:
        window = threading.Thread(target=lambda: self.wine.run(WINDOW, "--data", DATA, seconds=60))
        window.start()
        time.sleep(20)
        status = self._setup(settle=False)
        window.join()
        return "" if status == RUNNING else f"exit status {status} instead of {RUNNING}"

    def _upgrade(self) -> str:
        old = self._place / "runtime" / "packages" / "old_module.py"
        old.write_text("", encoding="ascii")
        settings = self.wine.user / "AppData" / "Roaming" / TITLE / "settings.toml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text('data_folder = "C:\\\\自检\\\\office"\n', encoding="utf-8")
        status = self._setup()
        if status:
            return f"exit status {status}"
        if not settings.is_file() or not (self._self / "office" / "fupin.sqlite").is_file():
            return "data or settings are gone"
        return _difference(self.made["folder"], self._place)

    def _refuse_downgrade(self) -> str:
        key = rf"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{APP}"
        real = self.wine.run("reg", "query", key, "/v", "DisplayVersion").out.split()[-1]
        self.wine.run("reg", "add", key, "/v", "DisplayVersion", "/d", "99.0.0", "/f")
        status = self._setup()
        self.wine.run("reg", "add", key, "/v", "DisplayVersion", "/d", real, "/f")
        return "" if status == NEWER else f"exit status {status} instead of {NEWER}"

    def _portable(self) -> str:
        with zipfile.ZipFile(self.made["zip"]) as archive:
            archive.extractall(self.wine.drive / "便携")
        done = self.wine.run(rf"C:\便携\{APP}\fupin.exe", "amount", "1409.50")
        return "" if "壹仟肆佰零玖元伍角整" in done.out else f"it printed {done.out!r}"

    def _uninstall(self) -> str:
        self.wine.run(PLACE + r"\uninstall.exe", "/S")
        deadline = time.monotonic() + 60  # it goes on in a copy of itself
        while self._place.exists() and time.monotonic() < deadline:
            time.sleep(1)
        if self._place.exists():
            return f"left: {[path.name for path in self._place.iterdir()]}"
        settings = self.wine.user / "AppData" / "Roaming" / TITLE / "settings.toml"
        kept = settings.is_file() and (self._self / "office" / "fupin.sqlite").is_file()
        return "" if kept else "data or settings are gone"


def _difference(built: Path, installed: Path) -> str:
    """What an installation has more, less or otherwise than what was built."""
    names = {path.relative_to(built) for path in built.rglob("*") if path.is_file()}
    there = {path.relative_to(installed) for path in installed.rglob("*") if path.is_file()}
    odd = sorted(map(str, (names ^ there) - {Path("uninstall.exe")}))
    odd += [str(name) for name in names & there if not filecmp.cmp(built / name, installed / name, shallow=False)]
    return f"{len(odd)} files are not as built: {odd[:5]}" if odd else ""


def prepared() -> prefix.Wine:
    """The Windows to try in; where Wine is missing it is installed, or said."""
    if not prefix.ready():
        print(f"Wine is missing; installing {' '.join(prefix.PACKAGES)} and the tools of the build ...", flush=True)
        machine.apt_install([*prefix.PACKAGES, "nsis", "gcc-mingw-w64-x86-64"])
    wine = prefix.Wine(build.OUT / "wine")
    wine.make()
    return wine


def run_tests(arguments: list[str]) -> int:
    """Run the project's tests with the Windows Python; more words go to pytest."""
    wine = prepared()
    place = wine.drive / "tests"
    folder.build(place / APP, build.CACHE, tests=True)
    checkout = place / "checkout"
    shutil.rmtree(checkout, ignore_errors=True)
    repeat.copy_checkout(checkout, "tests")
    python = rf"C:\tests\{APP}\python.exe"
    words = arguments or ["-q", "-p", "no:cacheprovider"]
    done = wine.run(python, "-m", "pytest", *words, folder=checkout, seconds=7200)
    print(done.out)
    return done.status


def built_last() -> dict[str, Path]:
    """What the last build made, with its setup packed for Wine.

    Raises:
        SystemExit: Nothing was built, or only a part.
    """
    made = {"folder": build.OUT / APP, "trial": build.OUT / "trial" / "setup.exe"}
    for name, ending in (("setup", "-setup.exe"), ("zip", "-portable.zip")):
        found = sorted(build.OUT.glob(f"*{ending}"))
        if not found or not made["folder"].is_dir():
            raise SystemExit("nothing is built yet:  python3 installer/dev.py build")
        made[name] = found[-1]
    version = made["zip"].name.removeprefix(f"{TITLE}-").removesuffix("-portable.zip")
    build.pack_setup(made["folder"], made["trial"], version, stub=build.TRIAL_STUB, quick=True)
    return made


def main(words: list[str]) -> int:
    """Build, install and try; 0 only where everything held."""
    try:
        if words[:1] == ["--tests"]:
            return run_tests(words[1:])
        wine = prepared()
    except machine.Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 2
    start = time.monotonic()
    made = built_last() if "--built" in words else build.build(trial=True)
    print(f"builds the setup and the portable zip: ok ({time.monotonic() - start:.0f} s)", flush=True)
    return 0 if Trial(wine, made).run() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
