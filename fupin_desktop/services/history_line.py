"""One line of a history: what a change, a printing or a document says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of one field.

    Attributes:
        at: Moment.
        who: Clerk.
        title: The operation.
        label: The field, or 新增 or 删除.
        before: Value before, as shown.
        after: Value after, as shown.
        number: Number of the operation in the log, which orders the lines whatever the clock said.
    """

    at: datetime
    who: str
    title: str
    label: str
    before: str
    after: str
    number: int = 0
