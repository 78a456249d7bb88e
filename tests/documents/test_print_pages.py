"""Finished pages read again for the printer."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from itertools import pairwise
from threading import Thread

import pytest
from pypdf import PdfReader

from fupin_desktop.documents.drawing.print_pages import Box, PageSize, PrintPages, dpi_for, joined, page_count
from tests.documents.printing_pages import A3_LYING, A4_LYING, pdf


def texts(data: bytes) -> list[str]:
    return [page.extract_text().strip() for page in PdfReader(BytesIO(data)).pages]


@pytest.mark.parametrize("size", [(210, 297), (297, 210), (420, 297), (182, 257)])
def test_pages_have_the_size_they_were_drawn_with(size):
    with PrintPages(pdf(2, size)) as pages:
        assert pages.sizes == (PageSize(*size), PageSize(*size))


@pytest.mark.parametrize("most", [595 * 100, 595 * 33, 595 * 421])
def test_strips_are_the_page_cut_and_share_rows(most):
    with PrintPages(pdf(1, rects=[(30, 40, 100, 200)])) as pages:
        (whole,) = pages.strips(0, 72, most=10**9)
        cut = list(pages.strips(0, 72, most=most))
    assert (whole.width, whole.height) == (595, 842)
    assert all(strip.width * strip.height <= most + 595 * 3 for strip in cut)
    for strip, below in pairwise(cut):
        assert strip.top + strip.height == below.top + 2
        assert strip.data[-2 * strip.stride :] == below.data[: 2 * below.stride]
    rows = [strip.data[: (below.top - strip.top) * strip.stride] for strip, below in pairwise(cut)]
    assert b"".join((*rows, cut[-1].data)) == whole.data


def test_strips_end_between_lines_of_text():
    with PrintPages(pdf(1)) as pages:  # the text stands from row 158 to 170
        tops = [strip.top for strip in pages.strips(0, 72, most=595 * 165)]
    assert tops[1] < 158


def test_no_strip_is_larger_than_asked_for_at_the_finest_resolution():
    with PrintPages(pdf(1, A3_LYING)) as pages:
        sizes = [strip.width * strip.height for strip in pages.strips(0, 600)]
    assert max(sizes) <= 9_100_000
    assert sum(sizes) > 60_000_000


def test_empty_strips_are_known():
    with PrintPages(pdf(1, rects=[(30, 210, 100, 10)])) as pages:
        strips = list(pages.strips(0, 72, most=595 * 142))
    inked = [(strip.top, strip.top + strip.height) for strip in strips if not strip.blank]
    assert len(inked) == 2
    assert inked[0][0] < 165 < inked[0][1]  # the text
    assert inked[1][0] < 609 < inked[1][1]  # the rectangle


def test_greys_and_colours():
    with PrintPages(pdf(1, rects=[(0, 0, 210, 297)], colour="#ff0000")) as pages:
        (grey,) = pages.strips(0, 10)
        (red,) = pages.strips(0, 10, colour=True)
    middle = (grey.height // 2) * grey.stride + 2
    assert not grey.colour
    assert 60 < grey.data[middle] < 100
    middle = (red.height // 2) * red.stride + 4 * 2
    assert red.data[middle : middle + 3] == b"\x00\x00\xff"


def test_the_box_around_the_ink():
    with PrintPages(pdf(1, A4_LYING, [(12, 20, 5, 5), (270, 180, 15.5, 22)])) as pages:
        box = pages.ink(0)
    assert box == pytest.approx(Box(12, 20, 285.5, 202), abs=0.3)


def test_an_empty_page_has_no_ink():
    with PrintPages(pdf(1, word="", rects=[(10, 10, 50, 50)], colour="#ffffff")) as pages:
        assert pages.ink(0) is None


def test_a_whole_file_is_given_back_as_it_is():
    data = pdf(3)
    assert joined([(data, [0, 1, 2])]) is data


def test_pages_of_several_files_keep_their_text_and_size():
    one, two = pdf(3, word="甲"), pdf(2, A4_LYING, word="乙")
    data = joined([(one, [2, 0]), (two, [1]), (one, [1, 1])])
    assert texts(data) == ["甲3页", "甲1页", "乙2页", "甲2页", "甲2页"]
    with PrintPages(data) as pages:
        assert [size.width for size in pages.sizes] == [210, 210, 297, 210, 210]
    assert page_count(data) == 5


@pytest.mark.parametrize(("device", "usual", "fine"), [(72, 72, 72), (300, 300, 300), (599, 300, 599), (600, 300, 600),
                                                       (1200, 300, 600), (0.5, 1, 1)])
def test_images_are_never_finer_than_the_printer(device, usual, fine):
    assert dpi_for(device) == usual
    assert dpi_for(device, fine=True) == fine


def test_threads_take_turns():
    data, found = pdf(6), []

    def look():
        with PrintPages(data) as pages:
            found.extend(pages.ink(number) for number in range(6))

    threads = [Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 24
    assert None not in found


def test_pdfium_is_loaded_when_pages_are_read_only():
    code = (
        "import sys; import fupin_desktop.documents.drawing.print_pages, fupin_desktop.services.printing\n"
        "print([name for name in ('pypdfium2', 'reportlab', 'fupin_desktop.services.printing') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.strip() == "['fupin_desktop.services.printing']"
