"""Rows of donors out of spreadsheets: pasted blocks and whole files, columns known by heading or by what they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.domain.reading.raw import plain
from fupin_desktop.domain.text import clean, compact
from fupin_desktop.errors import UnreadableFile
from fupin_desktop.services.funds.donors import ANONYMOUS, DonorForm, says_anonymous, tidy
from fupin_desktop.services.registers.pasted import split_block
from fupin_desktop.services.sheets.heading import base, normalise
from fupin_desktop.services.sheets.reader import Cell, open_workbook
from fupin_desktop.services.values import Context, Place, read
from fupin_desktop.storage import fields
from fupin_desktop.storage.entities import FundDonor

HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("捐赠人", "捐款人", "捐赠者", "捐赠单位或个人", "捐款单位或个人", "捐赠名称", "姓名", "名称", "芳名"),
    "unit": ("单位", "单位名称", "捐赠单位", "捐款单位", "所在单位", "工作单位", "企业名称"),
    "amount": ("金额", "捐赠金额", "捐款金额", "捐赠数额", "捐款数额", "捐款额", "捐赠额", "捐款"),
    "given_on": ("日期", "捐赠日期", "捐款日期", "捐赠时间", "捐款时间", "时间"),
    "anonymous": ("匿名", "是否匿名"),
    "note": ("备注", "说明", "摘要"),
}
"""The columns of a list of donors and the headings by which they are known."""
_SAYS_ANONYMOUS = re.compile(f"{ANONYMOUS}(；|$)")
"""How the office's own copy of a list says it."""
_SEARCHED = 30
_FOOT = ("合计", "总计", "小计", "累计", "共计", "本页小计", "大写")
_FOOT_STARTS = ("合计", "总计", "大写", "注:", "注：", "制表", "审核", "填表")
Rows = Sequence[Sequence[Cell]]


class FoundDonors(NamedTuple):
    """Rows that a block or file holds.

    Attributes:
        rows: As they are typed.
        headed: Whether a heading told the columns.
    """

    rows: tuple[DonorForm, ...]
    headed: bool


class _Columns(NamedTuple):
    """Where the columns are; ``times`` is 10 000 where the heading says 万元."""

    first_row: int
    places: Mapping[str, int]
    times: int = 1


def read_text(text: str) -> FoundDonors:
    """Rows of donors in what a spreadsheet program put on the clipboard; none where no column of amounts is found."""
    return read_cells(split_block(text))


def read_cells(rows: Rows) -> FoundDonors:
    """Rows of donors in a block of cells."""
    headed = _headed(rows)
    columns = headed or _guessed(rows)
    return FoundDonors(tuple(_forms(rows, columns)) if columns else (), headed is not None)


def read_file(path: Path) -> FoundDonors:
    """Rows of donors in an xlsx, xls or ods file: all sheets with a heading that names donor and amount.

    Raises:
        UnreadableFile: It is no spreadsheet, a sheet cannot be read, or no sheet has such a heading.
        Situation: It cannot be read.
    """
    sheets = open_workbook(path).sheets
    fault = next((sheet.fault for sheet in sheets if sheet.fault), "")
    if fault:
        raise UnreadableFile(f"“{path.name}”没有读完：{fault}。")
    found = [(sheet.rows, columns) for sheet in sheets if (columns := _headed(sheet.rows))]
    if not found:
        raise UnreadableFile(
            f"“{path.name}”里没有认出捐赠名单的表头。",
            todo="表头要有“捐赠人(或姓名、单位)、金额”，可以有“日期、备注、匿名”。",
        )
    return FoundDonors(tuple(form for rows, columns in found for form in _forms(rows, columns)), headed=True)


# ---- which column is which ----
@cache
def _known() -> dict[str, str]:
    return {normalise(name): column for column, names in HEADINGS.items() for name in names}


def _headed(rows: Rows) -> _Columns | None:
    """The first row that names a donor and an amount."""
    for number, cells in enumerate(rows[:_SEARCHED]):
        places: dict[str, int] = {}
        for place, cell in enumerate(cells):
            name = normalise(cell) if isinstance(cell, str) and cell.strip() else ""
            column = _known().get(name) or _known().get(base(name))
            if name and column:
                places.setdefault(column, place)
        if "amount" in places and {"name", "unit"} & places.keys():
            times = 10_000 if "万元" in normalise(str(cells[places["amount"]])) else 1
            return _Columns(number + 1, places, times)
    return None


def _guessed(rows: Rows) -> _Columns | None:
    """Columns told by what they hold: amounts, days, then the first texts are names and the next remarks."""
    width = max((len(cells) for cells in rows), default=0)
    places: dict[str, int] = {}
    for place in range(width):
        texts = [text for cells in rows if place < len(cells) and (text := clean(plain(cells[place])))]
        numbers = [str(number) for number in range(1, len(texts) + 1)]
        if not texts or (width > 2 and texts == numbers):
            continue
        if "given_on" not in places and all(_is_day(text) for text in texts):
            places["given_on"] = place
        elif "amount" not in places and all(_is_amount(text) for text in texts):
            places["amount"] = place
        else:
            places.setdefault("note" if "name" in places else "name", place)
    return _Columns(0, places) if {"name", "amount"} <= places.keys() else None


def _is_amount(text: str) -> bool:
    """Whether a text can be an amount; a phone or account number is none."""
    return not find_leaks(text) and _readable("amount_fen", text)


def _is_day(text: str) -> bool:
    return _readable("given_on", text)


def _readable(column: str, text: str) -> bool:
    found = read(fields.of(FundDonor)[column], text, Context(Place.PASTED, negative=True))
    return found.value is not None and not found.refused


# ---- rows ----
def _forms(rows: Rows, columns: _Columns) -> list[DonorForm]:
    """The rows below the heading that hold something; sums and notes below the list are left out."""
    return [
        form for cells in rows[columns.first_row :] if not _is_foot(cells) and not (form := _form(cells, columns)).empty
    ]


def _form(cells: Sequence[Cell], columns: _Columns) -> DonorForm:
    def cell(column: str) -> Cell:
        place = columns.places.get(column, -1)
        return cells[place] if 0 <= place < len(cells) else ""

    name, unit, note = (clean(plain(cell(column))) for column in ("name", "unit", "note"))
    if name and unit:
        note = "；".join(part for part in (unit, note) if part)
    anonymous = says_anonymous(cell("anonymous"))
    if _SAYS_ANONYMOUS.match(note):
        anonymous, note = True, _SAYS_ANONYMOUS.sub("", note, 1)
    amount = tidy("amount", cell("amount"), columns.times)
    return DonorForm(name or unit, amount, tidy("given_on", cell("given_on")), anonymous, note)


def _is_foot(cells: Sequence[Cell]) -> bool:
    """Sums and notes below a list begin with a word for them."""
    first = next((compact(cell) for cell in cells if isinstance(cell, str) and cell.strip()), "")
    return first in _FOOT or first.startswith(_FOOT_STARTS)
