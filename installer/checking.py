"""The checks of ``dev.py test``: linters and tests side by side on two cores, one summary, the tests' count last."""

from __future__ import annotations

import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from environment import PYTHON, ROOT, child_environment
from machine import say

_BIN = PYTHON.parent
_ALL = ["-n", "auto", "--dist", "worksteal"]
_COVERED = "Total coverage:"


@dataclass
class Check:
    """One check and what came of it."""

    name: str
    command: list[str]
    status: int = -1
    output: str = ""
    seconds: float = 0.0

    @property
    def last_line(self) -> str:
        """The last line that says something."""
        lines = [line.strip() for line in self.output.splitlines() if line.strip()]
        return lines[-1] if lines else ""

    @property
    def covered(self) -> str:
        """How much of the program the tests ran through, e.g. ``96.9%``; empty where it was not measured."""
        return next((line.partition(_COVERED)[2].strip() for line in self.output.splitlines() if _COVERED in line), "")


def linters() -> list[Check]:
    """Style, types and layers, the quickest first."""
    return [
        Check("ruff check", [str(_BIN / "ruff"), "check"]),
        Check("lint-imports", [str(_BIN / "lint-imports")]),
        Check("mypy", [str(PYTHON), "-m", "mypy"]),
    ]


def tests(arguments: list[str]) -> Check:
    """The tests asked for, else all of them on every core."""
    return Check("pytest", [str(PYTHON), "-m", "pytest", *(arguments or _ALL)])


def coverage(arguments: list[str]) -> int:
    """Run the tests asked for, else all, and measure what they cover; 0 only if they pass and reach the floor.

    Apart from the checks: before Python 3.14 the tracing of branches doubles the time of the tests.
    """
    measured = Check("coverage", [*tests([]).command, "--cov", "--cov-report=", *arguments])
    _run(measured, aloud=True)
    _summary([measured])
    return measured.status


def run_all(arguments: list[str]) -> int:
    """Run every check, whatever the others say; 0 only if all passed."""
    quiet, aloud = linters(), tests(arguments)
    beside = threading.Thread(target=lambda: [_run(check) for check in quiet])
    beside.start()
    _run(aloud, aloud=True)
    beside.join()
    for check in quiet:
        if check.status != 0:
            say(f"\n--- {check.name} ---\n{check.output.rstrip()}")
    _summary([*quiet, aloud])
    return 0 if all(check.status == 0 for check in [*quiet, aloud]) else 1


def _run(check: Check, *, aloud: bool = False) -> None:
    """Run a check and keep what it says; show each line as it comes where asked."""
    start = time.monotonic()
    lines = []
    with subprocess.Popen(
        check.command, cwd=ROOT, env=child_environment(offscreen=True), text=True, encoding="utf-8", errors="replace",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if aloud:
                say(line.rstrip("\n"))
    check.status, check.output, check.seconds = process.returncode, "".join(lines), time.monotonic() - start


def _summary(checks: list[Check]) -> None:
    say("")
    for check in checks:
        verdict = "passed" if check.status == 0 else f"FAILED (exit status {check.status})"
        say(f"{check.name:<14}{verdict}  {check.seconds:.0f} s")
    if checks[-1].covered:
        say(f"{'coverage':<14}{checks[-1].covered} of lines and branches; gaps: .venv's python -m coverage report")
    # Last of all, so that whoever reads only the end of a log sees how many tests there were.
    say(checks[-1].last_line.strip("= "))


def run_one(script: Path, arguments: list[str], *, offscreen: bool) -> int:
    """Run one of the project's scripts with .venv's Python and pass its exit status on."""
    command = [str(PYTHON), str(script), *arguments]
    return subprocess.run(command, cwd=ROOT, env=child_environment(offscreen=offscreen), check=False).returncode
