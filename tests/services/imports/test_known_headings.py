"""Lists that systems, banks and insurers hand out: their headings mean what `tests/cases/imports/headings.toml` says."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.services.imports.flat.lists import family_of
from fupin_desktop.services.imports.headings import FAMILY, Family
from fupin_desktop.services.registers import registry
from fupin_desktop.services.sheets.heading import Heading

PATH = Path(__file__).parents[2] / "cases" / "imports" / "headings.toml"
LISTS = tomllib.loads(PATH.read_text(encoding="utf-8"))["list"]


def assigned(family: Family, headings: tuple[str, ...]) -> tuple[str, tuple[str | None, ...]]:
    """What the list is recognised as, and the field of each column."""
    kind = family.recognise(headings)
    columns, doubles = kind.assign(Heading(0, 1, headings))
    assert doubles == ()
    return kind.name, columns


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one["name"])
def test_columns_of_known_lists_are_recognised(one: dict[str, Any]) -> None:
    family = family_of(registry.of(one["register"])) if "register" in one else FAMILY
    headings = tuple(heading for heading, _key in one["columns"])
    kind, found = assigned(family, headings)
    assert kind == one.get("register", one.get("kind"))
    assert {heading: key or "" for heading, key in zip(headings, found, strict=True)} == dict(one["columns"])


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one["name"])
def test_neither_their_order_nor_width_nor_blanks_matter(one: dict[str, Any]) -> None:
    family = family_of(registry.of(one["register"])) if "register" in one else FAMILY
    columns = list(one["columns"])
    random.Random(7).shuffle(columns)
    wide = str.maketrans("()*", "（）＊")
    headings = tuple(" ".join(heading.translate(wide)) if len(heading) < 4 else heading.translate(wide) for heading, _key in columns)
    _kind, found = assigned(family, headings)
    assert [key or "" for key in found] == [key for _heading, key in columns]
