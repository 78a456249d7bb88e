"""补登已签纸质意见: the boxes of a paper that was signed by hand, entered in one go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QGridLayout, QLineEdit

from fupin_desktop.services.documents.model import FlowStep, Opinion
from fupin_desktop.ui import fonts
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.day_field import DayField
from fupin_desktop.ui.widgets.labels import button, label, say
from fupin_desktop.ui.widgets.name_field import name_field

AGREED = "同意。"
_HEADINGS = ("意见", "", "内容", "负责人", "日期")

Keep = Callable[[Mapping[str, Opinion], Callable[[], object]], object]


class BoxRow(NamedTuple):
    """The fields of one box."""

    box: str
    label: str
    agree: QCheckBox
    text: QLineEdit
    name: QComboBox
    day: DayField

    @property
    def opinion(self) -> Opinion:
        """What stands in the fields."""
        return Opinion(True, self.text.text().strip(), self.name.currentText().strip(), self.day.day)

    @property
    def ready(self) -> bool:
        """Whether it can be entered."""
        return bool(self.name.currentText().strip()) and self.day.day is not None and not self.day.fault


class SignedPaperDialog(QDialog):
    """One row for each box that is still waited for; only those ticked as agreeing are entered.

    Args:
        steps: The boxes from the one that is waited for, in the order of the signatures.
        names: Names proposed, by box.
        keep: Writes the opinions and calls what it is handed once they are taken. A refusal is told, and the dialog
            stays.

    Attributes:
        rows: The fields of each box.
    """

    def __init__(
        self, shell: Shell, steps: Sequence[FlowStep], names: Mapping[str, Sequence[str]], keep: Keep
    ) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("补登已签纸质意见")
        self.setMinimumWidth(720)
        self._keep = keep
        self.rows = [self._row(shell, step, names.get(step.box, ())) for step in steps]
        self.all = button("全部同意", self.agree_all, tip="纸上每一级都签了同意")
        self.save = button("登记", self.finish, "primary")
        self.note = label("", "note", wrap=True)
        self._build()
        self._changed()
        self.rows[0].agree.setFocus()

    def _row(self, shell: Shell, step: FlowStep, names: Sequence[str]) -> BoxRow:
        row = BoxRow(
            step.box, step.label, QCheckBox("同意"), QLineEdit(), name_field(names),
            DayField(shell.today.year, short=True),
        )
        row.text.setPlaceholderText(AGREED)
        row.day.put(shell.today)
        row.agree.toggled.connect(lambda _on: self._changed())
        row.name.editTextChanged.connect(lambda _text: self._changed())
        row.text.textEdited.connect(fonts.ensure)
        row.day.day_changed.connect(lambda: self._dated(row))
        row.day.textEdited.connect(lambda _text: self._changed())
        for field, word in ((row.agree, "同意"), (row.text, "内容"), (row.name, "负责人"), (row.day, "日期")):
            field.setAccessibleName(f"{step.label} {word}")
        return row

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(2, 1)
        for column, text in enumerate(_HEADINGS):
            grid.addWidget(label(text, "muted"), 0, column)
        for place, row in enumerate(self.rows, 1):
            grid.addWidget(label(row.label, wrap=True), place, 0)
            for column, field in enumerate((row.agree, row.text, row.name, row.day), 1):
                grid.addWidget(field, place, column)
        foot = hbox(self.all, STRETCH, button("取消", self.reject), self.save)
        vbox(
            label("按纸上签好的逐级登记；没有签的不要勾选。不同意的请用“填写意见”。", "muted", wrap=True), grid,
            self.note, foot, on=self, margins=(20, 18, 20, 14), spacing=12,
        )  # fmt: skip

    @property
    def taken(self) -> list[BoxRow]:
        """The rows that are ticked, up to the first that is not."""
        found: list[BoxRow] = []
        for row in self.rows:
            if not row.agree.isChecked():
                break
            found.append(row)
        return found

    def agree_all(self) -> None:
        """Tick every row."""
        for row in self.rows:
            row.agree.setChecked(True)
        empty = next((row for row in self.rows if not row.name.currentText().strip()), None)
        (empty.name if empty is not None else self.save).setFocus()

    def _dated(self, changed: BoxRow) -> None:
        """Later boxes are not signed before this one: those with an earlier date take its day."""
        day = changed.day.day
        for row in self.rows[self.rows.index(changed) + 1 :]:
            other = row.day.day
            if day is not None and (other is None or other < day):
                row.day.put(day)
        self._changed()

    def _changed(self) -> None:
        taken = self.taken
        skipped = len(taken) < sum(row.agree.isChecked() for row in self.rows)
        unready = [row.label for row in taken if not row.ready]
        if skipped:
            note = f"“{self.rows[len(taken)].label}”还没有勾选，后面的不能先登记。"
        elif unready:
            note = f"“{unready[0]}”请填好负责人和日期。"
        elif taken and len(taken) == len(self.rows):
            note = "最后一级也已签署：登记以后即批准，版面和数据存档，不再变动。"
        else:
            note = "先勾选纸上已签同意的各级，再核对负责人和日期。" if not taken else f"登记 {len(taken)} 级意见。"
        say(self.note, note)
        self.save.setEnabled(bool(taken) and not skipped and not unready)

    def finish(self) -> None:
        """Write them; where one is refused none is written and the dialog stays."""
        self._keep({row.box: row.opinion for row in self.taken}, self.accept)
