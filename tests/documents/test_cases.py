"""The written cases of ``tests/cases/documents``: lines of text, and what is typed into fields."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.documents.definition.form import Field
from fupin_desktop.documents.faces.fonts import chain
from fupin_desktop.documents.filling.data import coerce_value
from fupin_desktop.documents.filling.entries import parse_value, show_value
from fupin_desktop.documents.layout.linebreak import balance, wrap

FOLDER = Path(__file__).parents[1] / "cases" / "documents"
CHOICES = ("种植", "养殖", "林业", "休闲农业和乡村旅游", "其他")


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["case"]
    return found


@pytest.mark.parametrize("case", cases("lines"), ids=lambda case: case["why"])
@pytest.mark.parametrize("family", ["song", "fangsong", "hei"])
def test_lines_end_where_they_may(case: dict[str, Any], family: str) -> None:
    faces = chain(family)
    assert wrap(case["text"], faces, case["width"], case.get("first")) == case["lines"]
    if "balanced" in case:
        assert balance(case["text"], faces, case["width"]) == case["balanced"]


def test_a_title_of_an_office_parts_between_phrases_if_both_lines_stay_long() -> None:
    faces, title = chain("biaosong"), "关于长塘村2026年度产业奖补资金分配情况的公示"
    assert balance(title, faces, 20, phrases=True) == ["关于长塘村2026年度", "产业奖补资金分配情况的公示"]
    assert balance(title, faces, 20) == ["关于长塘村2026年度产业", "奖补资金分配情况的公示"], "as papers of earlier versions"
    assert balance("关于2026年度产业扶贫项目资金使用计划的公示", faces, 20, phrases=True)[0] != "关于2026年度"


@pytest.mark.parametrize("case", cases("typed"), ids=lambda case: f"{case['type']} {case['text']!r}")
def test_what_is_typed_is_kept_as_it_is_meant(case: dict[str, Any]) -> None:
    kind = case["type"]
    choices = CHOICES if kind in ("choice", "several") else ()
    field = Field("one", "一项", kind, unit=case.get("unit", ""), choices=choices, max_length=case.get("most", 0))
    if "said" in case:
        with pytest.raises(ValueError, match="[一-鿿]") as caught:
            parse_value(field, case["text"], year=case.get("year"))
        assert case["said"] in str(caught.value)
        return
    value = parse_value(field, case["text"], year=case.get("year"))
    wanted = next((case[key] for key in ("value", "whole", "list", "flag") if key in case), None)
    wanted = Decimal(case["number"]) if "number" in case else wanted
    assert value == wanted
    assert type(value) is type(wanted)
    assert parse_value(field, show_value(field, value)) == value, "what is shown is understood again"
    assert coerce_value(field, value) == value, "what is kept is taken again"
