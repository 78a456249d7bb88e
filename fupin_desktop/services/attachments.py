"""Files attached to a record: copied into the data folder under their checksum, verified whenever they are read.

The record keeps name, checksum and size of each (a FILES field). The content lies once under ``附件``, named by its
SHA-256, so that the same contract attached to ten records takes its room once, and a file that was changed or damaged
on the disk is told instead of handed out. Content is never removed with a record, since the removal can be undone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from fupin_desktop.documents.atomic import told_as_situation, write_atomically
from fupin_desktop.domain.text import clean
from fupin_desktop.errors import FileMissing, NotAllowed, UnreadableFile
from fupin_desktop.paths import private_folder

FOLDER = "附件"
MOST = 100 * 1024 * 1024
"""Bytes of the largest file that is taken; a scan of a contract has a few millions."""
_PART = 1 << 20
_SIGNS = str.maketrans(dict.fromkeys("、；;/\\:*?\"<>|\n\r\t", "_"))
_CHANGED_TODO = "请从备份或原来的地方找回这个文件，重新添加。"


class Attached(NamedTuple):
    """An attached file.

    Attributes:
        name: File name, as shown and typed; it has none of the marks that part names.
        sha256: Checksum of the content, in hexadecimal; also its name on the disk.
        size: Bytes.
    """

    name: str
    sha256: str
    size: int

    @property
    def stored(self) -> dict[str, Any]:
        """As a FILES field keeps it."""
        return self._asdict()

    def place(self, folder: Path) -> Path:
        """Where the content lies in a data folder."""
        return folder / FOLDER / self.sha256[:2] / self.sha256


def of(stored: Sequence[Mapping[str, Any]] | None) -> list[Attached]:
    """The files that a FILES field keeps."""
    return [Attached(one["name"], one["sha256"], one["size"]) for one in stored or ()]


def store(folder: Path, source: Path, taken: Iterable[str] = ()) -> Attached:
    """Copy a file into the data folder.

    Args:
        folder: The office's data folder.
        source: The file to be attached; it is only read.
        taken: Names that the record has already; an equal name gets a number.

    Raises:
        FileMissing: The file is not there.
        NotAllowed: It is a folder, empty, or larger than :data:`MOST`.
        UnreadableFile: It cannot be read, or changed meanwhile.
        DiskFull, PlaceGone, NotWritable: The data folder cannot be written; nothing was attached.
    """
    size = source.stat().st_size if source.is_file() else 1
    if not 0 < size <= MOST:
        what = "是空的" if not size else f"有 {size // 1024**2:,} MB，超过 {MOST // 1024**2} MB"
        raise NotAllowed(f"“{source.name}”{what}，没有添加。", todo="请换一个文件，或把它压缩以后再添加。")
    found = Attached(_name_apart(source.name, frozenset(taken)), *_checksum(source))
    place = found.place(folder)
    if not (place.is_file() and _checksum(place) == found[1:]):
        with told_as_situation(place):
            private_folder(folder / FOLDER)
            private_folder(place.parent)
        write_atomically(place, lambda stream: _copied(source, stream, found))
    return found


def verify(folder: Path, file: Attached) -> None:
    """See that a file's content is there as it was attached.

    Raises:
        FileMissing: The content is gone.
        UnreadableFile: It was changed or damaged.
    """
    _copied(file.place(folder), None, file)


def save_as(folder: Path, file: Attached, target: Path) -> None:
    """Write an attached file where the clerk or another program may open it; what is damaged is not handed out.

    Raises:
        FileMissing: The content is gone.
        UnreadableFile: It was changed or damaged; nothing was written.
        DiskFull, PlaceGone, FileBusy, NotWritable: The target cannot be written.
    """
    write_atomically(target, lambda stream: _copied(file.place(folder), stream, file))


def damaged(folder: Path, files: Iterable[Attached]) -> list[Attached]:
    """The files whose content is gone, changed or damaged."""

    def is_damaged(file: Attached) -> bool:
        try:
            verify(folder, file)
        except (FileMissing, UnreadableFile):
            return True
        return False

    return [file for file in files if is_damaged(file)]


def clear_left_overs(folder: Path) -> None:
    """Remove what killed copies left behind; half a file never has the name of a whole one."""
    for left_over in (folder / FOLDER).glob("*/.*.tmp"):
        with suppress(OSError):
            left_over.unlink(missing_ok=True)


def _name_apart(name: str, taken: frozenset[str]) -> str:
    """The name as it is kept: without marks that part names, and other than those of the record."""
    plain = clean(name.translate(_SIGNS)) or "附件"
    stem, dot, suffix = plain.rpartition(".") if "." in plain[1:] else (plain, "", "")
    numbers = iter(range(2, len(taken) + 3))
    while plain in taken:
        plain = f"{stem}({next(numbers)}){dot}{suffix}"
    return plain


def copy_content(source: Path, stream: BinaryIO, file: Attached) -> None:
    """Copy the content of an attached file, compared with its checksum on the way.

    Raises:
        FileMissing, UnreadableFile: It is gone, or not what was attached.
    """
    _copied(source, stream, file)


def _checksum(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0

    def add(part: bytes) -> None:
        nonlocal size
        digest.update(part)
        size += len(part)

    _each_part(path, add)
    return digest.hexdigest(), size


def _copied(source: Path, stream: BinaryIO | None, file: Attached) -> None:
    """Copy the content, or only read it, and compare it with what was attached."""
    digest = hashlib.sha256()

    def add(part: bytes) -> None:
        digest.update(part)
        if stream is not None:
            stream.write(part)

    _each_part(source, add)
    if digest.hexdigest() != file.sha256:
        raise UnreadableFile(f"附件“{file.name}”的内容变了或坏了，没有打开。", todo=_CHANGED_TODO)


def _each_part(path: Path, take: Callable[[bytes], None]) -> None:
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        raise FileMissing(f"找不到文件“{path.name}”。", todo=_CHANGED_TODO) from None
    except IsADirectoryError:
        raise NotAllowed(f"“{path.name}”是文件夹，不能添加。", todo="请选择文件，或把文件夹压缩成一个文件。") from None
    except OSError as error:
        raise UnreadableFile(f"“{path.name}”读不出来：{error.strerror or error}。", todo=_CHANGED_TODO) from error
    with stream:
        while part := _read(stream, path.name):
            take(part)


def _read(stream: BinaryIO, name: str) -> bytes:
    try:
        return stream.read(_PART)
    except OSError as error:
        raise UnreadableFile(f"“{name}”读到一半读不下去了：{error.strerror or error}。", todo=_CHANGED_TODO) from error
