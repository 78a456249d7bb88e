"""Pictures of the tab 季度报表 and its dialog; see ``shots``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from fupin_desktop.ui.main_window import MainWindow


def days(window: MainWindow) -> QDialog:
    """The due days of the quarterly tables."""
    from fupin_desktop.ui.dialogs.report_days import ReportDaysDialog

    return ReportDaysDialog(window.shell)


PICTURES = {"dialog_report_days": days}
