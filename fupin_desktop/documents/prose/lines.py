"""Breaking text of several looks into lines, by the rules of ``layout.linebreak``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from fupin_desktop.documents.faces.fonts import NoGlyphError, chain, missing_glyph
from fupin_desktop.documents.layout.linebreak import may_break
from fupin_desktop.documents.prose.blocks import Kind, Span, Spans, text_of

FONTS: dict[Kind, str] = {"plain": "song", "bold": "hei", "code": "song", "link": "song"}
"""The font family of each look."""
_NEAR = 1e-6
Sign = tuple[str, Kind]


def width(spans: Spans, bold: bool = False) -> float:
    """Width of the longest line, em; a line feed ends a line.

    Raises:
        MissingGlyph: A character has no glyph.
    """
    return max((sum(_advance(sign, bold) for sign in line) for line in _hard_lines(spans)), default=0.0)


def broken(spans: Spans, room: float, bold: bool = False) -> list[Spans]:
    """The text as lines no wider than ``room`` em, at least one.

    Raises:
        MissingGlyph: A character has no glyph.
    """
    lines: list[Spans] = []
    for signs in _hard_lines(spans):
        start = 0
        while True:
            end = _line_end(signs, start, room, bold)
            lines.append(_joined(signs[start:end]))
            while end < len(signs) and signs[end][0] == " ":
                end += 1
            start = end
            if start >= len(signs):
                break
    return lines


def family(kind: Kind, bold: bool = False) -> str:
    """The font family of a look; in headings everything is bold."""
    return FONTS["bold" if bold else kind]


def _hard_lines(spans: Spans) -> list[list[Sign]]:
    lines: list[list[Sign]] = [[]]
    for text, kind in spans:
        for sign in text:
            if sign == "\n":
                lines.append([])
            else:
                lines[-1].append((sign, kind))
    return lines


def _advance(sign: Sign, bold: bool) -> float:
    try:
        return chain(family(sign[1], bold)).advances[sign[0]]
    except NoGlyphError as error:
        raise missing_glyph(error.character, "手册") from error


def _line_end(signs: Sequence[Sign], start: int, room: float, bold: bool) -> int:
    """Where the line that begins at ``start`` ends: the last place that may break, else as far as it fits."""
    used = 0.0
    for at in range(start, len(signs)):
        used += _advance(signs[at], bold)
        if used > room + _NEAR and signs[at][0] != " ":
            for end in range(at, start, -1):
                if may_break(signs[end - 1][0], signs[end][0]):
                    return end
            return max(at, start + 1)
    return len(signs)


def _joined(signs: Sequence[Sign]) -> Spans:
    spans = [Span("".join(sign for sign, _ in group), kind) for kind, group in groupby(signs, key=lambda one: one[1])]
    while spans and not spans[-1].text.rstrip(" ") and text_of(tuple(spans)).strip():
        spans.pop()
    return tuple(spans)
