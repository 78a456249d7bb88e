"""The link of the change log that a computed paper carries at its foot: the same one as long as it says the same.

It is that of the operation that made, or last changed, the record the paper is about: whoever holds the paper can tell
years later whether the log still has that operation with what it did then.
"""

from __future__ import annotations

from sqlalchemy import Connection

from fupin_desktop.services.documents.type import Linked
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import chain, changes


def foot(bench: Workbench, linked: Linked | None) -> str:
    """The line at the foot of a paper.

    Args:
        bench: The workbench.
        linked: The records that it is about; None for a paper of what is not kept, which carries none.

    Returns:
        The line; empty where the log knows of no such operation.
    """
    if linked is None:
        return ""
    if linked.number or linked.keys:
        number = linked.number or _newest(bench, linked)
        found = bench.store.glance("SELECT number, hash FROM change_sets WHERE number = ?", (number,))
    else:
        found = bench.store.glance("SELECT number, hash FROM change_sets ORDER BY number DESC LIMIT 1")
    return chain.said(found[0][0], found[0][1] or chain.START) if found else ""


def _newest(bench: Workbench, linked: Linked) -> int:
    with bench.read() as session:
        return max(_number(session.connection(), linked, key) for key in linked.keys)


def _number(connection: Connection, linked: Linked, key: str) -> int:
    """Number of the operation that counts for a record; 0 where there is none."""
    if linked.settled:
        return changes.added_in(connection, linked.table, (key,)).get(key, 0)
    found = changes.of_record(connection, linked.table, key, _LOOKED_AT)
    return next((one.operation.number for one in found if one.column not in linked.besides), 0)


_LOOKED_AT = 100
"""Operations on a record that are looked through for one that changed what the paper says."""
