"""Print fonts on screen: the very glyphs of the PDF, at any size, opened on first use only."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontDatabase, QGlyphRun, QRawFont
from PySide6.QtWidgets import QApplication

from fupin_desktop.documents.faces.fonts import FAMILIES, NoGlyphError, chain, face

_OPENED_AT = 16.0


class Inked(NamedTuple):
    """A line of text ready to be drawn from its left end on the baseline.

    Attributes:
        runs: Glyphs, one run for each face.
        width: In the unit of the pixel size.
    """

    runs: tuple[QGlyphRun, ...]
    width: float


@cache
def _opened(path: Path) -> QRawFont:
    """A font file, opened once."""
    return QRawFont(str(path), _OPENED_AT, QFont.HintingPreference.PreferNoHinting)


@lru_cache(maxsize=64)
def _sized(name: str, pixels: float) -> QRawFont:
    """A face at a size in pixels."""
    font = QRawFont(_opened(face(name).path))
    font.setPixelSize(pixels)
    # Not every platform can make another size of an opened font.
    return font if font.isValid() else QRawFont(str(face(name).path), pixels, QFont.HintingPreference.PreferNoHinting)


@lru_cache(maxsize=20_000)
def inked(text: str, family: str, pixels: float, spacing: float = 0.0) -> Inked:
    """A text as glyphs.

    Args:
        text: One line; characters without a glyph in any print font leave their room empty.
        family: Font family code, e.g. ``song``.
        pixels: Size of the type.
        spacing: Extra room after each character, pixels.
    """
    faces = chain(family)
    glyphs: dict[str, list[int]] = {}
    places: dict[str, list[QPointF]] = {}
    x = 0.0
    for character in text:
        try:
            found, glyph, advance = faces.find(character)
        except NoGlyphError:
            x += pixels + spacing
            continue
        glyphs.setdefault(found.name, []).append(glyph)
        places.setdefault(found.name, []).append(QPointF(x, 0.0))
        x += advance / 1000 * pixels + spacing
    return Inked(tuple(_run(name, pixels, glyphs[name], places[name]) for name in glyphs), x)


def _run(name: str, pixels: float, glyphs: list[int], places: list[QPointF]) -> QGlyphRun:
    """Glyphs of one face at their places."""
    run = QGlyphRun()
    run.setRawFont(_sized(name, pixels))
    run.setGlyphIndexes(glyphs)
    run.setPositions(places)
    return run


@cache
def _families(name: str) -> tuple[str, ...]:
    """Names under which Qt knows a face, loaded when first typed in."""
    number = QFontDatabase.addApplicationFont(str(face(name).path))
    return tuple(QFontDatabase.applicationFontFamilies(number)) if number >= 0 else ()


def typing_font(family: str, pixels: float) -> QFont:
    """The print font for an entry, with the window's fonts behind it.

    Args:
        family: Font family code.
        pixels: Size of the type.
    """
    names = (*_families(FAMILIES[family]), *_families("FpSong"), *QApplication.font().families())
    made = QFont(list(dict.fromkeys(names)))
    made.setPixelSize(max(1, round(pixels)))
    return made
