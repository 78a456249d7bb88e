"""How values are written, and templates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fupin_desktop.documents.definition.formats import Place, Template, prose, wide_marks, written


@pytest.mark.parametrize(
    ("value", "form", "unit", "expected"),
    [
        (Decimal("1234.5"), "money", "", "1,234.50"),
        (Decimal("1234.5"), "yuan", "", "¥1,234.50"),
        (Decimal("6007.14"), "capital", "", "人民币陆仟零柒元壹角肆分"),
        (Decimal(3), "area", "", "3.000"),
        (Decimal("3.000"), "quantity", "亩", "3.000"),
        (Decimal("30.000"), "quantity", "羽", "30"),
        (12, "count", "", "12"),
        (date(2026, 1, 5), "date", "", "2026年1月5日"),
        ("1234", "paren", "", "（1234）"),
        (("水稻", "番薯"), "joined", "", "水稻、番薯"),
        (None, "money", "", ""),
        ("", "capital", "", ""),
        (Decimal(0), "money", "", "0.00"),
    ],
)
def test_values_as_printed(value: object, form: str, unit: str, expected: str) -> None:
    assert written(value, form, unit) == expected


def test_prose_has_full_width_marks_and_no_blanks_around_figures() -> None:
    typed = "名册 38 户，参与 35 户 (大户 9 户)，合计 28,431.76 元；结余 1 元。"
    assert prose(typed) == "名册38户，参与35户（大户9户），合计28,431.76元；结余1元。"
    assert prose("方案 12:30 三(二)4") == "方案12:30三（二）4"
    assert wide_marks("番薯 3.000 亩 × 220 元/亩") == "番薯 3.000 亩 × 220 元/亩"


def test_templates_find_their_places() -> None:
    template = Template("{{{place}}}{year:count}年")
    assert list(template.places) == [Place("place", ""), Place("year", "count")]
    assert template.fill(lambda place: place.name.upper()) == "{PLACE}YEAR年"


@pytest.mark.parametrize("text", ["{", "}", "{一}", "{a:1}", "{a b}"])
def test_a_stray_brace_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="花括号"):
        Template(text)
