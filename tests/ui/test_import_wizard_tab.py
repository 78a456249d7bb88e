"""The import wizard as the tab opens it; exports that come back unchanged; cells as the file shows them."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.registers import HOUSEHOLDS, PERSONS
from fupin_desktop.ui.importing.models import cell_text
from tests.ui.import_driving import go_on, good_file, settle, take


# ---- the wizard and the tab ----
def test_importing_from_the_tab_shows_the_rows(window, answers, bench, tmp_path):
    tab = window.show_tab("households")
    tab.finder.setFocus()
    path = good_file(tmp_path)

    def drive(dialog):
        take(dialog, path)
        go_on(dialog, 4)
        assert dialog.result()

    answers.dialogs = [drive]
    window.menus.actions["import_register"].trigger()
    window.shell.tasks.wait()
    QApplication.processEvents()
    assert tab.table.model().rowCount() == 3
    assert tab.stack.currentWidget() is tab.table
    assert window.focusWidget() is tab.table  # Ctrl+Z takes the import back


def test_a_file_dropped_on_the_tab_opens_the_wizard(window, answers, tmp_path, qtbot):
    tab = window.show_tab("households")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(good_file(tmp_path)))])
    seen = []

    def look(dialog):
        settle(dialog)
        seen.append(dialog.state.preview.path.name)

    answers.dialogs = [look]
    drop = QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    tab.dropEvent(drop)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["名册.xlsx"]


def test_what_is_exported_can_be_imported_again_unchanged(shell, sample, answers, tmp_path, qtbot):
    from tests.ui.register_driving import households_tab

    tab = households_tab(shell)
    qtbot.addWidget(tab)
    path = tmp_path / "出.xlsx"
    answers.answers = [path, False, tmp_path / "人.xlsx", False, tmp_path / "表.xlsx", False, None]
    tab.register_actions.export_whole(HOUSEHOLDS)
    shell.tasks.wait()
    again = prepare(sample, path)
    assert (len(again.comparison.added), len(again.comparison.changed)) == (0, 0)
    tab.register_actions.export_whole(PERSONS)
    shell.tasks.wait()
    tab.load()
    tab.state.front.in_village("低岭村")
    tab.register_actions.export()
    shell.tasks.wait()
    tab.register_actions.export()
    shell.tasks.wait()
    import openpyxl

    sheet = openpyxl.load_workbook(tmp_path / "表.xlsx").active
    texts = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any("户主姓名" in row for row in texts)
    assert (tmp_path / "人.xlsx").exists()


@pytest.mark.parametrize(
    ("cell", "text"),
    [(True, "是"), (12.3, "12.3"), (3.0, "3"), (4.40883197801259776e17, "440883197801260000"), (" 一 ", "一"), (7, "7")],
)
def test_cells_are_shown_as_in_the_file(cell, text):
    assert cell_text(cell) == text


def test_dates_are_shown_as_dates():
    from datetime import date, datetime

    assert cell_text(date(2026, 1, 5)) == "2026-01-05"
    assert cell_text(datetime(2026, 1, 5)) == "2026-01-05"  # noqa: DTZ001
    assert cell_text(datetime(2026, 1, 5, 8, 30)) == "2026-01-05 08:30"  # noqa: DTZ001
