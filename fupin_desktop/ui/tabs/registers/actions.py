"""What the buttons above the register do: import, export, add, remove, mask, choose columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QToolButton

from fupin_desktop.services import registers
from fupin_desktop.services.registers import Register
from fupin_desktop.ui.ask import XLSX
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tasks import Report
from fupin_desktop.ui.widgets.toolbar import ToolRow

if TYPE_CHECKING:
    from fupin_desktop.ui.tabs.registers.shelf import Shelf
    from fupin_desktop.ui.tabs.registers.tab import HouseholdsTab

_MANY = 200


class Actions:
    """Serves the tab's buttons and menu entries.

    Attributes:
        masked: Whether ID numbers, phones and accounts are hidden on the screen.
    """

    def __init__(self, shell: Shell, tab: HouseholdsTab) -> None:
        self._shell, self._tab = shell, tab
        self.masked = False

    def fill(self, tools: ToolRow) -> None:
        """Put the buttons at the right of the tool row."""
        self.mask_button, self.detail_button = QToolButton(), QToolButton()
        for made, text, tip in (
            (self.mask_button, "遮蔽", "隐藏证件号码、电话和银行卡号的中间几位，只影响屏幕"),
            (self.detail_button, "农户资料", "显示或收起右侧的农户资料"),
        ):
            made.setText(text)
            made.setToolTip(tip)
            made.setCheckable(True)
        self.detail_button.setChecked(True)
        self.mask_button.toggled.connect(self.mask)
        self.detail_button.toggled.connect(self._tab.detail.setVisible)
        self._tab.detail.hide_asked.connect(lambda: self.detail_button.setChecked(False))
        tools.add_widget(self.mask_button, right=True)
        tools.add_menu("更多", (
            ("复制", lambda: self._tab.table.copy()), ("向下填充\tCtrl+D", lambda: self._tab.table.fill_asked.emit()),
            ("删除所选的行…\tCtrl+-", self.remove_chosen), ("选择列…", lambda: self._tab.columns.choose()),
        ))
        tools.add_menu("导出", (
            ("当前列表…", self.export), ("奖补登记表(改好可再导入)…", self.export_entries),
            ("人口名单(改好可再导入)…", self.export_persons),
        ))
        tools.add_widget(self.detail_button, right=True)

    def mask(self, masked: bool) -> None:
        """Hide or show the middle of numbers on the screen."""
        self.masked = masked
        self._tab.shelf.model.set_masked(masked)
        self._tab.detail.set_masked(masked)

    # ---- records ----
    def add_household(self) -> None:
        """Ask for a new household's facts and register it."""
        from fupin_desktop.ui.dialogs.household import HouseholdDialog

        dialog = HouseholdDialog(self._shell, self._tab.shelf.query.village or "", self._shell.window)
        if self._shell.ask.run(dialog) and dialog.added:
            if self._tab.shelf.register is not Register.HOUSEHOLDS:
                self._tab.show_register(Register.HOUSEHOLDS)
            self._tab.select(dialog.added)

    def remove_chosen(self) -> None:
        """Remove the chosen rows, after saying what goes with them."""
        shelf, bench = self._tab.shelf, self._shell.bench
        ranges = self._tab.table.chosen_rows()
        keys = [key for first, last in ranges for key in shelf.model.keys_between(first, last)]
        if not keys:
            return
        self._shell.read(
            lambda: registers.removal_notice(bench, shelf.register, keys),
            lambda notice: self._remove(shelf, keys) if self._agreed(shelf.register, notice) else None,
        )

    def _agreed(self, register: Register, notice: str) -> bool:
        ask = self._shell.ask
        return ask.question(self._shell.window, f"删除{register.label}", notice, yes="删除", danger=True)

    def _remove(self, shelf: Shelf, keys: list[str]) -> None:
        bench, register = self._shell.bench, shelf.register
        shelf.edits.give_up([cell for cell in shelf.edits.cells if cell[0] in keys])
        if len(keys) <= _MANY:
            self._shell.do(lambda: registers.remove(bench, register, keys))
        else:
            self._shell.run(
                f"正在删除 {len(keys):,} 条", lambda _report: registers.remove(bench, register, keys),
                cancellable=False,
            )

    def may_leave(self, refused: int) -> bool:
        """Whether the window may close although refused texts wait."""
        if not refused:
            return True
        text = f"农户台账里还有 {refused} 格内容没有写入(标红的格子)，退出后会丢失。"
        return self._shell.ask.question(self._shell.window, "还有内容没有写入", text, yes="仍要退出", danger=True)

    # ---- files ----
    def import_register(self, path: Path | None = None) -> None:
        """Open the import wizard, with a file where one was dropped on the tab."""
        from fupin_desktop.ui.importing.wizard import ImportWizard

        wizard = ImportWizard(self._shell, self._shell.window)
        if path is not None:
            wizard.file_page.take(path)
        self._shell.ask.run(wizard)

    def export(self) -> None:
        """Write the rows and columns looked at to a workbook."""
        from fupin_desktop.services import exports

        shelf, bench = self._tab.shelf, self._shell.bench
        query, shown = shelf.query, list(shelf.layout.shown)
        self._write(
            f"{shelf.register.label}台账",
            lambda path, report: exports.export_query(bench, query, path, columns=shown, progress=report),
        )

    def export_entries(self) -> None:
        """Write 奖补登记表, to be changed in a spreadsheet program and imported again."""
        from fupin_desktop.services import exports

        bench = self._shell.bench
        self._write("奖补登记表", lambda path, report: exports.write_register(
            bench, Register.HOUSEHOLDS, path, progress=report,
        ))

    def export_persons(self) -> None:
        """Write 人口名单, to be changed in a spreadsheet program and imported again."""
        from fupin_desktop.services import exports

        bench = self._shell.bench
        self._write("人口名单", lambda path, report: exports.write_register(
            bench, Register.PERSONS, path, progress=report,
        ))

    def _write(self, title: str, write: Callable[[Path, Report], int]) -> None:
        """Ask for the place, write in the background, say where it is."""
        name = f"{title}-{self._shell.today:%Y%m%d}.xlsx"
        path = self._shell.ask.save_file(self._shell.window, f"导出{title}", name, XLSX)
        if path is not None:
            self._shell.run(
                f"正在导出{title}", lambda report: write(path, report),
                lambda rows: self._shell.said.emit(f"已导出 {rows:,} 行：{path}"),
            )
