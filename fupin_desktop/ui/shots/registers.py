"""Pictures of the registers and of the import wizard; see ``shots``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from fupin_desktop.paths import resources
from fupin_desktop.services.registers import HOUSEHOLDS, PERSONS, Filter

if TYPE_CHECKING:
    from fupin_desktop.ui.importing.wizard import ImportWizard
    from fupin_desktop.ui.main_window import MainWindow
    from fupin_desktop.ui.tabs.registers.tab import RegisterTab

_MESSY = "奖补登记表(待整理).xlsx"


def _tab(window: MainWindow) -> RegisterTab:
    from fupin_desktop.ui.tabs.registers.tab import RegisterTab

    tab = window.show_tab("households")
    assert isinstance(tab, RegisterTab)
    QApplication.processEvents()
    return tab


def households(window: MainWindow) -> QWidget:
    """The register as it comes up, with the card of its first row."""
    tab = _tab(window)
    tab.settle()
    tab.setFocus()
    return window


def filtered(window: MainWindow) -> QWidget:
    """The register filtered and sorted, moved sideways below the column that stays."""
    tab = _tab(window)
    tab.state.put_filter("household_class", Filter("household_class", ("脱贫户", "监测户")))
    tab.state.sort_by("area_total", down=True)
    tab.rows.read(from_top=True)
    tab.table.horizontalScrollBar().setValue(420)
    tab.settle()
    return window


def persons(window: MainWindow) -> QWidget:
    """The register of persons."""
    tab = _tab(window)
    tab.state.clear()
    tab.state.show(PERSONS)
    tab.settle()
    return window


def _ledger(name: str, row: int = 0) -> Callable[[MainWindow], QWidget]:
    """One of the registers of the tab 台账 with the card of a row."""

    def make(window: MainWindow) -> QWidget:
        from fupin_desktop.services.registers import registry
        from fupin_desktop.ui.tabs.registers.ledgers import LedgersTab

        tab = window.show_tab("ledgers")
        assert isinstance(tab, LedgersTab)
        tab.state.show(registry.of(name))
        QApplication.processEvents()
        tab.table.go_to(row, 0)
        tab.settle()
        return window

    return make


def new_project(window: MainWindow) -> QDialog:
    """The form of a new project."""
    from fupin_desktop.services.registers import registry
    from fupin_desktop.ui.dialogs.record import RecordDialog

    return RecordDialog(window.shell, registry.of("projects"))


def project_step(window: MainWindow) -> QDialog | None:
    """A project of the sample on its way into the pool."""
    from fupin_desktop.domain.project_words import ProjectState
    from fupin_desktop.services import registers
    from fupin_desktop.services.registers import Query, registry
    from fupin_desktop.ui.dialogs.project_step import ProjectStepDialog

    bench = window.shell.bench
    rows = registers.window(bench, Query(registry.of("projects"), bench.year), 4, 1)
    return ProjectStepDialog(window.shell, rows[0].key, "黎屋屋顶光伏电站", ProjectState.POOLED) if rows else None


def act(window: MainWindow) -> QDialog:
    """What is asked before the subsidised interest of a period is entered."""
    from fupin_desktop.services.registers import registry
    from fupin_desktop.ui.dialogs.act import ActDialog

    (only,) = registry.of("interest_subsidies").acts
    return ActDialog(window.shell, only, "")


def new_household(window: MainWindow) -> QDialog:
    """The form of a new household."""
    from fupin_desktop.ui.dialogs.record import RecordDialog

    _tab(window).state.show(HOUSEHOLDS)
    return RecordDialog(window.shell, HOUSEHOLDS)


def columns(window: MainWindow) -> QDialog:
    """The columns of the register, to be ticked and dragged."""
    from fupin_desktop.ui.tabs.registers.columns import ColumnsDialog

    tab = _tab(window)
    return ColumnsDialog(tab.state.front.register, tab.state.front.layout.shown)


def print_columns(window: MainWindow) -> QDialog:
    """Which columns of the register are printed."""
    from fupin_desktop.ui.tabs.registers.columns import PrintDialog

    front = _tab(window).state.front
    return PrintDialog(front.register, list(front.layout.shown))


def replace(_window: MainWindow) -> QDialog:
    """Find and replace in a column of the register."""
    from fupin_desktop.ui.dialogs.replace import ReplaceDialog

    return ReplaceDialog("村民小组", 612)


def wizard_page(page: int) -> Callable[[MainWindow], QDialog]:
    """A page of the import wizard with the untidy sample file."""

    def make(window: MainWindow) -> ImportWizard:
        from fupin_desktop.ui.importing.wizard import ImportWizard

        wizard = ImportWizard(window.shell)
        if page:
            wizard.file_page.take(resources() / "samples" / _MESSY)
        for _ in range(page):
            window.shell.tasks.wait()
            QApplication.processEvents()
            if wizard.stack.currentIndex() < page and wizard.page.ready():
                wizard.page.go_on()
        return wizard

    return make


PICTURES: dict[str, Callable[[MainWindow], QWidget | None]] = {
    **{f"ledgers_{name}": _ledger(name) for name in ("projects", "performances", "linkages", "proceeds", "shops")},
    "dialog_project": new_project, "dialog_project_step": project_step,
    "dialog_act": act,
    "households": households, "households_filtered": filtered, "households_persons": persons,
    "dialog_household": new_household,
    "dialog_columns": columns, "dialog_print_register": print_columns, "dialog_replace": replace,
    "import_file": wizard_page(0), "import_sheet": wizard_page(1), "import_columns": wizard_page(2),
    "import_preview": wizard_page(3),
}
