"""Pictures of the dialogs about password and encryption."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from fupin_desktop.errors import WrongPassword
from fupin_desktop.ui.main_window import MainWindow


def state(window: MainWindow) -> QDialog:
    """What stands, and what can be done."""
    from fupin_desktop.ui.dialogs.protection import ProtectionDialog

    return ProtectionDialog(window.shell)


def unlock(window: MainWindow) -> QDialog:
    """A wrong password, and the wait after it."""
    from fupin_desktop.ui.dialogs.password import UnlockDialog

    def refuse(_secret: str, _by_code: bool) -> None:
        raise WrongPassword("密码不对。")

    dialog = UnlockDialog(window.shell.bench.data_folder, refuse, "产业扶贫工作台")
    dialog.secret.setText("猜一个")
    dialog.go_on.click()
    return dialog


def new(_window: MainWindow) -> QDialog:
    """A password that is too weak."""
    from fupin_desktop.ui.dialogs.password import NewPasswordDialog

    dialog = NewPasswordDialog("修改密码", "数据和恢复码不变，只换密码。", former=True)
    dialog.new.setText("20260105")
    dialog.new.textEdited.emit("20260105")
    return dialog


def code(_window: MainWindow) -> QDialog:
    """A recovery code."""
    from fupin_desktop.ui.dialogs.password import RecoveryCodeDialog

    def nothing() -> None:
        """A picture prints nothing."""

    return RecoveryCodeDialog("7QK2-M9XA-0DVE-H3TB-W5NC-R8JG-4FYP", nothing, nothing)


def attached(window: MainWindow) -> QDialog | None:
    """A photograph of the sample office, as encrypted ones are looked at."""
    from fupin_desktop.services import attached_forms, viewing
    from fupin_desktop.services.attachments import Attached
    from fupin_desktop.ui.dialogs.attached import AttachedDialog

    bench = window.shell.bench
    kept = next(attached_forms.plain_files(bench.data_folder), None)
    if kept is None:
        return None
    file = Attached("验收照片.png", kept.name, kept.stat().st_size)
    return AttachedDialog(window.shell, file, viewing.pages(bench, file))


PICTURES = {
    "dialog_attached": attached,
    "dialog_protection": state,
    "dialog_unlock": unlock,
    "dialog_new_password": new,
    "dialog_recovery_code": code,
}
