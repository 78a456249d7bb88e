"""How pages lie on sheets: true to size, moved, made smaller; both sides of each limit."""

from __future__ import annotations

import pytest

from fupin_desktop.documents.drawing.print_pages import Box, PageSize
from fupin_desktop.ui.printing.sheets import Placing, Sheet, order, percent_for, place, place_all, shrunk_words

A4, A3 = PageSize(210, 297), PageSize(420, 297)
INK = Box(20, 20, 190, 280)


@pytest.mark.parametrize(("sheet", "percent"), [
    (Sheet(210, 297), 100),
    (Sheet(210, 297, 4.2, 4.2, 4.2, 4.2), 100),
    (Sheet(210, 297, 20, 20, 20, 17), 100),  # the ink just fits
    (Sheet(210, 297, 20, 20, 20.1, 17), 99),
    (Sheet(210, 297, 20, 20, 20, 17.1), 99),
    (Sheet(210, 297, 20, 20, 25, 17), 97),  # 165 of 170 mm
    (Sheet(209.6, 296.6), 100),  # the same paper, measured otherwise
    (Sheet(209.4, 297), 99),
    (Sheet(148, 210), 70),
    (Sheet(420, 297), 100),
])
def test_as_large_as_the_printer_lets_it(sheet, percent):
    assert percent_for(A4, INK, sheet) == percent


def test_an_empty_page_only_looks_at_the_paper():
    assert percent_for(A4, None, Sheet(210, 297, 50, 50, 50, 50)) == 100
    assert percent_for(A3, None, Sheet(297, 210)) == 70


def test_true_to_size_a_page_lies_where_it_was_drawn():
    assert place(A4, INK, Sheet(210, 297, 5, 5, 5, 5), 100) == Placing(100, 0, 0)


def test_a_page_is_moved_no_further_than_needed():
    wide = Box(4, 20, 190, 280)
    assert percent_for(A4, wide, Sheet(210, 297, 4, 0, 4, 0)) == 100
    assert place(A4, wide, Sheet(210, 297, 4, 0, 4, 0), 100) == Placing(100, 0, 0)
    assert place(A4, wide, Sheet(210, 297, 6.5, 0, 4, 0), 100) == Placing(100, 2.5, 0)
    low = Box(20, 20, 190, 290)
    assert place(A4, low, Sheet(210, 297, 0, 3, 0, 12), 100) == Placing(100, 0, -5)


@pytest.mark.parametrize("margins", [(20, 20, 25, 17), (30, 5, 5, 30), (12, 12, 12, 12), (0, 0, 0, 40)])
@pytest.mark.parametrize("ink", [INK, Box(0, 0, 210, 297), Box(3, 10, 200, 296)])
def test_whatever_the_margins_all_ink_is_within_reach(margins, ink):
    sheet = Sheet(210, 297, *margins)
    percent = percent_for(A4, ink, sheet)
    _percent, left, top = place(A4, ink, sheet, percent)
    scale = percent / 100
    reach = sheet.reach
    assert left + ink.left * scale >= reach.left - 1e-6
    assert left + ink.right * scale <= reach.right + 1e-6
    assert top + ink.top * scale >= reach.top - 1e-6
    assert top + ink.bottom * scale <= reach.bottom + 1e-6


def test_all_pages_of_a_document_are_made_smaller_alike():
    sheet = Sheet(210, 297, 10, 10, 10, 10)
    placed = place_all([(A4, INK, sheet), (A4, Box(5, 5, 205, 280), sheet), (A4, None, sheet)])
    assert {one.percent for one in placed} == {95}
    assert place_all([]) == []


def test_an_a3_page_on_a4_paper_is_told():
    (placed,) = place_all([(A3, Box(20, 20, 400, 277), Sheet(297, 210, 4, 4, 4, 4))])
    assert placed.percent == 70
    assert shrunk_words([100, 70]) == "已按打印机可打印范围缩小到 70%"
    assert shrunk_words([100]) == shrunk_words([]) == ""


@pytest.mark.parametrize(("words", "pages"), [
    ({}, [0, 1, 2]),
    ({"backwards": True}, [2, 1, 0]),
    ({"copies": 2}, [0, 1, 2, 0, 1, 2]),
    ({"copies": 2, "collate": False}, [0, 0, 1, 1, 2, 2]),
    ({"duplex": True}, [0, 1, 2, None]),
    ({"duplex": True, "copies": 2}, [0, 1, 2, None, 0, 1, 2, None]),
    ({"duplex": True, "copies": 2, "collate": False}, [0, 1, 0, 1, 2, None, 2, None]),
    ({"duplex": True, "backwards": True}, [2, None, 0, 1]),
])
def test_the_order_pages_leave_the_printer_in(words, pages):
    assert order([0, 1, 2], **words) == pages


def test_a_single_page_is_followed_by_an_empty_back():
    assert order([4], duplex=True) == [4, None]
    assert order([], duplex=True) == []
