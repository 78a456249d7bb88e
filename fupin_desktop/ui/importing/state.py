"""What the import wizard knows so far: the file as read, how it is to be read, what was imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from fupin_desktop.services import history
from fupin_desktop.services.imports.answers import NOTHING, Answers
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.importer import Importer
from fupin_desktop.services.imports.mapping import Mapping
from fupin_desktop.services.imports.preview import Preview, prepare, prepare_workbook
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tasks import Report

Done = Callable[[], object]
Failed = Callable[[BaseException], object]


class State(QObject):
    """Shared by the pages; what takes time runs as a task of the window.

    Attributes:
        shell: The window.
        importer: How the lists are imported.
        preview: The file as read last; None before one was read.
        mapping: How it is to be read, as chosen so far.
        village: Village of rows that name none, as chosen so far.
        answers: What was answered to the questions of the list so far.
        change: What was imported; None before.
    """

    def __init__(self, shell: Shell, importer: Importer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shell, self.importer = shell, importer
        self.preview: Preview | None = None
        self.mapping: Mapping | None = None
        self.village = ""
        self.answers = NOTHING
        self.change: Change | None = None
        self._action = ""

    @property
    def read_preview(self) -> Preview:
        """The file as read last, where one was."""
        assert self.preview is not None
        return self.preview

    @property
    def chosen_mapping(self) -> Mapping:
        """How the file is to be read, where one was."""
        assert self.mapping is not None
        return self.mapping

    def forget(self) -> None:
        """Begin with another file."""
        self.preview = self.mapping = self.change = None

    # ---- reading ----
    def read(self, path: Path, done: Done, failed: Failed, password: str = "") -> None:
        """Read a file, with the password that opens it."""
        self.preview = self.mapping = None
        self.answers = NOTHING
        bench, importer = self.shell.bench, self.importer

        def took(found: Preview) -> None:
            self._take(found)
            done()

        self.shell.run(
            f"正在读取 {path.name}",
            lambda report: prepare(bench, path, importer=importer, password=password, progress=report), took,
            failed=failed,
        )  # fmt: skip

    def _take(self, preview: Preview) -> None:
        self.preview, self.mapping, self.village = preview, preview.mapping, preview.village

    def choose_sheet(self, sheet: str, done: Done) -> None:
        """Read another sheet of the same file, with questions of its own."""
        self.answers = NOTHING
        self._prepare(done, sheet=sheet)

    def read_again(self, done: Done) -> None:
        """Read the file as chosen now; at once done where nothing was chosen otherwise."""
        read, chosen = self.preview, (self.mapping, self.village, self.answers)
        if read is not None and (read.mapping, read.village, read.answers) == chosen:
            done()
        else:
            self._prepare(done, sheet=None)

    def _prepare(self, done: Done, sheet: str | None) -> None:
        preview, bench = self.read_preview, self.shell.bench
        mapping, village = (self.mapping, self.village) if sheet is None else (None, None)
        name, answers = sheet or preview.sheet, self.answers

        def work(report: Report) -> Preview:
            return prepare_workbook(
                bench, preview.path, preview.workbook, importer=preview.importer, sheet=name, mapping=mapping,
                village=village, today=preview.today, answers=answers, progress=report,
            )  # fmt: skip

        def took(found: Preview) -> None:
            self._take(found)
            done()

        self.shell.run("正在核对", work, took)

    def answer(self, answers: Answers, done: Done) -> None:
        """Read the file again with these answers."""
        self.answers = answers
        self._prepare(done, sheet=None)

    def missing(self) -> list[str]:
        """What the file lacks if it were read as chosen now, as labels."""
        preview, mapping = self.read_preview, self.chosen_mapping
        return replace(preview, mapping=mapping, village=self.village, answers=self.answers).missing

    # ---- writing ----
    def store(self, done: Done, failed: Failed, *, only_good: bool) -> None:
        """Import as one operation; cancelled, nothing is left of it."""
        bench, preview = self.shell.bench, self.read_preview

        def stored(change: Change) -> None:
            self.change = change
            actions = self.shell.read(lambda: history.recent(bench, 1)) if change.nouns else None
            self._action = actions[0].key if actions else ""
            done()

        self.shell.run(
            f"正在导入 {preview.path.name}",
            lambda report: apply(bench, preview, only_good=only_good, progress=report), stored, failed=failed,
        )  # fmt: skip

    def take_back(self, done: Done) -> None:
        """Undo the import as a whole."""
        bench, action = self.shell.bench, self._action
        self.shell.run(
            "正在撤销导入", lambda _report: history.undo_one(bench, action), lambda _change: done(), cancellable=False,
        )  # fmt: skip
