"""How wide and high a spreadsheet prints: columns are counted in digits of its standard font, rows in points.

LibreOffice takes the digit's width of the font that really stands in on this PC, so that is what is asked for.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

import uharfbuzz as hb

from fupin_desktop.documents.pages import POINT

_DIGITS = {
    "calibri": 0.5068, "carlito": 0.5068, "arial": 0.5562, "liberation sans": 0.5562, "helvetica": 0.5562,
    "times new roman": 0.5, "liberation serif": 0.5, "宋体": 0.5, "simsun": 0.5, "新宋体": 0.5, "nsimsun": 0.5,
    "仿宋": 0.5, "fangsong": 0.5, "楷体": 0.5, "kaiti": 0.5, "黑体": 0.5, "simhei": 0.5, "等线": 0.5527,
    "dengxian": 0.5527, "微软雅黑": 0.5391, "microsoft yahei": 0.5391, "tahoma": 0.5459, "verdana": 0.6357,
    "dejavu sans": 0.6362, "cambria": 0.5542, "segoe ui": 0.5391,
}
"""Width of a digit in em, of fonts that workbooks begin with."""
_USUAL = 0.5
_PIXEL = 25.4 / 96
_COLUMN_PAD = 5
_STANDARD_DIGITS = 8
_WAIT = 5
_TWIPS = 1440
_POINTS_OF_PIXEL = 0.75
_NEARLY = 1e-6
_HINTED = 1.00025
"""LibreOffice's digits are this much wider than the font's, measured on printed sheets."""


def digit_width(font: str, size: float) -> float:
    """Width of a digit, mm.

    Args:
        font: The standard font's name.
        size: Points.
    """
    return _em(font) * size * POINT


@lru_cache(maxsize=64)
def _em(font: str) -> float:
    """Width of a digit in em, of the font that stands in for the one named."""
    found = _stand_in(font)
    if found is None:
        return _DIGITS.get(font.casefold(), _USUAL)
    family, path = found
    return _DIGITS.get(family.casefold()) or _measured(path)


def _stand_in(font: str) -> tuple[str, Path] | None:
    """Family and file that fontconfig gives; None where there is no fontconfig (Windows)."""
    command = shutil.which("fc-match")
    if command is None or font.startswith("-"):
        return None
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program and one argument
            [command, "-f", "%{family[0]}\n%{file}", font], capture_output=True, timeout=_WAIT, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    family, _, file = done.stdout.decode("utf-8", "replace").partition("\n")
    return (family, Path(file)) if family and file else None


def _measured(path: Path) -> float:
    """Width of the widest digit in em."""
    try:
        face: Any = hb.Face(hb.Blob.from_file_path(str(path)))
    except (OSError, hb.HarfBuzzError):
        return _USUAL
    font: Any = hb.Font(face)
    glyphs = [font.get_nominal_glyph(ord(digit)) for digit in "0123456789"]
    return max((font.get_glyph_h_advance(glyph) / face.upem for glyph in glyphs if glyph), default=_USUAL)


def column_width(digits: float, digit: float) -> float:
    """A column's width, mm, rounded as LibreOffice does: to hundredths of a millimetre, then to twips.

    Args:
        digits: As the workbook tells it.
        digit: A digit's width, mm.
    """
    hundredths = round(digits * digit * _HINTED * 100)
    return round(hundredths * _TWIPS / 2540) * 25.4 / _TWIPS


def standard_column(digit: float, base: int | None) -> float:
    """Width of a column that has none of its own, mm: eight digits and five pixels.

    Args:
        digit: A digit's width, mm.
        base: Number of digits the workbook names; None for the usual ones.
    """
    return (base or _STANDARD_DIGITS) * digit + _COLUMN_PAD * _PIXEL


def row_height(points: float) -> float:
    """A row's height, mm: whole screen pixels, as LibreOffice takes it."""
    return int(points / _POINTS_OF_PIXEL + _NEARLY) * _POINTS_OF_PIXEL * POINT
