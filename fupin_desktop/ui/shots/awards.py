"""Pictures of the awards tab's pages and dialogs; see ``shots``."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QWidget

if TYPE_CHECKING:
    from fupin_desktop.services.awards import Desk
    from fupin_desktop.ui.main_window import MainWindow
    from fupin_desktop.ui.tabs.awards.tab import AwardsTab


def _tab(window: MainWindow) -> AwardsTab:
    from fupin_desktop.ui.tabs.awards.tab import AwardsTab

    tab = window.show_tab("awards")
    assert isinstance(tab, AwardsTab)
    for _ in range(3):
        window.shell.tasks.wait()
        QApplication.processEvents()
    return tab


def _desk(window: MainWindow) -> Desk | None:
    return _tab(window).state.desk


def items(window: MainWindow) -> QWidget | None:
    """A household held down by its costs, its items beside it."""
    tab = _tab(window)
    if tab.state.desk is None:
        return None
    rows = range(tab.model.rowCount())
    capped = (row for row in rows if (award := tab.model.award_at(row)) and award.capped < award.computed)
    tab.table.go_to(next(capped, 0), 2)
    tab.side.household.show_page(1)
    return window


def editor(window: MainWindow) -> QDialog | None:
    """The scheme editor with the rule grid in front."""
    from fupin_desktop.ui.dialogs.schemes.scheme import SchemeDialog

    desk = _desk(window)
    return SchemeDialog(window.shell, desk.scheme) if desk else None


def classes(window: MainWindow) -> QDialog | None:
    """The page of own classes and caps of the batch, of a scheme that has some where there is one."""
    from fupin_desktop.services import schemes
    from fupin_desktop.ui.dialogs.schemes.scheme import SchemeDialog

    bench = window.shell.bench
    found = [schemes.load(bench, line.key) for line in schemes.all(bench, bench.year)]
    if not found:
        return None
    dialog = SchemeDialog(window.shell, next((one for one in found if one.classes), found[0]))
    dialog.pages.setCurrentIndex(dialog.pages.count() - 2)
    return dialog


def what_if(window: MainWindow) -> QDialog | None:
    """A rate turned up by a quarter."""
    from fupin_desktop.ui.dialogs.what_if import WhatIfDialog

    desk = _desk(window)
    if desk is None:
        return None
    dialog = WhatIfDialog(window.shell, desk)
    knob, turner = dialog.turners[1]
    turner.spin.set_value(knob.value * Decimal("1.25"))
    dialog.calculate()
    return dialog


def solve(window: MainWindow) -> QDialog | None:
    """The standard that uses the money up."""
    from fupin_desktop.ui.dialogs.solve import SolveDialog

    desk = _desk(window)
    if desk is None:
        return None
    dialog = SolveDialog(window.shell, desk)
    dialog.solve()
    return dialog


def notice(window: MainWindow) -> QDialog | None:
    """The notice as it would hang."""
    from fupin_desktop.services import awards
    from fupin_desktop.ui.dialogs.publicity.notice import NoticeDialog

    tab, bench = _tab(window), window.shell.bench
    runs = awards.runs(bench, tab.state.key) if tab.state.key else []
    return NoticeDialog(window.shell, "awards", tab.state.key) if runs else None


def posted(window: MainWindow) -> QDialog | None:
    """The notices that hang."""
    from fupin_desktop.services import award_notices
    from fupin_desktop.ui.dialogs.publicity.posted import PostedDialog

    lines = award_notices.all(window.shell.bench, window.shell.bench.year)
    return PostedDialog(window.shell, lines) if lines else None


def chart(window: MainWindow) -> QDialog | None:
    """The large chart."""
    from fupin_desktop.ui.tabs.awards.chart import ChartDialog

    tab = _tab(window)
    return ChartDialog(tab.state.result.totals, tab.state.shares) if tab.state.result else None


def differences(window: MainWindow) -> QDialog | None:
    """What the calculation in front would give with other rates."""
    from fupin_desktop.ui.dialogs.differences import DifferencesDialog
    from fupin_desktop.ui.models.award_knobs import knobs

    desk = _desk(window)
    if desk is None:
        return None
    knob = knobs(desk.scheme)[1]
    return DifferencesDialog(desk.compare(knob.put(desk.scheme, knob.value * Decimal("1.25"))))


PICTURES = {
    "awards_items": items, "dialog_scheme": editor, "dialog_scheme_classes": classes, "dialog_what_if": what_if,
    "dialog_solve": solve,
    "dialog_notice": notice, "dialog_posted": posted, "dialog_award_chart": chart,
    "dialog_differences": differences,
}
