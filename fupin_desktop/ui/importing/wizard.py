"""The import wizard: holds what is known so far and moves from page to page; the pages do the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fupin_desktop.errors import Cancelled
from fupin_desktop.services import history
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.mapping import Mapping
from fupin_desktop.services.imports.preview import Preview, prepare, prepare_workbook
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.importing.columns_page import ColumnsPage
from fupin_desktop.ui.importing.file_page import FilePage
from fupin_desktop.ui.importing.preview_page import DonePage, PreviewPage
from fupin_desktop.ui.importing.sheet_page import SheetPage
from fupin_desktop.ui.importing.steps import Page, StepLine
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tasks import Report
from fupin_desktop.ui.widgets.labels import button


class ImportWizard(QDialog):
    """Five pages; nothing is written before 导入 on the fourth.

    Attributes:
        shell: The window.
        preview: The file as read last; None before one was read.
        mapping: How it is to be read, as chosen so far.
        village: Village of rows that name none, as chosen so far.
        change: What was imported; None before.
    """

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("导入名册")
        self.resize(1040, 660)
        self.shell = shell
        self.preview: Preview | None = None
        self.mapping: Mapping | None = None
        self.village = ""
        self.change: Change | None = None
        self._deed = ""
        self.file_page, self.sheet_page, self.columns_page = FilePage(self), SheetPage(self), ColumnsPage(self)
        self.preview_page, self.done_page = PreviewPage(self), DonePage(self)
        self.pages: tuple[Page, ...] = (
            self.file_page, self.sheet_page, self.columns_page, self.preview_page, self.done_page,
        )
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
        inside = QVBoxLayout(card)
        inside.setContentsMargins(18, 16, 18, 16)
        inside.addWidget(self.stack)
        for page in self.pages:
            self.stack.addWidget(page)
            page.ready_changed.connect(self._tell_ready)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.next_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 12, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(self.steps)
        layout.addWidget(card, 1)
        layout.addLayout(buttons)

    # ---- pages ----
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
        self.next_button.setFocus()

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

    def start_again(self) -> None:
        """Another file."""
        self.preview = self.mapping = self.change = None
        self._show(0)

    # ---- reading ----
    def read(self, path: Path, failed: Callable[[BaseException], object]) -> None:
        """Read a file and go on to what was recognised."""
        self.preview = self.mapping = None
        bench = self.shell.bench
        self.shell.run(
            f"正在读取 {path.name}", lambda report: prepare(bench, path, progress=report), self._read, failed=failed,
        )

    def _read(self, preview: Preview) -> None:
        self._take(preview)
        self._show(1)

    def _take(self, preview: Preview) -> None:
        self.preview, self.mapping, self.village = preview, preview.mapping, preview.village

    def choose_sheet(self, sheet: str) -> None:
        """Read another sheet of the same file."""
        self._prepare(self.sheet_page.enter, sheet=sheet)

    def read_again(self, done: Callable[[], object]) -> None:
        """Read the file as chosen now; at once done where nothing was chosen otherwise."""
        if self.preview is not None and (self.preview.mapping, self.preview.village) == (self.mapping, self.village):
            done()
        else:
            self._prepare(done, sheet=None)

    def _prepare(self, done: Callable[[], object], sheet: str | None) -> None:
        preview, bench = self.preview, self.shell.bench
        assert preview is not None
        mapping, village = (self.mapping, self.village) if sheet is None else (None, None)
        name = sheet or preview.sheet

        def work(report: Report) -> Preview:
            return prepare_workbook(
                bench, preview.path, preview.workbook, sheet=name, mapping=mapping, village=village,
                today=preview.today, progress=report,
            )

        def took(found: Preview) -> None:
            self._take(found)
            done()

        self.shell.run("正在核对", work, took)

    def preview_with(self, mapping: Mapping) -> Preview:
        """What is known of the file, as if it had been read by another mapping; for asking what is missing."""
        assert self.preview is not None
        return replace(self.preview, mapping=mapping, village=self.village)

    # ---- writing ----
    def store(self, *, only_good: bool) -> None:
        """Import as one operation; cancelled, nothing is left of it."""
        bench, preview = self.shell.bench, self.preview
        assert preview is not None
        self.shell.run(
            f"正在导入 {preview.path.name}",
            lambda report: apply(bench, preview, only_good=only_good, progress=report), self._stored,
            failed=self._not_stored,
        )

    def _stored(self, change: Change) -> None:
        self.change = change
        deeds = self.shell.read(lambda: history.recent(self.shell.bench, 1)) if change.nouns else None
        self._deed = deeds[0].key if deeds else ""
        self.show_next()

    def _not_stored(self, trouble: BaseException) -> None:
        if isinstance(trouble, Cancelled):
            self.shell.ask.message(self, "已取消", "导入已取消，台账没有变动。")
        else:
            self.shell.tasks.tell(trouble)

    def take_back(self, done: Callable[[], object]) -> None:
        """Undo the import as a whole."""
        bench, deed = self.shell.bench, self._deed
        self.shell.run(
            "正在撤销导入", lambda _report: history.undo_one(bench, deed), lambda _change: done(), cancellable=False,
        )
