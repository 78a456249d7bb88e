"""Codes of GB 32100-2015."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.domain.credit_code import ALPHABET, check_character, fault, normalise


@pytest.mark.parametrize("code", ["91350100M000100Y43", "92371000MA3MXH0E3W", "91110000600037341L"])
def test_codes_in_use_are_right(code):
    assert fault(code) == ""


def test_a_code_is_kept_plain():
    assert normalise(" 91350100m000100y43 ") == "91350100M000100Y43"
    assert normalise("９１３５０１００M000100Y43") == "91350100M000100Y43"


@pytest.mark.parametrize(
    ("code", "told"), [("91350100M000100Y4", "17 位"), ("91350100M000100YI3", "I"), ("91350100M000100Y44", "校验位")]
)
def test_what_is_wrong_is_told(code, told):
    assert told in fault(code)


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(first, place, other):
    code = first + check_character(f"{first}0")
    assert fault(code) == ""
    wrong = code[:place] + other + code[place + 1 :]
    assert (fault(wrong) == "") is (wrong == code)
