"""Files are written beside their place and renamed: either the whole new file is there, or the old one still is."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from fupin_desktop.errors import DiskFull, FileBusy, NotWritable, PlaceGone, Situation
from fupin_desktop.paths import rename

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.EIO, errno.ESTALE, errno.ENOTCONN}
_BUSY = {errno.EBUSY, errno.ETXTBSY}
_PROTECTED = errno.EROFS
_WINDOWS_FULL = {39, 112}
_WINDOWS_GONE = {2, 3, 15, 20, 21, 53, 55, 64, 67, 1110, 1117, 1167}
_WINDOWS_BUSY = {32, 33}
_WINDOWS_PROTECTED = 19
_SAFE = "原来的文件没有变动。"


def write_atomically(path: Path, writer: Callable[[BinaryIO], object]) -> None:
    """Write a file so that a reader sees the old one or the whole new one, never half.

    Args:
        path: Where the file goes; an existing file is replaced only when the new one is complete on the disk.
        writer: Writes the content into the binary stream it is given.

    Raises:
        DiskFull: No room left.
        PlaceGone: The folder or stick is not there (any more).
        FileBusy: Another program holds the file open.
        NotWritable: No permission to write there, or the name is not allowed.
    """
    path = Path(path)
    with told_as_situation(path):
        temporary = _neighbour(path)
        try:
            with temporary.open("xb") as stream:
                writer(stream)
                stream.flush()
                os.fsync(stream.fileno())
            rename(temporary, path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise


@contextmanager
def told_as_situation(path: Path) -> Iterator[None]:
    """Turn an ``OSError`` raised while writing ``path`` into its situation."""
    try:
        yield
    except OSError as error:
        raise situation(error, path) from error


def situation(error: OSError, path: Path) -> Situation:
    """The situation that an ``OSError`` met while writing ``path`` stands for."""
    windows = getattr(error, "winerror", None)
    name = path.name or str(path)
    if error.errno in _FULL or windows in _WINDOWS_FULL:
        return DiskFull(f"磁盘空间不足，“{name}”没有写成。", safe=_SAFE)
    if windows in _WINDOWS_BUSY or error.errno in _BUSY or (os.name == "nt" and windows == 5 and path.is_file()):
        return FileBusy(f"“{name}”正被别的程序打开，没有写成。", safe=_SAFE)
    if error.errno in _GONE or windows in _WINDOWS_GONE:
        return PlaceGone(f"找不到“{path.parent}”，“{name}”没有写成。", safe=_SAFE)
    if is_protected(error):
        return NotWritable(f"磁盘有写保护，“{name}”没有写成。", safe=_SAFE)
    return NotWritable(f"“{path.parent}”里不能写入文件“{name}”。", safe=_SAFE)


def is_protected(error: OSError) -> bool:
    """Whether a write failed because the medium is write-protected."""
    return error.errno == _PROTECTED or getattr(error, "winerror", None) == _WINDOWS_PROTECTED


def _neighbour(path: Path) -> Path:
    """A fresh name in the same folder, so that the rename stays on one disk; long names are cut."""
    return path.with_name(f".{path.name[:60]}.{os.urandom(4).hex()}.tmp")
