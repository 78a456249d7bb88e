"""How each register is proposed to the eye: its words, sums, first columns and groups of fields."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_desktop.domain.vocabulary import HouseholdSize, Participation
from fupin_desktop.services.registers import Filter, Register

Groups = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Face:
    """What the tab shows of a register besides its rows.

    Attributes:
        unit: What its rows are counted in.
        first: Keys of the columns shown first.
        groups: Titles and column keys of the fields in the dialog of a new record and on the card.
        sums: Summed columns of the count line with their words.
        counted: Words of the count line with the condition whose rows they count.
        empty: What an empty register says: a title, and how records come in.
    """

    unit: str
    first: tuple[str, ...]
    groups: Groups
    sums: tuple[tuple[str, str], ...] = ()
    counted: tuple[tuple[str, Filter], ...] = ()
    empty: tuple[str, str] = ("", "")


_TAKING = tuple(word.label for word in (Participation.BASE, Participation.SCATTERED))
_FACES = {
    Register.HOUSEHOLDS: Face(
        "户",
        (
            *("head_name", "village", "group_name", "household_class", "members", "kind", "products_text"),
            *("area_total", "size", "cost_total", "head_id_number", "phone", "bank_name", "bank_account"),
        ),
        (
            ("基本", ("head_name", "head_id_number", "village", "group_name", "household_class", "members", "phone",
                      "code")),
            ("本年", ("kind", "area", "earlier", "priority")),
            ("账户", ("bank_name", "account_name", "bank_account")),
            ("其他", ("recognised_by", "cause", "guide", "cooperative", "cultivated", "water", "orchard", "forest",
                      "production_income", "note")),
        ),
        (("members", "人口"), ("area_total", "面积"), ("cost_total", "成本")),
        (("参与", Filter("kind", _TAKING)), ("大户", Filter("size", (HouseholdSize.LARGE.label,)))),
        ("还没有农户", "可以导入 Excel 名册，也可以一户一户地新增。"),
    ),
    Register.FARM_ITEMS: Face(
        "条",
        (
            *("head_name", "village", "group_name", "household_class", "product", "unit", "declared", "accepted"),
            *("planned", "area", "cost", "income", "other_subsidy", "base_kind"),
        ),
        (
            ("项目", ("product", "product_group", "unit", "base_kind")),
            ("数量", ("declared", "accepted", "planned", "area")),
            ("金额", ("cost", "cost_evidence", "income", "other_subsidy", "instalment_year", "note")),
        ),
        (("area", "面积"), ("cost", "成本"), ("income", "收入")),
        empty=("还没有种养项目", "导入奖补登记表，或在农户资料里逐项新增。"),
    ),
    Register.PERSONS: Face(
        "人",
        ("name", "head_name", "village", "group_name", "relation", "id_number", "sex"),
        (
            ("基本", ("name", "id_number", "relation", "sex", "ethnicity", "code")),
            ("状况", ("education", "health", "labour", "working", "per_head_income", "phone")),
        ),
        empty=("还没有家庭成员", "导入人口名单，或在农户资料里逐人新增。"),
    ),
}


def of(register: Register) -> Face:
    """The face of a register."""
    return _FACES[register]
