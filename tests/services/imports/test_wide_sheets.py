"""Sheets with thousands of columns: nothing that could be a heading is passed over by what makes them quick to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.services.imports.headings import ENTRIES, FAMILY, PERSONS
from fupin_desktop.services.imports.keeping import kept_columns
from fupin_desktop.services.imports.preview import prepare
from tests.services.imports.making import HEAD, book, household

KNOWN = sorted({name for kind in (ENTRIES, PERSONS) for names in kind.vocabulary.names.values() for name in names})
BEFORE, BEHIND = ("", "A12", "b3.", "*", "#", "1、", "12.", "（1）"), ("", "(元)", "（户）", "/万元", "：", "单位:亩", "*", "万元", "[必填]")
UNKNOWN = 2_990


@given(st.sampled_from(KNOWN), st.sampled_from(BEFORE), st.sampled_from(BEHIND), st.sampled_from(BEHIND))
def test_a_heading_is_looked_up_however_it_is_dressed(name: str, before: str, unit: str, mark: str) -> None:
    text = f"{before}{name}{unit}{mark}"
    for kind in FAMILY.kinds:
        assert kind.vocabulary.matches(text) == kind.vocabulary._look_up(text)
    assert FAMILY.knows(text) == any(kind.vocabulary.matches(text) for kind in FAMILY.kinds)


@given(st.text(max_size=12))
def test_no_text_is_taken_for_a_heading_that_is_none(text: str) -> None:
    for kind in FAMILY.kinds:
        assert kind.vocabulary.matches(text) == kind.vocabulary._look_up(text)


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with thousands of unknown columns in its midst, two of one name."""
    more = [f"列{place}" for place in range(UNKNOWN - 1)] + ["列7"]
    rows = [(*household(place), *(f"{place}-{column}" for column in range(UNKNOWN))) for place in range(3)]
    return book(tmp_path_factory.mktemp("宽") / "宽.xlsx", [(*HEAD, *more), *rows])


def test_the_columns_of_a_wide_sheet_are_found_and_the_others_kept_apart(wide: Path) -> None:
    mapping = prepare(None, wide).mapping
    assert all(mapping.columns[: len(HEAD)])
    kept = kept_columns(mapping)
    assert len(kept) == len(set(kept.values())) == UNKNOWN
    assert kept[len(mapping.columns) - 1] == "列7#2"
