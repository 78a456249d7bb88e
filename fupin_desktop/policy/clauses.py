"""The text of a clause (依据), found in the stored policy documents by the clause's usual name.

``clauses.toml`` names the documents and the few places whose numbering the text itself does not show; everything else
follows from the numbering: chapter 一、, section (一), item 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from fupin_desktop.domain.strict_toml import Table, load
from fupin_desktop.errors import FileMissing, NotInForce

INDEX = "clauses.toml"
_NUMERALS = "一二三四五六七八九十"
_CHAPTER = re.compile(f"([{_NUMERALS}])、")
_SECTION = re.compile(f"[（(]([{_NUMERALS}])[）)]")
_ITEM = re.compile(r"([0-9]{1,2})\s*\.")
_ATTACHMENTS = re.compile(r"附件\s*([:：]|(?P<number>[0-9]+)\s*、)")
_ATTACHED = "附件"
_PLACE = re.compile(rf"(?:(附件|[{_NUMERALS}])(?:\(([{_NUMERALS}])\))?)?([0-9]+)?(?:[-–—~至]([0-9]+))?")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, or several named together.

    Attributes:
        name: The name asked for, e.g. ``吴川 三(二)4``.
        document: Title of the document.
        headings: First sentences of chapter and section above it.
        text: The wording; several clauses are parted by an empty line.
    """

    name: str
    document: str
    headings: tuple[str, ...]
    text: str


class Place(NamedTuple):
    """A place in a document: chapter 三 or 附件, section (二), item 4; empty or 0 for none."""

    chapter: str
    section: str = ""
    item: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A stored policy document.

    Attributes:
        short: Name in clause names, e.g. 吴川.
        title: Full title.
        wording: The whole text as stored.
        places: The paragraphs of each place, in the order of the document.
        running: Whether items are numbered through a chapter, whatever its sections.
        regions: Codes of the counties and cities it holds for.
    """

    short: str
    title: str
    wording: str
    places: dict[Place, list[str]]
    running: bool
    regions: tuple[str, ...] = ()


def load_documents(folder: Path) -> dict[str, Document]:
    """The stored documents by their short names.

    Args:
        folder: The folder of the policy files, with ``clauses.toml`` in it.

    Raises:
        FileMissing: The index or a document is not there.
        BadDefinition: The index breaks a rule of its form.
    """
    index = load(folder / INDEX, what="政策条文索引")
    documents = [_document(folder, index.table(key)) for key in index.names()]
    return {document.short: document for document in documents}


def _document(folder: Path, entry: Table) -> Document:
    """One document by its entry in the index."""
    short, title = entry.name("short", required=True), entry.name("title", required=True)
    path = folder / "documents" / entry.name("file", required=True)
    running = entry.flag("running")
    starts, regions = {}, entry.words("regions")
    for start in entry.tables("start", optional=True):
        starts[start.name("phrase", required=True)] = start.name("chapter", required=True)
        start.done()
    entry.done()
    try:
        wording = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise FileMissing(f"找不到政策文件“{path.name}”。", todo="请重新安装程序。") from None
    return Document(short, title, wording, _Splitter(running, starts).split(wording), running, regions)


class _Splitter:
    """Walks over a document's lines and files each under its place."""

    def __init__(self, running: bool, starts: dict[str, str]) -> None:
        self._running = running
        self._starts = starts
        self._place = Place("")
        self._places: dict[Place, list[str]] = {}

    def split(self, wording: str) -> dict[Place, list[str]]:
        """The paragraphs of each place."""
        for raw in wording.splitlines():
            line = raw.strip()
            if line:
                place = self._place_of(line)
                self._place = place or self._place
                self._add(line, begins=place is not None)
        return self._places

    def _add(self, line: str, *, begins: bool) -> None:
        """File a line; one that begins nothing goes on with the paragraph before it."""
        lines = self._places.setdefault(self._place, [])
        if begins or not lines or lines[-1].endswith(("。", "】", "：", ":")):
            lines.append(line)
        else:
            lines[-1] += line

    def _place_of(self, line: str) -> Place | None:
        """The place a line begins, None where it begins none."""
        start = next((chapter for phrase, chapter in self._starts.items() if line.startswith(phrase)), None)
        if start:
            return Place(start)
        if attached := _ATTACHMENTS.match(line):
            return Place(_ATTACHED, "", int(attached["number"] or 1))
        if chapter := _CHAPTER.match(line):
            return Place(chapter[1])
        if section := _SECTION.match(line):
            return Place(self._place.chapter, section[1])
        if item := _ITEM.match(line):
            return self._place._replace(item=int(item[1]))
        return None


def governing(documents: dict[str, Document], county: str, county_code: str) -> Document | None:
    """The document that holds for a county, by its code, or by its name where the code is not known; None for none."""
    if county_code:
        return next((one for one in documents.values() if county_code.startswith(one.regions)), None)
    return next((one for one in documents.values() if county.startswith(one.short)), None)


def cite(paper: str, name: str, *, bare: bool = False) -> str:
    """A clause as an official paper cites it: ``《…实施方案》三（二）第4项``.

    Args:
        paper: Title, in 《》, of the paper that governs; empty for none.
        name: Name of the clause, e.g. ``吴川 三(二)4``.
        bare: Without the title, where it stands above already.

    Returns:
        Empty where the clause is of another paper than the one that governs.
    """
    short, *parts = _tidy(name).split() or [""]
    if not short or not paper.startswith(f"《{short}"):
        return ""
    told = []
    for part in parts:
        match = _PLACE.fullmatch(part)
        if match is None:
            break
        told.append(_as_printed(*match.groups()))
    return ("" if bare else paper) + "、".join(told)


def _as_printed(chapter: str | None, section: str | None, first: str | None, last: str | None) -> str:
    place = (chapter or "") + (f"（{section}）" if section else "")
    if not first:
        return place
    span = f"{first}至{last}" if last else first
    return f"{place}{span}" if chapter == _ATTACHED else f"{place}第{span}项"


def find_clause(documents: dict[str, Document], name: str) -> Clause:
    """The clause of that name; lists and ranges are understood: ``吴川 三(一)6-7, 三(二)6-7``, ``清远 附件1, 吴川 四``.

    Raises:
        NotInForce: No stored document has such a clause.
    """
    places = _places(documents, name)
    if not places:
        raise NotInForce(f"随附的政策文件里没有“{name}”这一条。", todo="请查阅奖补方案或其他文件的原文。")
    paragraphs = dict.fromkeys(line for document, place in places for line in _under(document, place))
    titles = dict.fromkeys(document.title for document, _ in places)
    return Clause(name, "、".join(titles), _headings(*places[0]), "\n\n".join(paragraphs))


def _tidy(name: str) -> str:
    """The name with half-width brackets, its parts divided by blanks."""
    return name.translate(str.maketrans("（），、,；;　", "()      "))


def _places(documents: dict[str, Document], name: str) -> list[tuple[Document, Place]]:
    """The places a list of clause names means; nothing at all where one of them is in no document."""
    found: list[tuple[Document, Place]] = []
    document, before = None, Place("")
    for part in _tidy(name).split():
        if part in documents:
            document, before = documents[part], Place("")
            continue
        match = _PLACE.fullmatch(part)
        if document is None or match is None:
            return []
        chapter, section, first, last = match.groups()
        before = Place(chapter, section or "") if chapter else before
        for number in range(int(first), int(last or first) + 1) if first else (0,):
            place = _resolve(document, before._replace(item=number))
            if place is None:
                return []
            found.append((document, place))
    return found


def _resolve(document: Document, place: Place) -> Place | None:
    """The place as the document has it; running items may be named with or without their section."""
    if document.running and place.item:
        fits = (at for at in document.places if (at.chapter, at.item) == (place.chapter, place.item))
        found = next(fits, None)
        return found if found and place.section in ("", found.section) else None
    return place if any(_within(at, place) for at in document.places) else None


def _within(at: Place, place: Place) -> bool:
    """Whether one place lies in or is the other."""
    return (
        at.chapter == place.chapter
        and place.section in ("", at.section)
        and place.item in (0, at.item)
        and (bool(place.section) or not place.item or not at.section)
    )


def _under(document: Document, place: Place) -> list[str]:
    """All paragraphs in a place, those below it included."""
    if document.running and place.item:
        return document.places[place]
    return [line for at, lines in document.places.items() if _within(at, place) for line in lines]


def _headings(document: Document, place: Place) -> tuple[str, ...]:
    """The first sentences of the chapter and section above a place."""
    above = [Place(place.chapter)] if place.section or place.item else []
    above += [Place(place.chapter, place.section)] if place.section and place.item else []
    lines = [document.places.get(at, [""])[0] for at in above]
    return tuple(line.partition("。")[0] for line in lines if line)
