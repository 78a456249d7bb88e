import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.domain.bank import account_fault, luhn_ok, normalise_account
from fupin_desktop.domain.phone import normalise_phone, phone_ok


@pytest.mark.parametrize(
    ("raw", "account"),
    [
        ("6228 4800 1234 5678 901", "6228480012345678901"),
        ("６２２８－４８００", "62284800"),
        ("'6228480012345678", "6228480012345678"),
        ("6.2E+18", "6.2E+18"),
    ],
)
def test_accounts_are_normalised(raw, account):
    assert normalise_account(raw) == account


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("", "没有填写银行账号"),
        ("6.228E+18", "变成了数字"),
        ("6228A48001234567", "数字以外的字符"),
        ("1234567", "这里是7位"),
        ("1" * 33, "这里是33位"),
    ],
)
def test_faults_of_accounts_are_told(raw, sentence):
    assert sentence in str(account_fault(raw))


def test_sound_accounts_have_no_fault():
    assert account_fault("12345678") is None
    assert account_fault("1" * 32) is None


def test_luhn():
    assert luhn_ok("4111111111111111")
    assert luhn_ok("4111 1111 1111 1111")
    assert not luhn_ok("4111111111111112")
    assert not luhn_ok("80020000123457")
    assert not luhn_ok("")
    assert not luhn_ok("41111111111")


@given(st.from_regex(r"[0-9]{15,18}", fullmatch=True))
def test_exactly_one_last_digit_passes_luhn(body):
    assert sum(luhn_ok(body + str(digit)) for digit in range(10)) == 1


@pytest.mark.parametrize(
    ("raw", "phone"),
    [
        ("13800138000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("+86 13800138000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("００８６１３８００１３８０００", "13800138000"),
        ("(0759)5581234", "0759-5581234"),
        ("07595581234", "0759-5581234"),
        ("0759--5581234", "0759-5581234"),
        ("0759-5581234转12", "0759-5581234-12"),
        ("02081234567", "020-81234567"),
        ("12317", "12317"),
        ("5581234", "5581234"),
        ("400-800-1234", "400-800-1234"),
    ],
)
def test_phones_are_normalised_and_pass(raw, phone):
    assert normalise_phone(raw) == phone
    assert phone_ok(raw)


@pytest.mark.parametrize("raw", ["", "12800138000", "1380013800", "138001380001", "无", "0759-", "13800138000/13800138001"])
def test_what_cannot_be_dialled_fails(raw):
    assert not phone_ok(raw)
