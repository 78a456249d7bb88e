"""The texts that the cells of an old .xls file share: a long one can stand in very many cells ([MS-XLS] 2.4.265)."""

from __future__ import annotations

import struct
from array import array

from fupin_desktop.services.sheets.containers import too_big
from fupin_desktop.services.sheets.xls_records import records

MOST_TEXT = 96 << 20
"""Characters that the cells of a file may hold in all."""
_TEXTS, _CONTINUE, _CELL = 0xFC, 0x3C, 0xFD
_LONGEST = 32_767
_WIDE, _FAR_EAST, _RICH = 0x01, 0x04, 0x08
Block = tuple[int, int]


def bound_texts(stream: bytes, name: str) -> None:
    """Make sure that the cells refer to no more text than any list holds.

    Args:
        stream: The workbook's stream.
        name: File name for the sentence.

    Raises:
        UnreadableFile: They do.
        struct.error, IndexError: The texts are damaged.
    """
    blocks: list[Block] = []
    uses = array("I")
    goes_on = False
    for kind, at, length in records(stream):
        if kind == _CELL and length >= 10:
            uses.append(struct.unpack_from("<I", stream, at + 6)[0])
        if kind == _TEXTS or (kind == _CONTINUE and goes_on):
            blocks.append((at, at + length))
        goes_on = kind == _TEXTS or (kind == _CONTINUE and goes_on)
    if len(uses) * min(_LONGEST, sum(end - at for at, end in blocks)) <= MOST_TEXT:
        return
    lengths = _Reader(stream, blocks).lengths()
    if sum(lengths[place] for place in uses if place < len(lengths)) > MOST_TEXT:
        raise too_big(name, "很长的文字在极多的格子里重复")


class _Reader:
    """Walks the shared texts, which go on from one block into the next."""

    def __init__(self, stream: bytes, blocks: list[Block]) -> None:
        self._stream, self._blocks = stream, blocks
        self._block = 0
        self._at = blocks[0][0] if blocks else 0

    def lengths(self) -> array[int]:
        """Characters of every text, in their order."""
        found = array("I")
        if not self._blocks:
            return found
        claimed = struct.unpack_from("<4xI", self._stream, self._at)[0]
        self._at += 8
        while len(found) < claimed and self._in_a_block():
            found.append(self._text())
        return found

    def _in_a_block(self) -> bool:
        """Whether there is more; at the end of a block the next one begins."""
        while self._block < len(self._blocks) and self._at >= self._blocks[self._block][1]:
            self._next()
        return self._block < len(self._blocks)

    def _next(self) -> None:
        self._block += 1
        if self._block < len(self._blocks):
            self._at = self._blocks[self._block][0]

    def _text(self) -> int:
        """Pass one text; its characters."""
        characters, flags = struct.unpack_from("<HB", self._stream, self._at)
        self._at += 3
        aside = 0
        if flags & _RICH:
            aside += 4 * struct.unpack_from("<H", self._stream, self._at)[0]
            self._at += 2
        if flags & _FAR_EAST:
            aside += struct.unpack_from("<I", self._stream, self._at)[0]
            self._at += 4
        self._pass_signs(characters, flags)
        self._pass(aside)
        return int(characters)

    def _pass_signs(self, characters: int, flags: int) -> None:
        """Pass the characters; where they go on in the next block, it says anew how wide they are."""
        left = characters
        while left and self._block < len(self._blocks):
            width = 2 if flags & _WIDE else 1
            here = min(left, (self._blocks[self._block][1] - self._at) // width)
            self._at += here * width
            left -= here
            if left:
                self._next()
                flags = self._stream[self._at] if self._block < len(self._blocks) else 0
                self._at += 1

    def _pass(self, size: int) -> None:
        """Pass what stands behind the characters: formats and phonetics."""
        while size and self._in_a_block():
            here = min(size, self._blocks[self._block][1] - self._at)
            self._at += here
            size -= here
