"""Reads finished PDF bytes again for the printer: sizes of pages, where their ink lies, images, and pages put together.

What is printed is the PDF itself. PDFium may be used by one thread at a time, so everything here takes turns.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from io import BytesIO
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple

from fupin_desktop.documents.pages import POINT

if TYPE_CHECKING:
    from types import TracebackType

STANDARD_DPI, FINE_DPI = 300, 600
"""Dots per inch of usual and of fine printing."""
_INCH = 25.4
_MOST_PIXELS = 9_000_000
"""An A4 page at the usual resolution is one strip."""
_OVERLAP = 2
_QUIET = 6
_PALE = bytes(range(200)) + b"\xff" * 56
_LOOK_DPI = 96
_WHITE, _WHITE_BYTE = 0xFFFFFFFF, b"\xff"
ALONE = RLock()
"""PDFium may be used by one thread at a time."""


class PageSize(NamedTuple):
    """Size of a page, mm, as it is read."""

    width: float
    height: float


class Box(NamedTuple):
    """A rectangle of the page, mm from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Strip(NamedTuple):
    """A horizontal strip of a page's image.

    Attributes:
        top: First row, from the top of the page's image.
        width: Pixels of a row.
        height: Rows.
        stride: Bytes of a row.
        colour: Whether a pixel is 4 bytes (blue, green, red, unused), else 1 byte of grey.
        data: The pixels.
    """

    top: int
    width: int
    height: int
    stride: int
    colour: bool
    data: bytes

    @property
    def blank(self) -> bool:
        """Whether nothing but white is on it."""
        return self.data.count(_WHITE_BYTE) == len(self.data)


class PrintPages:
    """The pages of one PDF file; to be closed, as with ``with``.

    Args:
        data: The file's bytes.

    Attributes:
        sizes: Size of each page, mm.
    """

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        with ALONE:
            self._file: Any = pypdfium2.PdfDocument(data)
            sizes = [self._file.get_page_size(number) for number in range(len(self._file))]
        self.sizes = tuple(PageSize(round(wide * POINT, 2), round(high * POINT, 2)) for wide, high in sizes)

    def __enter__(self) -> PrintPages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with ALONE:
            self._file.close()

    def pixels(self, number: int, dpi: float) -> tuple[int, int]:
        """Width and height of a page's image."""
        size = self.sizes[number]
        return max(round(size.width / _INCH * dpi), 1), max(round(size.height / _INCH * dpi), 1)

    def strips(
        self, number: int, dpi: float = STANDARD_DPI, *, colour: bool = False, most: int = _MOST_PIXELS
    ) -> Iterator[Strip]:
        """A page's image from top to bottom, in strips small enough for any machine.

        Strips share rows with the next one and end where rows look alike, so that no seam is seen between them.

        Args:
            number: The page, from 0.
            dpi: Dots per inch.
            colour: Whether in colour, else in greys.
            most: Pixels of a strip.
        """
        wide, high = self.pixels(number, dpi)
        step, top = max(most // wide, 1), 0
        while top + step < high:
            strip = self._strip(number, (wide, high), top, min(step + _OVERLAP, high - top), colour=colour)
            rows = _quiet_row(strip, step)
            yield strip._replace(height=rows + _OVERLAP, data=strip.data[: (rows + _OVERLAP) * strip.stride])
            top += rows
        yield self._strip(number, (wide, high), top, high - top, colour=colour)

    def _strip(self, number: int, size: tuple[int, int], top: int, rows: int, *, colour: bool) -> Strip:
        import pypdfium2
        from pypdfium2 import raw

        wide, high = size
        flags = raw.FPDF_ANNOT | raw.FPDF_PRINTING | (0 if colour else raw.FPDF_GRAYSCALE)
        kind = raw.FPDFBitmap_BGRx if colour else raw.FPDFBitmap_Gray
        with ALONE:
            page = self._file[number]
            bitmap = pypdfium2.PdfBitmap.new_native(wide, rows, kind)
            try:
                raw.FPDFBitmap_FillRect(bitmap, 0, 0, wide, rows, _WHITE)
                raw.FPDF_RenderPageBitmap(bitmap, page, 0, -top, wide, high, 0, flags)
                return Strip(top, wide, rows, bitmap.stride, colour, bytes(bitmap.buffer))
            finally:
                bitmap.close()
                page.close()

    def ink(self, number: int) -> Box | None:
        """The box around everything on a page that is not white; None for an empty page."""
        rows, marked = list[int](), bytearray()
        for strip in self.strips(number, _LOOK_DPI):
            for row in range(strip.height):
                line = strip.data[row * strip.stride : row * strip.stride + strip.width]
                if line.count(_WHITE_BYTE) != len(line):
                    rows.append(strip.top + row)
                    marked = _darkest(marked, line)
        if not rows:
            return None
        columns = [at for at, grey in enumerate(marked) if grey != _WHITE_BYTE[0]]
        wide, high = self.pixels(number, _LOOK_DPI)
        across, down = self.sizes[number].width / wide, self.sizes[number].height / high
        return Box(columns[0] * across, rows[0] * down, (columns[-1] + 1) * across, (rows[-1] + 1) * down)


def _quiet_row(strip: Strip, step: int) -> int:
    """The last row, at most ``step``, amid rows that look alike but for pale tints; ``step`` where there is none."""
    last, alike = b"", 0
    for row in range(step, step // 2, -1):
        line = strip.data[row * strip.stride : (row + 1) * strip.stride].translate(_PALE)
        alike = alike + 1 if line == last else 0
        last = line
        if alike == _QUIET:
            return row + _QUIET // 2
    return step


def _darkest(marked: bytearray, line: bytes) -> bytearray:
    """Each pixel white only where it is white in both."""
    if not marked:
        return bytearray(line)
    both = int.from_bytes(marked, "big") & int.from_bytes(line, "big")
    return bytearray(both.to_bytes(len(line), "big"))


def page_count(data: bytes) -> int:
    """Number of pages of a PDF file."""
    with PrintPages(data) as pages:
        return len(pages.sizes)


def joined(parts: Sequence[tuple[bytes, Sequence[int]]]) -> bytes:
    """Pages of one or more PDF files as one file; text stays text.

    Args:
        parts: Files with the numbers, from 0, of the pages taken from each, in their order; the same page may come
            more than once. A single file with all its pages is given back as it is.
    """
    import pypdfium2

    if len(parts) == 1 and list(parts[0][1]) == list(range(page_count(parts[0][0]))):
        return parts[0][0]
    out = BytesIO()
    with ALONE, pypdfium2.PdfDocument.new() as whole:
        for data, numbers in parts:
            with pypdfium2.PdfDocument(data) as one:
                whole.import_pages(one, list(numbers))
        whole.save(out)
    return out.getvalue()


def dpi_for(device: float, *, fine: bool = False) -> int:
    """The resolution of images for a printer: usual or fine, never above the printer's own."""
    return max(math.floor(min(device, FINE_DPI if fine else STANDARD_DPI)), 1)
