"""公示: period, names, places; the notice as it will hang, and what keeps it from being posted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from fupin_desktop.errors import Situation
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services import award_notices, awards, schemes
from fupin_desktop.services.documents import computed
from fupin_desktop.services.notices.model import NoticeDraft, NoticeSettings
from fupin_desktop.services.notices.posting import SHORT
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.ask import PDF
from fupin_desktop.ui.paper.viewer import PageViewer
from fupin_desktop.ui.papers import save_paper, save_posted
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.labels import button, label, say
from fupin_desktop.ui.widgets.problem_list import ProblemList

_PAUSE_MS = 200
_LONGEST = 180
_WEEKDAYS = "一二三四五六日"


def chinese_day(day: date) -> str:
    """“2026年12月24日(星期四)”."""
    return f"{day.year}年{day.month}月{day.day}日(星期{_WEEKDAYS[day.weekday()]})"


class NoticeDialog(QDialog):
    """Settles a notice again after each change of its settings.

    Attributes:
        settled: The notice as it would be posted now; None while it cannot be settled.
        posted: Key of the notice after 张贴公示.
    """

    def __init__(self, shell: Shell, scheme: str, run: str) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("生成公示")
        self.resize(1180, 700)
        self._shell, self._scheme, self._run = shell, scheme, run
        self.settled: NoticeDraft | None = None
        self.posted = ""
        usual = NoticeSettings(shell.today, 10)
        self._defaults = shell.read(lambda: award_notices.default_settings(shell.bench)) or usual
        self._fields()
        self._build()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self.settle)
        self._connect()
        self.settle()

    # ---- building ----
    def _fields(self) -> None:
        start = self._defaults
        self.day, self.days = QDateEdit(), QSpinBox()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setDate(QDate(start.posted_on.year, start.posted_on.month, start.posted_on.day))
        self.days.setRange(1, _LONGEST)
        self.days.setValue(start.days)
        self.days.setSuffix(" 天")
        self.natural, self.working = QRadioButton("自然日"), QRadioButton("工作日")
        self._kinds = QButtonGroup(self)
        for one in (self.natural, self.working):
            self._kinds.addButton(one)
        (self.working if start.working else self.natural).setChecked(True)
        self.start_counted = QCheckBox("张贴当天算第 1 天")
        self.start_counted.setChecked(start.start_counted)
        self.roll = QCheckBox("期满日逢休息日顺延到工作日")
        self.roll.setChecked(start.roll_to_working)
        self.masked = QCheckBox("姓名隐去一字 (张*三)")
        self.masked.setChecked(start.mask_names)
        self.board, self.publisher = QLineEdit(start.board), QLineEdit(start.publisher)
        self.board.setPlaceholderText("空：村公示栏")
        self.publisher.setPlaceholderText("空：方案的村(居)委会")
        self.reason = QPlainTextEdit()
        self.reason.setPlaceholderText("公示期少于规定天数时写明理由")
        self.reason.setFixedHeight(58)

    def _build(self) -> None:
        self.paper, self.problems = PageViewer(), ProblemList()
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addWidget(self._left())
        middle.addWidget(self.paper, 1)
        self.pdf = button("保存 PDF…", self.save_pdf)
        self.print = button("打印…", self.print_notice, tip="打印 (Ctrl+P)")
        QShortcut(QKeySequence.StandardKey.Print, self, self.print_notice)
        self.post = button("张贴公示", self.publish, "primary", tip="内容定稿，方案状态改为已公示")
        row = QHBoxLayout()
        row.addWidget(label("张贴后内容不再变动；需要更正的，先撤回公示。", "note"))
        row.addStretch(1)
        row.addWidget(button("关闭", self.reject))
        row.addWidget(self.print)
        row.addWidget(self.pdf)
        row.addWidget(self.post)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(middle, 1)
        column.addLayout(row)

    def _left(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(400)
        kinds = QHBoxLayout()
        kinds.setSpacing(14)
        for one in (self.days, self.natural, self.working):
            kinds.addWidget(one)
        kinds.addStretch(1)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(7)
        form.addRow("张贴日期", self.day)
        form.addRow("公示期", kinds)
        form.addRow("", self.start_counted)
        form.addRow("", self.roll)
        form.addRow("", self.masked)
        form.addRow("张贴地点", self.board)
        form.addRow("落款单位", self.publisher)
        self.reason_caption = label("理由", "")
        form.addRow(self.reason_caption, self.reason)
        self.period, self.warning = label("", "title", wrap=True), label("", tone="principle", wrap=True)
        self.contacts = label("", "note", wrap=True)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(form)
        for part in (self.period, self.warning, self.contacts, label("检查", "title")):
            column.addWidget(part)
        column.addWidget(self.problems, 1)
        return side

    def _connect(self) -> None:
        wait = self._timer.start
        self.day.dateChanged.connect(lambda _day: wait())
        self.days.valueChanged.connect(lambda _days: wait())
        self._kinds.buttonToggled.connect(lambda _button, _on: wait())
        for box in (self.start_counted, self.roll, self.masked):
            box.toggled.connect(lambda _on: wait())
        for line in (self.board, self.publisher):
            line.textEdited.connect(lambda _text: wait())
        self.reason.textChanged.connect(wait)
        self.problems.clause_asked.connect(self._shell.clause_wanted)
        self.problems.reason_asked.connect(self.write_reason)

    # ---- settling ----
    @property
    def settings(self) -> NoticeSettings:
        """The settings as they stand."""
        picked = self.day.date()
        return NoticeSettings(
            posted_on=date(picked.year(), picked.month(), picked.day()),
            days=self.days.value(),
            working=self.working.isChecked(),
            start_counted=self.start_counted.isChecked(),
            roll_to_working=self.roll.isChecked(),
            mask_names=self.masked.isChecked(),
            board=self.board.text().strip(),
            publisher=self.publisher.text().strip(),
            reason=self.reason.toPlainText().strip(),
        )

    def settle(self) -> None:
        """Settle the notice and show it."""
        self._timer.stop()
        bench, run, settings = self._shell.bench, self._run, self.settings
        try:
            self.settled = award_notices.prepare(bench, run, settings)
            form = award_notices.paper(bench, self.settled.notice).filled()
        except Situation as fault:
            self.settled = None
            say(self.period, fault.happened)
            self.paper.show_pages(None)
            self._allow()
            return
        self.paper.show_pages(form)
        self._tell(self.settled)

    def _tell(self, settled: NoticeDraft) -> None:
        span = settled.period
        kind = "个工作日" if span.working else "天"
        say(self.period, f"{chinese_day(span.first)} 至 {chinese_day(span.last)}，共 {span.days} {kind}")
        say(self.warning, "；".join(span.warnings))
        self.warning.setVisible(bool(span.warnings))
        given = "；".join(contact.line for contact in settled.notice.contacts)
        say(self.contacts, f"监督电话：{given}" if given else "监督电话还没有填，请在“工具—设置”里补上。")
        shown = [replace(problem, subjects=()) for problem in settled.problems]
        self.problems.set_problems(shown, "没有问题，可以张贴")
        short = any(problem.code == SHORT for problem in settled.problems)
        self.reason.setVisible(short or bool(self.reason.toPlainText()))
        self.reason_caption.setVisible(self.reason.isVisibleTo(self))
        self._allow()

    def _allow(self) -> None:
        may = self.settled is not None and self.settled.may_be_posted
        self.post.setEnabled(may and not self.posted)
        self.pdf.setEnabled(self.settled is not None)
        self.pdf.setText("保存 PDF…" if may else "保存草稿 PDF…")
        self.print.setEnabled(self.settled is not None)
        self.print.setText("打印…" if may else "打印草稿…")

    # ---- acting ----
    def write_reason(self, problem: Problem) -> None:
        """填写说明: of the period here, of the calculation in the scheme, which is then calculated anew."""
        if problem.code == SHORT:
            self.reason.setFocus()
            return
        asked = f"{problem.sentence}\n请写明理由(会写进方案和测算):"
        text = self._shell.ask.text(self, "填写说明", asked, problem.reason, long=True)
        if text:
            self._explain(problem.code, text)

    def _explain(self, code: str, text: str) -> None:
        bench, key, run = self._shell.bench, self._scheme, self._run
        kept = self._shell.read(lambda: awards.load_run(bench, run))
        if kept is None:
            return
        scheme = kept.result.scheme
        explained = replace(scheme, reasons={**scheme.reasons, code: text})
        if self._shell.do(lambda: schemes.save(bench, key, explained)) is not None:
            self._shell.run(
                "正在测算", lambda report: awards.recalculate(bench, key, progress=report), self._calculated,
            )

    def _calculated(self, change: Change) -> None:
        self._run = change.keys[0]
        self.settle()

    def save_pdf(self) -> None:
        """Write the notice as it stands; a blocked one is marked 草稿 on every page."""
        if self.settled is not None:
            bench, notice = self._shell.bench, self.settled.notice
            name = f"{notice.title_shown}{'(草稿)' if notice.draft else ''}.pdf"
            save_paper(self._shell, "公示 PDF", name, PDF,
                       award_notices.paper(bench, notice).write)

    def print_notice(self) -> None:
        """Print the notice as it stands; a blocked one is marked 草稿 on every page."""
        from fupin_desktop.ui.printing.front import print_paper

        if self.settled is not None:
            bench, notice = self._shell.bench, self.settled.notice
            title = f"{notice.title_shown}{'(草稿)' if notice.draft else ''}"
            paper = award_notices.paper(bench, notice)
            print_paper(self._shell, computed.printable("awards", self._scheme, paper, title))

    def publish(self) -> None:
        """张贴公示: freeze the notice; then offer its PDF."""
        bench, run, settings = self._shell.bench, self._run, self.settings
        text = "张贴后名单和金额不再变动，方案状态改为“已公示”。现在张贴吗？"
        if self._shell.ask.question(self, "张贴公示", text, yes="张贴"):
            self._shell.do(lambda: award_notices.publish(bench, run, settings), self._published)

    def _published(self, change: Change) -> None:
        self.posted = change.keys[0]
        name = self.settled.notice.title_shown if self.settled else "公示"
        save_posted(self._shell, self.posted, name)
        self.accept()
