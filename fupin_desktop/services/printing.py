"""Printing as the office keeps it: papers that can be printed, and what was printed of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.services.history_line import HistoryLine
from fupin_desktop.services.workbench import Change, Progress, Workbench
from fupin_desktop.storage import changes
from fupin_desktop.storage.entities import PrintRecord

if TYPE_CHECKING:
    from fupin_desktop.documents.drawing.pdf import Tell
    from fupin_desktop.documents.pages import FilledForm

WORD = "打印"
DRAFT = "草稿"


class Drawn(NamedTuple):
    """A paper ready for the printer.

    Attributes:
        pdf: Its PDF; what is printed is this.
        draft: Whether 草稿 stands across it.
    """

    pdf: bytes
    draft: bool


Draw = Callable[[Progress | None], Drawn]


@dataclass(frozen=True, slots=True)
class Paper:
    """Something that can be printed.

    Attributes:
        kind: Stem of its noun: applications, awards, notices, funds.
        key: Key of its record; empty for a table that is no record.
        title: Its name, as in the list of the printer's jobs.
        draw: Draws it when it is printed; told of its pages, and stopped by what that raises.
    """

    kind: str
    key: str
    title: str
    draw: Draw


@dataclass(frozen=True, slots=True)
class Printed:
    """What was sent to a printer.

    Attributes:
        kind: Stem of the paper's noun.
        key: Key of its record.
        title: Its name.
        printer: Name of the printer, or of the PDF file.
        copies: Number of copies.
        pages: Pages chosen, like “1-3”; empty for all.
        draft: Whether 草稿 stood across it.
    """

    kind: str
    key: str
    title: str
    printer: str
    copies: int = 1
    pages: str = ""
    draft: bool = False


# ---- papers ---------------------------------------------------------------------------------------------------------
def form_paper(kind: str, key: str, title: str, make: Callable[[], FilledForm]) -> Paper:
    """A filled form as something to print.

    Args:
        kind: Stem of its noun.
        key: Key of its record; empty for none.
        title: Its name.
        make: Fills it, in the background.
    """

    def draw(progress: Progress | None) -> Drawn:
        return drawn(make(), _telling(progress, title))

    return Paper(kind, key, title, draw)


def drawn(form: FilledForm, tell: Tell | None = None) -> Drawn:
    """A filled form as PDF.

    Raises:
        MissingGlyph: A character has no glyph.
    """
    from fupin_desktop.documents.drawing.pdf import pdf_bytes

    return Drawn(pdf_bytes(form, tell), any(page.mark for page in form.pages))


def write_pdf(paper: Paper, path: Path) -> None:
    """Write a paper as PDF, beside its place and renamed.

    Raises:
        Situation: It cannot be written there; an old file stays.
    """
    from fupin_desktop.documents.atomic import write_atomically

    content = paper.draw(None).pdf
    write_atomically(path, lambda stream: stream.write(content))


def _telling(progress: Progress | None, title: str) -> Tell | None:
    if progress is None:
        return None
    return lambda done, total: progress(done, total, f"正在排版 {title}")


# ---- what was printed -----------------------------------------------------------------------------------------------
def record(bench: Workbench, printed: Sequence[Printed]) -> Change:
    """Keep what was printed; no part of undo, since paper cannot be taken back. Keys: those of the papers' records.

    Args:
        bench: The workbench.
        printed: At least one printing.

    Raises:
        Situation: It could not be written.
    """
    with bench.write("printing.record", WORD, undoable=False) as unit:
        unit.session.add_all(_row(bench, one) for one in printed)
    told = f"已打印“{printed[0].title}”" if len(printed) == 1 else f"已打印 {len(printed)} 份文件"
    change = bench.change(unit, f"{told}。")
    keys = tuple(one.key for one in printed if one.key)
    return change._replace(keys=keys)


def _row(bench: Workbench, one: Printed) -> PrintRecord:
    return PrintRecord(
        paper_kind=one.kind,
        paper_key=one.key,
        title=one.title,
        at=bench.clock(),
        who=bench.clerk,
        printer=one.printer,
        copies=one.copies,
        pages=one.pages,
        draft=one.draft,
    )


def print_lines(session: Session, key: str, limit: int = 100) -> list[HistoryLine]:
    """The printings of one record, the newest first."""
    wanted = select(PrintRecord).where(PrintRecord.paper_key == key)
    rows = session.scalars(wanted.order_by(PrintRecord.key.desc()).limit(limit)).all()
    numbers = changes.added_in(session.connection(), PrintRecord.__tablename__, {row.key for row in rows})
    lines = [_line(row, numbers.get(row.key, 0)) for row in rows]
    return sorted(lines, key=lambda line: line.number, reverse=True)


def latest(bench: Workbench, limit: int = 1000) -> list[tuple[datetime, str, Printed]]:
    """The last printings of the office, the newest first: when, by whom, what."""
    wanted = select(PrintRecord).order_by(PrintRecord.at.desc(), PrintRecord.key.desc()).limit(limit)
    with bench.read() as session:
        return [(row.at, row.who, _printed(row)) for row in session.scalars(wanted)]


def _printed(row: PrintRecord) -> Printed:
    return Printed(
        row.paper_kind, row.paper_key, row.title, row.printer, row.copies, row.pages, draft=row.draft
    )


def _line(row: PrintRecord, number: int) -> HistoryLine:
    pages = f"第 {row.pages} 页" if row.pages else "全部页"
    parts: Iterable[str] = (f"{row.copies} 份", pages, f"打印机 {row.printer}" if row.printer else "")
    words = "，".join(part for part in parts if part)
    return HistoryLine(row.at, row.who, WORD, WORD, "", f"{DRAFT} {words}" if row.draft else words, number)
