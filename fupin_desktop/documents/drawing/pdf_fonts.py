"""Embeds fonts: one Type0/Identity-H font a face, holding the characters used and nothing else.

Every character gets a number (CID) and a glyph of its own, so that two characters that share an outline still copy and
search as what they are. ToUnicode is UTF-16BE, so 𠅤 and its like can be found too. reportlab's public TTFont writes
subsets of 255 characters with one code a glyph, and searches such text wrongly; so the objects are made with its
``pdfdoc``, which is not named as public: the version is pinned, and the tests read every kind of paper back.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from typing import NamedTuple

from reportlab.pdfbase import pdfdoc

from fupin_desktop.documents.drawing.page_contents import Codes, FontUse
from fupin_desktop.documents.faces.fonts import Face
from fupin_desktop.documents.faces.outlines import FontFile

_LEVEL = 6
_BLOCK = 100
_EM = 1000


class FontBook:
    """The fonts of a document: a label for each face, a code for each character.

    Args:
        uses: The faces and characters that its pages use.
    """

    def __init__(self, uses: FontUse) -> None:
        self._faces = uses.faces
        self.names = sorted(uses.glyphs)
        self._glyphs = {name: dict(sorted(uses.glyphs[name].items())) for name in self.names}
        labels = {uses.signs[name]: self.label(name) for name in self.names}
        codes = {uses.signs[name]: _cids(glyphs) for name, glyphs in self._glyphs.items()}
        self._codes = Codes(labels, codes)

    def written(self, content: str) -> bytes:
        """A page's content with labels and codes."""
        return self._codes.put(content)

    def label(self, name: str) -> str:
        """The font's name in page contents."""
        return f"F{self.names.index(name) + 1}"

    def embed(self, document: pdfdoc.PDFDocument) -> None:
        """Put all fonts into a document, under the labels."""
        fonts = document.idToObject[pdfdoc.BasicFonts]
        for name in self.names:
            document.updateSignature("".join(self._glyphs[name]))
            fonts.dict[self.label(name)] = _embedded(document, self._faces[name], self._glyphs[name])


_CIDS: list[str] = []


def _cids(characters: Collection[str]) -> dict[str, str]:
    """The codes of characters, from 1 in their order."""
    _CIDS.extend(f"{at:04X}" for at in range(len(_CIDS) + 1, len(characters) + 1))
    return dict(zip(characters, _CIDS, strict=False))


class Raw(pdfdoc.PDFObject):  # type: ignore[misc]
    """A piece of PDF written here: reportlab takes it as it is."""

    def __init__(self, content: str) -> None:
        self._content = content.encode("ascii")

    def format(self, _document: pdfdoc.PDFDocument) -> bytes:
        """The piece itself."""
        return self._content


class Packed(pdfdoc.PDFObject):  # type: ignore[misc]
    """A stream that is compressed already, with further dictionary entries."""

    __RefOnly__ = 1

    def __init__(self, packed: bytes, entries: str = "") -> None:
        self._head = f"<< /Filter /FlateDecode {entries} /Length {len(packed)} >>\nstream\n".encode("ascii")
        self._packed = packed

    def format(self, _document: pdfdoc.PDFDocument) -> bytes:
        """The stream as it is written."""
        return self._head + self._packed + b"\nendstream\n"


class _Subset(NamedTuple):
    """What is embedded of a face: the font file, its name's letters, the widths, the packed CMap back to characters."""

    file: FontFile
    tag: str
    widths: str
    to_unicode: bytes


@lru_cache(maxsize=8)
def _subset(face: Face, characters: str, glyphs: tuple[tuple[int, float], ...]) -> _Subset:
    """The part of a face with these characters; the last are kept: papers of a kind have their labels in common."""
    return _Subset(
        face.subset([glyph for glyph, _ in glyphs]),
        _tag(characters),
        _widths([advance for _, advance in glyphs]),
        zlib.compress(_to_unicode(characters), _LEVEL),
    )


def _embedded(document: pdfdoc.PDFDocument, face: Face, used: dict[str, tuple[int, float]]) -> object:
    """The reference of a face's Type0 font; CID n stands for the n-th character used, and is its glyph."""
    subset = _subset(face, "".join(used), tuple(used.values()))
    name = f"/{subset.tag}+{face.name}"
    program = document.Reference(Packed(subset.file.packed, f"/Length1 {subset.file.length}"))
    ascent, descent = face.vertical()
    box = " ".join(map(str, face.box()))
    descriptor = document.Reference(
        Raw(
            f"<< /Type /FontDescriptor /FontName {name} /Flags 4 /FontBBox [{box}] /ItalicAngle 0 /Ascent {ascent} "
            f"/Descent {descent} /CapHeight 730 /StemV 80 /FontFile2 {_named(document, program)} >>"
        )
    )
    descendant = document.Reference(
        Raw(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont {name} /CIDSystemInfo << /Registry (Adobe) "
            f"/Ordering (Identity) /Supplement 0 >> /FontDescriptor {_named(document, descriptor)} /DW 1000 "
            f"/W [{subset.widths}] /CIDToGIDMap /Identity >>"
        )
    )
    to_unicode = document.Reference(Packed(subset.to_unicode))
    return document.Reference(
        Raw(
            f"<< /Type /Font /Subtype /Type0 /BaseFont {name} /Encoding /Identity-H "
            f"/DescendantFonts [{_named(document, descendant)}] /ToUnicode {_named(document, to_unicode)} >>"
        )
    )


def _named(document: pdfdoc.PDFDocument, reference: object) -> str:
    """A reference as it is written."""
    written: bytes = pdfdoc.format(reference, document)
    return written.decode("ascii")


def _widths(advances: Sequence[float]) -> str:
    """The widths that are not a whole em, as runs of CIDs."""
    runs: list[list[str]] = []
    last = 0
    for cid, advance in enumerate(advances, 1):
        if advance == _EM:
            continue
        if cid != last + 1 or not runs:
            runs.append([f"{cid} ["])
        runs[-1].append(f"{round(advance, 2):g}")
        last = cid
    return " ".join(f"{first}{' '.join(widths)}]" for first, *widths in runs)


def _tag(characters: Sequence[str]) -> str:
    """The six letters of a subset's name, the same for the same characters."""
    digest = sha256("".join(characters).encode("utf-8")).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


@cache
def _utf16(character: str) -> str:
    """A character in UTF-16BE, hexadecimal."""
    return character.encode("utf-16-be").hex().upper()


def _to_unicode(characters: Sequence[str]) -> bytes:
    """The CMap from CIDs back to characters, in UTF-16BE."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    pairs = [f"<{at:04X}> <{_utf16(c)}>" for at, c in enumerate(characters, 1)]
    for at in range(0, len(pairs), _BLOCK):
        block = pairs[at : at + _BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")
