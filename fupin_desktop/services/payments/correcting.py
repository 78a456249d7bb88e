"""Putting an account right where the batch is made, in the register that it stands in (REGISTERS G5)."""

from __future__ import annotations

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import registers
from fupin_desktop.services.payments import making
from fupin_desktop.services.registers import HOUSEHOLDS, CellEdit, Register, registry
from fupin_desktop.services.registers.typed import is_must
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import Entity, Household, PaymentRow

_TITLE = "改正账户"


def set_account(
    bench: Workbench, key: str, row_key: str, *, account_name: str, account: str, bank_name: str
) -> Change:
    """Write the account of a household, or of an entity, of a draft into its register; the batch shows it at once.

    Args:
        bench: The workbench.
        key: A draft.
        row_key: Who is paid.
        account_name: 账户名.
        account: 账号, as typed.
        bank_name: 开户行.

    Raises:
        NotAllowed: It is no draft, the payee is no longer registered, or the register does not take what is typed.
    """
    owner, where = _owner(bench, key, row_key)
    cells = {"bank_name": bank_name, "account_name": account_name, "bank_account": account}
    edits = [CellEdit(owner, column, text) for column, text in cells.items()]
    made = registers.set_cells(bench, where, edits, _TITLE)
    if made.refused:
        told = "".join(dict.fromkeys(one.sentence for one in made.problems if is_must(one)))
        raise NotAllowed(told, todo="账户没有改动，请核对后再填。")
    if made.change is None:
        return Change("registers.set_cells", _TITLE, frozenset(), (owner,), "账户没有改动。")
    return made.change


def _owner(bench: Workbench, key: str, row_key: str) -> tuple[str, Register]:
    """Who is paid, and the register that has the account."""
    with bench.read() as session:
        making.draft(session, key)
        row = session.get(PaymentRow, row_key)
        if row is not None and row.batch_key == key:
            if session.get(Household, row.household_key) is not None:
                return row.household_key, HOUSEHOLDS
            if session.get(Entity, row.household_key) is not None:
                return row.household_key, registry.of("entities")
    raise NotAllowed("这一户已经不在台账里，不能改账户。", todo="不应该发放的，请留到下一批或删除批次。")
