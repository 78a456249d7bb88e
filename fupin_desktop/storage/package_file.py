"""The file of a 移交包: an archive of the data file and, in a file of SQLite's beside it, of all others of the office.

Where the office is encrypted both are, with the office's own key; only the keys file, which a password opens, and a
list of contents lie open. The list is the last thing written and tells the checksum of every part, so that a package of
which the end is missing or a byte is wrong never opens.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from fupin_desktop.errors import DataFileNewer, UnreadableFile
from fupin_desktop.storage import migrations
from fupin_desktop.storage.backup_files import is_broken
from fupin_desktop.storage.driver import connect
from fupin_desktop.storage.encryption import KEYS_FILE
from fupin_desktop.storage.trouble import is_of_sqlite

FORMAT = 1
LIST, DATA, FILES = "移交包.json", "data.sqlite", "files.sqlite"
_PIECE = 4 << 20
_INCOMPLETE = "“{}”不完整或已损坏，没有打开。"
_TODO = "请在原来的电脑上重新做一个移交包，等提示“可以安全拔出U盘”以后再拔。"
Tell = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of what a package holds.

    Attributes:
        told: What is told of the office: name, clerk, moment, counts, choices.
        encrypted: Whether it opens with the office's password only.
        keys: Text of the keys file; empty where it is plain.
        parts: Bytes and checksum of each part.
    """

    told: Mapping[str, Any]
    encrypted: bool
    keys: str
    parts: Mapping[str, tuple[int, str]]

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(size for size, _sha in self.parts.values())


def pack_files(target: Path, root: Path, files: Sequence[Path], tell: Tell) -> None:
    """Put files into a file of SQLite's, encrypted where the folder it lies in is unlocked.

    Args:
        target: The file to be made.
        root: Folder that their names are told from.
        files: The files.
        tell: Told the bytes of each piece and the file's name.
    """
    with closing(connect(target, "rwc")) as connection:
        connection.execute("CREATE TABLE pieces (name TEXT, place INTEGER, content BLOB, PRIMARY KEY (name, place))")
        for path in files:
            name = path.relative_to(root).as_posix()
            with path.open("rb") as stream:
                for place, piece in enumerate(_pieces(stream)):
                    connection.execute("INSERT INTO pieces VALUES (?, ?, ?)", (name, place, piece))
                    tell(len(piece), path.name)
            connection.commit()


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """A file piece by piece; of an empty one an empty piece, so that it is there again."""
    empty = True
    while (piece := stream.read(_PIECE)) or empty:
        empty = False
        yield piece


def unpack_files(source: Path, root: Path, made: list[Path], tell: Tell) -> None:
    """Take the files out again.

    Args:
        source: The file of SQLite's; its folder is unlocked where it is encrypted.
        root: Where they go.
        made: Gets each file as it is made.
        tell: Told the bytes of each piece and the file's name.

    Raises:
        UnreadableFile: A name leads out of the folder.
    """
    with closing(connect(source, "ro")) as connection:
        names = [name for (name,) in connection.execute("SELECT DISTINCT name FROM pieces ORDER BY name")]
        for name in names:
            path = root.joinpath(*_inside(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            made.append(path)
            pieces = connection.execute("SELECT content FROM pieces WHERE name = ? ORDER BY place", (name,))
            with path.open("xb") as stream:
                for (piece,) in pieces:
                    stream.write(piece)
                    tell(len(piece), path.name)


def _inside(name: str) -> tuple[str, ...]:
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or any(part in ("..", ".") or "\\" in part or ":" in part for part in parts):
        raise UnreadableFile(f"移交包里的文件名“{name}”不对，没有打开。", todo=_TODO)
    return parts


def write(target: Path, data: Path, files: Path, keys: str, told: Mapping[str, Any], tell: Tell) -> None:
    """Write a package of its parts.

    Args:
        target: The package.
        data: The copy of the data file.
        files: The file of :func:`pack_files`.
        keys: Text of the keys file; empty where the parts are plain.
        told: What is told of the office; plain data.
        tell: Told the bytes of each piece and what is written.
    """
    parts: dict[str, tuple[int, str]] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name, path in ((DATA, data), (FILES, files)):
            digest, size = hashlib.sha256(), 0
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_STORED if keys else zipfile.ZIP_DEFLATED
            with path.open("rb") as stream, archive.open(info, "w", force_zip64=True) as member:
                while piece := stream.read(_PIECE):
                    member.write(piece)
                    digest.update(piece)
                    size += len(piece)
                    tell(len(piece), target.name)
            parts[name] = (size, digest.hexdigest())
        if keys:
            archive.writestr(KEYS_FILE, keys)
        whole = {"format": FORMAT, "version": migrations.HEAD, "encrypted": bool(keys), "parts": parts, "told": told}
        archive.writestr(LIST, json.dumps(whole, ensure_ascii=False, indent=1))


def contents(path: Path) -> Contents:
    """What a package holds.

    Raises:
        UnreadableFile: It is none, or incomplete.
        DataFileNewer: A newer version of the program wrote it.
    """
    with _told(path), zipfile.ZipFile(path) as archive:
        whole = json.loads(archive.read(LIST))
        if whole["format"] > FORMAT or whole["version"] not in migrations.KNOWN:
            raise DataFileNewer(
                f"“{path.name}”是更新版本的程序做的，本版本不认识它。", safe="什么都没有改动。",
                todo="请先在这台电脑上安装同样新的程序，再打开移交包。",
            )  # fmt: skip
        keys = archive.read(KEYS_FILE).decode("utf-8") if whole["encrypted"] else ""
        parts = {name: (int(size), str(sha)) for name, (size, sha) in whole["parts"].items()}
        return Contents(dict(whole["told"]), bool(whole["encrypted"]), keys, parts)


def take_out(path: Path, held: Contents, name: str, target: Path, tell: Tell) -> None:
    """Write a part of a package into a file, and compare it with its checksum.

    Raises:
        UnreadableFile: It is not what was packed; the file is left behind.
    """
    size, sha = held.parts[name]
    digest, found = hashlib.sha256(), 0
    with _told(path), zipfile.ZipFile(path) as archive, archive.open(name) as member, target.open("xb") as stream:
        while piece := member.read(_PIECE):
            stream.write(piece)
            digest.update(piece)
            found += len(piece)
            tell(len(piece), path.name)
    if (found, digest.hexdigest()) != (size, sha):
        raise UnreadableFile(_INCOMPLETE.format(path.name), safe="什么都没有改动。", todo=_TODO)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (DataFileNewer, UnreadableFile):
        raise
    except Exception as error:
        if is_broken(error) or is_of_sqlite(error) or isinstance(error, sqlite3.Error | TypeError):
            raise UnreadableFile(_INCOMPLETE.format(path.name), safe="什么都没有改动。", todo=_TODO) from error
        raise
