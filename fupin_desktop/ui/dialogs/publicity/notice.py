"""公示: period, names, places; the notice as it will hang, and what keeps it from being posted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from fupin_desktop.errors import Situation
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services import awards, schemes
from fupin_desktop.services.documents import computed
from fupin_desktop.services.notices import files as notice_files
from fupin_desktop.services.notices import kinds, posting
from fupin_desktop.services.notices.model import NoticeDraft, NoticeSettings
from fupin_desktop.services.notices.posting import SHORT
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.ask import PDF
from fupin_desktop.ui.paper.viewer import PageViewer
from fupin_desktop.ui.papers import save_paper, when_clear
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.day_field import DayField
from fupin_desktop.ui.widgets.labels import button, label, say
from fupin_desktop.ui.widgets.problem_list import ProblemList
from fupin_desktop.ui.widgets.scroll import scrolling

_PAUSE_MS = 200
_LONGEST = 180
_LEFT, _CHECKS = 400, 72
"""Width of the settings, least height of what was found, logical pixels."""
_WEEKDAYS = "一二三四五六日"
_FINAL = {
    True: "张贴后内容不再变动，公示期从张贴日起计算；需要更正的，先撤回公示。",
    False: "出具后内容不再变动，异议情况取自异议登记；需要更正的，先撤回。",
}


def chinese_day(day: date) -> str:
    """“2026年12月24日(星期四)”."""
    return f"{day.year}年{day.month}月{day.day}日(星期{_WEEKDAYS[day.weekday()]})"


class NoticeDialog(QDialog):
    """Settles a notice again after each change of its settings.

    Attributes:
        settled: The notice as it would be posted now; None while it cannot be settled.
        posted: Key of the notice after 张贴公示.
    """

    def __init__(self, shell: Shell, kind: str, key: str) -> None:
        super().__init__(shell.window)
        self._shell, self._kind, self._key = shell, kinds.of(kind), key
        self.setWindowTitle(self._kind.title)
        self.setProperty("enterStays", True)  # nothing is posted by going on from a field
        self.resize(1180, 700)
        self.settled: NoticeDraft | None = None
        self.posted = ""
        usual = NoticeSettings(shell.today, 10)
        self._defaults = shell.read(lambda: posting.default_settings(shell.bench, self._kind, key)) or usual
        self._fields()
        self._build()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self.settle)
        self._connect()
        self.settle()

    # ---- building ----
    def _fields(self) -> None:
        start = self._defaults
        self.day, self.days = DayField(start.posted_on.year), QSpinBox()
        self.days.setAccessibleName("公示天数")
        self.day.put(start.posted_on)
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
        self.number, self.note = QLineEdit(), QPlainTextEdit()
        self.number.setPlaceholderText("可空，如 低岭村委〔2026〕5号")
        self.note.setPlaceholderText("可空：分配原则、需要说明的事")
        self.note.setFixedHeight(58)
        self.board.setPlaceholderText("空：本村(镇)公示栏；几处用顿号隔开")
        self.publisher.setPlaceholderText("空：村(居)委会或本单位")
        self.reason = QPlainTextEdit()
        self.reason.setPlaceholderText("公示期少于规定天数时写明理由")
        self.reason.setFixedHeight(58)

    def _build(self) -> None:
        self.paper, self.problems = PageViewer(), ProblemList(words=self._shell.clause_words)
        middle = hbox(self._left(), (self.paper, 1), spacing=14)
        self.pdf = button("保存 PDF…", self.save_pdf)
        self.print = button("打印…", self.print_notice, tip="打印 (Ctrl+P)")
        QShortcut(QKeySequence.StandardKey.Print, self, self.print_notice)
        word = "张贴公示" if self._kind.period else "出具结果"
        self.post = button(word, self.publish, "primary", tip="内容定稿，以后不再变动")
        row = hbox(
            (label(_FINAL[self._kind.period], "note", wrap=True), 1), button("关闭", self.reject), self.print,
            self.pdf, self.post,
        )  # fmt: skip
        vbox((middle, 1), row, on=self, margins=(16, 14, 16, 12), spacing=10)

    def _left(self) -> QWidget:
        """The settings, which scroll where the screen is low, and what was found."""
        side = QWidget()
        counted = hbox(self.days, self.natural, self.working, STRETCH, spacing=14)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(7)
        form.addRow("张贴日期" if self._kind.period else "日期", self.day)
        if self._kind.period:
            form.addRow("公示期", counted)
            for box in (self.start_counted, self.roll, self.masked):
                form.addRow("", box)
            form.addRow("张贴地点", self.board)
        form.addRow("落款单位", self.publisher)
        if self._kind.name != "awards":
            form.addRow("文号", self.number)
            form.addRow("补充说明", self.note)
        self.reason_caption = label("理由", "")
        form.addRow(self.reason_caption, self.reason)
        self.period, self.warning = label("", "title", wrap=True), label("", tone="principle", wrap=True)
        self.contacts = label("", "note", wrap=True)
        self.problems.setMinimumHeight(_CHECKS)
        vbox(
            form, self.period, self.warning, self.contacts, label("检查", "title"), (self.problems, 1), on=side,
            margins=0, spacing=8,
        )  # fmt: skip
        area = scrolling(side)
        area.setFixedWidth(_LEFT)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _connect(self) -> None:
        wait = self._timer.start
        self.day.textChanged.connect(lambda _text: wait())
        self.days.valueChanged.connect(lambda _days: wait())
        self._kinds.buttonToggled.connect(lambda _button, _on: wait())
        for box in (self.start_counted, self.roll, self.masked):
            box.toggled.connect(lambda _on: wait())
        for line in (self.board, self.publisher, self.number):
            line.textEdited.connect(lambda _text: wait())
        for text in (self.reason, self.note):
            text.textChanged.connect(wait)
        self.problems.clause_asked.connect(self._shell.clause_wanted)
        self.problems.reason_asked.connect(self.write_reason)

    # ---- settling ----
    @property
    def settings(self) -> NoticeSettings:
        """The settings as they stand; without a day the one proposed."""
        return NoticeSettings(
            posted_on=self.day.day or self._defaults.posted_on,
            days=self.days.value(),
            working=self.working.isChecked(),
            start_counted=self.start_counted.isChecked(),
            roll_to_working=self.roll.isChecked(),
            mask_names=self.masked.isChecked(),
            board=self.board.text().strip(),
            publisher=self.publisher.text().strip(),
            reason=self.reason.toPlainText().strip(),
            number=self.number.text().strip(),
            note=self.note.toPlainText().strip(),
        )

    def settle(self) -> None:
        """Settle the notice and show it."""
        self._timer.stop()
        bench, kind = self._shell.bench, self._kind
        if self.day.day is None:
            self._unsettled(self.day.fault or "请填写日期")
            return
        try:
            self.settled = posting.prepare(bench, kind.name, self._key, self.settings)
            form = posting.draft_paper(bench, kind.name, self.settled.notice).filled()
        except Situation as fault:
            self._unsettled(f"{fault.happened}{fault.todo}")
            return
        self.paper.show_pages(form)
        self._tell(self.settled)

    def _unsettled(self, told: str) -> None:
        """There is no notice yet; say why."""
        self.settled = None
        say(self.period, told)
        self.problems.show_none()
        self.paper.show_pages(None)
        self._allow()

    def _tell(self, settled: NoticeDraft) -> None:
        span = settled.period
        kind = "个工作日" if span.working else "天"
        told = f"{chinese_day(span.first)} 至 {chinese_day(span.last)}，共\u00a0{span.days}\u00a0{kind}"
        say(self.period, told if self._kind.period else f"{chinese_day(span.first)}出具")
        say(self.warning, "；".join(span.warnings))
        self.warning.setVisible(bool(span.warnings))
        given = "；".join(contact.line for contact in settled.notice.contacts)
        say(self.contacts, f"监督电话：{given}" if given else "监督电话还没有填，请在“工具 → 设置…”里补上。")
        self.contacts.setVisible(self._kind.period)
        shown = [replace(problem, subjects=()) for problem in settled.problems]
        self.problems.set_problems(shown, f"没有问题，可以{'张贴' if self._kind.period else '出具'}")
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
        asked = f"{problem.sentence}\n请写明理由(会写进方案和测算)："
        text = self._shell.ask.text(self, "填写说明", asked, problem.reason, long=True)
        if text:
            self._explain(problem.code, text)

    def _explain(self, code: str, text: str) -> None:
        """Keep the reason in the scheme, and calculate it anew with it."""
        bench, draft = self._shell.bench, self.settled
        key = draft.about.key if draft is not None and draft.about is not None else ""
        scheme = self._shell.read(lambda: schemes.load(bench, key))
        if scheme is None:
            return
        explained = replace(scheme, reasons={**scheme.reasons, code: text})
        self._shell.do(lambda: schemes.save(bench, key, explained), lambda _change: self._recalculate(key))

    def _recalculate(self, key: str) -> None:
        work = partial(awards.recalculate, self._shell.bench, key)
        self._shell.run("正在测算", lambda report: work(progress=report), lambda _change: self.settle())

    @property
    def _name(self) -> str:
        draft = self.settled
        return f"{draft.notice.title_shown}{'(草稿)' if draft.notice.draft else ''}" if draft is not None else ""

    def save_pdf(self) -> None:
        """Write the notice as it stands; a blocked one is marked 草稿 on every page."""
        if self.settled is not None:
            paper = posting.draft_paper(self._shell.bench, self._kind.name, self.settled.notice)
            bench = self._shell.bench
            save_paper(
                self._shell, "公示 PDF", f"{self._name}.pdf", PDF,
                lambda path: notice_files.write_pdf(bench, paper, path),
            )

    def print_notice(self) -> None:
        """Print the notice as it stands; a blocked one is marked 草稿 on every page."""
        from fupin_desktop.ui.printing.front import print_paper

        if self.settled is not None:
            paper = posting.draft_paper(self._shell.bench, self._kind.name, self.settled.notice)
            printable = computed.printable("notices", self._key, paper, self._name)
            when_clear(self._shell, [paper], lambda: print_paper(self._shell, printable))

    def publish(self) -> None:
        """张贴公示 (a result: 出具): freeze it as shown; its papers wait in the tab 公示备案."""
        bench, kind, key, settings = self._shell.bench, self._kind.name, self._key, self.settings
        self._shell.do(lambda: posting.publish(bench, kind, key, settings), self._published)

    def _published(self, change: Change) -> None:
        self.posted = change.keys[0]
        self.accept()
