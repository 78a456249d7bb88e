"""What the local settings are called and say, for the list of changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fupin_desktop.storage.document_type import load_document

_NAMES = {
    "calendar.days": "放假和调休",
    "calendar.years": "已核对的年份",
    "reports.earlier_days": "报表提前的天数",
    "reports.done": "已报送的季度报表",
    "backups.second_place": "第二处备份",
    "operators.rules": "操作人员规则",
    "personal.kept_years": "个人资料保存年限",
}
_RULES = {"on": "启用操作人员", "separate": "审核人不得是经办人"}


def name_of(name: str) -> str:
    """What a setting is called; its own name where this program does not know it."""
    return _NAMES.get(name, name)


def show(name: str, value: Any) -> str:
    """The value of a setting in words.

    Args:
        name: Of the setting.
        value: As the log or the data file has it.
    """
    found = load_document(value) if isinstance(value, str) else value
    if name == "calendar.days" and isinstance(found, Mapping):
        return "、".join(f"{day}{'上班' if works else '放假'}" for day, works in sorted(found.items()))
    if name == "operators.rules" and isinstance(found, Mapping):
        return "、".join(_RULES[rule] for rule, on in found.items() if on and rule in _RULES) or "未启用"
    if isinstance(found, list | tuple):
        return "、".join(str(one) for one in found)
    if isinstance(found, bool):
        return "是" if found else "否"
    return "" if found is None else str(found)
