"""Pictures of every tab and dialog, drawn at 1366×768: for the manual, and to see what a change did to the look.

A tab brings its own further pictures through ``register``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from fupin_desktop.errors import NotWritable
from fupin_desktop.ui.fitting import fit_dialog
from fupin_desktop.ui.help_topics import help_on
from fupin_desktop.ui.keys import go_by_keys
from fupin_desktop.ui.main_window import MainWindow
from fupin_desktop.ui.shots import (
    awards,
    documents,
    exchange,
    funds,
    history,
    ledgers,
    lists,
    operators,
    payments,
    personal,
    protection,
    publicity,
    registers,
    reports,
    years,
)
from fupin_desktop.ui.window_place import USUAL

WIDTH, HEIGHT = 1366, 768
Picture = Callable[[MainWindow], QWidget | None]
Failed = Callable[[str, Exception], None]

_LATER = 0.15
"""Seconds after which a tab shows what it reads when the clerk pauses, such as the card of a record."""
_PICTURES: dict[str, Picture] = {}


def register(name: str, make: Picture) -> None:
    """Add a picture.

    Args:
        name: File name without ending.
        make: Brings the window into the state wanted and returns the widget to draw; None draws nothing.
    """
    _PICTURES[name] = make


def save_all(
    window: MainWindow, folder: Path, failed: Failed | None = None, *,
    names: Collection[str] | None = None, size: tuple[int, int] = (WIDTH, HEIGHT),
) -> list[Path]:
    """Save a PNG of every tab and registered picture; returns the files.

    Args:
        window: The main window.
        folder: Where to.
        failed: Told the name of a picture that could not be made and why, and the others are made all the same;
            None lets what was raised through.
        names: Those wanted alone; None for all.
        size: Size of the main window.

    Raises:
        NotWritable: A picture cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    window.resize(*size)
    saved = []
    pictures = {**{key: _tab(key) for key in window.tab_keys}, **_own_pictures(), **_PICTURES}
    for name, make in pictures.items():
        if names is not None and name not in names:
            continue
        try:
            widget = make(window)
            if widget is None:
                continue
            if isinstance(widget, QDialog):
                help_on(widget)
                go_by_keys(widget)
            saved.append(_save(window, widget, folder / f"{name}.png"))
            if widget is not window:
                widget.close()
                widget.deleteLater()
                # Outside of an event loop Qt would keep every dialog until the end.
                QApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)
        except Exception as trouble:
            if failed is None:
                raise
            failed(name, trouble)
    return saved


def _tab(key: str) -> Picture:
    def make(window: MainWindow) -> QWidget:
        window.show_tab(key)
        return window

    return make


def _save(window: MainWindow, widget: QWidget, path: Path) -> Path:
    """Draw a widget as it stands when all work is done, a dialog as large as the program shows it."""
    if isinstance(widget, QDialog):
        fit_dialog(widget, QRect(QPoint(0, 0), USUAL))
    widget.show()
    QApplication.processEvents()  # what is begun once the window is drawn
    window.shell.tasks.wait()
    end = time.monotonic() + (_LATER if widget is window else 0)
    for _ in range(5):
        QApplication.processEvents()
    while time.monotonic() < end:
        QApplication.processEvents()
    if not widget.grab().save(str(path)):
        raise NotWritable(f"图片“{path.name}”写不了。")
    return path


def _own_pictures() -> dict[str, Picture]:
    """The dialogs of the window itself."""
    return {
        **registers.PICTURES,
        **lists.PICTURES,
        **awards.PICTURES,
        **documents.PICTURES,
        **funds.PICTURES,
        **publicity.PICTURES,
        **reports.PICTURES,
        **years.PICTURES,
        **ledgers.PICTURES,
        **payments.PICTURES,
        **protection.PICTURES,
        **history.PICTURES,
        **operators.PICTURES,
        **personal.PICTURES,
        **exchange.PICTURES,
        "dialog_settings": _settings, "dialog_backups": _backups, "dialog_about": _about,
        "dialog_wizard_office": _wizard(0),
        "dialog_wizard_folder": _wizard(1), "dialog_wizard_start": _wizard(2), "dialog_crash": _crash,
        "dialog_progress": _progress, "dialog_problems": _problems,
        "dialog_clause": _clause, "manual": _manual,
    }


def _settings(window: MainWindow) -> QDialog:
    from fupin_desktop.ui.dialogs.settings import SettingsDialog

    return SettingsDialog(window.shell)


def _backups(window: MainWindow) -> QDialog:
    from fupin_desktop.ui.dialogs.backups import BackupsDialog

    window.shell.bench.back_up()
    dialog = BackupsDialog(window.shell)
    dialog.list.setCurrentRow(0)
    return dialog


def _about(_window: MainWindow) -> QDialog:
    from fupin_desktop.ui.dialogs.about import AboutDialog

    return AboutDialog()


def _clause(window: MainWindow) -> QDialog:
    from fupin_desktop.ui.dialogs.clause import ClauseDialog

    return ClauseDialog(window.shell.bench.parameters.clause("吴川 三(二)4"))


def _crash(_window: MainWindow) -> QDialog:
    from fupin_desktop.ui.dialogs.crash import CrashDialog

    return CrashDialog("产业扶贫工作台\n\nTraceback (most recent call last):\n  ...")


def _progress(window: MainWindow) -> QDialog:
    from fupin_desktop.ui.dialogs.progress import ProgressDialog
    from fupin_desktop.ui.tasks import Job

    job = Job("正在导出", lambda _report: None)
    dialog = ProgressDialog(job, window.shell.tasks)
    job.told.emit(120, 500, "正在写出 低岭村专项资金使用计划呈批表.pdf")
    return dialog


def _problems(window: MainWindow) -> QDialog | None:
    from fupin_desktop.domain.vocabulary import ApplicationState
    from fupin_desktop.services import documents
    from fupin_desktop.ui.tabs.documents.actions import MEND
    from fupin_desktop.ui.widgets.problems_dialog import ProblemsDialog

    bench = window.shell.bench
    for line in documents.lines(bench, bench.year, state=ApplicationState.DRAFT):
        if found := [one for one in documents.open_document(bench, line.key).problems if one.blocks]:
            return ProblemsDialog("还不能提交", found, None, MEND)
    return None


def _wizard(page: int) -> Picture:
    def make(window: MainWindow) -> QDialog:
        from fupin_desktop.ui.dialogs.wizard import FirstStart

        wizard = FirstStart(window.shell.ask, Path.home() / "扶贫数据")
        wizard.office_page.fields.county.setCurrentText("吴川市")
        wizard.office_page.fields.town.setCurrentText("塘㙍镇")
        wizard.office_page.fields.clerk.setText("李文静")
        wizard.restart()
        for _ in range(page):
            wizard.next()
        return wizard

    return make


def _manual(_window: MainWindow) -> QWidget:
    from fupin_desktop.ui.manual_window import ManualWindow

    manual = ManualWindow()
    manual.open_at("index.html")
    return manual
