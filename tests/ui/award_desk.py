"""The window on an office with one village, a register and a scheme, for the tests of the awards tab."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from fupin_desktop.services import schemes
from tests.services import award_office

REGISTER = [
    ("李亚保", "base", "12.5", "4600"),
    ("吴华契", "base", "3", "560"),
    ("易日", "base", "9.999", "3600"),
    ("杨亚九", "none", "", ""),
    ("李真", "scattered", "0.4", "150"),
]


def settle(window):
    """Let everything that is on its way arrive."""
    for _ in range(4):
        window.shell.tasks.wait()
        QApplication.processEvents()


def open_tab(window, bench, scheme=None, rows=None):
    """The awards tab on a fresh register and scheme; returns the tab, the household keys and the scheme's key."""
    keys = award_office.put_register(bench, rows or REGISTER)
    kept = schemes.save(bench, None, scheme or award_office.scheme()).keys[0]
    window.show_tab("awards")
    settle(window)
    return window.tab("awards"), keys, kept


def row_of(tab, name):
    return next(row for row in range(tab.model.rowCount()) if tab.model.award_at(row).applicant.name == name)


def choose(tab, name):
    """Make a household current."""
    tab.table.go_to(row_of(tab, name), 2)
    tab._show_household()


def cell(tab, name, key):
    from fupin_desktop.ui.models.award_cells import PLACES

    return tab.model.index(row_of(tab, name), PLACES[key])
