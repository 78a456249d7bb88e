"""Words by which registers call the entries of our closed lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fupin_desktop.domain.vocabulary import BaseKind, HouseholdClass, Participation, Word

NOTHING = frozenset({"", "无", "—", "——", "-", "--", "/", "\\", "、", "空", "无此项", "不详", "没有"})
"""Signs that stand for an empty cell in number, choice and number-like columns."""
_YES = ("是", "有", "已加入", "加入", "√", "✓", "y", "yes", "true", "1", "对")
_NO = ("否", "无", "未加入", "没有", "×", "✗", "x", "n", "no", "false", "0", "不是", "-", "—", "/")
FLAGS: dict[str, bool | None] = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False), "不详": None}
_PARTICIPATION = {
    Participation.BASE: ("是", "参加", "已参与", "基地参与", "参与基地", "1", "√", "y", "yes", "true"),
    Participation.SCATTERED: ("分散", "分散种植", "分散种养", "散户", "小农户分散参与", "分散养殖"),
    Participation.NONE: ("否", "不参与", "没有参与", "没参与", "不参加", "未参加", "0", "×", "n", "no", "false"),
}
_CLASS = {
    HouseholdClass.POOR: (
        *("贫困", "建档立卡贫困户", "建档立卡户", "建档立卡", "一般贫困户", "低保贫困户", "五保贫困户", "低保户"),
        *("五保", "五保户", "特困供养贫困户", "特困供养户", "未脱贫", "未脱贫户", "返贫", "返贫户", "低保"),
    ),
    HouseholdClass.OUT_OF_POVERTY: ("已脱贫", "脱贫", "一般脱贫户", "已脱贫户", "稳定脱贫户", "脱贫(享受政策)"),
    HouseholdClass.MONITORED: ("脱贫不稳定户", "监测对象", "脱贫监测户", "不稳定脱贫户", "突发严重困难户"),
    HouseholdClass.EDGE: ("边缘易致贫户", "边缘", "边缘人口", "易致贫户"),
    HouseholdClass.ORDINARY: ("一般农户", "非贫困户", "普通农户", "普通户", "一般", "农户"),
}
_BASE = {
    BaseKind.COOPERATIVE: ("合作社", "合作社种植", "基地", "合作社基地种植", "农民专业合作社基地"),
    BaseKind.LARGE: ("大户", "种养大户", "种植大户", "养殖大户", "大户种植"),
    BaseKind.SCATTERED: ("分散", "散种", "分散养殖", "分散种养", "散户", "自种", "自养"),
}


def _table(words: type[Word], more: Mapping[Any, tuple[str, ...]]) -> dict[str, Word]:
    found: dict[str, Word] = {text: word for word in words for text in (word.label, word.value)}
    for word, texts in more.items():
        found.update(dict.fromkeys(texts, word))
    return found


_TABLES: dict[type[Word], dict[str, Word]] = {
    Participation: _table(Participation, _PARTICIPATION),
    HouseholdClass: _table(HouseholdClass, _CLASS),
    BaseKind: _table(BaseKind, _BASE),
}


def word_of(words: type[Word], text: str) -> Word | None:
    """The entry of a closed list that a compacted text stands for, or None."""
    table = _TABLES.get(words)
    if table is None:
        return words.from_label(text)
    return table.get(text) or table.get(text.lower())
