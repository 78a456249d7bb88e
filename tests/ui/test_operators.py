"""Operators through the window: entered and turned on in the settings, switched from the menu, asked for at the start."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog

from fupin_desktop import app as program
from fupin_desktop.domain.vocabulary import OperatorRole
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import operators, protection
from fupin_desktop.services.operators import OperatorForm, Rules
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import key_slots
from fupin_desktop.ui.dialogs.operators import OperatorDialog, SignInDialog
from fupin_desktop.ui.dialogs.settings import SettingsDialog
from fupin_desktop.ui.main_window import MainWindow
from fupin_desktop.ui.window.locking import Cover
from tests.ui.conftest import Answers


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretching passwords and the wait after a wrong one need not take their time here."""
    monkeypatch.setattr(operators, "_COST", 1 << 4)
    monkeypatch.setattr(operators, "_WAIT_S", 0.0)


def signing_in(name: str, *passwords: str):
    def drive(dialog: QDialog) -> None:
        assert isinstance(dialog, SignInDialog)
        dialog.name.setCurrentIndex(dialog.name.findData(name))
        for password in passwords:
            dialog.secret.setText(password)
            dialog.go_on.click()
            if dialog.result() != QDialog.DialogCode.Accepted:
                assert "密码不对" in dialog.note.text()

    return drive


def typed(name: str, role: OperatorRole, password: str, again: str):
    def drive(dialog: QDialog) -> None:
        assert isinstance(dialog, OperatorDialog)
        dialog.name.setText(name)
        dialog.role.setCurrentIndex(dialog.role.findData(role.value))
        dialog.secret.setText(password)
        dialog.again.setText("不一样")
        dialog.save()
        assert "不一样" in dialog.note.text()
        dialog.again.setText(again)
        dialog.save()

    return drive


def test_they_are_entered_and_turned_on_in_the_settings(window: MainWindow, answers: Answers) -> None:
    bench = window.shell.bench

    def drive(dialog: QDialog) -> None:
        assert isinstance(dialog, SettingsDialog)
        page = dialog.operators
        assert not page.change.isEnabled()
        page.on.click()
        assert isinstance(answers.told[-1], NotAllowed)
        assert not page.on.isChecked()
        answers.dialogs = [typed("王管理", OperatorRole.MANAGER, "1234", "1234")]
        page.add.click()
        assert page.table.item(0, 0).text() == "王管理"
        answers.dialogs = [signing_in("王管理", "4321", "1234")]
        page.on.click()
        assert page.on.isChecked()
        page.separate.click()
        answers.dialogs = [typed("王主任", OperatorRole.MANAGER, "", "")]
        page.change.click()
        assert page.table.item(0, 0).text() == "王主任"

    answers.dialogs = [drive]
    window.menus.actions["settings"].trigger()
    assert operators.rules(bench) == Rules(on=True, separate=True)
    assert bench.role is OperatorRole.MANAGER


def test_another_one_goes_on_from_the_menu(window: MainWindow, answers: Answers) -> None:
    bench = window.shell.bench
    window.menus.actions["operator"].trigger()
    assert "没有启用操作人员" in answers.told[-1]
    operators.save(bench, "", OperatorForm("王管理", OperatorRole.MANAGER, password="1234"))
    operators.save(bench, "", OperatorForm("陈经办", OperatorRole.CLERK))
    operators.set_rules(bench, Rules(on=True))
    answers.dialogs = [signing_in("陈经办", "")]
    window.menus.actions["operator"].trigger()
    assert (bench.clerk, bench.role) == ("陈经办", OperatorRole.CLERK)
    assert "陈经办" in window.status.clerk.text()


def test_the_start_asks_who_it_is(app: object, bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    operators.save(bench, "", OperatorForm("王管理", OperatorRole.MANAGER, password="1234"))
    operators.set_rules(bench, Rules(on=True))
    folder = bench.data_folder
    bench.close()
    told = Answers()
    monkeypatch.setattr(program, "Asker", lambda _folder="": told)
    told.dialogs = [lambda dialog: dialog.reject()]
    assert program.run(data=folder) == 0
    assert told.asked == [("dialog", "选择操作人员")]


def tried(dialog: object, secret: str) -> None:
    dialog.secret.setText(secret)  # type: ignore[attr-defined]
    dialog.go_on.click()  # type: ignore[attr-defined]


def test_a_locked_window_is_opened_by_an_operator(window: MainWindow, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_slots.wrap, "__kwdefaults__", {"cost": 1 << 4})
    bench = window.shell.bench
    operators.save(bench, "", OperatorForm("王管理", OperatorRole.MANAGER, password="1234"))
    operators.save(bench, "", OperatorForm("陈经办", OperatorRole.CLERK))
    answers.answers = [False]
    window.menus.actions["lock"].trigger()  # neither a password nor operators
    operators.set_rules(bench, Rules(on=True))
    operators.sign_in(bench, "王管理", "1234")

    def same(dialog: QDialog) -> None:
        assert isinstance(dialog, SignInDialog)
        assert dialog.name.currentData() == "王管理"
        assert window.findChild(Cover) is not None
        tried(dialog, "4321")
        assert "密码不对" in dialog.note.text()
        tried(dialog, "1234")

    answers.dialogs = [same]
    window.menus.actions["lock"].trigger()
    assert bench.clerk == "王管理"
    protection.protect(bench, "低岭村的荔枝-88", lambda *_told: None)

    def other(dialog: QDialog) -> None:
        assert isinstance(dialog, SignInDialog)
        dialog.choose("陈经办")
        dialog.go_on.click()

    answers.dialogs = [lambda dialog: tried(dialog, "低岭村的荔枝-88"), other]
    window.menus.actions["lock"].trigger()
    window.shell.tasks.wait()
    assert answers.dialogs == []
    assert (bench.clerk, bench.role) == ("陈经办", OperatorRole.CLERK)
    assert "陈经办" in window.status.clerk.text()
    left: list[bool] = []
    window.actions_of_window.locking.left.disconnect()
    window.actions_of_window.locking.left.connect(lambda: left.append(True))
    answers.dialogs = [lambda dialog: tried(dialog, "低岭村的荔枝-88"), lambda dialog: dialog.reject()]
    window.menus.actions["lock"].trigger()
    assert left == [True]
    protection.lock(bench.data_folder)
