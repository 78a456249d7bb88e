"""What must hold of a data folder after an attack, read with the drivers alone: no code of the program is trusted here."""

from __future__ import annotations

import hashlib
import hmac
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlcipher3 import dbapi2

from fupin_desktop.storage.entities import Base
from fupin_desktop.storage.key_slots import SlotKind
from fupin_desktop.storage.keys_file import opened_by, slots_from

DATA, KEYS, BACKUPS, ATTACHMENTS = "fupin.sqlite", "fupin.keys", "备份", "附件"
PASSWORDS = ("攻击用-Attack-2026", "攻击用-Again-2026")
"""Of invented data; a change of the password goes from the one to the other."""
_LOG = frozenset({"change_sets", "change_entries", "alembic_version"})
_KEPT_BY = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
UNLOGGED = _LOG | {name for name, entity in _KEPT_BY.items() if not entity.logged}
FROZEN = frozenset(name for name, entity in _KEPT_BY.items() if entity.frozen)
"""What the log keeps only the keys of; the lists say what the program means to keep, the values are read here."""
_MADE_ANEW = ("body", "reverted_by", "sha256", "hash", "digest")
"""Columns that hold keys or their checksums, or the checksum of a workbook with the moment it was made."""
_SEALED, _PART = ".sealed", (1 << 20) + 16
_LEFT_OVERS = (".part", ".tmp", "-journal")

ERRORS = (sqlite3.Error, dbapi2.Error)
"""What the drivers raise."""

Rows = dict[str, dict[str, Any]]


def connect(path: Path, key: bytes | None = None) -> sqlite3.Connection:
    """A connection that the program has no part in."""
    if key is None:
        return sqlite3.connect(path)
    opened: Any = dbapi2.connect(str(path))
    opened.execute(f"""PRAGMA key = "x'{key.hex()}'" """)
    connection: sqlite3.Connection = opened
    return connection


def _tables(connection: sqlite3.Connection) -> list[str]:
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    return [name for (name,) in connection.execute(named).fetchall()]


def content(connection: sqlite3.Connection) -> dict[str, Rows]:
    """All records that the change log answers for, by table and key."""
    found: dict[str, Rows] = {}
    for table in _tables(connection):
        if table in UNLOGGED:
            continue
        cursor = connection.execute(f'SELECT {"key" if table in FROZEN else "*"} FROM "{table}"')
        names = [column[0] for column in cursor.description]
        place = names.index(_key_of(names))
        found[table] = {row[place]: dict(zip(names, row, strict=True)) for row in cursor}
    return found


def _key_of(names: Sequence[str]) -> str:
    """The column that tells records of a table apart; settings have a name."""
    return "key" if "key" in names else "name"


def fingerprint(connection: sqlite3.Connection) -> dict[str, str]:
    """A checksum of each table without what is made anew each time: keys, and what holds them."""
    found = {}
    for table in _tables(connection):
        cursor = connection.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        wanted = [place for place, name in enumerate(names) if not (name.endswith("key") or name in _MADE_ANEW)]
        rows = sorted(repr([row[place] for place in wanted]) for row in cursor)
        if table != "settings":
            found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


# ---- the log against the records ----
def replay(before: Mapping[str, Rows], connection: sqlite3.Connection, number: int) -> list[str]:
    """Where the records differ from what the change log makes of the records before.

    Args:
        before: The records as they were after operation ``number``.
        connection: The data file now.
        number: Number of the operation.
    """
    state = {table: dict(rows) for table, rows in before.items()}
    faults: list[str] = []
    query = (
        "SELECT s.number, e.entity, e.action, e.columns, e.body FROM change_entries e "
        "JOIN change_sets s ON s.key = e.set_key WHERE s.number > ? ORDER BY s.number, e.position"
    )
    for place, table, action, columns, body in connection.execute(query, (number,)).fetchall():
        told = f"operation {place}: {table}"
        faults += _apply(state.setdefault(table, {}), action, json.loads(columns), json.loads(body), told)
    return faults + _differences(state, content(connection))


def _apply(records: Rows, action: str, columns: list[str], rows: list[list[Any]], told: str) -> list[str]:
    """Do to the records what an entry of the log tells; where it does not fit them."""
    faults = []
    width = len(columns)
    for row in rows:
        key = row[0] if action == "update" else row[columns.index(_key_of(columns))]
        if (key in records) == (action == "insert"):
            faults.append(f"{told} {key}: {action} does not fit")
        elif action == "insert":
            records[key] = dict(zip(columns, row, strict=True))
        elif action == "delete":
            del records[key]
        else:
            was = records[key]
            faults += [f"{told} {key} {name}: the log has another value before" for name, value in
                       zip(columns, row[1 : 1 + width], strict=True) if not same(was.get(name), value)]  # fmt: skip
            records[key] = {**was, **dict(zip(columns, row[1 + width :], strict=True))}
    return faults


def _differences(state: Mapping[str, Rows], now: Mapping[str, Rows]) -> list[str]:
    faults = []
    for table in sorted({*state, *now} - UNLOGGED):
        old, new = state.get(table, {}), now.get(table, {})
        faults += [f"{table} {key}: {'in the log only' if key in old else 'in the table only'}" for key in set(old) ^ set(new)]
        if table not in FROZEN:
            faults += [
                f"{table} {key} {name}: log {old[key][name]!r}, table {value!r}"
                for key in set(old) & set(new)
                for name, value in new[key].items()
                if name in old[key] and not same(old[key][name], value)
            ]
    return faults


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal, moments and truth however written."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other or _moment(one) == _moment(other)
    return bool(one == other)


def _moment(text: str) -> str:
    if len(text) >= 19 and text[4:5] == "-" and text[10:11] in "T ":
        text = text.replace("T", " ", 1)
        return text if "." in text else f"{text}.000000"
    return text


# ---- the file by itself ----
def unsound(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with a data file: pages, references, numbers of the log, money."""
    faults = [text for (text,) in connection.execute("PRAGMA integrity_check").fetchall() if text != "ok"]
    faults += [f"reference: {tuple(row)}" for row in connection.execute("PRAGMA foreign_key_check").fetchall()]
    numbers = [number for (number,) in connection.execute("SELECT number FROM change_sets ORDER BY number").fetchall()]
    if numbers and len(set(numbers)) != len(numbers):
        faults.append("numbers of the log stand twice")
    lost = "SELECT count(*) FROM change_entries e LEFT JOIN change_sets s ON s.key = e.set_key WHERE s.key IS NULL"
    if count := connection.execute(lost).fetchone()[0]:
        faults.append(f"{count} entries of the log belong to no operation")
    return faults + _money(connection)


def _money(connection: sqlite3.Connection) -> list[str]:
    """Nothing of a source is allocated beyond what arrived, nor paid beyond what is allocated."""
    sums: dict[str, dict[str, int]] = {}
    if "fund_entries" not in _tables(connection):
        return []  # of a version that had no ledger yet
    for source, kind, fen in connection.execute("SELECT source_key, kind, sum(amount_fen) FROM fund_entries GROUP BY 1, 2"):
        sums.setdefault(source, {})[kind] = fen
    return [
        f"money of {source}: {one}" for source, one in sums.items()
        if one.get("allocated", 0) > one.get("received", 0) or one.get("paid", 0) > one.get("allocated", 0)
    ]  # fmt: skip


def last_number(connection: sqlite3.Connection) -> int:
    """Number of the last operation."""
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM change_sets").fetchone()[0])


def lost(connection: sqlite3.Connection, told: Iterable[Mapping[str, Any]]) -> list[str]:
    """Operations told done that are not in the log, or whose values are not there though nothing later touched them."""
    faults = []
    for one in told:
        if "set" in one and not connection.execute("SELECT 1 FROM change_sets WHERE key = ?", (one["set"],)).fetchone():
            faults.append(f"{one['deed']}: told done, and lost")
            continue
        for table, key, column, value in one.get("kept", ()):
            later = (
                "SELECT 1 FROM change_entries e JOIN change_sets s ON s.key = e.set_key "
                "WHERE s.number > (SELECT number FROM change_sets WHERE key = ?) AND instr(e.body, ?)"
            )
            if connection.execute(later, (one["set"], key)).fetchone():
                continue
            if connection.execute(f'SELECT "{column}" FROM "{table}" WHERE key = ?', (key,)).fetchone() != (value,):
                faults.append(f"{one['deed']}: {table}.{column} is not what it was told to be")
    return faults


# ---- the files around it ----
class Files:
    """Looks through the files around a data file, each once as long as it stays the same."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, int, int]] = set()
        self.count = 0

    def broken(self, folder: Path, out: Path | None) -> list[str]:
        """Backups, attached files and papers that are not whole under their names."""
        faults = [f"backup {path.name}: {why}" for path in self._fresh((folder / BACKUPS).glob("fupin_*"))
                  if ".part" not in path.name and (why := backup_fault(path))]  # fmt: skip
        keys = folder / KEYS
        key = _key_in(keys.read_text(encoding="utf-8")) if keys.is_file() else None
        faults += [f"attached file {path.name} is another" for path in self._fresh((folder / ATTACHMENTS).rglob("*"))
                   if attached_fault(path, key)]  # fmt: skip
        papers = out.iterdir() if out is not None and out.is_dir() else ()
        return faults + [f"paper {path.name}: {why}" for path in self._fresh(papers) if (why := paper_fault(path))]

    def _fresh(self, paths: Iterable[Path]) -> Iterator[Path]:
        for path in paths:
            state = path.stat()
            mark = (path.name, state.st_mtime_ns, state.st_size)
            if path.is_file() and not path.name.startswith(".") and mark not in self._seen:
                self._seen.add(mark)
                self.count += 1
                yield path


@cache
def _key_in(keys: str) -> bytes | None:
    """The data key that a keys file brings, by one of the passwords of the attack."""
    slots = slots_from(keys)
    found = (opened_by(slots, SlotKind.PASSWORD, password) for password in PASSWORDS)
    return next((key for key in found if key is not None), None)


def backup_fault(path: Path) -> str:
    """Why a backup under its name is none; empty where it is whole."""
    looked = path.with_name(f"judged-{path.stem}")
    try:
        with zipfile.ZipFile(path) as archive:
            looked.write_bytes(archive.read(DATA))
            keys = archive.read(KEYS).decode() if KEYS in archive.namelist() else ""
        with closing(connect(looked, _key_in(keys) if keys else None)) as connection:
            return "; ".join(unsound(connection))
    except (zipfile.BadZipFile, KeyError, *ERRORS) as error:
        return f"not whole: {error}"
    finally:
        looked.unlink(missing_ok=True)


def attached_fault(path: Path, key: bytes | None) -> bool:
    """Whether an attached file is not what its name says, in either form; of one of another key its name alone is told."""
    data = path.read_bytes()
    if path.suffix != _SEALED:
        return hashlib.sha256(data).hexdigest() != path.name
    if key is None:
        return True  # nothing opens it any more
    derived = [HKDF(SHA256(), 32, salt, what).derive(key) for salt, what in _purposes(data)]
    cipher, parts = AESGCM(derived[0]), [data[at : at + _PART] for at in range(24, len(data), _PART)]
    try:
        pieces = [
            cipher.decrypt(place.to_bytes(11, "big") + bytes([place == len(parts) - 1]), part, data[:8])
            for place, part in enumerate(parts)
        ]
    except InvalidTag:
        return True
    content = hashlib.sha256(b"".join(pieces)).hexdigest()
    return hmac.new(derived[1], content.encode(), hashlib.sha256).hexdigest() + _SEALED != path.name


def _purposes(data: bytes) -> tuple[tuple[bytes, bytes], ...]:
    return (data[8:24], b"fupin attached file"), (b"", b"fupin names of attached files")


def paper_fault(path: Path) -> str:
    """Why a paper is no whole file; empty where it is."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        return "" if data.startswith(b"%PDF") and data.rstrip().endswith(b"%%EOF") else "half a PDF"
    try:
        with zipfile.ZipFile(path) as archive:
            return f"broken part {bad}" if (bad := archive.testzip()) else ""
    except zipfile.BadZipFile as error:
        return f"half a workbook: {error}"


def package_fault(path: Path) -> str:
    """Why a package under its name is none; empty where each part is what its list says."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = json.loads(archive.read("移交包.json"))["parts"]
            wrong = [name for name, (_size, sha) in parts.items() if hashlib.sha256(archive.read(name)).hexdigest() != sha]
            return f"another {wrong[0]}" if wrong else ""
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        return f"not whole: {error}"


def left_overs(folder: Path) -> list[str]:
    """Files that nobody needs any more; those of restores are kept on purpose, SQLite's own beside the data file too."""
    return sorted(path.name for path in folder.rglob("*") if (path.name.endswith(_LEFT_OVERS) and not path.name.startswith(DATA))
                  or ".part" in path.name)  # fmt: skip
