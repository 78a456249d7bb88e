"""The manual as one PDF, and the quick start on two pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from fupin_desktop import __version__
from fupin_desktop.documents.book import Section
from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.documents.prose.blocks import Heading, Paragraph, Span
from fupin_desktop.documents.prose.layout import A4, Measures, Setting, Type
from fupin_desktop.services import files
from fupin_desktop.services.manual.pages import QUICK_START, Manual, ManualPage, manual, with_pictures
from fupin_desktop.services.printing import Paper, form_paper
from fupin_desktop.services.workbench import Progress

TITLE = "产业扶贫工作台使用手册"
QUICK_TITLE = "产业扶贫工作台快速入门"
PDF_NAME = f"{TITLE}.pdf"
QUICK_NAME = f"{QUICK_TITLE}.pdf"
_NUMBERING = "{page} / {pages}"
_QUICK = Measures(
    body=Type(10.5, 15.5, 0, 1.1),
    headings=(Type(18, 24, 0, 2), Type(12.5, 17, 2.4, 1), Type(11, 15, 1.5, 0.6)),
    table=Type(9.8, 14.2),
)


class Chapter(NamedTuple):
    """A page of the manual as it is bound.

    Attributes:
        part: The word it stands under; empty for the second and further pages of a part.
        page: The page.
        section: Its sheets.
    """

    part: str
    page: ManualPage
    section: Section


def write_pdf(path: Path, made_on: date, progress: Progress | None = None) -> int:
    """Write the whole manual as PDF.

    Args:
        path: The file.
        made_on: Written on the first sheet and into the file.
        progress: Told of the pages done; may raise ``Cancelled``, which leaves nothing behind.

    Returns:
        How many sheets it has.

    Raises:
        Situation: The file cannot be written there.
    """
    from fupin_desktop.documents.drawing.pdf_book import book_bytes

    sections = bound(made_on, progress)

    def tell(done: int, total: int) -> None:
        if progress is not None:
            progress(done, total, "正在写出手册")

    files.write_bytes(path, book_bytes(TITLE, made_on, sections, tell, _NUMBERING))
    return sum(section.pages for section in sections)


def bound(made_on: date, progress: Progress | None = None) -> list[Section]:
    """The whole manual in order: the table of contents, then every page."""
    whole = manual()
    chapters = list(_chapters(whole, made_on, progress))
    first = _contents(chapters, made_on, 0)
    contents = _contents(chapters, made_on, first.pages)
    found = [contents]
    for chapter in chapters:
        if chapter.part:
            found.append(Section(chapter.part, 0))
        found.append(chapter.section)
    return found


def _chapters(whole: Manual, made_on: date, progress: Progress | None) -> Sequence[Chapter]:
    found = []
    names = [(part.title if at == 0 else "", name) for part in whole.parts for at, name in enumerate(part.names)]
    for place, (part, name) in enumerate(names):
        page = whole.pages[name]
        if progress is not None:
            progress(place, len(names), f"正在排版 {page.title}")
        setting = Setting(f"{TITLE}　{page.title}")
        setting.put(with_pictures(page.blocks))
        form = FilledForm("manual", page.title, A4, setting.finished(), made_on)
        section = Section(page.title, 1, form, placed=tuple(setting.placed))
        found.append(Chapter(part, page, section))
    return found


def _contents(chapters: Sequence[Chapter], made_on: date, before: int) -> Section:
    """The first sheets: title, version, table of contents.

    Args:
        chapters: What follows.
        made_on: Printed.
        before: How many sheets the table itself has.
    """
    setting = Setting()
    setting.put((Heading(1, (Span(TITLE),)), Paragraph((Span(_printed(made_on)),))))
    place = before
    for chapter in chapters:
        if chapter.part:
            setting.lead(chapter.part, place, f"{place + 1}", deep=False, strong=True)
        setting.lead(chapter.page.title, place, f"{place + 1}", deep=True)
        place += chapter.section.pages
    form = FilledForm("manual", TITLE, A4, setting.finished(), made_on)
    return Section("目录", 0, form, links=tuple(setting.links))


def _printed(made_on: date) -> str:
    return f"版本 {__version__}，{made_on.year} 年 {made_on.month} 月 {made_on.day} 日写出"


# ---- quick start ----
def quick_start(made_on: date) -> FilledForm:
    """The quick start, to be printed and kept beside the PC."""
    setting = Setting(measures=_QUICK)
    setting.put(with_pictures(manual().pages[QUICK_START].blocks))
    return FilledForm("quick_start", QUICK_TITLE, A4, setting.finished(), made_on)


def quick_start_paper(made_on: date) -> Paper:
    """The quick start as something to print."""
    return form_paper("manual", "", QUICK_TITLE, lambda: quick_start(made_on))


def write_quick_start(path: Path, made_on: date) -> None:
    """Write the quick start as PDF.

    Raises:
        Situation: The file cannot be written there.
    """
    from fupin_desktop.documents.drawing.pdf import write_pdf as write_form

    write_form(quick_start(made_on), path)
