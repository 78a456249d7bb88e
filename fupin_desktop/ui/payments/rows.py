"""The households of a payment batch as a table shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from fupin_desktop.domain.area import format_quantity
from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.payments import PaymentRowState
from fupin_desktop.override import override
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.payments import RowLine
from fupin_desktop.ui import theme
from fupin_desktop.ui.importing.models import Index, ListModel

Role = Qt.ItemDataRole
HEADINGS = (
    "序号", "村组", "户主", "本次(元)", "情况", "账户名", "账号", "开户行", "补贴项目", "数量", "应发(元)",
    "前批已发(元)", "说明",
)  # fmt: skip
_RIGHT = frozenset({0, 3, 9, 10, 11})
_AMOUNT, _STATE = 3, 4
_TONES = {
    PaymentRowState.RETURNED: "must", PaymentRowState.RECOVER: "principle", PaymentRowState.PAID: "good",
    PaymentRowState.RECOVERED: "good",
}  # fmt: skip


class PaymentRows(ListModel):
    """The rows; what blocks is red, what is to be looked at amber, accounts show their last four digits alone."""

    def __init__(
        self, rows: Sequence[RowLine], problems: Sequence[Problem] = (), parent: QObject | None = None
    ) -> None:
        super().__init__(HEADINGS, [_line(row) for row in rows], parent)
        self.rows = tuple(rows)
        self._blocked = {key for one in problems if one.blocks for key in one.subjects}

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts, sides and colours."""
        if not index.isValid():
            return None
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() in _RIGHT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        row = self.rows[index.row()]
        if role == Role.ForegroundRole:
            return self._ink(row, index.column())
        return super().data(index, role)

    def _ink(self, row: RowLine, column: int) -> Any:
        if row.key in self._blocked:
            return theme.colour("must")
        if column == _STATE and row.state in _TONES:
            return theme.tone(_TONES[row.state])[0]
        return theme.colour("principle") if column == _AMOUNT and row.comes_back else None


def _line(row: RowLine) -> tuple[str, ...]:
    quantity = "" if row.quantity is None else f"{format_quantity(row.quantity, row.unit)} {row.unit}".strip()
    state = f"{row.state.label}，已重发" if row.paid_again else row.state.label
    told = "；".join(filter(None, (row.note, row.return_reason, row.account_reason)))
    return (
        f"{row.position}", f"{row.village}{row.group_name}", row.head_name, format_money(row.amount), state,
        row.account_name, f"尾号 {row.account[-4:]}" if row.account else "", row.bank_name, row.item, quantity,
        format_money(row.award), format_money(row.before), told,
    )  # fmt: skip
