"""Small pages whose ink lies at known places."""

from __future__ import annotations

from collections.abc import Sequence

from fupin_desktop.documents.drawing.pdf import pdf_bytes
from fupin_desktop.documents.pages import FilledForm, Page, Paper, Rect, TextRun
from tests.documents.papers import MADE

A4, A4_LYING, A3_LYING = (210, 297), (297, 210), (420, 297)


def form(
    pages: int = 1, size: tuple[int, int] = A4, rects: Sequence[tuple[float, float, float, float]] = (), *,
    colour: str = "#000000", mark: str = "", title: str = "试印", word: str = "第",
) -> FilledForm:
    """Pages that say which one they are; ``rects`` (x, y, width, height in mm) are black on each of them."""
    fills = tuple(Rect(*one, colour) for one in rects)
    texts = [(TextRun(60, 60, f"{word}{number}页", "song", 12),) if word else () for number in range(1, pages + 1)]
    made = tuple(Page(text, rects=fills, mark=mark) for text in texts)
    return FilledForm("try", title, Paper(*size, 20, 20, 20, 20), made, MADE)


def pdf(*args, **words) -> bytes:
    """The same as a PDF file."""
    return pdf_bytes(form(*args, **words))
