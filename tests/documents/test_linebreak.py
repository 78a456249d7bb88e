"""Where lines of Chinese text may end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.documents.faces.fonts import chain
from fupin_desktop.documents.layout.linebreak import balance, may_break, wrap

SONG = chain("song")


def test_closing_marks_do_not_begin_a_line_and_opening_marks_do_not_end_one() -> None:
    assert wrap("一二三四，五六", SONG, 4) == ["一二三", "四，五六"]
    assert wrap("一二三（四五）", SONG, 4) == ["一二三", "（四五）"]


def test_a_text_that_just_fits_stays_one_line() -> None:
    assert wrap("一二三四", SONG, 4) == ["一二三四"]
    assert wrap("一二三四", SONG, 3.999) == ["一二三", "四"]


def test_numbers_and_words_stay_whole() -> None:
    lines = wrap("合计金额为1,234,567.50元整", SONG, 7)
    assert any("1,234,567.50" in line for line in lines)


def test_a_word_wider_than_the_line_is_cut() -> None:
    lines = wrap("A" * 30, SONG, 5)
    assert "".join(lines) == "A" * 30
    assert all(SONG.width(line) <= 5 for line in lines)


def test_pairs_of_dashes_stay_together() -> None:
    assert not may_break("—", "—")
    assert not may_break("…", "…")


def test_line_feeds_end_lines_and_empty_lines_stay() -> None:
    assert wrap("甲\n\n乙", SONG, 5) == ["甲", "", "乙"]


def test_the_first_line_may_be_shorter() -> None:
    assert wrap("一二三四五六", SONG, 4, 2) == ["一二", "三四五六"]


def test_balanced_titles_keep_the_number_of_lines() -> None:
    text = "关于塘㙍镇低岭村二〇二六年度产业奖补资金分配情况的公示"
    lines = balance(text, SONG, 20)
    assert len(lines) == len(wrap(text, SONG, 20)) == 2
    assert abs(SONG.width(lines[0]) - SONG.width(lines[1])) <= 2
    assert balance("短标题", SONG, 20) == ["短标题"]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("一二三 四五", 3, ["一二三", "四五"]), ("一二三   四五", 3, ["一二三", "四五"]), ("一二 三四五", 3, ["一二", "三四五"]),
        ("一二三四   五", 4, ["一二三四", "五"]), ("一二三四 ", 4, ["一二三四 "]), ("ab cd", 2, ["ab", "cd"]),
    ],
)  # fmt: skip
def test_blanks_hang_over_the_end_of_a_line_and_begin_none(text: str, width: float, lines: list[str]) -> None:
    assert wrap(text, SONG, width) == lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("低岭村2026年度产业奖补资金公示", 12, ["低岭村2026年度", "产业奖补资金公示"]),
        ("甲乙丙丁戊年度一二三四五六七八九十子丑", 12, ["甲乙丙丁戊年度", "一二三四五六七八九十子丑"]),
        ("甲乙丙丁戊年度一二三四五六七八九十子丑", 11, ["甲乙丙丁戊年度一二三", "四五六七八九十子丑"]),
        ("关于塘㙍镇低岭村二〇二六年度产业奖补资金分配情况的公示", 10, ["关于塘㙍镇低岭村二", "〇二六年度产业奖补", "资金分配情况的公示"]),
        ("一二三四五六七八", 4, ["一二三四", "五六七八"]),
        ("短标题", 4, ["短标题"]),
    ],
)  # fmt: skip
def test_a_title_of_two_lines_is_parted_where_a_phrase_ends_if_both_find_room(text: str, width: float, lines: list[str]) -> None:
    assert balance(text, SONG, width, phrases=True) == lines


@given(st.text(alphabet="一二三，。（）“”12.5ab ——", max_size=40), st.integers(2, 9))
def test_nothing_but_blanks_at_line_ends_is_ever_lost(text: str, width: int) -> None:
    lines = wrap(text, SONG, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
