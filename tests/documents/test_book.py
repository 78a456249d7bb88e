"""A book of papers: its bookmarks, page numbers, links, pictures and marks."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import date
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from fupin_desktop.documents.book import Link, Picture, Placed, Section, png_picture
from fupin_desktop.documents.drawing.pdf_book import book_bytes
from fupin_desktop.documents.drawing.pictures import pictures
from fupin_desktop.documents.pages import FilledForm, Page, Paper, TextRun
from fupin_desktop.errors import Cancelled, MissingGlyph

DAY = date(2026, 12, 24)
A4, A3 = Paper(210, 297, 20, 20, 20, 20), Paper(420, 297, 20, 20, 20, 20)


def form(*texts: str, paper: Paper = A4, mark: str = "") -> FilledForm:
    """A form with a page for each text."""
    pages = tuple(Page((TextRun(30, 40, text, "song", 12),), mark=mark) for text in texts)
    return FilledForm("one", texts[0], paper, pages, DAY)


def photo(caption: str, size: tuple[int, int] = (400, 300)) -> Picture:
    target = io.BytesIO()
    Image.new("RGB", size, "#88aa66").save(target, "JPEG")
    return Picture(caption, target.getvalue(), *size)


def read(*sections: Section, **how: Any) -> PdfReader:
    return PdfReader(io.BytesIO(book_bytes("卷宗", DAY, sections, **how)))


def tree(reader: PdfReader) -> list[Any]:
    """Titles of the bookmarks with their page, those inside others in a list after them."""

    def told(entries: list[Any]) -> list[Any]:
        return [
            told(one) if isinstance(one, list) else (one.title, reader.get_destination_page_number(one))
            for one in entries
        ]

    return told(reader.outline)


def said(reader: PdfReader) -> list[str]:
    return [page.extract_text().replace("\n", " ") for page in reader.pages]


def test_pages_follow_each_other_with_the_number_they_have_in_the_book() -> None:
    found = said(read(Section("甲", form=form("第一", "第二")), Section("乙", form=form("第三"))))
    assert [("第一" in found[0], "第二" in found[1], "第三" in found[2])] == [(True, True, True)]
    assert [text.partition("卷宗 ")[2].strip() for text in found] == ["1/3", "2/3", "3/3"]
    (alone,) = said(read(Section("甲", form=form("唯一")), numbering="{page} / {pages}"))
    assert "1 / 1" in alone


@pytest.mark.parametrize(
    ("sections", "wanted"),
    [
        ([("甲", 0, 2), ("乙", 0, 1)], [("甲", 0), ("乙", 2)]),
        ([("公示", 0, 0), ("甲", 1, 2), ("乙", 1, 1), ("末", 0, 1)], [("公示", 0), [("甲", 0), ("乙", 2)], ("末", 3)]),
        ([("甲", 0, 1), ("章", 0, 0), ("节", 1, 0), ("文", 2, 1)], [("甲", 0), ("章", 1), [("节", 1), [("文", 1)]]]),
        ([("甲", 0, 1), ("后面没有", 0, 0)], [("甲", 0)]),
        ([("深", 1, 1), ("浅", 0, 1)], [("深", 0), ("浅", 1)]),
    ],
    ids=["flat", "heading of others", "two levels", "heading of nothing", "begins deep"],
)
def test_bookmarks_lead_to_the_first_page_of_what_they_name(sections: list[Any], wanted: list[Any]) -> None:
    made = [
        Section(title, depth, form(*(f"{title}{at}" for at in range(pages))) if pages else None)
        for title, depth, pages in sections
    ]
    assert tree(read(*made)) == wanted


def test_each_page_has_its_own_paper() -> None:
    reader = read(Section("竖", form=form("竖")), Section("横", form=form("横", paper=A3)))
    assert [round(float(page.mediabox.width) * 25.4 / 72) for page in reader.pages] == [210, 420]


@pytest.mark.parametrize(("count", "pages"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2)])
def test_two_pictures_stand_on_a_page(count: int, pages: int) -> None:
    section = Section("照片", pictures=tuple(photo(f"照片{at}.jpg") for at in range(count)))
    assert section.pages == pages
    reader = read(Section("甲", form=form("文")), section)
    assert len(reader.pages) == 1 + pages
    assert sum(len(page.images) for page in reader.pages) == count
    assert sum(f"照片{at}.jpg" in text for at in range(count) for text in said(reader)) == count


@pytest.mark.parametrize("size", [(4000, 100), (100, 4000), (3, 3)])
def test_a_picture_keeps_its_shape_and_stays_on_its_half_of_the_page(size: tuple[int, int]) -> None:
    reader = read(Section("照片", pictures=(photo("上", size), photo("下", size))))
    content = reader.pages[0].get_contents()
    assert content is not None
    matrices = [
        [float(part) * 25.4 / 72 for part in line.split()[1:7]]
        for line in content.get_data().decode().splitlines() if " cm /P" in line
    ]  # fmt: skip
    assert len(matrices) == 2
    for place, (wide, _, _, high, left, bottom) in enumerate(matrices):
        assert wide / high == pytest.approx(size[0] / size[1], rel=0.02)
        assert 17.9 <= left <= left + wide <= 192.1
        top = 297 - bottom - high
        assert 18 + 133 * place - 0.1 <= top <= top + high <= 136.2 + 133 * place


def test_a_long_caption_is_set_smaller_and_a_character_without_a_shape_does_not_stop_the_book() -> None:
    long = "关于塘㙍镇低岭村二〇二六年度产业奖补资金分配名单公示现场照片" * 3 + ".jpg"
    reader = read(Section("照片", pictures=(photo(long), photo("现场👍𠅤\U0003134a.jpg"))))
    (text,) = said(reader)
    assert long in text.replace(" ", "")
    assert "现场□𠅤□.jpg" in text


def test_marks_stand_on_marked_pages_alone() -> None:
    found = said(read(Section("甲", form=form("文", mark="作废")), Section("乙", form=form("字"))))
    assert ["作废" in text.replace(" ", "") for text in found] == [True, False]


def test_links_lead_to_their_page() -> None:
    contents = Section("目录", form=form("目录"), links=(Link(0, 20, 50, 100, 6, 2), Link(0, 20, 60, 100, 6, 1)))
    reader = read(contents, Section("甲", form=form("一", "二")))
    notes = [one.get_object() for one in reader.pages[0]["/Annots"]]
    assert [reader.get_page_number(one["/Dest"][0].get_object()) for one in notes] == [2, 1]
    left, bottom, right, top = (float(one) * 25.4 / 72 for one in notes[0]["/Rect"])
    assert (left, right) == pytest.approx((20, 120), abs=0.1)
    assert (297 - top, 297 - bottom) == pytest.approx((50, 56), abs=0.1)
    assert "/Annots" not in reader.pages[1]


def test_equal_books_are_equal_bytes_and_a_character_nobody_has_stops_a_page() -> None:
    sections = [Section("甲", form=form("文")), Section("照片", pictures=(photo("一"),))]
    assert book_bytes("卷宗", DAY, sections) == book_bytes("卷宗", DAY, sections)
    with pytest.raises(MissingGlyph):
        book_bytes("卷宗", DAY, [Section("甲", form=form("\U0003134a"))])


def test_pages_are_told_and_the_writing_can_be_stopped() -> None:
    told: list[tuple[int, int]] = []
    book_bytes("卷宗", DAY, [Section("甲", form=form("一", "二", "三"))], lambda done, of: told.append((done, of)))
    assert told == [(0, 3), (1, 3), (2, 3)]

    def stop(done: int, _of: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        book_bytes("卷宗", DAY, [Section("甲", form=form("一", "二"))], stop)


# ---- pictures with a palette, as the manual has them ----
def palette_png(size: tuple[int, int] = (40, 30), **how: Any) -> bytes:
    image = Image.new("RGB", size, "#ffffff")
    image.putpixel((5, 5), (200, 30, 30))
    target = io.BytesIO()
    image.quantize(8).save(target, "PNG", **how)
    return target.getvalue()


def test_a_palette_is_taken_over_without_packing_anew() -> None:
    content = palette_png()
    picture = png_picture(content, "窗口")
    assert (picture.width, picture.height, picture.caption) == (40, 30, "窗口")
    assert picture.content in content
    shown = read(Section("窗", form=form("文"), placed=(Placed(0, picture, 20, 60, 80, 60),)))
    (image,) = shown.pages[0].images
    assert image.image is not None
    assert image.image.convert("RGB").getpixel((5, 5)) == (200, 30, 30)
    assert image.image.convert("RGB").getpixel((6, 5)) == (255, 255, 255)


def interlaced(content: bytes) -> bytes:
    head = bytearray(content[16:29])
    head[12] = 1
    return content[:16] + bytes(head) + struct.pack(">I", zlib.crc32(b"IHDR" + bytes(head))) + content[33:]


@pytest.mark.parametrize("kind", ["jpeg", "colours", "interlaced", "text"])
def test_other_pictures_are_refused(kind: str) -> None:
    plain = io.BytesIO()
    Image.new("RGB", (4, 4), "#88aa66").save(plain, "PNG")
    content = {"jpeg": photo("x").content, "colours": plain.getvalue(), "interlaced": interlaced(palette_png()),
               "text": b"no picture"}[kind]  # fmt: skip
    with pytest.raises(ValueError, match="PNG"):
        png_picture(content, "x")


def test_what_a_camera_wrote_is_bound_as_it_is_held() -> None:
    """The third of a page's pages: from the bytes of an attached photo to the page of the book."""
    target = io.BytesIO()
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (300, 200), "#88aa66").save(target, "JPEG", exif=turned)
    (picture,) = pictures(target.getvalue(), "IMG_1.JPG")
    (image,) = read(Section("照片", pictures=(picture,))).pages[0].images
    assert image.image is not None
    assert image.image.size == (200, 300)
