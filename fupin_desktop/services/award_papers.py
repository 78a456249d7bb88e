"""All papers of a calculation as files, made one by one as they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from fupin_desktop.domain.calendar import Period
from fupin_desktop.services.awards.notice import notice_of
from fupin_desktop.services.awards.result_json import result_pieces
from fupin_desktop.services.awards.subject import AwardSubject
from fupin_desktop.services.document_types import award_sheet, award_working, notice_awards
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.services.files import Content
from fupin_desktop.services.notices.leaks import refuse_numbers

SHEET_XLSX = "award_sheet.xlsx"
SHEET_PDF = "award_sheet.pdf"
WORKING_PDF = "award_working.pdf"
NOTICE_PDF = "notice.pdf"
RESULT_JSON = "result.json"
_MANY = 500
"""Households from which on a process of its own is worth its start."""
FILE_NAMES = (SHEET_XLSX, SHEET_PDF, WORKING_PDF, NOTICE_PDF, RESULT_JSON)


def award_files(subject: AwardSubject, period: Period, *, notice_draft: bool = False) -> dict[str, Content]:
    """All files of a calculation by name; each is made when ``write_together`` writes it.

    Making one raises MissingGlyph where a character cannot be printed; the notice, which goes public, raises NotAllowed
    where its finished bytes hold a full number or address of a person.

    Args:
        subject: The calculation with the office's details.
        period: The publicity period of the notice.
        notice_draft: Whether 草稿 is printed across the notice, though not across the others.
    """
    sheet = Computed(award_sheet.TYPE, subject)

    def notice() -> bytes:
        settled = notice_of(subject, period)
        settled = replace(settled, draft=settled.draft or notice_draft)
        data = Computed(notice_awards.TYPE, settled).pdf()
        refuse_numbers(data, subject.numbers.values(), [contact.phone for contact in settled.contacts])
        return data

    def pieces() -> Iterator[str]:
        return result_pieces(subject.result, subject.numbers, draft=subject.head.draft)

    return {
        SHEET_XLSX: _made(sheet.xlsx),
        SHEET_PDF: _made(sheet.pdf),
        WORKING_PDF: _working(subject),
        NOTICE_PDF: _made(notice),
        RESULT_JSON: lambda stream: stream.writelines(piece.encode("utf-8") for piece in pieces()),
    }


def _working(subject: AwardSubject) -> Content:
    """The working; with many households it takes as long as all other files together."""
    working = Computed(award_working.TYPE, subject)
    return working.beside() if len(subject.result.awards) >= _MANY else _made(working.pdf)


def _made(make: Callable[[], bytes]) -> Content:
    return lambda stream: stream.write(make())
