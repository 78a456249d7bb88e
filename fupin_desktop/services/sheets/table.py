"""The data rows below a heading: foot, totals, group titles and repeated headings are left out and told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from fupin_desktop.domain.text import compact
from fupin_desktop.services.sheets.heading import Heading
from fupin_desktop.services.sheets.raw import Cell, RawSheet

TOTAL, FOOT, AGAIN, GROUP, ZEROS = (
    "合计行，没有导入", "表尾说明，没有导入", "重复的表头，没有导入", "分段标题，没有导入", "只有公式算出的0，没有导入",
)  # fmt: skip
_SUMS = ("合计", "小计", "总计", "共计", "累计")
_SUM = re.compile(rf"[(\[]?(?P<of>.{{0,10}}?)(?:{'|'.join(_SUMS)}|总[户人]数)(?P<rest>.*)")
_OF = re.compile(r"(?:本[页月日年季村组次]|全[村镇县组年部]|以上|各[村组户项]|.{1,9}[组村镇队户类项页]|)")
_REST = re.compile(r"(?:[)\]:：].*|[(\[].*|(?:约|共)?[0-9].*|)")
_FOOT = re.compile(
    r"(?:制表|填表|填报|审核|复核|负责人|经办|单位|注|备注|说明|日期|联系人|盖章|大写|会计|出纳)[^:：]{0,10}[:：]"
    r"|(?:以上|上述|以下).{0,8}(?:属实|真实|准确|无误)|(?:制表|审核|注|大写)$"
)
_TITLE = re.compile(
    r"(?:第?[一二三四五六七八九十0-9]{1,3}(?:村民)?小?组|[一二三四五六七八九十]{1,3}[、.].*|.{1,8}(?:村|社区|小组))"
)
_FOOT_STARTS = frozenset("制填审复负经单注备说日联盖大会出以上 \t\u3000")
_SUM_MARKS = re.compile("[计总]")
_MARKS = re.compile(f"[计总]|^[{''.join(sorted(_FOOT_STARTS))}]", re.MULTILINE)
"""What a column without such rows does not have, seen in all its cells at once."""
_FIRST = 4
_WIDE = 3
_DITTO = frozenset({"同上", "同前", "〃", "〞", "″", '"', "''", "“", "”", "々"})
_BLANKS = ("", " ", "  ", "\t", "\u3000", "\u3000\u3000")
_DITTOS = frozenset(before + sign + after for sign in _DITTO for before in _BLANKS for after in _BLANKS)
"""The signs with the blanks that usually stand around them."""


@dataclass(slots=True)
class Table:
    """The rows of a table.

    Attributes:
        rows: Their numbers in the sheet, from 0.
        columns: Raw cells by column, in step with ``rows``; of merged cells as :func:`read_table` says.
        left_out: Rows that hold no data, by number, with the reason in Chinese.
        dittos: Cells that said 同上, by row number and column, with the value above that they got; empty where there
            is none.
        covered: Values that stand unseen below merged cells and do not count, by row number and column.
    """

    rows: list[int]
    columns: list[Sequence[Cell]]
    left_out: dict[int, str] = field(default_factory=dict)
    dittos: dict[tuple[int, int], Cell] = field(default_factory=dict)
    covered: dict[tuple[int, int], Cell] = field(default_factory=dict)


def read_table(
    sheet: RawSheet,
    heading: Heading,
    *,
    names: Collection[int] = (),
    repeated: Collection[int] = (),
    free: Collection[int] = (),
) -> Table:
    """The rows below a heading that hold data.

    A merged cell counts once, at its upper left corner, whatever stands hidden below it; in the columns ``repeated``
    it counts for each of its rows. 同上 and its signs take the value of the row above.

    Args:
        sheet: The sheet.
        heading: Its heading.
        names: Columns that say whom a row is about.
        repeated: Columns in which a merged cell holds for all its rows: place and household, but never an amount.
        free: Columns of free text, in which a word for a sum is only a word.
    """
    rows = [number for number in range(heading.first_row, len(sheet.rows)) if sheet.rows[number]]
    columns = _transposed(sheet, rows, len(heading.texts))
    texts = [{cell for cell in set(column) if isinstance(cell, str)} for column in columns]
    left_out = _left_out(sheet, heading, rows, columns, texts, names, free)
    kept = [place for place, row in enumerate(rows) if row not in left_out] if left_out else None
    if kept is not None:
        columns = [[column[place] for place in kept] for column in columns]
        rows = [rows[place] for place in kept]
    table = Table(rows, columns, left_out)
    if sheet.merges:
        _merge(sheet, table, repeated)
    _fill_dittos(table, texts)
    return table


def is_sum(cell: str) -> bool:
    """Whether a text is the word for a sum of rows: 合计, 一组小计, 总计(2户), 共计2户."""
    found = _SUM.fullmatch(compact(cell))
    return bool(found and _REST.fullmatch(found["rest"]) and (_OF.fullmatch(found["of"]) or not found["rest"]))


def _transposed(sheet: RawSheet, rows: Sequence[int], width: int) -> list[Sequence[Cell]]:
    columns: list[Sequence[Cell]] = list(zip_longest(*[sheet.rows[row] for row in rows], fillvalue=""))
    return columns + [[""] * len(rows) for _ in range(width - len(columns))]


def _left_out(
    sheet: RawSheet,
    heading: Heading,
    rows: Sequence[int],
    columns: Sequence[Sequence[Cell]],
    texts: Sequence[Collection[str]],
    names: Collection[int],
    free: Collection[int],
) -> dict[int, str]:
    """Rows that hold no data, with the reason."""
    found: dict[int, str] = {}
    for number, column in enumerate(columns):
        title = heading.texts[number] if number in names else ""
        marks, joined = _MARKS if number < _FIRST else _SUM_MARKS, "\n".join(texts[number])
        if marks.search(joined) is None and not (title and title[0] in joined):
            continue
        reasons: dict[Cell, str] = dict(_reasons(texts[number], number, title, in_free=number in free))
        if reasons:
            found |= {rows[place]: reasons[cell] for place, cell in enumerate(column) if cell in reasons}
    for row in _scanty(rows, columns):
        cells = sheet.rows[row]
        if row not in found and len(cells) - cells.count("") == 1 and _is_title(sheet, row, names):
            found[row] = GROUP
    found |= {row: ZEROS for row in _zero_rows(sheet, rows, columns, names) if row not in found}
    return dict(sorted(found.items()))


def _scanty(rows: Sequence[int], columns: Sequence[Sequence[Cell]]) -> Sequence[int]:
    """The rows that may hold one cell alone: not those with two in the first two columns."""
    if len(columns) < 2:
        return rows
    return [row for row, first, second in zip(rows, columns[0], columns[1], strict=True) if first == "" or second == ""]


def _reasons(cells: Collection[str], number: int, title: str, *, in_free: bool) -> Iterator[tuple[Cell, str]]:
    """Cells of a column whose rows hold no data."""
    for cell in cells:
        if "计" in cell or "总" in cell:
            if compact(cell) in _SUMS if in_free else is_sum(cell):
                yield cell, TOTAL
        elif title and title[0] in cell and compact(cell) == title:
            yield cell, AGAIN
        elif number < _FIRST and cell[:1] in _FOOT_STARTS and _FOOT.match(compact(cell)):
            yield cell, FOOT


def _is_title(sheet: RawSheet, row: int, names: Collection[int]) -> bool:
    """Whether the only cell of a row titles the rows below: merged over most of the row, or 一组, 低岭村 in front."""
    column, cell = next((place, cell) for place, cell in enumerate(sheet.rows[row]) if cell != "")
    if not isinstance(cell, str):
        return False
    wide = any(
        first_row == row == last_row and first_column <= column <= last_column and last_column >= first_column + _WIDE
        for first_row, first_column, last_row, last_column in sheet.merges
    )
    return wide or (column not in names and _TITLE.fullmatch(compact(cell)) is not None)


def _zero_rows(
    sheet: RawSheet, rows: Sequence[int], columns: Sequence[Sequence[Cell]], names: Collection[int]
) -> Iterator[int]:
    """Rows in which nobody is named and every cell is empty or 0, as formulas filled down below a list leave them."""
    named = [columns[number] for number in names if number < len(columns)]
    if not named:
        return
    for row, *who in zip(rows, *named, strict=True):
        if not any(who) and all(cell in ("", 0) for cell in sheet.rows[row]):
            yield row


def _merge(sheet: RawSheet, table: Table, repeated: Collection[int]) -> None:
    """Count merged cells once, or in each of their rows; what stands unseen below them is noted."""
    places = {row: place for place, row in enumerate(table.rows)}
    changed = [list(column) for column in table.columns]
    for first_row, first_column, last_row, last_column in sheet.merges:
        value = sheet.cell(first_row, first_column)
        for number in range(first_column, min(last_column + 1, len(changed))):
            fill = value if number == first_column and number in repeated else ""
            for row in range(first_row, min(last_row + 1, len(sheet.rows))):
                if row in places and (row, number) != (first_row, first_column):
                    below = sheet.cell(row, number)
                    if below not in ("", fill):
                        table.covered[row, number] = below
                    changed[number][places[row]] = fill
    table.columns = list(changed)


def _fill_dittos(table: Table, texts: Sequence[Collection[str]]) -> None:
    """Give cells that say 同上 the value above them; ``texts`` are those that each column may hold."""
    for number, column in enumerate(table.columns):
        said = _DITTOS.intersection(texts[number])
        if not said:
            continue
        filled = list(column)
        for place, cell in enumerate(column):
            if cell in said:
                filled[place] = filled[place - 1] if place else ""
                table.dittos[table.rows[place], number] = filled[place]
        table.columns[number] = filled
