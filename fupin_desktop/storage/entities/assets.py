"""What projects left behind and what it brings in: assets (项目资产), proceeds and their shares (收益分配)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from fupin_desktop.storage.base import Keyed, reference
from fupin_desktop.storage.fields import Style, day, files, integer, listed, money, quantity, referenced, text


class Asset(Keyed):
    """An asset formed with project money (项目资产)."""

    __tablename__ = "assets"
    noun = "assets"

    village_key: Mapped[str] = reference("villages")
    project_key: Mapped[str | None] = referenced("形成项目", "projects", required=True, aliases=("项目名称", "项目"))
    entity_key: Mapped[str | None] = referenced("经营主体", "entities", aliases=("经营人", "经营单位"))
    name: Mapped[str] = text("资产名称", required=True, width=20, aliases=("名称",))
    kind: Mapped[str] = listed("资产类别", "asset_kinds", required=True, aliases=("类别", "资产性质"))
    formed_on: Mapped[date | None] = day("形成日期", aliases=("形成日", "形成时间", "购建日期"))
    value_fen: Mapped[int | None] = money("资产原值", required=True, aliases=("原值",))
    quantity_milli: Mapped[int | None] = quantity("数量")
    unit: Mapped[str] = text("单位", suggested=True)
    place: Mapped[str] = text("存放地点", aliases=("地点", "坐落地点"))
    owner_name: Mapped[str] = text("所有权人", required=True, width=16, suggested=True, aliases=("产权归属",))
    way: Mapped[str] = listed("经营方式", "asset_ways")
    contract: Mapped[list[dict[str, Any]] | None] = files("合同")
    starts_on: Mapped[date | None] = day("合同起", aliases=("经营起始日",))
    ends_on: Mapped[date | None] = day("合同止", aliases=("经营终止日",))
    yearly_fen: Mapped[int | None] = money("年应收", aliases=("年应收收益", "年租金"))
    keeper: Mapped[str] = text("管护人", required=True, style=Style.NAME, aliases=("管护责任人",))
    state: Mapped[str] = listed("资产状态", "asset_states", aliases=("状态",))
    note: Mapped[str] = text("备注")


class Proceeds(Keyed):
    """What an asset or project brought in a year, and how it is shared out (收益分配, 吴川 三(二)3, 清远 二11)."""

    __tablename__ = "proceeds"
    noun = "proceeds"

    village_key: Mapped[str] = reference("villages")
    asset_key: Mapped[str | None] = referenced("资产", "assets", aliases=("资产名称",))
    project_key: Mapped[str | None] = referenced("项目", "projects", aliases=("项目名称",))
    year: Mapped[int] = integer("年度", default=0, derived=True)
    title: Mapped[str] = text("收益名称", required=True, width=22, aliases=("名称",))
    income_fen: Mapped[int | None] = money("收益收入", required=True, aliases=("收入", "收益金额"))
    scheme: Mapped[str] = text("分配方案", width=24)
    collective_fen: Mapped[int | None] = money("村集体留存", aliases=("村集体", "村集体收入"))
    households_fen: Mapped[int | None] = money("分配到户", aliases=("到户", "到户金额"))
    decided_on: Mapped[date | None] = day("议定日期")
    papers: Mapped[list[dict[str, Any]] | None] = files("附件")
    note: Mapped[str] = text("备注")


class ProceedsShare(Keyed):
    """The share of a household in proceeds."""

    __tablename__ = "proceeds_shares"
    noun = "proceeds_shares"
    owner = "proceeds_key"

    proceeds_key: Mapped[str] = reference("proceeds")
    household_key: Mapped[str | None] = referenced("农户", "households", required=True, aliases=("户主", "户主姓名"))
    basis: Mapped[str] = listed("分配依据", "share_bases", required=True, aliases=("依据",))
    amount_fen: Mapped[int | None] = money("金额", required=True, aliases=("分配金额",))
    reason: Mapped[str] = text("说明", help="不参与产业的农户分到收益时写明原因。")
