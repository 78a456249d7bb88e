"""How the pages of the manual are read, by the written cases; and the sections that are searched."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from fupin_desktop.documents.prose.blocks import Code, Figure, Heading, Paragraph, Spans, Table
from fupin_desktop.services.manual import pages, search
from fupin_desktop.services.manual.pages import HOME, manual

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "documents" / "manual_pages.toml").read_text("utf-8"))["case"]
_TAGS = {"bold": "b", "code": "code", "link": "a"}


def spans_told(spans: Spans) -> str:
    parts = [f"<{_TAGS[kind]}>{text}</{_TAGS[kind]}>" if kind in _TAGS else text for text, kind in spans]
    return "".join(parts).replace("\n", "⏎")


def told(block: object) -> str:
    match block:
        case Heading():
            return f"h{block.level}{f' #{block.anchor}' if block.anchor else ''}: {spans_told(block.spans)}"
        case Paragraph():
            kind = f"{block.depth} {block.mark}" if block.mark else "note" if block.note else "p"
            return f"{kind}: {spans_told(block.spans)}"
        case Code():
            return f"code: {block.text}".replace("\n", "⏎")
        case Table():
            return f"table {block.head}: {' / '.join('|'.join(map(spans_told, row)) for row in block.rows)}"
        case Figure():
            return f"figure {block.file}: {block.caption}"
    raise AssertionError(block)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_page_is_read_block_by_block(case, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(case["html"], "utf-8")
    page = pages.read(path)
    assert (page.name, page.title) == ("page.html", case.get("title", ""))
    assert [told(block) for block in page.blocks] == case["blocks"]


def test_the_table_of_contents_is_read_from_the_first_page(monkeypatch, tmp_path):
    (tmp_path / HOME).write_text(
        '<title>手册</title><p><a href="lost.html">不在表里</a></p><table class="contents"><tr><th>开始</th><td>'
        '<a href="first.html">一</a>、<a href="first.html#b">一下</a>、<a href="second.html">二</a></td></tr>'
        '<tr><th>数<b>据</b></th><td><a href="third.html">三</a></td></tr></table><table><tr><th>别的</th></tr></table>',
        "utf-8",
    )
    for name in ("third", "second", "first", "lost"):
        (tmp_path / f"{name}.html").write_text(f"<title>{name}</title><p>甲</p>", "utf-8")
    monkeypatch.setattr(pages, "folder", lambda: tmp_path)
    whole = pages.manual.__wrapped__()
    assert [(part.title, part.names) for part in whole.parts] == [
        ("开始", ("first.html", "second.html")), ("数据", ("third.html",)),
    ]  # fmt: skip
    assert list(whole.pages) == [HOME, "first.html", "second.html", "third.html", "lost.html"]


def test_sections_are_what_stands_below_each_heading(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        '<title>页</title><p>开头</p><h2><a name="a">甲</a></h2><p>一</p><pre>二</pre><h2>乙</h2><h3><a name="c">丙</a></h3>'
        '<table><tr><th>列</th><th>说明</th></tr><tr><td>三</td><td>四</td></tr></table><img src="x.png" alt="图">',
        "utf-8",
    )
    found = [(one.anchor, one.heading, one.text) for one in search.sections_of(pages.read(path))]
    assert found == [("", "页", "开头"), ("a", "甲", "一\n二"), ("c", "丙", "列　说明\n三　四\n图")]


@pytest.mark.parametrize(
    ("text", "words", "excerpt"),
    [
        ("先备份再导入", ("备份",), "先备份再导入"),
        ("甲" * 30 + "备份" + "乙" * 60, ("备份",), "…" + "甲" * 14 + "备份" + "乙" * 44 + "…"),
        ("甲" * 30 + "备份", ("备份",), "…" + "甲" * 14 + "备份"),
        ("先备份\n再导入", ("导入", "备份"), "先备份 再导入"),
        ("没有", ("备份",), ""),
        ("Excel 里", ("excel",), "Excel 里"),
    ],
)
def test_an_excerpt_is_cut_around_the_first_word(text, words, excerpt):
    assert search._excerpt(text, words) == excerpt


def test_every_section_is_found_by_the_words_of_its_heading_before_others():
    for page in list(manual().pages.values())[1:12]:
        for section in search.sections_of(page)[:2]:
            sought = f"{section.title} {section.heading}"
            hits = search.find(sought, most=500)
            assert section in [hit.section for hit in hits]
            ranks = [all(word in f"{hit.section.title}\n{hit.section.heading}".casefold() for word in search.words_of(sought))
                     for hit in hits]  # fmt: skip
            assert ranks == sorted(ranks, reverse=True)
