"""Tries the Windows setup under Wine as a clerk would meet it, one line for each thing that must hold.

``python3 installer/dev.py windows`` runs it; with ``--built`` it tries what was built last. ``--tests`` runs the
project's own tests with the Windows Python instead, ``--bench`` its measurements; words after them go to these.
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
from wheels import ABI, ROOT

sys.path.insert(0, str(Path(__file__).resolve().parent / "wine"))
sys.path.insert(0, str(ROOT / "installer"))
import machine
import prefix
import repeat

PLACE = r"C:\用户程序\扶贫 工作台"
"""A folder as clerks choose them: Chinese, with a blank."""
UNINSTALL = rf"Software\Microsoft\Windows\CurrentVersion\Uninstall\{APP}"
SETUP, COMMAND, WINDOW = r"C:\setup.exe", PLACE + r"\fupin.exe", PLACE + rf"\{APP}.exe"
DATA = r"C:\自检\office"
RUNNING, NEWER, UNWRITABLE = 2, 4, 5
"""Exit codes of the setup, see setup.nsi."""
HERS, EVERYBODYS = "HKCU", "HKLM"
AT_ONCE = 20
"""Files of tests that one process under Wine runs."""

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
            ("needs no administrator: shortcuts and registry of this user alone", self._of_this_user),
            ("opens every tab and dialog, computes, backs up", self._selftest),
            ("takes no more memory than a small PC has", self._memory),
            ("papers, forms and documents equal Linux's byte by byte", self._same_papers),
            ("opens the window without a console; no crash is logged", self._window),
            ("a second start ends at once; nothing is replaced while it runs", self._while_running),
            ("upgrades in place, old files gone, data and settings kept", self._upgrade),
            ("leaves the old program whole where something holds its files", self._upgrade_held),
            ("refuses to go back to an older version", self._refuse_downgrade),
            ("tells that it cannot write, and leaves what is there", self._refuse_unwritable),
            ("refuses a folder whose name is too long for Windows", self._refuse_too_long),
            ("moves to a folder of its own where the chosen one holds other things", self._beside_others),
            ("runs from a folder without being installed", self._portable),
            ("says in Chinese that a file is missing", self._incomplete),
            ("uninstalls; data and settings stay", self._uninstall),
            ("installs for every user of the PC in place of one user's, and is uninstalled again", self._for_all),
            ("uninstalls settings and practice data too where told; data stay", self._uninstall_with_settings),
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

    def _setup(self, *more: str, place: str = PLACE, settle: bool = True) -> int:
        # /D comes last and without quotes, whatever blanks it holds: so each part is a word of its own.
        return self.wine.run(SETUP, "/S", *more, *f"/D={place}".split(" "), settle=settle).status

    def _version(self, hive: str = HERS) -> str:
        """The version that Windows lists as installed; empty where it lists none."""
        key = rf"{hive}\{UNINSTALL}"
        found = self.wine.run("reg", "query", key, "/v", "DisplayVersion")
        return "" if found.status else found.out.split()[-1]

    def _list_version(self, version: str) -> None:
        self.wine.run("reg", "add", rf"{HERS}\{UNINSTALL}", "/v", "DisplayVersion", "/d", version, "/f")

    def _shortcuts(self, hive: str) -> list[Path]:
        """What the setup has put into the start menu and on the desktop of a user, or of all."""
        everybodys = [self.wine.drive / "ProgramData", self.wine.drive / "users" / "Public"]
        places = [self.wine.user] if hive == HERS else everybodys
        return [path for place in places for path in place.rglob("*.lnk") if TITLE in str(path)]

    def _install(self) -> str:
        status = self._setup()
        if status:
            return f"exit status {status}"
        return _difference(self.made["folder"], self._place)

    def _of_this_user(self) -> str:
        if not self._version() or self._version(EVERYBODYS):
            return "the registry of the PC was written, or that of the user was not"
        wanted, found = {TITLE, "用示范数据练习", "检查这台电脑", "卸载"}, self._shortcuts(HERS)
        if {path.stem for path in found} != wanted or self._shortcuts(EVERYBODYS):
            return f"shortcuts: {sorted(path.name for path in found)}, for all: {self._shortcuts(EVERYBODYS)}"
        return ""

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

    def _memory(self) -> str:
        report = json.loads((self._self / "selftest.json").read_text(encoding="utf-8"))
        step = next(step for step in report["steps"] if step["name"] == "memory")
        print(f"  {step['peak_mib']} MiB at its most with every tab and dialog open once", flush=True)
        return "" if step["ok"] else f"{step['peak_mib']} MiB of at most {step['at_most']}"

    def _while_running(self) -> str:
        window = threading.Thread(target=lambda: self.wine.run(WINDOW, "--data", DATA, seconds=75))
        window.start()
        time.sleep(20)
        again = self.wine.run(r"C:\explorer.exe", WINDOW, "--data", DATA, seconds=40, settle=False)
        status = self._setup(settle=False)
        window.join()
        if again.status or "exit 0" not in again.out:
            return f"the second start: {again.status}, {again.out!r}"
        return "" if status == RUNNING else f"exit status {status} instead of {RUNNING}"

    def _upgrade(self) -> str:
        old = self._place / "runtime" / "packages" / "old_module.py"
        old.write_text("", encoding="ascii")
        settings = self.wine.user / "AppData" / "Roaming" / TITLE / "settings.toml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text('data_folder = "C:\\\\自检\\\\office"\n', encoding="utf-8")
        now = self._version()
        self._list_version("0.0.1")
        status = self._setup()
        if status or self._version() != now:
            return f"exit status {status}, version {self._version()}"
        if not settings.is_file() or not (self._self / "office" / "fupin.sqlite").is_file():
            return "data or settings are gone"
        return _difference(self.made["folder"], self._place)

    def _upgrade_held(self) -> str:
        """A program whose current folder is the one to be replaced."""
        runtime = self._place / "runtime"
        holder = threading.Thread(target=lambda: self.wine.run("notepad", folder=runtime, seconds=60))
        holder.start()
        time.sleep(15)
        status = self._setup(settle=False)
        odd = _difference(self.made["folder"], self._place)
        holder.join()
        return odd if status == UNWRITABLE else f"exit status {status} instead of {UNWRITABLE}"

    def _refuse_downgrade(self) -> str:
        real = self._version()
        self._list_version("99.0.0")
        status = self._setup()
        self._list_version(real)
        odd = _difference(self.made["folder"], self._place)
        return odd if status == NEWER else f"exit status {status} instead of {NEWER}"

    def _refuse_unwritable(self) -> str:
        """A file lies where the setup's folder should be: nothing can be written below it."""
        blocked = self.wine.drive / "占用"
        shutil.rmtree(blocked, ignore_errors=True)
        blocked.write_text("x", encoding="utf-8")
        status = self._setup(place=r"C:\占用\工作台")
        odd = _difference(self.made["folder"], self._place)
        if status != UNWRITABLE or blocked.read_text(encoding="utf-8") != "x":
            return f"exit status {status} instead of {UNWRITABLE}, or what was there is not"
        return odd

    def _refuse_too_long(self) -> str:
        """The folder itself could be made, but not all that the program has below it."""
        place = self.wine.drive / ("长" * 70)
        status = self._setup(place=rf"C:\{place.name}\{'名' * 60}")
        if status != UNWRITABLE or place.exists():
            return f"exit status {status} instead of {UNWRITABLE}, or something was written"
        return _difference(self.made["folder"], self._place)

    def _beside_others(self) -> str:
        """Folders with the names of the program's own, and what lies in them, are a clerk's, for an uninstaller too."""
        place = self.wine.drive / "资料"
        shutil.rmtree(place, ignore_errors=True)
        theirs = [place / name / "x.txt" for name in ("runtime", "licenses", "old", "new")]
        for path in theirs:
            path.parent.mkdir(parents=True)
            path.write_text("x", encoding="utf-8")
        status = self._setup(place=r"C:\资料")
        odd = _difference(self.made["folder"], place / APP)
        shutil.copy(place / APP / "uninstall.exe", place)
        self.wine.run(r"C:\资料\uninstall.exe", "/S")
        lost = [str(path) for path in theirs if not path.is_file()]
        if odd or status or lost or self._place.exists():
            return odd or f"exit status {status}, lost {lost}, the former folder is there: {self._place.exists()}"
        status = self._setup()  # the next steps want it where it was
        odd = _difference(self.made["folder"], self._place)
        return odd or (f"not moved back: {status}" if status or (place / APP).exists() else "")

    def _portable(self) -> str:
        with zipfile.ZipFile(self.made["zip"]) as archive:
            archive.extractall(self.wine.drive / "便携")
        done = self.wine.run(rf"C:\便携\{APP}\fupin.exe", "amount", "1409.50")
        return "" if "壹仟肆佰零玖元伍角整" in done.out else f"it printed {done.out!r}"

    def _incomplete(self) -> str:
        """As where a virus scanner has taken a file away that Python itself needs."""
        library = self.wine.drive / "便携" / APP / "runtime" / f"python{ABI}.zip"
        library.unlink()
        done = self.wine.run(rf"C:\便携\{APP}\fupin.exe", "amount", "1409.50")
        return "" if done.status and "程序文件不全" in done.out else f"exit status {done.status}, {done.out!r}"

    def _uninstall(self) -> str:
        left = self._remove(PLACE, self._place)
        settings = self.wine.user / "AppData" / "Roaming" / TITLE / "settings.toml"
        if not settings.is_file() or not self._data_there():
            return "data or settings are gone"
        return left or (f"registry: {self._version()}" if self._version() else "")

    def _remove(self, place: str, folder: Path, *more: str) -> str:
        """Uninstall; what is left of the program."""
        self.wine.run(place + r"\uninstall.exe", "/S", *more)
        deadline = time.monotonic() + 60  # it goes on in a copy of itself
        while folder.exists() and time.monotonic() < deadline:
            time.sleep(1)
        left = [path.name for path in folder.iterdir()] if folder.exists() else []
        left += [path.name for path in (*self._shortcuts(HERS), *self._shortcuts(EVERYBODYS))]
        return f"left: {left}" if left else ""

    def _data_there(self) -> bool:
        return (self._self / "office" / "fupin.sqlite").is_file()

    def _for_all(self) -> str:
        folder = self.wine.drive / "Program Files" / APP
        self._setup()
        status = self.wine.run(SETUP, "/S", "/ALLUSERS").status
        listed = self._version(EVERYBODYS), self._version()
        if status or not listed[0] or listed[1]:
            return f"exit status {status}, listed for all and for this user {listed}"
        odd = _difference(self.made["folder"], folder)
        shortcuts = self._shortcuts(HERS), self._shortcuts(EVERYBODYS)
        if odd or shortcuts[0] or not shortcuts[1] or self._place.exists():
            return odd or f"shortcuts {shortcuts}, the one user's is there: {self._place.exists()}"
        left = self._remove(rf"C:\Program Files\{APP}", folder)
        return left or (f"registry: {self._version(EVERYBODYS)}" if self._version(EVERYBODYS) else "")

    def _uninstall_with_settings(self) -> str:
        """Only where told, and never the office's data."""
        status = self._setup()
        local = self.wine.user / "AppData" / "Local" / TITLE
        for name in ("示范数据", "自检"):
            (local / name).mkdir(parents=True, exist_ok=True)
            (local / name / "x").write_text("x", encoding="utf-8")
        left = self._remove(PLACE, self._place, "/SETTINGS")
        kept = [path for path in (local, self.wine.user / "AppData" / "Roaming" / TITLE) if path.exists()]
        if status or kept or not self._data_there():
            return f"exit status {status}, kept {kept}, data there: {self._data_there()}"
        return left


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


def run_python(arguments: list[str], *, kept: bool = False) -> int:
    """Run a module with the Windows Python, beside a copy of the checkout.

    Args:
        arguments: The module and its words.
        kept: Whether the folder made the last time does.
    """
    wine = prepared()
    place = wine.drive / "tests"
    checkout = place / "checkout"
    if not kept or not checkout.is_dir():
        folder.build(place / APP, build.CACHE, tests=True)
        shutil.copy(prefix.HERE / "python_of_wine.py", place / APP / "runtime" / "packages" / "sitecustomize.py")
        shutil.rmtree(checkout, ignore_errors=True)
        repeat.copy_checkout(checkout, "tests", ".ci")
    done = wine.run(rf"C:\tests\{APP}\python.exe", "-m", *arguments, folder=checkout, seconds=7200)
    print(done.out, flush=True)
    return done.status


def run_tests(arguments: list[str]) -> int:
    """Run the project's tests with the Windows Python: those asked for, else all, a folder at a time."""
    options = ["-q", "-p", "no:cacheprovider"]
    if arguments:
        return run_python(["pytest", *options, *arguments])
    failed = []
    for number, files in enumerate(test_groups()):
        print(f"--- {files[0]} and {len(files) - 1} more ---", flush=True)
        if run_python(["pytest", *options, *files], kept=number > 0):
            failed.append(files[0])
    print(f"failed in the groups of {', '.join(failed)}" if failed else "all passed", flush=True)
    return 1 if failed else 0


def test_groups() -> list[list[str]]:
    """The files with tests, by folder and some at a time, the quick layers first so that results come early."""
    root, found = ROOT / "tests", []
    for layer in ("cli", "domain", "policy", "storage", "documents", "services", "ui", "attacks", ""):
        inside = root.glob("test_*.py") if not layer else (root / layer).rglob("test_*.py")
        files = sorted(path.relative_to(ROOT).as_posix() for path in inside)
        found += [files[at : at + AT_ONCE] for at in range(0, len(files), AT_ONCE)]
    return found


def built_last() -> dict[str, Path]:
    """What the last build made, with its setup packed for Wine.

    Raises:
        SystemExit: Nothing was built, or only a part.
    """
    made = {"folder": build.OUT / APP, "trial": build.OUT / "trial" / "trial.exe"}
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
    if words and words[0] not in ("--tests", "--bench") and words != ["--built"]:
        print("windows takes --built, or --tests or --bench with words for these", file=sys.stderr)
        return 2
    try:
        if words[:1] == ["--tests"]:
            return run_tests(words[1:])
        if words[:1] == ["--bench"]:
            return run_python(["tests.benchmarks", *words[1:]])
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
