"""Pictures of what the menu 文件 does with years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from fupin_desktop.ui.main_window import MainWindow


def new_year(window: MainWindow) -> QDialog:
    """The dialog 新年度."""
    from fupin_desktop.services import years
    from fupin_desktop.ui.dialogs.year import NewYearDialog

    return NewYearDialog(years.preview(window.shell.bench))


def close_year(window: MainWindow) -> QDialog:
    """The dialog 关闭年度."""
    from fupin_desktop.services import years
    from fupin_desktop.ui.dialogs.year import CloseYearDialog

    bench = window.shell.bench
    return CloseYearDialog(bench.year, years.open_work(bench))


PICTURES = {"dialog_new_year": new_year, "dialog_close_year": close_year}
