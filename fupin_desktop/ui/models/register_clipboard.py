"""Blocks of cells as spreadsheet programs exchange them: lines and tabs, and an HTML table that keeps long numbers."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

Block = Sequence[Sequence[str]]
_AS_TEXT = " style=\"mso-number-format:'\\@'\""


def to_lines(block: Block) -> str:
    """Lines and tabs; a cell that holds those itself is quoted."""
    return "\r\n".join("\t".join(map(_quoted, line)) for line in block) + "\r\n"


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in "\t\r\n\""):
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell


def to_html(block: Block, as_text: Sequence[bool]) -> str:
    """An HTML table; columns of numbers that are names (ID, account, phone, code) are marked as text, for Excel.

    Args:
        block: The cells.
        as_text: For each column whether its cells are text whatever they look like.
    """
    lines = "".join(f"<tr>{_html_cells(line, as_text)}</tr>" for line in block)
    return f'<html><head><meta charset="utf-8"></head><body><table>{lines}</table></body></html>'


def _html_cells(line: Sequence[str], as_text: Sequence[bool]) -> str:
    pairs = zip(line, as_text, strict=True)
    return "".join(f"<td{_AS_TEXT if text else ''}>{escape(cell)}</td>" for cell, text in pairs)


def spread(block: Block, rows: int, columns: int) -> list[list[str]]:
    """A block laid over a selection: repeated where the selection is a whole multiple of it, else once.

    Args:
        block: Cells as read from the clipboard; short lines are filled with empty cells.
        rows: Rows selected.
        columns: Columns selected.
    """
    width = max((len(line) for line in block), default=0)
    if not width:
        return []
    even = [[*line, *[""] * (width - len(line))] for line in block]
    down = rows // len(even) if rows % len(even) == 0 else 1
    across = columns // width if columns % width == 0 else 1
    return [line * max(across, 1) for line in even] * max(down, 1)
