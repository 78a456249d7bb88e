"""Every text in the bytes of a finished file, wherever it hides: pages, properties, comments, hidden rows and sheets.

Written for what goes public. A PDF is read for its page text, its properties, its annotations and attached files; of an
xlsx every part is read, texts, numbers and attributes, whether a sheet, row or column is hidden or not.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from fupin_desktop.documents.drawing.print_pages import ALONE

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_LITERAL = re.compile(rb"\(((?:\\.|[^\\()])*)\)", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_HEX = re.compile(rb"(?<!<)<([0-9A-Fa-f\s]+)>(?!>)")
_MOMENTS = frozenset({"CreationDate", "ModDate"})
_DRAWN = (b" Tj", b" TJ")
"""What is drawn is read from the pages, in characters instead of glyphs."""
_FONTS = (b"\0\1\0\0", b"OTTO", b"true", b"\1\0\4")
"""How font programs begin: outlines, in whose bytes digits stand by chance."""
_RUNS = frozenset({"si", "is", "text", "p", "r"})
_DECIMAL = re.compile(r"[-+]?\d*\.\d+(?:E[-+]?\d+)?", re.IGNORECASE)
_XML = (".xml", ".rels", ".vml")


class FoundText(NamedTuple):
    """A text of a file.

    Attributes:
        place: Where it was found, in words: 第1页, 文件属性, 批注 ...
        text: The text.
    """

    place: str
    text: str


def texts_of(data: bytes) -> Iterator[FoundText]:
    """Every text of a PDF or xlsx; of other files the bytes as they are."""
    if data.startswith(b"%PDF"):
        yield from _pdf(data)
    elif data.startswith(b"PK"):
        yield from _workbook(data)
    else:
        yield FoundText("文件", data.decode("utf-8", "replace"))


# ---- PDF ----
def _pdf(data: bytes) -> Iterator[FoundText]:
    import pypdfium2 as pdfium

    with ALONE:
        document = pdfium.PdfDocument(data)
        try:
            for at in range(len(document)):
                page = document[at]
                text = page.get_textpage()
                yield FoundText(f"第{at + 1}页", text.get_text_range())
                text.close()
                page.close()
            told = document.get_metadata_dict()
            yield FoundText("文件属性", "\n".join(text for name, text in told.items() if name not in _MOMENTS))
        finally:
            document.close()
    yield from _pdf_objects(data)


def _pdf_objects(data: bytes) -> Iterator[FoundText]:
    """What the pages do not show: annotations, bookmarks, XML properties, attached files, object streams."""
    between, last = [], 0
    for hit in _STREAM.finditer(data):
        between.append(data[last : hit.start()])
        last = hit.end()
        content = _unpacked(hit.group(1))
        if not content.startswith(_FONTS) and not any(drawn in content for drawn in _DRAWN):
            yield FoundText("文件内嵌内容", _plain(content))
    between.append(data[last:])
    for text in _strings(b"".join(between)):
        yield FoundText("文件附注", text)


def _strings(objects: bytes) -> Iterator[str]:
    """The texts among the objects of a PDF; numbers of the file's own structure and moments are left out."""
    for hit in _LITERAL.finditer(objects):
        text = _decoded(_ESCAPED.sub(_unescaped, hit.group(1)))
        if not text.startswith("D:"):
            yield text
    for hit in _HEX.finditer(objects):
        digits = b"".join(hit.group(1).split())
        yield _decoded(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")))


def _unescaped(hit: re.Match[bytes]) -> bytes:
    sign = hit.group(1)
    return bytes([int(sign, 8) & 0xFF]) if sign[:1].isdigit() else sign


def _decoded(content: bytes) -> str:
    return content[2:].decode("utf-16-be", "replace") if content.startswith(b"\xfe\xff") else _plain(content)


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def _plain(content: bytes) -> str:
    """Bytes as text, whether they are written in one or two bytes a character."""
    return content.replace(b"\0", b"").decode("utf-8", "replace")


# ---- xlsx ----
def _workbook(data: bytes) -> Iterator[FoundText]:
    try:
        archive = ZipFile(BytesIO(data))
    except BadZipFile:
        yield FoundText("文件", _plain(data))
        return
    with archive:
        for name in archive.namelist():
            content = archive.read(name)
            yield FoundText("文件名", name)
            if name.lower().endswith(_XML):
                yield from _part(_place(name), content)
            else:
                yield FoundText(_place(name), _plain(content))


def _place(name: str) -> str:
    words = (("docProps", "文件属性"), ("comment", "批注"), ("drawing", "图形"), ("sharedStrings", "单元格"),
             ("worksheets", "单元格"), ("workbook.xml", "名称和工作表"), ("customXml", "自定义内容"))  # fmt: skip
    return next((word for part, word in words if part in name), "文件内容")


def _part(place: str, content: bytes) -> Iterator[FoundText]:
    """Texts and attributes of an XML part; what is split into runs is put together too."""
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - this program wrote the file
    except ElementTree.ParseError:
        yield FoundText(place, _plain(content))
        return
    for element in root.iter():
        tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if tag in _RUNS:
            yield FoundText(place, "".join(element.itertext()))
        for text in (element.text, element.tail, *element.attrib.values()):
            if text and text.strip() and not _DECIMAL.fullmatch(text):
                yield FoundText(place, text)
