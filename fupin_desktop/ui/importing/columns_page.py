"""Page 3: each column of the file beside the field it is taken for, with some of its values."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from fupin_desktop.override import override
from fupin_desktop.services.imports.given import sound
from fupin_desktop.services.imports.headings import ImportField
from fupin_desktop.services.imports.keeping import kept_columns
from fupin_desktop.services.imports.mapping import Mapping
from fupin_desktop.services.sheets.facts import column_letters
from fupin_desktop.ui.importing.given_fields import GivenFields
from fupin_desktop.ui.importing.models import cell_text
from fupin_desktop.ui.importing.state import State
from fupin_desktop.ui.importing.steps import Page
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.widgets.boxes import vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.labels import label, restyle, say
from fupin_desktop.ui.widgets.scroll import ScrollColumn
from fupin_desktop.ui.widgets.tips import as_tip

_SAMPLES = 3
_LOOKED_AT = 60
_LONG = 24
_MOST_NAMED = 6
_MOST_LISTED = 150
"""Columns listed besides those that are known: lists of national systems have a hundred, a stray sheet thousands."""
_LEFT_OUT = "(不导入)"


class ColumnsPage(Page):
    """A line for every column that has a heading or values.

    Attributes:
        choices: The choice of field by column.
    """

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.choices: dict[int, QComboBox] = {}
        self.verdict = label("", wrap=True)
        self.given = GivenFields(state, self._tell)
        self._scroll = ScrollColumn(spacing=0)
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(16)
        self._lines.setVerticalSpacing(6)
        self._lines.setContentsMargins(12, 8, 12, 8)
        for column, stretch in ((0, 3), (1, 4), (2, 3)):
            self._lines.setColumnStretch(column, stretch)
        self._scroll.column.addLayout(self._lines)
        self._scroll.column.addStretch(1)
        self._scroll.setProperty("boxed", "true")
        vbox(
            self.verdict, self.given, (self._scroll, 1),
            label("这里的选择会记住，下次导入同样表头的文件时不用再选。", "note"), on=self, margins=0, spacing=10,
        )  # fmt: skip

    @override
    def enter(self) -> None:
        """List the columns."""
        mapping = self.state.chosen_mapping
        clear(self._lines)
        self.choices = {}
        for place, text in enumerate(("文件里的列", "其中的内容", "导入为")):
            self._lines.addWidget(label(text, "note"), 0, place)
        left = 0
        for column, heading in enumerate(mapping.headings):
            if mapping.columns[column] or len(self.choices) < _MOST_LISTED:
                samples = self._samples(column, mapping.first_row)
                if mapping.columns[column] or heading or samples:
                    self._add(column, heading, samples, mapping)
            elif heading or self._samples(column, mapping.first_row):
                left += 1
        if left:
            text = f"后面还有 {left:,} 列没有列出来，不对应到台账。要用的列，请在表里移到前面再导入。"
            self._lines.addWidget(label(text, "note", wrap=True), self._lines.rowCount(), 0, 1, 3)
        self.given.show_lacking()
        self._tell()

    def _add(self, column: int, heading: str, samples: list[str], mapping: Mapping) -> None:
        line = self._lines.rowCount()
        name = label(f"{column_letters(column)}  {heading or '(没有表头)'}", wrap=True)
        joined = "、".join(samples) or "(空)"
        shown = label(joined if len(joined) <= _LONG else f"{joined[:_LONG]}…", "muted")
        shown.setToolTip(as_tip("\n".join(samples)))
        self.choices[column] = choice = self._choice(mapping, column)
        for place, widget in enumerate((name, shown, choice)):
            self._lines.addWidget(widget, line, place, Qt.AlignmentFlag.AlignVCenter)

    def _choice(self, mapping: Mapping, column: int) -> QComboBox:
        made = QComboBox()
        made.setMaxVisibleItems(22)
        made.addItem(_LEFT_OUT, None)
        group = ""
        for key, field in mapping.kind.fields.items():
            if field.group != group:
                group = field.group
                made.insertSeparator(made.count())
            made.addItem(_name(field), key)
        made.setCurrentIndex(max(0, made.findData(mapping.columns[column])))
        made.setAccessibleName(mapping.headings[column] or column_letters(column))
        made.activated.connect(partial(self._take, column))
        made.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
        return made

    def _samples(self, column: int, first: int) -> list[str]:
        """Some different values of a column."""
        sheet = self.state.read_preview.raw
        rows = range(first, min(first + _LOOKED_AT, len(sheet.rows)))
        texts = dict.fromkeys(cell_text(sheet.cell(row, column)) for row in rows)
        return [text for text in texts if text][:_SAMPLES]

    def _take(self, column: int, _place: int) -> None:
        """A field stands in one column only: where it stood before, the column is left out."""
        mapping = self.state.chosen_mapping
        mapping = mapping.with_column(column, self.choices[column].currentData())
        self.state.mapping = mapping
        for other, choice in self.choices.items():
            with quiet(choice):
                choice.setCurrentIndex(max(0, choice.findData(mapping.columns[other])))
        self.given.show_lacking()
        self._tell()

    def _tell(self) -> None:
        missing, mapping = self.state.missing(), self.state.chosen_mapping
        known = sum(1 for key in mapping.columns if key)
        left = "原样留存，按同样的表头导出时带回" if kept_columns(mapping) else "不会导入"
        text = f"已对应 {known} 列。选“{_LEFT_OUT}”的列{left}；文件里没有的内容保持台账里原来的样子。"
        tone = ""
        given = sound(mapping, self.state.answers.given, self.state.read_preview.today)
        if absent := mapping.kind.absent({*mapping.columns, *given}):
            text += f"文件里没有{'、'.join(absent)}，导入后请在台账里补填。"
        if mapping.doubtful:
            text, tone = f"{_few(mapping.doubtful)}没有对上，请看看要不要在右边指定。{text}", "principle"
        if missing:
            tone = "must"
            in_step = missing == ["行政村"]
            here = "整张名单都一样的，在下面填一次；各行不一样的，" if self.given.fields else ""
            once = f"文件里没有的，{here}请在表里加上这一列再导入"
            without = "没有行政村列的回上一步选一个村" if in_step else once
            text = f"还缺：{'、'.join(missing)}。请在下面指定哪一列是它；{without}。"
        say(self.verdict, text)
        self.verdict.setProperty("tone", tone)
        restyle(self.verdict)
        for column, choice in self.choices.items():
            self._mark(choice, mapping.columns[column])
        self.ready_changed.emit()

    @staticmethod
    def _mark(choice: QComboBox, key: str | None) -> None:
        choice.setProperty("role", "" if key else "faint")
        restyle(choice)

    @override
    def first(self) -> QWidget | None:
        """The first column that is not known, as long as something is missing."""
        columns = self.state.chosen_mapping.columns
        left = (choice for column, choice in self.choices.items() if columns[column] is None)
        return (next(left, None) or self.given.first_empty()) if self.state.missing() else None

    @override
    def ready(self) -> bool:
        """What cannot be done without is there."""
        return self.state.mapping is not None and not self.state.missing()

    @override
    def go_on(self) -> None:
        """Read the file this way and compare it with the data."""
        self.state.read_again(self.finished.emit)


def _few(headings: list[str]) -> str:
    """Some headings, and the number of all: systems have lists of a hundred columns."""
    more = f"等 {len(headings)} 列" if len(headings) > _MOST_NAMED else ""
    return "、".join(f"“{one}”" for one in headings[:_MOST_NAMED]) + more


def _name(field: ImportField) -> str:
    return f"{field.heading}  ({field.about})" if field.about else field.heading
