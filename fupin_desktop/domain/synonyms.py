"""Words by which registers call the entries of our closed lists; the lists themselves are in ``domain.vocabulary``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from fupin_desktop.domain.vocabulary import BaseKind, EntryKind, FundKind, HouseholdClass, Participation, Word

_YES = ("是", "有", "已加入", "加入", "√", "✓", "y", "yes", "true", "1", "对", "s")
_NO = ("否", "无", "未加入", "没有", "×", "✗", "x", "n", "no", "false", "0", "不是", "-", "—", "/", "f")
FLAGS: dict[str, bool | None] = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False), "不详": None}
"""What yes and no are called, in small letters."""
_SYNONYMS: dict[type[Word], dict[Any, tuple[str, ...]]] = {
    Participation: {
        Participation.BASE: ("是", "参加", "已参与", "基地参与", "参与基地", "1", "√", "y", "yes", "true"),
        Participation.SCATTERED: ("分散", "分散种植", "分散种养", "散户", "小农户分散参与", "分散养殖"),
        Participation.NONE: ("否", "不参与", "没有参与", "没参与", "不参加", "未参加", "0", "×", "n", "no", "false"),
    },
    HouseholdClass: {
        HouseholdClass.POOR: (
            *("贫困", "建档立卡贫困户", "建档立卡户", "建档立卡", "一般贫困户", "低保贫困户", "五保贫困户", "低保户"),
            *("五保", "五保户", "特困供养贫困户", "特困供养户", "未脱贫", "未脱贫户", "返贫", "返贫户", "低保"),
        ),
        HouseholdClass.OUT_OF_POVERTY: (
            *("已脱贫", "脱贫", "一般脱贫户", "已脱贫户", "稳定脱贫户", "脱贫(享受政策)", "脱贫(不享受政策)"),
            *("已脱贫(享受政策)", "已脱贫(不享受政策)", "正常脱贫", "自然脱贫", "脱贫人口", "脱贫不享受政策"),
            "脱贫享受政策",
        ),
        HouseholdClass.MONITORED: (
            *("脱贫不稳定户", "监测对象", "脱贫监测户", "不稳定脱贫户", "突发严重困难户", "监测", "脱贫不稳定"),
            "突发严重困难",
        ),
        HouseholdClass.EDGE: ("边缘易致贫户", "边缘", "边缘人口", "易致贫户", "边缘易致贫"),
        HouseholdClass.ORDINARY: ("一般农户", "非贫困户", "普通农户", "普通户", "一般", "农户"),
    },
    BaseKind: {
        BaseKind.COOPERATIVE: ("合作社", "合作社种植", "基地", "合作社基地种植", "农民专业合作社基地"),
        BaseKind.LARGE: ("大户", "种养大户", "种植大户", "养殖大户", "大户种植"),
        BaseKind.SCATTERED: ("分散", "散种", "分散养殖", "分散种养", "散户", "自种", "自养"),
    },
    FundKind: {
        FundKind.DONATION_630: ("6·30捐款", "6·30捐助"),
        FundKind.PER_HEAD_20000: ("人均2万",),
        FundKind.TOWN_INDUSTRY: ("一镇一业",),
        FundKind.OTHER: ("其他",),
    },
    EntryKind: {
        EntryKind.ASSIGNED: ("指标下达", "下达指标"),
        EntryKind.RECEIVED: ("到位", "收入", "拨入", "收款", "结转", "上年结转"),
        EntryKind.ALLOCATED: ("分配", "安排资金"),
        EntryKind.PAID: ("支出", "支付", "付款"),
    },
}
_MARKS = str.maketrans("", "", "“”\"'·.、 ")


def plain_word(text: str) -> str:
    """A word without blanks, quotation marks and dots, in small letters, as words are compared."""
    return text.translate(_MARKS).lower()


@cache
def _table(words: type[Word]) -> Mapping[str, Word]:
    """The entries of a list by every text that stands for them."""
    found: dict[str, Word] = {}
    synonyms = _SYNONYMS.get(words, {})
    for word in words:
        found |= dict.fromkeys(map(plain_word, (*synonyms.get(word, ()), word.value, word.label)), word)
    return found


def word_of(words: type[Word], text: str) -> Word | None:
    """The entry of a closed list that a compacted text stands for: its label, its code or a synonym; else None."""
    return _table(words).get(plain_word(text))


@cache
def labels_of(text: str) -> frozenset[str]:
    """The labels for which a compacted text stands in any list, for lists of choices that are written as labels."""
    return frozenset(word.label for words in _SYNONYMS if (word := word_of(words, text)))
