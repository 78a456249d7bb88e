"""Packed pages are the pages that were settled."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fupin_desktop.documents.drawing.pdf import pdf_bytes
from fupin_desktop.services.awards.subject import PaperItem
from fupin_desktop.services.document_types.award_sheet import AwardSheet, AwardSheetRow
from tests.documents.papers import award_sheet_form


def sheet(rows: int, *, draft: bool = False) -> AwardSheet:
    items = (PaperItem("水稻", Decimal("3.5"), "亩", "240.00元/亩"),)
    row = AwardSheetRow("一组", "李亚保", "脱贫户", "小农户", items, Decimal("3.5"), Decimal(900), Decimal(840), Decimal(840), Decimal(840))
    return AwardSheet("低岭村", 2026, "塘㙍镇扶贫办", date(2026, 11, 21), (row,) * rows, draft=draft)


def test_packed_pages_are_the_pages_that_were_settled():
    plain, packed = award_sheet_form(sheet(60)), award_sheet_form(sheet(60), packed=True)
    assert len(plain.pages) == len(packed.pages) > 1
    assert list(packed.pages) == list(plain.pages)
    assert packed.pages[-1] == plain.pages[-1]
    assert list(packed.pages[:2]) == list(plain.pages[:2])


def test_their_pdf_is_the_same():
    for draft in (False, True):
        made = sheet(60, draft=draft)
        assert pdf_bytes(award_sheet_form(made, packed=True)) == pdf_bytes(award_sheet_form(made))


def test_a_form_for_the_workbook_alone_has_no_pages():
    form = award_sheet_form(sheet(3), paged=False)
    assert form.pages == ()
    assert form.grid == award_sheet_form(sheet(3)).grid
