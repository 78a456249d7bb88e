"""Reads what a Windows program file (PE32+) exports and imports out of its own tables."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

_EXECUTABLE = 0x20000000
_PE32_PLUS = 0x20B
_SECTION_SIZE = 40


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of the file as it will lie in memory."""

    address: int
    size: int
    offset: int
    flags: int


class Image:
    """One ``.exe``, ``.dll`` or ``.pyd``.

    Args:
        path: The file.

    Raises:
        ValueError: It is no 64-bit Windows program file.
    """

    def __init__(self, path: Path) -> None:
        self.data = bytearray(path.read_bytes())
        header = self._word("<I", 0x3C)
        if self.data[header : header + 4] != b"PE\0\0" or self._word("<H", header + 24) != _PE32_PLUS:
            raise ValueError(f"{path} is no 64-bit Windows program")
        optional = header + 24
        self._checksum_at = optional + 64
        self._exports, self._imports = self._word("<I", optional + 112), self._word("<I", optional + 120)
        first = optional + self._word("<H", header + 20)
        self._sections = [self._section(first + _SECTION_SIZE * n) for n in range(self._word("<H", header + 6))]

    def exports(self) -> list[tuple[str, bool]]:
        """The names exported, each with whether it is data rather than a function."""
        if not self._exports:
            return []
        at = self._offset(self._exports)
        count, functions, names, ordinals = (self._word("<I", at + step) for step in (24, 28, 32, 36))
        found = []
        for number in range(count):
            name = self._text(self._word("<I", self._offset(names) + 4 * number))
            ordinal = self._word("<H", self._offset(ordinals) + 2 * number)
            address = self._word("<I", self._offset(functions) + 4 * ordinal)
            found.append((name, not self._holding(address).flags & _EXECUTABLE))
        return found

    def imports(self) -> list[str]:
        """The libraries it wants at loading, in small letters."""
        found: list[str] = []
        at = self._offset(self._imports) if self._imports else 0
        while at and (name := self._word("<I", at + 12)):
            found.append(self._text(name).lower())
            at += 20
        return found

    def without_moment(self) -> bytes:
        """The file without the moment of linking in its export table, and without a check sum, which is optional."""
        made = bytearray(self.data)
        for at in (self._offset(self._exports) + 4, self._checksum_at):
            made[at : at + 4] = bytes(4)
        return bytes(made)

    def _word(self, kind: str, at: int) -> int:
        return int(struct.unpack_from(kind, self.data, at)[0])

    def _section(self, at: int) -> Section:
        virtual_size, address, size, offset = struct.unpack_from("<IIII", self.data, at + 8)
        return Section(address, max(virtual_size, size), offset, self._word("<I", at + 36))

    def _holding(self, address: int) -> Section:
        return next(one for one in self._sections if one.address <= address < one.address + one.size)

    def _offset(self, address: int) -> int:
        section = self._holding(address)
        return address - section.address + section.offset

    def _text(self, address: int) -> str:
        start = self._offset(address)
        return self.data[start : self.data.index(b"\0", start)].decode("ascii")
