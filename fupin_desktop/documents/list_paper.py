"""Any list of the window as a paper: its columns get widths by their contents, its heading repeats on every page."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from fupin_desktop.documents.definition.loader import parse_form
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import FilledForm

_NUMERIC = re.compile(r"[-+]?¥? ?[\d,]+(\.\d+)? ?%?")
_NARROW = 0x2E7F
_LEAST, _SHORT, _MOST = 4, 14, 40
_CAPITAL = 1.4
"""Narrow characters that a capital letter takes, as in codes."""
_TIGHT = 1.15
"""A little too much for a page is put on it all the same: there is some air in each column."""
_MM = 1.75
"""Millimetres that one narrow character takes at the list's size."""
_MARGIN = 15
Size = Literal["A4", "A3"]
_ROOM: dict[Size, tuple[int, int]] = {
    "A4": (210 - 2 * _MARGIN, 297 - 2 * _MARGIN),
    "A3": (297 - 2 * _MARGIN, 420 - 2 * _MARGIN),
}
"""Millimetres between the margins of an upright and of a lying page."""

_HEAD = """\
id = "list"
title = "{{title}}"
[paper]
size = "{size}"
orientation = "{orientation}"
top = 18
right = {margin}
bottom = 18
left = {margin}
[footer]
text = "第 {{page}} 页　共 {{pages}} 页"
style = "foot"
gap = 3
[styles.words]
font = "song"
size = 9
pitch = 12
align = "left"
pad = 1
[styles.amount]
base = "words"
align = "right"
shrink = true
[styles.heading]
base = "words"
font = "hei"
align = "center"
[styles.total]
base = "amount"
font = "hei"
[styles.title]
font = "biaosong"
size = 16
pitch = 23
align = "center"
after = 3
[styles.line]
font = "song"
size = 9
pad = 0
[styles.line_right]
base = "line"
align = "right"
[styles.foot]
base = "line"
align = "center"
[fields]
title = {{ label = "标题", type = "text" }}
office = {{ label = "单位", type = "text" }}
made_on = {{ label = "日期", type = "date" }}
[fields.rows]
label = "清单"
type = "list"
[fields.rows.fields]
"""
_PART = """\
[[parts]]
type = "text"
text = "{{title}}{part}"
style = "title"
[[parts]]
type = "table"
columns = [{halves}]
[[parts.rows]]
height = 6
style = "line"
cells = [{{ text = "{{office}}", border = false }}, {{ text = "{{made_on}}", border = false, style = "line_right" }}]
[[parts]]
type = "table"
columns = [{widths}]
[[parts.rows]]
role = "heading"
height = 8
style = "heading"
cells = [{headings}]
[[parts.rows]]
role = "each"
each = "rows"
height = 6.5
style = "words"
cells = [{cells}]
"""
_TOTAL = """\
[[parts.rows]]
role = "total"
each = "rows"
height = 7
style = "heading"
cells = [{cells}]
"""
_PAGE = """\
[[parts]]
type = "page"
"""


class _Column(NamedTuple):
    """A column of the list.

    Attributes:
        name: Its field.
        heading: Its heading.
        is_amount: Whether it holds nothing but numbers.
        least: Narrow characters that it needs at least: numbers, dates and short texts are not broken, headings and
            longer texts take a few lines.
        wanted: Narrow characters for all of it in one line, within reason.
        total: What the last row says below it.
    """

    name: str
    heading: str
    is_amount: bool
    least: float
    wanted: float
    total: str


def list_form(
    title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], office: str, made_on: date,
    size: Size = "A4", *, numbered: bool = False, totals: Sequence[str] = (),
) -> FilledForm:
    """A list as pages; columns that one page has no room for stand on further ones, behind its first column.

    Args:
        title: What it is.
        headings: Of the columns, at least one.
        rows: Texts in the order of the headings.
        office: Whose list it is; printed above at the left.
        made_on: The day; printed above at the right.
        size: Of the paper.
        numbered: Whether each row has its number in front.
        totals: What stands below the columns, in their order; empty for no such row.

    Raises:
        MissingGlyph: A character cannot be printed.
    """
    if numbered:
        headings, rows = ("序号", *headings), [(f"{at}", *row) for at, row in enumerate(rows, 1)]
        totals = ("合计", *totals) if totals else ()
    columns = [
        _column(f"c{at}", heading, [row[at] for row in rows], totals[at] if totals else "")
        for at, heading in enumerate(headings)
    ]
    form = parse_form(_definition(columns, 2 if numbered else 1, size, summed=bool(totals and rows)), "list")
    names = [column.name for column in columns]
    records = [dict(zip(names, row, strict=True)) for row in rows]
    return fill(form, {"title": title, "office": office, "made_on": made_on, "rows": records}, made_on)


def _column(name: str, heading: str, texts: Sequence[str], total: str) -> _Column:
    cells = max((_signs(text) for text in (*texts, total)), default=0)
    wanted = min(max(cells, _signs(heading)) + 2, _MOST)
    unbroken = cells if cells <= _SHORT or all(map(str.isascii, texts)) else max(_SHORT, cells // 3)
    least = max(min(unbroken, _MOST), 2 * ((_signs(heading) + 3) // 4)) + 2
    is_amount = any(texts) and all(not text or _NUMERIC.fullmatch(text) for text in texts)
    return _Column(name, heading, is_amount, float(max(least, _LEAST)), float(max(wanted, least, _LEAST)), total)


def _definition(columns: Sequence[_Column], first: int, size: Size, *, summed: bool) -> str:
    """The text of the form: landscape where the columns do not fit on an upright page, in parts where not on that."""
    portrait, landscape = _ROOM[size]
    upright = sum(column.wanted for column in columns) * _MM <= portrait
    room = portrait if upright else landscape
    parts = _parts(columns, first, room / _MM)
    head = _HEAD.format(size=size, orientation="portrait" if upright else "landscape", margin=_MARGIN)
    fields = "".join(
        f"{column.name} = {{ label = {_quoted(column.heading or column.name)}, type = \"text\" }}\n"
        for column in columns
    )
    words = [f"（第{at}部分，共{len(parts)}部分）" if len(parts) > 1 else "" for at in range(1, len(parts) + 1)]
    return head + fields + _PAGE.join(
        _part(part, word, room, summed=summed and any(column.total for column in part[first:]))
        for part, word in zip(parts, words, strict=True)
    )


def _parts(columns: Sequence[_Column], first: int, room: float) -> list[list[_Column]]:
    """The columns page by page, about as many on each; each begins with the first ones, by which a row is known."""
    known, rest = _least(columns[:first]), _least(columns[first:])
    if known + rest <= room * _TIGHT:
        return [list(columns)]
    parts = _filled(columns, first, room)
    even = _filled(columns, first, min(room, known + rest / len(parts) * _TIGHT))
    return even if len(even) == len(parts) else parts


def _filled(columns: Sequence[_Column], first: int, room: float) -> list[list[_Column]]:
    """The columns page by page, as many on each as there is room for, one at least."""
    parts = [list(columns[:first])]
    for column in columns[first:]:
        if _least(parts[-1]) + column.least > room and len(parts[-1]) > first:
            parts.append(list(columns[:first]))
        parts[-1].append(column)
    return parts


def _least(columns: Sequence[_Column]) -> float:
    return sum(column.least for column in columns)


def _widths(columns: Sequence[_Column], room: float) -> list[float]:
    """Millimetres of the columns of a page: what each needs at least, then what it wants, then the rest alike."""
    least, wanted = _least(columns), sum(column.wanted for column in columns)
    spare = min(max((room / _MM - least) / (wanted - least), 0), 1) if wanted > least else 0
    widths = [column.least + (column.wanted - column.least) * spare for column in columns]
    shares = [round(width * room / sum(widths), 2) for width in widths]
    return [*shares[:-1], round(room - sum(shares[:-1]), 2)]


def _part(columns: Sequence[_Column], word: str, room: float, *, summed: bool) -> str:
    """The table of some columns, with all rows."""
    part = _PART.format(
        part=word,
        halves=f"{room / 2}, {room / 2}",
        widths=", ".join(map(str, _widths(columns, room))),
        headings=", ".join(f"{{ text = {_quoted(_literal(column.heading))} }}" for column in columns),
        cells=", ".join(
            f'{{ field = "{column.name}", style = "{"amount" if column.is_amount else "words"}" }}'
            for column in columns
        ),
    )
    if not summed:
        return part
    return part + _TOTAL.format(
        cells=", ".join(f'{{ text = {_quoted(_literal(column.total))}, style = "total" }}' for column in columns)
    )


def _signs(text: str) -> float:
    """Narrow characters that a text takes."""
    return sum(2 if ord(sign) > _NARROW else _CAPITAL if sign.isupper() else 1 for sign in text)


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False)


def _literal(text: str) -> str:
    """A text whose braces name no field."""
    return text.replace("{", "{{").replace("}", "}}")
