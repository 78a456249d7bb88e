"""What is taken over from the print dialog."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QPageLayout, QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLineEdit, QRadioButton, QSpinBox

from fupin_desktop.documents.drawing.print_pages import PageSize
from fupin_desktop.errors import NotAllowed
from fupin_desktop.ui.ask import Asker
from fupin_desktop.ui.printing.choice import Choice, parse_ranges, read_choice
from fupin_desktop.ui.printing.press import layout_for


@pytest.fixture
def printer(app, tmp_path: Path) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "打印.pdf"))
    return made


def test_the_usual_choice(printer, tmp_path):
    found = read_choice(printer)
    assert found == Choice("", colour=True, file=tmp_path / "打印.pdf", repeats=False)
    assert found.pages(3) == [0, 1, 2]
    assert found.pages_text == ""


def test_copies_collating_order_and_colour(printer):
    printer.setCopyCount(3)
    printer.setCollateCopies(False)
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    found = read_choice(printer)
    assert (found.copies, found.collate, found.backwards, found.colour) == (3, False, True, False)
    assert found.own_copies == 3


class Duplex(QPrinter):
    """A printer that prints on both sides."""

    def duplex(self):
        return QPrinter.DuplexMode.DuplexLongSide


def test_both_sides(app):
    assert read_choice(Duplex()).duplex
    assert not read_choice(QPrinter()).duplex


def test_a_range_counts_where_one_was_chosen(printer):
    printer.setFromTo(2, 3)
    assert read_choice(printer).ranges == ()
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    assert read_choice(printer).ranges == ((2, 3),)
    printer.setPageRanges(QPageRanges.fromString("1-2,5"))
    found = read_choice(printer)
    assert found.ranges == ((1, 2), (5, 5))
    assert found.pages_text == "1-2,5"


@pytest.mark.skipif(sys.platform == "win32", reason="there the dialog is the system's own")
def test_the_real_dialogs_answers_are_taken_over_and_the_paper_stays(printer, monkeypatch):
    def answer(_self, dialog):
        dialog.findChild(QSpinBox, "copies").setValue(2)
        dialog.findChild(QRadioButton, "pagesRadioButton").setChecked(True)
        dialog.findChild(QLineEdit, "pagesLineEdit").setText("1,3-4")
        dialog.accept()
        return dialog.result() == dialog.DialogCode.Accepted

    monkeypatch.setattr(Asker, "run", answer)
    printer.setPageLayout(layout_for(PageSize(420, 297)))
    assert Asker().set_up_print(None, printer, 5)
    found = read_choice(printer)
    assert (found.copies, found.pages_text) == (2, "1,3-4")
    layout = printer.pageLayout()
    assert (layout.pageSize().id(), layout.orientation()) == (QPageSize.PageSizeId.A3, QPageLayout.Orientation.Landscape)


@pytest.mark.parametrize(("text", "count", "pages"), [
    ("1-3", 5, [0, 1, 2]), ("5", 5, [4]), ("4-9", 5, [3, 4]), ("3,1-2,2", 5, [0, 1, 2]), ("", 2, [0, 1]),
])
def test_pages_of_a_range(text, count, pages):
    assert Choice("甲", ranges=parse_ranges(text)).pages(count) == pages


def test_a_range_behind_the_last_page_is_told():
    with pytest.raises(NotAllowed, match=r"选的是第 6-7 页，这份文件只有 5 页。没有打印。"):
        Choice("甲", ranges=((6, 7),)).pages(5)


def test_a_printer_that_makes_copies_itself_gets_the_pages_once():
    assert Choice("甲", copies=4).own_copies == 1
    assert Choice("甲", copies=4, repeats=False).own_copies == 4
    assert Choice("甲", copies=4, file=Path("a.pdf")).own_copies == 4
