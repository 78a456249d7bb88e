"""Password and encryption through the window: set, locked, opened again, changed, taken off; asked for at the start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from fupin_desktop import app as program
from fupin_desktop.errors import WrongPassword
from fupin_desktop.services import attachments, change_log, failed_openings, protection, villages
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.storage import key_slots
from fupin_desktop.storage.encryption import key_of
from fupin_desktop.ui.dialogs.attached import AttachedDialog, show_attached
from fupin_desktop.ui.dialogs.password import NewPasswordDialog, RecoveryCodeDialog, UnlockDialog
from fupin_desktop.ui.dialogs.protection import ProtectionDialog
from fupin_desktop.ui.main_window import MainWindow
from fupin_desktop.ui.window.locking import Cover
from tests.ui.conftest import Answers

PASSWORD = "低岭村的荔枝-88"


@pytest.fixture(autouse=True)
def quick_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stretching of secrets need not take its time here."""
    monkeypatch.setattr(key_slots.wrap, "__kwdefaults__", {"cost": 1 << 4})


@pytest.fixture
def open_office(window: MainWindow) -> Iterator[MainWindow]:
    yield window
    protection.lock(window.shell.bench.data_folder)


def typed(dialog: NewPasswordDialog, new: str, former: str = "", again: str | None = None) -> None:
    for line, text in ((dialog.former, former), (dialog.new, new), (dialog.again, new if again is None else again)):
        line.setText(text)
        line.textEdited.emit(text)


def set_password(window: MainWindow, qtbot: QtBot) -> str:
    """Set it as a clerk does, from the menu; returns the recovery code shown."""
    codes: list[str] = []
    ask = window.shell.ask
    assert isinstance(ask, Answers)

    def drive(dialog: QDialog) -> None:
        assert isinstance(dialog, ProtectionDialog)
        dialog.show()
        assert dialog.set.isVisible()
        assert not dialog.change.isVisible()
        ask.dialogs = [choose, show_code]
        dialog.set.click()
        qtbot.waitUntil(lambda: bool(codes), timeout=20_000)
        assert not dialog.set.isVisible()
        assert dialog.change.isVisible()
        dialog.accept()

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, NewPasswordDialog)
        typed(dialog, "20260105")
        assert not dialog.save.isEnabled()
        typed(dialog, PASSWORD, again=PASSWORD + "x")
        assert not dialog.save.isEnabled()
        assert "不一样" in dialog.note.text()
        typed(dialog, PASSWORD)
        dialog.save.click()

    def show_code(dialog: QDialog) -> None:
        assert isinstance(dialog, RecoveryCodeDialog)
        dialog.reject()
        assert dialog.result() != QDialog.DialogCode.Accepted
        dialog.kept.setChecked(True)
        dialog.finish.click()
        codes.append(dialog.code.text())

    ask.dialogs = [drive]
    window.menus.actions["protection"].trigger()
    return codes[0]


def test_a_password_is_set_from_the_menu_and_the_data_are_encrypted(open_office: MainWindow, qtbot: QtBot) -> None:
    folder = open_office.shell.bench.data_folder
    code = set_password(open_office, qtbot)
    assert protection.has_password(folder)
    assert len(code.split("-")) == 7
    open_office.show_tab("households")
    assert open_office.current_tab.isVisible()


def test_a_password_that_was_wanted_at_the_first_start_is_asked_for_at_once(open_office: MainWindow) -> None:
    ask, seen = open_office.shell.ask, []
    assert isinstance(ask, Answers)

    def choose(dialog: QDialog) -> None:
        seen.append(type(dialog))
        dialog.reject()

    def drive(dialog: QDialog) -> None:
        ask.dialogs = [choose]
        dialog.show()
        QApplication.processEvents()
        assert seen == [NewPasswordDialog]
        assert dialog.isVisible()
        dialog.accept()

    ask.dialogs = [drive]
    open_office.actions_of_window.open_protection(begin=True)
    assert not protection.has_password(open_office.shell.bench.data_folder)


def test_locked_windows_are_covered_until_the_password_is_typed(open_office: MainWindow, qtbot: QtBot) -> None:
    set_password(open_office, qtbot)
    ask = open_office.shell.ask
    assert isinstance(ask, Answers)
    seen: list[str] = []
    bench = open_office.shell.bench
    households = open_office.show_tab("households")
    open_office.shell.tasks.wait()
    open_office.activateWindow()
    open_office.search.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    typing = QApplication.focusWidget()

    def drive(dialog: QDialog) -> None:
        assert isinstance(dialog, UnlockDialog)
        assert QApplication.focusWidget() is None
        assert open_office.findChild(Cover) is not None
        assert key_of(bench.data_folder) is None
        assert open_files(bench.store.path) == []
        open_office.reload_all()
        open_office.actions_of_window.backups.daily()
        open_office.shell.tasks.wait()
        assert ask.told == []
        assert dialog.secret.echoMode() == QLineEdit.EchoMode.Password
        dialog.secret.setText("不是这个")
        dialog.go_on.click()
        assert not dialog.go_on.isEnabled()
        seen.append(dialog.note.text())
        qtbot.waitUntil(dialog.go_on.isEnabled, timeout=5_000)
        dialog.secret.setText(PASSWORD)
        dialog.go_on.click()

    failed_openings.note(bench.data_folder, bench.clock() - timedelta(hours=1), recovery=False)
    ask.dialogs = [drive]
    open_office.menus.actions["lock"].trigger()
    assert QApplication.focusWidget() is typing
    assert "有 2 次密码不对" in str(ask.told.pop())
    titles = [one.title for one in change_log.rows(bench, change_log.find(bench, change_log.Wanted()))]
    assert titles[0].startswith("打开数据时 2 次密码不对")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert "密码不对" in seen[0]
    assert "1 秒后" in seen[0]
    assert open_office.findChild(Cover) is None
    open_office.shell.tasks.wait()
    assert not open_office.shell.tasks.missed
    villages.add(bench, villages.VillageForm("低岭村"))
    assert ask.told == []
    assert households.isVisible()


def test_pictures_and_pdf_of_encrypted_data_are_shown_here_and_others_after_a_question(
    open_office: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_password(open_office, qtbot)
    shell, folder, opened = open_office.shell, open_office.shell.bench.data_folder, []
    ask = shell.ask
    assert isinstance(ask, Answers)
    monkeypatch.setattr("fupin_desktop.ui.dialogs.attached.open_file", lambda path, _shell: opened.append(path))
    first, second = (Image.new("RGB", (900, 1200), colour) for colour in ("white", "grey"))
    first.save(tmp_path / "合同.pdf", save_all=True, append_images=[second])
    first.save(tmp_path / "照片.png")
    (tmp_path / "名单.docx").write_bytes(b"words")
    scan, photo, other = (attachments.store(folder, tmp_path / name) for name in ("合同.pdf", "照片.png", "名单.docx"))

    def drive(dialog: QDialog) -> None:
        assert isinstance(dialog, AttachedDialog)
        dialog.show()
        assert (dialog.told.text(), dialog.back.isEnabled()) == ("第 1 页，共 2 页", False)
        dialog.on.click()
        assert (dialog.told.text(), dialog.on.isEnabled()) == ("第 2 页，共 2 页", False)
        whole = dialog.sheet.pixmap().height()
        dialog.larger.click()
        assert dialog.sheet.pixmap().height() > whole
        dialog.smaller.click()
        dialog.fit.click()
        assert dialog.sheet.pixmap().height() == whole <= dialog.area.viewport().height()
        ask.answers += [tmp_path / "另存.pdf", None]
        dialog.keep.click()
        shell.tasks.wait()
        assert (tmp_path / "另存.pdf").read_bytes() == (tmp_path / "合同.pdf").read_bytes()
        ask.answers.append(False)
        dialog.outside.click()
        dialog.reject()

    ask.dialogs = [drive, lambda dialog: dialog.reject()]
    show_attached(shell, scan)
    show_attached(shell, photo)
    assert ask.dialogs == opened == []
    assert not (folder / "临时查看").exists()
    ask.answers.append(True)
    show_attached(shell, other)
    (copy,) = opened
    assert copy.read_bytes() == b"words"
    ask.dialogs = [lambda dialog: (dialog.secret.setText(PASSWORD), dialog.go_on.click())]
    open_office.menus.actions["lock"].trigger()
    shell.tasks.wait()
    assert not copy.exists()
    scan.place(folder).write_bytes(b"x")
    show_attached(shell, scan)
    assert "内容变了或坏了" in ask.told.pop().happened


def open_files(path: Path) -> list[str]:
    """What this process holds open of a data file, where the system tells."""
    handles = Path("/proc/self/fd")
    if not handles.is_dir():
        return []
    named = (str(one.readlink()) for one in handles.iterdir() if one.is_symlink())
    return [name for name in named if name.startswith(str(path))]


def test_who_cannot_open_it_leaves_the_program(open_office: MainWindow, qtbot: QtBot) -> None:
    set_password(open_office, qtbot)
    ask = open_office.shell.ask
    assert isinstance(ask, Answers)
    ask.dialogs = [lambda dialog: dialog.reject()]
    with qtbot.waitSignal(open_office.closed):
        open_office.menus.actions["lock"].trigger()


def test_without_a_password_locking_offers_to_set_one(open_office: MainWindow) -> None:
    ask = open_office.shell.ask
    assert isinstance(ask, Answers)
    ask.answers = [True]
    ask.dialogs = [lambda dialog: dialog.reject()]
    open_office.menus.actions["lock"].trigger()
    assert ask.asked[0][0] == "question"
    assert ask.asked[-1] == ("dialog", "密码与加密")


def test_minutes_without_a_key_lock_and_a_key_begins_them_anew(open_office: MainWindow, qtbot: QtBot) -> None:
    set_password(open_office, qtbot)
    locking = open_office.actions_of_window.locking
    open_office.shell.preferences.lock_after = 5
    locking.watch()
    assert locking._idle.isActive()
    locking._idle.start(60_000)
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    before = locking._idle.remainingTime()
    locking._idle.setInterval(90_000)
    locking.eventFilter(open_office, key)
    assert locking._idle.remainingTime() > before
    ask = open_office.shell.ask
    assert isinstance(ask, Answers)

    def drive(dialog: QDialog) -> None:
        assert isinstance(dialog, UnlockDialog)
        dialog.secret.setText(PASSWORD)
        dialog.go_on.click()

    ask.dialogs = [drive]
    locking._idle.timeout.emit()
    assert ask.asked[-1] == ("dialog", "已锁定")


def test_changed_renewed_and_taken_off_in_the_dialog(open_office: MainWindow, qtbot: QtBot) -> None:
    first = set_password(open_office, qtbot)
    shell, folder = open_office.shell, open_office.shell.bench.data_folder
    ask = shell.ask
    assert isinstance(ask, Answers)
    dialog = ProtectionDialog(shell)
    qtbot.addWidget(dialog)
    dialog.show()

    def change(one: QDialog) -> None:
        assert isinstance(one, NewPasswordDialog)
        typed(one, "另一个密码-2026", former="猜的")
        one.save.click()
        assert one.result() != QDialog.DialogCode.Accepted
        typed(one, "另一个密码-2026", former=PASSWORD)
        one.save.click()

    ask.dialogs = [change]
    dialog.change.click()
    assert isinstance(ask.told[-1], WrongPassword)
    assert protection.matches(folder, "另一个密码-2026")
    codes: list[str] = []

    def keep(one: QDialog) -> None:
        assert isinstance(one, RecoveryCodeDialog)
        codes.append(one.code.text())
        one.kept.setChecked(True)
        one.finish.click()

    ask.answers, ask.dialogs = ["另一个密码-2026"], [keep]
    dialog.renew.click()
    assert codes[0] != first
    ask.answers = ["另一个密码-2026"]
    dialog.remove.click()
    qtbot.waitUntil(lambda: not protection.has_password(folder), timeout=20_000)
    qtbot.waitUntil(dialog.set.isVisible, timeout=5_000)


def test_the_start_asks_for_the_password_and_the_code_sets_a_new_one(
    open_office: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = set_password(open_office, qtbot)
    folder: Path = open_office.shell.bench.data_folder
    open_office.close()
    open_office.shell.bench.close()
    protection.lock(folder)

    def by_code(dialog: QDialog) -> None:
        assert isinstance(dialog, UnlockDialog)
        dialog.other.click()
        dialog.secret.setText(code)
        dialog.go_on.click()

    def new(dialog: QDialog) -> None:
        assert isinstance(dialog, NewPasswordDialog)
        typed(dialog, "记得住的密码-7")
        dialog.save.click()

    asker = Answers()
    asker.dialogs = [by_code, new]
    bench = program._workbench(folder, asker)
    assert bench is not None
    bench.close()
    protection.lock(folder)
    asker.dialogs = [lambda dialog: dialog.reject()]
    assert program._workbench(folder, asker) is None
    protection.unlock(folder, "记得住的密码-7")
    open_workbench(folder, clock=bench.clock).close()
