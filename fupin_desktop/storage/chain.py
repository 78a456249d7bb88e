"""The chain of the change log: each operation carries a hash over itself and the hash of the one before it (SHA-256).

Whoever alters, removes or adds an operation afterwards breaks every later link. The last link, printed on papers that
are handed over, tells also of a chain that was made anew as a whole. What undo and redo mark later (``reverted_by``,
``redo_open``, ``undoable``) is no part of it. Where a text was removed from the log by law, the entry keeps the digest
of what it was, and the removing operation holds the digest of what it is now.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from typing import Any, NamedTuple

START = ""
"""What the first operation follows."""
REDACTED = "change_entries"
"""Table name under which the log tells what of it was rewritten: keys of operations with digests by position."""
HEAD = "-"
"""In the place of a position: the operation's own title was rewritten; then the digests of all its entries are told."""
_AT = "%Y-%m-%d %H:%M:%S.%f"
_HEADS = "s.number, s.key, s.operation, s.title, s.who, s.at, s.kind, s.reverts_key"
_PARTS = "e.position, e.entity, e.action, e.size, e.first_key, e.last_key, e.columns, e.body"
_ORDERED = "FROM change_sets s LEFT JOIN change_entries e ON e.set_key = s.key ORDER BY s.number, e.position"
_HEAD_WIDTH = 8
_SHORT = 16
_DIGITS, _LETTERS = "0123456789abcdef", "ABCDEFGHJKLMNPQR"
_CODE = re.compile(rf"(?<![A-Z])([{_LETTERS}]{{4}})" + rf"[\s–—-]?([{_LETTERS}]{{4}})" * 3 + "(?![A-Z])")
_TO_LETTERS, _FROM_LETTERS = str.maketrans(_DIGITS, _LETTERS), str.maketrans(_LETTERS, _DIGITS)


class Head(NamedTuple):
    """What a link holds of an operation itself; ``at`` as the file has it."""

    number: int
    key: str
    operation: str
    title: str
    who: str
    at: str
    kind: str
    reverts_key: str | None


class Fault(NamedTuple):
    """Something that is not as it was logged.

    Attributes:
        number: Number of the operation.
        sentence: What is wrong.
    """

    number: int
    sentence: str


def moment(at: datetime) -> str:
    """A moment as the file has it."""
    return at.strftime(_AT)


def head_digest(head: Head) -> str:
    """Digest of an operation itself, hexadecimal; for one whose title was rewritten."""
    return sha256(json.dumps(list(head), ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def entry_digest(parts: Iterable[object]) -> bytes:
    """Digest of an entry: table, action, size, first and last key, columns, body; none but the last has line breaks."""
    return sha256("\n".join(map(str, parts)).encode()).digest()


def link(before: str, head: Head, entries: Iterable[bytes]) -> str:
    """Hash of an operation, hexadecimal.

    Args:
        before: Hash of the operation before it; ``START`` for the first.
        head: The operation itself.
        entries: Digests of its entries, in their order.
    """
    text = json.dumps([before, *head], ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode() + b"\n" + b"".join(entries)).hexdigest()


def make(rows: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Hashes of a log that has none yet; rows as :data:`ALL` gives them. Yields hash and key of each operation."""
    before = START
    for head, entries in _operations(rows):
        before = link(before, head, [entry_digest(entry[1:]) for entry in entries])
        yield before, head.key


ALL = f"SELECT {_HEADS}, {_PARTS} {_ORDERED}"
"""Every operation with its entries, without their stored hashes."""
_STORED = f"SELECT {_HEADS}, {_PARTS}, e.digest, s.hash {_ORDERED}".replace("ORDER", "WHERE s.number > ? ORDER")


_REWRITTEN = """
SELECT e.body FROM change_entries e JOIN change_sets s ON s.key = e.set_key
WHERE e.entity = 'change_entries' ORDER BY s.number, e.position
"""


def _operations(rows: Iterable[Any]) -> Iterator[tuple[Head, list[Any]]]:
    for values, group in groupby(rows, key=lambda row: tuple(row[:_HEAD_WIDTH])):
        entries = [tuple(row[_HEAD_WIDTH:]) for row in group]
        yield Head(*values), [entry for entry in entries if entry[0] is not None]


class Check:
    """Walks a chain once, from its beginning or from an operation that was looked at before.

    Args:
        connection: A connection of the driver.
        after: Number of that operation.
        head: Its hash.

    Attributes:
        number: Number of the last operation seen.
        count: Operations seen.
        head: Hash of the last one.
    """

    def __init__(self, connection: sqlite3.Connection, after: int = 0, head: str = START) -> None:
        self._connection = connection
        self._after, self.number = after, after
        self._rewritten: dict[str, dict[str, str]] = {}
        for (body,) in connection.execute(_REWRITTEN):
            for key, _before, digests in json.loads(body):
                self._rewritten.setdefault(key, {}).update(digests)
        self.count, self.head = 0, head

    def faults(self) -> Iterator[Fault]:
        """What is not as it was logged, in the order of the log."""
        rows = self._connection.execute(_STORED, (self._after,))
        for values, group in groupby(rows, key=lambda row: (*row[:_HEAD_WIDTH], row[-1])):
            head, stored = Head(*values[:-1]), values[-1]
            entries = [row[_HEAD_WIDTH:-1] for row in group if row[_HEAD_WIDTH] is not None]
            yield from self._check(head, entries, stored)

    def _check(self, head: Head, entries: list[Any], stored: str | None) -> Iterator[Fault]:
        digests, sound, rewritten = [], True, self._rewritten.get(head.key, {})
        for position, *parts, kept in entries:
            now = entry_digest(parts)
            digests.append(now if kept is None else bytes.fromhex(kept))
            sound &= kept is None or rewritten.get(str(position)) == now.hex()
        self.count, self.number = self.count + 1, head.number
        made = link(self.head, head, digests)
        if HEAD in rewritten:
            # A title that was rewritten by law makes the link no more: what was told then must agree instead.
            positions = {str(position) for position, *_rest in entries}
            sound &= rewritten[HEAD] == head_digest(head) and positions == rewritten.keys() - {HEAD}
            sound &= stored is not None
        else:
            sound &= made == stored
        if not sound:
            yield Fault(head.number, f"第 {head.number} 号操作“{head.title}”与它的校验码不符。")
        # Go on from what is stored: one altered operation is told once, not with all that follow.
        self.head = stored or made


def head_of(connection: sqlite3.Connection, number: int) -> str | None:
    """The hash of an operation; None where the log has none of this number."""
    row = connection.execute("SELECT hash FROM change_sets WHERE number = ?", (number,)).fetchone()
    return row[0] if row else None


def last(connection: sqlite3.Connection) -> str:
    """The hash of the last operation; ``START`` where there is none."""
    row = connection.execute("SELECT hash FROM change_sets ORDER BY number DESC LIMIT 1").fetchone()
    return (row[0] if row else None) or START


def short(value: str) -> str:
    """A hash as papers print it: its first sixteen digits as letters in groups of four.

    Letters only, without I and O: nobody takes them for a number of a person, or for other letters.
    """
    letters = value[:_SHORT].translate(_TO_LETTERS)
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def said(number: int, value: str) -> str:
    """The line on papers that are handed over: how far the log went, and its last link."""
    return f"操作日志第 {number} 号 校验码 {short(value)}"


def beginning(code: str) -> str:
    """The beginning of the hash that a code copied from a paper stands for; empty where it is no such code."""
    found = _CODE.search(unicodedata.normalize("NFKC", code).upper())
    return "".join(found.groups()).translate(_FROM_LETTERS) if found else ""


def agrees(value: str, typed: str) -> bool:
    """Whether a code copied from a paper is that of a hash, however it is written."""
    letters = "".join(sign for sign in typed.upper() if sign.isalpha())
    return letters == short(value).replace("-", "")
