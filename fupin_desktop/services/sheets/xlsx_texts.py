"""The texts that the cells of an xlsx file share: how many there are, and how long."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field

from fupin_desktop.services.sheets.containers import Archive

_ITEM = re.compile(rb"<(?:\w+:)?si[\s>/]")
_HEAD = re.compile(rb"<(?:\w+:)?sst\b([^>]*)>")
_CLAIM = re.compile(rb"""\s(?:count|uniqueCount)\s*=\s*["']([^"']*)""")


@dataclass(slots=True)
class Texts:
    """The shared texts.

    Attributes:
        lengths: Bytes of every text with its marks, in their order.
        odd: Whether the part is written in a way that the library cannot be trusted with, or claims more than it has.
    """

    lengths: array[int] = field(default_factory=lambda: array("Q"))
    odd: bool = False

    @property
    def longest(self) -> int:
        """Bytes of the longest text."""
        return max(self.lengths, default=0)

    def length(self, place: int) -> int:
        """Bytes of a text, 0 where there is none."""
        return self.lengths[place] if place < len(self.lengths) else 0


def scan_texts(archive: Archive, part: str) -> Texts:
    """Look over the part of the shared texts; of a missing one there are none.

    Raises:
        UnreadableFile: Damaged, or unpacking beyond bounds.
    """
    found, carry, head = Texts(), b"", b""
    for chunk in archive.unpack(part) if part in archive.parts else ():
        text = carry + chunk
        head = head or text[:4096]
        cut = max(text.rfind(b"<"), 0)
        _take(found, text[:cut])
        carry = text[cut:]
    _take(found, carry)
    start = _HEAD.search(head)
    claims = _CLAIM.findall(start.group(1)) if start else []
    if any(not claim.isdigit() or int(claim[:20]) > _MOST_CLAIMED + 64 * len(found.lengths) for claim in claims):
        found.odd = True
    return found


_MOST_CLAIMED = 1 << 20
"""A claim up to this much costs little, true or not: the count of uses is often left as it once was."""


def _take(found: Texts, text: bytes) -> None:
    """Take in a piece that ends before a mark."""
    if (b"!" in text and b"<!" in text) or b"\0" in text:
        found.odd = True
    first, *items = _ITEM.split(text)
    if found.lengths:
        found.lengths[-1] += len(first)
    found.lengths.extend(map(len, items))
