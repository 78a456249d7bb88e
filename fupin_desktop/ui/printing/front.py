"""From “打印…” to the printer: a paper is drawn, the system's dialog asks how, its pages go out, the print is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from fupin_desktop.documents.drawing.print_pages import PageSize, PrintPages
from fupin_desktop.errors import Cancelled, Situation
from fupin_desktop.services import data_safety, printing
from fupin_desktop.services.printing import Drawn, Paper
from fupin_desktop.ui.ask import PDF
from fupin_desktop.ui.papers import save_paper
from fupin_desktop.ui.printing.choice import Choice, read_choice
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tasks import Report

if TYPE_CHECKING:
    from PySide6.QtGui import QPageSize
    from PySide6.QtPrintSupport import QPrinter

    from fupin_desktop.ui.printing.press import PrinterPress
    from fupin_desktop.ui.printing.run import Outcome, PrintRun

TITLE = "打印"
NO_PRINTER = "这台电脑没有安装打印机，可以先保存为 PDF，到有打印机的电脑上打印。"
_PDF_PRINTERS = re.compile(
    r"(?i)(microsoft print to pdf|(导出为|打印到)?\s*wps\s*pdf|(foxit|福昕).*(pdf|phantom).*|adobe pdf|pdfcreator"
    r"|(dopdf|novapdf|cutepdf|bullzip pdf|pdf24).*|cups-pdf|pdf)"
)
"""Printers that only make PDF files: the paper is one already, and keeps its text and lines."""
_A4 = PageSize(210.0, 297.0)


def print_paper(shell: Shell, paper: Paper) -> None:
    """Print one paper: drawn in the background, then the print dialog, then its pages."""
    if not shell.ask.printers():
        _offer_pdf(shell, paper)
        return
    if not _clock_agreed(shell):
        return
    shell.run("正在排版", paper.draw, lambda drawn: _ask_one(shell, paper, drawn))


def print_many(shell: Shell, papers: Callable[[], Iterable[Paper]], total: int, *, together: bool) -> None:
    """Print many papers, each drawn when its turn comes; those printed are kept where it is stopped.

    Args:
        shell: The window.
        papers: Gives the papers, in the background.
        total: How many there are.
        together: Whether all of them are one job of the printer.
    """
    from fupin_desktop.ui.printing.run import PrintRun

    if not shell.ask.printers():
        shell.ask.message(shell.window, TITLE, f"{NO_PRINTER}\n多份文件可以用“批量导出…”写成 PDF。")
        return
    asked = _ask(shell, f"{total} 份文件", _A4, 0) if _clock_agreed(shell) else None
    if asked is not None:
        printer, choice, forced = asked
        press = None if choice.file else _press(shell, printer, choice, forced)
        _start(shell, PrintRun(papers(), total, choice, press, together=together))


def _clock_agreed(shell: Shell) -> bool:
    """Whether the PC's clock can be right, or the clerk prints all the same."""
    doubt = shell.read(lambda: data_safety.clock_doubt(shell.bench))
    text = f"{doubt}\n纸上的日期会跟着错。请先校准电脑的时间；确定没有错的，可以继续打印。"
    return not doubt or shell.ask.question(shell.window, TITLE, text, yes="继续打印", danger=True)


# ---- one paper ---------------------------------------------------------------------------------------------------
def _offer_pdf(shell: Shell, paper: Paper) -> None:
    if shell.ask.question(shell.window, TITLE, NO_PRINTER, yes="保存 PDF…"):
        save_paper(shell, "保存 PDF", f"{paper.title}.pdf", PDF, lambda path: printing.write_pdf(paper, path))


def _ask_one(shell: Shell, paper: Paper, drawn: Drawn) -> None:
    """The dialog for a paper that is drawn."""
    from fupin_desktop.ui.printing.run import PrintRun

    with PrintPages(drawn.pdf) as pages:
        sizes = pages.sizes
    asked = _ask(shell, paper.title, sizes[0], len(sizes))
    if asked is None:
        return
    printer, choice, forced = asked
    ready = replace(paper, draw=lambda _progress: drawn)
    if choice.file is not None:
        _start(shell, PrintRun([ready], 1, choice))
        return
    press = _press(shell, printer, choice, forced)
    run = PrintRun([ready], 1, choice, press)
    shell.run("正在核对版面", lambda _report: run.look(drawn), lambda words: _confirm(shell, choice, run, words))


def _confirm(shell: Shell, choice: Choice, run: PrintRun, shrunk: str) -> None:
    """Say before printing where pages are not printed true to size."""
    text = f"打印机“{choice.printer}”的纸边有印不到的地方，或纸张比版面小，{shrunk}。"
    if not shrunk or shell.ask.question(shell.window, TITLE, text, yes=TITLE):
        _start(shell, run)


# ---- asking ------------------------------------------------------------------------------------------------------
def _ask(shell: Shell, title: str, size: PageSize, pages: int) -> tuple[QPrinter, Choice, QPageSize | None] | None:
    """The system's dialog: the printer, what was chosen, and a paper chosen for everything; None where cancelled."""
    from PySide6.QtPrintSupport import QPrinter

    from fupin_desktop.ui.printing.press import layout_for

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setFullPage(True)
    printer.setPageLayout(layout_for(size))
    before = printer.pageLayout().pageSize()
    if not shell.ask.set_up_print(shell.window, printer, pages):
        return None
    choice = read_choice(printer)
    if choice.file is None and makes_pdf(choice.printer):
        file = shell.ask.save_file(shell.window, "打印到 PDF", f"{title}.pdf", PDF)
        return (printer, replace(choice, file=file), None) if file is not None else None
    if choice.file is None and not ready(printer) and not _may_wait(shell, choice.printer):
        return None
    after = printer.pageLayout().pageSize()
    return printer, choice, None if after.isEquivalentTo(before) else after


def makes_pdf(printer: str) -> bool:
    """Whether a printer of this name only makes PDF files, on this PC or shared by another (PC and name)."""
    return _PDF_PRINTERS.fullmatch(printer.rpartition("\\")[2].strip()) is not None


def ready(printer: QPrinter) -> bool:
    """Whether a printer is at work, as far as the system knows."""
    from PySide6.QtPrintSupport import QPrinter as Printer
    from PySide6.QtPrintSupport import QPrinterInfo

    info = QPrinterInfo(printer)
    return info.isNull() or info.state() not in (Printer.PrinterState.Error, Printer.PrinterState.Aborted)


def _may_wait(shell: Shell, name: str) -> bool:
    """Whether papers may wait for a printer that is out of order."""
    text = f"打印机“{name}”现在不能打印(脱机、暂停、缺纸或有故障)。\n可以先把文件送去排队，等打印机恢复后再印出来。"
    return shell.ask.question(shell.window, TITLE, text, yes="送去排队")


def _press(shell: Shell, printer: QPrinter, choice: Choice, forced: QPageSize | None) -> PrinterPress:
    from fupin_desktop.ui.printing import press

    return press.PrinterPress(printer, colour=choice.colour, fine=shell.preferences.fine_print, forced=forced)


# ---- printing ----------------------------------------------------------------------------------------------------
def _start(shell: Shell, run: PrintRun) -> None:
    """Print in the background; the record of it is broadcast."""
    bench = shell.bench

    def work(report: Report) -> Outcome:
        return run.go(bench, report)

    def failed(trouble: BaseException) -> None:
        if isinstance(trouble, Cancelled):
            shell.said.emit("已取消打印；已经送到打印机的页可能还会印出来。")
        shell.tasks.tell(trouble)

    shell.run("正在打印", work, lambda outcome: _ended(shell, outcome), failed=failed)


def _ended(shell: Shell, outcome: Outcome) -> None:
    """Tell where a batch was stopped half way; what was printed before is kept and said."""
    done = f"前面 {len(outcome.printed)} 份已经打印，并记入修改记录。"
    if isinstance(outcome.stopped, Cancelled):
        shell.ask.message(shell.window, TITLE, f"已取消打印。{done}")
    elif isinstance(outcome.stopped, Situation):
        stopped = outcome.stopped
        shell.tasks.tell(Situation(stopped.happened, safe=f"{done}{stopped.safe}", todo=stopped.todo))
