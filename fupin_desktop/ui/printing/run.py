"""Printing papers one after the other, away from the window's thread; cancelled between pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fupin_desktop.documents.atomic import write_atomically
from fupin_desktop.documents.drawing.print_pages import PrintPages, joined, page_count
from fupin_desktop.errors import Cancelled, NotAllowed, Situation
from fupin_desktop.services import printing
from fupin_desktop.services.printing import Drawn, Paper, Printed
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.ui.printing.choice import Choice
from fupin_desktop.ui.printing.press import Press
from fupin_desktop.ui.printing.sheets import Placing, order, place_all, shrunk_words
from fupin_desktop.ui.tasks import Report


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a print run.

    Attributes:
        printed: What was printed, in order.
        change: Its record; None where nothing was printed.
        shrunk: Words on pages made smaller; empty where none was.
        stopped: What stopped the run before its end; None where nothing did.
    """

    printed: tuple[Printed, ...]
    change: Change | None
    shrunk: str = ""
    stopped: Cancelled | Situation | None = None


class PrintRun:
    """Prints papers as chosen.

    Args:
        papers: The papers; each is drawn when its turn comes.
        total: How many there are.
        choice: How they are printed.
        press: The printer; None where a PDF file is written.
        together: Whether all of them are one job.
    """

    def __init__(
        self, papers: Iterable[Paper], total: int, choice: Choice, press: Press | None = None, *,
        together: bool = False,
    ) -> None:
        self._papers, self._total, self._choice, self._press = papers, total, choice, press
        self._together = together
        self._done: list[Printed] = []
        self._percents: list[int] = []

    def go(self, bench: Workbench, report: Report) -> Outcome:
        """Print, and keep what was printed, also where it is stopped half way.

        Raises:
            Cancelled: By the clerk, before a paper was printed.
            Situation: The first paper could not be drawn or printed.
        """
        stopped: Cancelled | Situation | None = None
        try:
            if self._choice.file is not None:
                self._write(self._choice.file, report)
            elif self._press is not None:
                self._print(self._press, report)
        except (Cancelled, Situation) as caught:
            if not self._done:
                raise
            stopped = caught
        change = self._record(bench) if self._done else None
        shrunk = shrunk_words(self._percents)
        if change is not None and shrunk:
            change = change._replace(message=f"{change.message}{shrunk}。")
        return Outcome(tuple(self._done), change, shrunk, stopped)

    def _record(self, bench: Workbench) -> Change:
        try:
            return printing.record(bench, self._done)
        except Situation as fault:
            safe = f"{len(self._done)} 份文件已经打印，只是没有记入修改记录。"
            raise Situation(fault.happened, safe=safe, todo=fault.todo) from fault

    def look(self, drawn: Drawn) -> str:
        """What is to be said before a paper is printed, of pages made smaller; empty where all are true to size.

        Raises:
            NotAllowed: None of its pages was chosen.
        """
        assert self._press is not None
        with PrintPages(drawn.pdf) as pages:
            placings = placings_of(pages, self._choice.pages(len(pages.sizes)), self._press)
        return shrunk_words(one.percent for one in placings.values())

    # ---- on paper ----
    def _print(self, press: Press, report: Report) -> None:
        job = _Job(press, together=self._together)
        waiting: list[Printed] = []
        try:
            for done, paper in enumerate(self._papers):
                told = _Telling(report, done, self._total, paper.title)
                drawn = paper.draw(told.drawing)
                self._print_one(job, paper, drawn, told)
                waiting.append(self._printed(paper, drawn))
                if not self._together:
                    job.end()
                    self._done += waiting
                    waiting.clear()
            job.end()
            self._done += waiting
        except BaseException:
            press.abort()
            raise

    def _print_one(self, job: _Job, paper: Paper, drawn: Drawn, told: _Telling) -> None:
        choice = self._choice
        with PrintPages(drawn.pdf) as pages:
            chosen = choice.pages(len(pages.sizes))
            placings = placings_of(pages, chosen, job.press)
            self._percents += [one.percent for one in placings.values()]
            turns = order(
                chosen, copies=choice.own_copies, collate=choice.collate, duplex=choice.duplex,
                backwards=choice.backwards,
            )
            job.begin(paper.title)
            for at, number in enumerate(turns):
                told.page(at, len(turns))
                job.turn(pages, number, placings)

    # ---- into a file ----
    def _write(self, path: Path, report: Report) -> None:
        parts, printed = list[tuple[bytes, list[int]]](), list[Printed]()
        for done, paper in enumerate(self._papers):
            drawn = paper.draw(_Telling(report, done, self._total, paper.title).drawing)
            chosen = self._choice.pages(page_count(drawn.pdf))
            turns = order(
                chosen, copies=self._choice.copies, collate=self._choice.collate, backwards=self._choice.backwards,
            )
            parts.append((drawn.pdf, [number for number in turns if number is not None]))
            printed.append(self._printed(paper, drawn))
        report(self._total, self._total, f"正在写出 {path.name}")
        if not parts:
            raise NotAllowed("没有可以打印的文件。")
        content = joined(parts)
        write_atomically(path, lambda stream: stream.write(content))
        self._done += printed

    def _printed(self, paper: Paper, drawn: Drawn) -> Printed:
        choice = self._choice
        name = f"PDF 文件 {choice.file.name}" if choice.file is not None else choice.printer
        return Printed(paper.kind, paper.key, paper.title, name, choice.copies, choice.pages_text, drawn.draft)


class _Job:
    """Pages of one or more papers in a job; empty backs are only turned where a page follows."""

    def __init__(self, press: Press, *, together: bool) -> None:
        self.press = press
        self._together, self._open, self._backs = together, False, 0

    def begin(self, title: str) -> None:
        """Begin a job, or go on with it where all papers are one."""
        if not (self._together and self._open):
            self.press.begin(title)
            self._open, self._backs = True, 0

    def turn(self, pages: PrintPages, number: int | None, placings: dict[int, Placing]) -> None:
        """The next page."""
        if number is None:
            self._backs += 1
            return
        for _back in range(self._backs):
            self.press.turn(pages.sizes[number])
        self._backs = 0
        self.press.turn(pages.sizes[number])
        self.press.paint(pages, number, placings[number])

    def end(self) -> None:
        """Hand the job over."""
        if self._open:
            self.press.end()
        self._open = False


class _Telling:
    """Progress of one paper among many; of a single one, page by page."""

    def __init__(self, report: Report, done: int, total: int, title: str) -> None:
        self._report, self._done, self._total, self._title = report, done, total, title

    def drawing(self, done: int, total: int, text: str) -> None:
        """While its pages are drawn."""
        self._report(self._done, self._total, text)

    def page(self, at: int, pages: int) -> None:
        """Before a page goes to the printer."""
        text = f"正在打印 {self._title}，第 {at + 1}/{pages} 页"
        if self._total == 1:
            self._report(at, pages, text)
        else:
            self._report(self._done, self._total, text)


def placings_of(pages: PrintPages, chosen: Iterable[int], press: Press) -> dict[int, Placing]:
    """Where the pages chosen go; looked at closely only where a sheet has margins or another size."""
    numbers = list(dict.fromkeys(chosen))
    laid = []
    for number in numbers:
        size = pages.sizes[number]
        sheet = press.sheet(size)
        bare = not any(sheet[2:])
        laid.append((size, None if bare else pages.ink(number), sheet))
    return dict(zip(numbers, place_all(laid), strict=True))
