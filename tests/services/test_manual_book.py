"""The manual as one PDF and the quick start: read back from the finished files."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pypdf
import pytest

from fupin_desktop.documents.book import png_picture
from fupin_desktop.documents.prose.blocks import Figure, Heading, Paragraph, Span, Table
from fupin_desktop.documents.prose.layout import A4, Setting
from fupin_desktop.errors import Cancelled
from fupin_desktop.services.manual import book, pages

DAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def bound(tmp_path_factory):
    path = tmp_path_factory.mktemp("manual") / "手册.pdf"
    told = []
    sheets = book.write_pdf(path, DAY, lambda *words: told.append(words))
    return pypdf.PdfReader(BytesIO(path.read_bytes())), sheets, told


def text_of(page):
    return "".join(page.extract_text().split())


def test_every_page_of_the_manual_is_bound_in_the_order_of_the_contents(bound):
    reader, sheets, told = bound
    whole = pages.manual()
    titles = [whole.pages[name].title for part in whole.parts for name in part.names]
    assert sheets == len(reader.pages)
    assert reader.metadata.title == book.TITLE
    marks = [one for one in flat(reader) if one[0] not in {part.title for part in whole.parts}]
    assert [title for title, _ in marks] == ["目录", *titles]
    for title, place in marks[1::5]:
        assert "".join(title.split()) in text_of(reader.pages[place])
    assert told[-1][:2] == (sheets - 1, sheets)


def flat(reader, outline=None):
    found = []
    for one in reader.outline if outline is None else outline:
        again = flat(reader, one) if isinstance(one, list) else [(one["/Title"], reader.get_destination_page_number(one))]
        found += again
    return found


def test_the_contents_give_the_numbers_printed_on_the_pages_and_lead_there(bound):
    reader, sheets, _ = bound
    marks = dict(flat(reader))
    first = marks[pages.manual().pages[pages.manual().parts[0].names[0]].title]
    runs = [run.text for page in book.bound(DAY)[0].form.pages for run in page.texts]
    for title, place in marks.items():
        if title != "目录":
            assert runs[runs.index(title) + 1] == str(place + 1)
    for place in (first, max(marks.values())):
        assert f"{place + 1}/{sheets}" in text_of(reader.pages[place])
    links = [one.get_object() for at in range(first) for one in reader.pages[at]["/Annots"]]
    assert {reader.get_page_number(link["/Dest"][0].get_object()) for link in links} == set(marks.values()) - {0}


def test_no_line_of_a_page_leaves_the_paper(bound):
    for name, page in pages.manual().pages.items():
        setting = Setting()
        setting.put(page.blocks)
        for sheet in setting.finished():
            for run in sheet.texts:
                assert A4.left - 6 <= run.x < A4.width - A4.right, (name, run.text)
                assert run.y < A4.height - A4.bottom + 0.1, (name, run.text)


def test_the_quick_start_is_two_pages(tmp_path):
    path = tmp_path / "快速入门.pdf"
    book.write_quick_start(path, DAY)
    assert len(pypdf.PdfReader(path).pages) == 2
    assert len(book.quick_start(DAY).pages) == 2
    drawn = book.quick_start_paper(DAY).draw(None)
    assert drawn.pdf == path.read_bytes()
    assert not drawn.draft


def test_writing_can_be_stopped_and_leaves_nothing(tmp_path):
    def stop(*_words):
        raise Cancelled

    with pytest.raises(Cancelled):
        book.write_pdf(tmp_path / "手册.pdf", DAY, stop)
    assert not list(tmp_path.iterdir())


def test_the_headings_of_a_table_are_repeated_and_a_heading_stays_with_what_follows():
    cell = (Span("格"),)
    setting = Setting()
    setting.put((Table((((Span("表头"),), cell), *[(cell, cell)] * 90), 1), Heading(2, (Span("末尾"),))))
    sheets = setting.finished()
    assert len(sheets) > 1
    assert all(any(run.text == "表头" for run in sheet.texts) for sheet in sheets[:2])
    lines = Setting()
    lines.put([*[Paragraph((Span("行"),))] * 32, Heading(2, (Span("题"),)), Paragraph((Span("文"),))])
    first, second = lines.finished()
    assert not any(run.text == "题" for run in first.texts)
    assert [run.text for run in second.texts][:2] == ["题", "文"]


def test_pictures_go_in_as_they_are_packed():
    names = [block.file for page in pages.manual().pages.values() for block in page.blocks if isinstance(block, Figure)]
    for name in dict.fromkeys(names):
        picture = png_picture((pages.folder() / name).read_bytes(), "")
        assert picture.width > 300
        assert len(picture.colours) <= 3 * 256
    with pytest.raises(ValueError, match="no PNG"):
        png_picture(b"GIF89a", "")
