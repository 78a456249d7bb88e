"""One command for each thing a developer does: ``python3 installer/dev.py run | test | bench | shots | build``.

Needs nothing but Python 3.11 and its standard library, on Windows and on Debian. The first use makes ``.venv`` from
``requirements.lock`` and, on Debian and Ubuntu, installs the shared libraries Qt needs; later uses start at once.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import checking
import environment
import machine
from environment import OUT, PYTHON, ROOT, child_environment
from machine import Trouble, say

SAMPLE = OUT / "sample-office"
WINDOWS = ROOT / "installer" / "windows"
DEBIAN = ROOT / "installer" / "debian" / "build.py"
REPEAT = ROOT / "installer" / "repeat.py"
ATTACKS = {"data": "tests.attacks", "workbooks": "tests.attacks.workbooks"}
LOCK_HEADER = "# Written by: python3 installer/dev.py lock\n"


def main(words: list[str] | None = None) -> int:
    """Run one sub-command; returns the exit status."""
    options, extra = _parser().parse_known_args(words)
    if extra and options.command not in ("run", "test", "bench", "windows", "attack"):
        _parser().error(f"unknown words: {' '.join(extra)}")
    try:
        environment.ensure_environment()
        machine.ensure_libraries(environment.qt_folder())
        return int(options.action(options, extra))
    except Trouble as trouble:
        print(f"dev.py: {trouble}", file=sys.stderr, flush=True)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py", description="Set up, run and test the workbench from its checkout.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, action: object, text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(action=action)
        return made

    command("run", run, "Open the window on the sample office; without a display leave pictures and papers in out/.")
    command("test", test, "Run ruff, mypy, the import contracts and the tests; more words go to pytest.")
    command("coverage", coverage, "Measure which lines and branches the tests cover; less than 90 %% fails.")
    command("bench", bench, "Measure speed and size as ratios, side by side in one run.")
    attack_ = command("attack", attack, "Attack the data file, or every door with a folder of workbooks; for long.")
    more = "data [--minutes N] [--seed N] [--only KIND] [--write], or workbooks DIR"
    attack_.add_argument("what", choices=tuple(ATTACKS), help=more)
    shots = command("shots", save_shots, "Save pictures of every tab and dialog.")
    shots.add_argument("folder", nargs="?", default=str(OUT / "shots"), help="where to (out/shots)")
    command("manual", manual_pictures, "Remake the pictures of the manual, resources/manual/images.")
    command("lock", lock, "Re-compile requirements.lock and windows.lock from pyproject.toml.")
    made = command("build", build, "Make the Windows setup, the portable zip and the Debian package from the locks.")
    made.add_argument("--twice", action="store_true", help="build again elsewhere and compare byte by byte")
    command("windows", windows, "Build, then try the setup under Wine; with --tests or --bench run these there.")
    command("debian", debian, "Make the Debian package, install it here, try it as a plain user, and remove it.")
    return parser


def run(_options: argparse.Namespace, extra: list[str]) -> int:
    """Open the window on the sample office, or show what there is to see where there is no display."""
    status = _ensure_sample()
    if status:
        return status
    if not _has_display():
        say("There is no display here: the window is drawn off screen.")
        status = _show("pictures", SAMPLE, OUT / "shots") or _show("papers", SAMPLE, OUT / "papers")
        _tell_where()
        return status
    program = [str(PYTHON), "-m", "fupin_desktop", "--data", str(SAMPLE), *extra]
    return subprocess.run(program, cwd=ROOT, env=child_environment(), check=False).returncode


def test(_options: argparse.Namespace, extra: list[str]) -> int:
    """Run every check; see ``checking``."""
    return checking.run_all(extra)


def coverage(_options: argparse.Namespace, extra: list[str]) -> int:
    """Measure what the tests cover; see ``checking``."""
    return checking.coverage(extra)


def bench(_options: argparse.Namespace, extra: list[str]) -> int:
    """Print the speed and size ratios; more words name single measurements."""
    environment_ = child_environment(offscreen=True)
    program = [str(PYTHON), "-m", "tests.benchmarks", *extra]
    return subprocess.run(program, cwd=ROOT, env=environment_, check=False).returncode


def attack(options: argparse.Namespace, extra: list[str]) -> int:
    """Count what is lost by kills, power cuts and failing disks, or what comes of every file of a folder."""
    words = [str(Path(word).resolve()) for word in extra] if options.what == "workbooks" else extra
    program = [str(PYTHON), "-m", ATTACKS[options.what], *words]
    return subprocess.run(program, cwd=ROOT, env=child_environment(offscreen=True), check=False).returncode


def save_shots(options: argparse.Namespace, _extra: list[str]) -> int:
    """Save pictures of the window with the sample office, drawn off screen so that every machine draws the same."""
    return _ensure_sample() or _show("pictures", SAMPLE, options.folder)


def manual_pictures(_options: argparse.Namespace, _extra: list[str]) -> int:
    """Remake the pictures of the manual from the sample office, drawn off screen."""
    return _ensure_sample() or _show("manual", SAMPLE, ROOT / "resources" / "manual" / "images")


def lock(_options: argparse.Namespace, _extra: list[str]) -> int:
    """Re-compile the lock file with uv: all platforms, with hashes, without naming an index."""
    uv = shutil.which("uv", path=str(PYTHON.parent)) or shutil.which("uv")
    if uv is None:
        raise Trouble("lock needs uv. Please type:  pip install uv")
    say("Compiling requirements.lock ...")
    program = [uv, "pip", "compile", "pyproject.toml", "--extra", "dev", "--generate-hashes", "--universal", "--quiet"]
    program += ["--python-version", "3.11", "--no-emit-index-url", "--no-header", "-o", str(environment.LOCK)]
    status = subprocess.run(program, cwd=ROOT, check=False).returncode
    if status == 0:
        body = environment.LOCK.read_text(encoding="utf-8")
        environment.LOCK.write_text(LOCK_HEADER + body.removeprefix(LOCK_HEADER), encoding="utf-8", newline="\n")
        status = checking.run_one(WINDOWS / "wheels.py", [], offscreen=False)
    return status


def build(options: argparse.Namespace, _extra: list[str]) -> int:
    """Make what clerks are handed: for Windows and, on Debian, the Debian package."""
    scripts = [WINDOWS / "build.py", DEBIAN, *([REPEAT] if options.twice else [])]
    return next(filter(None, (checking.run_one(script, [], offscreen=False) for script in scripts)), 0)


def windows(_options: argparse.Namespace, extra: list[str]) -> int:
    """Try the Windows setup under Wine, or run the tests or the measurements there."""
    return checking.run_one(WINDOWS / "trial.py", extra, offscreen=False)


def debian(_options: argparse.Namespace, _extra: list[str]) -> int:
    """Try the Debian package on this very machine; needs root."""
    return checking.run_one(DEBIAN, ["--try"], offscreen=False)


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _ensure_sample() -> int:
    """Make the sample office once; it is then the developer's own to play with."""
    return 0 if SAMPLE.is_dir() else _show("sample", SAMPLE)


def _show(what: str, *places: object) -> int:
    script = ROOT / "installer" / "show.py"
    return checking.run_one(script, [what, *map(str, places)], offscreen=True)


def _tell_where() -> None:
    for path in sorted([*(OUT / "shots").glob("*"), *(OUT / "papers").glob("*/*")]):
        say(f"  {path.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
