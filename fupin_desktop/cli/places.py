"""The folders and files of a command: what it may read and write, and the password of a data folder."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from fupin_desktop.cli.console import local_time
from fupin_desktop.domain.decoding import decoded
from fupin_desktop.errors import DataLocked, FileMissing, NotAllowed, NotWritable, UnreadableFile

PASSWORD_FILE = "FUPIN_PASSWORD_FILE"  # noqa: S105 - name of the variable


def named_path(text: str) -> Path:
    """A path from the command line; an empty word, as from an unset variable, is wrong usage."""
    if not text.strip():
        raise argparse.ArgumentTypeError("不能是空的")
    return Path(text)


def ensure_folder(folder: Path) -> None:
    """Refuse a folder to write into that is a file, or would lie below one.

    Raises:
        NotWritable: It is or does.
    """
    for place in (folder, *folder.parents):
        if place.is_dir():
            return
        if place.exists():
            raise NotWritable(f"“{place}”是文件，不是文件夹，结果没有地方写。", todo="请换一个文件夹。")


def ensure_apart(written: Path, *read: Path) -> None:
    """Refuse to write over a file that is read.

    Raises:
        NotAllowed: ``written`` is one of the files in ``read``, under whatever name.
    """
    for path in read:
        if written.exists() and path.exists() and written.samefile(path):
            raise NotAllowed(
                f"“{written}”就是要读的文件，写结果会把它盖掉，没有写。",
                todo="请把结果写到别处，或给要读的文件换个名字。",
            )


def ensure_ending(written: Path, *endings: str) -> None:
    """Refuse a file name whose ending says another kind of file than is written.

    Raises:
        NotWritable: It does.
    """
    if written.suffix.lower() not in endings:
        words = " 或 ".join(endings)
        raise NotWritable(f"“{written.name}”不是 {words} 文件名，没有写。", todo=f"请写成以 {words} 结尾的文件名。")


def unlock_named(arguments: argparse.Namespace) -> None:
    """Unlock the data folder of a command with the password that a file holds; plain folders need none.

    The password itself is never a word of the command: others see the words of running commands.

    Raises:
        DataLocked: The folder has a password, and no file was named.
        FileMissing: The file named is not there.
        WrongPassword: Its first line is not the password.
    """
    folder = getattr(arguments, "data", None)
    if folder is None or not folder.is_dir():
        return
    from fupin_desktop.services import protection

    if not protection.is_locked(folder):
        return
    named = arguments.password_file or (Path(os.environ[PASSWORD_FILE]) if os.environ.get(PASSWORD_FILE) else None)
    if named is None:
        todo = f"请在命令前加 --password-file，或设置 {PASSWORD_FILE}。"
        raise DataLocked(f"“{folder.name}”里的数据有密码。", todo=todo)
    protection.unlock(folder, first_line(named), at=local_time())


def first_line(named: Path) -> str:
    """The password that a file holds, saved by whatever program: 记事本 writes ANSI or UTF-8, PowerShell UTF-16.

    Raises:
        FileMissing: It cannot be read.
        UnreadableFile: It is no text.
    """
    try:
        text = decoded(named.read_bytes())
    except OSError as error:
        raise FileMissing(f"读不了密码文件“{named}”。") from error
    if text is None:
        raise UnreadableFile(f"密码文件“{named}”不是文字。", todo="请用记事本重新写一份，编码选 UTF-8。")
    return next(iter(text.splitlines()), "")
