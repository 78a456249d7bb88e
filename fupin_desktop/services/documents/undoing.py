"""Undo and redo of one document: what was done to it last, never what was done elsewhere.

A document that was deleted cannot be in front any more, so taking its deletion back is offered whichever one is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.services import history
from fupin_desktop.services.documents import records
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage import changes
from fupin_desktop.storage.changes import LoggedOperation
from fupin_desktop.storage.entities import Application

REMOVE = "applications.remove"


def undo_title(bench: Workbench, key: str) -> str | None:
    """Title of the operation that :func:`undo` takes back; None where there is none."""
    with bench.read() as session:
        found = _undoable(session, key)
    return found.title if found is not None else None


def redo_title(bench: Workbench, key: str) -> str | None:
    """Title of the operation that :func:`redo` does again; None where there is none."""
    with bench.read() as session:
        found = _redoable(session, key)
    return found.title if found is not None else None


def undo(bench: Workbench, key: str) -> Change | None:
    """Take back what was done to a document last; None where there is nothing that can be taken back.

    Raises:
        NotAllowed: It was changed since in a way that would be lost.
    """
    with bench.read() as session:
        found = _undoable(session, key)
    return history.undo_one(bench, found.key) if found is not None else None


def redo(bench: Workbench, key: str) -> Change | None:
    """Do again what was undone of a document last; None where there is nothing.

    Raises:
        NotAllowed: It was changed since.
    """
    with bench.read() as session:
        found = _redoable(session, key)
    return history.redo(bench) if found is not None else None


def _records(session: Session, key: str) -> Mapping[str, Collection[str]]:
    """Keys of the document and of what belongs to it, by table; empty where it is gone."""
    there = session.scalars(select(Application.key).where(Application.key == key)).first()
    return records.parts_of(session, key) if there else {}


def _undoable(session: Session, key: str) -> LoggedOperation | None:
    """The last operation on the document, or the deletion of another one where that came after it."""
    connection = session.connection()
    last = changes.undoable(connection)
    if last is not None and last.operation == REMOVE:
        return last
    return changes.undoable_of(connection, _records(session, key))


def _redoable(session: Session, key: str) -> LoggedOperation | None:
    """The operation undone last, where it was one on the document or began or deleted one that is not there now."""
    connection = session.connection()
    last = changes.redoable(connection)
    if last is None or changes.touches(connection, last.key, _records(session, key)):
        return last
    gone = changes.records_of(connection, last.key, Application.__tablename__)
    there = set(session.scalars(select(Application.key).where(Application.key.in_(gone))))
    return last if gone - there else None
