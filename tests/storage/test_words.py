"""Keys, search words, field metadata, documents."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.storage import fields, search_keys
from fupin_desktop.storage.document_type import dump_document, load_document
from fupin_desktop.storage.entities import Base, FarmItem, Household, Participation, Person
from fupin_desktop.storage.fields import Kind
from fupin_desktop.storage.keys import new_key, new_keys
from fupin_desktop.storage.store import Store
from tests.storage.office_file import add_household, add_village


def test_keys_are_uuid7_and_rise() -> None:
    keys = new_keys(1000)
    assert keys == sorted(set(keys))
    assert all(len(key) == 32 and key[12] == "7" and key == key.lower() for key in keys)
    assert new_key() > keys[-1]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("张三", "zs"),
        ("单小明", "sxm"),
        ("单小明", "dxm"),
        ("仇英", "qy"),
        ("曾国藩", "zgf"),
        ("区大相", "odx"),
        ("解缙", "xj"),
        ("查良镛", "zly"),
        ("翟让", "zr"),
        ("朴树", "ps"),
        ("覃塘", "qt"),
        ("覃塘", "tt"),
        ("盖聂", "gn"),
        ("尉迟恭", "ycg"),
        ("万俟卨", "mqx"),
        ("长孙无忌", "zswj"),
        ("䶮𠅤", "yx"),
        ("塘㙍镇", "tdz"),
        ("欧阳·买买提", "oymmt"),
        ("John", "john"),
        ("", ""),
    ],
)
def test_initials_have_the_reading_that_clerks_type(name: str, words: str) -> None:
    assert words in search_keys.initials(name).split() or words == search_keys.initials(name)


@given(st.text(max_size=12))
def test_any_name_has_a_search_and_a_sort_word(name: str) -> None:
    assert search_keys.initials(name) == search_keys.initials(name).lower()
    assert len(search_keys.initials(name).split()) <= 7
    assert search_keys.sort_key(name).endswith(name)


def test_names_sort_by_pinyin_with_surnames_read_as_surnames() -> None:
    names = ["张三", "阿强", "单田芳", "沈括", "丹青", "仇英", "秦琼", "𬭳"]
    assert sorted(names, key=search_keys.sort_key) == ["阿强", "丹青", "秦琼", "仇英", "单田芳", "沈括", "𬭳", "张三"]


def test_a_household_is_found_by_each_of_its_words(store: Store) -> None:
    word = search_keys.search_key("单小明", "440883197001011232", "低岭村", "H-0012")
    key = add_household(store, add_village(store), "单小明", search_key=word)

    def found(text: str) -> bool:
        with store.session() as session:
            return session.scalars(select(Household.key).where(search_keys.matching(Household.search_key, text))).all() == [key]

    assert all(found(text) for text in ("单小明", "小明", "sxm", "DXM", "1232", "低岭", "dlc", "h-0012", "sxm 低岭", "1232 s"))
    assert not any(found(text) for text in ("张", "sxn", "9999", "sxm 那罗", "%", "_", "/"))


def test_fields_tell_what_stands_at_the_column() -> None:
    found = fields.of(Household)
    area = found["cultivated_milli"]
    assert (area.heading, area.kind, area.unit, area.at_most) == ("耕地面积(亩)", Kind.AREA, "亩", 100_000)
    assert found["household_class"].choices is HouseholdClass
    assert found["head_name"].required
    assert found["head_name"].headings[:2] == ("户主姓名", "户主")
    assert "village_key" not in found
    assert next(iter(found)) == "code"


HEADINGS = {
    Household: (
        "户编号 户主姓名 户主证件号码 村民小组 自然村 户类别 贫困户属性 家庭人口数 识别标准 主要致贫原因 开户银行名称 开户行 账户名 银行卡号 "
        "一卡通账号 联系电话 耕地面积(亩) 水面面积 林果面积(亩) 林地面积(亩) 是否加入农民专业合作组织 生产经营性收入 产业发展指导员"
    ),
    Participation: "参与情况 全户种养面积(亩) 本年已奖补(元) 优先顺序",
    FarmItem: (
        "产品 种养项目 产业类别 计量单位 申报数量 验收数量 计划数量 种养面积(亩) 核定成本(元) 成本依据 收入(元) 其他补助(元) 基地类型 补助年次 备注"
    ),
    Person: "人编号 姓名 证件号码 身份证号 身份证号码 与户主关系 性别 民族 文化程度 健康状况 劳动技能 务工状况 人均纯收入 联系电话",
}


@pytest.mark.parametrize("entity", HEADINGS)
def test_every_heading_of_the_trade_is_known(entity: type[Base]) -> None:
    known = {heading for field in fields.of(entity).values() for heading in field.headings}
    assert set(HEADINGS[entity].split()) <= known


@pytest.mark.parametrize("entity", HEADINGS)
def test_no_two_fields_of_an_entity_claim_one_heading(entity: type[Base]) -> None:
    shown = [field for field in fields.of(entity).values() if field.label not in ("搜索词", "排序词")]
    claimed = [heading for field in shown for heading in field.headings]
    assert len(claimed) == len(set(claimed))


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates() | st.datetimes() | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc中", max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(PLAIN)
def test_documents_come_back_exact(value: Any) -> None:
    assert load_document(dump_document(value)) == value


def test_documents_keep_types_and_refuse_floats_of_unknown_kinds() -> None:
    kept = load_document(dump_document([Decimal("1.20"), date(2026, 1, 5), datetime(2026, 1, 5, 8, 0)]))  # noqa: DTZ001
    assert [type(one) for one in kept] == [Decimal, date, datetime]
    assert str(kept[0]) == "1.20"
    with pytest.raises(TypeError):
        dump_document({1, 2})
