"""资金审批: use plans and approval sheets in one view, the ledger of fund sources in the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from fupin_desktop.override import override
from fupin_desktop.services.overview import Target
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.base import OfficeTab
from fupin_desktop.ui.tabs.funds.papers import FundPapersTab
from fupin_desktop.ui.widgets.boxes import hbox, vbox
from fupin_desktop.ui.widgets.segments import Segments

if TYPE_CHECKING:
    from fupin_desktop.ui.tabs.funds.ledger import LedgerPage

PAPERS, LEDGER = "papers", "ledger"


class FundsTab(OfficeTab):
    """Switches between the two views; each is made when it is first shown.

    Attributes:
        switch: 呈批审批, 资金台账.
        views: Those made, by key.
    """

    manual_anchor: ClassVar[str] = "money.html"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.switch = Segments(((PAPERS, "呈批审批"), (LEDGER, "资金台账")))
        self.views: dict[str, OfficeTab] = {}
        self._tools, self._pages = QStackedWidget(), QStackedWidget()
        top = hbox(self.switch, (self._tools, 1), margins=(12, 10, 12, 0), spacing=14)
        vbox(top, (self._pages, 1), on=self, margins=0, spacing=0)
        self._tools.setFixedHeight(self.switch.sizeHint().height() + 4)
        self.switch.chosen.connect(self.show_view)
        self.show_view(PAPERS)

    # ---- views ----
    @property
    def papers(self) -> FundPapersTab:
        """呈批审批."""
        found = self._view(PAPERS)
        assert isinstance(found, FundPapersTab)
        return found

    @property
    def ledger(self) -> LedgerPage:
        """资金台账."""
        from fupin_desktop.ui.tabs.funds.ledger import LedgerPage

        found = self._view(LEDGER)
        assert isinstance(found, LedgerPage)
        return found

    @property
    def view(self) -> OfficeTab:
        """The one in front."""
        return self.views[self.switch.key]

    def _view(self, key: str) -> OfficeTab:
        if key not in self.views:
            tools = self._made(key)
            self._tools.addWidget(tools)
            self._pages.addWidget(self.views[key])
        return self.views[key]

    def _made(self, key: str) -> QWidget:
        """Make a view; returns its row of buttons."""
        if key == PAPERS:
            self.views[key] = papers = FundPapersTab(self.shell)
            return papers.tools
        from fupin_desktop.ui.tabs.funds.ledger import LedgerPage

        self.views[key] = ledger = LedgerPage(self.shell)
        return ledger.tools

    def show_view(self, key: str) -> None:
        """Bring a view to the front."""
        shown = self._view(key)
        self.switch.show_key(key)
        place = self._pages.indexOf(shown)
        self._tools.setCurrentIndex(place)
        self._pages.setCurrentIndex(place)

    # ---- as the window knows a tab ----
    @override
    def view_for(self, key: str) -> OfficeTab:
        """The view of a key, in front and read."""
        self.show_view(key)
        return self.view.view_for("")

    @override
    def manual_topic(self) -> str:
        """The page of the view in front."""
        return self.view.manual_topic()

    @override
    def changed(self, change: Change) -> None:
        """Each view knows what concerns it."""
        for shown in self.views.values():
            shown.changed(change)

    @override
    def reload(self) -> None:
        """Both views."""
        for shown in self.views.values():
            shown.reload()

    @override
    def show_record(self, target: Target) -> None:
        """Show a document, those of a filter, or the ledger (``ledger``, ``ledger:paid``)."""
        key = LEDGER if target.filter.partition(":")[0] == LEDGER else PAPERS
        self.show_view(key)
        self._view(key).show_record(target)

    @override
    def take_keyboard(self) -> None:
        """The view in front takes the keyboard."""
        self.view.take_keyboard()

    @override
    def start_search(self) -> None:
        """Ctrl+F: in the view in front."""
        self.view.start_search()

    @override
    def print_paper(self) -> None:
        """Ctrl+P: the document, or the ledger."""
        if self.switch.key == PAPERS:
            self.papers.print_paper()
        else:
            self.ledger.papers.ledger.print()

    @override
    def undo(self) -> None:
        """Ctrl+Z: in the view in front."""
        self.view.undo()

    @override
    def redo(self) -> None:
        """Ctrl+Y: in the view in front."""
        self.view.redo()

    @override
    def undo_titles(self) -> tuple[str | None, str | None]:
        """What undo and redo would do in the view in front."""
        return self.view.undo_titles()

    @override
    def can_close(self) -> bool:
        """Whether nothing half typed is lost."""
        return all(shown.can_close() for shown in self.views.values())
