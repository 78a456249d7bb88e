"""Words by which registers call the entries of our closed lists; the lists themselves are in ``domain.vocabulary``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from fupin_desktop.domain.project_words import Quarter
from fupin_desktop.domain.vocabulary import BaseKind, EntryKind, FundKind, HouseholdClass, Participation, Word

_YES = ("是", "有", "已加入", "加入", "√", "✓", "y", "yes", "true", "1", "对", "s")
_NO = ("否", "无", "未加入", "没有", "×", "✗", "x", "n", "no", "false", "0", "不是", "-", "—", "/", "f")
FLAGS: dict[str, bool | None] = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False), "不详": None}
"""What yes and no are called, in small letters."""
_SYNONYMS: dict[type[Word], dict[Any, tuple[str, ...]]] = {
    Participation: {
        Participation.BASE: (
            *("是", "参加", "已参与", "基地参与", "参与基地", "参与户", "参与贫困户", "参与农户"),
            *("1", "√", "y", "yes", "true"),
        ),
        Participation.SCATTERED: (
            *("分散", "分散种植", "分散种养", "散户", "小农户分散参与", "分散养殖", "分散户"),
            *("分散参与户", "分散参与贫困户", "分散式", "分散式参与", "分散式参与户", "分散式参与贫困户"),
            *("分散式种植", "分散式贫困小农户"),
        ),
        Participation.NONE: (
            *("否", "不参与", "没有参与", "没参与", "不参加", "未参加"),
            *("不参与户", "不参与贫困户", "未参与户", "未参与贫困户", "0", "×", "n", "no", "false"),
        ),
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
        FundKind.INCENTIVE_FUND: ("激励基金",),
        FundKind.OTHER: ("其他",),
    },
    EntryKind: {
        EntryKind.ASSIGNED: ("指标下达", "下达指标"),
        EntryKind.RECEIVED: ("到位", "收入", "拨入", "收款", "结转", "上年结转"),
        EntryKind.ALLOCATED: ("分配", "安排资金"),
        EntryKind.PAID: ("支出", "支付", "付款"),
    },
    Quarter: {
        Quarter.FIRST: ("第一季度", "第1季度", "1季度", "一季", "第一季", "q1"),
        Quarter.SECOND: ("第二季度", "第2季度", "2季度", "二季", "第二季", "q2"),
        Quarter.THIRD: ("第三季度", "第3季度", "3季度", "三季", "第三季", "q3"),
        Quarter.FOURTH: ("第四季度", "第4季度", "4季度", "四季", "第四季", "q4"),
    },
}
_LABELS: dict[str, str] = {
    **dict.fromkeys(("租金", "土地流转", "土地出租", "流转土地", "土地流转租金", "租地"), "土地租金"),
    **dict.fromkeys(("务工就业", "就业务工", "吸纳就业", "吸纳务工", "就业"), "务工"),
    **dict.fromkeys(("分红", "股份分红"), "入股分红"),
    **dict.fromkeys(("订单", "订单收购", "订单农业"), "订单帮扶"),
    **dict.fromkeys(("种植业", "种植类"), "种植"),
    **dict.fromkeys(("养殖业", "养殖类"), "养殖"),
    **dict.fromkeys(("加工业", "农产品加工", "农产品加工业"), "加工"),
    **dict.fromkeys(("休闲农业", "乡村旅游", "旅游", "农旅", "休闲旅游"), "休闲农业和乡村旅游"),
    **dict.fromkeys(("光伏发电", "光伏电站"), "光伏"),
    "经济效益指标": "经济效益", "社会效益指标": "社会效益", "生态效益指标": "生态效益", "可持续影响指标": "可持续影响",
    **dict.fromkeys(("服务对象满意度指标", "群众满意度", "受益对象满意度"), "服务对象满意度"),
}  # fmt: skip
"""The entry of a list of the policy files (kinds of industry, linkage, indicator) by other words in use."""
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
    found = [word.label for words in _SYNONYMS if (word := word_of(words, text))]
    return frozenset([*found, *filter(None, [_LABELS.get(plain_word(text))])])
