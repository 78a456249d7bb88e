"""What was chosen in the system's print dialog."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fupin_desktop.errors import NotAllowed

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """How papers are to be printed.

    Attributes:
        printer: Name of the printer.
        copies: Number of copies.
        collate: Whether a copy is finished before the next begins.
        duplex: Whether both sides are printed.
        colour: Whether in colour.
        ranges: First and last pages chosen, from 1; empty for all.
        backwards: Whether the last page comes first.
        file: The PDF file to write instead; None for paper.
        repeats: Whether the printer makes the copies itself.
    """

    printer: str
    copies: int = 1
    collate: bool = True
    duplex: bool = False
    colour: bool = False
    ranges: tuple[Range, ...] = ()
    backwards: bool = False
    file: Path | None = None
    repeats: bool = True

    @property
    def own_copies(self) -> int:
        """How often the program itself must repeat the pages."""
        return 1 if self.repeats and self.file is None else self.copies

    @property
    def pages_text(self) -> str:
        """The ranges as they are told, e.g. ``1-3,5``; empty for all pages."""
        return ",".join(f"{first}" if first == last else f"{first}-{last}" for first, last in self.ranges)

    def pages(self, count: int) -> list[int]:
        """Numbers, from 0, of the pages to print of a paper.

        Raises:
            NotAllowed: None of its pages was chosen.
        """
        if not self.ranges:
            return list(range(count))
        wanted = {number for first, last in self.ranges for number in range(first, min(last, count) + 1)}
        chosen = sorted(number - 1 for number in wanted if number >= 1)
        if not chosen:
            told = f"选的是第 {self.pages_text} 页，这份文件只有 {count} 页。"
            raise NotAllowed(told, safe="没有打印。", todo="请重新选择页码范围。")
        return chosen


def read_choice(printer: QPrinter) -> Choice:
    """What the dialog left in the printer."""
    from PySide6.QtPrintSupport import QPrinter as Printer

    to_file = printer.outputFormat() == Printer.OutputFormat.PdfFormat
    name = printer.outputFileName()
    chosen = printer.printRange() == Printer.PrintRange.PageRange
    return Choice(
        printer=printer.printerName(),
        copies=max(printer.copyCount(), 1),
        collate=printer.collateCopies(),
        duplex=printer.duplex() != Printer.DuplexMode.DuplexNone,
        colour=printer.colorMode() == Printer.ColorMode.Color,
        ranges=parse_ranges(printer.pageRanges().toString()) if chosen else (),
        backwards=printer.pageOrder() == Printer.PageOrder.LastPageFirst,
        file=Path(name) if to_file and name else None,
        repeats=printer.supportsMultipleCopies(),
    )


def parse_ranges(text: str) -> tuple[Range, ...]:
    """The ranges written as ``1-3,5``."""
    return tuple(_ranges(part.strip() for part in text.split(",")))


def _ranges(parts: Iterable[str]) -> Iterable[Range]:
    for part in parts:
        first, dash, last = part.partition("-")
        if first.isdigit() and (last.isdigit() or not dash):
            yield int(first), int(last) if dash else int(first)
