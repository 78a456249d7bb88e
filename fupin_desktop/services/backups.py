"""Backups as the clerk meets them: the list, a look inside, going back to one and forward again, a second place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fupin_desktop.domain.exchange import said_size
from fupin_desktop.errors import FileMissing, NotAllowed, PlaceGone, Situation
from fupin_desktop.services import attached_copies
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage import backup_files
from fupin_desktop.storage.backup_files import Backup, Reason
from fupin_desktop.storage.driver import connect
from fupin_desktop.storage.restore import looking_into, restore_into

__all__ = [
    "Backup", "Inside", "Made", "Operation", "all_backups", "back_up", "back_up_if_due", "backup_from", "brought_back",
    "choose_second_place", "go_back", "look", "newest_in", "rescue", "said", "second_place", "told_missed",
]  # fmt: skip

SECOND_PLACE = "backups.second_place"
MISSED = "backups.missed"
"""What is kept of copies that could not be written: the place, the day since which, why, whether it is just absent."""
ABSENT_DAYS = 3
"""So many days a second place may be absent (a stick that lies in a drawer) before it is something to be done."""
REASONS = {
    Reason.DAILY: "每日", Reason.IMPORT: "导入前", Reason.UPGRADE: "升级前", Reason.MANUAL: "手动",
    Reason.RESTORE: "恢复前",
}  # fmt: skip
_NAMED = 200
_BESIDE = {
    "award_schemes": "奖补方案", "applications": "申报和资金文件", "fund_entries": "资金台账记录", "notices": "公示",
}  # fmt: skip
"""What is counted besides the records of the registers."""
_LAST = "SELECT at, title, who FROM change_sets WHERE number > ? ORDER BY number DESC LIMIT ?"


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation in the change log of a data file: moment, title, clerk."""

    at: datetime
    title: str
    who: str


@dataclass(frozen=True, slots=True)
class Inside:
    """What a backup holds, beside the open data file.

    Attributes:
        backup: The backup.
        counts: Chinese noun, number of records in the backup, number now; of what is there in either.
        last: Its last operations, the newest first.
        lost: Operations made since, which going back takes away; the newest first, at most 200 of them.
        lost_count: How many there are.
        key: Data key of a backup with a password of its own.
    """

    backup: Backup
    counts: tuple[tuple[str, int, int], ...]
    last: tuple[Operation, ...]
    lost: tuple[Operation, ...]
    lost_count: int
    key: bytes | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written.

    Attributes:
        told: What was done, in one sentence.
        missed: Why there is no copy of it at the second place; None where there is one, or none is wanted.
    """

    told: str
    missed: Situation | None = None


def said(backup: Backup) -> str:
    """A backup in a list: moment, occasion, size."""
    size = said_size(backup.path.stat().st_size) if backup.path.exists() else ""
    return f"{backup.at:%Y-%m-%d %H:%M}  {REASONS[backup.reason]}  {size}".rstrip()


def all_backups(bench: Workbench) -> list[Backup]:
    """The backups of the office's folder, the one that goes furthest first."""
    return backup_files.listed(bench.store.backup_folder)


def backup_from(path: Path) -> Backup:
    """A backup file from anywhere, e.g. from a stick.

    Raises:
        NotAllowed: It is no file of that kind.
    """
    if path.suffix not in (".zip", ".sqlite"):
        raise NotAllowed(f"“{path.name}”不是备份文件。", todo="请选择以 fupin_ 开头的 .zip 备份文件。")
    known = next((one for one in backup_files.listed(path.parent) if one.path == path), None)
    return known or Backup(path, datetime.fromtimestamp(path.stat().st_mtime), Reason.MANUAL)  # noqa: DTZ006 - local


def look(bench: Workbench, backup: Backup, key: bytes | None = None) -> Inside:
    """What a backup holds and what going back to it would take away; nothing is changed.

    Args:
        bench: The workbench.
        backup: The backup.
        key: As :func:`protection.key_of_backup` gave it, for a backup with another password.

    Raises:
        DataLocked: It was encrypted with another password than the present one.
        Situation: The backup is gone, damaged, or of a newer program.
    """
    from fupin_desktop.services.registers import registry  # the first backup of a day is made before it is needed

    counted = {one.entity.__tablename__: one.title for one in registry.all()} | _BESIDE
    with looking_into(backup.path, bench.data_folder, key) as copy, closing(connect(copy, "ro")) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        number = backup_files.last_number(connection)
        last = _operations(connection.execute(_LAST, (-1, 10)).fetchall())
        inside = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] if table in tables else 0  # noqa: S608
            for table in counted
        }
    counts = (
        (noun, inside[table], bench.store.glance(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608
        for table, noun in counted.items()
    )
    lost = bench.store.glance("SELECT count(*) FROM change_sets WHERE number > ?", (number,))[0][0]
    there = tuple(one for one in counts if one[1] or one[2])
    return Inside(backup, there, last, _operations(bench.store.glance(_LAST, (number, _NAMED))), lost, key)


def _operations(rows: Sequence[tuple[str, str, str]]) -> tuple[Operation, ...]:
    return tuple(Operation(datetime.fromisoformat(at), title, who) for at, title, who in rows)


def go_back(bench: Workbench, backup: Backup, key: bytes | None = None) -> Change:
    """Put what a backup holds into the open data file; the present state is backed up first and can be gone back to.

    Args:
        bench: The workbench.
        backup: The backup.
        key: As for :func:`look`.

    Raises:
        Situation: The backup is gone or damaged, the disk full, the file busy; nothing was changed.
    """
    bench.require_right("store.restore")
    bench.back_up(Reason.RESTORE)
    place = second_place(bench)
    restore_into(bench.store, backup.path, bench.clock(), bench.clerk, key)
    bench.refresh()
    if second_place(bench) != place:  # it is where this PC keeps its copies, whatever was so at the time of the backup
        _keep_second_place(bench, place)
    title = f"恢复到 {backup.at:%Y-%m-%d %H:%M} 的备份"
    files = brought_back(bench, backup, key)
    told = f"已{title}{files}；恢复前的数据也做了备份，可以再恢复回去"
    return Change("backups.go_back", title, frozenset(), (), told)


def brought_back(bench: Workbench, backup: Backup, key: bytes | None = None) -> str:
    """Bring the attached files that lie beside a backup from elsewhere, whose data are restored already.

    Args:
        bench: The workbench.
        backup: The backup.
        key: As for :func:`look`.

    Returns:
        What became of them, as the end of a sentence; empty where none was missing.
    """
    try:
        count = attached_copies.bring_back(backup.path.parent, bench.data_folder, key)
    except Situation as situation:
        return f"，附件没有全部抄回来：{situation.happened}"
    return f"，抄回 {count} 个附件" if count else ""


def rescue(bench: Workbench, path: Path) -> str:
    """Save what is open into a file, where the data file itself was taken away; what was done in one sentence.

    Raises:
        Situation: The place is full or not writable, or nothing can be read any more.
    """
    bench.store.rescue(path)
    return f"打开的内容已存到“{path}”。请关闭程序，用它恢复(重新打开后，文件 → 备份与恢复… → 别处的备份文件…)。"


def second_place(bench: Workbench) -> Path | None:
    """The folder to which each backup is copied besides; None where none is chosen."""
    found = _kept(bench, SECOND_PLACE)
    return Path(found) if found else None


def _kept(bench: Workbench, name: str) -> Any:
    """A setting, read without loading SQLAlchemy; None where it is not set."""
    rows = bench.store.glance("SELECT value FROM settings WHERE name = ?", (name,))
    return json.loads(rows[0][0]) if rows and rows[0][0] else None


def newest_in(place: Path) -> datetime | None:
    """When the newest backup in a folder was made; None where it has none, or is a stick that is not plugged in."""
    return max((one.at for one in backup_files.listed(place)), default=None) if place.is_dir() else None


def choose_second_place(bench: Workbench, folder: Path | None) -> str:
    """Choose the second place, on another disk or a stick; None for none.

    Returns:
        The place as it is kept; empty for none.

    Raises:
        NotAllowed: The folder lies inside the data folder, where it would be lost together with it.
    """
    if folder is not None and folder.resolve().is_relative_to(bench.data_folder.resolve()):
        raise NotAllowed("第二处备份不能放在数据文件夹里面。", todo="请选另一个磁盘或U盘上的文件夹。")
    return _keep_second_place(bench, folder)


def _keep_second_place(bench: Workbench, folder: Path | None) -> str:
    place = str(folder) if folder else ""
    bench.set_settings({SECOND_PLACE: place}, "设置第二处备份")
    return place


def back_up(bench: Workbench, reason: Reason = Reason.MANUAL) -> Made:
    """Write a backup and copy it to the second place.

    Raises:
        Situation: The backup itself could not be written.
    """
    made = bench.back_up(reason)
    return _copied(bench, made, f"已备份：{made.path.name}")


def back_up_if_due(bench: Workbench) -> Made | None:
    """The daily backup where today has none; None where nothing was due.

    Raises:
        Situation: The backup itself could not be written.
    """
    made = bench.back_up_if_due()
    return None if made is None else _copied(bench, made, "已做每日备份")


def _copied(bench: Workbench, made: Backup, told: str) -> Made:
    """The backup with its copy; a stick that is not there is no reason to stop work."""
    folder = second_place(bench)
    if folder is None:
        return Made(told)
    try:
        backup_files.copy_beside(made, folder)
        _count, damaged = attached_copies.copy_out(bench.data_folder, folder)
    except Situation as fault:
        safe = "备份已经写好，在数据文件夹的“备份”里；只是没有抄到第二处。"
        todo = f"第二处备份是“{folder}”：请接好或腾出空间，再点“立即备份”；换了地方的，在“文件 → 备份与恢复…”里重新选。"
        missed = Situation(f"第二处备份没有写成：{fault.happened}", safe=safe, todo=todo)
        _keep_missed(bench, folder, fault)
        return Made(f"{told}；{missed.happened}", missed)
    _keep_missed(bench, folder, None)
    doubt = f"，有 {len(damaged)} 个附件坏了，没有抄过去" if damaged else ""
    return Made(f"{told}；第二处备份和附件也已写好并核对 ({folder}){doubt}")


def _keep_missed(bench: Workbench, folder: Path, fault: Situation | None) -> None:
    """Note since when no copy could be written at a place, for the first page; None for one that was."""
    before = _kept(bench, MISSED)
    now = None
    if fault is not None:
        first = before if before and before["place"] == str(folder) else {"since": bench.today.isoformat()}
        gone = isinstance(fault, PlaceGone | FileMissing)
        now = {"place": str(folder), "since": first["since"], "why": fault.happened, "gone": gone}
    if now != before:
        with suppress(Situation):  # the backup itself is good
            bench.remember(MISSED, now)


def told_missed(bench: Workbench) -> str:
    """That the second place has no copy of the last backups, in one sentence; empty where it has, or none is wanted.

    A place that is merely absent is told after some days; one that is full or damaged, or not to be written, at once.
    """
    found, place = _kept(bench, MISSED), second_place(bench)
    if not found or found["place"] != str(place):
        return ""
    since = date.fromisoformat(found["since"])
    if found["gone"] and (bench.today - since).days < ABSENT_DAYS:
        return ""
    why = f"“{place}”没有接上，或已经不在。" if found["gone"] else found["why"]
    return f"第二处备份从{since.month}月{since.day}日起没有抄成，备份只在这台电脑里：{why}"
