"""Files attached to a record: copied into the data folder under their checksum, verified whenever they are read.

The record keeps name, checksum and size of each (a FILES field). The content lies once under ``附件``, named by its
SHA-256, so that the same contract attached to ten records takes its room once, and a file that was changed or damaged
on the disk is told instead of handed out. Content is never removed with a record, since the removal can be undone.
Where the office is encrypted each content is too, under a name that tells nothing (``storage.sealed_files``); every
reader and writer goes through here and need not know.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from fupin_desktop.documents.atomic import situation, told_as_situation, write_atomically
from fupin_desktop.errors import DataLocked, FileMissing, NotAllowed, Situation, UnreadableFile, cause_of
from fupin_desktop.paths import private_folder
from fupin_desktop.storage import sealed_files
from fupin_desktop.storage.encryption import is_locked, key_of
from fupin_desktop.storage.sealed_files import BrokenSealError
from fupin_desktop.storage.store import DATA_FILE

FOLDER = "附件"
MOST = 100 * 1024 * 1024
"""Bytes of the largest file that is taken; a scan of a contract has a few millions."""
VIEWED = "临时查看"
"""Folder of the copies that other programs show; they are plain, and go when the window is locked or closed."""
_PART = 1 << 20
_elsewhere: dict[Path, list[Path]] = {}
"""Copies of data that can be looked at alone, which lie in the system's own place for such."""
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
        """Where the content goes in a data folder as it is now, plain or encrypted."""
        key = key_of(folder)
        return plain_place(folder, self.sha256) if key is None else sealed_place(folder, self.sha256, key)


def plain_place(folder: Path, sha256: str) -> Path:
    """Where a content lies in a plain data folder."""
    return folder / FOLDER / sha256[:2] / sha256


def sealed_place(folder: Path, sha256: str, key: bytes) -> Path:
    """Where a content lies in an encrypted data folder."""
    name = sealed_files.name_of(key, sha256)
    return folder / FOLDER / name[:2] / name


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
    found = Attached(_name_apart(source.name, frozenset(taken)), *_sums_of(pieces_of(source)))
    keep(folder, found, lambda: pieces_of(source))
    return found


def store_content(folder: Path, name: str, content: bytes) -> Attached:
    """Keep what the program made itself, without a file in between.

    Raises:
        DiskFull, PlaceGone, NotWritable: The data folder cannot be written; nothing was attached.
    """
    found = Attached(_name_apart(name, frozenset()), *_sums_of((content,)))
    keep(folder, found, lambda: iter((content,)))
    return found


def keep(folder: Path, file: Attached, pieces: Callable[[], Iterator[bytes]]) -> None:
    """Keep a content in a data folder, in the form of the folder; one that is there and whole stays.

    Args:
        folder: The office's data folder.
        file: What it is.
        pieces: Gives the content from its beginning.

    Raises:
        UnreadableFile: It is not what it was.
        DiskFull, PlaceGone, NotWritable: The data folder cannot be written; nothing was kept.
    """
    if is_there(folder, file) and not damaged(folder, (file,)):
        return
    place, key = file.place(folder), key_of(folder)
    same = _compared(pieces(), file)
    try:
        with told_as_situation(place):
            private_folder(folder / FOLDER)
            private_folder(place.parent)
        write_atomically(
            place, lambda stream: stream.writelines(same if key is None else sealed_files.sealed(same, key))
        )
    except Situation as told:
        if not isinstance(told.__cause__, OSError):
            raise
        # Its name on the disk is a checksum, which tells nobody anything.
        raise situation(told.__cause__, folder / FOLDER / file.name) from told.__cause__


def verify(folder: Path, file: Attached) -> None:
    """See that a file's content is there as it was attached.

    Raises:
        FileMissing: The content is gone.
        UnreadableFile: It was changed or damaged.
    """
    for _piece in read(folder, file):
        pass


def read(folder: Path, file: Attached) -> Iterator[bytes]:
    """The content of an attached file, piece by piece; whoever takes them uses none before the last has come.

    Raises:
        FileMissing: The content is gone.
        UnreadableFile: It was changed or damaged.
        DataLocked: It is encrypted, and nobody has unlocked the folder.
    """
    plain, key = plain_place(folder, file.sha256), key_of(folder)
    if plain.is_file() or (key is None and not is_locked(folder / DATA_FILE)):
        pieces = pieces_of(plain, file.name)
    elif key is None:
        raise DataLocked(f"“{folder.name}”里的数据有密码。")
    else:
        pieces = unsealed(sealed_place(folder, file.sha256, key), key, file.name)
    yield from _compared(pieces, file)


def content(folder: Path, file: Attached) -> bytes:
    """The whole content of an attached file, to be shown without a copy on the disk; raises as :func:`read`."""
    return b"".join(read(folder, file))


def save_as(folder: Path, file: Attached, target: Path) -> None:
    """Write an attached file where the clerk or another program may open it; what is damaged is not handed out.

    Raises:
        FileMissing: The content is gone.
        UnreadableFile: It was changed or damaged; nothing was written.
        DiskFull, PlaceGone, FileBusy, NotWritable: The target cannot be written.
    """
    write_atomically(target, lambda stream: stream.writelines(read(folder, file)))


def is_there(folder: Path, file: Attached) -> bool:
    """Whether a content lies in a data folder, whole or not."""
    plain = plain_place(folder, file.sha256)
    return plain.is_file() or file.place(folder).is_file()


def remove(folder: Path, sha256: str) -> None:
    """Remove a content that no record names any more, for good."""
    for place in {plain_place(folder, sha256), Attached("", sha256, 0).place(folder)}:
        place.unlink(missing_ok=True)


# ---- copies for other programs ----
def copy_to_view(folder: Path, file: Attached, *, read_only: bool = False) -> Path:
    """A copy under its own name for another program to show; the kept one stays as it is.

    The copy is plain, and is removed by :func:`remove_copies`.

    Args:
        folder: The office's data folder.
        file: The file.
        read_only: Whether the folder cannot be written; then the copy lies in the system's place for such.

    Raises:
        FileMissing, UnreadableFile: As :func:`verify`.
        DiskFull, PlaceGone, NotWritable: The copy cannot be written.
    """
    with told_as_situation(folder / VIEWED):
        import secrets
        import tempfile

        place = Path(tempfile.gettempdir()) if read_only else folder / VIEWED
        private_folder(place)
        made = place / f"fupin-{secrets.token_hex(8)}"  # not by mkdtemp: where Windows refuses, that tries for days
        private_folder(made)
    if read_only:
        _elsewhere.setdefault(folder, []).append(made)
    save_as(folder, file, made / file.name)
    return made / file.name


def remove_copies(folder: Path) -> None:
    """Remove the copies that other programs showed; one that such a program still holds goes the next time."""
    for place in (folder / VIEWED, *_elsewhere.get(folder, ())):
        shutil.rmtree(place, ignore_errors=True)
    _elsewhere.pop(folder, None)


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
    from fupin_desktop.domain.text import clean

    plain = clean(name.translate(_SIGNS)) or "附件"
    stem, dot, suffix = plain.rpartition(".") if "." in plain[1:] else (plain, "", "")
    numbers = iter(range(2, len(taken) + 3))
    while plain in taken:
        plain = f"{stem}({next(numbers)}){dot}{suffix}"
    return plain


def _digest() -> Any:
    """A checksum begun; what makes it is loaded with the first content, and no start reads one."""
    import hashlib

    return hashlib.sha256()


def _sums_of(pieces: Iterable[bytes]) -> tuple[str, int]:
    """Checksum and bytes of a content."""
    digest, size = _digest(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def measured(pieces: Iterable[bytes], name: str) -> Attached:
    """What a content is, by itself."""
    return Attached(name, *_sums_of(pieces))


def _compared(pieces: Iterable[bytes], file: Attached) -> Iterator[bytes]:
    """A content on its way, compared at its end with what was attached."""
    digest = _digest()
    for piece in pieces:
        digest.update(piece)
        yield piece
    if digest.hexdigest() != file.sha256:
        raise UnreadableFile(f"附件“{file.name}”的内容变了或坏了，没有打开。", todo=_CHANGED_TODO)


def unsealed(path: Path, key: bytes, name: str) -> Iterator[bytes]:
    """What is in an encrypted file.

    Raises:
        FileMissing: It is gone.
        UnreadableFile: It was changed or damaged, or is of another key.
    """
    with _opened(path, name) as stream:
        try:
            yield from sealed_files.opened(stream, key)
        except BrokenSealError:
            raise UnreadableFile(f"附件“{name}”的内容变了或坏了，没有打开。", todo=_CHANGED_TODO) from None
        except OSError as error:
            raise _half(name, error) from error


def pieces_of(path: Path, name: str = "") -> Iterator[bytes]:
    """What is in a plain file.

    Raises:
        FileMissing, NotAllowed, UnreadableFile: It is gone, a folder, or cannot be read.
    """
    with _opened(path, name or path.name) as stream:
        while piece := _piece(stream, name or path.name):
            yield piece


def _opened(path: Path, name: str) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise FileMissing(f"找不到文件“{name}”。", todo=_CHANGED_TODO) from None
    except OSError as error:
        if path.is_dir():
            raise NotAllowed(f"“{name}”是文件夹，不能添加。", todo="请选择文件，或把文件夹压缩成一个文件。") from None
        raise UnreadableFile(f"“{name}”读不出来：{cause_of(error)}。", todo=_CHANGED_TODO) from error


def _piece(stream: BinaryIO, name: str) -> bytes:
    try:
        return stream.read(_PART)
    except OSError as error:
        raise _half(name, error) from error


def _half(name: str, error: OSError) -> UnreadableFile:
    return UnreadableFile(f"“{name}”读到一半读不下去了：{cause_of(error)}。", todo=_CHANGED_TODO)
