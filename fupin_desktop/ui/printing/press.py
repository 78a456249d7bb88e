"""A printer at work: sheets, jobs, pages painted strip by strip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QMarginsF, QRect, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPaintEngine, QPainter
from PySide6.QtPrintSupport import QPrinter

from fupin_desktop.documents.drawing.print_pages import PageSize, PrintPages, Strip, dpi_for
from fupin_desktop.errors import PrinterTrouble
from fupin_desktop.ui.printing.sheets import WHOLE, Placing, Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintDevice
    from PySide6.QtPrintSupport import QPrinterInfo

_MM = QPageLayout.Unit.Millimeter
_INCH = 25.4
_SAFE = "数据没有变动。"
_USUAL = tuple(PageSize(*size) for size in ((210, 297), (297, 210), (297, 420), (420, 297)))
"""A4 and A3, upright and lying."""


class Press(Protocol):
    """What a print run needs of a printer."""

    def sheet(self, size: PageSize) -> Sheet:
        """The sheet a page of this size is printed on."""

    def begin(self, title: str) -> None:
        """Begin a job."""

    def turn(self, size: PageSize) -> None:
        """Take the next sheet, for a page of this size."""

    def paint(self, pages: PrintPages, number: int, placing: Placing) -> None:
        """Put a page on the sheet."""

    def end(self) -> None:
        """Hand the job over."""

    def abort(self) -> None:
        """Throw the job away, if there is one."""


class PrinterPress:
    """A ``Press`` of Qt's printer; used by one thread at a time.

    A printer takes one paper a job (Windows refuses another, CUPS would scale it): a page of another paper begins a new
    job, and papers are measured beforehand.

    Args:
        printer: As the dialog left it.
        colour: Whether pages are painted in colour.
        fine: Whether at the fine resolution.
        forced: Paper chosen in the dialog for everything; None takes each page's own.
    """

    def __init__(
        self, printer: QPrinter, *, colour: bool = False, fine: bool = False, forced: QPageSize | None = None,
    ) -> None:
        self._printer, self._colour, self._fine, self._forced = printer, colour, fine, forced
        self._papers = _papers(printer)
        self._default = printer.pageLayout().pageSize()
        self._painter: QPainter | None = None
        self._title = ""
        self._sheets: dict[PageSize, Sheet] = {}
        self._fixed = printer.outputFormat() != QPrinter.OutputFormat.PdfFormat
        self._unturned = self._fixed and printer.paintEngine().type() == QPaintEngine.Type.Pdf
        printer.setFullPage(True)
        for size in _USUAL if self._fixed else ():
            self.sheet(size)

    # ---- sheets ----
    def sheet(self, size: PageSize) -> Sheet:
        """The sheet a page of this size is printed on, with the margins the printer has there."""
        known = self._sheets.get(size)
        if known is None:
            if self._fixed:
                self.end()
            self._lay(size)
            found = sheet_of(self._printer.pageLayout())
            known = self._sheets[size] = turned(found) if self._unturned and size.width > size.height else found
        return known

    def _lay(self, size: PageSize) -> None:
        """Lay the paper for a page of this size."""
        layout = layout_for(size, self._paper(size))
        if self._fixed and self._painter is not None:
            self._printer.setPageOrientation(layout.orientation())
        else:
            self._printer.setPageLayout(layout)

    def _paper(self, size: PageSize) -> QPageSize:
        """The paper for a page: the one chosen, else its own size where the printer knows it."""
        if self._forced is not None:
            return self._forced
        own = page_size(size)
        return own if takes(self._papers, own) else self._default

    # ---- jobs ----
    def begin(self, title: str) -> None:
        """Begin a job; its first sheet is taken by :meth:`turn`."""
        self._title = title
        self._printer.setDocName(title)

    def turn(self, size: PageSize) -> None:
        """Take the next sheet.

        Raises:
            PrinterTrouble: The printer does not begin, or stops.
        """
        if self._fixed and not self._paper(size).isEquivalentTo(self._printer.pageLayout().pageSize()):
            self.end()
        self._lay(size)
        if self._painter is None:
            painter = QPainter()
            if not painter.begin(self._printer):
                raise PrinterTrouble(f"打印机“{self._name}”没有接受“{self._title}”。", safe=_SAFE)
            painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
            self._painter = painter
        elif not self._printer.newPage():
            raise self._stopped()
        self._check()

    def paint(self, pages: PrintPages, number: int, placing: Placing) -> None:
        """Put a page on the sheet.

        Raises:
            PrinterTrouble: The printer stopped.
        """
        assert self._painter is not None
        paint_page(self._painter, self._printer, pages, number, placing, colour=self._colour, fine=self._fine)
        self._check()

    def end(self) -> None:
        """Hand the job over.

        Raises:
            PrinterTrouble: The printer did not take it.
        """
        painter, self._painter = self._painter, None
        if painter is not None and not painter.end():
            raise self._stopped()
        self._check()

    def abort(self) -> None:
        """Throw the job away, if there is one."""
        painter, self._painter = self._painter, None
        if painter is not None:
            self._printer.abort()
            painter.end()

    @property
    def _name(self) -> str:
        return self._printer.printerName()

    def _check(self) -> None:
        if self._printer.printerState() in (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error):
            raise self._stopped()

    def _stopped(self) -> PrinterTrouble:
        return PrinterTrouble(f"打印机“{self._name}”在打印“{self._title}”时停下了。", safe=_SAFE)


def page_size(size: PageSize) -> QPageSize:
    """The paper of a page's size, upright; a standard one where it is that."""
    short, long = sorted(size)
    return QPageSize(QSizeF(short, long), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)


def layout_for(size: PageSize, paper: QPageSize | None = None) -> QPageLayout:
    """A layout without margins, lying where the page lies."""
    way = QPageLayout.Orientation.Landscape if size.width > size.height else QPageLayout.Orientation.Portrait
    layout = QPageLayout(paper or page_size(size), way, QMarginsF(), _MM)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def sheet_of(layout: QPageLayout) -> Sheet:
    """A printer's layout as a sheet, with the margins it cannot reach."""
    layout.setUnits(_MM)
    full, margins = layout.fullRect(_MM), layout.minimumMargins()
    return Sheet(full.width(), full.height(), margins.left(), margins.top(), margins.right(), margins.bottom())


def turned(sheet: Sheet) -> Sheet:
    """A lying sheet with the margins of the paper as it is fed, which are all that CUPS tells.

    Which way round it is fed is not known, so opposite margins are taken as the larger of the two.
    """
    across, down = max(sheet.top, sheet.bottom), max(sheet.left, sheet.right)
    return Sheet(sheet.width, sheet.height, across, down, across, down)


class Papers(Protocol):
    """What a printer says of the papers it takes, as Qt's ``QPrinterInfo`` does."""

    def supportedPageSizes(self) -> Sequence[QPageSize]:
        """Those it names."""

    def supportsCustomPageSizes(self) -> bool:
        """Whether it takes others."""

    def maximumPhysicalPageSize(self) -> QPageSize:
        """The largest of them."""


def takes(papers: Papers | None, wanted: QPageSize) -> bool:
    """Whether a printer has a paper; one that says nothing of its papers has any."""
    named = papers.supportedPageSizes() if papers is not None else ()
    if papers is None or not named or any(wanted.isEquivalentTo(one) for one in named):
        return True
    if not papers.supportsCustomPageSizes():
        return False
    most, size = papers.maximumPhysicalPageSize(), wanted.size(QPageSize.Unit.Millimeter)
    room = most.size(QPageSize.Unit.Millimeter)
    return not most.isValid() or (size.width() <= room.width() + 1 and size.height() <= room.height() + 1)


def _papers(printer: QPrinter) -> QPrinterInfo | None:
    """What the printer says of its papers; None where it takes any."""
    from PySide6.QtPrintSupport import QPrinterInfo

    if printer.outputFormat() == QPrinter.OutputFormat.PdfFormat:
        return None
    return QPrinterInfo(printer)


def paint_page(
    painter: QPainter, device: QPaintDevice, pages: PrintPages, number: int, placing: Placing, *, colour: bool = False,
    fine: bool = False,
) -> None:
    """Paint a page onto a device whose origin is the sheet's corner; empty strips are left out.

    Args:
        painter: Paints on the device.
        device: The device, for its resolution.
        pages: The PDF file.
        number: The page.
        placing: Where it goes.
        colour: Whether in colour.
        fine: Whether at the fine resolution.
    """
    across, down = device.logicalDpiX(), device.logicalDpiY()
    dpi = dpi_for(min(across, down), fine=fine) * placing.percent / WHOLE
    wide, high = pages.pixels(number, dpi)
    size, scale = pages.sizes[number], placing.percent / WHOLE
    left, top = placing.left / _INCH * across, placing.top / _INCH * down
    right, bottom = left + size.width * scale / _INCH * across, top + size.height * scale / _INCH * down
    for strip in pages.strips(number, dpi, colour=colour):
        if strip.blank:
            continue
        first = round(top + (bottom - top) * strip.top / high)
        last = round(top + (bottom - top) * (strip.top + strip.height) / high)
        target = QRect(round(left), first, round(right) - round(left), last - first)
        painter.drawImage(target, image_of(strip), QRect(0, 0, wide, strip.height))


def image_of(strip: Strip) -> QImage:
    """A strip as Qt paints it."""
    kind = QImage.Format.Format_RGB32 if strip.colour else QImage.Format.Format_Grayscale8
    return QImage(strip.data, strip.width, strip.height, strip.stride, kind)
