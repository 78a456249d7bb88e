"""The notices of a scheme as they were posted: to look at, to print again, to withdraw."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog

from fupin_desktop.domain.vocabulary import NoticeState
from fupin_desktop.services import award_notices
from fupin_desktop.services.documents import computed
from fupin_desktop.services.notices.model import NoticeLine
from fupin_desktop.ui import fonts
from fupin_desktop.ui.dialogs.publicity.notice import chinese_day
from fupin_desktop.ui.paper.viewer import PageViewer
from fupin_desktop.ui.papers import save_posted, when_clear
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.badge import Badge
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, say

TONES = {NoticeState.DRAFT: "plain", NoticeState.POSTED: "principle", NoticeState.ENDED: "good",
         NoticeState.WITHDRAWN: "plain", NoticeState.OBJECTED: "must"}


class PostedDialog(QDialog):
    """One notice at a time, the latest first."""

    def __init__(self, shell: Shell, lines: Sequence[NoticeLine]) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("已张贴的公示")
        self.resize(860, 700)
        self._shell, self._lines = shell, list(lines)
        self.list, self.badge, self.paper = QComboBox(), Badge(""), PageViewer()
        self.list.setAccessibleName("公示")
        self.period = label("", "muted", wrap=True)
        self.withdraw = button("撤回公示…", self.take_back, "danger")
        self.pdf = button("保存 PDF…", self.save_pdf)
        self.print = button("打印…", self.print_notice, "primary", tip="打印 (Ctrl+P)")
        QShortcut(QKeySequence.StandardKey.Print, self, self.print_notice)
        for line in self._lines:
            fonts.ensure(line.title)
            self.list.addItem(f"{line.posted_on:%Y-%m-%d} {line.title}")
        top = hbox((self.list, 1), self.badge)
        below = hbox(self.withdraw, STRETCH, button("关闭", self.reject), self.pdf, self.print)
        vbox(top, self.period, (self.paper, 1), below, on=self, margins=(16, 14, 16, 12), spacing=10)
        self.list.currentIndexChanged.connect(lambda _place: self.show_line())
        self.show_line()

    @property
    def line(self) -> NoticeLine | None:
        """The notice shown."""
        place = self.list.currentIndex()
        return self._lines[place] if 0 <= place < len(self._lines) else None

    def show_line(self) -> None:
        """Show the notice picked."""
        line, bench = self.line, self._shell.bench
        self.withdraw.setEnabled(line is not None and line.state is NoticeState.POSTED)
        self.pdf.setEnabled(line is not None)
        self.print.setEnabled(line is not None)
        self.badge.setVisible(line is not None)
        if line is None:
            say(self.period, "还没有张贴过公示。")
            return
        self.badge.set_text(line.state.label, TONES[line.state])
        left = f"，还有 {line.days_left} 天" if line.state is NoticeState.POSTED else ""
        say(self.period, f"{chinese_day(line.first)} 至 {chinese_day(line.last)}{left}")
        form = self._shell.read(lambda: award_notices.posted_paper(bench, line.key).filled())
        self.paper.show_pages(form)

    def print_notice(self) -> None:
        """Print it again, the same page each time; looked through like every public paper."""
        from fupin_desktop.ui.printing.front import print_paper

        line, bench = self.line, self._shell.bench
        if line is not None:
            paper = self._shell.read(lambda: award_notices.posted_paper(bench, line.key))
            if paper is not None:
                printable = computed.printable("notices", line.key, paper, line.title)
                when_clear(self._shell, [paper], lambda: print_paper(self._shell, printable))

    def save_pdf(self) -> None:
        """As a file."""
        if self.line is not None:
            save_posted(self._shell, self.line.key, self.line.title)

    def take_back(self) -> None:
        """撤回公示."""
        line, bench = self.line, self._shell.bench
        text = "撤回后方案回到“已议定”，可以修改、重新测算和公示。撤回的公示仍然保留。"
        if line is not None and self._shell.ask.question(self, "撤回公示", text, yes="撤回", danger=True):
            self._shell.do(lambda: award_notices.withdraw(bench, line.key), lambda _change: self.accept())
