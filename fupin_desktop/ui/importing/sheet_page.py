"""Page 2: which sheet, which row is the heading, what one row stands for, and the village where no column names it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QSpinBox,
    QTableView,
    QVBoxLayout,
)

from fupin_desktop.domain.vocabulary import Participation
from fupin_desktop.override import override
from fupin_desktop.services import villages
from fupin_desktop.services.imports.headings import PERSONS, ListKind
from fupin_desktop.services.imports.hidden import hidden_rows
from fupin_desktop.services.imports.households.parsing import asks_taking
from fupin_desktop.services.imports.mapping import Mapping, heading_at
from fupin_desktop.services.imports.unread import unread_sheets
from fupin_desktop.services.imports.years import YearQuestion, year_question
from fupin_desktop.services.sheets.raw import RawSheet
from fupin_desktop.ui import fonts
from fupin_desktop.ui.importing.fitted import fit_columns
from fupin_desktop.ui.importing.models import HeadModel
from fupin_desktop.ui.importing.state import State
from fupin_desktop.ui.importing.steps import Page
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.cell_keys import CellKeys
from fupin_desktop.ui.widgets.labels import label, say
from fupin_desktop.ui.widgets.tint import TintDelegate
from fupin_desktop.ui.widgets.tips import as_tip

TAKING = (Participation.BASE, Participation.SCATTERED)
_SHOWN = 40
_WIDEST = 190
_FROM_COLUMN = "(各行自己写明)"


class SheetPage(Page):
    """What was recognised, to be looked at and changed."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.question: YearQuestion | None = None
        self.sheet, self.kind, self.village = QComboBox(), QComboBox(), QComboBox()
        self.row, self.rows = QSpinBox(), QSpinBox()
        for box, name in ((self.sheet, "工作表"), (self.kind, "一行代表"), (self.village, "行政村")):
            box.setAccessibleName(name)
        self.row.setAccessibleName("表头在第几行")
        self.rows.setAccessibleName("表头占几行")
        self.table, self.verdict = QTableView(), label("", "muted", wrap=True)
        self.table.setAccessibleName("工作表的内容")
        self.row.setRange(1, 9999)
        self.rows.setRange(1, 2)
        for kind in state.importer.family.kinds:
            self.kind.addItem(kind.label, kind)
        self.kind.setEnabled(self.kind.count() > 1)
        self.village.setEditable(True)
        self.table.setProperty("boxed", "true")
        CellKeys(self.table)
        self.table.setItemDelegate(TintDelegate(self.table))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        vbox(self._choices(), self._questions(), self.verdict, (self.table, 1), on=self, margins=0, spacing=10)
        self.sheet.activated.connect(self._take_sheet)
        self.kind.activated.connect(self._take_kind)
        self.row.valueChanged.connect(self._take_heading)
        self.rows.valueChanged.connect(self._take_heading)
        self.village.editTextChanged.connect(self._take_village)
        self.table.clicked.connect(self._click)

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        pairs = (
            ("工作表", self.sheet), ("一行代表", self.kind), ("表头在第几行", self.row), ("表头占几行", self.rows),
            ("行政村", self.village),
        )
        for place, (text, widget) in enumerate(pairs):
            line, side = divmod(place, 2)
            grid.addWidget(label(text, "muted"), line, side * 2)
            grid.addWidget(widget, line, side * 2 + 1)
        for side in (1, 3):
            grid.setColumnStretch(side, 1)
        return grid

    def _questions(self) -> QVBoxLayout:
        """What is asked of some lists only."""
        self.visible_only, self.first_is_head = QCheckBox(), QCheckBox("每户第一人是户主")
        self.this_year = QCheckBox()
        for box in (self.visible_only, self.first_is_head, self.this_year):
            box.toggled.connect(self._take_answers)
        self.taking, self.taking_asked = QComboBox(), label("名册没有“参与情况”一列，这些户：", "muted")
        self.taking.setAccessibleName("没有“参与情况”一列的户")
        for code, text in (("", "以后再填(没填的不奖补)"), *((one.value, f"都是{one.label}") for one in TAKING)):
            self.taking.addItem(text, code)
        self.taking.activated.connect(self._take_answers)
        first = hbox(self.visible_only, self.first_is_head, self.this_year, STRETCH, spacing=18)
        return vbox(first, hbox(self.taking_asked, self.taking, STRETCH))

    def _ask(self, mapping: Mapping) -> None:
        """Ask what this list leaves open: hidden rows, who is the head, and of which year it is."""
        preview, answers = self.state.read_preview, self.state.answers
        raw = next(one for one in preview.workbook.sheets if one.name == preview.sheet)
        count = len(hidden_rows(raw, mapping.first_row))
        with quiet(self.visible_only, self.first_is_head, self.this_year, self.taking):
            self.visible_only.setText(f"只读看得见的行(有 {count} 行被筛选掉或隐藏)")
            self.visible_only.setChecked(answers.visible_only)
            self.first_is_head.setChecked(answers.first_is_head)
            self.this_year.setText(f"就是{preview.year}年度的")
            self.taking.setCurrentIndex(self.taking.findData(answers.taking.value if answers.taking else ""))
        self.visible_only.setVisible(count > 0)
        self.first_is_head.setVisible(mapping.kind is PERSONS and "person.relation" not in mapping.columns)
        self._ask_year(mapping, raw)
        for one in (self.taking_asked, self.taking):
            one.setVisible(asks_taking(mapping))

    def _ask_year(self, mapping: Mapping, raw: RawSheet) -> None:
        """Ask of which year results are; of a list that names none the year at work is proposed."""
        preview = self.state.read_preview
        self.question = year_question(mapping, raw, preview.path, preview.year)
        self.this_year.setVisible(self.question is not None)
        if self.question is not None:
            with quiet(self.this_year):
                self.this_year.setChecked(self.question.answered(self.state.answers, preview.year))
            self.this_year.setToolTip(as_tip(self.question.text))

    def _take_answers(self, _on: object) -> None:
        code = self.taking.currentData()
        self.state.answers = replace(
            self.state.answers, visible_only=self.visible_only.isChecked(),
            first_is_head=self.first_is_head.isChecked(), taking=Participation(code) if code else None,
        )  # fmt: skip
        if self.question is not None:
            self.state.answers = self.question.answer(self.state.answers, yes=self.this_year.isChecked())

    # ---- what is shown ----
    @override
    def enter(self) -> None:
        """Show the sheets and the recognised heading."""
        preview = self.state.preview
        assert preview is not None
        with quiet(self.sheet):
            self.sheet.clear()
            for raw, proposal in zip(preview.workbook.sheets, preview.proposals, strict=True):
                note = "读不了" if raw.fault else proposal.mapping.kind.label if proposal.mapping else "没有识别出表头"
                fonts.ensure(raw.name)
                self.sheet.addItem(f"{raw.name} — {note}", raw.name)
            if preview.alike:
                self.sheet.insertItem(0, "(请选择)", None)
            self.sheet.setCurrentIndex(0 if preview.alike else self.sheet.findData(preview.sheet))
        self._fill_villages()
        self._show_mapping()

    def _fill_villages(self) -> None:
        bench = self.state.shell.bench
        names = [village.name for village in self.state.shell.read(lambda: villages.all(bench)) or ()]
        fonts.ensure("".join(names))
        with quiet(self.village):
            self.village.clear()
            self.village.addItems([_FROM_COLUMN, *names])
            self.village.setEditText(self.state.village or _FROM_COLUMN)

    def _show_mapping(self) -> None:
        preview, mapping = self.state.preview, self.state.mapping
        assert preview is not None
        assert mapping is not None
        with quiet(self.kind, self.row, self.rows):
            self.kind.setCurrentIndex(self.kind.findData(mapping.kind))
            self.row.setValue(mapping.heading_row + 1)
            self.rows.setValue(mapping.heading_rows)
        heading = range(_top_of(preview.raw, mapping.heading_row), mapping.first_row)
        self.table.setModel(HeadModel(preview.raw, max(_SHOWN, mapping.first_row + 8), heading, self.table))
        fit_columns(self.table, widest=_WIDEST)
        self.table.scrollTo(self.table.model().index(mapping.heading_row, 0))
        self._tell(mapping)

    def _tell(self, mapping: Mapping) -> None:
        self._ask(mapping)
        known = sum(1 for key in mapping.columns if key)
        named = mapping.names_village
        self.village.setEnabled(not named and self.state.importer.takes_village(mapping))
        text = f"绿色的是表头：认出 {known} 列，共 {sum(1 for heading in mapping.headings if heading)} 列。"
        if mapping.layout:
            text = f"这是“{mapping.layout}”的表头。{text}"
        if not known:
            text = "没有认出表头。请点一下表头所在的那一行。"
        elif not named and self.village.isEnabled() and not self.state.village:
            text += " 表里没有行政村这一列，请在上面选一个村。"
        if self.question is not None:
            asked = "：是的请勾选，不是的请先切换年度。"
            proposed = f"；不是的，请去掉“{self.this_year.text()}”的勾。"
            text += f" {self.question.text}{asked if self.question.titled else proposed}"
        text += self._others()
        say(self.verdict, f"{text} 不对时，点一下表头所在的行即可。" if known else text)
        self.ready_changed.emit()

    def _others(self) -> str:
        """Other sheets that are lists too, and are not read."""
        preview = self.state.read_preview
        if preview.alike:
            said = "、".join(f"“{name}”" for name in preview.alike)
            return f" {len(preview.alike)} 张工作表一样像名册：{said}，请在上面选定要读的一张。"
        mappings = [proposal.mapping for proposal in preview.proposals]
        names = unread_sheets(zip(preview.workbook.sheets, mappings, strict=True), preview.sheet)
        said = "、".join(f"“{name}”" for name in names)
        return f" 工作表{said}也像名册，没有读；要读的请在上面另选。" if names else ""

    @override
    def ready(self) -> bool:
        """A heading was found, on a sheet that is known to be meant."""
        preview, mapping = self.state.preview, self.state.mapping
        return preview is not None and not preview.alike and mapping is not None and any(mapping.columns)

    # ---- what the clerk changes ----
    def _take_sheet(self, _place: int) -> None:
        if self.sheet.currentData() is not None:
            self.state.choose_sheet(str(self.sheet.currentData()), self.enter)

    def _take_kind(self, _place: int) -> None:
        mapping = self.state.mapping
        kind = self.kind.currentData()
        if mapping is not None and isinstance(kind, ListKind):
            self.state.mapping = mapping.with_kind(kind)
            self._show_mapping()

    def _take_heading(self, _value: int) -> None:
        preview = self.state.preview
        if preview is not None:
            row = min(self.row.value() - 1, max(len(preview.raw.rows) - 1, 0))
            self.state.mapping = heading_at(preview.raw, row, self.rows.value(), preview.importer.family)
            self._show_mapping()

    def _click(self, index: QModelIndex) -> None:
        self.row.setValue(index.row() + 1)

    def _take_village(self, text: str) -> None:
        fonts.ensure(text)
        self.state.village = "" if text == _FROM_COLUMN else text.strip()
        if self.state.mapping is not None:
            self._tell(self.state.mapping)


def _top_of(sheet: RawSheet, row: int) -> int:
    """First row of a heading, the cells above counted that are merged with its own."""
    return min((top for top, _left, bottom, _right in sheet.merges if top < row <= bottom), default=row)
