"""Kinds of list and file at every door: understood and told, or asked; never wrong money without a word."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_desktop.errors import NotAllowed, PasswordWanted
from fupin_desktop.services.workbench import Workbench
from tests.services.funds.office import money_office
from tests.services.imports.making import package, sheet, text_cell
from tests.services.sheets.doors import (
    AWARD,
    DONORS,
    DOORS,
    HOUSEHOLDS,
    LEDGER,
    PERSONS,
    REGISTER,
    Door,
    Options,
    write,
)
from tests.services.sheets.written import FILES, PASSWORD, encrypted, plain, sheets

every_door = pytest.mark.parametrize("door", DOORS, ids=[door.name for door in DOORS])
NAMED = (REGISTER, HOUSEHOLDS, PERSONS, AWARD)
PLAIN = ([120_000, 30_000], [])
_CALC = 2


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """An office that files are only read for."""
    made = money_office(tmp_path_factory.mktemp("kinds"))
    yield made
    made.close()


def letter(column: int) -> str:
    return chr(65 + column)


# ---- files ----
@pytest.mark.parametrize(
    ("door", "kind"),
    [pytest.param(door, kind, id=f"{door.name}-{kind}") for door in DOORS for kind in FILES if kind != "structure protected"]
    + [pytest.param(LEDGER, "structure protected"), pytest.param(DONORS, "structure protected")],
)
def test_every_kind_of_file_is_read(door: Door, kind: str, bench: Workbench, tmp_path: Path) -> None:
    rows = [door.heading, *([float(cell) if isinstance(cell, int) else cell for cell in row] for row in door.rows)]
    outcome = door.read(bench, FILES[kind](tmp_path, rows))
    assert outcome.fen == PLAIN[0]
    assert outcome.findings == [] or (kind == "bad side sheet" and door is LEDGER and "缺失" in outcome.findings[0])


@every_door
def test_a_protected_file_is_read_with_its_password(door: Door, bench: Workbench, tmp_path: Path) -> None:
    path = encrypted(tmp_path / "a.xlsx", [door.heading, *door.rows], PASSWORD)
    with pytest.raises(PasswordWanted):
        door.read(bench, path)
    outcome = door.read(bench, path, Options(password=PASSWORD))
    assert (outcome.fen, outcome.findings) == PLAIN


# ---- which sheet ----
@every_door
@pytest.mark.parametrize("active", [0, 1])
def test_the_sheet_that_was_open_is_read(door: Door, active: int, bench: Workbench, tmp_path: Path) -> None:
    longer, now = ("旧", [door.heading, *door.rows]), ("新", [door.heading, door.rows[0]])
    path = sheets(tmp_path / "a.xlsx", [longer, now, ("说明", [["怎么填"]])], active)
    expected = [PLAIN[0], PLAIN[0][:1]][active]
    if door is LEDGER:
        expected = [*PLAIN[0], *PLAIN[0][:1]]
    assert door.read(bench, path).fen == expected
    assert door.read(bench, path, Options(sheet="新")).fen == PLAIN[0][:1]


@every_door
def test_sheets_that_look_alike_are_asked(door: Door, bench: Workbench, tmp_path: Path) -> None:
    tables = [("一村", [door.heading, *door.rows]), ("二村", [door.heading, door.rows[0]]), ("说明", [["怎么填"]])]
    path = sheets(tmp_path / "a.xlsx", tables, _CALC)
    if door is LEDGER:
        assert door.read(bench, path).fen == [*PLAIN[0], *PLAIN[0][:1]]
    elif door is AWARD:
        with pytest.raises(NotAllowed, match="“一村”、“二村”"):
            door.read(bench, path)
    assert door.read(bench, path, Options(sheet="二村")).fen == PLAIN[0][:1]


# ---- what does not show ----
@every_door
@pytest.mark.parametrize("visible_only", [False, True])
def test_hidden_rows_and_columns_are_told(door: Door, visible_only: bool, bench: Workbench, tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [door.heading, *door.rows])
    made = openpyxl.load_workbook(path)
    made.active.row_dimensions[3].hidden = True
    made.active.column_dimensions[letter(door.word)].hidden = True
    made.save(path)
    outcome = door.read(bench, path, Options(visible_only=visible_only))
    assert outcome.fen == (PLAIN[0][:1] if visible_only else PLAIN[0])
    assert (outcome.musts, len(outcome.findings)) == ([], 2)
    column, rows = sorted(outcome.findings, key=lambda told: "行被" in told)
    assert column.startswith(f"{letter(door.word)}1 ")
    assert "隐藏" in column
    assert f"有1行被筛选掉或隐藏(第3行)，{'没有读' if visible_only else '也读了'}" in rows


@every_door
def test_values_below_merged_cells_do_not_count_and_are_told(door: Door, bench: Workbench, tmp_path: Path) -> None:
    rows = [door.heading, door.rows[0], (*door.rows[1][: door.money], 1200)]
    body = "".join(f'<row r="{at}">{"".join(_cells(at, row))}</row>' for at, row in enumerate(rows, start=1))
    place = letter(door.money)
    merged = f'<mergeCells count="1"><mergeCell ref="{place}2:{place}3"/></mergeCells>'
    content = sheet(body).replace(b"</sheetData>", f"</sheetData>{merged}".encode())
    outcome = door.read(bench, package(tmp_path / "a.xlsx", content))
    assert [fen for fen in outcome.fen if fen] == PLAIN[0][:1]
    assert f"{place}3 合并格下面还有看不见的“1200”，没有算" in outcome.findings


def _cells(at: int, row: Any) -> list[str]:
    return [
        f'<c r="{letter(column)}{at}"><v>{cell}</v></c>' if isinstance(cell, int | float) else text_cell(f"{letter(column)}{at}", cell or "")
        for column, cell in enumerate(row)
    ]  # fmt: skip


# ---- headings ----
@every_door
@pytest.mark.parametrize("gap", [0, 1, 2])
def test_tables_side_by_side_are_both_read(door: Door, gap: int, bench: Workbench, tmp_path: Path) -> None:
    blank = [None] * gap
    rows = [["某某表"], [*door.heading, *blank, *door.heading], [*door.rows[0], *blank, *door.rows[1]]]
    outcome = door.read(bench, write(tmp_path / "a.xlsx", rows))
    assert outcome.fen == PLAIN[0]
    assert [told.split()[0] for told in outcome.findings] == [f"{letter(door.width + gap)}2"]
    assert "并排有2栏" in outcome.findings[0]


@every_door
def test_an_amount_twice_is_asked(door: Door, bench: Workbench, tmp_path: Path) -> None:
    heading = [*door.heading, "备注一", door.heading[door.money]]
    rows = [[*row, "", 999] for row in door.rows]
    outcome = door.read(bench, write(tmp_path / "a.xlsx", [heading, *rows]))
    assert [fen for fen in outcome.fen if fen] == []
    told = next(text for text in outcome.musts if "分不清" in text)
    assert told.startswith(f"{letter(door.money)}1 表头“{door.heading[door.money]}”有2列({letter(door.money)}列、{letter(door.width + 1)}列)")


# ---- cells ----
@every_door
@pytest.mark.parametrize("number", ["NaN", "INF"])
def test_numbers_that_are_none_are_told_at_the_cell(door: Door, number: str, bench: Workbench, tmp_path: Path) -> None:
    cells = [_cells(at, row) for at, row in enumerate([door.heading, *door.rows], start=1)]
    cells[1][door.money] = f'<c r="{letter(door.money)}2"><v>{number}</v></c>'
    body = "".join(f'<row r="{at}">{"".join(row)}</row>' for at, row in enumerate(cells, start=1))
    outcome = door.read(bench, package(tmp_path / "a.xlsx", sheet(body)))
    assert outcome.fen == PLAIN[0][1:]
    assert outcome.musts[0].startswith(f"{letter(door.money)}2 ")


@every_door
@pytest.mark.parametrize("word", ["同上", "〃", "″"])
def test_ditto_takes_the_value_above_and_tells(door: Door, word: str, bench: Workbench, tmp_path: Path) -> None:
    place = 2 if door is LEDGER else door.word
    rows = [door.rows[0], (*door.rows[1][:place], word, *door.rows[1][place + 1 :])]
    outcome = door.read(bench, write(tmp_path / "a.xlsx", [door.heading, *rows]))
    assert f"{letter(place)}3 “{word}”按上一行的“{door.rows[0][place]}”读" in outcome.findings
    assert outcome.fen == PLAIN[0]


@every_door
def test_formulas_filled_down_below_a_list_blame_nobody(door: Door, bench: Workbench, tmp_path: Path) -> None:
    zeros = door.line(money=0)
    outcome = door.read(bench, write(tmp_path / "a.xlsx", [door.heading, *door.rows, zeros, zeros]))
    assert (outcome.fen, outcome.musts) == PLAIN


@pytest.mark.parametrize("door", [*NAMED, DONORS], ids=[door.name for door in (*NAMED, DONORS)])
@pytest.mark.parametrize("sign", ["?", "□", "〓", "\ue863"])
def test_lost_characters_in_names_are_told(door: Door, sign: str, bench: Workbench, tmp_path: Path) -> None:
    column = next(at for at, text in enumerate(door.heading) if text in ("户主姓名", "姓名", "捐赠人"))
    row = [*door.rows[1]]
    row[column] = f"李亚{sign}"
    outcome = door.read(bench, write(tmp_path / "a.xlsx", [door.heading, door.rows[0], row]))
    assert any(told.startswith(f"{letter(column)}3 ") and "生僻字" in told for told in outcome.findings)


# ---- any unit, in any notation, at any place ----
class Written(NamedTuple):
    """A unit of money, how it is set off, where it stands."""

    unit: str
    times: Fraction
    notation: str
    above: bool


_UNITS = {"元": 1, "角": "1/10", "百元": 100, "千元": 1000, "万元": 10_000, "万": 10_000, "百万元": 10**6, "亿元": 10**8}
_IN_HEADING = ("{}({})", "{}（{}）", "{}【{}】", "{}[单位：{}]", "{}/{}", "{}／{}", "{} 单位:{}", "{}（单位：{}）", "{}-{}", "{} ( {} )")
_ABOVE_TABLE = ("单位：{}", "金额单位:{}", "（单位：{}）", "单位: {}、亩", "  货币单位：{}")


@st.composite
def written(draw: st.DrawFn) -> Written:
    unit = draw(st.sampled_from(sorted(_UNITS)))
    above = draw(st.booleans())
    return Written(unit, Fraction(_UNITS[unit]), draw(st.sampled_from(_ABOVE_TABLE if above else _IN_HEADING)), above)


@every_door
@settings(max_examples=25)
@given(how=written(), amounts=st.lists(st.integers(1, 99_999), min_size=2, max_size=2), noted=st.booleans())
def test_any_unit_converts_exactly(
    door: Door, how: Written, amounts: list[int], noted: bool, bench: Workbench, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / f"{door.name}.csv"
    heading = list(door.heading)
    title: list[list[Any]] = [["某某表"]]
    if how.above:
        title.append([how.notation.format(how.unit)])
    else:
        heading[door.money] = how.notation.format(heading[door.money], how.unit)
    texts = [f"{amount:,}" if noted else str(amount) for amount in amounts]
    rows = [[*row[: door.money], text, *row[door.money + 1 :]] for row, text in zip(door.rows, texts, strict=True)]
    outcome = door.read(bench, plain(path, [*title, heading, *rows], "utf-8", ","))
    expected = [amount * how.times * 100 for amount in amounts]
    too_much = sum(expected) > 10**11
    assert outcome.fen == [int(one) for one in expected] or (too_much and outcome.musts)
    assert all(math.floor(one) == one for one in expected)
    assert any("换算" in told for told in outcome.findings) is (how.times != 1)
