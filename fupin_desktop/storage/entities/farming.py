"""What a household does in one year: its taking part, and its planting and breeding items (种养项目)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.domain.vocabulary import BaseKind
from fupin_desktop.domain.vocabulary import Participation as ParticipationKind
from fupin_desktop.storage.base import Keyed, reference
from fupin_desktop.storage.fields import area, choice, files, integer, listed, money, quantity, referenced, text

_COSTS = ("成本", "投入成本", "生产成本", "种植成本", "养殖成本", "种养成本", "投入金额")


class Participation(Keyed):
    """A household's year: whether it takes part (吴川 三(二)3), and the sums over its items of that year.

    The sums are kept by ``storage.summaries`` in the write that changes an item, so that a register of 100 000
    households sorts and filters by them without adding up.
    """

    __tablename__ = "participations"
    __table_args__ = (
        UniqueConstraint("household_key", "year"),
        Index("ix_participations_kind", "year", "kind", "household_key"),
        Index("ix_participations_area", "year", "area_total_milli", "household_key"),
        Index("ix_participations_cost", "year", "cost_total_fen", "household_key"),
    )
    noun = "households"

    household_key: Mapped[str] = reference("households", index=False)
    year: Mapped[int] = mapped_column()
    kind: Mapped[str | None] = choice(
        "参与情况", ParticipationKind,
        aliases=(
            "是否参与", "参与项目情况", "是否参与产业项目", "参与", "是否参与产业", "参与产业情况", "是否参加产业项目",
        ),
    )
    area_milli: Mapped[int | None] = area(
        "全户种养面积", aliases=("全户面积", "种养总面积", "总面积"), help="不填时按各种养项目的面积相加。"
    )
    earlier_fen: Mapped[int] = money("本年已奖补", default=0, aliases=("已奖补金额", "前批已奖补", "已发放奖补"))
    priority: Mapped[int | None] = integer("优先顺序", aliases=("优先次序", "排序号", "优先级"))
    area_total_milli: Mapped[int | None] = area("面积合计", at_most=None, derived=True)
    cost_total_fen: Mapped[int | None] = money("成本合计", derived=True)
    products_text: Mapped[str] = text("种养项目汇总", derived=True)
    item_count: Mapped[int] = integer("项目数", default=0, derived=True)


class FarmItem(Keyed):
    """One planting or breeding item of a household in one year."""

    __tablename__ = "farm_items"
    __table_args__ = (
        Index("ix_farm_items_household", "household_key", "year"),
        Index("ix_farm_items_product", "year", "product", "key"),
        Index("ix_farm_items_year", "year", "key"),
    )
    noun = "farm_items"

    household_key: Mapped[str] = reference("households", index=False)
    year: Mapped[int] = mapped_column()
    product: Mapped[str] = text(
        "产品", required=True, suggested=True, aliases=("种养项目", "项目", "产品名称", "品种", "种养品种", "项目名称")
    )
    product_group: Mapped[str] = text(
        "产业类别", suggested=True, offered=("industry_kinds",), aliases=("产业", "产业类型", "项目类别")
    )
    unit: Mapped[str] = text("计量单位", suggested=True, aliases=("单位", "数量单位"))
    declared_milli: Mapped[int | None] = quantity(
        "申报数量",
        aliases=("申报规模", "申报面积", "申报面积(亩)", "种养规模", "种植规模", "养殖规模", "种养数量", "养殖数量"),
    )
    accepted_milli: Mapped[int | None] = quantity(
        "验收数量",
        aliases=("验收规模", "验收面积", "验收面积(亩)", "核定数量", "核定规模", "核实数量", "核实规模", "核实面积"),
    )
    planned_milli: Mapped[int | None] = quantity("计划数量", aliases=("计划规模", "计划面积", "计划面积(亩)"))
    area_milli: Mapped[int | None] = area("种养面积", aliases=("面积", "种植面积", "养殖面积", "种植面积(亩)"))
    cost_fen: Mapped[int | None] = money("核定成本", aliases=_COSTS)
    cost_evidence: Mapped[str] = text("成本依据", suggested=True, aliases=("成本凭证", "凭证", "依据"))
    income_fen: Mapped[int | None] = money("收入", aliases=("产值", "销售收入"))
    other_subsidy_fen: Mapped[int] = money("其他补助", default=0, aliases=("其他补贴", "已享受其他补助"))
    base_kind: Mapped[str | None] = choice("基地类型", BaseKind, aliases=("种养方式", "基地"))
    project_key: Mapped[str | None] = referenced("所属项目", "projects", aliases=("项目库项目",))
    entity_key: Mapped[str | None] = referenced("带动主体", "entities", aliases=("经营主体", "主体名称"))
    channels: Mapped[str | None] = listed(
        "销路", "sales_channels", several=True, later=True, aliases=("销售渠道", "市场销路")
    )
    photos: Mapped[list[dict[str, Any]] | None] = files("照片")
    instalment_year: Mapped[int] = integer("补助年次", default=1, aliases=("第几年", "补助年度"))
    note: Mapped[str] = text("备注", aliases=("说明",))
