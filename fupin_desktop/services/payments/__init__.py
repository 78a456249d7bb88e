"""Payment batches (发放批次, REGISTERS G5): from awards to the paid bank list, gated by publicity, filing and approval.

A batch is made of what a list has still to pay, checked, sent, paid; what came back is corrected and paid again. What
was paid is never computed again.
"""

from __future__ import annotations

from fupin_desktop.services.payments.bank_files import Written, write_bank_file
from fupin_desktop.services.payments.bank_layouts import (
    Layout,
    LayoutColumn,
    Value,
    from_sample,
    layout,
    layouts,
    remove_own,
    save_own,
)
from fupin_desktop.services.payments.correcting import set_account
from fupin_desktop.services.payments.making import again, choose_paper, create, give_reason, leave_out, remove
from fupin_desktop.services.payments.model import Agreement, Batch, BatchLine, PaidUnder, Payable, RowLine, batch_name
from fupin_desktop.services.payments.reading import batches, load, payables, received
from fupin_desktop.services.payments.way import check, give_back, pay, recover, send, step_back

__all__ = [
    "Agreement",
    "Batch",
    "BatchLine",
    "Layout",
    "LayoutColumn",
    "PaidUnder",
    "Payable",
    "RowLine",
    "Value",
    "Written",
    "again",
    "batch_name",
    "batches",
    "check",
    "choose_paper",
    "create",
    "from_sample",
    "give_back",
    "give_reason",
    "layout",
    "layouts",
    "leave_out",
    "load",
    "pay",
    "payables",
    "received",
    "recover",
    "remove",
    "remove_own",
    "save_own",
    "send",
    "set_account",
    "step_back",
    "write_bank_file",
]
