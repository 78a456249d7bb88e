"""数据体检: everything checked in the background, what was found, printed on one page; a paper's code compared."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QGridLayout,
    QLineEdit,
    QWidget,
)

from fupin_desktop.services import data_check
from fupin_desktop.services.data_check import Report
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.fitted_text import CopiedText
from fupin_desktop.ui.widgets.labels import button, label, restyle, rule, say
from fupin_desktop.ui.widgets.marks import Mark
from fupin_desktop.ui.widgets.scroll import ScrollColumn

_TITLE = "数据体检"
_WHAT = (
    "逐项核对：数据文件有没有损坏，操作日志有没有被改动或删去，记录是不是和日志一致，资金台账、测算和发放的金额"
    "对不对得上，台账里算出的数和来源是不是一致，定稿的文件、公示和附件有没有被换过。只检查，不改动任何数据。"
)
_SHOWN = 200
_NUMBER = "[ ]*[0-9][0-9,，]{0,12}[ ]*"
"""A number as it stands on paper, in groups of three."""


class DataCheckDialog(QDialog):
    """Begins with a button; afterwards the report."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)
        self.setWindowTitle(_TITLE)
        self.resize(820, 560)
        self._shell = shell
        self.report: Report | None = None
        self.verdict = label(_WHAT, wrap=True)
        self._grid, self.found = QGridLayout(), ScrollColumn(spacing=6)
        self.begin = button("开始体检", self.check, "primary")
        self.print, self.pdf = button("打印…", self.print_report), button("PDF…", self.save_report)
        self.code = button("核对纸上的校验码…", self.compare)
        self.mend = button("重新计算", self.reckon, tip="按来源重新计算台账里算出的数，可以撤销")
        column = vbox(on=self, margins=(18, 16, 18, 14), spacing=10)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        bottom = hbox(self.begin, self.print, self.pdf, self.code, self.mend, STRETCH, button("关闭", self.reject))
        column.addWidget(self.verdict)
        column.addLayout(self._grid)
        column.addWidget(rule())
        column.addWidget(self.found, 1)
        column.addLayout(bottom)
        self._allow()

    def _allow(self) -> None:
        for piece in (self.print, self.pdf):
            piece.setEnabled(self.report is not None)
        self.mend.setVisible(self.report is not None and self.report.mendable)

    # ---- the check ----
    def check(self) -> None:
        """开始体检."""
        bench = self._shell.bench
        self.begin.setEnabled(False)
        self._shell.run(
            "正在体检", lambda report: data_check.check(bench, report), self.show_report, failed=self._failed
        )

    def _failed(self, trouble: BaseException) -> None:
        from fupin_desktop.errors import Cancelled

        self.begin.setEnabled(True)
        if not isinstance(trouble, Cancelled):
            self._shell.tasks.tell(trouble)

    def show_report(self, report: Report) -> None:
        """Show what was found."""
        self.report = report
        self.begin.setEnabled(True)
        self.begin.setText("重新体检")
        say(self.verdict, f"{report.at:%Y-%m-%d %H:%M} {report.who}：{report.verdict}{_code(report)}")
        clear(self._grid)
        for line, part in enumerate(report.parts):
            mark = Mark("tick", "good", 14) if part.sound else Mark("bang", "must", 14)
            result = "正常" if part.sound else f"{len(part.findings):,} 处问题"
            self._grid.addWidget(mark, line, 0)
            self._grid.addWidget(label(part.title, "strong"), line, 1)
            self._grid.addWidget(label(part.looked, "muted", wrap=True), line, 2)
            self._grid.addWidget(label(result, tone="good" if part.sound else "must"), line, 3)
        self._fill_findings(report)
        self._allow()

    def _fill_findings(self, report: Report) -> None:
        clear(self.found.column)
        for number, one in enumerate(report.findings[:_SHOWN], 1):
            self.found.column.addWidget(CopiedText(f"{number}. {one.sentence}"))
            self.found.column.addWidget(label(one.todo, "note", wrap=True))
        for part in report.parts:
            for note in part.notes:
                self.found.column.addWidget(label(f"{part.title}：{note}", "note", wrap=True))
        if len(report.findings) > _SHOWN:
            self.found.column.addWidget(label(f"只列出前 {_SHOWN} 处，处理以后请再体检一次。", "note"))
        self.found.column.addStretch(1)

    def reckon(self) -> None:
        """重新计算: what registers keep as reckoned is reckoned anew; then the check is made again."""
        bench = self._shell.bench
        self._shell.run(
            "正在重新计算", lambda _report: data_check.mend(bench), lambda _change: self.check(), cancellable=False
        )

    # ---- paper ----
    def print_report(self) -> None:
        """打印."""
        from fupin_desktop.services.documents.computed import printable
        from fupin_desktop.ui.printing.front import print_paper

        print_paper(self._shell, printable("lists", "", self._paper()))

    def save_report(self) -> None:
        """PDF."""
        from fupin_desktop.ui.ask import PDF
        from fupin_desktop.ui.papers import save_paper

        paper = self._paper()
        save_paper(self._shell, "导出体检报告", f"{paper.name}.pdf", PDF, paper.write)

    def _paper(self) -> Computed:
        from fupin_desktop.services.document_types.data_check import CheckSubject
        from fupin_desktop.services.documents import computed

        assert self.report is not None
        return computed.paper(self._shell.bench, "data_check", CheckSubject(self._shell.bench, self.report))

    def compare(self) -> None:
        """核对纸上的校验码."""
        self._shell.ask.run(CodeDialog(self._shell, self))


class CodeDialog(QDialog):
    """Number and code of a paper, compared with the log as they are typed.

    Args:
        parent: The window it belongs to.
    """

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("核对纸上的校验码")
        self.setMinimumWidth(460)
        self._shell = shell
        self.number, self.code = QLineEdit(), QLineEdit()
        self.number.setValidator(QRegularExpressionValidator(QRegularExpression(_NUMBER), self))
        self.number.setPlaceholderText("页脚“操作日志第 … 号”里的数字")
        self.code.setPlaceholderText("如 ABCD-EFGH-JKLM-NPQR，大小写、横线都可以不管")
        self.told = label("照抄纸上页脚的两项。", wrap=True)
        form = QFormLayout()
        form.addRow("日志号", self.number)
        form.addRow("校验码", self.code)
        row = hbox(STRETCH, button("关闭", self.reject))
        vbox(form, self.told, row, on=self, margins=(18, 16, 18, 14), spacing=12)
        for field in (self.number, self.code):
            field.textEdited.connect(lambda _text: self._compare())

    def _compare(self) -> None:
        number, code = int("".join(filter(str.isdecimal, self.number.text())) or 0), self.code.text().strip()
        if not number or not code:
            self._say("照抄纸上页脚的两项。")
            return
        bench = self._shell.bench
        agrees = data_check.code_agrees(bench, number, code)
        if agrees is None:
            self._say(f"现在的日志里没有第 {number:,} 号：数据恢复过以前的备份，或者这张纸不是本单位的。", "principle")
        elif agrees:
            self._say("相符：到这一号为止，日志和出这张纸的时候一样。", "good")
        else:
            self._say("不符：请先看有没有抄错；没有抄错的，出纸以后日志被改动过。", "must")

    def _say(self, text: str, tone: str = "") -> None:
        self.told.setProperty("tone", tone)
        restyle(self.told)
        say(self.told, text)


def _code(report: Report) -> str:
    return f"操作日志到第 {report.log_number:,} 号，校验码 {report.code}。" if report.code else ""
