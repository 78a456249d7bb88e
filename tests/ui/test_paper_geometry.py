"""Where cells of a paper lie and how the keys go from one to the next, held against a plain search over all of them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from fupin_desktop.documents.pages import Area, FilledForm, Page, Paper
from fupin_desktop.ui.paper import marks
from fupin_desktop.ui.paper.desk import DOTS, MARGIN, Desk, Spot, fit_width
from fupin_desktop.ui.paper.moving import neighbour, step
from fupin_desktop.ui.paper.state import PaperState, empty, missing
from tests.ui.paper_driving import small_form

A4 = Paper(210.0, 297.0, 20, 20, 20, 20)


def filled(*pages):
    return FilledForm("x", "小样", A4, tuple(Page((), areas=areas) for areas in pages), date(2026, 1, 5))


def grid(rows, columns, *, wide=20.0, high=8.0, gap=0.0, page=0):
    """Cells named by row and column."""
    return tuple(
        Area(20 + column * (wide + gap), 30 + row * (high + gap), wide, high, f"p{page}r{row}c{column}")
        for row in range(rows)
        for column in range(columns)
    )


def name(spot):
    return spot.area.path if spot else None


# ---- places ----
ZOOMS, WIDTHS = st.sampled_from([0.5, 0.75, 1.0, 1.31, 3.0]), st.sampled_from([100.0, 830.0, 2000.0])


@given(ZOOMS, WIDTHS, st.integers(1, 4))
def test_pages_lie_under_each_other_centred_and_the_desk_holds_them(zoom, width, pages):
    desk = Desk(filled(*[grid(2, 2)] * pages), zoom, width)
    rects = [desk.page(number) for number in range(pages)]
    assert all(rect.left() >= MARGIN - 1 and rect.right() <= desk.width - MARGIN + 1 for rect in rects)
    assert all(abs((rect.left() - 0) - (desk.width - rect.right())) <= 1 for rect in rects)
    assert all(above.bottom() < below.top() for above, below in pairwise(rects))
    assert rects[-1].bottom() <= desk.height + 1
    assert {round(rect.width() / rect.height(), 4) for rect in rects} == {round(210 / 297, 4)}


@given(ZOOMS, st.floats(0, 1), st.floats(0, 1))
def test_the_cell_under_a_point_is_the_smallest_that_holds_it(zoom, across, down):
    inner, outer = Area(40, 60, 30, 20, "inner"), Area(20, 40, 120, 90, "outer")
    desk = Desk(filled((outer, inner), (outer,)), zoom, 900)
    point = QPointF(across * desk.width, down * desk.height)
    holding = [spot for spot in desk.spots if desk.rect(spot).contains(point)]
    found = desk.at(point)
    assert (found is None) == (not holding)
    if found is not None:
        assert found in holding
        assert found.area.width == min(spot.area.width for spot in holding)


@given(ZOOMS, st.integers(0, 1200), st.integers(0, 4000), st.integers(1, 900), st.integers(1, 700))
def test_the_cells_of_a_part_of_the_desk_are_those_that_touch_its_height(zoom, x, y, wide, high):
    desk = Desk(filled(grid(20, 3, page=0), grid(20, 3, page=1), grid(5, 1, page=2)), zoom, 830)
    shown = QRectF(x, y, wide, high)
    pages = {number for number, _rect in desk.pages_in(shown)}
    wanted = [
        spot for spot in desk.spots
        if spot.page in pages and desk.rect(spot).top() <= shown.bottom() + 1e-6 and desk.rect(spot).bottom() >= shown.top() - 1e-6
    ]
    assert list(desk.spots_in(shown)) == wanted


def test_a_path_is_found_where_it_first_stands_and_a_list_by_its_first_cell():
    first, again = Area(20, 30, 20, 8, "leader"), Area(20, 60, 20, 8, "leader")
    cells = tuple(Area(20 + 20 * at, 80, 20, 8, "members", 0, column) for at, column in enumerate(("name", "area")))
    desk = Desk(filled((first, again), cells), 1.0, 830)
    assert desk.find("leader") == Spot(0, first)
    assert desk.find("members") == Spot(1, cells[0])
    assert desk.find("members[0].area") == Spot(1, cells[1])
    assert desk.find("members[1].area") is None
    assert [spot.area.column for spot in desk.of_row(Spot(1, cells[1]))] == ["name", "area"]


def test_the_zoom_that_fits_leaves_a_margin_at_both_sides():
    form = filled(grid(1, 1))
    zoom = fit_width(form, 830)
    desk = Desk(form, zoom, 830)
    assert desk.page(0).left() == pytest.approx(MARGIN, abs=1)
    assert desk.page(0).width() == pytest.approx(830 - 2 * MARGIN, abs=1)
    assert zoom == pytest.approx((830 - 36) / 210 / DOTS)


# ---- keys ----
@given(st.integers(2, 6), st.integers(2, 6), st.sampled_from([0.0, 0.4, 5.0]), st.data())
def test_in_a_regular_grid_arrows_go_where_they_point_and_back(rows, columns, gap, data):
    desk = Desk(filled(grid(rows, columns, gap=gap)), 1.0, 830)
    row, column = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    here = desk.find(f"p0r{row}c{column}")
    for direction, back, (down, across) in (
        ("left", "right", (0, -1)), ("right", "left", (0, 1)), ("up", "down", (-1, 0)), ("down", "up", (1, 0)),
    ):
        there = (row + down, column + across)
        inside = 0 <= there[0] < rows and 0 <= there[1] < columns
        found = neighbour(desk, here, direction)
        assert name(found) == (f"p0r{there[0]}c{there[1]}" if inside else None)
        assert not inside or neighbour(desk, found, back) == here


def test_arrows_go_on_over_the_foot_of_a_page_and_not_aside_to_it():
    desk = Desk(filled(grid(2, 2, page=0), grid(2, 2, page=1)), 1.0, 830)
    last = desk.find("p0r1c1")
    assert name(neighbour(desk, last, "down")) == "p1r0c1"
    assert name(neighbour(desk, desk.find("p1r0c1"), "up")) == "p0r1c1"
    assert neighbour(desk, last, "right") is None


def test_of_cells_below_the_one_that_lies_straight_is_gone_to():
    wide = Area(20, 30, 100, 8, "wide")
    below = tuple(Area(20 + 50 * at, 40, 50, 8, f"b{at}") for at in range(2))
    far = Area(60, 50, 20, 8, "far")
    desk = Desk(filled((wide, *below, far)), 1.0, 830)
    assert name(neighbour(desk, desk.find("wide"), "down")) in ("b0", "b1")
    assert name(neighbour(desk, desk.find("b1"), "up")) == "wide"
    assert name(neighbour(desk, desk.find("b0"), "down")) == "far"
    assert name(neighbour(desk, desk.find("b0"), "right")) == "b1"


STOPS = ("p0r0c0", "p0r0c2", "p0r1c1", "p0r2c2")


@pytest.mark.parametrize(("here", "by", "there"), [
    ("p0r0c0", 1, "p0r0c2"), ("p0r0c2", 1, "p0r1c1"), ("p0r2c2", 1, None), ("p0r0c0", -1, None), ("p0r2c2", -1, "p0r1c1"),
    ("p0r0c1", 1, "p0r0c2"), ("p0r0c1", -1, "p0r0c0"), ("p0r2c1", 1, "p0r2c2"), ("p0r2c1", -1, "p0r1c1"),
    ("", 1, "p0r0c0"), ("", -1, None), ("gone", 1, "p0r0c0"), ("p0r0c0", 3, "p0r2c2"), ("p0r0c0", 4, None),
])
def test_from_stop_to_stop_and_from_what_is_none(here, by, there):
    desk = Desk(filled(grid(3, 3)), 1.0, 830)
    assert name(step([desk.find(path) for path in STOPS], desk, here, by)) == there


# ---- sentences beside cells ----
ROOM = QRectF(0, 0, 800, 600)


@given(st.integers(0, 780), st.integers(0, 590), st.integers(10, 300), st.integers(8, 60), st.integers(1, 120))
def test_a_sentence_stands_within_the_window_and_does_not_cover_its_cell(app, x, y, wide, high, length):
    cell = QRectF(x, y, wide, high)
    box = marks.bubble_rect(cell, "这一格写得不对。" * (length // 8 + 1), ROOM)
    assert box.left() >= ROOM.left()
    assert box.right() <= ROOM.right()
    assert not box.intersects(cell)
    if cell.bottom() + box.height() + 8 <= ROOM.bottom():
        assert box.top() > cell.bottom()


# ---- what has to be filled ----
@pytest.mark.parametrize(("value", "nothing"), [
    (None, True), ("", True), ([], True), ((), True), (0, False), ("0", False), (False, False), ([{}], False), (" ", False),
])
def test_what_is_nothing(value, nothing):
    assert empty(value) is nothing


@pytest.mark.parametrize(("path", "record", "column", "data", "required", "wanted"), [
    ("leader", None, "", {}, None, True), ("leader", None, "", {"leader": ""}, None, True),
    ("leader", None, "", {"leader": "陈"}, None, False), ("phone", None, "", {}, None, False),
    ("phone", None, "", {}, frozenset({"phone"}), True), ("leader", None, "", {}, frozenset(), False),
    ("opinion_village", None, "", {}, None, False), ("members", 0, "name", {}, None, False), ("nothing", None, "", {}, None, False),
])
def test_what_still_has_to_be_filled(tmp_path, path, record, column, data, required, wanted):
    state = PaperState(data=data, editable=True, required=required)
    assert missing(small_form(tmp_path), state, Area(0, 0, 1, 1, path, record, column)) is wanted


@pytest.mark.parametrize(("editable", "locked", "path", "record", "column", "typed", "computed"), [
    (True, (), "leader", None, "", True, False), (False, (), "leader", None, "", False, False),
    (True, ("leader",), "leader", None, "", False, True), (False, ("leader",), "leader", None, "", False, True),
    (True, (), "village", None, "", False, True), (True, (), "total", None, "", False, True),
    (True, (), "opinion_village", None, "", False, False), (True, (), "members", 0, "name", True, False),
    (True, ("members",), "members", 0, "name", False, True), (True, ("members.name",), "members", 3, "name", False, True),
    (True, ("members.name",), "members", 3, "area", True, False), (True, ("members[0].name",), "members", 0, "name", False, True),
    (True, ("members[0].name",), "members", 1, "name", True, False), (True, (), "nothing", None, "", False, False),
])
def test_what_may_be_typed_and_what_is_computed(tmp_path, editable, locked, path, record, column, typed, computed):
    form, state = small_form(tmp_path), PaperState(editable=editable, locked=frozenset(locked))
    area = Area(0, 0, 1, 1, path, record, column)
    assert (state.typeable(form, area), state.computed(form, area)) == (typed, computed)
