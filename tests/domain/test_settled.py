"""What is kept is kept: cleaning, normalising and masking what is clean, normal or masked already changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fupin_desktop.domain import bank, credit_code, file_names, identity, ordering, phone
from fupin_desktop.domain.masking import find_leaks, mask_account, mask_id, mask_leaks, mask_name, mask_phone
from fupin_desktop.domain.reading.dates import read_date
from fupin_desktop.domain.text import clean, clean_name, compact, quoted

PIECES = (
    *"0123456789０１２３４５６７８９〇一二三四五六七八九十壹贰", *" 　\t\n\u200b\xa0\ufeff", *"-—–－.·•/_,，、:：()（）“”'*", *"xXgGeE+%",
    "440883196803120019", "440883800101123", "13822541234", "138 2254 1234", "0759-5590001", "6222021234567890128", "12317",
    "塘㙍", "𡶶", "䶮", "张三", "元", "亩", "电话", "\ue000", "\ud800",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=20)
SETTLING: dict[str, Callable[[str], str]] = {
    "clean": clean, "clean_name": clean_name, "compact": compact, "phone": phone.normalise_phone, "account": bank.normalise_account,
    "id": identity.normalise, "credit code": credit_code.normalise, "file name": file_names.clean, "quoted in words": lambda text: quoted(text)[1:-1],
}  # fmt: skip


@pytest.mark.parametrize("name", SETTLING)
@given(text=texts)
def test_what_is_settled_stays(name: str, text: str) -> None:
    settle = SETTLING[name]
    once = settle(text)
    assert settle(once) == once


@pytest.mark.parametrize("text", ["G440883196803120019", "g 440883196803120019", "G'440883196803120019", "'G440883196803120019’"])
def test_the_mark_before_a_number_goes_with_its_apostrophe(text: str) -> None:
    assert identity.normalise(text) == "440883196803120019"
    assert identity.normalise("G‘44088319680312001") == "G‘44088319680312001"  # no whole number: nothing is guessed


@given(text=texts)
def test_a_name_of_a_file_is_one_that_windows_takes(text: str) -> None:
    for ending in ("", ".xlsx"):
        name = file_names.clean(text, ending)
        assert 0 < len(name) <= file_names.LONGEST
        assert name.endswith(ending)
        assert not re.search(r'[\\/:*?"<>|\x00-\x1f]', name)
        assert not name.endswith((".", " "))
        assert not file_names.reserved(name)


@given(text=texts)
@example("电话１３８２２５４１２３４和 6222 0212 3456 7890 128")
def test_nothing_that_was_masked_leaks(text: str) -> None:
    masked = mask_leaks(text)
    assert find_leaks(masked) == []
    assert mask_leaks(masked) == masked
    if not find_leaks(text):
        assert masked == text


@pytest.mark.parametrize("mask", [mask_id, mask_phone, mask_account])
@given(number=st.from_regex(r"[0-9]{5,20}", fullmatch=True))
def test_a_masked_number_is_no_number_any_more(mask: Callable[[str], str], number: str) -> None:
    masked = mask(number)
    assert find_leaks(masked) == []
    shown = [place for place, sign in enumerate(masked) if sign != "*"]
    assert len(shown) <= 10
    assert all(masked[place] == number[place] for place in shown if len(masked) == len(number))


@given(name=st.text("张王李赵欧阳诸葛·㙍𡶶AB", min_size=2, max_size=8).filter(lambda one: clean(one).replace("·", "")))
def test_a_masked_name_shows_no_more_than_its_ends(name: str) -> None:
    for part, masked in zip(clean(name).split("·"), mask_name(name).split("·"), strict=True):
        assert len(masked) == len(part)
        assert masked == part if len(part) < 2 else "*" in masked


WAYS = (
    "{0.year}-{0.month}-{0.day}", "{0:%Y-%m-%d}", "{0:%Y/%m/%d}", "{0.year}.{0.month}.{0.day}", "{0.year}年{0.month}月{0.day}日",
    "{0.year} 年 {0.month} 月 {0.day} 号", "{0:%Y%m%d}", "{0:%Y-%m-%d} 08:30", "{0:%Y-%m-%dT%H:%M:%S}", "{0.year}。{0.month}。{0.day}",
    "'{0:%Y-%m-%d}",
)  # fmt: skip


@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)), way=st.sampled_from(WAYS))
@example(day=date(2024, 2, 29), way=WAYS[4])
def test_a_day_is_read_in_every_way_it_is_written(day: date, way: str) -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for text in (way.format(day), way.format(day).translate(wide)):
        assert read_date(text, "日期") == (day, None), text


@given(numbers=st.lists(st.integers(1, 999), min_size=2, max_size=8, unique=True))
def test_groups_sort_by_their_number_however_it_is_written(numbers: list[int]) -> None:
    in_words = sorted((f"第{numeral(one)}组" for one in numbers), key=ordering.natural_key)
    assert in_words == [f"第{numeral(one)}组" for one in sorted(numbers)]
    in_digits = sorted((f"第{one}组" for one in numbers), key=ordering.natural_key)
    assert in_digits == [f"第{one}组" for one in sorted(numbers)]
    assert [ordering.chinese_number(numeral(one)) for one in numbers] == numbers


def numeral(number: int) -> str:
    """A number below 1 000 as people write it: 二十一, 一百零五, 三百二十."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    digits = "零一二三四五六七八九"
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += f"{'' if tens == 1 and not hundreds else digits[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")
