"""Every text of a finished file, wherever it hides: what is looked through before a file goes public."""

from __future__ import annotations

import io
import zlib
from datetime import date
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from pypdf import PdfWriter
from pypdf.annotations import FreeText

from fupin_desktop.documents.drawing.file_texts import texts_of
from fupin_desktop.documents.drawing.pdf import pdf_bytes
from fupin_desktop.documents.pages import FilledForm, Page, Paper, TextRun

SECRET = "440883196503124418"
PAPER = Paper(210, 297, 20, 20, 20, 20)


def found(data: bytes) -> dict[str, str]:
    """Texts by place."""
    told: dict[str, str] = {}
    for one in texts_of(data):
        told[one.place] = f"{told.get(one.place, '')}\n{one.text}"
    return told


def places(data: bytes, text: str = SECRET) -> set[str]:
    return {place for place, said in found(data).items() if text in said}


def paper(*texts: str, title: str = "题目") -> bytes:
    pages = tuple(Page((TextRun(20, 30, text, "song", 12),)) for text in texts)
    return pdf_bytes(FilledForm("one", title, PAPER, pages, date(2026, 1, 1)))


def changed(data: bytes, change: object) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(data))
    change(writer)  # type: ignore[operator]
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


# ---- PDF ----
def test_what_is_drawn_is_found_on_its_page() -> None:
    data = paper("低岭村𠅤", f"户主{SECRET}")
    assert places(data, "低岭村𠅤") == {"第1页"}
    assert places(data) == {"第2页"}


def test_the_title_is_a_property_and_the_moment_is_not_looked_at() -> None:
    data = paper("文", title=f"名单{SECRET}")
    assert "文件属性" in places(data)
    assert not any("20260101" in text for text in found(paper("文")).values())


def test_notes_attached_files_and_further_properties_are_found() -> None:
    noted = changed(paper("文"), lambda writer: writer.add_annotation(0, FreeText(text=SECRET, rect=(0, 0, 9, 9))))
    assert places(noted)
    attached = changed(paper("文"), lambda writer: writer.add_attachment("名单.txt", SECRET.encode()))
    assert places(attached)
    named = changed(paper("文"), lambda writer: writer.add_attachment(f"{SECRET}.txt", b"x"))
    assert places(named)
    keyed = changed(paper("文"), lambda writer: writer.add_metadata({"/Keywords": SECRET}))
    assert places(keyed)
    marked = changed(paper("文"), lambda writer: writer.add_outline_item(title=SECRET, page_number=0))
    assert places(marked)


@pytest.mark.parametrize("packed", [True, False])
def test_a_stream_is_read_packed_or_not(packed: bool) -> None:
    content = f"<x>{SECRET}</x>".encode()
    body = zlib.compress(content) if packed else content
    entry = b"/Filter /FlateDecode " if packed else b""
    data = paper("文") + b"\n9 0 obj << " + entry + b">>\nstream\n" + body + b"\nendstream\nendobj\n"
    assert places(data) == {"文件内嵌内容"}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (b"(" + SECRET.encode() + b")", SECRET),
        (b"(\\050" + SECRET.encode() + b"\\))", f"({SECRET})"),
        (b"<" + SECRET.encode().hex().encode() + b">", SECRET),
        (b"<FEFF" + SECRET.encode("utf-16-be").hex().encode() + b">", SECRET),
        (b"(\xfe\xff" + SECRET.encode("utf-16-be") + b")", SECRET),
        (b"<34 34 3>", "440"),
    ],
    ids=["plain", "escaped", "hex", "hex utf-16", "utf-16", "odd hex"],
)
def test_texts_among_objects_are_read_however_they_are_written(written: bytes, text: str) -> None:
    data = paper("文") + b"\n9 0 obj << /Contents " + written + b" >> endobj\n"
    assert places(data, text) == {"文件附注"}


# ---- workbooks ----
def workbook(change: object) -> bytes:
    book = Workbook()
    change(book)  # type: ignore[operator]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda book: book.active.append([SECRET]), "单元格"),
        (lambda book: book.active.append([int(SECRET[:15])]), "单元格"),
        (lambda book: book.create_sheet(SECRET), "名称和工作表"),
        (lambda book: setattr(book.active["A1"], "comment", Comment(SECRET, "x")), "批注"),
        (lambda book: setattr(book.properties, "creator", SECRET), "文件属性"),
        (lambda book: setattr(book.active.oddHeader.center, "text", SECRET), "单元格"),
    ],
    ids=["text", "number", "sheet", "comment", "author", "header"],
)
def test_a_workbook_is_read_in_every_part(change: object, place: str) -> None:
    assert place in places(workbook(change), SECRET[:15])


def test_hidden_sheets_rows_and_columns_are_read_too() -> None:
    def hide(book: Workbook) -> None:
        sheet = book.create_sheet("藏")
        sheet.sheet_state = "veryHidden"
        sheet["Z99"] = SECRET
        sheet.row_dimensions[99].hidden = True
        sheet.column_dimensions["Z"].hidden = True

    assert places(workbook(hide)) == {"单元格"}


def test_a_text_split_into_runs_is_put_together() -> None:
    target = io.BytesIO(workbook(lambda book: book.active.append(["x"])))
    with ZipFile(target, "a") as archive:
        runs = f"<si><r><t>{SECRET[:9]}</t></r><r><t>{SECRET[9:]}</t></r></si>"
        archive.writestr("xl/sharedStrings.xml", f"<sst xmlns='http://x'>{runs}</sst>")
    assert places(target.getvalue()) == {"单元格"}


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("customXml/item1.xml", f"<a b='{SECRET}'/>", "自定义内容"),
        ("xl/drawings/drawing1.xml", f"<a><p>{SECRET}</p></a>", "图形"),
        ("xl/worksheets/broken.xml", f"<a>{SECRET}", "单元格"),
        ("xl/media/note.txt", SECRET, "文件内容"),
        (f"xl/{SECRET}.bin", "x", "文件名"),
    ],
)
def test_further_parts_of_a_workbook_are_read(name: str, content: str, place: str) -> None:
    target = io.BytesIO(workbook(lambda book: book.active.append(["x"])))
    with ZipFile(target, "a") as archive:
        archive.writestr(name, content)
    assert places(target.getvalue()) == {place}


def test_measures_of_a_sheet_are_no_texts() -> None:
    def measure(book: Workbook) -> None:
        book.active.column_dimensions["A"].width = 13.7109375  # type: ignore[union-attr]
        book.active.append([1])  # type: ignore[union-attr]

    assert places(workbook(measure), "13.7109375") == set()


# ---- other files ----
@pytest.mark.parametrize(
    ("data", "text"),
    [(f"户主,{SECRET}".encode(), SECRET), (b"PK\x03\x04 broken " + SECRET.encode(), SECRET), (b"", ""), ("户主".encode("gbk"), "\ufffd")],
    ids=["csv", "broken archive", "empty", "other encoding"],
)
def test_other_files_are_read_as_they_are(data: bytes, text: str) -> None:
    assert places(data, text) == {"文件"}
