"""What the buttons above a register do: add, remove, import, export, choose what is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fupin_desktop.services import registers
from fupin_desktop.services.registers import HOUSEHOLDS, PERSONS, Register
from fupin_desktop.ui.ask import XLSX
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.registers.opened import OpenedRegister
from fupin_desktop.ui.tabs.registers.state import State
from fupin_desktop.ui.tabs.registers.table import RegisterTable
from fupin_desktop.ui.tasks import Report

_MANY = 200


class Actions:
    """Serves the tab's buttons and menu entries.

    Args:
        shell: The window.
        state: Knows the register in front.
        table: Knows the chosen rows.
    """

    def __init__(self, shell: Shell, state: State, table: RegisterTable) -> None:
        self._shell, self._state, self._table = shell, state, table
        table.delete_asked.connect(self.remove_chosen)
        table.add_asked.connect(self.add_household)

    # ---- records ----
    def add_household(self) -> None:
        """Ask for a new household's facts and register it."""
        from fupin_desktop.ui.dialogs.household import HouseholdDialog

        state = self._state
        dialog = HouseholdDialog(self._shell, state.front.query.village or "", self._shell.window)
        if self._shell.ask.run(dialog) and dialog.added:
            if state.register is not dialog.register:
                state.show(dialog.register)
            state.select(dialog.added)

    def remove_chosen(self) -> None:
        """Remove the chosen rows, after saying what goes with them."""
        front, bench = self._state.front, self._shell.bench
        keys = [key for first, last in self._table.chosen_rows() for key in front.model.keys_between(first, last)]
        if not keys:
            return
        self._shell.read(
            lambda: registers.removal_notice(bench, front.register, keys),
            lambda notice: self._remove(front, keys) if self._agreed(front.register, notice) else None,
        )

    def _agreed(self, register: Register, notice: str) -> bool:
        ask = self._shell.ask
        return ask.question(self._shell.window, f"删除{register.title}", notice, yes="删除", danger=True)

    def _remove(self, front: OpenedRegister, keys: list[str]) -> None:
        bench, register = self._shell.bench, front.register
        gone = set(keys)
        front.edits.drop([cell for cell in front.edits.cells if cell[0] in gone])
        if len(keys) <= _MANY:
            self._shell.do(lambda: registers.remove(bench, register, keys))
        else:
            self._shell.run(
                f"正在删除 {len(keys):,} 条", lambda _report: registers.remove(bench, register, keys),
                cancellable=False,
            )

    def may_leave(self) -> bool:
        """Whether the window may close although refused texts wait."""
        refused = self._state.refused
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

        front, bench = self._state.front, self._shell.bench
        query, shown = front.query, list(front.layout.shown)
        self._write(
            f"{front.register.title}台账",
            lambda path, report: exports.export_query(bench, query, path, columns=shown, progress=report),
        )

    def export_entries(self) -> None:
        """Write 奖补登记表, to be changed in a spreadsheet program and imported again."""
        self._export_whole("奖补登记表", HOUSEHOLDS)

    def export_persons(self) -> None:
        """Write 人口名单, to be changed in a spreadsheet program and imported again."""
        self._export_whole("人口名单", PERSONS)

    def _export_whole(self, title: str, register: Register) -> None:
        from fupin_desktop.services import exports

        bench = self._shell.bench
        self._write(title, lambda path, report: exports.write_register(bench, register, path, progress=report))

    def _write(self, title: str, write: Callable[[Path, Report], int]) -> None:
        """Ask for the place, write in the background, say where it is."""
        name = f"{title}-{self._shell.today:%Y%m%d}.xlsx"
        path = self._shell.ask.save_file(self._shell.window, f"导出{title}", name, XLSX)
        if path is not None:
            self._shell.run(
                f"正在导出{title}", lambda report: write(path, report),
                lambda rows: self._shell.said.emit(f"已导出 {rows:,} 行：{path}"),
            )
