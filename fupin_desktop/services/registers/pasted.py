"""Blocks of cells as Excel, WPS and LibreOffice put them on the clipboard."""

from __future__ import annotations

import re

from fupin_desktop.domain.text import clean

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\r|\n|\Z)')
_PLAIN = re.compile(r"[^\t\r\n]*")
_LAST = re.compile(r"(?:\r\n|\r|\n)\Z")
_END = re.compile(r"\t|\r\n|\r|\n|\Z")


def split_block(text: str) -> list[list[str]]:
    """Rows and cells of a block: cells end with a tab, rows with a line break.

    A cell that holds line breaks stands in quotation marks, its own marks doubled. Excel puts no marks round any other
    cell, so that one which merely begins with a mark is a text like any other and ends where its column does.

    Behind every row stands a break, behind the last one too: of a single column all others are its empty last cells,
    which clear what they are laid over as in a spreadsheet. A row of several columns is never without a tab.
    """
    text = text.rstrip("\r\n") if "\t" in text else _LAST.sub("", text)
    if not text:
        return []
    rows: list[list[str]] = [[]]
    place, windows = 0, "\r\n" in text
    while True:
        cell, place = _cell(text, place, windows)
        rows[-1].append(clean(cell))
        end = _END.match(text, place)
        mark = end[0] if end else ""
        place += len(mark)
        if not mark:
            return rows
        if mark != "\t":
            rows.append([])


def within(block: list[list[str]], room: int) -> list[list[str]]:
    """A block without the empty rows at its end that lie beyond the room there is: they would add rows of nothing."""
    high, room = len(block), max(room, 1)
    while high > room and not any(block[high - 1]):
        high -= 1
    return block[:high]


def _cell(text: str, place: int, windows: bool) -> tuple[str, int]:
    """The cell that begins at a place, and where it ends; ``windows`` where rows end with CR and LF."""
    quoted = _QUOTED.match(text, place)
    if quoted is not None and _is_quoted(quoted[1], windows):
        return quoted[1].replace('""', '"'), quoted.end()
    plain = _PLAIN.match(text, place)
    return (plain[0], plain.end()) if plain else ("", place)


def _is_quoted(inner: str, windows: bool) -> bool:
    """Whether marks round a text are the spreadsheet's: it holds a break of its own, or marks that were doubled.

    With a tab, which may as well end the cell, only doubled marks within one line tell that the cell goes on.
    """
    if "\t" in inner:
        return '""' in inner and "\n" not in inner
    if windows and "\r\n" in inner:
        return False
    return "\n" in inner or '""' in inner
