"""Embeds fonts: one Type0/Identity-H font a face, holding the characters used and nothing else.

Every character gets a number (CID) and a glyph of its own, so that two characters that share an outline still copy and
search as what they are. ToUnicode is UTF-16BE, so 𠅤 and its like can be found too. reportlab's public TTFont writes
subsets of 255 characters with one code a glyph, and searches such text wrongly; so the objects are made with its
``pdfdoc``, which is not named as public: the version is pinned, and the tests read every kind of paper back.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256

from reportlab.pdfbase import pdfdoc

from fupin_desktop.documents.faces.fonts import Face, NoGlyphError, chain, missing_glyph, printable
from fupin_desktop.documents.pages import TextRun

_LEVEL = 6
_BLOCK = 100
_EM = 1000
_KEPT_TEXTS = 20_000


class FontBook:
    """The faces and characters a document uses, and how texts are written with them.

    Attributes:
        names: The faces' names in the order of their labels.
        pieces: By family and text: pieces of font label and hexadecimal codes.

    Args:
        runs: All texts of the document.

    Raises:
        MissingGlyph: A character has no glyph.
    """

    def __init__(self, runs: Iterable[TextRun]) -> None:
        texts: dict[str, set[str]] = defaultdict(set)
        for run in runs:
            texts[run.font].update(run.text)
        self._faces: dict[str, Face] = {}
        used: dict[str, dict[str, tuple[int, float]]] = defaultdict(dict)
        drawn: dict[str, dict[str, str]] = {}
        for family, characters in texts.items():
            drawn[family] = self._find(family, printable("".join(characters)), used)
        self.names = sorted(used)
        self._glyphs = {name: dict(sorted(used[name].items())) for name in self.names}
        codes = {
            name: dict(zip(glyphs, _cids(len(glyphs)), strict=True)) for name, glyphs in self._glyphs.items()
        }
        labels = {name: self.label(name) for name in self.names}
        self.pieces = {family: _Pieces(faces, codes, labels) for family, faces in drawn.items()}

    def _find(self, family: str, characters: str, used: dict[str, dict[str, tuple[int, float]]]) -> dict[str, str]:
        """The names of the faces that draw the characters; their glyphs and advances go into ``used``."""
        find = chain(family).find
        names = {}
        for character in characters:
            try:
                face, glyph, advance = find(character)
            except NoGlyphError:
                raise missing_glyph(character, "文件") from None
            name = names[character] = face.name
            self._faces[name] = face
            used[name][character] = (glyph, advance)
        return names

    def label(self, name: str) -> str:
        """The font's name in page contents."""
        return f"F{self.names.index(name) + 1}"

    def embed(self, document: pdfdoc.PDFDocument) -> None:
        """Put all fonts into a document, under the labels."""
        fonts = document.idToObject[pdfdoc.BasicFonts]
        for name in self.names:
            document.updateSignature("".join(self._glyphs[name]))
            fonts.dict[self.label(name)] = _embedded(document, self._faces[name], self._glyphs[name])


Pieces = list[tuple[str, str]]


class _Pieces(dict[str, Pieces]):
    """A family's texts as (font label, hexadecimal codes), in as many pieces as faces alternate; many are kept.

    Args:
        faces: The name of the face that draws each character.
        codes: Codes of characters, by the name of the face.
        labels: The fonts' names in page contents, by the name of the face.
    """

    def __init__(self, faces: dict[str, str], codes: dict[str, dict[str, str]], labels: dict[str, str]) -> None:
        super().__init__()
        counts = Counter(faces.values())
        main = max(sorted(counts), key=counts.__getitem__, default="")
        self._face, self._codes, self._labels = faces, codes, labels
        self._main = labels.get(main, "")
        self._code = {c: codes[main][c] for c, name in faces.items() if name == main}

    def __missing__(self, text: str) -> Pieces:
        if len(self) >= _KEPT_TEXTS:
            self.clear()
        try:
            pieces = [(self._main, "".join(map(self._code.__getitem__, text)))]
        except KeyError:  # a character of another face, or one that is not printed
            pieces = self._of_several(printable(text))
        self[text] = pieces
        return pieces

    def _of_several(self, text: str) -> Pieces:
        """A text of which not every character is drawn by the family's main face."""
        pieces: Pieces = []
        for character in text:
            name = self._face[character]
            label, code = self._labels[name], self._codes[name][character]
            if pieces and pieces[-1][0] == label:
                pieces[-1] = (label, pieces[-1][1] + code)
            else:
                pieces.append((label, code))
        return pieces or [(self._main, "")]


_CIDS: list[str] = []


def _cids(count: int) -> list[str]:
    """The codes of the first characters, from 1."""
    _CIDS.extend(f"{at:04X}" for at in range(len(_CIDS) + 1, count + 1))
    return _CIDS[:count]


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


def _embedded(document: pdfdoc.PDFDocument, face: Face, used: dict[str, tuple[int, float]]) -> object:
    """The reference of a face's Type0 font; CID n stands for the n-th character used, and is its glyph."""
    characters, glyphs = list(used), [glyph for glyph, _ in used.values()]
    name = f"/{_tag(characters)}+{face.name}"
    font_file = face.subset(glyphs)
    program = document.Reference(Packed(font_file.packed, f"/Length1 {font_file.length}"))
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
            f"/W [{_widths([advance for _, advance in used.values()])}] /CIDToGIDMap /Identity >>"
        )
    )
    to_unicode = document.Reference(Packed(zlib.compress(_to_unicode(characters), _LEVEL)))
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
