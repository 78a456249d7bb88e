"""Runs the program as a clerk or a script does: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "samples" / "award"


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run ``python -m fupin_desktop`` with words; no display is there."""

    def run(*words: object, text: str | None = None) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
        environment = {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "PYTHONWARNINGS": "error"}
        return subprocess.run(
            [sys.executable, "-m", "fupin_desktop", *map(str, words)],
            input=text,
            capture_output=True,
            cwd=tmp_path,
            env=environment,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run
