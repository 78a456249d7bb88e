"""季度报表: the two quarterly tables, with their days and the sheets that villages fill."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from fupin_desktop.services.overview import Target
from fupin_desktop.ui.tabs.documents.state import Wanted
from fupin_desktop.ui.tabs.documents.tab import DocumentTab

_BEGIN = "begin:"


class ReportsTab(DocumentTab):
    """The quarterly tables of a year."""

    nouns: ClassVar[frozenset[str]] = DocumentTab.nouns | {
        "projects", "project_funds", "project_steps", "project_quarters", "entities", "years",
    }  # fmt: skip
    key_of_tab: ClassVar[str] = "reports"
    word: ClassVar[str] = "季度报表"
    manual_anchor: ClassVar[str] = "reports.html"

    @override
    def show_record(self, target: Target) -> None:
        """Show a table; a duty without one begins it, for the year it is of."""
        if target.filter.startswith(_BEGIN):
            self.load_if_stale()
            self.state.show_wanted(Wanted(int(target.filter.removeprefix(_BEGIN))))
            self.new_document()
        else:
            super().show_record(target)

    def set_days(self) -> None:
        """报送期限: the office's own day, and what went out another way."""
        from fupin_desktop.ui.dialogs.report_days import ReportDaysDialog

        if self.shell.ask.run(ReportDaysDialog(self.shell)):
            self.shell.said.emit("报送期限已保存。")
            self.reload()
