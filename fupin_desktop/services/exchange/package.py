"""移交包: everything of the office in one file for another computer or clerk, and opening it there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from fupin_desktop import __version__
from fupin_desktop.domain.exchange import HandoverKind, said_size
from fupin_desktop.domain.text import clean
from fupin_desktop.errors import DataFileDamaged, DataLocked, FileMissing, NotAllowed, WrongPassword
from fupin_desktop.paths import rename
from fupin_desktop.services import handovers, moving, offices
from fupin_desktop.services.documents import computed
from fupin_desktop.services.exchange import carrying, stage
from fupin_desktop.services.exchange.disk import Disk
from fupin_desktop.services.exchange.model import Drive, Purpose
from fupin_desktop.services.exchange.offers import short
from fupin_desktop.services.exchange.outgoing import PAPER, Carried
from fupin_desktop.services.handovers import Handed, Line
from fupin_desktop.services.workbench import Progress, Workbench
from fupin_desktop.storage import encryption, keys_file, package_file
from fupin_desktop.storage.backup_files import keys_text
from fupin_desktop.storage.driver import connect
from fupin_desktop.storage.encryption import KEYS_FILE
from fupin_desktop.storage.key_slots import SlotKind
from fupin_desktop.storage.opening import FileState, inspect_file
from fupin_desktop.storage.package_file import DATA, FILES, Contents
from fupin_desktop.storage.store import DATA_FILE
from fupin_desktop.storage.trouble import told

ENDING = ".fupin"
_PART, _FILES_PART = "fupin_package.part", "fupin_files.part"
_COUNTED = {"households": "户", "applications": "份文件", "fund_entries": "条资金记录"}


@dataclass(frozen=True, slots=True)
class Inside:
    """What a package holds, before it is opened.

    Attributes:
        path: The package.
        office: Name of the office.
        clerk: Who made it.
        made_at: When.
        program: Version of the program it was made with.
        counted: What is in it, in words.
        size: Bytes.
        encrypted: Whether a password opens it.
        preferences: Choices of the screen, by name.
    """

    path: Path
    office: str
    clerk: str
    made_at: datetime
    program: str
    counted: str
    size: int
    encrypted: bool
    preferences: Mapping[str, Any]

    @property
    def sentence(self) -> str:
        """All of it in one sentence."""
        locked = "，有密码" if self.encrypted else ""
        return (
            f"{self.office}的移交包，{self.clerk}于 {self.made_at:%Y-%m-%d %H:%M} 做的：{self.counted}，"
            f"共 {said_size(self.size)}{locked}。"
        )


# ---- making ----
def make(
    bench: Workbench, drive: Drive, purpose: Purpose, preferences: Mapping[str, Any], progress: Progress,
    disk: Disk | None = None,
) -> Carried:
    """Pack everything of the office and carry it.

    Args:
        bench: The office; it can be worked on meanwhile.
        drive: Where to.
        purpose: To whom.
        preferences: Choices of the screen that go along; plain data.
        progress: Told how far it is; may raise ``Cancelled``, which leaves nothing.
        disk: The files of the stick.

    Raises:
        NotAllowed: The receiver is not named.
        Situation: No room, or the stick was pulled; nothing half is there.
    """
    if not clean(purpose.receiver):
        raise NotAllowed("请填写交给谁。")
    office, stamp = offices.office(bench).name, f"{bench.today:%Y%m%d}"
    with stage.folder(bench) as place:
        package = place / f"{short(f'移交包_{office}_{stamp}')}{ENDING}"
        _pack(bench, place, package, preferences, progress)
        load = carrying.load_of(package, package.name)
        line = Line(load.name, "全部数据、设置、表样、附件和备份", None, None, load.size, False, load.sha256)
        folder = short(f"{stamp}_{office}_移交包")
        handed = Handed(
            handovers.next_number(bench), bench.year, HandoverKind.PACKAGE, clean(purpose.title) or "移交包",
            clean(purpose.receiver), clean(purpose.person), bench.today, bench.clerk, drive.place, folder, "", (line,),
            handovers.log_number(bench),
        )  # fmt: skip
        computed.paper(bench, "handover", (bench, handed)).write(place / PAPER)
        loads = [load, carrying.load_of(place / PAPER, PAPER)]
        found = carrying.carry(drive, folder, loads, progress, disk)
    handed = replace(handed, folder=found.name)
    change = handovers.record(bench, handed)
    text = f"移交包 {said_size(load.size)} 已写到“{found.name}”，读回核对一致。{drive.done_word}"
    return Carried(found, handed, text, change)


def _pack(
    bench: Workbench, place: Path, package: Path, preferences: Mapping[str, Any], progress: Progress
) -> None:
    belongings = [path for path in moving.belongings(bench.data_folder.resolve()) if path.name != KEYS_FILE]
    data, files = place / DATA, place / FILES
    with told():
        progress(0, 0, "正在复制数据文件")
        with bench.store.held():
            bench.store.rescue(data)
        _require_sound(data)
        total = sum(path.stat().st_size for path in belongings)
        package_file.pack_files(files, bench.data_folder.resolve(), belongings, _telling(progress, total, "正在收"))
        keys = keys_text(bench.data_folder) if encryption.is_encrypted(data) else ""
        total = data.stat().st_size + files.stat().st_size
        package_file.write(package, data, files, keys, _words(bench, preferences), _telling(progress, total, "正在写"))
        for part in (data, files):
            part.unlink()


def _require_sound(data: Path) -> None:
    with closing(connect(data, "rw")) as copy:
        if copy.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise DataFileDamaged("数据文件没有通过检查，没有做移交包。", todo="请先从“备份与恢复”恢复一份好的。")


def _words(bench: Workbench, preferences: Mapping[str, Any]) -> dict[str, Any]:
    counts = [
        f"{bench.store.glance(f'SELECT count(*) FROM {table}')[0][0]:,} {noun}"  # noqa: S608 - our own names
        for table, noun in _COUNTED.items()
    ]
    return {
        "office": offices.office(bench).name, "clerk": bench.clerk, "made_at": bench.clock().isoformat(" ", "seconds"),
        "program": __version__, "counted": "、".join(counts), "preferences": dict(preferences),
    }  # fmt: skip


def _telling(progress: Progress, total: int, word: str) -> Callable[[int, str], None]:
    done = 0

    def tell(count: int, name: str) -> None:
        nonlocal done
        done += count
        progress(min(done, total), total, f"{word} {name}")

    return tell


# ---- opening ----
def look(path: Path) -> Inside:
    """What a package holds; nothing is written.

    Raises:
        UnreadableFile: It is none, or incomplete.
        DataFileNewer: A newer version of the program made it.
        FileMissing: It is gone.
    """
    with told():
        if not path.exists():
            raise FileMissing(f"找不到文件“{path}”。")
        size = path.stat().st_size
        held = package_file.contents(path)
    words = held.told
    return Inside(
        path, str(words["office"]), str(words["clerk"]), datetime.fromisoformat(str(words["made_at"])),
        str(words["program"]), str(words["counted"]), size, held.encrypted, dict(words.get("preferences") or {}),
    )  # fmt: skip


def unlock(path: Path, folder: Path, secret: str, *, recovery: bool = False) -> None:
    """Open the key of a package with the password or recovery code, for the folder it is to be unpacked into.

    Raises:
        WrongPassword: It is not the one.
        UnreadableFile: The package is damaged.
    """
    slots = keys_file.slots_from(package_file.contents(path).keys)
    kind = SlotKind.RECOVERY if recovery else SlotKind.PASSWORD
    key = keys_file.opened_by(slots, kind, secret)
    if key is None:
        raise WrongPassword("恢复码不对。" if recovery else "密码不对。")
    encryption.unlock(folder, key)


def open_into(path: Path, folder: Path, progress: Progress) -> Path:
    """Unpack a package into an empty folder, which is then ready to be opened.

    Args:
        path: The package.
        folder: Where to; made where it is missing.
        progress: Told how far it is; may raise ``Cancelled``, which leaves nothing.

    Raises:
        NotAllowed: The folder holds something already.
        DataLocked: The package has a password, and :func:`unlock` was not called for the folder.
        UnreadableFile: It is incomplete; nothing is left.
        DataFileNewer: A newer version of the program made it; nothing is left.
        Situation: The disk is full or not writable; nothing is left.
    """
    held = package_file.contents(path)
    if folder.exists() and any(folder.iterdir()):
        raise NotAllowed(f"“{folder}”里已经有东西。", todo="请选一个空的文件夹，或者新建一个。")
    if held.encrypted and encryption.key_of(folder) is None:
        raise DataLocked(f"“{path.name}”有密码。")
    made: list[Path] = []
    fresh = not folder.exists()
    with told():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _unpack(path, held, folder, made, progress)
        except BaseException:
            _take_back(folder, made, fresh=fresh)
            raise
    return folder


def _unpack(path: Path, held: Contents, folder: Path, made: list[Path], progress: Progress) -> None:
    """The data file last, so that a folder half unpacked is never taken for an office's."""
    data, files = folder / _PART, folder / _FILES_PART
    made += [data, files]
    tell = _telling(progress, 2 * held.size, "正在取出")
    package_file.take_out(path, held, DATA, data, tell)
    package_file.take_out(path, held, FILES, files, tell)
    package_file.unpack_files(files, folder, made, tell)
    files.unlink()
    if inspect_file(data) is FileState.EMPTY:
        raise DataFileDamaged("移交包里没有数据。")
    if held.keys:
        made.append(folder / KEYS_FILE)
        (folder / KEYS_FILE).write_text(held.keys, encoding="utf-8")
        (folder / KEYS_FILE).chmod(0o600)
    data.chmod(0o600)
    rename(data, folder / DATA_FILE)


def _take_back(folder: Path, made: list[Path], *, fresh: bool) -> None:
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for path in made:
        path.unlink(missing_ok=True)
    for below in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        below.rmdir()
