"""Keys of a scheme in words: ``item[2].tiers[1].rate`` becomes “第 2 项 番薯 · 第 1 档 · 单价”."""

from __future__ import annotations

import re
from typing import Any

from fupin_desktop.policy.rules import all_kinds

_PART = re.compile(r"([^.\[\]]+)(?:\[(\d+)\])?")
_WORDS = {
    "name": "名称", "place": "村(镇)", "year": "年度", "batch": "批次", "main_products": "主导产品",
    "large_from": "大户起点", "decision": "议定", "village": "村(居)委会", "assisting_unit": "对口帮扶单位",
    "decided_on": "议定日期", "meeting": "会议", "document": "文件", "source": "资金来源", "kind": "种类",
    "amount": "金额", "original_plan": "原定方案", "pool": "总额", "cost_ratio": "成本比例",
    "cost_scope": "成本封顶范围",
    "other_subsidy": "其他补助", "caps": "每户封顶", "per_household": "每户最多", "per_person": "每人最多",
    "by_class": "按户类别", "per_person_by_class": "按户类别(每人)",
    "batch_classes": "不连前批的户类别", "batch_by_class": "本批按户类别",
    "batch_per_person_by_class": "本批按户类别(每人)", "additional": "叠加",
    "group_caps": "封顶组", "when_short": "资金不足时", "priority": "先后顺序",
    "class_order": "户类别先后", "rounding_unit": "取整到", "rounding_mode": "取整方法", "item": "奖补项目",
    "unit": "单位", "products": "产品", "product_groups": "产业类别", "other": "其他", "minimum": "起补",
    "quantity_cap": "数量封顶", "money_cap": "金额封顶", "cap_group": "封顶组", "rate": "单价", "tiers": "分档",
    "from": "起点", "label": "名称", "steps": "分档", "threshold": "达到数量", "share": "比例",
    "limit_per_unit": "每单位最多",
    "by_year": "分年标准", "factor": "系数", "variant": "分类标准", "classes": "户类别", "villages": "村",
    "size": "规模", "reasons": "书面理由", "measure": "按什么分档", "progression": "累进", "share_of": "按什么",
}


def key_words(key: str, data: dict[str, Any]) -> str:
    """A key as the clerk knows it.

    Args:
        key: As ``BadDefinition`` names it.
        data: The draft's tables, for the names of items.
    """
    return " · ".join(_part(name, number, data) for name, number in _PART.findall(key)) or key


def _labels() -> dict[str, str]:
    """What the editor calls the fields of the kinds of rule."""
    return {control.key: control.label for kind in all_kinds() for control in kind.controls}


def _part(name: str, number: str, data: dict[str, Any]) -> str:
    word = _WORDS.get(name) or _labels().get(name, name)
    if not number:
        return word
    items = data.get("item", [])
    if name == "item" and int(number) <= len(items):
        return f"第 {number} 项 {items[int(number) - 1].get('name', '')}".rstrip()
    return f"{word}第 {number} 行"
