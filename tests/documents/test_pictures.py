"""Photos and scanned papers: upright, small enough, without what the camera wrote besides; broken ones are told."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from fupin_desktop.documents.drawing.pdf import pdf_bytes
from fupin_desktop.documents.drawing.pictures import PICTURES, Pages, pictures
from fupin_desktop.documents.pages import FilledForm, Page, Paper, TextRun
from fupin_desktop.errors import UnreadableFile
from tests.documents.papers import MADE

PAPER = Paper(210, 297, 20, 20, 20, 20)


def drawn(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **how: Any) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, 0 if mode in ("1", "L", "P") else "#88aa66").save(target, kind, **how)
    return target.getvalue()


def scan(pages: int) -> bytes:
    """A PDF of so many pages."""
    texts = tuple(Page((TextRun(20, 30, f"第{at}张", "song", 12),)) for at in range(pages))
    return pdf_bytes(FilledForm("scan", "扫描件", PAPER, texts, MADE))


def shown(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("kind", "ending", "mode"),
    [("JPEG", "jpg", "RGB"), ("JPEG", "JPEG", "L"), ("PNG", "png", "RGBA"), ("PNG", "PNG", "P"), ("BMP", "bmp", "RGB"),
     ("GIF", "gif", "P"), ("TIFF", "tif", "1"), ("TIFF", "tiff", "RGB"), ("WEBP", "webp", "RGB")],
)  # fmt: skip
def test_every_kind_of_photo_becomes_a_jpeg_of_its_size(kind: str, ending: str, mode: str) -> None:
    (picture,) = pictures(drawn(kind, mode=mode), f"现场.{ending}")
    assert (picture.caption, picture.width, picture.height) == (f"现场.{ending}", 60, 40)
    image = shown(picture.content)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (60, 40))
    assert ending.lower() in PICTURES


@pytest.mark.parametrize(("size", "wanted"), [((3200, 1600), (1600, 800)), ((1600, 1), (1600, 1)), ((800, 3200), (400, 1600))])
def test_a_photo_is_no_larger_than_a_page_shows(size: tuple[int, int], wanted: tuple[int, int]) -> None:
    (picture,) = pictures(drawn(size=size), "a.jpg")
    assert (picture.width, picture.height) == wanted == shown(picture.content).size


@pytest.mark.parametrize(("turned", "wanted"), [(1, (60, 40)), (3, (60, 40)), (6, (40, 60)), (8, (40, 60))])
def test_a_photo_stands_as_it_was_held_and_says_nothing_of_where_and_when(turned: int, wanted: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "Maker of phones"
    exif[0x9003] = "2026:03:01 09:00:00"
    exif.get_ifd(0x8825)[1] = "N"
    (picture,) = pictures(drawn(exif=exif), "a.jpg")
    assert (picture.width, picture.height) == wanted
    assert dict(shown(picture.content).getexif()) == {}
    assert b"Maker" not in picture.content


@pytest.mark.parametrize("name", ["合同.docx", "名单.xlsx", "说明", ".jpg.txt"])
def test_other_files_have_no_pictures(name: str) -> None:
    assert pictures(b"whatever", name) == []
    assert Pages(b"whatever", name).count == 0


@pytest.mark.parametrize("name", ["坏.jpg", "坏.PNG", "坏.pdf"])
@pytest.mark.parametrize("content", [b"", b"no picture", drawn()[:200], b"%PDF-1.5 broken"])
def test_a_broken_file_is_told_with_what_to_do(name: str, content: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        pictures(content, name)
    assert name in caught.value.happened
    assert "重新添加" in caught.value.todo
    with pytest.raises(UnreadableFile):
        Pages(content, name).page(0)


def test_a_scan_gives_its_pages_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    found = pictures(scan(3), "批复.pdf")
    assert [one.caption for one in found] == ["批复.pdf 第 1 页", "批复.pdf 第 2 页", "批复.pdf 第 3 页"]
    assert all(one.height > one.width for one in found)
    monkeypatch.setattr("fupin_desktop.documents.drawing.pictures.PAGES_AT_MOST", 2)
    assert len(pictures(scan(3), "长.pdf")) == 2


def test_a_file_is_looked_at_page_by_page_finer_than_it_is_bound() -> None:
    looked = Pages(scan(2), "批复.PDF")
    assert looked.count == 2
    first, second = looked.page(0), looked.page(1)
    assert first.content != second.content
    assert first.height > pictures(scan(1), "a.pdf")[0].height
    with pytest.raises(UnreadableFile, match="批复.PDF"):
        looked.page(2)
    looked.close()
    photo = Pages(drawn(size=(4000, 2000)), "现场.jpg")
    assert (photo.count, photo.page(0).width) == (1, 3000)
    photo.close()
