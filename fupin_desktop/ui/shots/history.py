"""Pictures of the list of changes and of the check of the data."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from fupin_desktop.ui.main_window import MainWindow


def changes(window: MainWindow) -> QDialog:
    """Every operation, the newest first, with what the chosen one changed."""
    from fupin_desktop.services import change_log
    from fupin_desktop.services.change_log import Wanted
    from fupin_desktop.ui.dialogs.changes import ChangesDialog

    dialog = ChangesDialog(window.shell)
    dialog.show_found(change_log.find(window.shell.bench, Wanted()))
    return dialog


PICTURES = {"dialog_changes": changes}
