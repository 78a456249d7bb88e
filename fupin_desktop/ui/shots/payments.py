"""Pictures of acceptance and payment; see ``shots``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from fupin_desktop.domain.payments import BatchState
from fupin_desktop.services import acceptance, payments

if TYPE_CHECKING:
    from fupin_desktop.services.payments import Batch
    from fupin_desktop.ui.main_window import MainWindow


def _batch(window: MainWindow, *states: BatchState) -> Batch | None:
    bench = window.shell.bench
    found = next((one for one in payments.batches(bench, bench.year) if one.state in states), None)
    return payments.load(bench, found.key) if found is not None else None


def measuring(window: MainWindow) -> QDialog | None:
    """验收 with a village's list half measured."""
    from fupin_desktop.ui.payments.acceptance import AcceptanceDialog

    bench = window.shell.bench
    return AcceptanceDialog(window.shell) if acceptance.batches(bench, bench.year) else None


def _batches(state: BatchState) -> Callable[[MainWindow], QDialog | None]:
    """发放 with a batch of a state in front."""

    def make(window: MainWindow) -> QDialog | None:
        from fupin_desktop.ui.payments.dialog import PaymentsDialog

        found = _batch(window, state)
        return PaymentsDialog(window.shell, batch_key=found.line.key) if found is not None else None

    return make


def make_batch(window: MainWindow) -> QDialog | None:
    """编制发放批次."""
    from fupin_desktop.ui.payments.steps import NewBatchDialog

    found = payments.payables(window.shell.bench, window.shell.bench.year)
    return NewBatchDialog(window.shell, found[0]) if found else None


def _step(name: str, *states: BatchState) -> Callable[[MainWindow], QDialog | None]:
    """The dialog of a step."""

    def make(window: MainWindow) -> QDialog | None:
        from fupin_desktop.ui.payments import steps

        found = _batch(window, *states)
        if found is None:
            return None
        rows = (found.rows[:2],) if name in ("BackDialog", "RecoverDialog") else ()
        row = (found.rows[0],) if name == "AccountDialog" else ()
        dialog: QDialog = getattr(steps, name)(window.shell, found, *rows, *row)
        return dialog

    return make


def bank_file(window: MainWindow) -> QDialog | None:
    """银行清单."""
    from fupin_desktop.ui.payments.bank_file import BankFileDialog

    found = _batch(window, BatchState.SENT, BatchState.PAID)
    return BankFileDialog(window.shell, found.line.key, found.line.name) if found is not None else None


def layout(window: MainWindow) -> QDialog:
    """A layout made from a bank's sample."""
    from fupin_desktop.services.payments import Layout, LayoutColumn, Value
    from fupin_desktop.ui.payments.bank_file import LayoutDialog

    heads = (
        ("收款人账号", Value.ACCOUNT), ("收款人姓名", Value.ACCOUNT_NAME), ("证件类型", None),
        ("交易金额(元)", Value.AMOUNT), ("附言", Value.TITLE),
    )  # fmt: skip
    columns = tuple(LayoutColumn(text, value, "" if value else "身份证") for text, value in heads)
    return LayoutDialog(window.shell, Layout("sample", "农商银行代发模板", "xlsx", columns))


def dossier(window: MainWindow) -> QDialog:
    """审计卷宗 of a scheme that is paid."""
    from fupin_desktop.services.dossiers import Kind
    from fupin_desktop.ui.payments.dossier import DossierDialog

    found = _batch(window, BatchState.PARTLY, BatchState.PAID)
    return DossierDialog(window.shell, Kind.SCHEME, found.line.object_key if found is not None else "")


PICTURES = {
    "dossier": dossier,
    "acceptance_dialog": measuring,
    "payments_draft": _batches(BatchState.DRAFT),
    "payments_checked": _batches(BatchState.CHECKED),
    "payments_sent": _batches(BatchState.SENT),
    "payments_partly": _batches(BatchState.PARTLY),
    "payment_make": make_batch,
    "payment_check": _step("CheckDialog", BatchState.DRAFT),
    "payment_send": _step("SendDialog", BatchState.CHECKED),
    "payment_pay": _step("PayDialog", BatchState.SENT),
    "payment_account": _step("AccountDialog", BatchState.DRAFT),
    "payment_back": _step("BackDialog", BatchState.PAID),
    "payment_recover": _step("RecoverDialog", BatchState.PAID),
    "payment_bank_file": bank_file,
    "payment_layout": layout,
}
