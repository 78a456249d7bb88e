"""Hands for the tab of money."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QApplication

from fupin_desktop.services import funds
from fupin_desktop.ui.models.fund_entries import PLACES


def settle(window):
    """Let everything that is on its way arrive."""
    for _ in range(4):
        window.shell.tasks.wait()
        QApplication.processEvents()


def source(bench, key):
    """A source as the ledger has it."""
    return next(one for one in funds.balances(bench, 2026, include_voided=True) if one.key == key)


def shown(page):
    """What the table shows, as texts."""
    return [page.entries.model.texts(row) for row in range(page.entries.model.rowCount())]


def words_of(page):
    return [row[2] for row in shown(page)]


def open_cell(page, row, column):
    """Double-click a cell of the entries."""
    table = page.entries.table
    table.doubleClicked.emit(table.model().index(row, PLACES[column]))


def figures(page):
    return {name: figure.value for name, figure in page.head.figures.items()}


def read_table(into):
    """Drives a ``TableDialog``: keeps its title and rows."""

    def drive(dialog):
        table = dialog.table
        rows = [
            tuple(table.item(row, column).text() for column in range(table.columnCount()))
            for row in range(table.rowCount())
        ]
        into.append((dialog.windowTitle(), rows))
        dialog.reject()

    return drive


def last_amount(rows):
    """The sum in the last row of a table: its only amount."""
    texts = [text for text in rows[-1] if text and set(text) <= set("0123456789,.-") and "." in text]
    return Decimal(texts[-1].replace(",", ""))
