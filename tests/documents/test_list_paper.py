"""Any list as pages: widths by contents, the heading on every page, nothing lost."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from fupin_desktop.documents.drawing.pdf import pdf_bytes
from fupin_desktop.documents.list_paper import list_form
from fupin_desktop.errors import MissingGlyph

DAY = date(2026, 11, 22)


def pages(form):
    return [page.extract_text() for page in PdfReader(BytesIO(pdf_bytes(form))).pages]


def test_a_short_list_stands_upright_with_all_its_words():
    form = list_form("那罗村：已拨付", ("栏目", "内容"), [("金额", "1,000.00"), ("对象", "塘㙍镇 𠅤")], "塘㙍镇扶贫办", DAY)
    (text,) = pages(form)
    assert not form.paper.landscape
    for word in ("那罗村：已拨付", "栏目", "金额", "1,000.00", "塘㙍镇 𠅤", "塘㙍镇扶贫办", "2026年11月22日", "第 1 页"):
        assert word in text


def test_a_wide_list_lies_and_repeats_its_heading():
    headings = tuple(f"很长的栏目名称第{place}栏" for place in range(9))
    form = list_form("长表", headings, [tuple(f"{row}·{place}" for place in range(9)) for row in range(90)], "", DAY)
    found = pages(form)
    assert form.paper.landscape
    assert len(found) > 2
    assert all("第0栏" in text.replace("\n", "") for text in found)
    assert "89·8" in found[-1]


def test_columns_that_one_page_has_no_room_for_stand_on_further_ones_behind_the_first():
    headings = ("户主", *(f"证件{place}" for place in range(14)), "金额(元)")
    rows = [(f"户主{row}", *(f"44088319590626{place:02}{row:02}" for place in range(14)), "1,000.00") for row in range(3)]
    form = list_form("农户台账", headings, rows, "", DAY, numbered=True, totals=(*[""] * 15, "3,000.00"))
    first, *others = pages(form)
    assert (len(form.pages), form.paper.landscape) == (3, True)
    assert "农户台账（第1部分，共3部分）" in first
    assert all(f"户主{row}" in text for text in (first, *others) for row in range(3))
    assert all(f"44088319590626{place:02}02" in " ".join((first, *others)).split() for place in range(14))
    assert [("合计" in text, "3,000.00" in text) for text in (first, *others)] == [(False, False)] * 2 + [(True, True)]


def test_one_page_takes_a_little_more_than_it_has_room_for():
    rows = [tuple("44088319590626" for _place in range(10))]
    (text,) = pages(list_form("表", tuple(f"第{place}栏" for place in range(10)), rows, "", DAY))
    assert "部分" not in text
    assert text.split().count("44088319590626") == 10


def test_braces_and_quotes_are_only_text():
    (text,) = pages(list_form('{不是字段} "引号"', ("{头}", 'a"b\\c'), [("{x}", "{{y}}")], "", DAY))
    for word in ('{不是字段} "引号"', "{头}", 'a"b\\c', "{x}", "{{y}}"):
        assert word in text


def test_a_list_without_rows_keeps_its_heading():
    (text,) = pages(list_form("空", ("日期", "金额"), [], "", DAY))
    assert "日期" in text


def test_a_character_no_font_has_is_named():
    with pytest.raises(MissingGlyph, match="U\\+10FFFD"):
        list_form("表", ("栏",), [("\U0010fffd",)], "", DAY)
