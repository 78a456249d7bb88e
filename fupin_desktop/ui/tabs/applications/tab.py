"""村镇申报: the applications, with the villages' own facts."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

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
        """村资料: of the village shown, else of one that is chosen."""
        from fupin_desktop.services import villages
        from fupin_desktop.ui.dialogs.village import VillageDialog

        bench, ask = self.shell.bench, self.shell.ask
        known = self.shell.read(lambda: villages.all(bench)) or []
        here = self.document.line.place if self.document else ""
        found = next((village for village in known if village.name == here), None)
        if found is None and known:
            place = ask.choose(self.shell.window, "村资料", "哪个村:", [village.name for village in known])
            found = known[place] if place is not None else None
        elif not known:
            ask.message(self.shell.window, "村资料", "还没有登记村。请先导入农户名册。")
        if found is not None:
            ask.run(VillageDialog(self.shell, found.key))
