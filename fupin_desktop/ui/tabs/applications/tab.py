"""村镇申报: the applications, with the villages' own facts."""

from __future__ import annotations

from typing import ClassVar

from fupin_desktop.override import override
from fupin_desktop.services.overview import Target
from fupin_desktop.ui.tabs.documents.tab import DocumentTab

_VILLAGE = "village"


class ApplicationsTab(DocumentTab):
    """The applications of a year."""

    key_of_tab: ClassVar[str] = "applications"
    word: ClassVar[str] = "申报表"
    manual_anchor: ClassVar[str] = "applications.html"

    @override
    def show_record(self, target: Target) -> None:
        """Show an application, those of a form or state, or the facts of the village shown."""
        if target.filter == _VILLAGE:
            self.load_if_stale()
            self.edit_village()
        else:
            super().show_record(target)

    def edit_village(self) -> None:
        """村资料: all villages, the one of the application shown in front."""
        from fupin_desktop.services import villages
        from fupin_desktop.ui.dialogs.villages import VillagesDialog

        bench, here = self.shell.bench, self.document.line.place if self.document else ""
        found = self.shell.read(lambda: villages.by_name(bench, here)) if here else None
        self.shell.ask.run(VillagesDialog(self.shell, found.key if found else ""))
