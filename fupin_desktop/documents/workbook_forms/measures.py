"""How wide and high a spreadsheet prints: columns are counted in digits of its standard font, rows in points.

The digit's width comes from a table, never from the fonts of this PC: one workbook makes the same form on every PC.
"""

from __future__ import annotations

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
"""That of a font the table has not: Chinese fonts have digits half as wide as a character."""
_PIXEL = 25.4 / 96
_COLUMN_PAD = 5
_STANDARD_DIGITS = 8
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
    return _DIGITS.get(font.casefold(), _USUAL) * size * POINT


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
