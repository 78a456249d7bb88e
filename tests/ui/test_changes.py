"""改动记录 through the window: from the menu and from a card, searched, taken back, done again, exported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fupin_desktop.app import open_window
from fupin_desktop.services import registers
from fupin_desktop.services.registers import HOUSEHOLDS
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.ui.dialogs.changes import ChangesDialog
from fupin_desktop.ui.main_window import MainWindow
from tests.services.register_office import add_household
from tests.ui.conftest import Answers


def ready(dialog: ChangesDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.count.text().startswith("共"), timeout=10_000)


def household(window: MainWindow) -> str:
    from fupin_desktop.services import villages

    bench = window.shell.bench
    villages.add(bench, villages.VillageForm("低岭村"))
    key = add_household(bench, "张三")
    registers.set_cells(bench, HOUSEHOLDS, [registers.CellEdit(key, "phone", "13800138000")])
    return key


def phone(window: MainWindow) -> str:
    row = registers.window(window.shell.bench, registers.Query(HOUSEHOLDS, 2026), 0, 1)[0]
    return row.cells[[info.key for info in registers.columns(HOUSEHOLDS)].index("phone")]


def test_an_operation_is_found_taken_back_and_done_again(
    window: MainWindow, answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    household(window)

    def drive(dialog: ChangesDialog) -> None:
        dialog.show()
        ready(dialog, qtbot)
        everything = len(dialog.model.numbers)
        dialog.text.setText("联系电话")
        dialog.text.returnPressed.emit()
        qtbot.waitUntil(lambda: len(dialog.model.numbers) == 1)
        assert everything > 3
        shown = dialog.parts.model()
        texts = [[shown.index(row, column).data() for column in range(6)] for row in range(shown.rowCount())]
        assert ["农户", "低岭村 张三", "修改", "联系电话", "", "13800138000"] in texts
        answers.answers = [True]
        dialog.undo.click()
        qtbot.waitUntil(lambda: phone(window) == "")
        qtbot.waitUntil(lambda: len(dialog.model.numbers) == 2)
        ready(dialog, qtbot)
        assert dialog.redo.isHidden()
        dialog.list.selectRow(1)
        assert "撤销" in dialog.about.text()
        answers.answers = [True]
        dialog.redo.click()
        qtbot.waitUntil(lambda: phone(window) == "13800138000")
        answers.answers = [tmp_path / "改动.xlsx", False]
        ready(dialog, qtbot)
        dialog.export.click()
        qtbot.waitUntil(lambda: (tmp_path / "改动.xlsx").exists() and not answers.answers)

    answers.dialogs = [drive]
    window.menus.actions["changes"].trigger()
    assert not answers.dialogs


def test_a_card_leads_to_the_changes_of_its_record(window: MainWindow, answers: Answers, qtbot: QtBot) -> None:
    key = household(window)
    add_household(window.shell.bench, "李四")
    seen: list[int] = []

    def drive(dialog: ChangesDialog) -> None:
        dialog.show()
        ready(dialog, qtbot)
        assert dialog.windowTitle() == "改动记录：张三"
        seen.append(len(dialog.model.numbers))

    tab = window.show_tab("households")
    tab.card.show_record(HOUSEHOLDS, key)
    answers.dialogs = [drive]
    tab.card.card_of(HOUSEHOLDS).all_changes.click()
    assert seen == [2]


@pytest.fixture
def sample_window(app: object, sample: Workbench, answers: Answers, qtbot: QtBot) -> Iterator[MainWindow]:
    made = open_window(sample, answers)
    qtbot.waitExposed(made)
    made.shell.tasks.wait()
    yield made
    made.shell.tasks.wait()
    made.close()


def test_schemes_rounds_sources_documents_and_payments_lead_there(
    sample_window: MainWindow, answers: Answers, qtbot: QtBot
) -> None:
    from fupin_desktop.ui import shots
    from fupin_desktop.ui.dialogs.table import TableDialog

    window, seen = sample_window, []

    def look(dialog: ChangesDialog) -> None:
        ready(dialog, qtbot)
        seen.append((dialog.windowTitle(), len(dialog.model.numbers)))

    def follow(dialog: TableDialog) -> None:
        answers.dialogs = [look]
        dialog.link.click()

    def press(widget: QWidget) -> None:
        answers.dialogs = [look]
        next(one for one in widget.findChildren(QPushButton) if one.text() == "改动记录…").click()

    assert shots.publicity.done(window) is window
    press(window.tab("publicity").side)
    dialog = shots.payments.PICTURES["payments_sent"](window)
    press(dialog)
    awards = window.show_tab("awards")
    window.shell.tasks.wait()
    answers.dialogs = [look]
    dict(entry for entry in awards.award_actions.scheme_menu() if entry)["改动记录…"]()
    applications = window.show_tab("applications")
    window.shell.tasks.wait()
    answers.dialogs = [follow]
    applications.document_actions.show_history()
    funds = window.show_tab("funds")
    window.shell.tasks.wait()
    funds.show_view("ledger")
    window.shell.tasks.wait()
    page = funds.ledger
    page.state.choose_source(page.state.standing[0].key)
    answers.dialogs = [look]
    dict(page.ledger_actions.source_entries())["改动记录…"]()
    assert [count > 0 for _title, count in seen] == [True] * 5, seen
    assert all(title.startswith("改动记录：") for title, _count in seen)
