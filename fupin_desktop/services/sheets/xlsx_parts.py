"""Which parts of an xlsx package hold its sheets, texts and formats, wherever the writing program put them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from fupin_desktop.services.sheets.containers import Archive, damaged, workbook_part

_LARGEST = 4 << 20
_SHEET_TYPES = ("/worksheet", "/chartsheet", "/dialogsheet", "/xlMacrosheet", "/xlIntlMacrosheet")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of a package.

    Attributes:
        name: Its name.
        part: Its part; empty where the package names none.
        hidden: Whether it is hidden.
        cells: Whether it holds cells, and is no chart.
    """

    name: str
    part: str
    hidden: bool
    cells: bool


@dataclass(slots=True)
class Package:
    """The parts of a package.

    Attributes:
        workbook: The part of the workbook.
        sheets: Its sheets in order.
        strings: The part of the texts; empty where there is none.
        styles: The part of the formats; empty where there is none.
        from_1904: Whether days are counted from 1904.
        active: Name of the sheet that was open when the file was saved; empty where it is not known.
    """

    workbook: str
    sheets: list[SheetPart] = field(default_factory=list)
    strings: str = ""
    styles: str = ""
    from_1904: bool = False
    active: str = ""


def find_parts(archive: Archive) -> Package:
    """The parts of a package.

    Raises:
        UnreadableFile: Damaged.
    """
    found = Package(workbook_part(archive))
    folder, file = posixpath.split(found.workbook)
    targets: dict[str, tuple[str, str]] = {}
    for tag, words in _elements(archive, posixpath.join(folder, "_rels", f"{file}.rels")):
        if tag == "Relationship":
            kind, target = words.get("Type", ""), _resolved(folder, words.get("Target", ""))
            targets[words.get("Id", "")] = kind, target
            if kind.endswith("/sharedStrings"):
                found.strings = target
            elif kind.endswith("/styles"):
                found.styles = target
    active = 0
    for tag, words in _elements(archive, found.workbook):
        if tag == "sheet":
            found.sheets.append(_sheet(words, targets))
        elif tag == "workbookPr":
            found.from_1904 = words.get("date1904", "") in ("1", "true")
        elif tag == "workbookView" and words.get("activeTab", "").isdecimal():
            active = int(words["activeTab"][:9])
    found.active = found.sheets[active].name if active < len(found.sheets) else ""
    return found


def _sheet(words: dict[str, str], targets: dict[str, tuple[str, str]]) -> SheetPart:
    relation = next((value for key, value in words.items() if key.rpartition(":")[2] == "id"), "")
    kind, part = targets.get(relation, ("", ""))
    hidden = words.get("state", "visible") != "visible"
    cells = not part or not kind.endswith(_SHEET_TYPES[1:])
    return SheetPart(words.get("name", ""), part, hidden, cells)


def _resolved(folder: str, target: str) -> str:
    """The part that a relation points at, in lower case as the archive has it."""
    target = target.replace("\\", "/")
    absolute = target.startswith(("/", "xl/"))
    return posixpath.normpath(target.lstrip("/") if absolute else posixpath.join(folder, target)).lower()


def _elements(archive: Archive, part: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Local name and attributes of every element of a small part."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = quiet_parser(archive.name)
    parser.StartElementHandler = lambda tag, words: found.append((tag.rpartition(":")[2], words))
    try:
        parser.Parse(archive.read(part, _LARGEST), True)
    except expat.ExpatError as error:
        if part in archive.parts:
            raise damaged(archive.name) from error
    return iter(found)


def quiet_parser(name: str) -> expat.XMLParserType:
    """An XML parser that knows no document types, and with them no entities that grow.

    Args:
        name: File name for the sentence.
    """
    def refuse(*_words: object) -> None:
        raise damaged(name, "含有文档类型声明")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser
