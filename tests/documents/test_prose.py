"""Running text on pages: lines of several looks, columns of tables, what stays together, what repeats."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from fupin_desktop.documents.book import Picture, png_picture
from fupin_desktop.documents.faces.fonts import chain
from fupin_desktop.documents.pages import POINT, Page, TextRun
from fupin_desktop.documents.prose import lines
from fupin_desktop.documents.prose.blocks import Block, Code, Figure, Heading, Paragraph, Span, Spans, Table, text_of
from fupin_desktop.documents.prose.columns import widths
from fupin_desktop.documents.prose.layout import A4, HEAD_SHADE, NOTE_SHADE, SHADE, Setting
from fupin_desktop.errors import MissingGlyph

BOTTOM = A4.height - A4.bottom
EM = 9 * POINT


def plain(text: str) -> Spans:
    return (Span(text),)


def pages(*blocks: Block, head: str = "") -> tuple[Page, ...]:
    setting = Setting(head)
    setting.put(blocks)
    return setting.finished()


def said(page: Page) -> str:
    return "".join(run.text for run in page.texts)


def bottom(page: Page) -> float:
    return max(run.y for run in page.texts)


# ---- lines ----
def test_lines_break_where_looks_change_and_each_part_keeps_its_own() -> None:
    found = lines.broken((Span("一二三"), Span("四五", "bold"), Span("六七", "code")), 4)
    assert found == [(Span("一二三"), Span("四", "bold")), (Span("五", "bold"), Span("六七", "code"))]


def test_a_mark_does_not_begin_a_line_in_another_look_either() -> None:
    found = lines.broken((Span("一二三", "bold"), Span("，四")), 3)
    assert [text_of(line) for line in found] == ["一二", "三，四"]


def test_no_line_begins_with_a_blank_and_a_line_feed_begins_a_new_one() -> None:
    assert [text_of(line).rstrip() for line in lines.broken(plain("一二  三\n\n四"), 2)] == ["一二", "三", "", "四"]
    assert lines.broken((), 5) == [()]
    assert lines.broken((Span("一二"), Span(" ", "bold"), Span("三")), 2)[0] == (Span("一二"),)


def test_what_is_wider_than_a_line_is_cut_and_nothing_is_lost() -> None:
    found = lines.broken(plain("https://example.com/long"), 3)
    assert "".join(text_of(line) for line in found) == "https://example.com/long"
    assert all(lines.width(line) <= 3 + 1e-6 for line in found)


def test_the_width_is_that_of_the_longest_line() -> None:
    assert lines.width(plain("一二\n一二三四\n一")) == 4
    assert lines.width(()) == 0
    assert lines.width((Span("一", "bold"), Span("二", "code"))) == 2


def test_a_character_nobody_has_is_told() -> None:
    with pytest.raises(MissingGlyph, match="手册.*U\\+3134A"):
        lines.broken(plain("\U0003134a"), 5)


@given(
    st.lists(st.tuples(st.text("一二三，。（）ab 1", max_size=12), st.sampled_from(["plain", "bold", "code"])), max_size=4),
    st.integers(1, 9),
)
def test_nothing_but_blanks_is_lost_and_looks_stay(parts: list[tuple[str, str]], room: int) -> None:
    spans = tuple(Span(text, look) for text, look in parts)  # type: ignore[arg-type]
    found = lines.broken(spans, room)
    signs = [(sign, span.kind) for span in spans for sign in span.text if sign != " "]
    assert [(sign, span.kind) for line in found for span in line for sign in span.text if sign != " "] == signs


# ---- columns ----
def table(*rows: tuple[str, ...], head: int = 1) -> Table:
    return Table(tuple(tuple(plain(cell) for cell in row) for row in rows), head)


@pytest.mark.parametrize(
    "one",
    [
        table(("甲", "乙")),
        table(("甲", "乙"), ("一二三四五六七八九十", "一")),
        table(("甲", "乙", "丙"), ("一", "二" * 200, "三" * 20)),
        table(("甲", "乙", "丙"), ("一" * 90, "二" * 90, "三" * 90)),
        table(("甲", "乙", "丙"), ("一",), ("一", "二")),
        table(*[tuple("列" * 1 for _ in range(12))] * 2),
    ],
    ids=["narrow", "one long", "one very long", "all long", "ragged", "twelve"],
)
def test_columns_fill_the_room_and_none_disappears(one: Table) -> None:
    found = widths(one, 160, EM)
    assert len(found) == max(len(row) for row in one.rows)
    assert sum(found) == pytest.approx(160)
    assert min(found) >= 2.4 * EM
    assert widths(one, 160, EM) == found


def test_a_narrow_column_keeps_what_it_needs_beside_a_long_one() -> None:
    short, long = widths(table(("序号", "说明"), ("1", "说" * 400)), 160, EM)
    assert 2.4 * EM <= short <= 4 * EM
    assert long > 140


def test_a_bold_heading_counts_for_the_width_of_its_column() -> None:
    wide, narrow = widths(table(("一二三四五六七八九十", "一"), ("一", "一")), 100, EM)
    assert wide > 3 * narrow


# ---- pages ----
def test_nothing_is_one_empty_page() -> None:
    (page,) = pages()
    assert page == Page(())
    (headed,) = pages(head="使用手册")
    assert said(headed) == "使用手册"


def test_no_line_stands_below_the_text_area_or_is_lost() -> None:
    text = "".join(f"{at:04d}号，" for at in range(3000))
    found = pages(Paragraph(plain(text)), head="页眉")
    assert len(found) > 3
    assert "".join(said(page).removesuffix("页眉") for page in found) == text
    for page in found:
        assert bottom(page) < BOTTOM
        assert len(page.lines) == 1


@pytest.mark.parametrize("before", range(28, 36))
def test_the_first_and_the_last_two_lines_of_a_paragraph_stay_together(before: int) -> None:
    line = "字" * 45
    found = pages(*[Paragraph(plain(f"第{at}段")) for at in range(before)], Paragraph(plain(line * 4)))
    counts = [sum(run.text.count("字") > 20 for run in page.texts) for page in found]
    assert sum(counts) == 4
    assert 1 not in counts, "no line stands alone"


@pytest.mark.parametrize("following", ["text", "table", "figure"])
@pytest.mark.parametrize("before", range(28, 36))
def test_a_heading_never_ends_a_page(before: int, following: str) -> None:
    after: Block = {
        "text": Paragraph(plain("后文")), "table": table(("后文", "乙"), ("一", "二")),
        "figure": Figure("a.png", "后文", Picture("", b"", 400, 300, b"\0\0\0")),
    }[following]  # fmt: skip
    found = pages(*[Paragraph(plain(f"第{at}段")) for at in range(before)], Heading(2, plain("标题")), after)
    (page,) = [page for page in found if "标题" in said(page)]
    assert "后文" in said(page)


def test_headings_are_bold_and_in_one_colour_by_their_level() -> None:
    (page,) = pages(Heading(1, plain("甲")), Heading(2, plain("乙")), Heading(3, (Span("丙", "code"),)))
    assert [run.font for run in page.texts] == ["hei"] * 3
    sizes = [run.size for run in page.texts]
    assert sizes == sorted(sizes, reverse=True)
    assert len({run.colour for run in page.texts}) == 1
    assert page.rects == (), "code in a heading has no shade"


def test_entries_stand_in_by_their_depth_with_their_mark_before_them() -> None:
    (page,) = pages(Paragraph(plain("甲"), "1.", 1), Paragraph(plain("乙"), "•", 2), Paragraph(plain("丙")))
    at = {run.text: run.x for run in page.texts}
    assert at["丙"] == A4.left < at["甲"] < at["乙"]
    assert at["1."] == A4.left
    assert at["•"] == pytest.approx(at["甲"])


def test_a_note_and_code_stand_on_a_shade_as_high_as_their_lines() -> None:
    (page,) = pages(Paragraph(plain("注" * 60), note=True), Code("fupin list\nfupin show"))
    notes = [rect for rect in page.rects if rect.fill == NOTE_SHADE]
    codes = [rect for rect in page.rects if rect.fill == SHADE]
    assert (len(notes), len(codes)) == (2, 2)
    for rects in (notes, codes):
        assert rects[0].y + rects[0].height >= rects[1].y, "no gap between"
    assert [run.text for run in page.texts][-2:] == ["fupin list", "fupin show"]


def test_code_in_a_sentence_stands_on_a_shade_of_its_own_width() -> None:
    (page,) = pages(Paragraph((Span("键入"), Span("fupin", "code"), Span("。"))))
    (shade,) = page.rects
    run = next(run for run in page.texts if run.text == "fupin")
    assert (shade.x, shade.width) == pytest.approx((run.x, chain("song").width("fupin") * run.size * POINT))


def test_a_long_table_repeats_its_heading_and_cuts_no_row() -> None:
    rows = [(f"第{at}行", "说明" * 40) for at in range(60)]
    found = pages(table(("名称", "说明"), *rows))
    assert len(found) == 3
    for page in found:
        assert [run.text for run in page.texts[:2]] == ["名称", "说明"]
        assert page.rects[0].fill == HEAD_SHADE
        assert bottom(page) < BOTTOM
    printed = [run.text for page in found for run in page.texts if run.text.startswith("第")]
    assert printed == [name for name, _ in rows]


def test_a_table_s_first_row_stays_with_its_heading() -> None:
    for before in range(28, 36):
        found = pages(*[Paragraph(plain(f"{at}")) for at in range(before)], table(("名称", "乙"), ("甲", "丙")))
        (page,) = [page for page in found if "名称" in said(page)]
        assert "甲" in said(page)


def test_a_table_without_rows_below_its_heading_and_ragged_rows_are_drawn() -> None:
    (page,) = pages(table(("名称", "说明")), table(("甲", "乙"), ("丙",)))
    assert [run.text for run in page.texts] == ["名称", "说明", "甲", "乙", "丙"]


def test_tables_of_many_columns_are_set_smaller() -> None:
    sizes = [pages(table(tuple("列" for _ in range(count))))[0].texts[0].size for count in (7, 8, 10, 11)]
    assert sizes == pytest.approx([9, 7.65, 7.65, 5.94])


def test_the_grid_of_a_table_is_as_wide_as_the_text_area() -> None:
    (page,) = pages(table(("甲", "乙"), ("丙", "丁")))
    level = [line for line in page.lines if line.y1 == line.y2]
    assert {round(line.x1, 3) for line in level} == {A4.left}
    assert {round(line.x2, 3) for line in level} == {A4.width - A4.right}
    upright = sorted({round(line.x1, 3) for line in page.lines if line.x1 == line.x2})
    assert len(upright) == 3
    assert (upright[0], upright[-1]) == (A4.left, A4.width - A4.right)


def picture(size: tuple[int, int]) -> Picture:
    target = io.BytesIO()
    Image.new("P", size).save(target, "PNG")
    return png_picture(target.getvalue(), "")


@pytest.mark.parametrize("size", [(1000, 700), (300, 2000), (40, 30), (4000, 40)])
def test_a_picture_stays_between_the_margins_with_its_words_below(size: tuple[int, int]) -> None:
    setting = Setting()
    setting.put([Figure("a.png", "窗口", picture(size))])
    (page,) = setting.finished()
    (placed,) = setting.placed
    assert placed.width / placed.height == pytest.approx(size[0] / size[1], rel=0.01)
    assert A4.left - 0.01 <= placed.left <= placed.left + placed.width <= A4.width - A4.right + 0.01
    assert placed.height <= 105.01
    (words,) = page.texts
    assert words.text == "窗口"
    assert words.y > placed.top + placed.height
    assert len(page.lines) == 4


def test_a_picture_that_was_not_read_takes_no_room() -> None:
    assert [run.y for run in pages(Figure("a.png", "窗口"), Paragraph(plain("甲")))[0].texts] == [
        run.y for run in pages(Paragraph(plain("甲")))[0].texts
    ]


def test_pictures_go_on_to_the_next_page_whole() -> None:
    setting = Setting()
    setting.put([Figure("a.png", f"图{at}", picture((700, 500))) for at in range(5)])
    found = setting.finished()
    assert [placed.page for placed in setting.placed] == [0, 0, 1, 1, 2]
    assert all(placed.top + placed.height < BOTTOM for placed in setting.placed)
    assert [f"图{at}" in said(found[placed.page]) for at, placed in enumerate(setting.placed)] == [True] * 5


# ---- the table of contents ----
def test_lines_of_contents_lead_to_their_page_with_dots_between() -> None:
    setting = Setting()
    setting.lead("第一部分", 3, "4", deep=False, strong=True)
    setting.lead("导入名册", 3, "4", deep=True)
    setting.lead("长" * 38, 12, "13", deep=True)
    (page,) = setting.finished()
    titles = [run for run in page.texts if run.text in ("第一部分", "导入名册", "长" * 38)]
    assert [run.font for run in titles] == ["hei", "song", "song"]
    assert titles[0].x < titles[1].x == titles[2].x
    numbers = [run for run in page.texts if run.text in ("4", "13")]
    ends = [run.x + chain("song").width(run.text) * run.size * POINT for run in numbers]
    assert ends == pytest.approx([A4.width - A4.right] * 3)
    assert [link.to for link in setting.links] == [3, 3, 12]
    for first, second in pairwise(setting.links):
        assert first.top + first.height == pytest.approx(second.top)
    for run in page.texts:
        assert not overlaps(run, [other for other in page.texts if other is not run and other.y == run.y])


def overlaps(run: TextRun, others: list[TextRun]) -> bool:
    end = run.x + chain(run.font).width(run.text) * run.size * POINT
    return any(run.x < other.x < end - 0.01 for other in others)


def test_many_lines_of_contents_go_on_to_the_next_page() -> None:
    setting = Setting()
    for at in range(100):
        setting.lead(f"第{at}节", at, f"{at}", deep=True)
    found = setting.finished()
    assert len(found) > 1
    assert [link.page for link in setting.links] == sorted(link.page for link in setting.links)
    for page, links in ((found[at], [link for link in setting.links if link.page == at]) for at in range(len(found))):
        assert sum("节" in run.text for run in page.texts) == len(links)
