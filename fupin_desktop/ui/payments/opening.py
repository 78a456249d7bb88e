"""Opens acceptance and payment from the menus and from tabs; the dialogs are loaded when they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fupin_desktop.ui.shell import Shell

if TYPE_CHECKING:
    from fupin_desktop.services.dossiers import Kind


def open_acceptance(shell: Shell, key: str = "") -> None:
    """验收, with one acceptance in front."""
    from fupin_desktop.ui.payments.acceptance import AcceptanceDialog

    shell.ask.run(AcceptanceDialog(shell, key))


def open_payments(shell: Shell, object_key: str = "", batch_key: str = "", household_key: str = "") -> None:
    """发放, with the list of a scheme or one batch in front, and a household of it chosen."""
    from fupin_desktop.ui.payments.dialog import PaymentsDialog

    shell.ask.run(PaymentsDialog(shell, object_key, batch_key, household_key))


def open_dossier(shell: Shell, kind: Kind | None = None, key: str = "") -> None:
    """审计卷宗, of something chosen already where a tab asks for it."""
    from fupin_desktop.ui.payments.dossier import DossierDialog

    shell.ask.run(DossierDialog(shell, kind, key))
