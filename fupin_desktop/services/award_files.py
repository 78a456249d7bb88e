"""Award papers as files: each written beside its place and renamed, a whole set only when all of it is settled."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from fupin_desktop.documents.atomic import told_as_situation, write_atomically
from fupin_desktop.documents.award_sheet import AwardSheet
from fupin_desktop.documents.award_working import AwardWorking
from fupin_desktop.documents.notice import AwardNotice
from fupin_desktop.domain.calendar import Period
from fupin_desktop.errors import NotWritable
from fupin_desktop.policy.results import AwardResult
from fupin_desktop.services import award_papers
from fupin_desktop.services.award_json import result_pieces
from fupin_desktop.services.award_papers import PaperHead

SHEET_XLSX = "award_sheet.xlsx"
SHEET_PDF = "award_sheet.pdf"
WORKING_PDF = "award_working.pdf"
NOTICE_PDF = "notice.pdf"
RESULT_JSON = "result.json"
FILE_NAMES = (SHEET_XLSX, SHEET_PDF, WORKING_PDF, NOTICE_PDF, RESULT_JSON)
FORMS = "forms"
_OLD = ".old"
Content = bytes | Callable[[BinaryIO], object]
"""A file's bytes, or what makes them when the file is written: then only one paper is in memory at a time."""


def own_forms(data_folder: Path) -> Path | None:
    """The office's own folder of forms in its data folder, where it has one."""
    folder = data_folder / FORMS
    return folder if folder.is_dir() else None


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


def write_bytes(path: Path, content: Content) -> None:
    """Write one file beside its place and rename it.

    Raises:
        Situation: It cannot be written there; an old file stays.
    """
    write_atomically(path, (lambda stream: stream.write(content)) if isinstance(content, bytes) else content)


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


def write_together(folder: Path, files: Mapping[str, Content]) -> None:
    """Write files into a folder, all of them or none.

    They are written whole into a fresh folder inside, then renamed; where one cannot take its place (another program
    holds the old file open), those already placed are put back.

    Raises:
        Situation: One cannot be made or written there; the folder is as it was.
    """
    for name in files:
        if (folder / name).is_dir():
            raise NotWritable(f"“{folder}”里的“{name}”是文件夹，不能写成文件。")
    fresh = not folder.exists()
    stage = folder / f".{secrets.token_hex(4)}.tmp"
    with told_as_situation(folder / next(iter(files))):
        stage.mkdir(parents=True)
    try:
        for name, content in files.items():
            write_bytes(stage / name, content)
        _place(folder, stage, list(files))
    finally:
        for name in files:
            (stage / name).unlink(missing_ok=True)
        with suppress(OSError):
            stage.rmdir()
            if fresh:
                folder.rmdir()


def _place(folder: Path, stage: Path, names: list[str]) -> None:
    """Rename the staged files into the folder, keeping the old ones until all are placed."""
    placed: list[str] = []
    try:
        for name in names:
            with told_as_situation(folder / name):
                if (folder / name).exists():
                    os.replace(folder / name, stage / f"{name}{_OLD}")  # noqa: PTH105 - one rename, as in atomic
                placed.append(name)
                os.replace(stage / name, folder / name)  # noqa: PTH105
    except BaseException:
        for name in placed:
            _put_back(folder, stage, name)
        raise
    for name in placed:
        (stage / f"{name}{_OLD}").unlink(missing_ok=True)


def _put_back(folder: Path, stage: Path, name: str) -> None:
    """Undo one placed file: the old one returns, a new one goes."""
    with suppress(OSError):
        if (stage / f"{name}{_OLD}").exists():
            os.replace(stage / f"{name}{_OLD}", folder / name)  # noqa: PTH105
        elif not (stage / name).exists():
            (folder / name).unlink(missing_ok=True)
