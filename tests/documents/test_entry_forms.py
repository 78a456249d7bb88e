"""What only forms to be filled in have: joined tables, empty rows, lists inside fixed rows, upright labels, feet."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import FilledForm
from tests.documents.papers import ENTRY_PAGE, MADE, definition

HEAD = ENTRY_PAGE + """\
[styles.upright]
base = "cell"
vertical = true
[fields]
name = { label = "名称", type = "text" }
first = { label = "甲", type = "money" }
second = { label = "乙", type = "money" }
both = { label = "合计", type = "money", sum_of = ["first", "second"] }
opinion = { label = "意见", type = "opinion", unit = "村委会" }
[fields.goals]
label = "指标"
type = "list"
[fields.goals.fields]
goal = { label = "指标", type = "text" }
[fields.costs]
label = "支出"
type = "list"
[fields.costs.fields]
what = { label = "用途", type = "text" }
cost = { label = "金额", type = "money" }
"""

JOINED = """
[[parts]]
type = "table"
columns = [20, 150]
[[parts.rows]]
height = 10
style = "cell"
cells = [{ text = "名称" }, { field = "name" }]
[[parts]]
type = "table"
columns = [50, 60, 60]
joins = true
[[parts.rows]]
height = 10
style = "cell"
cells = [{ field = "first" }, { field = "second" }, { field = "both" }]
"""

GOALS = """
[[parts]]
type = "table"
columns = [20, 150]
[[parts.rows]]
within = "goals"
min_rows = 2
height = 10
style = "cell"
cells = [{ text = "指标", rows = 2, style = "upright" }, { text = "{index} {goal}" }]
[[parts.rows]]
height = 10
style = "cell"
cells = [{ field = "name" }]
"""

COSTS = """
[[parts]]
type = "table"
columns = [20, 100, 50]
[[parts.rows]]
role = "each"
each = "costs"
min_rows = 3
height = 10
style = "cell"
cells = [{ text = "{index}" }, { field = "what" }, { field = "cost" }]
[[parts.rows]]
role = "total"
each = "costs"
height = 10
style = "cell"
cells = [{ text = "合计", span = 2 }, { total = "cost" }]
"""

BOX = """
[[parts]]
type = "table"
columns = [170]
[[parts.rows]]
height = 40
style = "cell"
cells = [{ field = "opinion" }]
"""


def filled(folder: Path, parts: str, data: dict[str, Any], **options: bool) -> FilledForm:
    return fill(definition(folder, HEAD + parts), data, MADE, **options)


def words(form: FilledForm) -> list[str]:
    return [run.text for page in form.pages for run in page.texts]


def paths(form: FilledForm) -> list[str]:
    return [area.path for page in form.pages for area in page.areas]


def test_joined_tables_stand_in_one_frame(tmp_path: Path) -> None:
    (page,) = filled(tmp_path, JOINED, {}).pages
    thick = [line for line in page.lines if line.width > 1]
    assert {(line.y1, line.y2) for line in thick if line.y1 == line.y2} == {(20.0, 20.0), (40.0, 40.0)}
    assert len(thick) == 4
    (apart,) = filled(tmp_path, JOINED.replace("joins = true", ""), {}).pages
    assert len([line for line in apart.lines if line.width > 1]) == 8


def test_tables_of_different_columns_share_one_grid(tmp_path: Path) -> None:
    grid = filled(tmp_path, JOINED, {"first": 1, "second": 2}).grid
    assert grid is not None
    assert grid.columns == pytest.approx((20, 30, 60, 60))
    assert [(cell.row, cell.column, cell.columns) for cell in grid.cells] == [
        (1, 1, 1), (1, 2, 3), (2, 1, 2), (2, 3, 1), (2, 4, 1),
    ]  # fmt: skip
    assert grid.cells[-1].adds == ((2, 1), (2, 3))
    assert grid.cells[-1].value == 3


def test_a_sum_of_nothing_is_empty(tmp_path: Path) -> None:
    assert words(filled(tmp_path, JOINED, {})) == ["名称"]
    assert words(filled(tmp_path, COSTS, {}))[-1] == "合计"
    assert words(filled(tmp_path, COSTS, {"costs": [{"cost": 0}]}))[-1] == "0.00"


def test_short_lists_are_filled_up_for_the_pen(tmp_path: Path) -> None:
    form = filled(tmp_path, COSTS, {"costs": [{"what": "肥料", "cost": 5}]})
    assert words(form) == ["1", "肥料", "5.00", "2", "3", "合计", "5.00"]
    assert paths(form)[-2:] == ["costs[2].what", "costs[2].cost"]
    bare = filled(tmp_path, COSTS, {"costs": [{"what": "肥料", "cost": 5}]}, blanks=False)
    assert words(bare) == ["1", "肥料", "5.00", "合计", "5.00"]
    assert bare.grid is not None
    assert len(bare.grid.heights) == 2


def test_a_list_inside_fixed_rows_repeats_beside_its_label(tmp_path: Path) -> None:
    form = filled(tmp_path, GOALS, {"goals": [{"goal": f"第{at}项"} for at in range(1, 4)], "name": "末行"})
    assert words(form) == ["指", "标", "1 第1项", "2 第2项", "3 第3项", "末行"]
    assert paths(form) == ["goals[0].goal", "goals[1].goal", "goals[2].goal", "name"]
    assert form.grid is not None
    assert (form.grid.cells[0].rows, form.grid.heights) == (4, (10, 10, 10, 10))
    assert form.grid.styles[form.grid.cells[0].style].vertical
    empty = filled(tmp_path, GOALS, {})
    assert paths(empty) == ["goals[0].goal", "goals[1].goal", "name"]


def test_a_box_leaves_room_for_the_pen_or_prints_what_was_signed(tmp_path: Path) -> None:
    assert words(filled(tmp_path, BOX, {})) == ["（盖章）", "负责人签名：" + "\u3000" * 6, "　　年　　月　　日"]
    signed = {"agrees": True, "text": "", "name": "陈观保", "date": date(2026, 3, 1)}
    assert words(filled(tmp_path, BOX, {"opinion": signed})) == ["同意。", "（盖章）", "负责人签名：陈观保", "2026年3月1日"]


@pytest.mark.parametrize(
    ("agrees", "text", "printed"),
    [
        (True, "", "同意。"),
        (False, "", "不同意。"),
        (True, "情况属实，同意申报。", "情况属实，同意申报。"),
        (True, "情况属实。", "同意。情况属实。"),
        (False, "材料不全，不同意。", "材料不全，不同意。"),
        (False, "同意延期再报。", "不同意。同意延期再报。"),
        (None, "请补充材料。", "请补充材料。"),
        (None, "", ""),
    ],
)
def test_an_opinion_says_whether_it_agrees(tmp_path: Path, agrees: bool | None, text: str, printed: str) -> None:
    said = words(filled(tmp_path, BOX, {"opinion": {"agrees": agrees, "text": text}}))
    assert said[0] == (printed or "（盖章）")


def test_the_foot_of_a_box_is_a_row_of_its_own_in_the_workbook(tmp_path: Path) -> None:
    grid = filled(tmp_path, BOX, {}).grid
    assert grid is not None
    assert sum(grid.heights) == 40
    box, foot = sorted(grid.cells)
    assert (box.row, foot.row) == (1, 2)
    assert str(foot.value).startswith("（盖章）\n负责人签名：")
    assert grid.styles[foot.style].align == "right"
    assert grid.styles[box.style].edges[3] == 0 == grid.styles[foot.style].edges[2]


def test_a_very_high_row_is_several_in_the_workbook(tmp_path: Path) -> None:
    form = filled(tmp_path, BOX, {"opinion": {"agrees": None, "text": "理" * 4000}})
    grid = form.grid
    assert grid is not None
    assert max(grid.heights) <= 144.4, "409.5 points"
    assert sum(grid.heights) > 400
    box, foot = sorted(grid.cells)
    assert (box.rows, foot.row) == (len(grid.heights) - 1, len(grid.heights))
