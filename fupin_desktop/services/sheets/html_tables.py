"""Tables of web pages, which many systems hand out as .xls."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from fupin_desktop.domain.decoding import decoded
from fupin_desktop.errors import UnreadableFile
from fupin_desktop.override import override
from fupin_desktop.services.sheets.containers import too_big
from fupin_desktop.services.sheets.raw import RawSheet

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_MOST_CELLS = 4_000_000
_MOST_SPANNED = 1_000
_SILENT = ("style", "script", "title", "xml")
_LEAST = 2


def read_html(data: bytes, name: str) -> list[RawSheet]:
    """The tables of a page, each as a sheet.

    Raises:
        UnreadableFile: There is none, the encoding is not known, or there are more cells than a list has.
    """
    text = _text(data)
    if text is None:
        raise UnreadableFile(f"“{name}”是网页(HTML)表格，里面的文字认不出编码。")
    page = _Page(name)
    page.feed(text)
    page.close()
    page.end()
    found = [sheet for sheet in page.sheets if len(sheet.rows) >= _LEAST] or [one for one in page.sheets if one.rows]
    if not found:
        raise UnreadableFile(f"“{name}”是网页，里面没有表格。")
    for number, sheet in enumerate(found):
        sheet.name = f"表{number + 1}"
    return found


def _text(data: bytes) -> str | None:
    said = _CHARSET.search(data[:4096])
    if said and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        encoding = said.group(1).decode("ascii", "replace").lower()
        try:
            return data.decode("gb18030" if encoding in ("gb2312", "gbk") else encoding)
        except (UnicodeDecodeError, LookupError):
            pass
    return decoded(data)


class _Table:
    """A table that is being read, cell for cell."""

    def __init__(self) -> None:
        self.sheet = RawSheet("")
        self.row = -1
        self.column = 0
        self.spanned: set[tuple[int, int]] = set()
        self.pieces: list[str] | None = None


class _Page(HTMLParser):
    """Gathers the tables of a page; one inside another stands for itself."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[RawSheet] = []
        self._name = name
        self._open: list[_Table] = []
        self._cells = self._silent = 0

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._open.append(_Table())
            self.sheets.append(self._open[-1].sheet)
        elif self._open and tag == "tr":
            self._end_cell()
            table = self._open[-1]
            table.row, table.column = table.row + 1, 0
            table.sheet.rows.append([])
        elif self._open and tag in ("td", "th"):
            self._begin_cell(dict(attrs))
        elif tag in ("br", "p", "div") and self._open and self._open[-1].pieces:
            self._open[-1].pieces.append("\n")

    @override
    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self._open.pop()

    @override
    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self._open and self._open[-1].pieces is not None and not self._silent:
            self._open[-1].pieces.append(_BLANKS.sub(" ", data))

    def end(self) -> None:
        """The page is over, whatever is still open."""
        while self._open:
            self._end_cell()
            self._open.pop()

    def _begin_cell(self, words: dict[str, str | None]) -> None:
        self._end_cell()
        table = self._open[-1]
        if table.row < 0:
            table.row = 0
            table.sheet.rows.append([])
        while (table.row, table.column) in table.spanned:
            table.column += 1
        down, right = _span(words.get("rowspan")), _span(words.get("colspan"))
        self._cells += down * right
        if self._cells > _MOST_CELLS:
            raise too_big(self._name, f"超过 {_MOST_CELLS} 格")
        if down > 1 or right > 1:
            places = (table.row, table.column, table.row + down - 1, table.column + right - 1)
            table.sheet.merges.append(places)
            table.spanned.update(
                (row, column) for row in range(places[0], places[2] + 1) for column in range(places[1], places[3] + 1)
            )
        table.pieces = []

    def _end_cell(self) -> None:
        if not self._open or self._open[-1].pieces is None:
            return
        table = self._open[-1]
        row = table.sheet.rows[table.row]
        row.extend([""] * (table.column + 1 - len(row)))
        row[table.column] = "".join(table.pieces or ()).replace("\xa0", " ").strip()
        table.pieces = None
        table.column += 1


def _span(said: str | None) -> int:
    text = (said or "").strip()
    return min(max(int(text), 1), _MOST_SPANNED) if text.isdecimal() and len(text) < 7 else 1
