"""登记异议, 办理异议: who said what about which row, what was looked into, found, done and answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from fupin_desktop.domain.vocabulary import ObjectionResult, ObjectionWay
from fupin_desktop.services.notices import objections
from fupin_desktop.services.notices.objections import ListRow, ObjectionForm, ObjectionLine
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui import fonts
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.day_field import DayField, first_wrong
from fupin_desktop.ui.widgets.find_choice import FindChoice
from fupin_desktop.ui.widgets.labels import button, label
from fupin_desktop.ui.widgets.scroll import scrolling

_WHOLE = "公示全文"


class ObjectionDialog(QDialog):
    """One objection, from its receipt to its answer.

    Args:
        notice_key: The notice it is about.
        rows: Rows of the list that it can be about.
        line: The objection that is worked on; None registers a new one.
    """

    def __init__(
        self, shell: Shell, notice_key: str, rows: Sequence[ListRow], line: ObjectionLine | None = None
    ) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("登记异议" if line is None else "办理异议")
        self.resize(620, 720)
        self._shell, self._notice_key, self._line, self._rows = shell, notice_key, line, list(rows)
        self._fields()
        self._build()
        self._put(line.form if line is not None else ObjectionForm(shell.today, received_by=shell.bench.clerk))
        if line is not None:
            self.investigation.setFocus()

    def _fields(self) -> None:
        year = self._shell.today.year
        self.received_on, self.answered_on = DayField(year), DayField(year, "答复以后填写")
        self.way, self.found = QComboBox(), QComboBox()
        for way in ObjectionWay:
            self.way.addItem(way.label, way)
        self.about = FindChoice(self, _WHOLE, ((row.name, row) for row in self._rows))
        self.about.setAccessibleName("针对")
        self.found.addItem("还在调查", None)
        for result in ObjectionResult:
            self.found.addItem(result.label, result)
        self.named, self.corrects = QCheckBox("实名反映"), QCheckBox("名单需要更正，另出更正公示")
        self.name, self.phone = QLineEdit(), QLineEdit()
        self.received_by, self.investigator, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setPlaceholderText("姓名 (只在单位内部存档)")
        self.name.setAccessibleName("反映人姓名")
        self.phone.setPlaceholderText("电话 (只在单位内部存档)")
        self.phone.setAccessibleName("反映人电话")
        self.content, self.investigation, self.handling = (QPlainTextEdit() for _ in range(3))
        for text in (self.content, self.investigation, self.handling):
            text.setTabChangesFocus(True)
            text.setFixedHeight(66)

    def _build(self) -> None:
        page, form, who = QWidget(), QFormLayout(), hbox(self.named, self.name, self.phone, spacing=8)
        page.setProperty("role", "paper")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        form.setContentsMargins(0, 0, 8, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(7)
        rows: tuple[tuple[str, QWidget | QHBoxLayout], ...] = (
            ("收到日期 *", self.received_on), ("方式", self.way), ("反映人", who), ("针对", self.about),
            ("反映内容 *", self.content), ("受理人 *", self.received_by), ("调查情况", self.investigation),
            ("调查人", self.investigator), ("调查结论", self.found), ("处理结果", self.handling),
            ("", self.corrects), ("答复日期", self.answered_on), ("备注", self.note),
        )  # fmt: skip
        for caption, field in rows:
            if isinstance(field, QHBoxLayout):
                form.addRow(caption, field)
            else:
                form.addRow(caption, field)
        page.setLayout(form)
        self.save = button("保存", self.keep, "primary")
        self.remove = button("删除误登…", self.take_out, "danger")
        self.remove.setVisible(self._line is not None and self._line.form.answered_on is None)
        row = hbox(self.remove, STRETCH, button("取消", self.reject), self.save)
        told = "有结论、有处理结果、有答复日期才算办结；有没有办结的异议，不能出具公示结果。"
        vbox((scrolling(page), 1), label(told, "note", wrap=True), row, on=self, margins=(18, 14, 18, 12), spacing=9)

    def _put(self, form: ObjectionForm) -> None:
        fonts.ensure("".join((form.name, form.content, form.investigation, form.handling, form.row_name)))
        self.received_on.put(form.received_on)
        self.answered_on.put(form.answered_on)
        self.way.setCurrentIndex(self.way.findData(form.way))
        self.found.setCurrentIndex(max(self.found.findData(form.result), 0))
        if form.row_name:
            same = (row for row in self._rows if row.name == form.row_name and form.row_key in ("", row.key))
            self.about.put(form.row_name, next(same, ListRow(form.row_key, form.row_name)))
        self.named.setChecked(form.named)
        self.corrects.setChecked(form.corrects)
        for line in ("name", "phone", "received_by", "investigator", "note"):
            getattr(self, line).setText(getattr(form, line))
        for text in ("content", "investigation", "handling"):
            getattr(self, text).setPlainText(getattr(form, text))

    @property
    def form(self) -> ObjectionForm:
        """What stands there."""
        row = self.about.value or ListRow("", "")
        found = self.found.currentData()
        lines = {name: getattr(self, name).text().strip()
                 for name in ("name", "phone", "received_by", "investigator", "note")}  # fmt: skip
        texts = {name: getattr(self, name).toPlainText().strip() for name in ("content", "investigation", "handling")}
        return ObjectionForm(
            received_on=self.received_on.day, way=ObjectionWay(self.way.currentData()), named=self.named.isChecked(),
            row_key=row.key, row_name=row.name, result=ObjectionResult(found) if found else None,
            answered_on=self.answered_on.day, corrects=self.corrects.isChecked(), **lines, **texts,
        )  # fmt: skip

    def keep(self) -> None:
        """保存; what is no day, or no row of the list, is told, and the dialog stays."""
        fault = first_wrong(self.received_on, self.answered_on)
        if not fault and self.about.fault:
            fault = f"{self.about.fault}。"
            self.about.setFocus()
        if fault:
            self._shell.ask.message(self, self.windowTitle(), f"没有保存：{fault}")
            return
        bench, form, line = self._shell.bench, self.form, self._line

        def work() -> Change:
            if line is None:
                return objections.add(bench, self._notice_key, form)
            return objections.change(bench, line.key, form)

        self._shell.do(work, lambda _change: self.accept())

    def take_out(self) -> None:
        """删除误登."""
        line, bench = self._line, self._shell.bench
        text = "删除这件登记有误的异议？可以撤销。"
        if line is not None and self._shell.ask.question(self, "删除异议", text, yes="删除", danger=True):
            self._shell.do(lambda: objections.remove(bench, line.key), lambda _change: self.accept())
