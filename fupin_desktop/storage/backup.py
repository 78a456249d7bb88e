"""Backups of an open store: daily, before risky work, and on demand."""

from __future__ import annotations

from datetime import datetime

from fupin_desktop.storage.backup_files import Backup, Reason, listed, remove, superseded, write_backup
from fupin_desktop.storage.store import Store


def latest(store: Store) -> Backup | None:
    """The backup that goes furthest, or None."""
    found = listed(store.backup_folder)
    return found[0] if found else None


def backup_now(store: Store, now: datetime, reason: Reason = Reason.MANUAL) -> Backup:
    """Write and verify a backup, then remove those that others have superseded; writers wait.

    Raises:
        Situation: It could not be written or is not whole; earlier backups stay.
    """
    with store.held():
        made = write_backup(store.path, store.backup_folder, now, reason)
    remove(superseded(listed(store.backup_folder), made.path))
    return made


def backup_if_due(store: Store, now: datetime) -> Backup | None:
    """The daily backup, where today has none of any reason yet.

    Raises:
        Situation: It could not be written.
    """
    if any(backup.at.date() == now.date() for backup in listed(store.backup_folder)):
        return None
    return backup_now(store, now, Reason.DAILY)
