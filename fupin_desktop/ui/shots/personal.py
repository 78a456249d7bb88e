"""Pictures of the personal data: where they lie, and who is due."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from fupin_desktop.services.personal import Due
from fupin_desktop.ui.main_window import MainWindow


def where(window: MainWindow) -> QDialog:
    """Where they lie."""
    from fupin_desktop.ui.dialogs.personal import PersonalDialog

    return PersonalDialog(window.shell)


def due(window: MainWindow) -> QDialog:
    """Two households past the period."""
    from fupin_desktop.ui.dialogs.personal import PersonalDialog

    dialog = PersonalDialog(window.shell)
    dialog.pages.setCurrentIndex(1)
    window.shell.tasks.wait()
    dialog.show_due([Due("1", "陈*康", "低岭村", 2015, 12, 34, 3, 1), Due("2", "李*", "那罗村", 2014, 5, 9, 0, 0)])
    dialog.choose_all()
    return dialog


PICTURES = {"dialog_personal": where, "dialog_personal_due": due}
