"""How tests drive the import wizard."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from fupin_desktop.services import registers
from fupin_desktop.services.registers import HOUSEHOLDS, Query
from tests.services.imports.making import HEAD, book, household


def settle(wizard):
    wizard.state.shell.tasks.wait()
    QApplication.processEvents()


def take(wizard, path):
    wizard.file_page.take(path)
    settle(wizard)


def go_on(wizard, times=1):
    for _ in range(times):
        assert wizard.next_button.isEnabled()
        wizard.next_button.click()
        settle(wizard)


def households(bench):
    return registers.count(bench, Query(HOUSEHOLDS, bench.year))


def good_file(tmp_path, rows=3, name="名册.xlsx", **other):
    return book(tmp_path / name, [HEAD, *(household(place, **other) for place in range(rows))])
