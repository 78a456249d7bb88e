"""Where a command may write: never over what it reads, never into what is no folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from fupin_desktop.errors import NotAllowed, NotWritable


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
