"""Any list of the window as a paper: its columns get widths by their contents, its heading repeats on every page."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from fupin_desktop.documents.definition.loader import parse_form
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import FilledForm

_NUMERIC = re.compile(r"[-+]?¥? ?[\d,]+(\.\d+)? ?%?")
_NARROW = 0x2E7F
_LEAST, _MOST = 4, 40
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
_BODY = """\
[[parts]]
type = "text"
text = "{{title}}"
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


def list_form(
    title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], office: str, made_on: date, size: Size = "A4"
) -> FilledForm:
    """A list as pages.

    Args:
        title: What it is.
        headings: Of the columns, at least one.
        rows: Texts in the order of the headings.
        office: Whose list it is; printed above at the left.
        made_on: The day; printed above at the right.
        size: Of the paper.

    Raises:
        MissingGlyph: A character cannot be printed.
    """
    texts = [[row[place] for row in rows] for place in range(len(headings))]
    widths = [_width((heading, *of)) for heading, of in zip(headings, texts, strict=True)]
    names = [f"c{place}" for place in range(len(headings))]
    amounts = [any(of) and all(not text or _NUMERIC.fullmatch(text) for text in of) for of in texts]
    form = parse_form(_definition(headings, names, amounts, widths, size), "list")
    records = [dict(zip(names, row, strict=True)) for row in rows]
    return fill(form, {"title": title, "office": office, "made_on": made_on, "rows": records}, made_on)


def _definition(
    headings: Sequence[str], names: Sequence[str], amounts: Sequence[bool], widths: Sequence[float], size: Size
) -> str:
    """The text of the form: landscape where the columns do not fit on an upright page."""
    portrait, landscape = _ROOM[size]
    upright = sum(widths) * _MM <= portrait
    room = portrait if upright else landscape
    shares = [round(width * room / sum(widths), 2) for width in widths]
    shares[-1] = round(room - sum(shares[:-1]), 2)
    head = _HEAD.format(size=size, orientation="portrait" if upright else "landscape", margin=_MARGIN)
    fields = "".join(
        f"{name} = {{ label = {_quoted(heading or name)}, type = \"text\" }}\n"
        for name, heading in zip(names, headings, strict=True)
    )
    return head + fields + _BODY.format(
        halves=f"{room / 2}, {room / 2}",
        widths=", ".join(map(str, shares)),
        headings=", ".join(f"{{ text = {_quoted(_literal(heading))} }}" for heading in headings),
        cells=", ".join(
            f'{{ field = "{name}", style = "{"amount" if amount else "words"}" }}'
            for name, amount in zip(names, amounts, strict=True)
        ),
    )


def _width(texts: Sequence[str]) -> float:
    """Narrow characters that a column needs, within reason."""
    widest = max(sum(2 if ord(sign) > _NARROW else 1 for sign in text) for text in texts)
    return float(min(max(widest + 2, _LEAST), _MOST))


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False)


def _literal(text: str) -> str:
    """A text whose braces name no field."""
    return text.replace("{", "{{").replace("}", "}}")
