"""Page 4: what an import would do, every doubtful cell marked; all or only the good rows; the error workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QTableView,
    QToolButton,
    QWidget,
)

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.errors import Cancelled
from fupin_desktop.override import override
from fupin_desktop.services.imports.answers import NEW, RENAMED, Answers
from fupin_desktop.services.imports.given import said as said_once
from fupin_desktop.services.imports.households.towns import OTHER_TOWN
from fupin_desktop.services.imports.preview import Preview
from fupin_desktop.services.imports.years import NO_YEAR, TITLED_YEAR, results
from fupin_desktop.ui.ask import XLSX
from fupin_desktop.ui.importing.fitted import WIDEST, fit_columns
from fupin_desktop.ui.importing.models import (
    FindingsModel,
    ListModel,
    TextsByPlace,
    data_rows,
    doubtful_rows,
)
from fupin_desktop.ui.importing.state import State
from fupin_desktop.ui.importing.steps import Page
from fupin_desktop.ui.papers import tell_written
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.cell_keys import CellKeys
from fupin_desktop.ui.widgets.column_heads import align_heads
from fupin_desktop.ui.widgets.labels import button, label, link, restyle, say
from fupin_desktop.ui.widgets.selection_sums import sums_label
from fupin_desktop.ui.widgets.tint import TintDelegate

_FAULTY = "有错的行"
_MOST_NAMED = 8
_CODE_OF_OTHER = "import.code_of_other"
_OF_YEAR = {f"import.{NO_YEAR}", f"import.{TITLED_YEAR}"}
_NUMBER_OF_OTHER = "import.number_of_other"
_OTHER_TOWN = f"import.{OTHER_TOWN}"
_OF_OTHERS = {_CODE_OF_OTHER, _NUMBER_OF_OTHER, "import.id_of_other"}


@dataclass(frozen=True, slots=True)
class View:
    """One way of looking at the preview: its word, its count, its table."""

    word: str
    count: int
    make: Callable[[], QAbstractTableModel]


def views(preview: Preview) -> list[View]:
    """All ways of looking at a preview; those with nothing to show are left out, the first one aside."""
    rows, bad, doubtful = data_rows(preview), sorted(preview.bad_rows), doubtful_rows(preview)
    found = [
        View("全部行", len(rows), lambda: FindingsModel(preview, rows)),
        View(_FAULTY, len(bad), lambda: FindingsModel(preview, bad)),
        View("有提醒的行", len(doubtful), lambda: FindingsModel(preview, doubtful)),
    ]
    found += [
        View(one.word, one.count, lambda one=one: ListModel(one.headings, one.lines()))  # type: ignore[misc]
        for one in preview.tables
    ]
    return [view for place, view in enumerate(found) if view.count or not place]


def _few(names: list[str]) -> str:
    """Some names and the number of all: systems have lists of a hundred columns."""
    more = f"等 {len(names)} 列" if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more


class PreviewPage(Page):
    """Counts, tables, choices."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.table, self.counts, self.sentence = QTableView(), label("", "title", wrap=True), label("", wrap=True)
        self.table.setAccessibleName("将要导入的行")
        self.note = label("", "muted", wrap=True)
        self.table.setProperty("boxed", "true")
        align_heads(self.table)
        self.table.setItemDelegate(TintDelegate(self.table))
        triggers = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.table.setWordWrap(False)
        CellKeys(self.table, typed=True)
        self.all, self.good = QRadioButton("全部导入"), QRadioButton("只导入没有问题的行")
        self.errors_button = button("导出错误工作簿…", self.save_errors)
        self.all.setToolTip("有错的行改好以后才能全部导入")
        self.errors_button.setToolTip("把有问题的行连同原来的表头写成新工作簿，标出问题，改好后可以再导入")
        self._segments, self._group = hbox(spacing=0), QButtonGroup(self)
        self._views: list[View] = []
        self.next_fault = link("下一处问题", self._to_next)
        head = hbox(self._segments, (sums_label(self.table), 1), self.next_fault)
        vbox(
            self.counts, self.note, head, (self.table, 1), self._strip(), self._choice(), on=self, margins=0,
            spacing=8,
        )  # fmt: skip

    def _strip(self) -> QFrame:
        self.strip = QFrame()
        self.strip.setProperty("role", "strip")
        self.renamed_button = link("同一户，换了户主", lambda: self._answer(RENAMED))
        self.new_button = link("另一户，按新户登记", lambda: self._answer(NEW))
        self.alike = QCheckBox("同样的都这样")
        self.year_button = link("就是今年的", lambda: self._answer_all(replace(self.state.answers, this_year=True)))
        self.town_button = link(
            "是另一个镇的村", lambda: self._answer_all(replace(self.state.answers, other_town=True))
        )
        hbox(
            (self.sentence, 1), self.renamed_button, self.new_button, self.alike, self.year_button,
            self.town_button, on=self.strip, margins=(10, 5, 10, 5),
        )  # fmt: skip
        return self.strip

    def _choice(self) -> QHBoxLayout:
        row = hbox(self.all, self.good, STRETCH, self.errors_button, spacing=18)
        for choice in (self.all, self.good):
            choice.toggled.connect(lambda _on: self.ready_changed.emit())
        return row

    # ---- what is shown ----
    @property
    def preview(self) -> Preview:
        """The file as read."""
        return self.state.read_preview

    @override
    def first(self) -> QWidget | None:
        """The first cell at fault, where there is one that keeps a row out."""
        return self.table if self.preview.bad_rows else None

    @override
    def enter(self) -> None:
        """Show counts and tables."""
        preview = self.preview
        say(self.counts, preview.summary)
        self._say_notes(preview)
        bad = bool(preview.bad_rows)
        self.all.setEnabled(not bad)
        self.good.setEnabled(bad)
        self.all.setChecked(not bad)
        self.good.setChecked(bad and preview.good_count > 0)
        self.errors_button.setVisible(bool(preview.findings))
        self.next_fault.setVisible(bool(preview.findings))
        self._views = views(preview)
        self._show_segments()
        words = [view.word for view in self._views]
        self.show_view(words.index(_FAULTY) if _FAULTY in words else 0)

    def _say_notes(self, preview: Preview) -> None:
        parts, unit = [], preview.importer.unit
        if preview.imported_at is not None:
            parts.append(f"这个文件 {say_date(preview.imported_at)} {preview.imported_at:%H:%M} 已经导入过。")
        if preview.bad_rows:
            left_out = f"有错的{unit}整{unit}" if preview.importer.grouped else "有错的行"
            parts.append(f"{left_out}不导入；双击格子可以就在这里改(文件本身不动)。标黄的只是提醒，会照常导入。")
        if preview.kept and preview.mapping.unused:
            parts.append(f"没有用上的列({_few(preview.mapping.unused)})原样留存。")
        if once := said_once(preview.mapping, preview.answers.given, preview.today):
            parts.append(f"整张名单：{'、'.join(once)}。")
        if said := results(preview.mapping):
            parts.append(f"{'、'.join(said)}登记到 {preview.year} 年度。")
        if preview.comparison is not None and preview.comparison.missing:
            parts.append("文件里没有的不会被删除，仍留在台账里。")
        self.note.setVisible(bool(parts))
        say(self.note, "".join(parts))

    def _show_segments(self) -> None:
        clear(self._segments)
        for made in self._group.buttons():
            self._group.removeButton(made)
        last = len(self._views) - 1
        for place, view in enumerate(self._views):
            made = QToolButton()
            made.setText(f"{view.word} {view.count:,}")
            made.setCheckable(True)
            made.setProperty("role", "segment")
            ends = "only" if not last else {0: "first", last: "last"}.get(place, "middle")
            made.setProperty("place", ends)
            made.clicked.connect(lambda _checked=False, place=place: self.show_view(place))
            self._group.addButton(made, place)
            self._segments.addWidget(made)

    @property
    def words(self) -> list[str]:
        """The ways of looking at it, with their counts."""
        return [made.text() for made in self._group.buttons()]

    def show_view(self, place: int) -> None:
        """Look at it one way."""
        made = self._group.button(place)
        if made is not None:
            made.setChecked(True)
        model = self._views[place].make()
        model.setParent(self.table)
        if isinstance(model, FindingsModel):
            model.mended.connect(self._mend)
        self.table.setModel(model)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._tell_cell())
        fit_columns(self.table, last=4 * WIDEST if isinstance(model, ListModel) else 0)
        self.table.horizontalHeader().setStretchLastSection(isinstance(model, ListModel))
        self._tell_cell()
        if isinstance(model, FindingsModel) and self.preview.findings:
            self.go_to_next()

    def _to_next(self) -> None:
        """Go there with the keyboard, to mend it."""
        self.go_to_next()
        self.table.setFocus()

    def go_to_next(self) -> None:
        """Go to the next cell with something to say."""
        model = self.table.model()
        if not isinstance(model, FindingsModel):
            self.show_view(0)
            return
        at = self.table.currentIndex()
        row, column = (model.sheet_row(at.row()), at.column()) if at.isValid() else (-1, -1)
        place = model.next_fault(row, column)
        if place is not None:
            self.table.setCurrentIndex(model.index(*place))

    def _tell_cell(self) -> None:
        """The sentence of the current cell."""
        model, at = self.table.model(), self.table.currentIndex()
        found = []
        if isinstance(model, FindingsModel) and at.isValid():
            found = model.findings(model.sheet_row(at.row()), at.column())
        self.strip.setVisible(bool(found))
        codes = {one.code for one in found}
        self.renamed_button.setVisible(bool(codes & _OF_OTHERS))
        self.new_button.setVisible(bool(codes & {_CODE_OF_OTHER, _NUMBER_OF_OTHER}))
        flat = _NUMBER_OF_OTHER in codes
        self.renamed_button.setText("就是这一条，照文件改" if flat else "同一户，换了户主")
        self.new_button.setText("另一条，按新的登记" if flat else "另一户，按新户登记")
        self.alike.setVisible(bool(codes & _OF_OTHERS))
        self.year_button.setVisible(bool(_OF_YEAR & {one.code for one in found if one.must}))
        self.town_button.setVisible(_OTHER_TOWN in codes)
        if found:
            tone = "must" if any(one.must for one in found) else "principle"
            for widget in (self.strip, self.sentence):
                widget.setProperty("tone", tone)
                restyle(widget)
            told = (f"{f'{one.cell} {one.heading}'.rstrip()}：{one.sentence}。{one.todo}。" for one in found)
            say(self.sentence, "  ".join(told))

    # ---- what the clerk answers and mends ----
    def _answer(self, answer: str) -> None:
        """Say what the household of the current row is; or of all rows that ask the same."""
        model, at, answers = self.table.model(), self.table.currentIndex(), self.state.answers
        if isinstance(model, FindingsModel) and at.isValid():
            row = model.sheet_row(at.row())
            chosen = replace(answers, others=answer) if self.alike.isChecked() else answers.with_row(row, answer)
            self._read_with(chosen, lambda: self._come_back(row, at.column()))

    def _answer_all(self, answers: Answers) -> None:
        """Say something of the whole list: that its results are of the year at work, or its villages another town's."""
        at = self.table.currentIndex()
        model = self.table.model()
        row = model.sheet_row(at.row()) if isinstance(model, FindingsModel) and at.isValid() else 0
        column = max(at.column(), 0)
        self._read_with(answers, lambda: self._come_back(row, column))

    def _mend(self, cells: TextsByPlace) -> None:
        """Take corrected cells of the file, which itself stays as it is; Enter and Tab lead on, unless one is wrong."""

        def shown() -> None:
            wrong = {(one.row, one.column) for one in self.preview.findings if one.must} & cells.keys()
            self._come_back(*(min(wrong) if wrong else self._at or min(cells)))

        self._read_with(self.state.answers.with_cells(cells), shown)

    def _read_with(self, answers: Answers, shown: Callable[[], object]) -> None:
        """Read the list again."""
        self._word = self._views[self._group.checkedId()].word
        self.state.answer(answers, shown)

    @property
    def _at(self) -> tuple[int, int] | None:
        """Row and column of the sheet, from 0, where the frame is; None where no rows of it are shown."""
        at, model = self.table.currentIndex(), self.table.model()
        return (model.sheet_row(at.row()), at.column()) if isinstance(model, FindingsModel) and at.isValid() else None

    def _come_back(self, row: int, column: int) -> None:
        """Show the list in the same way, the frame at a cell; among faulty rows alone always at a fault."""
        self.enter()
        words = [view.word for view in self._views]
        self.show_view(words.index(self._word) if self._word in words else 0)
        model = self.table.model()
        if isinstance(model, FindingsModel):
            place = model.place_of(row)
            at = (place, column) if place is not None else None
            if at is None or (self._word == _FAULTY and not model.findings(row, column)):
                at = model.next_fault(row, -1)
            if at is not None:
                self.table.setCurrentIndex(model.index(*at))
        self.table.setFocus()
        self.ready_changed.emit()

    # ---- what the clerk does ----
    @override
    def ready(self) -> bool:
        """There is something to import and a choice was made."""
        return self.state.preview is not None and bool(self.preview.good) and (
            self.all.isChecked() or self.good.isChecked()
        )

    @override
    def next_text(self) -> str:
        """The act itself."""
        return "导入"

    @override
    def go_on(self) -> None:
        """Import."""
        self.state.store(self.finished.emit, self._not_stored, only_good=self.good.isChecked())

    def _not_stored(self, trouble: BaseException) -> None:
        if isinstance(trouble, Cancelled):
            self.state.shell.ask.message(self, "已取消", "导入已取消，台账没有变动。")
        else:
            self.state.shell.tasks.tell(trouble)

    def save_errors(self) -> None:
        """Write the rows with problems to a workbook of their own."""
        from fupin_desktop.services.imports.error_file import error_workbook

        preview, shell = self.preview, self.state.shell
        name = f"{preview.path.stem}-待改正.xlsx"
        path = shell.ask.save_file(self, "导出错误工作簿", name, XLSX)
        if path is not None:
            shell.run(
                "正在写错误工作簿", lambda _report: error_workbook(preview, path), lambda _done: self._saved(path),
                cancellable=False,
            )

    def _saved(self, path: Path) -> None:
        say(self.note, f"已写到 {path}。改好标红的格子，保存后再导入即可。")
        self.note.setVisible(True)
        tell_written(self.state.shell, path, f"已写到“{path}”。改好标红的格子，保存后再导入即可。", parent=self)
