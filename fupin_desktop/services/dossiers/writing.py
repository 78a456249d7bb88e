"""Writing a dossier: one PDF with index, bookmarks and page numbers, and a workbook of all rows beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fupin_desktop.documents.book import Section
from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.domain import file_names
from fupin_desktop.errors import MissingGlyph, NotAllowed, UnreadableFile
from fupin_desktop.services import files, offices
from fupin_desktop.services.dossiers.parts import Dossier, Part, pictures_of
from fupin_desktop.services.workbench import Progress, Workbench

INDEX = "目录"
Noted = tuple[Section, str]
"""A section with its day or number."""


@dataclass(frozen=True, slots=True)
class WrittenDossier:
    """What was written.

    Attributes:
        pdf: The book.
        xlsx: The workbook.
        pages: Pages of the book.
        missing: What is missing, as its index tells.
    """

    pdf: Path
    xlsx: Path
    pages: int
    missing: tuple[str, ...]


def file_name(dossier: Dossier) -> str:
    """The name its files are proposed under, without ending."""
    return file_names.clean(dossier.title, "(内部资料)")


def write(bench: Workbench, dossier: Dossier, pdf: Path, progress: Progress | None = None) -> WrittenDossier:
    """Write a dossier as PDF, and its rows as a workbook of the same name beside it.

    Args:
        bench: The workbench.
        dossier: What was collected.
        pdf: The file.
        progress: Told of the papers done; may raise ``Cancelled``, which leaves nothing behind.

    Raises:
        Situation: A file cannot be written there.
    """
    from fupin_desktop.documents.drawing.pdf_book import book_bytes
    from fupin_desktop.documents.drawing.tables_workbook import tables_bytes

    missing = list(dossier.missing)
    sections = _sections(bench, dossier, missing, progress)
    title = f"{dossier.title}(内部资料)"
    index = _index(bench, dossier, missing, sections)
    whole = [Section(INDEX, 0, index), *(section for section, _ in sections)]
    content = book_bytes(title, bench.today, whole, _tell(progress))
    tables = [(one.title, one.headings, one.rows) for one in dossier.tables]
    missed = ("缺少的材料", ("序号", "缺少什么"), tuple((place, told) for place, told in enumerate(missing, 1)))
    xlsx = pdf.with_suffix(".xlsx")
    files.write_bytes(xlsx, tables_bytes(title, [missed, *tables], bench.clock()))
    files.write_bytes(pdf, content)
    return WrittenDossier(pdf, xlsx, sum(section.pages for section in whole), tuple(missing))


def _sections(bench: Workbench, dossier: Dossier, missing: list[str], progress: Progress | None) -> list[Noted]:
    """Every part with its pages; one that cannot be made is told as missing and does not stop the others."""
    found = []
    for place, part in enumerate(dossier.parts):
        if progress is not None:
            progress(place, len(dossier.parts), part.title)
        shown = tuple(pictures_of(bench, part.files, missing))
        found.append((Section(part.title, part.depth, _made(part, missing), shown), part.note))
    return [one for place, one in enumerate(found) if one[0].pages or _leads(found, place)]


def _made(part: Part, missing: list[str]) -> FilledForm | None:
    if part.make is None:
        return None
    try:
        return part.make()
    except (NotAllowed, UnreadableFile, MissingGlyph) as trouble:
        missing.append(f"“{part.title}”没有装订：{trouble.happened}")
        return None


def _leads(sections: list[Noted], place: int) -> bool:
    """Whether a heading has a part below it."""
    after = sections[place + 1][0] if place + 1 < len(sections) else None
    return after is not None and after.depth > sections[place][0].depth


def _index(bench: Workbench, dossier: Dossier, missing: list[str], sections: list[Noted]) -> FilledForm:
    """The index; its own pages are counted first, for the numbers behind them depend on how many there are."""
    first = _filled(bench, dossier, missing, sections, 0)
    return _filled(bench, dossier, missing, sections, len(first.pages))


def _filled(
    bench: Workbench, dossier: Dossier, missing: list[str], sections: list[Noted], before: int
) -> FilledForm:
    from fupin_desktop.documents.definition.loader import usable_form
    from fupin_desktop.documents.faces.fonts import drawable
    from fupin_desktop.documents.layout.fill import fill

    rows, at = [], before + 1
    for section, note in sections:
        title = f"　　{section.title}" if section.depth else section.title
        rows.append({"title": drawable(title), "note": drawable(note), "page": str(at)})
        at += section.pages
    data: dict[str, Any] = {
        "title": drawable(dossier.title),
        "office": offices.office(bench).name,
        "made_on": bench.today,
        "about": dossier.about,
        "missing_count": len(missing),
        "pages": at - 1,
        "missing": [{"text": drawable(told)} for told in missing],
        "rows": rows,
    }
    return fill(usable_form("dossier_index", files.own_forms(bench.data_folder)), data, bench.today)


def _tell(progress: Progress | None) -> Any:
    if progress is None:
        return None
    return lambda done, total: progress(done, total, f"正在装订第 {done + 1} 页")
