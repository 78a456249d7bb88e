"""Pictures of the tab 公示备案 and its dialogs; see ``shots``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from fupin_desktop.services.notices.rounds import Round, RoundState

if TYPE_CHECKING:
    from fupin_desktop.ui.main_window import MainWindow
    from fupin_desktop.ui.tabs.publicity.tab import PublicityTab


def _tab(window: MainWindow) -> PublicityTab:
    from fupin_desktop.ui.tabs.publicity.tab import PublicityTab

    window.shell.tasks.wait()  # nothing is read while an operation runs
    tab = window.show_tab("publicity")
    assert isinstance(tab, PublicityTab)
    window.shell.tasks.wait()
    tab.load()
    return tab


def _first(tab: PublicityTab, *states: RoundState) -> Round | None:
    return next((one for one in tab.state.rounds if one.state in states), None)


def done(window: MainWindow) -> QWidget | None:
    """A round that is filed."""
    tab = _tab(window)
    one = _first(tab, RoundState.DONE)
    if one is None:
        return None
    tab.state.show_round(one)
    return window


def ready(window: MainWindow) -> QWidget | None:
    """A round that can be posted, as a draft."""
    tab = _tab(window)
    one = _first(tab, RoundState.READY)
    if one is None:
        return None
    tab.state.show_round(one)
    return window


def objection(window: MainWindow) -> QDialog | None:
    """An objection to be looked into."""
    from fupin_desktop.services.notices import objections
    from fupin_desktop.ui.dialogs.publicity.objection import ObjectionDialog

    tab, bench = _tab(window), window.shell.bench
    lines = objections.register(bench, bench.year)
    one = _first(tab, RoundState.OBJECTED, RoundState.POSTED)
    if one is None:
        return None
    line = lines[0] if lines else None
    key = line.notice_key if line is not None else one.notice_key
    return ObjectionDialog(window.shell, key, objections.rows_of(bench, key), line)


def boards(window: MainWindow) -> QDialog | None:
    """The boards of a notice that hangs."""
    from fupin_desktop.ui.dialogs.publicity.boards import BoardsDialog

    tab = _tab(window)
    one = _first(tab, RoundState.POSTED, RoundState.OBJECTED)
    if one is None:
        return None
    tab.state.show_round(one)
    return BoardsDialog(window.shell, one.notice_key, tab.state.boards)


def filing(window: MainWindow) -> QDialog | None:
    """Papers handed in with the town office."""
    from fupin_desktop.services.notices import filings
    from fupin_desktop.ui.dialogs.publicity.filing import FilingDialog

    tab, bench = _tab(window), window.shell.bench
    one = next((one for one in tab.state.rounds if one.kind == "awards" and one.notice_key), None)
    return FilingDialog(window.shell, one.subject, filings.proposed(bench, one.subject)) if one is not None else None


def receipt(window: MainWindow) -> QDialog | None:
    """The town office takes the papers."""
    from fupin_desktop.ui.dialogs.publicity.filing import ReceiptDialog

    one = next((one for one in _tab(window).state.rounds if one.filing_key), None)
    return ReceiptDialog(window.shell, one.filing_key) if one is not None else None


def calendar(window: MainWindow) -> QDialog | None:
    """The periods of the year."""
    from fupin_desktop.ui.dialogs.publicity.calendar import CalendarDialog

    return CalendarDialog(window.shell, _tab(window).state.rounds)


def holidays(window: MainWindow) -> QDialog:
    """The days off of a year."""
    from fupin_desktop.ui.dialogs.publicity.holidays import HolidaysDialog

    return HolidaysDialog(window.shell)


PICTURES = {
    "dialog_holidays": holidays,
    "publicity_done": done, "publicity_ready": ready, "dialog_objection": objection, "dialog_boards": boards,
    "dialog_filing": filing, "dialog_receipt": receipt, "dialog_notice_calendar": calendar,
}
