"""Questions that a list raises: told at their cells, decided by the clerk's answers alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from fupin_desktop.services.imports.answers import NEW, RENAMED, Answers
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.preview import Preview, prepare
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Household
from tests.services.imports.making import IDS, book
from tests.services.register_office import Clock, make_office

HEAD = ("户编号", "户主姓名", "行政村", "村民小组", "家庭人口数")
FIRST = [("1", "李甲一", "低岭村", "一组", 3), ("2", "李甲二", "低岭村", "一组", 4)]
SECOND = [("1", "林甲三", "低岭村", "二组", 5), ("2", "吴甲四", "低岭村", "二组", 6)]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    office = make_office(tmp_path / "data", Clock())
    yield office
    office.close()


def codes(preview: Preview) -> list[str]:
    """What is told, each with its place."""
    return [f"{one.cell} {one.code.removeprefix('import.')}{'' if one.must else ' ?'}" for one in preview.findings]


def households(bench: Workbench) -> list[tuple[Any, ...]]:
    """What is registered."""
    with bench.read() as session:
        wanted = select(Household.code, Household.head_name, Household.members).order_by(Household.head_name)
        return [tuple(row) for row in session.execute(wanted)]


@pytest.fixture
def second(bench: Workbench, tmp_path: Path) -> Path:
    """A list whose numbers another group has already, that group being registered."""
    apply(bench, prepare(bench, book(tmp_path / "一组.xlsx", [HEAD, *FIRST])))
    return book(tmp_path / "二组.xlsx", [HEAD, *SECOND])


def test_a_number_of_someone_else_is_asked(bench: Workbench, second: Path) -> None:
    preview = prepare(bench, second)
    assert codes(preview) == ["A2 code_of_other", "A3 code_of_other"]
    assert preview.good == []
    assert "按新户登记" in preview.findings[0].todo


def test_groups_that_number_from_one_are_new_households(bench: Workbench, second: Path) -> None:
    answers = Answers(others=NEW)
    apply(bench, prepare(bench, second, answers=answers))
    assert households(bench) == [("二组-2", "吴甲四", 6), ("1", "李甲一", 3), ("2", "李甲二", 4), ("二组-1", "林甲三", 5)]
    again = prepare(bench, second)
    assert codes(again) == []
    assert again.comparison is not None
    assert (again.comparison.changes_nothing, again.comparison.unchanged) == (True, 2)


def test_another_head_of_the_same_household_is_taken_over(bench: Workbench, second: Path) -> None:
    apply(bench, prepare(bench, second, answers=Answers(others=RENAMED)))
    assert [(code, name) for code, name, _ in households(bench)] == [("2", "吴甲四"), ("1", "林甲三")]


def test_every_row_has_its_own_answer(bench: Workbench, second: Path) -> None:
    answers = Answers().with_row(1, RENAMED)
    preview = prepare(bench, second, answers=answers)
    assert codes(preview) == ["A3 code_of_other"]
    apply(bench, prepare(bench, second, answers=answers.with_row(2, NEW)))
    assert [(code, name) for code, name, _ in households(bench)] == [("二组-2", "吴甲四"), ("2", "李甲二"), ("1", "林甲三")]


def test_a_new_household_without_any_mark_stays_a_question(bench: Workbench, tmp_path: Path) -> None:
    apply(bench, prepare(bench, book(tmp_path / "a.xlsx", [HEAD, *FIRST])))
    rows = [("1", "林甲三", "低岭村", None, 5)]
    preview = prepare(bench, book(tmp_path / "b.xlsx", [HEAD, *rows]), answers=Answers(others=NEW))
    assert codes(preview) == ["A2 code_of_other"]


def test_a_corrected_cell_counts_as_if_the_file_said_so(bench: Workbench, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [HEAD, ("1", "李甲一", "低岭村", "一组", "三口"), FIRST[1]])
    assert [one.cell for one in prepare(bench, path).findings if one.must] == ["E2"]
    preview = prepare(bench, path, answers=Answers().with_cells({(1, 4): "3"}))
    assert codes(preview) == []
    apply(bench, preview)
    assert households(bench) == [("1", "李甲一", 3), ("2", "李甲二", 4)]


# ---- who is the head ----
PERSONS = ("户码", "姓名", "性别", "年龄", "身份证号")


def test_the_head_is_asked_and_answered(bench: Workbench, tmp_path: Path) -> None:
    rows = [("H1", "李甲一", "男", 60, IDS[0]), ("H1", "李甲二", "女", 59, IDS[1]), ("H2", "陈甲三", "男", 9, IDS[2])]
    path = book(tmp_path / "a.xlsx", [PERSONS, *rows])
    asked = prepare(bench, path, village="低岭村")
    assert [one.code for one in asked.findings] == ["import.no_head"] * 2
    assert "每户第一人是户主" in asked.findings[0].todo
    apply(bench, prepare(bench, path, village="低岭村", answers=Answers(first_is_head=True)))
    assert households(bench) == [("H1", "李甲一", 2), ("H2", "陈甲三", 1)]


# ---- hidden rows and columns, the sheet that was open ----
def hidden(path: Path) -> Path:
    """A list with two rows filtered out and a column hidden."""
    made = openpyxl.Workbook()
    sheet = made.active
    for row in [HEAD, *FIRST, ("3", "陈甲五", "低岭村", "一组", 2)]:
        sheet.append(row)
    for row in (2, 3):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["E"].hidden = True
    made.save(path)
    return path


def test_hidden_rows_and_columns_are_told_with_their_number(bench: Workbench, tmp_path: Path) -> None:
    preview = prepare(bench, hidden(tmp_path / "a.xlsx"))
    assert codes(preview) == ["第1行 hidden_rows ?", "E1 hidden_column ?"]
    assert "有2行被筛选掉或隐藏(第2～3行)，也读了" in preview.findings[0].sentence
    assert len(preview.good) == 3


def test_only_the_visible_rows_are_read_where_that_was_chosen(bench: Workbench, tmp_path: Path) -> None:
    preview = prepare(bench, hidden(tmp_path / "a.xlsx"), answers=Answers(visible_only=True))
    assert [one.head_name for one in preview.good] == ["陈甲五"]
    assert "没有读" in preview.findings[0].sentence


@pytest.mark.parametrize("active", [0, 1])
def test_the_sheet_that_was_open_comes_first(bench: Workbench, tmp_path: Path, active: int) -> None:
    made = openpyxl.Workbook()
    made.active.title = "2025年"
    for row in [HEAD, *FIRST, *SECOND]:
        made.active.append(row)
    now = made.create_sheet("2026年")
    for row in [HEAD, *FIRST]:
        now.append(row)
    made.create_sheet("说明").append(["怎么填"])
    made.active = active
    made.save(tmp_path / "a.xlsx")
    assert prepare(bench, tmp_path / "a.xlsx").sheet == made.sheetnames[active]


# ---- units of quantities ----
ENTRIES = ("户编号", "户主姓名", "户主证件号码", "行政村", "产品", "计量单位")


@pytest.mark.parametrize(
    ("heading", "unit", "said", "milli"),
    [
        ("验收数量(分)", "亩", 35, 3500), ("验收数量（公顷）", "亩", 0.2, 3000), ("验收数量/㎡", "亩", 2000, 3000),
        ("验收数量(亩)", "亩", 3.5, 3500), ("验收数量(分)", "分", 35, 35000), ("验收数量(分)", None, 35, 3500),
        ("验收数量(只)", "只", 60, 60000),
    ],
)  # fmt: skip
def test_units_of_quantities_in_headings_convert_exactly(
    bench: Workbench, tmp_path: Path, heading: str, unit: str | None, said: float, milli: int
) -> None:
    rows = [("1", "李甲一", IDS[0], "低岭村", "番薯", unit, said)]
    preview = prepare(bench, book(tmp_path / "a.xlsx", [(*ENTRIES, heading), *rows]))
    assert [one.farm[0].accepted_milli for one in preview.good] == [milli]
    assert len(preview.findings) == (0 if milli == said * 1000 else 1)


@pytest.mark.parametrize(("heading", "unit", "said"), [("验收数量(斤)", "亩", 3), ("验收数量(分)", "头", 3), ("验收数量(㎡)", "亩", 1)])
def test_units_that_contradict_are_asked_at_the_cell(
    bench: Workbench, tmp_path: Path, heading: str, unit: str, said: int
) -> None:
    rows = [("1", "李甲一", IDS[0], "低岭村", "番薯", unit, said)]
    preview = prepare(bench, book(tmp_path / "a.xlsx", [(*ENTRIES, heading), *rows]))
    assert codes(preview) == ["G2 unit_differs"]
