"""Draws settled pages as PDF operators: each once, when it comes, though its characters get their codes at the end.

A code is a character's place among all that a document uses, which is known when the last page is. Until then a page's
content holds the characters themselves and signs for the faces. 1 870 pages of working took half a second longer when
they were kept as settled, packed, and drawn in a second round.
"""

from __future__ import annotations

import math
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import zip_longest
from operator import itemgetter
from typing import NamedTuple

from fupin_desktop.documents.faces.fonts import Face, NoGlyphError, chain, missing_glyph, printable
from fupin_desktop.documents.pages import POINT, Line, Page, Paper, Rect, TextRun

_UNIT = 1 / POINT
_MARK_FONT = "hei"
_MARK_COLOUR = "#e9e9e9"
_MARK_SHARE = 0.5
_MARK_ANGLE = math.radians(35)
_KEPT_LENGTHS, _KEPT_TEXTS = 8_000, 4_000
_FACE, _TEXT = "\x01", "\x02"
"""Stands before the sign of a face whose label is not known; around a text (its face's sign first) without codes."""
_FAST = 1
"""Level of compression of pages that are kept: twice as fast as the file's, and they shrink nearly as much."""
_THICKNESS = itemgetter(4)


class FontUse:
    """The faces and characters that pages use.

    Attributes:
        faces: Faces by name.
        signs: By name of a face the letter that stands for it in contents.
        glyphs: By name of a face its characters with the glyph and advance of each.
    """

    def __init__(self) -> None:
        self.faces: dict[str, Face] = {}
        self.signs: dict[str, str] = {}
        self.glyphs: dict[str, dict[str, tuple[int, float]]] = defaultdict(dict)
        self._families: dict[str, tuple[str, set[str]]] = {}

    def plain(self, texts: Iterable[TextRun]) -> dict[str, str]:
        """Families of which one face draws every character of the texts, with its sign; all of them count as used.

        Raises:
            MissingGlyph: A character has no glyph.
        """
        by_family: dict[str, list[str]] = defaultdict(list)
        for _, _, text, family, *_ in texts:
            by_family[family].append(text)
        found = {}
        for family, own in by_family.items():
            sign, known = self._family(family)
            characters = set("".join(own)).difference(known)
            printed = set(printable("".join(characters)))
            if not self._used(family, printed) and printed == characters and all(own):
                found[family] = sign
        return found

    def pieces(self, family: str, text: str) -> list[tuple[str, str]]:
        """A text as signs of faces with what each draws; its characters count as used.

        Raises:
            MissingGlyph: A character has no glyph.
        """
        first, known = self._family(family)
        text = printable(text)
        other = self._used(family, set(text).difference(known))
        pieces: list[tuple[str, str]] = []
        for character in text:
            sign = other.get(character, first)
            if pieces and pieces[-1][0] == sign:
                pieces[-1] = (sign, pieces[-1][1] + character)
            else:
                pieces.append((sign, character))
        return pieces

    def _family(self, family: str) -> tuple[str, set[str]]:
        """The sign of the face that draws most of a family, and its characters that are known to be used."""
        found = self._families.get(family)
        if found is None:
            found = self._families[family] = (self._sign(chain(family).first), set())
        return found

    def _used(self, family: str, characters: Iterable[str]) -> dict[str, str]:
        """Count characters as used; those that another face than the family's first draws, with its sign."""
        found, other = chain(family), {}
        _, known = self._family(family)
        for character in characters:
            try:
                face, glyph, advance = found.find(character)
            except NoGlyphError:
                raise missing_glyph(character, "文件") from None
            self.glyphs[face.name][character] = (glyph, advance)
            if face.name == found.first:
                known.add(character)
            else:
                other[character] = self._sign(face.name)
            if face.name not in self.faces:
                self.faces[face.name] = face
        return other

    def copy(self) -> FontUse:
        """The same, to which more can be added."""
        found = FontUse()
        found.faces, found.signs = dict(self.faces), dict(self.signs)
        found.glyphs.update({name: dict(glyphs) for name, glyphs in self.glyphs.items()})
        found._families = {family: (sign, set(known)) for family, (sign, known) in self._families.items()}
        return found

    def _sign(self, face: str) -> str:
        return self.signs.setdefault(face, chr(ord("a") + len(self.signs)))


class _State(NamedTuple):
    """What a text object was set to last: font with its size, colour, spacing."""

    font: str = ""
    colour: str = ""
    spacing: float = 0.0


class PageContents:
    """The contents of pages, and the faces and characters that they use.

    Attributes:
        uses: These faces and characters.

    Args:
        packed: Whether contents are kept compressed, of ten thousands of pages.
    """

    def __init__(self, *, packed: bool = False) -> None:
        self.uses = FontUse()
        self._packed = packed
        self._kept: list[bytes | str] = []
        self._states: list[_State] = []
        self._ends: list[str] = []

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, page: Page, paper: Paper, before: Iterable[str] = ()) -> None:
        """Draw a page; ``before`` are operators under everything.

        Raises:
            MissingGlyph: A character has no glyph.
        """
        high = paper.height
        mark = _mark(self.uses, paper, page.mark) if page.mark else ()
        texts, state = _texts(self.uses, page.texts, high, _State())
        content = "\n".join([*before, *mark, *_rects(page.rects, high), *_lines(page.lines, high), "BT", *texts])
        self._kept.append(zlib.compress(content.encode("utf-8"), _FAST) if self._packed else content)
        self._states.append(state)

    def with_texts(self, texts: Iterable[Sequence[TextRun]], height: float) -> PageContents:
        """The same pages with further texts on each, of a height in mm."""
        found = PageContents(packed=self._packed)
        found.uses, found._kept, found._states = self.uses.copy(), self._kept, self._states
        found._ends = [
            "".join([f"\n{one}" for one in _texts(found.uses, runs, height, state)[0]])
            for runs, state in zip(texts, self._states, strict=True)
        ]
        return found

    def all(self) -> Iterator[str]:
        """The content of every page; ``FontBook.written`` puts in labels and codes."""
        for kept, end in zip_longest(self._kept, self._ends, fillvalue=""):
            content = kept if isinstance(kept, str) else zlib.decompress(kept).decode("utf-8")
            yield f"{content}{end}\nET"


@cache
def _rgb(colour: str) -> str:
    """A colour as three numbers from 0 to 1."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3g}" for at in (1, 3, 5))


class _Points(dict[float, str]):
    """Millimetres to points as they are written: edges and baselines come again in row after row, page after page."""

    def __missing__(self, length: float) -> str:
        if len(self) >= _KEPT_LENGTHS:
            self.clear()
        shown = self[length] = f"{length * _UNIT:.2f}"
        return shown


_POINTS = _Points()


def _rects(rects: Iterable[Rect], height: float) -> Iterator[str]:
    """Fills."""
    points = _POINTS
    for x, y, wide, high, fill in rects:
        yield f"{_rgb(fill)} rg {points[x]} {points[height - y - high]} {points[wide]} {points[high]} re f"


def _lines(lines: Iterable[Line], height: float) -> list[str]:
    """Rules; thicker ones last, so that they cover the ends of thinner ones."""
    points, out = _POINTS, ["2 J"]
    last: tuple[float, str] | None = None
    for x1, y1, x2, y2, width, colour in sorted(lines, key=_THICKNESS):
        if last != (width, colour):
            last = (width, colour)
            out.append(f"{width:.3g} w {_rgb(colour)} RG")
        out.append(f"{points[x1]} {points[height - y1]} m {points[x2]} {points[height - y2]} l S")
    return out


def _texts(uses: FontUse, texts: Sequence[TextRun], height: float, state: _State) -> tuple[list[str], _State]:
    """The inside of a text object; font, colour and spacing are set when they change."""
    points, out = _POINTS, []
    font, colour, spacing = state
    plain = uses.plain(texts)
    last = ("", 0.0)
    for x, y, text, own, size, shade, gap in texts:
        if shade != colour:
            colour = shade
            out.append(f"{_rgb(shade)} rg")
        if gap != spacing:
            spacing = gap
            out.append(f"{gap:.4g} Tc")
        place = f"1 0 0 1 {points[x]} {points[height - y]} Tm"
        for face, piece in ((plain[own], text),) if own in plain else uses.pieces(own, text):
            if last != (face, size):
                last = (face, size)
                wanted = f"/{_FACE}{face} {size:.4g} Tf"
                place = f"{wanted} {place}".strip() if wanted != font else place
                font = wanted
            out.append(f"{place} <{_TEXT}{face}{piece}{_TEXT}> Tj")
            place = ""
    return out, _State(font, colour, spacing)


def _mark(uses: FontUse, paper: Paper, mark: str) -> Iterator[str]:
    """A large word across the page, turned around its middle."""
    size = min(paper.width, paper.height) * _MARK_SHARE * _UNIT / max(len(mark), 1)
    cos, sin = math.cos(_MARK_ANGLE), math.sin(_MARK_ANGLE)
    half, low = chain(_MARK_FONT).width(mark) * size / 2, chain(_MARK_FONT).centre * size
    x = paper.width * _UNIT / 2 - half * cos + low * sin
    y = paper.height * _UNIT / 2 - half * sin - low * cos
    yield "BT"
    yield f"{_rgb(_MARK_COLOUR)} rg {cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.2f} {y:.2f} Tm"
    for face, piece in uses.pieces(_MARK_FONT, mark):
        yield f"/{_FACE}{face} {size:.4g} Tf <{_TEXT}{face}{piece}{_TEXT}> Tj"
    yield "ET"


class Codes:
    """Puts labels and codes into contents.

    Args:
        labels: By sign of a face the label of its font.
        codes: By sign of a face the hexadecimal code of each character.
    """

    def __init__(self, labels: Mapping[str, str], codes: Mapping[str, Mapping[str, str]]) -> None:
        self._labels = [(_FACE + sign, label) for sign, label in labels.items()]
        self._texts = _Texts(codes)

    def put(self, content: str) -> bytes:
        """A content as the file has it."""
        for sign, label in self._labels:
            content = content.replace(sign, label)
        parts = content.split(_TEXT)
        parts[1::2] = map(self._texts.__getitem__, parts[1::2])
        return "".join(parts).encode("ascii")


class _Texts(dict[str, str]):
    """Texts, the sign of their face before them, to codes; many are kept."""

    def __init__(self, codes: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__()
        self._codes = codes

    def __missing__(self, signed: str) -> str:
        if len(self) >= _KEPT_TEXTS:
            self.clear()
        written = self[signed] = "".join(map(self._codes[signed[0]].__getitem__, signed[1:]))
        return written
