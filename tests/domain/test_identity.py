from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.domain.identity import check, check_digit, normalise, upgrade15
from fupin_desktop.domain.vocabulary import Sex

TODAY = date(2026, 11, 21)
GOOD = "440883198001011231"
births = st.dates(date(1900, 1, 1), TODAY)


def number_of(area: int, birth: date, order: int) -> str:
    first17 = f"{area:06d}{birth:%Y%m%d}{order:03d}"
    return first17 + check_digit(first17)


def slow_check_digit(first17: str) -> str:
    remainder = sum(int(digit) * (2 ** (17 - at) % 11) for at, digit in enumerate(first17)) % 11
    return "X" if (12 - remainder) % 11 == 10 else str((12 - remainder) % 11)


@given(st.integers(100000, 999999), births, st.integers(1, 999))
def test_sound_numbers_pass(area, birth, order):
    found = check(number_of(area, birth, order), TODAY)
    assert found.fault is None
    assert found.birth == birth
    assert found.sex is (Sex.MALE if order % 2 else Sex.FEMALE)
    assert found.note == ""


@given(st.from_regex(r"[0-9]{17}", fullmatch=True))
def test_check_digit_agrees_with_the_standards_formula(first17):
    assert check_digit(first17) == slow_check_digit(first17)


@given(births, st.integers(1, 999), st.integers(0, 16), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(birth, order, place, shift):
    number = number_of(440883, birth, order)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert check(wrong, TODAY).fault is not None


@pytest.mark.parametrize(
    "raw",
    [
        GOOD,
        f" {GOOD}\t",
        f"G{GOOD}",
        f"g{GOOD}",
        f"'{GOOD}",
        "４４０８８３１９８００１０１１２３１",
        "440883 19800101 1231",
        f"\u202d{GOOD}\u202c",
    ],
)
def test_numbers_are_normalised(raw):
    assert normalise(raw) == GOOD
    assert check(raw, TODAY).number == GOOD


def test_lower_case_x_is_normalised():
    number = next(one for order in range(1, 99) if (one := number_of(440883, date(1980, 1, 1), order)).endswith("X"))
    assert normalise(number.lower()) == number
    assert normalise(number[:-1] + "ｘ") == number
    assert check(number.lower()).fault is None


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("", "没有填写身份证号"),
        ("   ", "没有填写身份证号"),
        (GOOD[:17], "应为18位，这里是17位"),
        (GOOD + "1", "应为18位，这里是19位"),
        ("44088319800101123", "这里是17位"),
        ("44O883198001011231", "第3位“O”不是数字"),
        ("4408831980010X1231", "第14位“X”不是数字"),
        ("440883199902311234", "出生日期19990231不存在"),
        ("440883190002291234", "出生日期19000229不存在"),
        ("440883199913011234", "出生日期19991301不存在"),
        ("440883000001011234", "出生日期00000101不存在"),
        ("440883198001011232", "校验码应为“1”，这里是“2”"),
        ("44088319800101123X", "校验码应为“1”，这里是“X”"),
        ("4.40883E+17", "变成了数字“4.40883E+17”"),
        ("4.40883198001011e+17", "变成了数字"),
        ("440883198001011231.0", "变成了数字"),
        ("440883198001010000", "末几位都是0"),
        ("440883198001011000", "末几位都是0"),
    ],
)
def test_faults_are_told_exactly(raw, sentence):
    found = check(raw, TODAY)
    assert found.fault is not None
    assert sentence in found.fault
    assert found.birth is None
    assert found.sex is None


def test_a_true_check_digit_nought_is_no_ruin():
    orders = (number_of(440883, date(1980, 1, 1), order) for order in range(100, 1000, 100))
    births = (number_of(440883, date(1980, 1, 1) + timedelta(days), 100) for days in range(99))
    number = next(one for one in (*orders, *births) if one.endswith("000"))
    assert check(number, TODAY).fault is None


def test_a_birth_before_1900_is_to_be_looked_at_and_not_refused():
    found = check(number_of(440883, date(1899, 12, 31), 123), TODAY)
    assert found.fault is None
    assert found.birth == date(1899, 12, 31)
    assert "早于1900年" in found.note


def test_birth_today_is_allowed_and_tomorrow_is_not():
    assert check(number_of(440883, TODAY, 1), TODAY).fault is None
    tomorrow = number_of(440883, TODAY + timedelta(1), 1)
    assert "晚于今天" in str(check(tomorrow, TODAY).fault)
    assert check(tomorrow).fault is None


def test_area_codes_are_not_judged():
    assert check(number_of(999999, date(1980, 1, 1), 1)).fault is None


@pytest.mark.parametrize("raw", ["440883800101123", "440883800101123.0", "４４０８８３８００１０１１２３"])
def test_old_numbers_are_upgraded_with_a_note(raw):
    found = check(raw, TODAY)
    assert found.number == GOOD
    assert found.fault is None
    assert "15位旧号码" in found.note
    assert GOOD in found.note


def test_old_numbers_with_a_fault_stay_as_they_are():
    found = check("440883801301123", TODAY)
    assert found.number == "440883801301123"
    assert "19801301" in str(found.fault)
    assert found.note == ""


def test_upgrade_and_check_digit_refuse_other_lengths():
    assert upgrade15("440883800101123") == GOOD
    with pytest.raises(ValueError, match="15位"):
        upgrade15("44088380010112")
    for bad in ("4408831980010112", "4408831980010112A", "４４０８８３１９８００１０１１２３"):
        with pytest.raises(ValueError, match="17位"):
            check_digit(bad)


@given(st.text(max_size=24))
def test_anything_typed_gets_an_answer(text):
    found = check(text, TODAY)
    assert (found.fault is None) == (found.birth is not None)
