"""Carrying finished files onto a stick: beside, flushed, read back, compared, and only then under their name."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from fupin_desktop.documents import atomic
from fupin_desktop.domain.exchange import said_size
from fupin_desktop.errors import DiskFull, NotAllowed, NotWritable, PlaceGone, Situation
from fupin_desktop.services.exchange.disk import Disk
from fupin_desktop.services.exchange.model import FAT_LARGEST, Drive
from fupin_desktop.services.workbench import Progress

UNFINISHED = ".未完成_"
"""Beginning of the folder that is being written; one that a pulled stick kept is removed the next time."""
_SPARE = 2 * 1024**2
"""Bytes that folders and the file system itself take besides."""
_SAFE = "本机的数据没有变动，U盘上没有留下写了一半的资料。"
_GONE_SAFE = "本机的数据没有变动；U盘上如果留有“.未完成_”开头的文件夹，不是完整的资料，下次导出时自动清除。"


class Load(NamedTuple):
    """A file to be carried: where it lies, where it goes below the folder, its checksum and bytes."""

    source: Path
    name: str
    sha256: str
    size: int


def load_of(source: Path, name: str) -> Load:
    """A file with its checksum."""
    digest, size = hashlib.sha256(), 0
    for piece in Disk().read(source):
        digest.update(piece)
        size += len(piece)
    return Load(source, name, digest.hexdigest(), size)


def require_room(drive: Drive, loads: Iterable[Load], disk: Disk) -> int:
    """Make sure before anything is written that all of it will go on; the bytes of all together.

    Raises:
        NotWritable: The stick is write-protected.
        DiskFull: It has not enough room.
        NotAllowed: A file is too large for its file system.
        PlaceGone: It is not there any more.
    """
    if drive.read_only:
        raise NotWritable("U盘有写保护，写不进去。", safe=_SAFE, todo="请把U盘上的保护开关拨开，或换一个U盘。")
    sizes = {one.name: one.size for one in loads}
    too_large = [name for name, size in sizes.items() if size > FAT_LARGEST]
    if drive.is_fat and too_large:
        raise NotAllowed(
            f"“{too_large[0]}”超过 4 GB，这个U盘是 FAT32 格式，放不下这么大的文件。", safe=_SAFE,
            todo="请换一个 exFAT 或 NTFS 格式的U盘，或选硬盘上的文件夹。",
        )  # fmt: skip
    with told(drive):
        free, wanted = disk.free(drive.root), sum(sizes.values()) + _SPARE
    if wanted > free:
        raise DiskFull(
            f"U盘空间不够：要 {said_size(wanted)}，只有 {said_size(free)}。", safe=_SAFE,
            todo="请删掉U盘上不用的文件，或少选一些，或换一个U盘。",
        )  # fmt: skip
    return wanted - _SPARE


def carry(drive: Drive, folder: str, loads: Sequence[Load], progress: Progress, disk: Disk | None = None) -> Path:
    """Write files into a fresh folder of a stick, read them back and compare.

    Args:
        drive: The stick.
        folder: Name of the folder; numbered where there is one of the name.
        loads: The files.
        progress: Told of what is done; may raise ``Cancelled``.
        disk: The files of the stick.

    Returns:
        The folder, every file of which is on the medium as it is here.

    Raises:
        Situation: The stick was pulled, is full, protected or faulty; no folder of the name is there.
        Cancelled: By ``progress``; nothing is left there.
    """
    disk = disk or Disk()
    total = require_room(drive, loads, disk)
    target = _free_name(drive.root / folder)
    part = drive.root / f"{UNFINISHED}{secrets.token_hex(4)}"
    with told(drive):
        _remove_unfinished(drive, disk)
        try:
            _write(part, loads, 2 * total, progress, disk)
            _compare(part, loads, total, progress, disk)
            disk.rename(part, target)
            disk.settle(drive.root)
        except BaseException:
            for half in (part, target):
                disk.remove(half)
            raise
    return target


def _write(part: Path, loads: Sequence[Load], total: int, progress: Progress, disk: Disk) -> None:
    done = 0
    for one in loads:
        path = part / one.name
        disk.make_folder(path.parent)
        for piece in disk.write(one.source, path):
            done += piece
            progress(done, total, f"正在写 {path.name}")
    for folder in sorted({(part / one.name).parent for one in loads} | {part}):
        disk.settle(folder)


def _compare(part: Path, loads: Sequence[Load], total: int, progress: Progress, disk: Disk) -> None:
    """Read back what was written.

    Raises:
        NotWritable: The medium gives back something else.
    """
    done = total
    for one in loads:
        digest = hashlib.sha256()
        for piece in disk.read(part / one.name):
            digest.update(piece)
            done += len(piece)
            progress(min(done, 2 * total), 2 * total, f"正在核对 {Path(one.name).name}")
        if digest.hexdigest() != one.sha256:
            raise NotWritable(
                f"“{one.name}”写到U盘后读回来不一样，U盘可能坏了。", safe=_SAFE, todo="请换一个U盘，重新导出。"
            )


def _free_name(path: Path) -> Path:
    number = 2
    found = path
    while found.exists():
        found = path.with_name(f"{path.name}({number})")
        number += 1
    return found


def _remove_unfinished(drive: Drive, disk: Disk) -> None:
    """Remove what a pulled stick kept of an earlier time."""
    for left_over in drive.root.glob(f"{UNFINISHED}*"):
        disk.remove(left_over)


@contextmanager
def told(drive: Drive) -> Iterator[None]:
    """Turn an ``OSError`` met on a stick into what the clerk is told."""
    try:
        yield
    except OSError as error:
        raise _situation(error, drive) from error


def _situation(error: OSError, drive: Drive) -> Situation:
    found = atomic.situation(error, drive.root / "资料")
    if isinstance(found, DiskFull):
        return DiskFull("U盘写满了，没有写成。", safe=_SAFE, todo="请删掉U盘上不用的文件，或换一个U盘，再导出一次。")
    if isinstance(found, PlaceGone) or not drive.root.exists():
        return PlaceGone("U盘被拔出或断开了，没有写成。", safe=_GONE_SAFE, todo="请插好U盘，再导出一次。")
    if atomic.is_protected(error):
        return NotWritable("U盘有写保护，写不进去。", safe=_SAFE, todo="请把U盘上的保护开关拨开，或换一个U盘。")
    return NotWritable(
        f"“{drive.root}”写不进去。", safe=_SAFE, todo="请检查U盘或文件夹能不能写，或换一个，再导出一次。"
    )
