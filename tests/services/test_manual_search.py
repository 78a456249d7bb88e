"""Search over all pages of the manual."""

from __future__ import annotations

from fupin_desktop.services.manual import search
from fupin_desktop.services.manual.pages import HOME, manual


def test_all_words_must_stand_there_and_headings_come_first():
    hits = search.find("第 9 步 取舍")
    assert hits[0].section.page == "calculation.html"
    assert hits[0].section.anchor.startswith("step")
    for hit in hits:
        whole = f"{hit.section.title}{hit.section.heading}{hit.section.text}"
        assert all(word in whole for word in ("第", "9", "步", "取舍"))


def test_letters_large_or_small_are_the_same():
    assert search.find("result.JSON") == search.find("RESULT.json") != []


def test_an_excerpt_shows_the_word_in_its_sentence():
    hit = next(hit for hit in search.find("恢复码") if hit.excerpt)
    assert "恢复码" in hit.excerpt
    assert len(hit.excerpt) <= 62


def test_nothing_and_what_is_nowhere_find_nothing():
    assert search.find("  ") == []
    assert search.find("没有这几个字的") == []


def test_every_page_can_be_found_by_its_title():
    for page in manual().pages.values():
        if page.name != HOME:
            assert any(hit.section.page == page.name for hit in search.find(page.title)), page.name
