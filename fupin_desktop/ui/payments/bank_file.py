"""银行清单: which layout a list is written in; an own one is made from the heading of the bank's sample."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QTableWidget,
    QTableWidgetItem,
)

from fupin_desktop.services import payments
from fupin_desktop.services.payments import Layout, LayoutColumn, Value
from fupin_desktop.ui import fonts
from fupin_desktop.ui.ask import SHEETS, XLSX
from fupin_desktop.ui.papers import tell_written
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.cell_keys import CellKeys
from fupin_desktop.ui.widgets.column_heads import align_heads
from fupin_desktop.ui.widgets.labels import button, label, say
from fupin_desktop.ui.widgets.plain_table import set_widths

CSV = "文本清单 (*.csv)"
_FIXED = "固定文字"


class BankFileDialog(QDialog):
    """The layouts, what the chosen one holds, and writing.

    Args:
        key: A batch that is checked.
        name: Name of the file that is proposed.
    """

    def __init__(self, shell: Shell, key: str, name: str) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("银行清单")
        self.resize(640, 460)
        self._shell, self._key, self._name = shell, key, name
        self._layouts: list[Layout] = []
        self.list, self.told = QListWidget(), label("", "note", wrap=True)
        self.list.setProperty("boxed", "true")
        self.list.setAccessibleName("发放格式")
        self.remove = button("删除这种格式", self.remove_own)
        row = hbox(
            button("从银行的样表新建…", self.from_sample, tip="读样表的表头，认出账号、户名、金额等栏目"),
            self.remove, STRETCH, button("关闭", self.reject), button("写出…", self.write, "primary"),
        )  # fmt: skip
        vbox(
            label("按哪种格式写出清单", "title"), (self.list, 1), self.told,
            label("清单里有完整的身份证号和账号，只交财政所和银行。", "note", wrap=True), row, on=self,
            margins=(18, 16, 18, 14), spacing=10,
        )  # fmt: skip
        self.list.currentRowChanged.connect(lambda _row: self._tell())
        self.list.itemActivated.connect(lambda _item: self.write())
        self.fill()

    def fill(self, name: str = "") -> None:
        """Show the layouts; ``name`` is chosen."""
        found = self._shell.read(lambda: payments.layouts(self._shell.bench))
        self._layouts = list(found or ())
        self.list.clear()
        for one in self._layouts:
            text = f"{one.name}　{'(本单位)' if one.own else ''}"
            fonts.ensure(text)
            self.list.addItem(text)
        names = [one.name for one in self._layouts]
        self.list.setCurrentRow(names.index(name) if name in names else 0)

    @property
    def chosen(self) -> Layout | None:
        """The layout chosen."""
        place = self.list.currentRow()
        return self._layouts[place] if 0 <= place < len(self._layouts) else None

    def _tell(self) -> None:
        one = self.chosen
        self.remove.setVisible(one is not None and one.own)
        heads = "、".join(column.heading for column in one.columns) if one is not None else ""
        say(self.told, f"{one.format} 栏目：{heads}" if one is not None else "")

    def write(self) -> None:
        """Ask where to and write it."""
        one, bench, key = self.chosen, self._shell.bench, self._key
        if one is not None:
            kind, name = (XLSX if one.format == "xlsx" else CSV), one.name.removesuffix("(csv)")
            path = self._shell.ask.save_file(self, "写出银行清单", f"{self._name} {name}{one.ending}", kind)
            if path is not None:
                self._shell.run(
                    f"正在写出 {path.name}", lambda _report: payments.write_bank_file(bench, key, one, path),
                    lambda written: tell_written(self._shell, path, written.told, title="银行清单", parent=self),
                    cancellable=False,
                )  # fmt: skip

    def from_sample(self) -> None:
        """A layout of the bank's own sample, looked at before it is kept."""
        path = self._shell.ask.open_file(self, "银行的样表", SHEETS)
        made = self._shell.read(lambda: payments.from_sample(path)) if path is not None else None
        if made is not None:
            dialog = LayoutDialog(self._shell, made)
            if self._shell.ask.run(dialog):
                self.fill(dialog.saved)

    def remove_own(self) -> None:
        """Remove the office's own layout that is chosen."""
        one = self.chosen
        if one is not None and one.own and self._shell.ask.question(
            self, "删除发放格式", f"删除“{one.name}”？已写出的清单不受影响。", yes="删除", danger=True
        ):  # fmt: skip
            self._shell.read(lambda: payments.remove_own(self._shell.bench, one.id))
            self.fill()


class LayoutDialog(QDialog):
    """The columns of a sample, each with what it is to hold.

    Attributes:
        saved: Name it was kept under; empty before.
    """

    def __init__(self, shell: Shell, made: Layout) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("新的发放格式")
        self.resize(620, 520)
        self._shell, self._made, self.saved = shell, made, ""
        self.name = QLineEdit(made.name)
        self.name.setAccessibleName("名称")
        self.format = QComboBox()
        self.format.setAccessibleName("文件类型")
        for text, data in (("xlsx 表格", "xlsx"), ("csv 文本 (GBK)", "csv")):
            self.format.addItem(text, data)
        self.table = QTableWidget(len(made.columns), 3)
        self.table.setAccessibleName("栏目")
        self.table.setTabKeyNavigation(False)  # Tab goes from choice to choice, and on to the buttons
        self.boxes: list[QComboBox] = []
        self._fill()
        head = hbox(label("名称"), (self.name, 1), self.format)
        row = hbox(STRETCH, button("取消", self.reject), button("保存", self.finish, "primary"))
        told = "每一栏填什么；认不出的栏目填固定文字，也可以空着。不要的栏，把它的栏目名清空。"
        vbox(
            head, label(told, "note", wrap=True), (self.table, 1), row, on=self, margins=(18, 16, 18, 14), spacing=10,
        )  # fmt: skip

    def _fill(self) -> None:
        self.table.setProperty("boxed", "true")
        align_heads(self.table)
        self.table.setHorizontalHeaderLabels(["样表的栏目", "填什么", _FIXED])
        self.table.verticalHeader().hide()
        CellKeys(self.table, typed=True)
        for place, one in enumerate(self._made.columns):
            fonts.ensure(one.heading)
            self.table.setItem(place, 0, QTableWidgetItem(one.heading))
            box = QComboBox()
            box.setAccessibleName(one.heading)
            box.addItem(_FIXED, "")
            for value in Value:
                box.addItem(value.label, value.value)
            box.setCurrentIndex(max(box.findData(one.value.value if one.value else ""), 0))
            self.boxes.append(box)
            self.table.setCellWidget(place, 1, box)
            self.table.setItem(place, 2, QTableWidgetItem(one.text))
        self.table.verticalHeader().setDefaultSectionSize(QComboBox().sizeHint().height() + 4)
        set_widths(self.table, (190, 150))
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

    def _columns(self) -> tuple[LayoutColumn, ...]:
        """As filled in; columns whose heading was emptied are left out."""
        found = []
        for place, box in enumerate(self.boxes):
            heading, text = self.table.item(place, 0), self.table.item(place, 2)
            data = box.currentData()
            value = Value(data) if data else None
            fixed = text.text() if text is not None and value is None else ""
            found.append(LayoutColumn(heading.text() if heading else "", value, fixed))
        return tuple(one for one in found if one.heading.strip())

    def finish(self) -> None:
        """Keep it; where it is refused the sentence is told and nothing is lost."""
        made = Layout(self._made.id, self.name.text(), self.format.currentData(), self._columns(), own=True)
        kept = self._shell.read(lambda: payments.save_own(self._shell.bench, made))
        if kept is not None:
            self.saved = kept.name
            self.accept()
