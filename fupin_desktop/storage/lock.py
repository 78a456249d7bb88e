"""The lock on a data folder: one running program at a time. The operating system frees it when a process dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from fupin_desktop.errors import DataFileBusy
from fupin_desktop.storage.trouble import told

LOCK_NAME = "fupin.lock"


def _seize(handle: int) -> None:
    """Take the whole file for this process, or raise OSError at once."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderLock:
    """Holds a data folder for this process until released."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / LOCK_NAME
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            DataFileBusy: Another running program holds it.
            NotWritable, PlaceGone, DiskFull: The lock file cannot be made.
        """
        with told():
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _seize(handle)
        except OSError as error:
            os.close(handle)
            raise DataFileBusy("这个数据文件夹已经被另一个打开的程序占用。") from error
        self._handle = handle

    def release(self) -> None:
        """Give the lock back; the file stays, an empty one locks nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
