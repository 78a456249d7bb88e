import re
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.domain.capital import parse_capital, to_capital
from fupin_desktop.domain.money import from_fen

EXAMPLES = {
    "0": "零元整",
    "0.01": "壹分",
    "0.05": "伍分",
    "0.10": "壹角整",
    "0.55": "伍角伍分",
    "1": "壹元整",
    "10": "壹拾元整",
    "16": "壹拾陆元整",
    "100": "壹佰元整",
    "101": "壹佰零壹元整",
    "110": "壹佰壹拾元整",
    "1001": "壹仟零壹元整",
    "1010": "壹仟零壹拾元整",
    "10000": "壹万元整",
    "10001": "壹万零壹元整",
    "10010": "壹万零壹拾元整",
    "10500": "壹万零伍佰元整",
    "101000": "壹拾万壹仟元整",
    "100000": "壹拾万元整",
    "1000000": "壹佰万元整",
    "100000000": "壹亿元整",
    "100000001": "壹亿零壹元整",
    "100005000": "壹亿零伍仟元整",
    "100010001": "壹亿零壹万零壹元整",
    "1000000000": "壹拾亿元整",
    "100000000000": "壹仟亿元整",
    "6007.14": "陆仟零柒元壹角肆分",
    "1680.32": "壹仟陆佰捌拾元零叁角贰分",
    "107000.53": "壹拾万柒仟元零伍角叁分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "325.04": "叁佰贰拾伍元零肆分",
    "1409.50": "壹仟肆佰零玖元伍角整",
    "100.05": "壹佰元零伍分",
    "10.50": "壹拾元零伍角整",
    "999999999999.99": "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
}
amounts = st.integers(0, 10**14 - 1).map(from_fen)


@pytest.mark.parametrize(("yuan", "capital"), EXAMPLES.items())
def test_amounts_are_written_by_the_standard(yuan, capital):
    assert to_capital(Decimal(yuan)) == capital
    assert parse_capital(capital) == Decimal(yuan)


@pytest.mark.parametrize(
    ("variant", "yuan"),
    [
        ("人民币壹仟陆佰捌拾元叁角贰分", "1680.32"),
        ("壹拾万零柒仟元伍角叁分", "107000.53"),
        ("壹拾万柒仟元伍角叁分", "107000.53"),
        ("壹仟肆佰零玖圆伍角", "1409.50"),
        ("壹仟肆佰零玖圆伍角正", "1409.50"),
        ("壹佰圆正", "100"),
        ("人民币：貳仟陸佰圓整", "2600"),
        ("壹仟零壹元整", "1001"),
        ("壹仟壹元整", "1001"),
        ("零元", "0"),
    ],
)
def test_variants_are_read(variant, yuan):
    assert parse_capital(variant) == Decimal(yuan)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "整",
        "元整",
        "人民币",
        "拾元整",
        "壹零仟元整",
        "零壹元整",
        "零零元整",
        "壹元零整",
        "壹佰壹仟元整",
        "壹角壹元",
        "壹万",
        "壹仟整",
        "亿元整",
        "零元零分",
        "一百元整",
        "100元整",
        "壹元整整",
        "壹亿元零",
    ],
)
def test_ill_formed_capitals_are_refused(bad):
    with pytest.raises(ValueError, match="大写金额|整"):
        parse_capital(bad)


def test_the_ending_is_judged():
    with pytest.raises(ValueError, match="后面不写“整”字"):
        parse_capital("壹元壹分整")
    with pytest.raises(ValueError, match="后面应写“整”字"):
        parse_capital("壹元")


@pytest.mark.parametrize("bad", ["-0.01", "1000000000000", "NaN", "Infinity", "0.001"])
def test_amounts_outside_the_range_are_refused(bad):
    with pytest.raises(ValueError, match="大写金额|细于1分"):
        to_capital(Decimal(bad))


def judge(fen: int) -> None:
    capital = to_capital(from_fen(fen))
    assert parse_capital(capital) == from_fen(fen)
    assert "零零" not in capital
    assert not capital.startswith("零") or fen == 0
    assert not re.search("零[亿万角分]|零元(?!整)", capital) or fen == 0
    assert capital.endswith("整") == (fen % 10 == 0)


def test_every_amount_below_five_hundred_yuan():
    for fen in range(50_001):
        assert parse_capital(to_capital(from_fen(fen))) == from_fen(fen)


def test_every_pattern_of_zeros():
    for digits in product("05", repeat=14):
        judge(int("".join(digits)))


def test_around_every_power_of_ten():
    for power in range(14):
        for nearby in range(-120, 121):
            if 0 <= (fen := 10**power + nearby) < 10**14:
                judge(fen)


@given(amounts)
def test_reading_back_gives_the_amount(amount):
    capital = to_capital(amount)
    judge(int(amount * 100))
    if amount:
        assert parse_capital(capital.replace("零", "")) == amount
    assert parse_capital("人民币" + capital.replace("元", "圆").replace("整", "正")) == amount


@given(st.text("零壹贰玖拾佰仟万亿元角分整", max_size=12))
def test_whatever_is_read_is_that_amount_but_for_zeros(text):
    try:
        amount = parse_capital(text)
    except ValueError:
        return
    written = to_capital(amount).replace("零", "").removesuffix("整")
    assert text.replace("零", "").removesuffix("整") == written
