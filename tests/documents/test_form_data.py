"""Values of a form: typed from texts and JSON, refused with a sentence, given back as they were."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fupin_desktop.documents.definition.form import TYPES, Field
from fupin_desktop.documents.definition.loader import load_form
from fupin_desktop.documents.filling.data import (
    coerce,
    missing,
    parse_value,
    show_value,
    template,
    to_plain,
    with_sums,
)
from tests.documents.official import OFFICIAL, Markers, sample

VILLAGE = load_form("village_application")
HOUSEHOLD = load_form("household_application")


def field(kind: str, **more: Any) -> Field:
    return Field("one", "一项", kind, **more)


GOOD = [
    ("text", "  低岭村\t一组 ", "低岭村 一组"),
    ("text", "２０２６年", "2026年"),
    ("text", "优质水稻（吴阳丝苗）", "优质水稻（吴阳丝苗）"),
    ("text", "一\n二", "一 二"),
    ("long", "一 \n二\n\n", "一\n二"),
    ("phone", "１３８ 2254 0016", "13822540016"),
    ("phone", "1382254", "1382254"),
    ("money", "¥1,234.5", Decimal("1234.50")),
    ("money", "0", Decimal("0.00")),
    ("area", "12.5亩", Decimal("12.500")),
    ("quantity", "60", Decimal("60.000")),
    ("count", "1,902", 1902),
    ("date", "2026-3-1", date(2026, 3, 1)),
    ("date", "2026年3月1日", date(2026, 3, 1)),
    ("date", "20260301", date(2026, 3, 1)),
    ("date", "2026/12/31", date(2026, 12, 31)),
    ("choice", "乙", "乙"),
    ("several", "丙，甲", ["甲", "丙"]),
    ("yes_no", "是", True),
    ("yes_no", "否", False),
]


@pytest.mark.parametrize(("kind", "text", "value"), GOOD)
def test_what_is_typed_is_understood_and_shown_so_that_it_is_understood_again(kind: str, text: str, value: Any) -> None:
    one = field(kind, choices=("甲", "乙", "丙") if kind in ("choice", "several") else ())
    assert parse_value(one, text) == value
    assert parse_value(one, show_value(one, value)) == value


@pytest.mark.parametrize("kind", [kind for kind in TYPES if kind not in ("list", "opinion")])
def test_nothing_is_nothing(kind: str) -> None:
    one = field(kind, choices=("甲",))
    assert parse_value(one, " \u3000") is None
    assert show_value(one, None) == ""


BAD = [
    ("money", "12.345", "2位小数"),
    ("money", "一百", "金额"),
    ("money", "-1", "小于0|负"),
    ("area", "1.2345", "小数"),
    ("count", "1.5", "整数"),
    ("count", "-3", "整数"),
    ("date", "2026-2-30", "没有"),
    ("date", "明天", "不是日期"),
    ("date", "3.1", "不是日期"),
    ("date", "0026-1-1", "不是日期"),
    ("choice", "丁", "甲、乙"),
    ("several", "甲、丁", "丁"),
    ("yes_no", "也许", "是"),
    ("text", "长" * 11, "最多 10 个字"),
    ("long", "长" * 4001, "4000"),
]


@pytest.mark.parametrize(("kind", "text", "said"), BAD)
def test_what_is_wrong_is_said_in_chinese(kind: str, text: str, said: str) -> None:
    choices = ("甲", "乙") if kind in ("choice", "several") else ()
    one = field(kind, choices=choices, max_length=10 if kind == "text" else 0)
    with pytest.raises(ValueError, match=said) as caught:
        parse_value(one, text)
    assert any("\u4e00" <= character <= "\u9fff" for character in str(caught.value))


def test_length_is_allowed_to_its_limit() -> None:
    assert parse_value(field("text", max_length=10), "长" * 10) == "长" * 10


def test_a_day_without_its_year_takes_the_one_given() -> None:
    assert parse_value(field("date"), "3.1", year=2026) == date(2026, 3, 1)
    assert parse_value(field("date"), "12月5日", year=2026) == date(2026, 12, 5)


@pytest.mark.parametrize("form_id", OFFICIAL)
def test_data_survives_the_way_to_json_and_back(form_id: str) -> None:
    form = load_form(form_id)
    for data in (sample(form_id), with_sums(form, Markers().fill(form))):
        again, faults = coerce(form, to_plain(form, data))
        assert faults == []
        assert to_plain(form, again) == to_plain(form, data)


@pytest.mark.parametrize("form_id", OFFICIAL)
def test_what_is_typed_comes_back_of_the_same_type(form_id: str) -> None:
    data = sample(form_id)
    again, _ = coerce(load_form(form_id), to_plain(load_form(form_id), data))
    assert again == data


@pytest.mark.parametrize("form_id", OFFICIAL)
def test_the_template_names_every_field_and_is_accepted(form_id: str) -> None:
    form = load_form(form_id)
    empty = template(form)
    assert set(empty) == {name for name, one in form.fields.items() if not one.sum_of}
    _, faults = coerce(form, empty)
    assert faults == []


def test_faults_name_their_place() -> None:
    data, faults = coerce(
        VILLAGE,
        {
            "leader": "陈观保",
            "colour": "红",
            "reported_on": "昨天",
            "investment_special": "1.234",
            "poor_village": 2,
            "households": [{"head": "吴华契", "area": "多"}, "x", {"nobody": 1}],
            "opinion_village": {"agrees": "是", "date": "2026-13-1", "who": "x"},
            "opinion_assisting": "同意",
            "certifications": ["绿色食品", "假的"],
        },
    )
    assert data["leader"] == "陈观保"
    assert [fault.path for fault in faults] == [
        "colour",
        "reported_on",
        "investment_special",
        "poor_village",
        "households[0].area",
        "households[1]",
        "households[2].nobody",
        "opinion_village.agrees",
        "opinion_village.date",
        "opinion_village.who",
        "opinion_assisting",
        "certifications",
    ]
    assert data["households"][0] == {"head": "吴华契"}
    assert all(fault.sentence for fault in faults)


def test_a_list_that_is_none_and_a_text_that_is_one_are_refused() -> None:
    _, faults = coerce(VILLAGE, {"households": "吴华契", "leader": ["陈观保"], "persons_all": True})
    assert [fault.path for fault in faults] == ["households", "leader", "persons_all"]


def test_numbers_of_json_stay_exact() -> None:
    data, faults = coerce(VILLAGE, {"investment_special": 0.1, "area_large": 12, "persons_all": 1902})
    assert faults == []
    assert data["investment_special"] == Decimal("0.10")
    assert data["area_large"] == Decimal("12.000")
    assert data["persons_all"] == 1902


def test_sums_are_computed_and_checked() -> None:
    parts = {"area_cooperative": "120", "area_large": "86.5", "area_scattered": "73.24"}
    data, faults = coerce(VILLAGE, parts)
    assert (data["area_total"], faults) == (Decimal("279.740"), [])
    _, faults = coerce(VILLAGE, {**parts, "area_total": "279.740"})
    assert faults == []
    _, faults = coerce(VILLAGE, {**parts, "area_total": "279.741"})
    assert [(fault.path, "279.740" in fault.sentence) for fault in faults] == [("area_total", True)]
    assert coerce(VILLAGE, {})[0]["area_total"] is None


def test_sums_inside_a_list_are_computed() -> None:
    town = load_form("town_application")
    data, _ = coerce(town, {"villages": [{"name": "低岭村", "cooperative": "1", "scattered": "2.5"}]})
    assert data["villages"][0]["total"] == Decimal("3.500")


def test_required_fields_are_found_in_the_form_and_in_lists() -> None:
    data = sample("household_application")
    assert missing(HOUSEHOLD, data) == []
    data["items"][1].pop("unit")
    data["statement"] = None
    assert [fault.path for fault in missing(HOUSEHOLD, data)] == ["statement", "items[1].unit"]
    data["items"] = []
    assert [fault.path for fault in missing(HOUSEHOLD, data)] == ["statement", "items"]


def test_a_path_leads_to_its_field() -> None:
    assert VILLAGE.field_at("leader") is VILLAGE.fields["leader"]
    assert VILLAGE.field_at("households[3].area") is VILLAGE.fields["households"].fields["area"]
    assert VILLAGE.field_at("households[3]") is VILLAGE.fields["households"]
    assert VILLAGE.field_at("nothing") is None
    assert VILLAGE.field_at("leader[0].area") is None
    assert VILLAGE.field_at("households[x].area") is None


def test_boxes_are_signed_in_their_order() -> None:
    assert [one.name for one in VILLAGE.opinions] == [
        "opinion_village",
        "opinion_assisting",
        "opinion_town_office",
        "opinion_town_government",
        "opinion_county_office",
    ]
    assert all(one.unit for form_id in OFFICIAL for one in load_form(form_id).opinions)


@pytest.mark.parametrize("form_id", OFFICIAL)
def test_bindings_are_those_that_are_listed(form_id: str) -> None:
    from fupin_desktop.paths import forms

    listed = (forms() / "BINDINGS.md").read_text(encoding="utf-8")
    for one in load_form(form_id).fields.values():
        for name in filter(None, (one.bind, one.default)):
            assert f"`{name}`" in listed
        if one.bind and one.type == "list":
            line = next(line for line in listed.splitlines() if f"`{one.bind}`" in line)
            assert all(f"`{inner}`" in line for inner in one.fields)


def test_a_public_copy_masks_numbers_in_free_text_too() -> None:
    from fupin_desktop.documents.definition.loader import load_form
    from fupin_desktop.documents.filling.data import public_copy
    from fupin_desktop.domain.masking import find_leaks

    number, spoken = "440883195501032115", "证号440883195501032115，电话138-0013-8001"
    data = {
        "reason": spoken,
        "village_opinion": {"agrees": True, "text": spoken, "name": "张某 13900000001", "date": ""},
        "items": [{"evidence": f"收据 {number}", "area": "3.5"}],
    }
    shown = public_copy(load_form("household_application"), data)
    assert find_leaks("\n".join(map(str, [shown["reason"], shown["village_opinion"], shown["items"]]))) == []
    assert shown["reason"] == "证号440883********2115，电话138****8001"
    assert shown["items"][0]["area"] == "3.5"
