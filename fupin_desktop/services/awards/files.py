"""The files of a calculation: award sheet, working, notice and result, made one by one as they are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from fupin_desktop.documents.award_sheet import AwardSheet
from fupin_desktop.documents.award_working import AwardWorking
from fupin_desktop.documents.notice import AwardNotice
from fupin_desktop.domain.calendar import Period
from fupin_desktop.policy.results import AwardResult
from fupin_desktop.services import award_papers
from fupin_desktop.services.award_papers import PaperHead
from fupin_desktop.services.awards.result_json import result_pieces
from fupin_desktop.services.files import Content

SHEET_XLSX = "award_sheet.xlsx"
SHEET_PDF = "award_sheet.pdf"
WORKING_PDF = "award_working.pdf"
NOTICE_PDF = "notice.pdf"
RESULT_JSON = "result.json"
FILE_NAMES = (SHEET_XLSX, SHEET_PDF, WORKING_PDF, NOTICE_PDF, RESULT_JSON)


def sheet_pdf(sheet: AwardSheet, forms: Path | None = None) -> bytes:
    """The award sheet as PDF."""
    from fupin_desktop.documents.award_sheet import award_sheet_form
    from fupin_desktop.documents.drawing.pdf import pdf_bytes

    return pdf_bytes(award_sheet_form(sheet, forms, packed=True))


def sheet_xlsx(sheet: AwardSheet, forms: Path | None = None) -> bytes:
    """The award sheet as workbook."""
    from fupin_desktop.documents.award_sheet import award_sheet_form
    from fupin_desktop.documents.drawing.workbook import workbook_bytes

    return workbook_bytes(award_sheet_form(sheet, forms, paged=False))


def working_pdf(working: AwardWorking, forms: Path | None = None) -> bytes:
    """The working, household by household, as PDF."""
    from fupin_desktop.documents.award_working import award_working_form
    from fupin_desktop.documents.drawing.pdf import pdf_bytes

    return pdf_bytes(award_working_form(working, forms, packed=True))


def notice_pdf(notice: AwardNotice, forms: Path | None = None) -> bytes:
    """The public notice with its list as PDF."""
    from fupin_desktop.documents.drawing.pdf import pdf_bytes
    from fupin_desktop.documents.notice import award_notice_form

    return pdf_bytes(award_notice_form(notice, forms))


def award_files(
    result: AwardResult, head: PaperHead, numbers: Mapping[str, str], period: Period, *, mask_names: bool = False
) -> dict[str, Content]:
    """All files of a calculation by name; each is made when ``write_together`` writes it.

    Making one raises MissingGlyph where a character cannot be printed.
    """

    def notice() -> bytes:
        return notice_pdf(award_papers.award_notice(result, head, numbers, period, mask_names=mask_names))

    def pieces(stream: BinaryIO) -> None:
        for piece in result_pieces(result, numbers, draft=head.draft):
            stream.write(piece.encode("utf-8"))

    return {
        SHEET_XLSX: _made(lambda: sheet_xlsx(award_papers.award_sheet(result, head, numbers))),
        SHEET_PDF: _made(lambda: sheet_pdf(award_papers.award_sheet(result, head, numbers))),
        WORKING_PDF: _made(lambda: working_pdf(award_papers.award_working(result, head, numbers))),
        NOTICE_PDF: _made(notice),
        RESULT_JSON: pieces,
    }


def _made(make: Callable[[], bytes]) -> Content:
    return lambda stream: stream.write(make())
