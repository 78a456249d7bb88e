"""Personal data through the window: listed, exported from a card, removed after a question."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fupin_desktop.services import personal, villages
from fupin_desktop.services.personal import retention
from fupin_desktop.services.registers import HOUSEHOLDS
from fupin_desktop.ui.dialogs.personal import PersonalDialog
from fupin_desktop.ui.main_window import MainWindow
from tests.services.register_office import add_household
from tests.ui.conftest import Answers


@pytest.fixture
def household(window: MainWindow) -> str:
    bench = window.shell.bench
    villages.add(bench, villages.VillageForm("低岭村"))
    return add_household(bench, "张三丰", phone="13800138000")


def test_they_are_listed_and_removed_after_a_question(
    window: MainWindow, answers: Answers, qtbot: QtBot, household: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = window.shell.bench
    monkeypatch.setattr(retention, "_last_years", lambda _session: {household: 2010})
    seen: list[str] = []

    def drive(dialog: PersonalDialog) -> None:
        dialog.show()
        names = [dialog.places.item(row, 0).text() for row in range(dialog.places.rowCount())]
        assert "农户" in names
        qtbot.waitUntil(lambda: dialog.due.rowCount() == 1)
        dialog.remove.click()
        assert "还没有选中" in answers.told[-1]
        dialog.choose_all()
        answers.answers = [False]
        dialog.remove.click()
        assert personal.due(bench)
        answers.answers = [True]
        dialog.remove.click()
        seen.append(answers.asked[-1][1])
        qtbot.waitUntil(lambda: dialog.due.rowCount() == 0 and "没有到期" in dialog.count.text(), timeout=20_000)
        assert "以前的备份里还有" in answers.told[-1]
        dialog.years.setValue(20)
        dialog.keep.click()

    answers.dialogs = [drive]
    window.menus.actions["personal"].trigger()
    assert "不能撤销" in seen[0]
    assert personal.kept_years(bench) == 20


def test_a_card_exports_everything_about_one(
    window: MainWindow, answers: Answers, qtbot: QtBot, household: str, tmp_path: Path
) -> None:
    tab = window.show_tab("households")
    tab.card.show_record(HOUSEHOLDS, household)
    answers.answers = [tmp_path / "张三丰.xlsx", False]
    tab.card.card_of(HOUSEHOLDS).personal.click()
    qtbot.waitUntil(lambda: not answers.answers and (tmp_path / "张三丰.pdf").exists(), timeout=20_000)
    assert (tmp_path / "张三丰.xlsx").exists()
