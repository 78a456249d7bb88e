"""Pages drawn as they are settled make the same file as pages that are kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fupin_desktop.documents.drawing.file_texts import texts_of
from fupin_desktop.documents.drawing.pdf import DrawnPages, pdf_bytes
from fupin_desktop.documents.pages import FilledForm, Page, Paper, TextRun
from fupin_desktop.services.awards.subject import PaperItem
from fupin_desktop.services.document_types.award_sheet import AwardSheet, AwardSheetRow
from tests.documents.papers import award_sheet_form


def sheet(rows: int, *, draft: bool = False) -> AwardSheet:
    items = (PaperItem("水稻", Decimal("3.5"), "亩", "240.00元/亩"),)
    row = AwardSheetRow("一组", "李亚保", "脱贫户", "小农户", items, Decimal("3.5"), Decimal(900), Decimal(840), Decimal(840), Decimal(840))
    return AwardSheet("低岭村", 2026, "塘㙍镇扶贫办", date(2026, 11, 21), (row,) * rows, draft=draft)


@pytest.mark.parametrize("draft", [False, True])
def test_their_pdf_is_the_same(draft: bool):
    made = sheet(60, draft=draft)
    drawn, kept = award_sheet_form(made, into=DrawnPages()), award_sheet_form(made)
    assert drawn.sink is not None
    assert len(drawn.sink) == len(kept.pages) > 1
    assert pdf_bytes(drawn) == pdf_bytes(kept)


def test_a_text_is_put_on_them_and_leaves_those_without_it_as_they_are():
    drawn, kept = award_sheet_form(sheet(60), into=DrawnPages()), award_sheet_form(sheet(60))
    stamped = drawn.stamped("操作日志 𠅤龘")
    assert pdf_bytes(stamped) == pdf_bytes(kept.stamped("操作日志 𠅤龘")) != pdf_bytes(drawn)
    assert pdf_bytes(drawn) == pdf_bytes(kept)


def test_signs_that_are_not_printed_and_those_of_other_faces_stand_among_others():
    runs = [TextRun(10.0, 10.0 + at, text, "hei", 10.0) for at, text in enumerate(("甲\u200b乙", "丙\xa0丁 a", "𠅤", "甲乙"))]
    form = FilledForm("x", "x", Paper(210.0, 297.0, 10.0, 10.0, 10.0, 10.0), [Page(tuple(runs))], date(2026, 3, 16))
    (read,) = [found.text for found in texts_of(pdf_bytes(form)) if found.place == "第1页"]
    assert "".join(read.split()) == "甲乙丙丁a𠅤甲乙"


def test_pages_are_told_of_once():
    drawn, told = award_sheet_form(sheet(60), into=DrawnPages()), list[tuple[int, int]]()
    pdf_bytes(drawn, lambda *counts: told.append(counts))
    assert drawn.sink is not None
    assert told == [(at, len(drawn.sink)) for at in range(len(drawn.sink))]


def test_a_form_for_the_workbook_alone_has_no_pages():
    form = award_sheet_form(sheet(3), paged=False)
    assert form.pages == ()
    assert form.grid == award_sheet_form(sheet(3)).grid
