"""Whether a folder may hold the office's data: writable, outside the program, better not on a stick."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from fupin_desktop.paths import drop, resources

DATA_FILE = "fupin.sqlite"
_REMOVABLE_MOUNTS = ("/media/", "/run/media/", "/mnt/usb")
_DRIVE_REMOVABLE, _DRIVE_REMOTE = 2, 4


class Verdict(NamedTuple):
    """What was found about a folder.

    Attributes:
        fault: Why it cannot be taken; empty where it can.
        warning: Why another would be better; empty where it is fine.
        has_data: Whether it holds a data file already, which is then simply opened.
    """

    fault: str = ""
    warning: str = ""
    has_data: bool = False


def judge(folder: Path) -> Verdict:
    """Look at a folder; nothing is left in it."""
    from fupin_desktop.domain import file_names

    if not str(folder).strip() or not folder.is_absolute():
        return Verdict("请选择一个文件夹。")
    if kept := next((part for part in folder.parts if file_names.reserved(part)), ""):
        return Verdict(f"“{kept}”是 Windows 留给设备的名字，不能作文件夹的名字，请换一个。")
    if _inside_program(folder):
        return Verdict("数据不能放在程序自己的文件夹里，更新程序时会被删除。")
    has_data = (folder / DATA_FILE).is_file()
    fault = "" if has_data else _try_writing(folder)  # data are opened for looking where nothing can be written
    return Verdict(fault) if fault else Verdict(warning=_warning(folder), has_data=has_data)


def _inside_program(folder: Path) -> bool:
    """Whether a folder lies where the program is installed: its files, or the interpreter that runs it."""
    places = {resources().resolve().parent, Path(sys.executable).parent.resolve()}
    return any(folder.resolve().is_relative_to(place) for place in places)


def _try_writing(folder: Path) -> str:
    """Why nothing can be written there; tried in the nearest folder above that exists.

    Not by ``tempfile``: where Windows refuses a file, that goes on trying for days.
    """
    import secrets

    place = folder
    try:
        while not place.exists() and place != place.parent:
            place = place.parent
        if not place.is_dir():
            return f"“{place}”不是文件夹。"
        trial = place / f".试写_{secrets.token_hex(8)}"
        try:
            trial.write_bytes(b"x")
        finally:
            drop(trial)
    except (OSError, ValueError):  # also what Windows says to odd names and to a drive without a disk
        return f"没有权限写入“{place}”，请换一个文件夹。"
    return ""


def _warning(folder: Path) -> str:
    kind = drive_kind(folder)
    if kind == "removable":
        return "这是U盘等移动磁盘：拔出后数据就打不开，也容易丢失。建议放在本机硬盘上，再定期把备份复制到U盘。"
    if kind == "remote":
        return "这是网络文件夹：断网时数据打不开，多台电脑同时打开会出错。建议放在本机硬盘上。"
    return ""


def drive_kind(folder: Path) -> str:
    """``removable``, ``remote`` or ``fixed``, as far as the system tells."""
    if sys.platform == "win32":
        import ctypes

        found = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)
        return {_DRIVE_REMOVABLE: "removable", _DRIVE_REMOTE: "remote"}.get(found, "fixed")
    return "removable" if str(folder).startswith(_REMOVABLE_MOUNTS) else "fixed"
