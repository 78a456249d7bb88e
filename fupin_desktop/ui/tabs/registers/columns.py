"""The columns of the register table: widths, order, which are shown, which stay in place."""

from __future__ import annotations

from typing import ClassVar, Literal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
)
from PySide6.QtWidgets import QWidget as Widget

from fupin_desktop.services import registers
from fupin_desktop.services.registers import ColumnInfo, Register
from fupin_desktop.ui import theme
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.registers.cells import PADDING
from fupin_desktop.ui.tabs.registers.layout import proposed
from fupin_desktop.ui.tabs.registers.state import State
from fupin_desktop.ui.tabs.registers.table import RegisterTable
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, link

_WIDEST = 34
_FITTED = 420
_KEY = Qt.ItemDataRole.UserRole
_WIDE = {
    "code": 18, "household_code": 18, "head_name": 10, "name": 10, "products_text": 16, "note": 20, "guide": 14,
    "bank_name": 20, "village": 10, "education": 14, "labour": 12, "working": 14, "cause": 12, "cost_evidence": 16,
}


def usual_width(info: ColumnInfo, *, marks: int = 34) -> int:
    """Width of a column nobody touched, pixels; ``marks`` is the room of a heading's sort and filter marks."""
    metrics = QFontMetrics(theme.font())
    digit = metrics.horizontalAdvance("0")
    heading = QFontMetrics(theme.font("note")).horizontalAdvance(info.heading) + marks
    usual = info.wide or _WIDE.get(info.key, 0 if info.choices else min(info.width - 2, _WIDEST))
    fits = {"id_number": 19, "account": 20, "phone": 12, "money": 11, "date": 11}.get(info.kind, usual)
    words = max((metrics.horizontalAdvance(word) for word in info.choices), default=0)
    return max(heading, fits * digit + 2 * PADDING, words + 2 * PADDING + 4)


class ColumnKeeper:
    """Lays the columns out and keeps what the clerk changes.

    Args:
        table: The table.
        state: Knows the register in front.
    """

    def __init__(self, shell: Shell, table: RegisterTable, state: State) -> None:
        self._shell, self._table, self._state = shell, table, state
        self._laying = False
        table.head.sectionResized.connect(self._resized)
        table.head.sectionDoubleClicked.connect(self.fit)
        table.head.menu_asked.connect(self.open_menu)

    def lay_out(self) -> None:
        """Give every column its width, and let the first ones stay."""
        front = self._state.front
        self._laying = True
        for place, info in enumerate(front.model.shown):
            self._table.setColumnWidth(place, front.layout.widths.get(info.key) or usual_width(info))
        self._table.freeze(min(front.layout.frozen, len(front.model.shown)))
        self._laying = False

    def _resized(self, section: int, _before: int, width: int) -> None:
        if not self._laying:
            front = self._state.front
            front.layout.widths[front.model.info(section).key] = width
            front.keep_layout()

    def fit(self, section: int) -> None:
        """Make a column as wide as what is seen of it."""
        needed = max(self._table.sizeHintForColumn(section), self._table.head.sectionSizeHint(section))
        self._table.setColumnWidth(section, min(needed, _FITTED))

    def freeze(self, columns: int) -> None:
        """Let the first columns stay."""
        front = self._state.front
        front.layout.frozen = columns
        front.keep_layout()
        self._table.freeze(columns)

    def show_columns(self, keys: list[str]) -> None:
        """Show these columns in this order."""
        front = self._state.front
        front.layout.shown = keys
        front.keep_layout()
        front.model.set_shown(keys)
        self.lay_out()
        self._state.query_changed.emit(False)

    def open_menu(self, section: int, place: QPoint) -> QMenu:
        """What can be done with a column."""
        front, table = self._state.front, self._table
        info = front.model.info(section)
        menu = QMenu(table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("筛选…", lambda: table.head.filter_asked.emit(section, table.head.below(section)))
        menu.addSeparator()
        frozen = section < front.layout.frozen
        text = "不再固定" if frozen and section == front.layout.frozen - 1 else "固定到这一列"
        menu.addAction(text, lambda: self.freeze(0 if text == "不再固定" else section + 1)).setEnabled(section < 4)
        menu.addAction("合适的列宽", lambda: self.fit(section))
        others = [key for key in front.layout.shown if key != info.key]
        menu.addAction("隐藏这一列", lambda: self.show_columns(others)).setEnabled(bool(others))
        menu.addAction("选择列…", self.choose)
        menu.popup(place)
        return menu

    def choose(self) -> None:
        """Let the clerk choose columns and their order."""
        front = self._state.front
        dialog = ColumnsDialog(front.register, front.layout.shown, self._shell.window)
        if self._shell.ask.run(dialog) and dialog.chosen():
            self.show_columns(dialog.chosen())


class ColumnsDialog(QDialog):
    """A list of all columns, to be ticked and dragged.

    Attributes:
        verb: What becomes of the columns ticked.
    """

    verb: ClassVar[str] = "显示"

    def __init__(self, register: Register, shown: list[str], parent: Widget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("选择列")
        self.resize(380, 560)
        self._register = register
        self.list = QListWidget()
        self.list.setAccessibleName(f"要{self.verb}的列")
        self.list.setProperty("boxed", "true")
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.take = button("确定", self.accept, "primary")
        self.take.setDefault(True)  # Enter in the list: what stands there is ticked by the space bar
        self.foot = hbox(
            link("恢复默认", lambda: self.fill(proposed(register).shown)), link("全不选", self.clear), STRETCH,
            button("取消", self.reject), self.take,
        )  # fmt: skip
        vbox(
            label(f"勾选要{self.verb}的列，上下拖动可以调整先后。", "muted", wrap=True), (self.list, 1), self.foot,
            on=self, margins=(18, 16, 18, 14),
        )  # fmt: skip
        self.fill(shown)

    def fill(self, shown: list[str]) -> None:
        """List all columns, those shown first and ticked."""
        headings = {info.key: info.heading for info in registers.columns(self._register)}
        self.list.clear()
        for key in [*shown, *(key for key in headings if key not in shown)]:
            item = QListWidgetItem(headings[key], self.list)
            item.setData(_KEY, key)
            item.setCheckState(Qt.CheckState.Checked if key in shown else Qt.CheckState.Unchecked)

    def clear(self) -> None:
        """Tick none: a few of many are quicker ticked than the others unticked."""
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(Qt.CheckState.Unchecked)

    def chosen(self) -> list[str]:
        """Keys of the ticked columns in order."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [str(item.data(_KEY)) for item in items if item.checkState() is Qt.CheckState.Checked]


class PrintDialog(ColumnsDialog):
    """Which columns are printed, and on which paper.

    Attributes:
        looks: Whether the pages are to be seen first.
    """

    verb: ClassVar[str] = "打印"

    def __init__(self, register: Register, shown: list[str], parent: Widget | None = None) -> None:
        super().__init__(register, shown, parent)
        self.setWindowTitle(f"打印{register.title}台账")
        self.looks, self.look = False, button("预览…", self._look, tip="先看看排成几页，再打印")
        self.paper = QComboBox()
        self.paper.setAccessibleName("纸张")
        self.paper.addItems(["A4", "A3"])
        self.take.setText("打印…")
        told = label("列多时横着排；一页排不下的列，接在后面的页上。", "note", wrap=True)
        row = hbox(label("纸张"), self.paper, (told, 1))
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertLayout(layout.count() - 1, row)
        self.foot.insertWidget(self.foot.indexOf(self.take), self.look)

    def _look(self) -> None:
        self.looks = True
        self.accept()

    @property
    def paper_size(self) -> Literal["A4", "A3"]:
        """The paper."""
        return "A3" if self.paper.currentText() == "A3" else "A4"
