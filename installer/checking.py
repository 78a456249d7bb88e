"""The checks of ``dev.py test``: the linters beside the tests, one summary, the tests' own last line at the end."""

from __future__ import annotations

import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from environment import PYTHON, ROOT, child_environment
from machine import say

_BIN = PYTHON.parent


@dataclass
class Check:
    """One check and what came of it."""

    name: str
    command: list[str]
    status: int = -1
    output: str = ""
    seconds: float = 0.0


def linters() -> list[Check]:
    """Style, types and layers, the quickest first."""
    return [
        Check("ruff check", [str(_BIN / "ruff"), "check"]),
        Check("lint-imports", [str(_BIN / "lint-imports")]),
        Check("mypy", [str(PYTHON), "-m", "mypy"]),
    ]


def run_all(pytest_arguments: list[str]) -> int:
    """Run every check, whatever the others say; 0 only if all passed."""
    quiet = linters()
    tests = Check("pytest", [str(PYTHON), "-m", "pytest", *pytest_arguments])
    # Two cores: the linters share one, the tests have the other.
    beside = threading.Thread(target=lambda: [_run_quietly(check) for check in quiet])
    beside.start()
    _run_aloud(tests)
    beside.join()
    for check in quiet:
        if check.status != 0:
            say(f"\n--- {check.name} ---\n{check.output.rstrip()}")
    _summary([*quiet, tests])
    return 0 if all(check.status == 0 for check in [*quiet, tests]) else 1


def _run_quietly(check: Check) -> None:
    start = time.monotonic()
    done = subprocess.run(
        check.command, cwd=ROOT, env=child_environment(), check=False, text=True, encoding="utf-8", errors="replace",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    check.status, check.output, check.seconds = done.returncode, done.stdout, time.monotonic() - start


def _run_aloud(check: Check) -> None:
    """Run and show each line as it comes, keeping the last one that says something."""
    start = time.monotonic()
    with subprocess.Popen(
        check.command, cwd=ROOT, env=child_environment(offscreen=True), text=True, encoding="utf-8", errors="replace",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            say(line.rstrip("\n"))
            if line.strip():
                check.output = line.strip()
    check.status, check.seconds = process.returncode, time.monotonic() - start


def _summary(checks: list[Check]) -> None:
    say("")
    for check in checks:
        verdict = "passed" if check.status == 0 else f"FAILED (exit status {check.status})"
        say(f"{check.name:<14}{verdict}  {check.seconds:.0f} s")
    # Last of all, so that whoever reads only the end of a log sees how many tests there were.
    say(checks[-1].output.strip("= "))


def run_one(script: Path, arguments: list[str], *, offscreen: bool) -> int:
    """Run one of the project's scripts with .venv's Python and pass its exit status on."""
    command = [str(PYTHON), str(script), *arguments]
    return subprocess.run(command, cwd=ROOT, env=child_environment(offscreen=offscreen), check=False).returncode
