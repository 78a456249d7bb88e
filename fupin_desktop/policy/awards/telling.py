"""The working of an award told in Chinese: one sentence a step, with the arithmetic in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from fupin_desktop.policy.awards.templates import (
    AREAS,
    ITEM_CEILINGS,
    MEASURED,
    PLAIN,
    QUANTITIES,
    RATES,
    SHARES,
    row_words,
    template,
)
from fupin_desktop.policy.working import Step, Value

Pairs = Sequence[tuple[str, Value]]
OPTIONAL = re.compile("⟦(.*?)⟧")
FIELD = re.compile(r"\{(\w+)\}")
GIVEN = (("declared", "申报"), ("accepted", "验收"), ("planned", "计划"))


def tell(step: Step) -> str:
    """The Chinese sentence of a step, e.g. ``番薯 3.000 亩 × 220 元/亩 = 660.00 元``."""
    texts = _texts(step.inputs, step)
    rule = step.rule
    if rule == "sum.items":
        rule = {0: "sum.none", 1: "sum.one"}.get(sum(name == "item" for name, _ in step.inputs), rule)
    texts["item"] = step.item
    if step.result is not None:
        texts["result"] = _result(step)
    texts["eq"] = "≈" if "exact" in texts or "about" in texts else "="
    sentence = template(rule)
    if "{rows}" in sentence:
        texts["rows"] = _rows(step)
    texts.update(_extra(step, texts))
    return _fill(sentence, texts)


def _fill(template: str, texts: dict[str, str]) -> str:
    if "⟦" in template:
        template = "".join([part for part, needed in _parts(template) if all(map(texts.get, needed))])
    return template.format_map(texts)


@cache
def _parts(template: str) -> list[tuple[str, list[str]]]:
    """The parts of a template in order, each with the inputs without which it is left out."""
    parts = enumerate(OPTIONAL.split(template))
    return [(part, FIELD.findall(part) if at % 2 else []) for at, part in parts]


def _texts(pairs: Pairs, step: Step) -> dict[str, str]:
    """The inputs as text, by name; where a name comes several times the last one is kept."""
    given = dict(pairs)
    unit = given.get("unit") or (step.unit if step.unit != "元" else "")
    measured = given.get("measure_unit") or unit
    return {name: _text(name, value, str(unit), str(measured)) for name, value in pairs if value is not None}


def _text(name: str, value: Value, unit: str, measured: str) -> str:
    if isinstance(value, str):
        return value
    number = Decimal(value or 0)
    if name in QUANTITIES:
        return quantity(number, unit)
    if name in MEASURED:
        return quantity(number, measured)
    if name in AREAS:
        return quantity(number, "亩")
    if name in RATES:
        return f"{_plain(number)} 元/{unit}"
    if name in SHARES:
        return f"{_plain(number * 100)}%"
    return _plain(number) if name in PLAIN else money(number)


def _result(step: Step) -> str:
    result = step.result or Decimal(0)
    return money(result) if step.unit == "元" else quantity(result, step.unit)


def money(amount: Decimal) -> str:
    """Yuan with at least two decimals and no more than needed, e.g. ``2,399.76 元``."""
    return f"{_with_decimals(amount, 2)} 元"


def quantity(number: Decimal, unit: str) -> str:
    """A quantity with its unit: 亩 with three decimals, others as short as they are."""
    if unit != "亩":
        return f"{_plain(number)} {unit}".rstrip()
    return f"{_with_decimals(number, 3)} 亩"


def _with_decimals(number: Decimal, least: int) -> str:
    """A number with at least so many decimals and no more than needed; cutting its digits as text is quickest."""
    whole, _, decimals = f"{number:,f}".partition(".")
    if len(decimals) > least:
        decimals = decimals[:least] + decimals[least:].rstrip("0")
    return f"{whole}.{decimals:0<{least}}"


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rows(step: Step) -> str:
    names, sentence, joint = row_words(step.rule)
    if step.rule.startswith("cost.") and any(name == "item_ceiling" for name, _ in step.inputs):
        names, sentence, joint = ITEM_CEILINGS
    pairs = [pair for pair in step.inputs if pair[0] in names]
    shared = [pair for pair in step.inputs if pair[0] == "unit"]
    width = len(names)
    rows = [pairs[at : at + width] for at in range(0, len(pairs), width)]
    return joint.join([_fill(sentence, _texts([*row, *shared], step)) for row in rows])


def _extra(step: Step, texts: dict[str, str]) -> dict[str, str]:
    """Parts of a sentence that depend on more than one input."""
    if step.rule == "quantity.smallest":
        given = [f"{word} {texts[name]}" for name, word in GIVEN if name in texts]
        return {"given": "、".join(given), "smallest": f"，取小 {_result(step)}" if len(given) > 1 else ""}
    if step.rule.startswith("cost."):
        numbers = dict(step.inputs)
        return {"floor": "(不足的计 0)" if _below_zero(step, numbers) else ""}
    return {}


def _below_zero(step: Step, numbers: dict[str, Value]) -> bool:
    """Whether what is taken off is more than the ceiling before it."""
    off = Decimal(numbers.get("other_subsidy") or 0) + Decimal(numbers.get("earlier") or 0)
    if not off or numbers.get("ceiling"):
        return False
    names = [name for name, _ in step.inputs]
    if "item_ceiling" in names:
        before = sum([Decimal(value or 0) for name, value in step.inputs if name == "item_ceiling"], Decimal(0))
    else:
        costs = [Decimal(value or 0) for name, value in step.inputs if name == "cost"]
        ratios = [Decimal(value or 0) for name, value in step.inputs if name == "ratio"]
        before = sum([cost * ratio for cost, ratio in zip(costs, ratios, strict=True)], Decimal(0))
    return off > before
