from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.domain.area import format_milli, format_quantity, from_milli, to_milli
from fupin_desktop.domain.money import FEN, format_fen, format_money, format_wan, from_fen, parse_money, to_fen
from fupin_desktop.domain.reading.numbers import QUANTITY, read_number

amounts = st.integers(0, 10**14 - 1).map(from_fen)
quantities = st.integers(0, 10**12 - 1).map(from_milli)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("0", "0.00"),
        ("1234.5", "1234.50"),
        ("1,234.50", "1234.50"),
        ("¥1,234.50", "1234.50"),
        ("￥１，２３４．５", "1234.50"),
        ("人民币1234.5元", "1234.50"),
        (" 1 234.50 ", "1234.50"),
        ("12.300", "12.30"),
        (".5", "0.50"),
        ("5.", "5.00"),
        ("+7", "7.00"),
        ("'1200", "1200.00"),
        ("‘3.5", "3.50"),
        ("1.2万", "12000.00"),
        ("1.5万元", "15000.00"),
        ("0.00000001亿元", "1.00"),
        ("999999999999.99", "999999999999.99"),
        (7, "7.00"),
        (Decimal("1E+3"), "1000.00"),
    ],
)
def test_money_is_understood(text, yuan):
    assert str(parse_money(text)) == yuan


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "没有填写金额"),
        ("   ", "没有填写金额"),
        ("abc", "不是数字"),
        ("一百", "不是数字"),
        ("1.2.3", "不是数字"),
        ("1,23", "不是数字"),
        ("1.2万头", "不是数字"),
        ("1.2345678万元", "最多填2位小数"),
        ("1.2E+5", "科学计数法"),
        ("12.345", "最多填2位小数"),
        ("0.001", "最多填2位小数"),
        ("-1", "不能小于0"),
        ("1000000000000", "过大"),
        (Decimal("NaN"), "不是数字"),
        (Decimal("Infinity"), "不是数字"),
        ("٣", "不是数字"),
        ("²", "不是数字"),
    ],
)
def test_what_is_no_money_is_told(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        parse_money(text)


def test_negative_money_only_where_allowed():
    assert parse_money("-3.20", negative=True) == Decimal("-3.20")
    assert str(parse_money("-0", negative=True)) == "0.00"


@given(amounts)
def test_money_round_trips(amount):
    assert parse_money(format_money(amount)) == amount
    assert parse_money(format_money(amount, grouped=False)) == amount
    assert from_fen(to_fen(amount)) == amount
    assert Decimal(format_wan(amount).replace(",", "")) * 10000 == amount


def test_fen_are_exact():
    assert to_fen(Decimal("0.01")) == 1
    assert from_fen(1) == FEN
    assert str(from_fen(5)) == "0.05"
    with pytest.raises(ValueError, match="细于1分"):
        to_fen(Decimal("0.005"))
    with pytest.raises(ValueError, match="细于1分"):
        format_money(Decimal("0.005"))


@pytest.mark.parametrize(
    ("yuan", "shown", "wan"),
    [
        ("0", "0.00", "0.00"),
        ("1234.5", "1,234.50", "0.12345"),
        ("10000", "10,000.00", "1.00"),
        ("1234567.89", "1,234,567.89", "123.456789"),
        ("0.01", "0.01", "0.000001"),
        ("-1234.5", "-1,234.50", "-0.12345"),
    ],
)
def test_money_is_shown(yuan, shown, wan):
    assert format_money(Decimal(yuan)) == shown
    assert format_wan(Decimal(yuan)) == wan


@given(quantities)
def test_quantities_round_trip(quantity):
    assert from_milli(to_milli(quantity)) == quantity
    assert read_number(f"{format_quantity(quantity)}亩", "面积", QUANTITY, unit="亩").sure == quantity
    assert read_number(format_quantity(quantity, "头"), "数量", QUANTITY, unit="头").sure == quantity


def test_quantities_are_shown_by_unit():
    assert format_quantity(Decimal("1234.5")) == "1,234.500"
    assert format_quantity(Decimal("1200"), "羽") == "1,200"
    assert format_quantity(Decimal("0.5"), "吨") == "0.5"
    with pytest.raises(ValueError, match="超过三位小数"):
        to_milli(Decimal("0.0005"))


def test_stored_whole_numbers_are_shown_with_their_sign():
    assert [format_fen(fen) for fen in (-5, 0, 123_456)] == ["-0.05", "0.00", "1,234.56"]
    assert format_fen(-123_456, grouped=False) == "-1234.56"
    assert [format_milli(milli) for milli in (-5, 0, 1_234_500)] == ["-0.005", "0.000", "1,234.500"]
    assert format_milli(1_200_000, "羽") == "1,200"
