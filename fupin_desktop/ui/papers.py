"""Papers written from the window: asked where to, written in the background, then offered to be opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from fupin_desktop.errors import FileMissing, NotAllowed
from fupin_desktop.services import award_notices
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.services.notices import files as notice_files
from fupin_desktop.ui.ask import PDF
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tasks import Report

Write = Callable[[Path], object]


def open_file(path: Path, shell: Shell) -> None:
    """Show a file or folder in the program the PC has for it; where it is gone, or there is none, that is told."""
    if not path.exists():
        gone = f"找不到“{path}”：已经移走、改名，或U盘没有插上。"
        shell.tasks.tell(FileMissing(gone, todo="请接好U盘，或到新的位置打开它。"))
    elif QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))) is False:
        safe, todo = f"它在“{path.parent}”里，没有变动。", "请安装能打开它的程序(例如 WPS)，或拿到别的电脑上打开。"
        shell.tasks.tell(NotAllowed(f"这台电脑没有能打开“{path.name}”的程序。", safe=safe, todo=todo))


def save_paper(shell: Shell, title: str, name: str, kind: str, write: Write) -> None:
    """Ask where to, write in the background, offer to open what was written."""
    path = shell.ask.save_file(shell.window, title, name, kind)
    if path is None:
        return

    def work(_report: Report) -> Path:
        write(path)
        return path

    shell.run(f"正在写出 {path.name}", work, lambda written: tell_written(shell, written), cancellable=False)


def save_long(shell: Shell, title: str, name: str, kind: str, write: Callable[[Path, Report], object]) -> None:
    """As :func:`save_paper`, for what takes long: told how far it is, and can be stopped."""
    path = shell.ask.save_file(shell.window, title, name, kind)
    if path is None:
        return

    def work(report: Report) -> Path:
        write(path, report)
        return path

    shell.run(f"正在写出 {path.name}", work, lambda written: tell_written(shell, written))


def tell_written(
    shell: Shell, path: Path, text: str = "", *, title: str = "已写出", parent: QWidget | None = None
) -> None:
    """Say that a file was written, and offer to open it or its folder.

    Args:
        shell: The window's services.
        path: The file.
        text: What is said of it; empty for its name.
        title: Of the message.
        parent: Dialog in front; None for the window.
    """
    shell.said.emit(f"已写出 {path}")
    shown = shell.ask.written(parent or shell.window, title, text or f"已写出“{path.name}”。", path)
    if shown is not None:
        open_file(shown, shell)


def when_clear(shell: Shell, papers: Sequence[Computed], go: Callable[[], object]) -> None:
    """Look through notices for numbers of persons in the background; go on only where nothing is found."""
    bench = shell.bench
    shell.run("正在检查公示", lambda _report: notice_files.all_clear(bench, papers), lambda _clear: go())


def save_posted(shell: Shell, key: str, name: str) -> None:
    """A posted notice, the same page each time."""
    bench = shell.bench

    def write(path: Path) -> None:
        notice_files.write_pdf(bench, award_notices.posted_paper(bench, key), path)

    save_paper(shell, "公示 PDF", f"{name}.pdf", PDF, write)
