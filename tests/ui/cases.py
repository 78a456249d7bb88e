"""The case files of the window: what is typed or given, and what must stand there, written out by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "cases" / "ui"


def cases_of(name: str) -> list[Any]:
    """The cases of a file, each named by its title, for ``pytest.mark.parametrize``."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        found = tomllib.load(file)["case"]
    assert len({one["title"] for one in found}) == len(found), "two cases of one title"
    return [pytest.param(one, id=one["title"]) for one in found]
