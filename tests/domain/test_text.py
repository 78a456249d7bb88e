import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.domain.text import clean, clean_name, compact, quoted


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("", ""),
        ("abc", "abc"),
        ("  a  b ", "a b"),
        ("１２３ＡＢｃ（甲）", "123ABc(甲)"),
        ("塘㙍镇\t低岭村\n", "塘㙍镇 低岭村"),
        ("\u3000张\u00a0三\u200b\ufeff", "张 三"),
        ("甲，乙；丙：丁。", "甲，乙；丙：丁。"),
        ("\x00a\x1fb\x7f", "ab"),
        ("\ud800甲", "甲"),
        ("a\r\nb", "a b"),
        ("\u200b", ""),
        ("\u202a440883\u202c", "440883"),
    ],
)
def test_text_is_cleaned(raw, kept):
    assert clean(raw) == kept


@pytest.mark.parametrize("name", ["䶮", "㛃", "𬭳", "𠅤", "\ufa0e", "\uf900", "㙍", "葛\U000e0100"])
def test_ideographs_stay_as_typed(name):
    assert clean(name) == name
    assert clean_name(f" {name} ") == name


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    once = clean(text)
    assert clean(once) == once
    assert once == once.strip()
    assert "  " not in once
    assert not any(sign in once for sign in "\t\n\r\x00\u3000\u00a0\u200b")
    once.encode()


def test_compact_has_no_blanks():
    assert compact(" 4408 8319\t8001 ") == "440883198001"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("张　三", "张三"),
        ("买买提 • 艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("John  Smith", "John Smith"),
        ("陈\n𠅤", "陈𠅤"),
    ],
)
def test_names_are_cleaned(raw, name):
    assert clean_name(raw) == name


def test_marks_within_quoted_names_are_inner_ones():
    assert quoted("捐款") == "“捐款”"
    assert quoted("“人均2万”资金") == "“‘人均2万’资金”"
