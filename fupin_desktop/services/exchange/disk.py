"""The files of a stick, one call each, so that tests can pull it, fill it or spoil it in the middle of any."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from fupin_desktop.paths import rename

PIECE = 1 << 20


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
        with path.open("rb") as stream:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
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
