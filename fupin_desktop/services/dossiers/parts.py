"""What a dossier is made of: parts in order, what is missing, and all rows as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from fupin_desktop.documents.book import Picture
from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.errors import FileMissing, UnreadableFile
from fupin_desktop.services import attachments, exports
from fupin_desktop.services.workbench import Workbench

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Part:
    """One paper of a dossier.

    Attributes:
        title: What it is.
        note: Its day or number.
        depth: 0 for a chapter, 1 for what stands in one.
        make: Makes its pages; None for a heading, or for pictures alone.
        files: Files whose pictures follow it.
    """

    title: str
    note: str = ""
    depth: int = 0
    make: Callable[[], FilledForm] | None = None
    files: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of one kind, for the workbook and, where it is short enough to read, for a page of the book."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(slots=True)
class Dossier:
    """Everything about one thing in order.

    Attributes:
        title: What it is about.
        about: One sentence with its figures.
        parts: Its papers.
        missing: What should be there and is not.
        tables: All rows.
    """

    title: str
    about: str = ""
    parts: list[Part] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    tables: list[Rows] = field(default_factory=list)

    def add(self, part: Part | None, missing: str = "") -> None:
        """Put a part at the end; where there is none, tell what is missing."""
        if part is not None:
            self.parts.append(part)
        elif missing:
            self.missing.append(missing)

    def extend(self, parts: Iterable[Part], missing: str = "") -> None:
        """Put parts at the end; where there are none, tell what is missing."""
        found = list(parts)
        self.parts += found
        if not found and missing:
            self.missing.append(missing)

    def add_rows(self, bench: Workbench, rows: Rows, *, depth: int = 0, page: bool = True) -> None:
        """Put rows into the workbook and, unless there are none, on a page of their own."""
        self.tables.append(rows)
        if rows.rows and page:
            self.parts.append(Part(rows.title, f"{len(rows.rows)} 条", depth, lambda: rows_page(bench, rows)))


def rows_page(bench: Workbench, rows: Rows) -> FilledForm:
    """Rows as a list on paper."""
    return exports.rows_paper(bench, rows.title, rows.headings, [[shown(cell) for cell in row] for row in rows.rows])


def shown(cell: Cell) -> str:
    """A cell as a text."""
    if isinstance(cell, Decimal):
        return f"{cell:,.2f}"
    return "" if cell is None else str(cell)


def pictures_of(bench: Workbench, files: Sequence[Mapping[str, Any]], missing: list[str]) -> Iterator[Picture]:
    """The pictures of attached files; what cannot be shown is told as missing."""
    from fupin_desktop.documents.drawing.pictures import pictures

    for file in attachments.of(files):
        try:
            found = pictures(attachments.content(bench.data_folder, file), file.name)
        except (FileMissing, UnreadableFile) as trouble:
            missing.append(f"附件“{file.name}”读不出来：{trouble.happened}")
            continue
        if not found:
            missing.append(f"附件“{file.name}”不是图片或 PDF，没有装订，请另附")
        yield from found
