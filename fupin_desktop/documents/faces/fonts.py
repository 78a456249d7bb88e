"""Print fonts: families, the fallback chain, exact advances, and subsets for embedding.

The chain for any text is the style's face, then FpSong, then FpRare. ASCII, quotation marks and round brackets of 仿宋
and 楷体 come from FpSong, where they fit Chinese text better. Faces are memory-mapped on first use, so a document
without rare characters never touches the 30 MB of FpRare.
"""

from __future__ import annotations

import math
import re
import struct
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import uharfbuzz as hb

from fupin_desktop.documents.faces.outlines import FontFile, Outlines
from fupin_desktop.errors import MissingGlyph
from fupin_desktop.paths import resources, short_name

FAMILIES = {"song": "FpSong", "fangsong": "FpFangSong", "biaosong": "FpBiaoSong", "hei": "FpHei", "kai": "FpKai"}
"""Family code to the face it starts from."""

_FALLBACK = ("FpSong", "FpRare")
_ASCII = frozenset(map(chr, range(0x21, 0x7F)))
_FROM_SONG = {
    "fangsong": _ASCII | frozenset(" “”‘’（）¥×÷≤≥→"),
    "kai": frozenset("“”‘’"),
}
_KEPT = 5_000
_VISUAL_CENTRE = 0.37
"""Centre of a Han character above its baseline, in em."""


class NoGlyphError(LookupError):
    """No face of the chain draws this character."""

    def __init__(self, character: str) -> None:
        super().__init__(character)
        self.character = character


def missing_glyph(character: str, where: str) -> MissingGlyph:
    """The situation that names the character, its code point and the record it stands in."""
    return MissingGlyph(
        f"{where}里的字“{character}”(U+{ord(character):04X})在随程序的字库里没有字形，不能打印。",
        safe="没有写出文件，已保存的数据没有变动。",
    )


class Face:
    """One font file.

    Attributes:
        name: File stem, e.g. ``FpSong``.
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.path = path
        self._face: Any = hb.Face(_blob(path))
        self._font: Any = hb.Font(self._face)
        self._scale: float = 1000 / self._face.upem
        self._outlines: Outlines | None = None

    def glyph(self, character: str) -> int | None:
        """The glyph drawn for a character; None where there is none or its outline is empty (blanks excepted)."""
        found: int | None = self._font.get_nominal_glyph(ord(character))
        if not found:
            return None
        extents = self._font.get_glyph_extents(found)
        drawn = extents is not None and (extents.width or extents.height)
        return found if drawn or unicodedata.category(character) == "Zs" else None

    def advance(self, glyph: int) -> float:
        """Advance of a glyph in thousandths of an em."""
        units: int = self._font.get_glyph_h_advance(glyph)
        return units * self._scale

    def vertical(self) -> tuple[int, int]:
        """Ascender and descender in thousandths of an em."""
        extents = self._font.get_font_extents("ltr")
        return round(extents.ascender * self._scale), round(extents.descender * self._scale)

    def box(self) -> tuple[int, int, int, int]:
        """The box around all glyphs (xMin, yMin, xMax, yMax) in thousandths of an em."""
        head = self._face.reference_table("head").data
        left, low, right, high = struct.unpack(">4h", head[36:44])
        return (
            math.floor(left * self._scale),
            math.floor(low * self._scale),
            math.ceil(right * self._scale),
            math.ceil(high * self._scale),
        )

    def subset(self, glyphs: Sequence[int]) -> FontFile:
        """A font file with these glyphs alone: glyph n is the n-th of them, glyph 0 the one for missing characters."""
        if self._outlines is None:
            self._outlines = Outlines(self.path)
        return self._outlines.font_file(glyphs)


def _blob(path: Path) -> Any:
    """The file's content, memory-mapped where HarfBuzz can open the name: on Windows it knows ASCII names only."""
    name = short_name(path)
    return hb.Blob.from_file_path(name) if name.isascii() or sys.platform != "win32" else hb.Blob(path.read_bytes())


@cache
def face(name: str) -> Face:
    """The face of this name, opened once."""
    return Face(resources() / "fonts" / f"{name}.ttf")


class _Advances(dict[str, float]):
    """Character to advance, filled on demand: in thousandths of an em, divided by ``by``."""

    def __init__(self, chain: Chain, by: int) -> None:
        super().__init__()
        self._chain = chain
        self._by = by

    def __missing__(self, character: str) -> float:
        advance = self[character] = self._chain.find(character)[2] / self._by
        return advance


class Chain:
    """The faces that draw a family's text, with cached advances.

    Attributes:
        family: Family code.
        first: Name of the face that draws whatever it can.
        advances: Advance of each character in em; asking for one without a glyph raises NoGlyphError.
        centre: Visual centre of a Han character above the baseline, in em.
    """

    centre = _VISUAL_CENTRE

    def __init__(self, family: str) -> None:
        self.family = family
        self._names = tuple(dict.fromkeys((FAMILIES[family], *_FALLBACK)))
        self.first = self._names[0]
        self._from_song = _FROM_SONG.get(family, frozenset())
        self._found: dict[str, tuple[Face, int, float]] = {}
        self.advances: Mapping[str, float] = _Advances(self, 1000)
        self._thousandths = _Advances(self, 1)
        self._widths: dict[str, float] = {}

    def find(self, character: str) -> tuple[Face, int, float]:
        """Face, glyph and advance (thousandths of an em) that draw a character.

        Raises:
            NoGlyphError: No face of the chain has it.
        """
        known = self._found.get(character)
        if known is None:
            known = self._found[character] = self._search(character)
        return known

    def _search(self, character: str) -> tuple[Face, int, float]:
        """The first face of the chain that draws the character."""
        names = self._names[1:] if character in self._from_song else self._names
        for name in names:
            candidate = face(name)
            glyph = candidate.glyph(character)
            if glyph is not None:
                return candidate, glyph, candidate.advance(glyph)
        same = unicodedata.normalize("NFKC", character)
        if same != character and len(same) == 1:
            return self._search_same(character, same)
        raise NoGlyphError(character)

    def _search_same(self, character: str, same: str) -> tuple[Face, int, float]:
        """The glyph of a compatibility ideograph or radical, which is that of the plain character."""
        try:
            return self.find(same)
        except NoGlyphError:
            raise NoGlyphError(character) from None

    def width(self, text: str) -> float:
        """Width of a text in em.

        Raises:
            NoGlyphError: A character has no glyph.
        """
        known = self._widths.get(text)
        if known is None:
            known = sum(map(self._thousandths.__getitem__, text)) / 1000
            if len(self._widths) < _KEPT:
                self._widths[text] = known
        return known


@cache
def chain(family: str) -> Chain:
    """The chain of a family of ``FAMILIES``, made once."""
    return Chain(family)


def drawable(text: str, family: str = "song") -> str:
    """A text with □ for each character that no face draws: for names of files and of what could not be bound.

    A paper that names persons is refused instead (``MissingGlyph``).
    """
    return "".join(sign if _draws(chain(family), sign) else _BOX for sign in printable(text))


def _draws(faces: Chain, sign: str) -> bool:
    try:
        return sign == "\n" or bool(faces.find(sign))
    except NoGlyphError:
        return False


_BOX = "□"
_SHAPELESS = ((0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x200B, 0x200F), (0x202A, 0x202E), (0xFEFF, 0xFEFF))
_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
_SHOWN_AS: dict[int, str | None] = {
    **{code: None for first, last in (*_SHAPELESS, *_SELECTORS) for code in range(first, last + 1)},
    0x09: " ",
    0x0A: "\n",
    0xA0: " ",
}
_TO_CHANGE = re.compile(
    "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in (*_SHAPELESS, *_SELECTORS, (0xA0, 0xA0))) + "]"
)


def printable(text: str) -> str:
    """The text without what has no shape of its own: control characters, joiners, variation selectors.

    Tabs and hard blanks become blanks; line feeds stay.
    """
    return text if _TO_CHANGE.search(text) is None else text.translate(_SHOWN_AS)
