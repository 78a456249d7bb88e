"""The one seam through which the window asks and tells: every dialog goes through an ``Asker``, which tests replace.

Qt's dialog classes are loaded when the first of them is shown; the start of the window does without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fupin_desktop.errors import Situation
from fupin_desktop.ui import fonts
from fupin_desktop.ui.recent import RecentFiles
from fupin_desktop.ui.widgets.traits import set_trait

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QDialog, QInputDialog, QMessageBox, QWidget

    from fupin_desktop.policy.problems import Problem

SHEETS = "表格 (*.xlsx *.xls *.et *.ods *.xlsm *.csv *.tsv *.txt *.xml *.htm *.html)"
XLSX = "Excel 工作簿 (*.xlsx)"
PDF = "PDF 文件 (*.pdf)"
TOML = "奖补方案 (*.toml)"
DATA_FILES = "数据文件 (*.sqlite)"
TEXT = "文本文件 (*.txt)"
_WIDTH = 420
"""Of a question, pixels at the least."""


class Asker:
    """Real dialogs. File dialogs start where the last one ended.

    Attributes:
        last_folder: Folder of the last file chosen.
        recent: The files chosen last.
        sizes: Width and height that the clerk gave a dialog, by its class.
        busy: Whether work is on its way whose end may be told to a dialog that was closed meanwhile.
    """

    def __init__(self, last_folder: str = "") -> None:
        self.last_folder, self.recent = last_folder, RecentFiles()
        self.sizes: dict[str, tuple[int, int]] = {}
        self.busy: Callable[[], bool] = lambda: False
        self._waiting: list[QDialog] = []
        self._backs: set[QObject] = set()

    def open_file(self, parent: QWidget | None, title: str, kind: str) -> Path | None:
        """An existing file; None where the clerk gives up."""
        from PySide6.QtWidgets import QFileDialog

        return self._chosen(QFileDialog.getOpenFileName(parent, title, self._start(), kind)[0])

    def save_file(self, parent: QWidget | None, title: str, name: str, kind: str) -> Path | None:
        """A file to write, with the ending of its kind; before one is replaced it is asked.

        The dialog itself asks about the name as it is typed; about the one that gets its ending only then, here.
        """
        from PySide6.QtWidgets import QFileDialog

        ending = kind[kind.rfind("*") + 1:].rstrip(")")
        from fupin_desktop.domain import file_names

        start = str(Path(self._start()) / file_names.clean(name.removesuffix(ending), ending))
        chosen = self._chosen(QFileDialog.getSaveFileName(parent, title, start, kind)[0])
        if chosen is None or not ending or chosen.suffix.lower() == ending.lower():
            return chosen
        named = chosen.with_name(chosen.name + ending)
        text = f"“{named.name}”已经有了。替换它？"
        if named.exists() and not self.question(parent, title, text, yes="替换", danger=True):
            return None
        return named

    def folder(self, parent: QWidget | None, title: str, start: str = "") -> Path | None:
        """An existing folder, from ``start`` on or what there is of it; None where the clerk gives up."""
        from PySide6.QtWidgets import QFileDialog

        there = next((one for one in (Path(start), *Path(start).parents) if one.is_dir()), None) if start else None
        found = QFileDialog.getExistingDirectory(parent, title, str(there) if there else self._start())
        return Path(found) if found else None

    def question(
        self, parent: QWidget | None, title: str, text: str, *, yes: str = "确定", no: str = "取消",
        danger: bool = False,
    ) -> bool:
        """Whether the clerk agrees; a dangerous act has “取消” as its default."""
        from PySide6.QtWidgets import QMessageBox

        box = self._box(parent, title, text, "Warning" if danger else "Question")
        agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(refuse if danger else agree)
        box.setEscapeButton(refuse)
        _answered(box)
        return box.clickedButton() is agree

    def either(self, parent: QWidget | None, title: str, text: str, *, first: str, second: str) -> int | None:
        """Which of two ways the clerk takes, 0 or 1; None for neither."""
        from PySide6.QtWidgets import QMessageBox

        box = self._box(parent, title, text, "Question")
        ways = [box.addButton(first, QMessageBox.ButtonRole.AcceptRole)]
        ways.append(box.addButton(second, QMessageBox.ButtonRole.ActionRole))
        neither = box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(ways[0])
        box.setEscapeButton(neither)
        _answered(box)
        return next((place for place, way in enumerate(ways) if box.clickedButton() is way), None)

    def choose(
        self, parent: QWidget | None, title: str, text: str, options: Sequence[str], at: int = 0
    ) -> int | None:
        """Index of the option chosen, of two that read alike too, ``at`` first; None where the clerk gives up."""
        from PySide6.QtWidgets import QComboBox

        dialog = self._input(parent, title, text)
        dialog.setComboBoxItems(list(options))
        _spread(dialog)
        box: QComboBox | None = dialog.findChild(QComboBox)
        if box is not None:
            box.setCurrentIndex(at)
        return box.currentIndex() if self.run(dialog) and box is not None else None

    def text(self, parent: QWidget | None, title: str, text: str, value: str = "", *, long: bool = False) -> str | None:
        """A text typed by the clerk (several lines where ``long``); None where the clerk gives up."""
        from PySide6.QtWidgets import QInputDialog

        fonts.ensure(value)
        dialog = self._input(parent, title, text)
        dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput, long)
        dialog.setTextValue(value)
        _spread(dialog)
        return dialog.textValue().strip() if self.run(dialog) else None

    def password(self, parent: QWidget | None, title: str, text: str) -> str | None:
        """A password, typed unseen; None where cancelled."""
        from PySide6.QtWidgets import QLineEdit

        dialog = self._input(parent, title, text)
        dialog.setTextEchoMode(QLineEdit.EchoMode.Password)
        _spread(dialog)
        return dialog.textValue() if self.run(dialog) else None

    def message(self, parent: QWidget | None, title: str, text: str) -> None:
        """Tell something that needs no answer."""
        _answered(self._box(parent, title, text, "NoIcon"))

    def written(self, parent: QWidget | None, title: str, text: str, path: Path) -> Path | None:
        """Tell that a file was written; what the clerk wants to see now: it, the folder it lies in, or nothing."""
        from PySide6.QtWidgets import QMessageBox

        box = self._box(parent, title, text, "Information")
        here = box.addButton("打开", QMessageBox.ButtonRole.AcceptRole)
        there = box.addButton("打开文件夹", QMessageBox.ButtonRole.ActionRole)
        done = box.addButton("关闭", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(done)
        box.setEscapeButton(done)
        _answered(box)
        clicked = box.clickedButton()
        return path if clicked is here else path.parent if clicked is there else None

    def situation(self, parent: QWidget | None, situation: Situation) -> None:
        """Tell a situation: what happened, what is safe, what to do."""
        box = self._box(parent, "提示", situation.happened, "Warning")
        box.setInformativeText(f"{situation.safe}\n{situation.todo}".strip())
        _answered(box)

    def problems(self, parent: QWidget | None, title: str, problems: Sequence[Problem], todo: str = "") -> None:
        """List problems that stop something, and say what is safe and what to do."""
        from fupin_desktop.ui.widgets.problems_dialog import ProblemsDialog

        self.run(ProblemsDialog(title, problems, parent, todo))

    def printers(self) -> list[str]:
        """Names of the printers this PC has."""
        from PySide6.QtPrintSupport import QPrinterInfo

        return QPrinterInfo.availablePrinterNames()

    def set_up_print(self, parent: QWidget | None, printer: QPrinter, pages: int) -> bool:
        """The system's print dialog; whether the clerk agrees.

        Args:
            parent: The window.
            printer: Is set up as chosen.
            pages: Number of pages, from which a range may be chosen; 0 for many papers, which are printed whole.
        """
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle("打印")
        if pages > 1:
            dialog.setMinMax(1, pages)
            dialog.setFromTo(1, pages)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, pages > 1)
        return self.run(dialog)

    def run(self, dialog: QDialog) -> bool:
        """Show a dialog until it is closed, one of ours as large as the clerk left it last; whether it was accepted."""
        from fupin_desktop.ui.fitting import fit_dialog
        from fupin_desktop.ui.help_topics import help_on
        from fupin_desktop.ui.keys import go_by_keys

        name = type(dialog).__name__
        if name in self.sizes:
            dialog.resize(*self.sizes[name])
        help_on(dialog)
        fit_dialog(dialog)
        go_by_keys(dialog)
        shown = dialog.size()
        accepted = dialog.exec() == dialog.DialogCode.Accepted
        if dialog.size() != shown and not type(dialog).__module__.startswith("PySide6"):  # its own grows by a button
            self.sizes[name] = dialog.width(), dialog.height()
        self.let_go(dialog)
        return accepted

    def let_go(self, *closed: QDialog) -> None:
        """Free closed dialogs: a window keeps its dialogs, with all that they show, as long as it lives.

        It is done once control is back in the loop of events from which this was called, for who showed a dialog reads
        it after it was closed; once nothing is on its way whose end a dialog is told; and not while the manual that was
        opened over it is still being read.
        """
        from PySide6.QtCore import QObject

        back, gone = QObject(), [*self._waiting, *closed]
        self._waiting = []
        self._backs.add(back)

        def free() -> None:
            self._backs.discard(back)
            self._free(gone)

        back.destroyed.connect(free)
        back.deleteLater()

    def _free(self, gone: Iterable[QDialog]) -> None:
        from PySide6.QtWidgets import QApplication
        from shiboken6 import isValid

        read = {one.parent() for one in QApplication.topLevelWidgets() if one.isVisible()}
        for dialog in filter(isValid, gone):
            if self.busy() or dialog in read:
                self._waiting.append(dialog)
            else:
                dialog.deleteLater()

    def _start(self) -> str:
        """Where a file dialog begins: where the last one ended, else in the clerk's own documents."""
        if self.last_folder and Path(self.last_folder).is_dir():
            return self.last_folder
        from PySide6.QtCore import QStandardPaths

        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return documents if Path(documents).is_dir() else str(Path.home())  # a missing one would stand as a file's name

    def _chosen(self, name: str) -> Path | None:
        if not name:
            return None
        self.last_folder = str(Path(name).parent)
        self.recent.note(Path(name))
        return Path(name)

    def _input(self, parent: QWidget | None, title: str, text: str) -> QInputDialog:
        from PySide6.QtWidgets import QInputDialog, QLabel

        fonts.ensure(title + text)
        dialog = QInputDialog(parent)
        dialog.setWindowTitle(title)
        dialog.setLabelText(text)
        labels: Iterable[QLabel] = dialog.findChildren(QLabel)
        for words in labels:
            set_trait(words, "textFormat", "PlainText")
        return dialog

    def _box(self, parent: QWidget | None, title: str, text: str, icon: str) -> QMessageBox:
        from PySide6.QtWidgets import QMessageBox

        fonts.ensure(title + text)
        box = QMessageBox(QMessageBox.Icon[icon], title, text, QMessageBox.StandardButton.NoButton, parent)
        set_trait(box, "textFormat", "PlainText")
        return box


def _answered(box: QMessageBox) -> None:
    """Show a box until it is answered; it goes once its answer was read."""
    box.exec()
    box.deleteLater()


def _spread(dialog: QInputDialog) -> None:
    """Give a question that has all its parts the margins of the program's own dialogs."""
    dialog.sizeHint()  # Qt lays it out when its size is asked for
    if (column := dialog.layout()) is not None:
        set_trait(column, "sizeConstraint", "SetDefaultConstraint")  # Qt's own keeps it as narrow as its field
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(10)
        dialog.setMinimumWidth(_WIDTH)
