"""Puts filled cells and lines of paragraphs at their exact place on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from fupin_desktop.documents.definition.form import Style
from fupin_desktop.documents.faces.fonts import NoGlyphError, chain, missing_glyph, printable
from fupin_desktop.documents.layout.cell_box import CellBox, LaidText
from fupin_desktop.documents.layout.linebreak import balance, wrap
from fupin_desktop.documents.layout.row_layout import Block
from fupin_desktop.documents.pages import POINT, TextRun

_HALF_PAD = 0.6
_WIDEST_GAP = 0.1


class TextLine(NamedTuple):
    """One line of a paragraph, x from the left margin.

    Attributes:
        run: Text with x, and y as the baseline from the line's top.
        height: mm.
        before: Room above, mm; none at the top of a page.
        keep: Whether it stays with what follows.
    """

    run: TextRun
    height: float
    before: float
    keep: bool


def paragraph_lines(text: str, style: Style, width: float, *, keep: bool) -> list[TextLine]:
    """The lines of a paragraph.

    Args:
        text: May hold line feeds.
        style: Its style.
        width: Of the text area, mm.
        keep: Whether the paragraph stays with what follows.

    Raises:
        MissingGlyph: A character has no glyph.
    """
    em = style.size * POINT
    room = width / em - style.left - style.right
    pitch = style.pitch * POINT
    baseline = pitch / 2 + chain(style.font).centre * em
    out = []
    for paragraph in printable(text).split("\n"):
        try:
            lines = _lines(paragraph, style, room)
        except NoGlyphError as error:
            raise missing_glyph(error.character, f"“{paragraph[:12]}”这一段") from None
        for at, line in enumerate(lines):
            indent = style.left + (0.0 if at else style.indent)
            here = room - (0.0 if at else style.indent)
            slack = here - chain(style.font).width(line)
            last = at == len(lines) - 1
            x, spacing = _aligned(line, style, slack, last=last)
            run = TextRun((indent + x) * em, baseline, line, style.font, style.size, style.colour, spacing * style.size)
            out.append(TextLine(run, pitch, 0.0, keep))
    return _with_room(out, style)


def _lines(paragraph: str, style: Style, room: float) -> list[str]:
    """A paragraph broken into lines; centred ones of nearly equal width."""
    faces = chain(style.font)
    if style.align == "center" and "\n" not in paragraph:
        return balance(paragraph, faces, room, phrases=style.phrases)
    return wrap(paragraph, faces, room, room - style.indent)


def _with_room(lines: list[TextLine], style: Style) -> list[TextLine]:
    """Room above the first line and below the last."""
    lines[0] = lines[0]._replace(before=style.before)
    lines[-1] = lines[-1]._replace(height=lines[-1].height + style.after)
    return lines


def _aligned(line: str, style: Style, slack: float, *, last: bool) -> tuple[float, float]:
    """Left end and extra spacing of a line, em."""
    if style.align == "center":
        return slack / 2, 0.0
    if style.align == "right":
        return slack, 0.0
    gaps = len(line) - 1
    if style.align == "justify" and not last and gaps > 0 and 0 < slack / gaps <= _WIDEST_GAP:
        return 0.0, slack / gaps
    return 0.0, 0.0


def signature_lines(lines: Sequence[str], style: Style, width: float) -> list[TextLine]:
    """The lines of a signature: the last is indented from the right, the others centred over it, long ones broken.

    Raises:
        MissingGlyph: A character has no glyph.
    """
    em = style.size * POINT
    pitch = style.pitch * POINT
    faces = chain(style.font)
    baseline = pitch / 2 + faces.centre * em
    try:
        lines = [part for line in lines for part in balance(line, faces, width / em)]
        widths = [faces.width(line) * em for line in lines]
    except NoGlyphError as error:
        raise missing_glyph(error.character, "落款") from None
    middle = width - style.right * em - widths[-1] / 2
    middle = min(middle, width - max(widths) / 2)
    out = [
        TextLine(TextRun(middle - wide / 2, baseline, line, style.font, style.size, style.colour), pitch, 0.0, True)
        for line, wide in zip(lines, widths, strict=True)
    ]
    out[-1] = out[-1]._replace(keep=False)
    return _with_room(out, style)


def cell_runs(block: Block, left: float, top: float) -> list[TextRun]:
    """The text of a block's cells, the block's corner at (left, top) mm."""
    ys = list(accumulate(block.heights, initial=top))
    runs: list[TextRun] = []
    for box, row, rows, laid, _, _, under, foot in block.cells:
        style = box.cell.style
        upper, lower = ys[row], ys[row + rows]
        if len(laid.lines) == 1 and under is None and style.valign == "middle" and not foot:
            if line := laid.lines[0]:
                y = (upper + lower) / 2 + laid.drop
                runs.append(TextRun(left + laid.xs[0], y, line, style.font, laid.size, style.colour))
            continue
        pitch = style.pitch * POINT * laid.size / style.size
        free_to = lower - len(foot) * style.pitch * POINT
        first = _first_line(style, pitch * len(laid.lines) + (under.height if under else 0.0), upper, free_to)
        _set(runs, laid, style, pitch, (left, first))
        if under:
            small = box.cell.under_style
            _set(runs, under, small, small.pitch * POINT, (left, first + pitch * len(laid.lines)))
        if foot:
            runs.extend(_foot(box, foot, left, lower))
    return runs


def _set(runs: list[TextRun], laid: LaidText, style: Style, pitch: float, corner: tuple[float, float]) -> None:
    """Add the lines of a text, the first one's left and top at ``corner`` mm."""
    left, top = corner
    y = top + pitch / 2 + laid.drop
    for line, x in zip(laid.lines, laid.xs, strict=True):
        if line:
            runs.append(TextRun(left + x, y, line, style.font, laid.size, style.colour))
        y += pitch


def _first_line(style: Style, high: float, top: float, bottom: float) -> float:
    """Top of the first line of text that is ``high`` mm high."""
    free = bottom - top - high
    if style.valign == "middle":
        return top + free / 2
    return top + _HALF_PAD if style.valign == "top" else top + free - _HALF_PAD


def _foot(box: CellBox, foot: Sequence[str], left: float, bottom: float) -> Iterator[TextRun]:
    """The lines at the bottom right of a sign-off box."""
    style = box.cell.style
    faces = chain(style.font)
    em = style.size * POINT
    pitch = style.pitch * POINT
    right = left + box.x + box.width - style.pad - em
    first = bottom - _HALF_PAD - pitch * len(foot)
    for at, line in enumerate(foot):
        y = first + at * pitch + pitch / 2 + faces.centre * em
        yield TextRun(right - faces.width(line) * em, y, line, style.font, style.size, style.colour)
