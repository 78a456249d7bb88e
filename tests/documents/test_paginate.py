"""Pages: what stays together, what repeats, what is summed, what is cut."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.documents.faces.fonts import chain
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import POINT, FilledForm, Page
from fupin_desktop.errors import MissingGlyph
from tests.documents.papers import MADE, SMALL, definition, small_rows


def texts(page: Page) -> list[str]:
    return [run.text for run in page.texts]


def filled(folder: Path, data: Any, text: str = SMALL) -> FilledForm:
    return fill(definition(folder, text), data, MADE)


@pytest.mark.parametrize(("rows", "pages"), [(0, 1), (1, 1), (21, 1), (22, 2), (23, 2), (60, 3)])
def test_rows_of_10_mm_fill_257_mm_with_heading_totals_and_room_for_subtotals(tmp_path: Path, rows: int, pages: int) -> None:
    assert len(filled(tmp_path, small_rows(rows)).pages) == pages


def test_the_heading_is_on_each_page_once(tmp_path: Path) -> None:
    for page in filled(tmp_path, small_rows(60)).pages:
        assert texts(page).count("内容") == 1


def test_every_row_is_on_exactly_one_page_in_order(tmp_path: Path) -> None:
    printed = [text for page in filled(tmp_path, small_rows(60)).pages for text in texts(page) if text.startswith("第")]
    assert printed == [f"第{at}行" for at in range(1, 61)]


def test_no_subtotals_where_the_list_fits_one_page(tmp_path: Path) -> None:
    (page,) = filled(tmp_path, small_rows(5)).pages
    assert "本页小计" not in texts(page)
    assert texts(page)[-2:] == ["合计", "15.00"]


def test_subtotals_sum_the_page_and_the_run_up_to_it(tmp_path: Path) -> None:
    pages = filled(tmp_path, small_rows(60)).pages
    running = Decimal(0)
    for page in pages:
        said = texts(page)
        at = said.index("本页小计")
        amounts = [Decimal(int(text[1:-1])) for text in said if text.startswith("第")]
        running += sum(amounts)
        assert said[at + 1] == f"{sum(amounts):,.2f}"
        assert said[at + 2 : at + 4] == ["累计", f"{running:,.2f}"]
    assert texts(pages[-1])[-1] == "1,830.00"


def test_a_total_never_stands_without_a_row(tmp_path: Path) -> None:
    for rows in range(18, 28):
        said = texts(filled(tmp_path, small_rows(rows)).pages[-1])
        assert f"第{rows}行" in said
        assert "合计" in said


def test_nothing_leaves_the_text_area(tmp_path: Path) -> None:
    for page in filled(tmp_path, small_rows(60)).pages:
        assert all(20 <= run.y <= 277 for run in page.texts)
        assert all(20 - 1e-6 <= y <= 277 + 1e-6 for line in page.lines for y in (line.y1, line.y2))
        assert all(20 - 1e-6 <= x <= 190 + 1e-6 for line in page.lines for x in (line.x1, line.x2))


def test_the_grid_lies_exactly_on_the_columns(tmp_path: Path) -> None:
    (page,) = filled(tmp_path, small_rows(2)).pages
    thin = [line for line in page.lines if line.width < 1]
    upright = {round(line.x1, 3) for line in thin if line.x1 == line.x2}
    level = {round(line.y1, 3) for line in thin if line.y1 == line.y2}
    assert {40.0, 140.0} <= upright <= {20.0, 40.0, 140.0, 190.0}
    assert level == {20.0, 30.0, 40.0, 50.0, 60.0}
    thick = [line for line in page.lines if line.width > 1]
    assert len(thick) == 4, "one frame"
    assert {(line.x1, line.x2) for line in thick if line.x1 == line.x2} == {(20.0, 20.0), (190.0, 190.0)}


def test_a_merged_cell_has_no_rule_inside(tmp_path: Path) -> None:
    (page,) = filled(tmp_path, small_rows(1)).pages
    total_row = [
        line for line in page.lines if line.x1 == line.x2 == 40.0 and max(line.y1, line.y2) > 40 + 1e-6
    ]
    assert total_row == []


def test_amounts_end_at_one_right_edge_and_numbers_are_centred_on_the_row(tmp_path: Path) -> None:
    (page,) = filled(tmp_path, small_rows(12)).pages
    ends = {
        round(run.x + chain(run.font).width(run.text) * run.size * POINT, 4) for run in page.texts if "." in run.text
    }
    assert ends == {189.0}
    baselines = sorted({round(run.y, 4) for run in page.texts})
    assert [round(b - a, 3) for a, b in pairwise(baselines)] == [10.0] * (len(baselines) - 1)


def test_long_text_grows_its_row(tmp_path: Path) -> None:
    data = small_rows(2)
    data["rows"][0]["text"] = "很长的内容" * 30
    (page,) = filled(tmp_path, data).pages
    second = next(run for run in page.texts if run.text == "第2行")
    assert second.y > 55


def test_text_longer_than_a_page_goes_on_and_loses_nothing(tmp_path: Path) -> None:
    data = small_rows(3)
    long = "".join(f"{at:04d}号，" for at in range(1500))
    data["rows"][1]["text"] = long
    form = filled(tmp_path, data)
    assert len(form.pages) > 2
    said = "".join(run.text for page in form.pages for run in page.texts if "号" in run.text and run.text != "序号")
    assert said == long
    assert all(run.y <= 277 for page in form.pages for run in page.texts)


def test_an_amount_too_wide_is_set_smaller_and_stays_whole(tmp_path: Path) -> None:
    data = small_rows(1)
    data["rows"][0]["amount"] = Decimal("123456789012.00")
    text = SMALL.replace("columns = [20, 100, 50]", "columns = [20, 125, 25]")
    (page,) = filled(tmp_path, data, text).pages
    amount = next(run for run in page.texts if run.text == "123,456,789,012.00")
    assert 6 <= amount.size < 10


BOXES = SMALL.replace("workbook = true\n", "") + """
[[parts]]
type = "table"
columns = [85, 85]
[[parts.rows]]
height = 60
style = "cell"
cells = [{ text = "甲意见", foot = ["（盖章）", "年　月　日"] }, { text = "乙意见", foot = ["（盖章）", "年　月　日"] }]
"""


@pytest.mark.parametrize("rows", range(12, 24))
def test_a_sign_off_box_is_never_parted(tmp_path: Path, rows: int) -> None:
    form = filled(tmp_path, small_rows(rows), BOXES)
    holding = [page for page in form.pages if "甲意见" in texts(page)]
    assert len(holding) == 1
    assert texts(holding[0]).count("（盖章）") == 2
    date_lines = [run.y for run in holding[0].texts if run.text == "年　月　日"]
    assert len(date_lines) == 2
    assert max(date_lines) < 277


SPANS = SMALL.replace("workbook = true\n", "") + """
[[parts]]
type = "table"
columns = [40, 65, 65]
[[parts.rows]]
height = 10
style = "cell"
cells = [{ text = "跨两行", rows = 2 }, { text = "右上", span = 2 }]
[[parts.rows]]
height = 10
style = "cell"
cells = [{ text = "中" }, { text = "右" }]
"""


def test_cells_over_two_rows_stand_beside_both(tmp_path: Path) -> None:
    (page,) = filled(tmp_path, small_rows(0), SPANS).pages
    at = {run.text: run for run in page.texts}
    assert at["右上"].y < at["跨两行"].y < at["中"].y
    assert at["中"].y == at["右"].y
    assert at["中"].x > 60


def test_a_missing_character_names_record_and_field(tmp_path: Path) -> None:
    data = small_rows(2)
    data["rows"][1] |= {"text": "\U0003134a某", "head": "低岭村 某某"}
    with pytest.raises(MissingGlyph) as caught:
        filled(tmp_path, data)
    assert "U+3134A" in str(caught.value)
    assert "低岭村 某某" in str(caught.value)
    assert "内容" in str(caught.value)


TEXTS = SMALL.replace("workbook = true\n", "") + """
[[parts]]
type = "text"
style = "cell"
text = "有名称：{name}"
when = "name"
[[parts]]
type = "text"
style = "cell"
each = "rows"
text = "{index}.{text}"
[[parts]]
type = "page"
[[parts]]
type = "signature"
style = "cell"
lines = [{ text = "某某村民委员会" }, { text = "2026年1月1日" }]
"""


def test_paragraphs_can_depend_on_a_field_and_repeat_over_a_list(tmp_path: Path) -> None:
    form = filled(tmp_path, small_rows(2), TEXTS)
    assert texts(form.pages[0])[-3:] == ["有名称：名", "1.第1行", "2.第2行"]
    without = filled(tmp_path, small_rows(2) | {"name": ""}, TEXTS)
    assert not any("有名称" in text for text in texts(without.pages[0]))


def test_a_new_page_begins_where_the_form_says_so_and_the_signature_is_centred_over_its_date(tmp_path: Path) -> None:
    form = filled(tmp_path, small_rows(1), TEXTS)
    unit, day = form.pages[1].texts
    assert unit.y < day.y
    middles = [run.x + chain(run.font).width(run.text) * run.size * POINT / 2 for run in (unit, day)]
    assert middles[0] == pytest.approx(middles[1], abs=0.01)


def test_small_text_stands_under_a_cell_and_grows_its_row(tmp_path: Path) -> None:
    under = 'cells = [{ text = "{index}" }, { field = "text", under = "见{text}", under_style = "small" }, '
    text = SMALL.replace('cells = [{ text = "{index}" }, { field = "text" }, ', under)
    text = text.replace("[styles.amount]", '[styles.small]\nsize = 14\ncolour = "#808080"\n[styles.amount]')
    form = filled(tmp_path, small_rows(1), text)
    above, below = (next(run for run in form.pages[0].texts if run.text == said) for said in ("第1行", "见第1行"))
    assert above.y < below.y
    assert (below.size, below.colour) == (14, "#808080")
    assert form.grid is not None
    assert [cell.value for cell in form.grid.cells if cell.row == 2] == [1, "第1行\n见第1行", Decimal(1)]
    assert form.grid.heights[1] > 10


def test_fields_for_the_editor_are_placed_where_they_print(tmp_path: Path) -> None:
    text = SMALL.replace("workbook = true", "entry = true")
    (page,) = filled(tmp_path, small_rows(2), text).pages
    places = [(area.path, area.x, area.y, area.width, area.height) for area in page.areas]
    assert places[:2] == [("rows[0].text", 40.0, 30.0, 100.0, 10.0), ("rows[0].amount", 140.0, 30.0, 50.0, 10.0)]
    assert places[2][0] == "rows[1].text"


@pytest.mark.parametrize(("signs", "lines", "least", "most"), [(20, 1, 10, 10), (40, 1, 6, 9), (60, 2, 8, 8), (90, 3, 8, 8)])
def test_a_text_is_set_smaller_to_stay_on_one_line_but_legible_where_it_is_broken_all_the_same(
    tmp_path: Path, signs: int, lines: int, least: float, most: float
) -> None:
    text = SMALL.replace('{ field = "text" }', '{ field = "text", style = "amount" }')
    (page,) = filled(tmp_path, {"rows": [{"text": "字" * signs, "amount": Decimal(1)}]}, text).pages
    runs = [run for run in page.texts if run.text.startswith("字")]
    assert len(runs) == lines
    assert least - 0.01 <= runs[0].size <= most + 0.01
