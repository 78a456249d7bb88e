from decimal import Decimal

import pytest

from fupin_desktop.policy.awards.telling import money, quantity, tell
from fupin_desktop.policy.awards.templates import ROWS, TEMPLATES
from fupin_desktop.policy.rules import registry
from fupin_desktop.policy.working import Step

D = Decimal


def test_the_sentences_of_the_working_pane() -> None:
    rate = Step(4, "番薯", "amount.rate", (("quantity", D(3)), ("unit", "亩"), ("rate", D("220.00"))), D(660), "元", "方案第2项")
    assert tell(rate) == "番薯 3.000 亩 × 220 元/亩 = 660.00 元"
    inputs = (("amount", D(660)), ("cost", D(560)), ("ratio", D(1)), ("ceiling", D(560)))
    cost = Step(7, "", "cost.ceiling", inputs, D(560), "元", "吴川 三(二)4")
    assert tell(cost) == "成本封顶：核定成本 560.00 元 × 100% = 560.00 元，660.00 元 → 560.00 元"


def test_optional_parts_appear_only_when_given() -> None:
    inputs = (("amount", D(9)), ("cost", D(10)), ("ratio", D("0.85")), ("other_subsidy", D(2)), ("earlier", D(1)), ("ceiling", D("5.5")))
    told = tell(Step(7, "", "cost.ceiling", inputs, D("5.5"), "元", ""))
    assert told == "成本封顶：核定成本 10.00 元 × 85% − 其他补助 2.00 元 − 本年前批 1.00 元 = 5.50 元，9.00 元 → 5.50 元"
    group = Step(1, "", "entry.unlisted", (("product", "藤编"), ("group", "")), D(0), "元", "")
    assert tell(group) == "藤编 方案没有列入，不计"


def test_a_result_without_end_is_about() -> None:
    inputs = (("quantity", D(7)), ("unit", "亩"), ("rate", D("1.01")), ("exact", "1/3"))
    assert "≈ 0.333333 元" in tell(Step(4, "水稻", "amount.rate", inputs, D("0.333333"), "元", ""))


def test_names_with_braces_are_told_as_they_are() -> None:
    step = Step(1, "{x}⟦y⟧", "quantity.missing", (("product", "{0}⟦{z}⟧"),), D(0), "亩", "")
    assert tell(step) == "{0}⟦{z}⟧ 没有登记数量，不计"


@pytest.mark.parametrize(
    ("amount", "text"), [("0", "0.00 元"), ("2399.76", "2,399.76 元"), ("718.42815", "718.42815 元"), ("1E+3", "1,000.00 元")]
)
def test_money(amount: str, text: str) -> None:
    assert money(D(amount)) == text


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [("3", "亩", "3.000 亩"), ("1234.5", "亩", "1,234.500 亩"), ("12.000", "头", "12 头"), ("12.5", "头", "12.5 头"), ("3", "", "3")],
)
def test_quantity(number: str, unit: str, text: str) -> None:
    assert quantity(D(number), unit) == text


def test_every_template_has_its_rows() -> None:
    templates = TEMPLATES | registry.SENTENCES
    assert {rule for rule, template in templates.items() if "{rows}" in template} == set(ROWS | registry.ROWS)
