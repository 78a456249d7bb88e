"""What is asked of the data file, counted: what is done for many records must not ask for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from fupin_desktop.services.workbench import Workbench


@contextmanager
def counted(bench: Workbench) -> Iterator[list[str]]:
    """The statements sent to the data file meanwhile."""
    sent: list[str] = []

    def keep(_connection, _cursor, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(bench.store.engine, "before_cursor_execute", keep)
    yield sent
    event.remove(bench.store.engine, "before_cursor_execute", keep)
