"""Papers of the awards tab: written in the background, then offered to be opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from fupin_desktop.services import award_print, notices
from fupin_desktop.ui.ask import PDF, XLSX
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tasks import Report

if TYPE_CHECKING:
    from fupin_desktop.ui.tabs.awards import AwardsTab

Write = Callable[[Path], None]


def open_file(path: Path) -> None:
    """Show a file in the program the PC has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def save_paper(shell: Shell, title: str, name: str, kind: str, write: Write) -> None:
    """Ask where to, write in the background, offer to open what was written."""
    path = shell.ask.save_file(shell.window, title, name, kind)
    if path is None:
        return

    def work(_report: Report) -> Path:
        write(path)
        return path

    shell.run(f"正在写出 {path.name}", work, lambda written: _written(shell, written), cancellable=False)


def _written(shell: Shell, path: Path) -> None:
    shell.said.emit(f"已写出 {path}")
    if shell.ask.question(shell.window, "已写出", f"已写出“{path.name}”。", yes="打开", no="不用"):
        open_file(path)


class AwardPapers:
    """Writes the papers of the calculation shown."""

    def __init__(self, shell: Shell, tab: AwardsTab) -> None:
        self._shell, self._tab = shell, tab

    def sheet_xlsx(self) -> None:
        """测算表 as workbook."""
        bench = self._shell.bench
        self._save("导出测算表", "奖补测算表.xlsx", XLSX,
                   lambda printed: lambda path: award_print.write_xlsx(award_print.sheet(bench, printed()), path))

    def sheet_pdf(self) -> None:
        """测算表 as PDF."""
        bench = self._shell.bench
        self._save("测算表 PDF", "奖补测算表.pdf", PDF,
                   lambda printed: lambda path: award_print.write_pdf(award_print.sheet(bench, printed()), path))

    def working_pdf(self) -> None:
        """逐户计算说明 as PDF."""
        bench = self._shell.bench
        self._save("逐户计算说明 PDF", "逐户计算说明.pdf", PDF,
                   lambda printed: lambda path: award_print.write_pdf(award_print.working(bench, printed()), path))

    def scheme_pdf(self) -> None:
        """方案文本 as PDF."""
        bench, desk = self._shell.bench, self._tab.desk
        if desk is not None:
            scheme = desk.scheme
            save_paper(self._shell, "方案文本 PDF", f"{scheme.name}.pdf", PDF,
                       lambda path: award_print.write_pdf(award_print.scheme(bench, scheme), path))

    def posted_pdf(self, key: str, name: str) -> None:
        """A posted notice, the same page each time."""
        bench = self._shell.bench
        save_paper(self._shell, "公示 PDF", f"{name}.pdf", PDF, lambda path: notices.write_pdf(bench, key, path))

    def _save(
        self, title: str, name: str, kind: str, writer: Callable[[Callable[[], award_print.Printed]], Write],
    ) -> None:
        bench, desk = self._shell.bench, self._tab.desk
        if desk is None or not desk.result.awards:
            return
        result, numbers = desk.result, dict(desk.numbers)
        head = f"{result.scheme.place}{result.scheme.year}年度{result.scheme.batch}"
        save_paper(self._shell, title, head + name, kind, writer(lambda: award_print.printed(bench, result, numbers)))
