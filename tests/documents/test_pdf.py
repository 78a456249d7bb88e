"""The PDF file itself: fonts, text, properties, sameness."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import unicodedata
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from fupin_desktop.documents.drawing.pdf import pdf_bytes, write_pdf
from fupin_desktop.documents.pages import FilledForm, Line, Page, Paper, Rect, TextRun
from fupin_desktop.errors import MissingGlyph, PlaceGone
from tests.documents.papers import MADE, RARE, award_notice_form, award_sheet_form, notice, sheet

PAPER = Paper(210, 297, 20, 20, 20, 20)


def form_of(*runs: TextRun, lines: tuple[Line, ...] = (), rects: tuple[Rect, ...] = (), mark: str = "") -> FilledForm:
    return FilledForm("one", "题目𠅤", PAPER, (Page(runs, lines, rects, mark=mark),), MADE)


def read(form: FilledForm) -> PdfReader:
    return PdfReader(BytesIO(pdf_bytes(form)))


def fonts_of(reader: PdfReader) -> list[Any]:
    found = {}
    for page in reader.pages:
        for name, font in page["/Resources"]["/Font"].items():
            found[name] = font.get_object()
    return list(found.values())


def test_every_text_comes_back_as_it_was_typed() -> None:
    texts = [RARE, "塘㙍镇", "买买提·艾力", "¥1,234.50", "豈", "（A-1）“引号”", "—…"]
    runs = [TextRun(20, 30 + 10 * at, text, "fangsong", 12) for at, text in enumerate(texts)]
    said = read(form_of(*runs)).pages[0].extract_text()
    for text in texts:
        assert text in said.replace("\n", ""), text


@pytest.mark.parametrize("family", ["song", "fangsong", "biaosong", "hei", "kai"])
def test_rare_characters_can_be_searched_in_every_family(family: str) -> None:
    said = read(form_of(TextRun(20, 30, f"户主{RARE}金", family, 12))).pages[0].extract_text()
    assert f"户主{RARE}金" in said


def test_characters_that_share_a_glyph_stay_themselves() -> None:
    twins = "\u8c48\uf900"
    assert unicodedata.normalize("NFC", twins[1]) == twins[0]
    assert read(form_of(TextRun(20, 30, twins, "song", 12))).pages[0].extract_text() == twins


def test_fonts_are_embedded_subsets_one_a_face_and_never_helvetica() -> None:
    content = pdf_bytes(award_notice_form(notice(12)))
    assert b"Helvetica" not in content
    names = []
    for font in fonts_of(PdfReader(BytesIO(content))):
        assert font["/Subtype"] == "/Type0"
        assert font["/Encoding"] == "/Identity-H"
        (inner,) = font["/DescendantFonts"]
        inner = inner.get_object()
        assert inner["/Subtype"] == "/CIDFontType2"
        tag, _, face = inner["/BaseFont"][1:].partition("+")
        assert len(tag) == 6
        assert tag.isupper()
        names.append(face)
        program = inner["/FontDescriptor"].get_object()["/FontFile2"].get_object().get_data()
        assert len(program) < 300_000
        assert inner["/CIDToGIDMap"] == "/Identity"
        assert inner["/DW"] == 1000
    assert len(set(names)) == len(names) >= 4


def test_properties_hold_title_and_date_and_nothing_else() -> None:
    reader = read(award_sheet_form(sheet(2)))
    assert reader.metadata is not None
    assert dict(reader.metadata) == {
        "/Title": "塘㙍镇低岭村2026年度产业奖补资金测算（分配）表",
        "/CreationDate": "D:20261224000000",
    }
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"


def test_the_same_form_gives_the_same_bytes_in_any_run() -> None:
    script = (
        "import sys, hashlib; sys.path.insert(0, '.')\n"
        "from tests.documents.papers import sheet\n"
        "from tests.documents.papers import award_sheet_form\n"
        "from fupin_desktop.documents.drawing.pdf import pdf_bytes\n"
        "from fupin_desktop.documents.drawing.workbook import workbook_bytes\n"
        "form = award_sheet_form(sheet(40))\n"
        "print(hashlib.sha256(pdf_bytes(form)).hexdigest(), hashlib.sha256(workbook_bytes(form)).hexdigest())\n"
    )
    root = Path(__file__).parents[2]
    seen = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1
    assert hashlib.sha256(pdf_bytes(award_sheet_form(sheet(40)))).hexdigest() in seen.pop()


def test_another_date_or_text_gives_another_file() -> None:
    one = form_of(TextRun(20, 30, "甲", "song", 12))
    other = FilledForm(one.form_id, one.title, one.paper, one.pages, date(2027, 1, 1))
    assert pdf_bytes(one) != pdf_bytes(other)
    assert read(one).trailer["/ID"] != read(form_of(TextRun(20, 30, "乙", "song", 12))).trailer["/ID"]


def test_pages_have_the_paper_size_and_lines_their_place_to_a_tenth_of_a_millimetre() -> None:
    page = read(form_of(lines=(Line(20, 30, 190, 30, 0.5),), rects=(Rect(20, 40, 10, 5, "#f0f0f0"),))).pages[0]
    assert float(page.mediabox.width) * 25.4 / 72 == pytest.approx(210, abs=0.1)
    assert float(page.mediabox.height) * 25.4 / 72 == pytest.approx(297, abs=0.1)
    operators = page.get_contents().get_data().decode()  # type: ignore[union-attr]
    x1, y1, _, x2, y2, _, _ = next(row for row in operators.splitlines() if row.endswith(" l S")).split()
    drawn = [float(value) * 25.4 / 72 for value in (x1, y1, x2, y2)]
    assert drawn == pytest.approx([20, 267, 190, 267], abs=0.1)
    fill = next(row for row in operators.splitlines() if row.endswith("re f")).split()
    assert [float(value) * 25.4 / 72 for value in fill[4:8]] == pytest.approx([20, 252, 10, 5], abs=0.1)


def test_a_draft_says_so_under_the_text_of_each_page() -> None:
    reader = read(award_sheet_form(sheet(40, draft=True)))
    for page in reader.pages:
        operators = page.get_contents().get_data()  # type: ignore[union-attr]
        assert page.extract_text().replace("\n", "").count("草稿") == 1
        assert operators.index(b"0.914 0.914 0.914 rg") < operators.index(b" l S")
    assert "草稿" not in read(award_sheet_form(sheet(2))).pages[0].extract_text()


def test_an_empty_page_is_a_page() -> None:
    reader = read(form_of())
    assert len(reader.pages) == 1
    assert reader.pages[0].extract_text() == ""


def test_spaced_out_lines_still_read_right() -> None:
    run = TextRun(20, 30, "根据2026年方案", "fangsong", 15.75, spacing=0.8)
    assert read(form_of(run, run._replace(y=40.0, spacing=0.0))).pages[0].extract_text().count("根据2026年方案") == 2


def test_a_character_without_glyph_stops_before_anything_is_written(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    with pytest.raises(MissingGlyph, match="U\\+3134A"):
        write_pdf(form_of(TextRun(20, 30, "\U0003134a", "song", 12)), target)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlaceGone):
        write_pdf(form_of(TextRun(20, 30, "甲", "song", 12)), tmp_path / "gone" / "a.pdf")


def test_rare_fonts_are_not_opened_for_common_text() -> None:
    script = (
        "from fupin_desktop.documents.faces import fonts\n"
        "from fupin_desktop.documents.pages import *\n"
        "from fupin_desktop.documents.drawing.pdf import pdf_bytes\n"
        "from datetime import date\n"
        "page = Page((TextRun(20, 30, '塘㙍镇𠅤', 'song', 12),))\n"
        "pdf_bytes(FilledForm('one', '题', Paper(210, 297, 20, 20, 20, 20), (page,), date(2026, 1, 1)))\n"
        "print(fonts.face.cache_info().currsize)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
