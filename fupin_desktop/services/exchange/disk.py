"""The files of a stick, one call each, so that tests can pull it, fill it or spoil it in the middle of any."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from fupin_desktop.paths import rename

PIECE = 1 << 20
_READ, _SHARED, _AS_IT_IS, _PAST_MEMORY = 0x80000000, 1, 3, 0x20000000
"""Windows: GENERIC_READ, FILE_SHARE_READ, OPEN_EXISTING, FILE_FLAG_NO_BUFFERING."""


class Disk:
    """The real one."""

    def free(self, folder: Path) -> int:
        """Bytes free where a folder is."""
        return shutil.disk_usage(folder).free

    def make_folder(self, folder: Path) -> None:
        """Make a folder and those above it."""
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, source: Path, target: Path) -> Iterator[int]:
        """Copy a file and bring it onto the medium; tells the bytes of each piece."""
        with source.open("rb") as read, target.open("xb") as written:
            while piece := read.read(PIECE):
                written.write(piece)
                yield len(piece)
            written.flush()
            os.fsync(written.fileno())

    def read(self, path: Path) -> Iterator[bytes]:
        """The file as the medium has it, as far as the system lets us past its memory."""
        _forget(path)
        with path.open("rb") as stream:
            while piece := stream.read(PIECE):
                yield piece

    def rename(self, source: Path, target: Path) -> None:
        """Give a finished folder or file its name."""
        rename(source, target)

    def remove(self, folder: Path) -> None:
        """Remove a folder with all in it; one that cannot be reached any more stays."""
        shutil.rmtree(folder, ignore_errors=True)

    def settle(self, folder: Path) -> None:
        """Bring the names in a folder onto the medium, where the system lets a folder be flushed (not on Windows)."""
        if os.name == "nt":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _forget(path: Path) -> None:
    """Let the system forget what it remembers of a file, so that the medium is read: sticks lie about their size.

    Where it will not, what it remembers is read.
    """
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        kernel = ctypes.windll.kernel32
        kernel.CreateFileW.restype = wintypes.HANDLE
        # Opening a file past the memory makes Windows drop what it holds of it, where nobody else has it open.
        handle = kernel.CreateFileW(str(path), _READ, _SHARED, None, _AS_IT_IS, _PAST_MEMORY, None)
        if handle != wintypes.HANDLE(-1).value:
            kernel.CloseHandle(wintypes.HANDLE(handle))
    elif hasattr(os, "posix_fadvise"):
        with path.open("rb") as stream:
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
