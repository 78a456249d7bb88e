"""The official forms: what they print, that every field reaches paper and workbook, and how they grow."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from decimal import Decimal
from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from fupin_desktop.documents.definition.form import TablePart
from fupin_desktop.documents.definition.loader import load_form
from fupin_desktop.documents.drawing.pdf import pdf_bytes
from fupin_desktop.documents.drawing.workbook import workbook_bytes
from fupin_desktop.documents.filling.data import public_copy
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import FilledForm
from tests.documents.official import MADE, OFFICIAL, Markers, sample

GOLDEN = Path(__file__).parents[1] / "cases" / "forms"
OFFICE = shutil.which("soffice")
RARE = "𠅤䶮㛃𬭳塘㙍"


def filled(form_id: str, data: dict[str, Any] | None = None) -> FilledForm:
    return fill(load_form(form_id), sample(form_id) if data is None else data, MADE)


def texts(form: FilledForm) -> str:
    return "\n".join(run.text for page in form.pages for run in page.texts)


def told(form: FilledForm) -> str:
    """The filled form in words, for comparing with what is stored."""
    lines = []
    for number, page in enumerate(form.pages, 1):
        lines.append(f"== page {number}: {len(page.lines)} lines, {len(page.areas)} areas")
        lines += [f"{run.x:.1f} {run.y:.1f} {run.font} {run.size:.4g} {run.text}" for run in page.texts]
    assert form.grid is not None
    lines.append(f"== grid {len(form.grid.columns)} columns, {len(form.grid.heights)} rows, breaks {form.grid.breaks}")
    for cell in form.grid.cells:
        how = f" sum of {cell.total_of or cell.adds}" if cell.total_of or cell.adds else ""
        lines.append(f"R{cell.row}C{cell.column} {cell.rows}x{cell.columns} {cell.value!r}{how}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("form_id", OFFICIAL)
def test_the_filled_sample_is_the_stored_one(form_id: str) -> None:
    stored = GOLDEN / f"{form_id}.txt"
    now = told(filled(form_id))
    if os.environ.get("UPDATE_GOLDEN"):
        stored.write_text(now, encoding="utf-8")
    assert now == stored.read_text(encoding="utf-8")


@pytest.mark.parametrize("form_id", OFFICIAL)
def test_every_field_reaches_paper_and_workbook(form_id: str) -> None:
    markers = Markers()
    form = filled(form_id, markers.fill(load_form(form_id)))
    said = texts(form).replace("\n", "")
    assert form.grid is not None
    cells = "\n".join(str(cell.value) for cell in form.grid.cells)
    for path, printed in markers.printed.items():
        assert printed in said, path
        assert printed in cells or Decimal(printed) in [cell.value for cell in form.grid.cells], path


@pytest.mark.parametrize("form_id", OFFICIAL)
def test_every_field_has_its_place_for_the_editor(form_id: str) -> None:
    form = load_form(form_id)
    data = Markers().fill(form)
    places = {area.path for page in fill(form, data, MADE).pages for area in page.areas}
    for name, field in form.fields.items():
        columns = [inner.name for inner in field.fields.values() if inner.printed]
        wanted = [f"{name}[0].{column}" for column in columns] if field.type == "list" else [name]
        assert set(wanted) <= places


@pytest.mark.parametrize("form_id", OFFICIAL)
def test_places_are_in_reading_order_and_on_the_page(form_id: str) -> None:
    for page in filled(form_id).pages:
        places = [(round(area.y, 2), area.x) for area in page.areas]
        rows = [y for y, _ in places]
        assert len({area.path for area in page.areas}) == len(page.areas)
        assert all(area.x >= 20 and area.x + area.width <= 190.01 for area in page.areas)
        assert all(y >= 18 for y in rows)
        ordered = [(first, second) for first, second in pairwise(places) if first[0] == second[0]]
        assert all(first[1] < second[1] for first, second in ordered)


@pytest.mark.parametrize("form_id", OFFICIAL)
def test_an_empty_form_prints_its_labels_and_nothing_else(form_id: str) -> None:
    form = filled(form_id, {})
    said = texts(form)
    assert "None" not in said
    assert "0.00" not in said
    assert "负责人签名：" in said
    assert re.search("　年　　月　　日", said)
    assert len(form.pages) <= 2


@pytest.mark.parametrize("form_id", OFFICIAL)
def test_fits_two_pages_at_ordinary_content(form_id: str) -> None:
    data = sample(form_id)
    data.pop("households", None)
    assert len(filled(form_id, data).pages) <= 2


LISTS = [("village_application", "households"), ("town_application", "villages"), ("household_application", "items")]


@pytest.mark.parametrize(("form_id", "name"), LISTS)
@pytest.mark.parametrize("count", [0, 1, 200])
def test_lists_of_any_length(form_id: str, name: str, count: int) -> None:
    data = sample(form_id)
    record = data[name][0]
    data[name] = [dict(record) for _ in range(count)]
    form = filled(form_id, data)
    reader = PdfReader(BytesIO(pdf_bytes(form)))
    assert len(reader.pages) == len(form.pages)
    field = "area" if "area" in record else "cooperative"
    total = f"{record[field] * count:,.3f}"
    assert texts(form).count(total) >= (1 if count else 0)
    if count == 200:
        assert len(form.pages) > 4
        heading = "验　　收" if name == "items" else "序号"
        assert sum(heading in "".join(run.text for run in page.texts) for page in form.pages) > 3
    if count == 0 and name != "items":
        assert "序号" not in texts(form)


def test_a_long_list_carries_its_subtotals() -> None:
    data = sample("village_application")
    data["households"] = [{**data["households"][0], "area": Decimal("1.500")} for _ in range(100)]
    form = filled("village_application", data)
    pages = [[run.text for run in page.texts] for page in form.pages if "本页小计" in [run.text for run in page.texts]]
    assert len(pages) == 3
    assert all(page.count("1.500") * Decimal("1.5") == Decimal(page[page.index("本页小计") + 1]) for page in pages)


@pytest.mark.parametrize("form_id", OFFICIAL)
def test_longest_texts_wrap_and_grow_and_boxes_stay_whole(form_id: str) -> None:
    form = load_form(form_id)
    data = sample(form_id)
    for name, field in form.fields.items():
        if field.type == "long":
            data[name] = "长" * ((field.max_length or 1000) - 1) + "末"
        elif field.type == "text" and not field.locked:
            data[name] = "甲" * (field.max_length or 40)
        elif field.type == "opinion":
            data[name] = {"agrees": True, "text": "同意。" + "议" * 300, "name": "陈观保", "date": MADE}
    filled_form = fill(form, data, MADE)
    written = sum(run.text.count("末") for page in filled_form.pages for run in page.texts)
    assert written == sum(field.type == "long" for field in form.fields.values())
    for page in filled_form.pages:
        assert all(18 <= run.y <= 297 for run in page.texts)
        boxes = [area for area in page.areas if form.fields[area.field].type == "opinion"]
        feet = sum(run.text.startswith("（盖章）") for run in page.texts)
        assert feet <= len(boxes)
    places = [area.field for page in filled_form.pages for area in page.areas if area.record is None]
    opinions = [name for name in places if form.fields[name].type == "opinion"]
    assert sorted(opinions) == sorted(field.name for field in form.opinions)


def test_an_opinion_higher_than_a_page_is_signed_once_at_its_end() -> None:
    data = sample("village_application")
    text = "不同意。" + "理" * 3990 + "末"
    data["opinion_village"] = {"agrees": False, "text": text, "name": "陈观保的签名", "date": MADE}
    pages = [[run.text for run in page.texts] for page in filled("village_application", data).pages]
    signed = [at for at, page in enumerate(pages) if any("陈观保的签名" in one for one in page)]
    ended = [at for at, page in enumerate(pages) if any("末" in one for one in page)]
    begun = [at for at, page in enumerate(pages) if any("不同意。" in one for one in page)]
    assert signed == ended
    assert begun == [signed[0] - 2]
    assert sum(one.count("理") for page in pages for one in page) >= 3990


@pytest.mark.parametrize("form_id", OFFICIAL)
def test_rare_characters_print_and_are_found_again(form_id: str) -> None:
    form = load_form(form_id)
    data = sample(form_id)
    name = next(name for name, field in form.fields.items() if field.type == "long" and not field.locked)
    data[name] = RARE
    reader = PdfReader(BytesIO(pdf_bytes(fill(form, data, MADE))))
    assert RARE in "".join(page.extract_text() for page in reader.pages).replace("\n", "")


@pytest.mark.parametrize("form_id", OFFICIAL)
def test_cell_edges_stand_where_the_form_says(form_id: str) -> None:
    form = load_form(form_id)
    allowed = {20.0}
    for part in form.parts:
        if isinstance(part, TablePart):
            allowed |= {20 + edge for edge in accumulate(part.columns)}
    result = filled(form_id)
    for page in result.pages:
        for line in page.lines:
            for x in {line.x1, line.x2}:
                assert min(abs(x - edge) for edge in allowed) < 0.01
    content = PdfReader(BytesIO(pdf_bytes(result))).pages[0].get_contents()
    assert content is not None
    drawn = re.findall(rb"([\d.]+) [\d.]+ m ([\d.]+) [\d.]+ l S", content.get_data())
    xs = {float(one) * 25.4 / 72 for pair in drawn for one in pair}
    assert xs
    assert all(min(abs(x - edge) for edge in allowed) < 0.1 for x in xs)


@pytest.mark.parametrize("form_id", OFFICIAL)
def test_the_workbook_has_the_same_grid(form_id: str) -> None:
    form = filled(form_id)
    grid = form.grid
    assert grid is not None
    assert sum(grid.columns) == pytest.approx(170)
    page = load_workbook(BytesIO(workbook_bytes(form))).active
    assert page is not None
    letters = [get_column_letter(at) for at in range(1, len(grid.columns) + 1)]
    widths = [page.column_dimensions[letter].width * 7 / 96 * 25.4 for letter in letters]
    assert widths == pytest.approx(list(grid.columns), abs=0.1)
    heights = [page.row_dimensions[row].height * 25.4 / 72 for row in range(1, len(grid.heights) + 1)]
    assert heights == pytest.approx(list(grid.heights), abs=0.1)
    assert [row.id + 1 for row in page.row_breaks.brk] == list(grid.breaks)
    assert len(grid.breaks) == len(form.pages) - 1
    covered: set[tuple[int, int]] = set()
    for cell in grid.cells:
        own = {(cell.row + r, cell.column + c) for r in range(cell.rows) for c in range(cell.columns)}
        assert not own & covered
        covered |= own


def test_no_row_between_breaks_is_higher_than_the_page() -> None:
    for form_id in OFFICIAL:
        form = filled(form_id)
        grid = form.grid
        assert grid is not None
        room = form.paper.height - form.paper.top - form.paper.bottom
        for first, end in pairwise((1, *grid.breaks, len(grid.heights) + 1)):
            assert sum(grid.heights[first - 1 : end - 1]) <= room + 0.1


def test_sums_are_live_formulas_over_their_cells() -> None:
    page = load_workbook(BytesIO(workbook_bytes(filled("village_application")))).active
    assert page is not None
    formulas = [cell.value for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) == 3
    assert sum(formula.count(",") == 2 for formula in formulas) == 1
    assert sum(formula.count(",") == 4 for formula in formulas) == 1
    assert sum(":" in formula for formula in formulas) == 1


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_recomputes_the_same_sums(tmp_path: Path) -> None:
    expected: dict[str, set[Decimal]] = {}
    for form_id in OFFICIAL:
        form = filled(form_id)
        assert form.grid is not None
        values = [cell.value for cell in form.grid.cells if cell.total_of or cell.adds]
        expected[form_id] = {Decimal(value) for value in values if isinstance(value, int | Decimal)}
        content = workbook_bytes(form)
        (tmp_path / f"{form_id}.xlsx").write_bytes(_without_values(content))
    subprocess.run(
        [str(OFFICE), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "ods",
         "--outdir", str(tmp_path), *(str(tmp_path / f"{form_id}.xlsx") for form_id in OFFICIAL)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    for form_id, sums in expected.items():
        rows = CalamineWorkbook.from_path(tmp_path / f"{form_id}.ods").get_sheet_by_index(0).to_python()
        found = {round(Decimal(repr(cell)), 3) for row in rows for cell in row if isinstance(cell, float)}
        assert sums <= found


def _without_values(content: bytes) -> bytes:
    """The workbook without the values stored beside its formulas."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", old.read(name)))
    return out.getvalue()


def test_copies_that_leave_the_office_are_masked() -> None:
    form = load_form("household_application")
    data = sample("household_application")
    copy = fill(form, public_copy(form, data), MADE)
    said = texts(copy) + "".join(str(cell.value) for cell in copy.grid.cells if copy.grid)  # type: ignore[union-attr]
    for secret in (data["id_number"], data["phone"], data["bank_account"]):
        assert secret not in said
        assert secret in texts(fill(form, data, MADE))
    assert "440883********4418" in said
    listed = load_form("village_application")
    village = public_copy(listed, sample("village_application"))
    assert village["households"][0]["id_number"] == "440883********4418"
    assert sample("village_application")["households"][0]["id_number"] == "440883196503124418"


@pytest.mark.parametrize(("form_id", "name"), [("town_application", "villages"), ("village_application", "households")])
@pytest.mark.parametrize("count", range(20, 60, 5))
def test_no_row_of_the_list_stands_alone_with_its_total_on_the_last_page(form_id: str, name: str, count: int) -> None:
    data = sample(form_id)
    data[name] = [{**data[name][0], "area": Decimal("1.500")} for _ in range(count)]
    last = {run.text for run in filled(form_id, data).pages[-1].texts}
    assert {str(count), str(count - 1), str(count - 2)} <= last
