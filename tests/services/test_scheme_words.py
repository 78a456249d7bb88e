"""The sentences of a scheme as notices and papers print them: the written cases of ``tests/cases/schemes``."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.policy.scheme.file import scheme_from_dict
from fupin_desktop.services.schemes.words import method_sentences, reason_sentences, rule_sentences

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "schemes" / "words.toml").read_text("utf-8"))
HEAD = {"name": "低岭村2026年度产业奖补资金安排方案", "place": "低岭村", "year": 2026}
ITEM = {"name": "水稻", "unit": "亩", "products": ["水稻"]}
TEN = Decimal(10)


def scheme(item: dict[str, Any] | None = None, **more: Any) -> AwardScheme:
    given = item or {"kind": "rate", "rate": "240"}
    return scheme_from_dict({**HEAD, "item": [{**ITEM, **given}], **more}, "x")


def ids(name: str) -> list[str]:
    return [f"{place} {case['says'] if name == 'item' else case.get('scheme', case.get('reasons', ''))}" for place, case in enumerate(CASES[name])]


@pytest.mark.parametrize("case", CASES["item"], ids=ids("item"))
def test_the_standard_of_an_item_is_one_sentence(case: dict[str, Any]) -> None:
    (said,) = rule_sentences(scheme(case["item"]), TEN)
    assert said == case["says"]
    assert not re.search("[a-z]", said)


@pytest.mark.parametrize("case", CASES["method"], ids=ids("method"))
def test_how_awards_are_found_is_told_step_by_step(case: dict[str, Any]) -> None:
    said = method_sentences(scheme(**case.get("scheme", {})), TEN)
    assert list(said) == case["says"]
    assert all(one.endswith("。") and not re.search("[a-z]", one) for one in said)


@pytest.mark.parametrize("case", CASES["reason"], ids=ids("reason"))
def test_reasons_are_told_with_what_they_are_about(case: dict[str, Any]) -> None:
    assert list(reason_sentences(scheme(reasons=case["reasons"]), case["paper"])) == case["says"]


def test_another_start_of_large_households_is_told_wherever_it_counts() -> None:
    tiers = {"kind": "tiers", "tiers": [{"from": "0", "rate": "1"}, {"from": "large", "rate": "2"}]}
    made = scheme(tiers)
    assert rule_sentences(made, Decimal("8.50")) == ("水稻：每亩 1 元，8.5 亩及以上每亩 2 元",)
    assert method_sentences(made, Decimal("8.50"))[1] == "全户种养面积 8.5 亩及以上为大户。"
