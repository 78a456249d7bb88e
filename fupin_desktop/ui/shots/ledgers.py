"""Pictures of the boards and of some registers of the tab 台账."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from fupin_desktop.services.boards import BOARDS
from fupin_desktop.services.registers import Query, registry

if TYPE_CHECKING:
    from fupin_desktop.ui.main_window import MainWindow


def _register(window: MainWindow, name: str) -> QWidget:
    tab = window.show_tab("ledgers")
    tab.directory.choose(registry.of(name))  # type: ignore[attr-defined]
    tab.settle()  # type: ignore[attr-defined]
    return window


def microcredits(window: MainWindow) -> QWidget:
    """The register of microcredit."""
    return _register(window, "microcredits")


def trainings(window: MainWindow) -> QWidget:
    """The register of trainings."""
    return _register(window, "trainings")


def _board(window: MainWindow, name: str, register: str) -> QDialog:
    from fupin_desktop.ui.dialogs.board import BoardDialog

    bench = window.shell.bench
    return BoardDialog(window.shell, BOARDS[name](bench), Query(registry.of(register), bench.year))


def targets(window: MainWindow) -> QDialog:
    """The targets board."""
    return _board(window, "targets", "target_figures")


def comparison(window: MainWindow) -> QDialog:
    """The comparison of villages."""
    return _board(window, "villages", "comparison_weights")


def subsidies_due(window: MainWindow) -> QDialog:
    """The subsidies of a period before they are made."""
    from fupin_desktop.ui.dialogs.act import ActDialog

    return ActDialog(window.shell, registry.of("interest_subsidies").acts[0], "")


PICTURES = {
    "ledgers_microcredits": microcredits,
    "ledgers_trainings": trainings,
    "dialog_targets": targets,
    "dialog_comparison": comparison,
    "dialog_act": subsidies_due,
}
