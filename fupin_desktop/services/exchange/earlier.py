"""What was handed out before: when and to whom each thing went last, and whether it has changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from fupin_desktop.domain.exchange import HandoverKind
from fupin_desktop.services.exchange.model import Item
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import changes
from fupin_desktop.storage.entities import Handover, HandoverFile


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last time that something was handed out.

    Attributes:
        number: 交接号.
        on: 交出日期.
        receiver: 接收单位.
        received: Whether its receipt has come.
        changed: Whether it was changed since; False too where that cannot be told.
    """

    number: int
    on: date
    receiver: str
    received: bool
    changed: bool

    @property
    def told(self) -> str:
        """One sentence."""
        receipt = "有回执" if self.received else "还没有回执"
        changed = "；交出以后有改动" if self.changed else ""
        return f"{self.on:%Y-%m-%d} 交给{self.receiver}（交接 {self.number} 号，{receipt}）{changed}"


def handed_before(bench: Workbench, items: Sequence[Item]) -> dict[str, Earlier]:
    """The last handover of each item that was handed out before, by its key."""
    columns = (Handover.number, Handover.left_on, Handover.receiver, Handover.receipt_on, Handover.log_number)
    statement = (
        select(HandoverFile.item, *columns)
        .join(Handover, HandoverFile.handover_key == Handover.key)
        .where(HandoverFile.item.is_not(None))
        .order_by(Handover.left_on, Handover.log_number)
    )
    with bench.read() as session:
        last = {row.item: row for row in session.execute(statement)}
    return {one.key: _earlier(bench, one, last[one.key]) for one in items if one.key in last}


def _earlier(bench: Workbench, item: Item, row: Any) -> Earlier:
    changed = False
    if item.rests is not None and row.log_number is not None:
        records = item.rests()
        with bench.read() as session:
            changed = changes.changed_after(session.connection(), row.log_number, records)
    return Earlier(row.number, row.left_on, row.receiver, row.receipt_on is not None, changed)


def last_receiver(bench: Workbench, items: Sequence[Item] = ()) -> str:
    """To whom something was handed out last; of the groups of the items where any went before, else anything.

    Returns:
        接收单位; empty where nothing was ever handed out.
    """
    groups = {f"{one.group}/" for one in items}
    statement = (
        select(Handover.receiver, HandoverFile.name)
        .join(HandoverFile, HandoverFile.handover_key == Handover.key)
        .where(Handover.kind == HandoverKind.STICK.value, Handover.receiver != "")
        .order_by(Handover.left_on.desc(), Handover.number.desc(), HandoverFile.position)
    )
    with bench.read() as session:
        found = session.execute(statement).all()
    of_group = (row.receiver for row in found if any(row.name.startswith(group) for group in groups))
    return next(of_group, found[0].receiver if found else "")


def last_persons(bench: Workbench) -> Mapping[str, str]:
    """接收人 of the last handover to each 接收单位 that named one."""
    statement = (
        select(Handover.receiver, Handover.person)
        .where(Handover.person != "")
        .order_by(Handover.left_on, Handover.number)
    )
    with bench.read() as session:
        return {row.receiver: row.person for row in session.execute(statement)}
