"""The import wizard: five pages over one state, for the lists of any importer."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QFrame, QStackedWidget, QWidget

from fupin_desktop.services.imports.households.importer import HOUSEHOLD_LISTS
from fupin_desktop.services.imports.importer import Importer
from fupin_desktop.ui.importing.columns_page import ColumnsPage
from fupin_desktop.ui.importing.done_page import DonePage
from fupin_desktop.ui.importing.file_page import FilePage
from fupin_desktop.ui.importing.preview_page import PreviewPage
from fupin_desktop.ui.importing.sheet_page import SheetPage
from fupin_desktop.ui.importing.state import State
from fupin_desktop.ui.importing.steps import Page, StepLine
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button


class ImportWizard(QDialog):
    """Five pages; nothing is written before 导入 on the fourth.

    Attributes:
        state: What is known so far.
    """

    def __init__(
        self, shell: Shell, parent: QWidget | None = None, *, importer: Importer = HOUSEHOLD_LISTS
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"导入{importer.title}")
        self.resize(1040, 660)
        self.state = State(shell, importer, self)
        self.file_page, self.sheet_page = FilePage(self.state), SheetPage(self.state)
        self.columns_page, self.preview_page = ColumnsPage(self.state), PreviewPage(self.state)
        self.done_page = DonePage(self.state)
        self.pages: tuple[Page, ...] = (
            self.file_page, self.sheet_page, self.columns_page, self.preview_page, self.done_page,
        )  # fmt: skip
        self.steps, self.stack = StepLine(), QStackedWidget()
        self.back_button = button("上一步", self.show_back)
        self.next_button = button("下一步", self._go_on, "primary")
        self.next_button.setDefault(True)
        self.cancel_button = button("取消", self.reject)
        self._build()
        self._show(0)

    def _build(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        vbox(self.stack, on=card, margins=(18, 16, 18, 16))
        for page in self.pages:
            self.stack.addWidget(page)
            page.ready_changed.connect(self._tell_ready)
            page.finished.connect(self.show_next)
        self.done_page.again.connect(lambda: self._show(0))
        self.done_page.closed.connect(self.accept)
        buttons = hbox(self.cancel_button, STRETCH, self.back_button, self.next_button, spacing=8)
        vbox(self.steps, (card, 1), buttons, on=self, margins=(18, 12, 18, 14), spacing=10)

    @property
    def page(self) -> Page:
        """The page in front."""
        return self.pages[self.stack.currentIndex()]

    def _show(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        self.steps.show_step(place)
        done = self.page is self.done_page
        self.back_button.setVisible(place > 0 and not done)
        self.cancel_button.setVisible(not done)
        self.page.enter()
        self._tell_ready()
        (self.page.first() or self.next_button).setFocus()

    def _tell_ready(self) -> None:
        self.next_button.setText(self.page.next_text())
        self.next_button.setEnabled(self.page.ready())

    def show_next(self) -> None:
        """The next page."""
        self._show(self.stack.currentIndex() + 1)

    def show_back(self) -> None:
        """The page before."""
        self._show(self.stack.currentIndex() - 1)

    def _go_on(self) -> None:
        self.page.go_on()
