"""季度报表: the two quarterly tables, with their days and the sheets that villages fill."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QMenu, QWidget

from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.override import override
from fupin_desktop.services.overview import Target
from fupin_desktop.ui.papers import open_file
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.documents.actions import DocumentActions
from fupin_desktop.ui.tabs.documents.state import Wanted
from fupin_desktop.ui.tabs.documents.tab import DocumentTab

_BEGIN = "begin:"
_HANDED_IN = (ApplicationState.APPROVED, ApplicationState.REPLACED)


class ReportActions(DocumentActions):
    """What is done with quarterly tables besides: the receipt of one that was handed in."""

    @override
    def fill_menu(self, menu: QMenu) -> None:
        """The usual entries and the receipt."""
        super().fill_menu(menu)
        self._receipt = menu.addAction("登记回执…")
        self._receipt.triggered.connect(lambda _checked=False: self.register_receipt())

    @override
    def _enable(self) -> None:
        """Only of a table that was handed in there is a receipt."""
        super()._enable()
        document = self._state.document
        self._receipt.setEnabled(document is not None and document.line.state in _HANDED_IN)

    def register_receipt(self) -> None:
        """Ask when the table shown was received, and by whom."""
        from fupin_desktop.services.reports.receipts import ACT
        from fupin_desktop.ui.dialogs.act import ActDialog

        self._shell.ask.run(ActDialog(self._shell, ACT, self._state.key))


class ReportsTab(DocumentTab):
    """The quarterly tables of a year."""

    actions_class: ClassVar[type[DocumentActions]] = ReportActions

    nouns: ClassVar[frozenset[str]] = DocumentTab.nouns | {
        "projects", "project_funds", "project_steps", "project_quarters", "entities", "years",
    }  # fmt: skip
    key_of_tab: ClassVar[str] = "reports"
    word: ClassVar[str] = "季度报表"
    manual_anchor: ClassVar[str] = "reports.html"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.records.leave_out_copying()

    @override
    def show_record(self, target: Target) -> None:
        """Show a table; a duty without one begins it, for the year it is of."""
        if target.filter.startswith(_BEGIN):
            self.load_if_stale()
            self.state.show_wanted(Wanted(int(target.filter.removeprefix(_BEGIN))))
            self.document_actions.new()
        else:
            super().show_record(target)

    def collect_out(self) -> None:
        """发出采集表: a workbook for each village, for a quarter of the year at work."""
        from fupin_desktop.domain.project_words import Quarter
        from fupin_desktop.services.reports import collecting, quarters

        shell, bench = self.shell, self.shell.bench
        ended = quarters.last_ended(shell.today)[1]
        order = [ended, *(one for one in Quarter if one is not ended)]
        words = [f"{bench.year}年{quarters.word(one)}" for one in order]
        place = shell.ask.choose(shell.window, "发出采集表", "哪个季度：", words)
        folder = shell.ask.folder(shell.window, "采集表放在哪里") if place is not None else None
        if place is None or folder is None:
            return
        quarter = order[place]

        def told(paths: list[Path]) -> None:
            text = f"已写出 {len(paths)} 个村的采集表，放在“{folder}”。\n村里填好以后，用“读回采集表…”逐个读回。"
            if shell.ask.question(shell.window, "发出采集表", text, yes="打开文件夹", no="不用"):
                open_file(folder, shell)

        shell.run(
            "正在写采集表", lambda report: collecting.write_sheets(bench, bench.year, quarter, folder, report), told
        )

    def collect_in(self) -> None:
        """读回采集表: the import of the register 季度进展."""
        from fupin_desktop.services.imports.importers import importer_of
        from fupin_desktop.services.registers import registry
        from fupin_desktop.services.reports.collecting import REGISTER
        from fupin_desktop.ui.importing.wizard import ImportWizard

        if not self.shell.may_change():
            return
        wizard = ImportWizard(self.shell, self.shell.window, importer=importer_of(registry.of(REGISTER)))
        self.shell.ask.run(wizard)

    def set_days(self) -> None:
        """报送期限: the office's own day, and what went out another way."""
        from fupin_desktop.ui.dialogs.report_days import ReportDaysDialog

        if self.shell.ask.run(ReportDaysDialog(self.shell)):
            self.shell.said.emit("报送期限已保存。")
            self.reload()
