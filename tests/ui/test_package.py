"""The 移交包 through the window: made, opened beside the present data, and opened at a first start."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from fupin_desktop import app as program
from fupin_desktop.services import offices
from fupin_desktop.services.exchange.model import Drive
from fupin_desktop.ui.dialogs.password import UnlockDialog
from fupin_desktop.ui.dialogs.wizard import FirstStart
from fupin_desktop.ui.exchange import drives
from fupin_desktop.ui.exchange.hand_out import CarriedDialog
from fupin_desktop.ui.exchange.opening import PackageOpener
from fupin_desktop.ui.exchange.package import PackageDialog, take_over
from fupin_desktop.ui.exchange.successor import SuccessorDialog
from fupin_desktop.ui.main_window import MainWindow
from fupin_desktop.ui.preferences import Preferences
from tests.ui.conftest import Answers


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "stick"
    root.mkdir()
    monkeypatch.setattr(drives, "sticks", lambda: [Drive(root, "KINGSTON", 10**9)])
    return root


@pytest.fixture
def made(window: MainWindow, answers: Answers, stick: Path) -> Path:
    """A package that the window made."""

    def drive(dialog: QDialog) -> None:
        assert isinstance(dialog, PackageDialog)
        window.shell.tasks.wait()
        assert "没有设密码" in dialog.safety.text()
        assert not dialog.go.isEnabled()
        dialog.receiver.setText("新电脑")
        answers.dialogs = [lambda done: done.accept() if isinstance(done, CarriedDialog) else None]
        dialog.go.click()
        window.shell.tasks.wait()
        assert dialog.carried is not None

    answers.dialogs = [drive]
    window.shell.preferences.text_size = "large"
    window.menus.actions["make_package"].trigger()
    (path,) = stick.glob("*/*.fupin")
    return path


def test_it_is_opened_beside_the_present_data(
    window: MainWindow, answers: Answers, made: Path, tmp_path: Path
) -> None:
    window.shell.preferences.text_size = "small"
    taken = tmp_path / "office_移交"
    answers.answers = [made, 0]
    window.actions_of_window.exchange.open_package()
    window.shell.tasks.wait()
    assert "塘㙍镇扶贫办的移交包，李文静于 2026-12-24 10:32 做的" in answers.asked[-1][1]
    assert window.next_folder == taken
    assert window.shell.preferences.text_size == "large"
    assert (taken / "fupin.sqlite").is_file()
    other = program.open_workbench(taken, clock=window.shell.bench.clock)
    assert offices.office(other).name == "塘㙍镇扶贫办"
    other.close()


def test_another_folder_has_to_be_empty(window: MainWindow, answers: Answers, made: Path, tmp_path: Path) -> None:
    full, empty = tmp_path / "有东西", tmp_path / "空的"
    for folder in (full, empty):
        folder.mkdir()
    (full / "x").touch()
    answers.answers = [made, 1, full, empty]
    window.menus.actions["open_package"].trigger()
    window.shell.tasks.wait()
    assert "已经有东西" in answers.told[-1]
    assert window.next_folder == empty


def test_what_is_no_package_is_told_and_giving_up_changes_nothing(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    wrong = tmp_path / "别的.fupin"
    wrong.write_bytes(b"x")
    answers.answers = [wrong]
    window.menus.actions["open_package"].trigger()
    assert "不完整" in str(answers.told[-1])
    answers.answers = [None]
    window.menus.actions["open_package"].trigger()
    assert window.next_folder is None


def test_giving_up_after_a_look_into_it_asks_nothing_more(window: MainWindow, answers: Answers, made: Path) -> None:
    answers.answers = [made, None]
    window.menus.actions["open_package"].trigger()
    assert answers.asked[-1][0] == "either"
    assert window.next_folder is None


def test_a_first_start_can_begin_from_it(made: Path, answers: Answers, tmp_path: Path) -> None:
    def drive(dialog: QDialog) -> None:
        assert isinstance(dialog, FirstStart)
        dialog.restart()
        button = dialog.button(FirstStart.WizardButton.CustomButton1)
        assert button.text() == "从移交包打开…"
        button.click()

    answers.dialogs = [drive]
    answers.answers = [made, 0]
    chosen = Preferences()
    bench = program._first_start(tmp_path / "产业扶贫数据", chosen, answers)
    assert bench is not None
    assert bench.clerk == "李文静"
    assert (chosen.data_folder, chosen.text_size) == (str(tmp_path / "产业扶贫数据"), "large")
    bench.close()


def test_one_with_a_password_asks_for_it(made: Path, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from fupin_desktop.services.exchange import package

    inside = replace(package.look(made), encrypted=True)
    tried: list[tuple[str, bool]] = []
    monkeypatch.setattr(package, "unlock", lambda _path, _folder, secret, *, recovery: tried.append((secret, recovery)))

    def drive(dialog: QDialog) -> None:
        assert isinstance(dialog, UnlockDialog)
        dialog.secret.setText("密码一二三四")
        dialog.go_on.click()

    answers.dialogs = [drive]
    opener = PackageOpener(answers, None, None, lambda _folder, _inside: None)  # type: ignore[arg-type]
    assert opener._unlocked(inside, tmp_path)
    assert tried == [("密码一二三四", False)]


def test_a_new_clerk_takes_over(window: MainWindow, answers: Answers) -> None:
    def drive(dialog: QDialog) -> None:
        assert isinstance(dialog, SuccessorDialog)
        window.shell.tasks.wait()
        assert dialog.count.text() == "没有办完的工作 1 项，都列在交接清单上"  # a new office has its villages to register
        for text, word in (("", "请填写"), ("李文静", "现在的经办人就是")):
            dialog.successor.setText(text)
            assert word in dialog.told.text()
            assert not dialog.go.isEnabled()
        dialog.successor.setText("王小芳")
        answers.setups = [lambda _printer: False]
        dialog.print.click()
        window.shell.tasks.wait()
        answers.answers = [False, True]
        dialog.go.click()
        assert window.shell.bench.clerk == "李文静"
        dialog.go.click()
        window.shell.tasks.wait()

    answers.dialogs = [drive]
    window.menus.actions["successor"].trigger()
    assert window.shell.bench.clerk == "王小芳"
    assert "王小芳" in window.status.clerk.text()


def test_choices_of_a_wrong_kind_are_left_out() -> None:
    chosen = Preferences()
    take_over(chosen, {"text_size": 3, "lock_after": 5, "geometry": "x", "data_folder": "/x"})
    assert (chosen.text_size, chosen.lock_after, chosen.geometry, chosen.data_folder) == ("small", 5, "", "")
    take_over(chosen, None)
    assert chosen.lock_after == 5
