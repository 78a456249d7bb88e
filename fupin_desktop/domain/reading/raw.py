"""Raw cells: what they may be, how they look as text, and which of them hold nothing."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any, NamedTuple, TypeAlias, TypeGuard

from fupin_desktop.domain.text import compact

Raw: TypeAlias = str | float | int | bool | Decimal | date | time | timedelta
NOTHING = frozenset({"", "无", "—", "——", "-", "--", "/", "\\", "、", "空", "无此项", "不详", "没有"})
"""Signs that stand for an empty cell where a number, a word of a list or a date is due."""
ERROR_TEXTS = frozenset(
    {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
UNCALCULATED = "#未计算!"
"""Stands in the cell of a formula that no program has calculated yet."""
EXACT = 10**15
"""From here on a spreadsheet's number, which has 15 digits, has lost some."""
LOOK = "请核对，没有错就不用改"


class Issue(NamedTuple):
    """What is wrong with a cell, or to be looked at; how severe that is depends on where the cell was entered.

    Attributes:
        code: Stable name, e.g. ``not_a_number``.
        sentence: What is wrong, in Chinese, without a full stop.
        todo: What to do, in Chinese, without a full stop.
        taken: What was taken instead, told where the value is kept in spite of the issue; empty as a rule.
    """

    code: str
    sentence: str
    todo: str
    taken: str = ""


class Read(NamedTuple):
    """A value, None for nothing, and what is wrong with its cell.

    With an issue the value is what could be made of the cell.
    """

    value: Any
    issue: Issue | None = None

    @property
    def sure(self) -> Any:
        """The value.

        Raises:
            ValueError: There is an issue; its Chinese sentence is the message.
        """
        if self.issue is not None:
            raise ValueError(self.issue.sentence)
        return self.value


BLANK = Read(None)


def plain(raw: Raw) -> str:
    """The text of a cell as a reader of the sheet sees it."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return f"{raw:.15g}"
    if isinstance(raw, Decimal):
        return f"{raw:f}"
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ", "minutes")
    return str(raw)


def is_nothing(raw: Raw) -> bool:
    """Whether a cell is empty or holds a sign that stands for nothing."""
    return isinstance(raw, str) and len(raw) < 40 and compact(raw) in NOTHING


def is_number(raw: Raw) -> TypeGuard[int | float | Decimal]:
    """Whether a cell holds a number and not a text that looks like one; yes and no are no numbers."""
    return isinstance(raw, int | float | Decimal) and not isinstance(raw, bool)


def formula_issue(raw: Raw) -> Issue | None:
    """What is wrong with a cell that holds a formula without a result, or a number that is none; None for any other."""
    if isinstance(raw, float) and not isfinite(raw):
        return Issue("not_finite", f"格子里是“{raw}”，不是数", "请改成正确的值")
    if not isinstance(raw, str) or not raw.lstrip().startswith("#"):
        return None
    text = raw.strip()
    if text == UNCALCULATED:
        return Issue("not_calculated", "公式还没有计算过", "请用 Excel 或 WPS 打开并保存一次，再导入")
    return Issue("cell_error", f"格子里是公式错误“{text}”", "请改成正确的值") if text in ERROR_TEXTS else None
