"""填写意见 of a sign-off box, and 退回 with its reason: text, name, day."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFormLayout,
    QPlainTextEdit,
    QRadioButton,
)

from fupin_desktop.services.documents.model import Opinion
from fupin_desktop.ui import fonts
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.day_field import DayField
from fupin_desktop.ui.widgets.labels import button, label, say
from fupin_desktop.ui.widgets.name_field import name_field

AGREED = "同意。"
Keep = Callable[[Opinion, Callable[[], object]], object]


class OpinionDialog(QDialog):
    """Nothing is agreed to unless the clerk picks it.

    Args:
        title: Label of the box, or what is returned.
        keep: Writes the opinion and calls what it is handed once it is taken. A refusal is told, and the dialog stays.
        back: Whether the document is returned: then there is nothing to agree to.
        last: Whether the document is approved with it.
        names: Names proposed, the likeliest first.
    """

    def __init__(
        self, shell: Shell, title: str, keep: Keep, *, back: bool = False, last: bool = False,
        names: Sequence[str] = (),
    ) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("退回" if back else "填写意见")
        self.setMinimumWidth(520)
        self._keep, self._back = keep, back
        self._fields(shell, names)
        self._build(title, last)
        self._picked()
        (self.text if back else self.agree).setFocus()

    def _fields(self, shell: Shell, names: Sequence[str]) -> None:
        self.agree, self.refuse = QRadioButton("同意"), QRadioButton("不同意")
        self._choice = QButtonGroup(self)
        for one in (self.agree, self.refuse):
            self._choice.addButton(one)
            one.toggled.connect(lambda _on: self._picked())
        self.text, self.names, self.day = QPlainTextEdit(), name_field(names), DayField(shell.today.year)
        line = self.names.lineEdit()
        assert line is not None
        self.name = line
        self.text.setFixedHeight(96)
        self.text.setTabChangesFocus(True)
        for changed in (self.text.textChanged, self.name.textChanged):
            changed.connect(lambda *_text: self._typed())
        self.day.put(shell.today)
        self.day.textEdited.connect(lambda _text: self._typed())
        self.day.day_changed.connect(self._typed)

    def _build(self, title: str, last: bool) -> None:
        form, choice = QFormLayout(), hbox(self.agree, self.refuse, STRETCH, spacing=20)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        for one in (self.agree, self.refuse):
            one.setVisible(not self._back)
        if not self._back:
            form.addRow("结论", choice)
        form.addRow("退回原因" if self._back else "意见", self.text)
        form.addRow("经办人" if self._back else "负责人", self.names)
        form.addRow("日期", self.day)
        self.note = label("", "note", wrap=True)
        self._last = last
        self.save = button("退回" if self._back else "确定", self.finish, "danger" if self._back else "primary")
        row = hbox(STRETCH, button("取消", self.reject), self.save)
        vbox(label(title, "title", wrap=True), form, self.note, row, on=self, margins=(20, 18, 20, 14), spacing=10)

    @property
    def opinion(self) -> Opinion:
        """What stands in the fields."""
        agrees = self.agree.isChecked() and not self._back
        text = self.text.toPlainText().strip()
        return Opinion(agrees, text, self.name.text().strip(), self.day.day)

    @property
    def _follows(self) -> str:
        """What follows from what is picked."""
        if self._back:
            return "退回后由填报人修改、重新提交；原因和已签署的意见留在办理记录里。"
        if self.agree.isChecked():
            return "这是最后一级：批准后版面和数据存档，不再变动。" if self._last else "同意后转到下一级。"
        if self.refuse.isChecked():
            return "不同意的退回填报人修改；请在意见里写明理由。"
        return "请先选“同意”或“不同意”。打印出来手写的，等签好后再登记。"

    def _picked(self) -> None:
        """Another conclusion: an empty opinion is printed as something else."""
        self.text.setPlaceholderText(AGREED if self.agree.isChecked() else "" if self._back else "理由")
        self.text.viewport().update()  # Qt draws it only where there was none before
        self._typed()

    def _typed(self) -> None:
        fonts.ensure(self.text.toPlainText() + self.name.text())
        given = bool(self.text.toPlainText().strip())
        ready = given if self._back else self.agree.isChecked() or (self.refuse.isChecked() and given)
        dated = self.day.day is not None and not self.day.fault
        named = self._back or bool(self.name.text().strip())
        self.save.setEnabled(ready and dated and named)
        lacking = [word for word, there in (("负责人", named), ("日期", dated)) if not there]
        say(self.note, f"{self._follows}还没有填{'、'.join(lacking)}。" if ready and lacking else self._follows)

    def finish(self) -> None:
        """Write it; where it is refused the dialog stays."""
        self._keep(self.opinion, self.accept)
