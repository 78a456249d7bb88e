"""The columns of the award table, and how a household's award is written into them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from fupin_desktop.domain.area import format_quantity
from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.ordering import natural_key
from fupin_desktop.domain.vocabulary import HouseholdSize, Participation
from fupin_desktop.policy.results import HouseholdAward
from fupin_desktop.services.finding import name_key
from fupin_desktop.services.registers import ColumnInfo
from fupin_desktop.services.registers.columns import Align

ZERO = Decimal(0)
NUMBER, GROUP, NAME, CLASS, KIND = "number", "group", "name", "class", "kind"
PRODUCTS, AREA, COST = "products", "area", "cost"
COMPUTED, CAPPED, AWARD, REASON = "computed", "capped", "award", "reason"


def _column(
    key: str, label: str, width: int, align: Align = "left", *, unit: str = "", kind: str = "text",
    choices: tuple[str, ...] = (), editable: bool = False, help_: str = "",
) -> ColumnInfo:
    return ColumnInfo(key, label, unit, kind, editable, choices, False, width, align, help_, False)


_TYPED = "可以直接改。"
COLUMNS: tuple[ColumnInfo, ...] = (
    _column(NUMBER, "序号", 4, "right", kind="integer"),
    _column(GROUP, "村民小组", 7),
    _column(NAME, "户主", 6),
    _column(CLASS, "类别", 6),
    _column(KIND, "参与", 8, choices=tuple(word.label for word in Participation), editable=True, help_=_TYPED),
    _column(PRODUCTS, "种养项目", 9),
    _column(AREA, "面积", 7, "right", unit="亩", kind="area", editable=True,
            help_="全户种养面积。只有一项、按亩计的户可以直接改验收面积；几项的在右边“种养项目”里改。"),
    _column(COST, "成本", 9, "right", unit="元", kind="money", editable=True,
            help_="核定成本。只有一项的户可以直接改；几项的在右边“种养项目”里改。"),
    _column(COMPUTED, "应奖补", 9, "right", kind="money", help_="按标准算出，封顶之前。"),
    _column(CAPPED, "封顶后", 9, "right", kind="money", help_="成本封顶、每户封顶之后。"),
    _column(AWARD, "实奖补", 9, "right", unit="元", kind="money", help_="资金额度和取整之后。"),
    _column(REASON, "说明", 18),
)
PLACES = {info.key: place for place, info in enumerate(COLUMNS)}


def products(award: HouseholdAward) -> str:
    """What the household plants and breeds, each product once."""
    names = [entry.product for entry in award.applicant.entries if entry.product]
    return "、".join(dict.fromkeys(names))


def cells(award: HouseholdAward, number: int, several: bool) -> tuple[str, ...]:
    """The texts of a row, in the order of ``COLUMNS``.

    Args:
        award: The household's award.
        number: 序号 in printed order, from 1.
        several: Whether the scheme covers more than one village, so that the group names its village.
    """
    one = award.applicant
    return (
        f"{number}",
        f"{one.village} {one.group}".strip() if several else one.group,
        one.name,
        one.class_label,
        one.participation.label if one.participation else "",
        products(award),
        format_quantity(award.area),
        "" if award.cost is None else format_money(award.cost),
        format_money(award.computed),
        format_money(award.capped),
        format_money(award.award),
        award.reason,
    )


def text_of(award: HouseholdAward, key: str) -> str:
    """The text of one column that can be narrowed by its values."""
    return _TEXTS[key](award)


def editable(award: HouseholdAward, key: str) -> bool:
    """Whether a cell of this household can be typed into: a fact of its only entry, or whether it takes part."""
    one = award.applicant
    if key == KIND:
        return True
    if len(one.entries) != 1:
        return False
    return key == COST or (key == AREA and one.area is None and one.entries[0].unit in ("亩", ""))


def is_large(award: HouseholdAward) -> bool:
    """Whether it takes part as a large household."""
    taking = award.applicant.participation in (Participation.BASE, Participation.SCATTERED)
    return taking and award.size is HouseholdSize.LARGE


def sort_value(key: str) -> Callable[[HouseholdAward], Any]:
    """What a column sorts by; numbers by value, names by their pinyin."""
    return _SORTS[key]


def _place(award: HouseholdAward) -> tuple[str, object]:
    return name_key(award.applicant.village), natural_key(award.applicant.group)


def _class(award: HouseholdAward) -> str:
    return name_key(award.applicant.class_label)


_SORTS: dict[str, Callable[[HouseholdAward], Any]] = {
    GROUP: _place,
    NAME: lambda award: name_key(award.applicant.name),
    CLASS: _class,
    KIND: lambda award: award.applicant.participation or "",
    PRODUCTS: lambda award: name_key(products(award)),
    AREA: lambda award: award.area,
    COST: lambda award: -1 if award.cost is None else award.cost,
    COMPUTED: lambda award: award.computed,
    CAPPED: lambda award: award.capped,
    AWARD: lambda award: award.award,
    REASON: lambda award: name_key(award.reason),
}

_TEXTS: dict[str, Callable[[HouseholdAward], str]] = {
    GROUP: lambda award: award.applicant.group,
    CLASS: lambda award: award.applicant.class_label,
    KIND: lambda award: award.applicant.participation.label if award.applicant.participation else "",
    PRODUCTS: products,
    REASON: lambda award: award.reason,
}
LISTED = frozenset(_TEXTS)
