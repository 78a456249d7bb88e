"""Pages painted: their ink lies where the PDF has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter

from fupin_desktop.documents.drawing.print_pages import Box, PageSize, PrintPages
from fupin_desktop.errors import PrinterTrouble
from fupin_desktop.ui.printing.press import PrinterPress, layout_for, page_size, paint_page, turned
from fupin_desktop.ui.printing.sheets import Placing, Sheet
from tests.documents.printing_pages import A3_LYING, A4, A4_LYING, pdf

NEAR = 1.0
"""How far, mm, painted ink may lie from where the PDF has it."""


def a_printer(path: Path) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(path))
    return made


def ink_of(image: QImage) -> Box:
    """The box around what is not white, mm."""
    dots = image.dotsPerMeterX() / 1000
    inked = [(x, y) for y in range(0, image.height(), 2) for x in range(0, image.width(), 2)
             if image.pixelColor(x, y).lightness() < 200]
    across, down = [x for x, _ in inked], [y for _, y in inked]
    return Box(min(across) / dots, min(down) / dots, max(across) / dots, max(down) / dots)


def a_sheet(wide: int, high: int, dpi: int = 60) -> QImage:
    image = QImage(round(wide / 25.4 * dpi), round(high / 25.4 * dpi), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(dpi / 0.0254))
    image.setDotsPerMeterY(round(dpi / 0.0254))
    image.fill(0xFFFFFFFF)
    return image


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize(("size", "rects", "box"), [
    (A4, [(20, 30, 40, 50), (150, 200, 45, 80)], Box(20, 30, 195, 280)),
    (A4_LYING, [(20, 30, 40, 50), (230, 150, 55, 45)], Box(20, 30, 285, 195)),
])
def test_ink_lies_where_the_pdf_has_it(app, size, rects, box, colour):
    image = a_sheet(*size)
    painter = QPainter(image)
    with PrintPages(pdf(1, size, rects)) as pages:
        paint_page(painter, image, pages, 0, Placing(100, 0, 0), colour=colour)
        assert pages.ink(0) == pytest.approx(box, abs=0.3)
    painter.end()
    assert ink_of(image) == pytest.approx(box, abs=NEAR)


def test_a_page_made_smaller_and_moved(app):
    image = a_sheet(*A4)
    painter = QPainter(image)
    with PrintPages(pdf(1, A4, [(0, 0, 210, 3), (0, 294, 210, 3)])) as pages:
        paint_page(painter, image, pages, 0, Placing(90, 12, 20))
    painter.end()
    assert ink_of(image) == pytest.approx(Box(12, 20, 12 + 189, 20 + 267.3), abs=NEAR)


@pytest.mark.parametrize("fine", [False, True])
def test_a_pdf_writer_shows_the_same_page(app, tmp_path, fine):
    writer = QPdfWriter(str(tmp_path / "painted.pdf"))
    writer.setResolution(1200)
    writer.setPageLayout(layout_for(PageSize(*A4)))
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    with PrintPages(pdf(1, A4, [(20, 30, 40, 50), (150, 200, 45, 80)])) as pages:
        paint_page(painter, writer, pages, 0, Placing(100, 0, 0), fine=fine)
        wanted = pages.ink(0)
    painter.end()
    with PrintPages((tmp_path / "painted.pdf").read_bytes()) as pages:
        assert pages.ink(0) == pytest.approx(wanted, abs=NEAR)


def test_every_page_brings_its_own_paper(app, tmp_path):
    press = PrinterPress(a_printer(tmp_path / "job.pdf"))
    sizes = [A4, A4_LYING, A3_LYING, A4]
    assert press.sheet(PageSize(*A3_LYING)) == Sheet(420, 297)
    press.begin("几种纸")
    for size in sizes:
        with PrintPages(pdf(1, size, [(20, 30, 100, 100)])) as pages:
            press.turn(pages.sizes[0])
            press.paint(pages, 0, Placing(100, 0, 0))
    press.end()
    with PrintPages((tmp_path / "job.pdf").read_bytes()) as pages:
        assert pages.sizes == tuple(pytest.approx(size, abs=0.5) for size in sizes)
        for number in range(len(sizes)):
            assert pages.ink(number) == pytest.approx(Box(20, 30, 120, 130), abs=NEAR)


def test_a_paper_chosen_for_everything_holds_for_all_pages(app, tmp_path):
    press = PrinterPress(a_printer(tmp_path / "job.pdf"), forced=page_size(PageSize(*A4)))
    assert press.sheet(PageSize(*A3_LYING)) == Sheet(297, 210)
    assert press.sheet(PageSize(*A4)) == Sheet(210, 297)


def test_a_lying_sheet_has_the_margins_of_the_paper_as_it_is_fed():
    told = Sheet(297, 210, 4, 5, 6, 20)
    assert turned(told) == Sheet(297, 210, 20, 6, 20, 6)


class Info:
    """What a printer says of its papers."""

    def __init__(self, *named, custom=None):
        self.named, self.custom = [page_size(PageSize(*one)) for one in named], custom

    def supportedPageSizes(self):
        return self.named

    def supportsCustomPageSizes(self):
        return self.custom is not None

    def maximumPhysicalPageSize(self):
        return page_size(PageSize(*self.custom)) if self.custom else QPageSize()


@pytest.mark.parametrize(("info", "a3"), [
    (None, True), (Info(), True), (Info(A4), False), (Info(A4, (297, 420)), True), (Info(A4, custom=A4), False),
    (Info(A4, custom=(297, 420)), True), (Info(A4, custom=(330, 500)), True), (Info(A4, custom=()), True),
])
def test_a_page_is_printed_on_its_own_paper_where_the_printer_has_it(app, tmp_path, info, a3):
    press = PrinterPress(a_printer(tmp_path / "job.pdf"))
    press._papers = info
    assert press.sheet(PageSize(*A4_LYING)) == Sheet(297, 210)
    assert press.sheet(PageSize(*A3_LYING)) == (Sheet(420, 297) if a3 else Sheet(297, 210))


def test_two_jobs_of_one_printer(app, tmp_path):
    printer = a_printer(tmp_path / "one.pdf")
    press = PrinterPress(printer)
    with PrintPages(pdf(2)) as pages:
        for name in ("one", "two"):
            printer.setOutputFileName(str(tmp_path / f"{name}.pdf"))
            press.begin(name)
            press.turn(pages.sizes[0])
            press.paint(pages, 0, Placing(100, 0, 0))
            press.end()
    for name in ("one", "two"):
        with PrintPages((tmp_path / f"{name}.pdf").read_bytes()) as pages:
            assert len(pages.sizes) == 1


def test_a_printer_that_refuses_is_told(app, tmp_path):
    press = PrinterPress(a_printer(tmp_path / "no such folder" / "job.pdf"))
    press.begin("低岭村申报表")
    with pytest.raises(PrinterTrouble, match=r"没有接受“低岭村申报表”。数据没有变动。请检查打印机是否开机"):
        press.turn(PageSize(*A4))
    press.abort()


def test_a_fine_print_has_more_dots(app, tmp_path):
    for fine in (False, True):
        press = PrinterPress(a_printer(tmp_path / f"{fine}.pdf"), fine=fine)
        press.begin("清晰度")
        with PrintPages(pdf(1, A4, [(20, 30, 40, 50)])) as pages:
            press.turn(pages.sizes[0])
            press.paint(pages, 0, Placing(100, 0, 0))
        press.end()
    usual, finer = (images(tmp_path / f"{fine}.pdf") for fine in (False, True))
    assert max(wide for wide, _ in usual) == 2480
    assert max(wide for wide, _ in finer) == 4961


def images(path: Path) -> list[tuple[int, int]]:
    return [(one["/Width"], one["/Height"]) for page in PdfReader(path).pages
            for one in page["/Resources"]["/XObject"].values() if "/Width" in one.get_object()]


class Broken(QPrinter):
    """Stops before its second page."""

    def newPage(self) -> bool:
        return False


def test_a_printer_that_stops_is_told(app, tmp_path):
    printer = Broken()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "job.pdf"))
    press = PrinterPress(printer)
    press.begin("低岭村申报表")
    press.turn(PageSize(*A4))
    with pytest.raises(PrinterTrouble, match="在打印“低岭村申报表”时停下了"):
        press.turn(PageSize(*A4))
    press.abort()


def test_where_paper_cannot_change_inside_a_job_another_paper_begins_a_new_one(app, tmp_path):
    press = PrinterPress(a_printer(tmp_path / "job.pdf"))
    press._fixed = True  # as it is where the pages go to a printer
    painters = []
    with PrintPages(pdf()) as pages:
        press.begin("几种纸")
        for size in (A4, A4_LYING, A3_LYING):
            press.turn(PageSize(*size))
            press.paint(pages, 0, Placing(100, 0, 0))
            painters.append(press._painter)
        press.end()
    assert painters[0] is painters[1]
    assert painters[2] is not painters[1]
    with PrintPages((tmp_path / "job.pdf").read_bytes()) as second:
        assert [round(size.width) for size in second.sizes] == [420]
