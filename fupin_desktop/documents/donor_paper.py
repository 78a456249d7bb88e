"""The list of donors (捐赠名单) as a paper: numbered rows, their sum in figures and in capital characters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from fupin_desktop.documents.definition.form import FormDefinition
from fupin_desktop.documents.definition.loader import parse_form
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import FilledForm

_FORM = """\
id = "donors"
title = "{title}"
workbook = true
[paper]
size = "A4"
orientation = "portrait"
top = 20
right = 16
bottom = 18
left = 16
[footer]
text = "第 {page} 页　共 {pages} 页"
style = "foot"
gap = 3
[styles.cell]
font = "song"
size = 10.5
pitch = 14
align = "center"
pad = 1
[styles.words]
base = "cell"
align = "left"
[styles.amount]
base = "cell"
align = "right"
shrink = true
[styles.heading]
base = "cell"
font = "hei"
bold = true
[styles.label]
base = "cell"
font = "biaosong"
bold = true
[styles.label_left]
base = "label"
align = "left"
[styles.sum]
base = "amount"
font = "biaosong"
bold = true
[styles.title]
font = "biaosong"
size = 20
pitch = 28
align = "center"
bold = true
[styles.line]
font = "song"
size = 10.5
pitch = 14
pad = 0
[styles.line_center]
base = "line"
align = "center"
[styles.line_right]
base = "line"
align = "right"
[styles.foot]
base = "line_center"
[fields]
title = { label = "标题", type = "text" }
source = { label = "资金", type = "text" }
office = { label = "单位", type = "text" }
made_on = { label = "日期", type = "date" }
people = { label = "人数", type = "count" }
total = { label = "合计", type = "money" }
[fields.rows]
label = "名单"
type = "list"
[fields.rows.fields]
name = { label = "捐赠人", type = "text" }
amount = { label = "金额", type = "money" }
given_on = { label = "日期", type = "text" }
note = { label = "备注", type = "text" }
[[parts]]
type = "table"
columns = [14, 70, 32, 26, 36]
inner = 0.4
outer = 1.2
[[parts.rows]]
height = 14
style = "title"
keep = true
cells = [{ text = "{title}", span = 5, border = false }]
[[parts.rows]]
height = 7
style = "line"
keep = true
cells = [
  { text = "资金：{source}", span = 5, border = false },
]
[[parts.rows]]
height = 7
style = "line"
keep = true
cells = [
  { text = "{office}", span = 2, border = false }, { text = "单位：元", border = false, style = "line_center" },
  { text = "{made_on}", span = 2, border = false, style = "line_right" },
]
[[parts.rows]]
role = "heading"
height = 9
style = "heading"
cells = [
  { text = "序号" }, { text = "捐赠人(单位或个人)" }, { text = "金额(元)" }, { text = "日　期" }, { text = "备　注" },
]
[[parts.rows]]
role = "each"
each = "rows"
height = 7.5
style = "cell"
cells = [
  { text = "{index}" }, { field = "name", style = "words" }, { field = "amount", style = "amount" },
  { field = "given_on" }, { field = "note", style = "words" },
]
[[parts.rows]]
role = "total"
each = "rows"
height = 9
style = "label"
keep = true
cells = [
  { text = "合　计" }, { text = "{people} 人(单位)" }, { total = "amount", style = "sum" }, { text = "", span = 2 },
]
[[parts.rows]]
height = 9
style = "label"
cells = [{ text = "大　写" }, { text = "{total:capital}", span = 4, style = "label_left" }]
"""


class DonorLine(NamedTuple):
    """A row as it is printed; ``given_on`` may be empty."""

    name: str
    amount: Decimal
    given_on: str
    note: str


@cache
def _form() -> FormDefinition:
    return parse_form(_FORM, "donors")


def donor_form(title: str, source: str, lines: Sequence[DonorLine], office: str, made_on: date) -> FilledForm:
    """A list of donors as pages, and as a workbook whose sum is live.

    Args:
        title: Above it.
        source: Name of the fund source.
        lines: The rows as they are printed.
        office: Whose list it is.
        made_on: Its day.

    Raises:
        MissingGlyph: A character cannot be printed.
    """
    total = sum((line.amount for line in lines), Decimal("0.00"))
    data = {
        "title": title, "source": source, "office": office, "made_on": made_on, "people": len(lines), "total": total,
        "rows": [line._asdict() for line in lines],
    }  # fmt: skip
    return fill(_form(), data, made_on)
