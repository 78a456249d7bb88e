"""Blocks from the clipboard, as spreadsheets write them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fupin_desktop.domain.text import clean
from fupin_desktop.services.registers.pasted import split_block, within

CASES = {
    "one value": ("水稻", [["水稻"]]),
    "rows and columns": ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
    "empty cells": ("\tb\r\nc\t\r\n", [["", "b"], ["c", ""]]),
    "a blank row between": ("a\r\n\r\nb", [["a"], [""], ["b"]]),
    "line ends of Linux": ("a\tb\nc\td\n", [["a", "b"], ["c", "d"]]),
    "a break within a cell": ('"一组\n二组"\tb\r\nc\td', [["一组 二组", "b"], ["c", "d"]]),
    "doubled marks": ('"""大户"""\tb', [['"大户"', "b"]]),
    "a first cell that begins with a mark": ('"大户\t1\r\n小户\t2\r\n', [['"大户', "1"], ["小户", "2"]]),
    "a mark at the beginning and one at the end": ('"大户\t1\r\n小户\t备注"\r\n', [['"大户', "1"], ["小户", '备注"']]),
    "marks round a word": ('"大户"\t1', [['"大户"', "1"]]),
    "full width": ("＃１\tＡ（１）\r\n", [["#1", "A(1)"]]),
    "nothing": ("\r\n", []),
    "empty last cells of one column": ("a\r\n\r\n\r\n", [["a"], [""], [""]]),
    "one column of empty cells": ("\n\n", [[""], [""]]),
    "one column without its last break": ("a\n\nb", [["a"], [""], ["b"]]),
}


@pytest.mark.parametrize("name", CASES)
def test_block(name: str) -> None:
    text, expected = CASES[name]
    assert split_block(text) == expected


@pytest.mark.parametrize(("block", "room", "left"), [
    ([["a"], [""], [""]], 2, [["a"], [""]]), ([["a"], [""], ["b"], [""]], 1, [["a"], [""], ["b"]]),
    ([[""], [""]], 0, [[""]]), ([["a"], [""]], 9, [["a"], [""]]),
])  # fmt: skip
def test_empty_rows_below_the_last_row_are_no_new_ones(block: list[list[str]], room: int, left: list[list[str]]) -> None:
    assert within(block, room) == left


CELLS = st.text(st.characters(codec="utf-8", exclude_characters='\t\r\n"', exclude_categories=("C", "Z")), max_size=6)


@given(st.integers(1, 4).flatmap(
    lambda wide: st.lists(st.lists(CELLS, min_size=wide, max_size=wide), min_size=1, max_size=5)
))  # fmt: skip
def test_what_excel_writes_is_read_back(rows: list[list[str]]) -> None:
    assume(rows != [[""]])
    text = "".join("\t".join(row) + "\r\n" for row in rows)
    assert split_block(text) == [[clean(cell) for cell in row] for row in rows]
