"""Pictures of the operators: the page of the settings, one of them, and signing in."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from fupin_desktop.domain.vocabulary import OperatorRole
from fupin_desktop.services.operators import OperatorLine
from fupin_desktop.ui.main_window import MainWindow

_PEOPLE = (
    OperatorLine("1", "李文静", OperatorRole.CLERK, active=True, has_password=False),
    OperatorLine("2", "陈审核", OperatorRole.REVIEWER, active=True, has_password=True),
    OperatorLine("3", "林志强", OperatorRole.MANAGER, active=True, has_password=True),
    OperatorLine("4", "吴小明", OperatorRole.CLERK, active=False, has_password=False),
)


def page(window: MainWindow) -> QDialog:
    """The page of the settings."""
    from fupin_desktop.ui.dialogs.settings import SettingsDialog

    dialog = SettingsDialog(window.shell)
    dialog.operators.show_lines(_PEOPLE)
    dialog.pages.setCurrentIndex(dialog.pages.count() - 1)
    return dialog


def one(window: MainWindow) -> QDialog:
    """One operator, with passwords that differ."""
    from fupin_desktop.ui.dialogs.operators import OperatorDialog

    dialog = OperatorDialog(window.shell, _PEOPLE[1])
    dialog.secret.setText("1234")
    dialog.save()
    return dialog


def sign_in(window: MainWindow) -> QDialog:
    """A wrong password."""
    from fupin_desktop.ui.dialogs.operators import SignInDialog
    from fupin_desktop.ui.widgets.labels import say

    dialog = SignInDialog(window.shell.bench, people=_PEOPLE[:3])
    dialog.name.setCurrentIndex(2)
    say(dialog.note, "“林志强”的密码不对。请看清大小写和输入法再试；忘记密码的，请“管理”重设。")
    return dialog


PICTURES = {"dialog_operators": page, "dialog_operator": one, "dialog_sign_in": sign_in}
