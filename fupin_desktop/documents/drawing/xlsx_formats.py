"""How the cells of a workbook look, and the part of an xlsx package that tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no workbook can hold."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
"""The format's own names in XML."""
Edge = tuple[str, str]
"""A border's line style and its colour as ``rrggbb``."""
_FIRST_OWN_FORMAT = 164


def plain_text(text: str) -> str:
    """A text without what a workbook cannot hold."""
    return CONTROL.sub("", text)


def quoted(text: str) -> str:
    """A text as an attribute of XML."""
    return escape(plain_text(text), {'"': "&quot;"})


class CellFormat(NamedTuple):
    """How a cell looks.

    Attributes:
        family: Font family.
        size: Points.
        bold: Whether it is bold.
        colour: Of the text, ``rrggbb``; empty for the program's own.
        fill: Background ``rrggbb``; empty for none.
        edges: Borders left, right, top, bottom; None for none.
        number_format: The spreadsheet's format; ``@`` is text.
        horizontal: left, center, right; empty for what the kind of value asks for.
        vertical: top, center, bottom.
        wrap: Whether long text is broken.
        shrink: Whether long text is set smaller.
        stacked: Whether characters stand under each other.
    """

    family: str
    size: float
    bold: bool = False
    colour: str = ""
    fill: str = ""
    edges: tuple[Edge | None, Edge | None, Edge | None, Edge | None] = (None, None, None, None)
    number_format: str = "General"
    horizontal: str = ""
    vertical: str = "center"
    wrap: bool = False
    shrink: bool = False
    stacked: bool = False


class Formats:
    """The formats of a workbook by number; 0 is the one of cells that have none.

    Args:
        standard: Its font is the workbook's own, in whose digits the widths of columns are counted.
    """

    def __init__(self, standard: CellFormat) -> None:
        self._numbers: dict[CellFormat | None, int] = {None: 0}
        self._fonts = {_font(standard): 0}
        self._fills = {_fill("none"): 0, _fill("gray125"): 1}
        self._borders = {"<border><left/><right/><top/><bottom/><diagonal/></border>": 0}
        self._number_formats = {"General": 0}
        self._cells = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>']

    def number(self, look: CellFormat) -> int:
        """The number by which cells name a format."""
        known = self._numbers.get(look)
        if known is None:
            known = self._numbers[look] = len(self._numbers)
            self._cells.append(self._cell(look))
        return known

    def _cell(self, look: CellFormat) -> str:
        font = _place(self._fonts, _font(look))
        fill = _place(self._fills, _fill("solid", look.fill)) if look.fill else 0
        border = _place(self._borders, _border(look.edges))
        shown = self._number_formats.setdefault(look.number_format, _FIRST_OWN_FORMAT + len(self._number_formats))
        return (
            f'<xf numFmtId="{shown}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" '
            'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f"{_alignment(look)}</xf>"
        )

    def part(self) -> str:
        """The package's part that tells of them."""
        own = [
            f'<numFmt numFmtId="{number}" formatCode="{quoted(code)}"/>'
            for code, number in self._number_formats.items()
            if number
        ]
        return (
            f'<styleSheet xmlns="{MAIN}">{counted("numFmts", own) if own else ""}{counted("fonts", self._fonts)}'
            f'{counted("fills", self._fills)}{counted("borders", self._borders)}<cellStyleXfs count="1">'
            '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'{counted("cellXfs", self._cells)}<cellStyles count="1">'
            '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
        )


def _place(known: dict[str, int], text: str) -> int:
    return known.setdefault(text, len(known))


def counted(name: str, parts: Iterable[str]) -> str:
    """An element that says how many it holds."""
    parts = list(parts)
    return f'<{name} count="{len(parts)}">{"".join(parts)}</{name}>'


def _font(look: CellFormat) -> str:
    bold = "<b/>" if look.bold else ""
    colour = f'<color rgb="FF{look.colour}"/>' if look.colour else ""
    charset = "" if look.family.isascii() else '<charset val="134"/>'
    return f'<font>{bold}<sz val="{look.size:g}"/>{colour}<name val="{quoted(look.family)}"/>{charset}</font>'


def _fill(pattern: str, colour: str = "") -> str:
    inside = f'<fgColor rgb="FF{colour}"/>' if colour else ""
    return f'<fill><patternFill patternType="{pattern}">{inside}</patternFill></fill>'


def _border(edges: Sequence[Edge | None]) -> str:
    sides = [
        f'<{side} style="{edge[0]}"><color rgb="FF{edge[1]}"/></{side}>' if edge else f"<{side}/>"
        for side, edge in zip(("left", "right", "top", "bottom"), edges, strict=True)
    ]
    return f"<border>{''.join(sides)}<diagonal/></border>"


def _alignment(look: CellFormat) -> str:
    horizontal = f' horizontal="{look.horizontal}"' if look.horizontal else ""
    turned = ' textRotation="255"' if look.stacked else ""
    wrap = ' wrapText="1"' if look.wrap else ""
    shrink = ' shrinkToFit="1"' if look.shrink else ""
    return f'<alignment{horizontal} vertical="{look.vertical}"{turned}{wrap}{shrink}/>'
