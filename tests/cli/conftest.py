"""Runs the program as a clerk or a script does: mostly in this process, where it matters in one of its own."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fupin_desktop.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "samples" / "award"
Program = Callable[..., subprocess.CompletedProcess[str]]
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A private copy of the sample pair: scheme, register, out."""
    for name in ("scheme.toml", "register.xlsx"):
        shutil.copy(SAMPLE / name, tmp_path / name)
    return tmp_path / "scheme.toml", tmp_path / "register.xlsx", tmp_path / "结果"


@pytest.fixture
def process(tmp_path: Path) -> Program:
    """Run ``python -m fupin_desktop`` with words; no display is there."""

    def run(*words: object, text: str | None = None) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name not in _DISPLAYS}
        return subprocess.run(
            [sys.executable, "-m", "fupin_desktop", *map(str, words)],
            input=text,
            capture_output=True,
            cwd=tmp_path,
            env={**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "PYTHONWARNINGS": "error"},
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Run a command as :func:`process` does, without the start of an interpreter; what it does not catch comes out."""

    def run(*words: object, text: str | None = None) -> subprocess.CompletedProcess[str]:
        given, out, err = (io.TextIOWrapper(io.BytesIO(), "ascii", write_through=True) for _stream in range(3))
        given.buffer.write((text or "").encode())
        given.buffer.seek(0)
        with monkeypatch.context() as patched:
            for name in _DISPLAYS:
                patched.delenv(name, raising=False)
            patched.chdir(tmp_path)
            for name, stream in (("stdin", given), ("stdout", out), ("stderr", err)):
                patched.setattr(sys, name, stream)
            status = _status([str(word) for word in words])
        told, warned = (_lines(stream) for stream in (out, err))
        return subprocess.CompletedProcess(words, status, told, warned)

    return run


def _lines(stream: io.TextIOWrapper) -> str:
    """What was written, with the line ends that a process' output is read with."""
    written: io.BytesIO = stream.buffer  # type: ignore[assignment]
    return written.getvalue().decode().replace(os.linesep, "\n")


def _status(words: list[str]) -> int:
    try:
        return main(words)
    except SystemExit as ended:  # argparse: help, version, and a command written wrongly
        return int(ended.code or 0)
