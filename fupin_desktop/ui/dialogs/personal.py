"""个人资料: where personal data lie, and whose are past the retention period, to be removed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QWidget,
)

from fupin_desktop.services import personal
from fupin_desktop.services.personal import Due
from fupin_desktop.services.personal.retention import LEAST_YEARS, MOST_YEARS
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui import fonts
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, say
from fupin_desktop.ui.widgets.plain_table import plain_table, set_widths
from fupin_desktop.ui.widgets.tips import as_tip

_TITLE = "个人资料"
_PLACES = ("资料", "里面的个人信息", "数量", "在哪里，怎样保管")
_DUE = ("", "户主", "村", "最后一年", "台账记录", "日志", "发放和测算", "定稿文件")
_WHAT = (
    "办公室知道哪些人的哪些资料、放在哪里，都列在下面。某个人要查自己的资料，在农户或人口的卡片上点“导出全部个人资料…”。"
)
_LAW = (
    "多少年没有办过事的户，台账里的姓名、证件号码、电话、账号、备注和附件可以删除，改动记录里改动前后的内容一起删，"
    "姓名换成“已删除”加编号；面积、金额、类别、年度留着，合计不变。\n"
    "依法要留的不动：发放、测算、资金台账是会计资料，保管 30 年(《会计档案管理办法》)，满 30 年的"
    "发放和验收名单里的姓名、证件号码、电话、账号一起删，金额留着；"
    "批准的表和张贴过的公示是归档文件。"
)
_NUMERIC = {3, 4, 5, 6, 7}


class PersonalDialog(QDialog):
    """Two pages: where they lie; who is due."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)
        self.setWindowTitle(_TITLE)
        self.resize(900, 560)
        self._shell = shell
        self._due: Sequence[Due] = ()
        self.places, self.due, self.count = plain_table(_PLACES), plain_table(_DUE), label("", "muted")
        self.years = QSpinBox(minimum=LEAST_YEARS, maximum=MOST_YEARS, suffix=" 年")
        for piece, name in ((self.places, "资料在哪里"), (self.due, "到期的人"), (self.years, "保留几年")):
            piece.setAccessibleName(name)
        self.keep = button("按这个年限列出", self.list_due)
        self.all, self.remove = button("全选", self.choose_all), button("删除选中的…", self.forget, "danger")
        pages = QTabWidget()
        pages.addTab(self._where(), "在哪里")
        pages.addTab(self._retention(), "到期的")
        self.pages = pages
        row = hbox(STRETCH, button("关闭", self.reject))
        vbox((pages, 1), row, on=self, margins=(16, 14, 16, 12))
        self.fill()

    def _where(self) -> QWidget:
        page = QWidget()
        vbox(label(_WHAT, "muted", wrap=True), (self.places, 1), on=page)
        set_widths(self.places, (170, 240, 90))
        return page

    def _retention(self) -> QWidget:
        page = QWidget()
        row = hbox(label("最后一年以后保存"), self.years, self.keep, self.count, STRETCH)
        bottom = hbox(self.all, self.remove, STRETCH)
        vbox(label(_LAW, "muted", wrap=True), row, (self.due, 1), bottom, on=page)
        set_widths(self.due, (36, 110, 130, 84, 84, 70, 96))
        return page

    def fill(self) -> None:
        """Read everything again."""
        bench = self._shell.bench
        _show(self.places, self._shell.read(lambda: personal.places(bench)) or ())
        self.years.setValue(self._shell.read(lambda: personal.kept_years(bench)) or LEAST_YEARS)
        self._list()

    def list_due(self) -> None:
        """Keep the number of years, and list who is due by it."""
        bench, years = self._shell.bench, self.years.value()
        before = self._shell.read(lambda: personal.kept_years(bench))
        if years == before:
            self._list()
        else:
            self._shell.do(lambda: personal.set_kept_years(bench, years), lambda _change: self._list())

    def _list(self) -> None:
        bench = self._shell.bench
        say(self.count, "正在查找…")
        self.remove.setEnabled(False)
        self._shell.read_aside(lambda: personal.due(bench), self.show_due)

    def show_due(self, lines: Sequence[Due]) -> None:
        """Show who is due; nobody is chosen yet."""
        self._due = lines
        say(self.count, f"到期的 {len(lines):,} 户，只列出，还没有删除任何资料。" if lines else "没有到期的户。")
        _show(self.due, [
            ("", one.name, one.village, f"{one.last_year}", f"{one.records:,}", f"{one.operations:,}",
             f"{one.payments:,} 留", f"{one.papers:,} 留") for one in lines
        ], numeric=_NUMERIC)  # fmt: skip
        ticked = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
        for place in range(len(lines)):
            self._box(place).setFlags(ticked)
            self._box(place).setCheckState(Qt.CheckState.Unchecked)
        self.remove.setEnabled(bool(lines))
        self.all.setEnabled(bool(lines))

    def choose_all(self) -> None:
        """全选."""
        for place in range(self.due.rowCount()):
            self._box(place).setCheckState(Qt.CheckState.Checked)

    def _box(self, place: int) -> QTableWidgetItem:
        """The box of a row."""
        found = self.due.item(place, 0)
        assert found is not None
        return found

    @property
    def chosen(self) -> list[Due]:
        """The households chosen."""
        checked = Qt.CheckState.Checked
        return [one for place, one in enumerate(self._due) if self._box(place).checkState() == checked]

    def forget(self) -> None:
        """删除选中的."""
        chosen, bench, ask = self.chosen, self._shell.bench, self._shell.ask
        if not chosen:
            ask.message(self, _TITLE, "还没有选中要删除的户，请在第一列打勾。")
            return
        records = sum(one.records for one in chosen)
        kept = sum(one.payments + one.papers for one in chosen)
        text = (
            f"删除 {len(chosen):,} 户的个人资料？台账 {records:,} 条记录里的姓名、号码、账号、备注和附件都会删除，"
            f"改动记录里的一起删；发放、测算和定稿文件 {kept:,} 份依法留着。\n"
            "先做一份备份，然后删除。删除以后不能撤销，也不能重做。"
        )
        if ask.question(self, "删除个人资料", text, yes="删除", danger=True):
            keys = [one.key for one in chosen]
            self._shell.run(
                "正在删除个人资料", lambda report: personal.forget(bench, keys, report), self._forgotten,
                cancellable=False,
            )

    def _forgotten(self, change: Change) -> None:
        self._shell.ask.message(self, _TITLE, change.message)
        self.fill()


def _show(table: QTableWidget, rows: Sequence[Sequence[str]], numeric: set[int] | None = None) -> None:
    table.setRowCount(len(rows))
    for place, row in enumerate(rows):
        fonts.ensure("".join(row))
        for column, text in enumerate(row):
            item = QTableWidgetItem(text)
            item.setToolTip(as_tip(text))
            if column in (numeric or ()):
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(place, column, item)
