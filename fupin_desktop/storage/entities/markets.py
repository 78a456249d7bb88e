"""Selling: sales and consumption (产销对接), goods offered and wanted, shops on the net (电商), brands."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from fupin_desktop.domain.project_words import Offer
from fupin_desktop.storage.base import Keyed, reference
from fupin_desktop.storage.fields import (
    Kind,
    Style,
    choice,
    day,
    files,
    flag,
    integer,
    listed,
    money,
    quantity,
    referenced,
    text,
)


class Sale(Keyed):
    """Produce sold through a channel (产销对接与消费扶贫, 清远 二7)."""

    __tablename__ = "sales"
    noun = "sales"

    village_key: Mapped[str | None] = reference("villages", nullable=True)
    entity_key: Mapped[str | None] = referenced("供货主体", "entities", aliases=("供方", "供货单位"))
    household_key: Mapped[str | None] = referenced("供货农户", "households")
    year: Mapped[int] = integer("年度", default=0, derived=True)
    dated: Mapped[date | None] = day("日期", required=True, aliases=("销售日期",))
    way: Mapped[str] = listed("对接形式", "sales_channels", required=True, aliases=("形式", "渠道", "销售渠道"))
    activity: Mapped[str] = text("活动名称")
    product: Mapped[str] = text("产品", required=True, suggested=True, aliases=("产品名称", "农产品"))
    quantity_milli: Mapped[int | None] = quantity("数量")
    unit: Mapped[str] = text("单位", suggested=True)
    amount_fen: Mapped[int | None] = money("金额", required=True, aliases=("销售金额", "成交金额"))
    buyer: Mapped[str] = text("买方", suggested=True, aliases=("采购单位", "购买单位"))
    buyer_kind: Mapped[str] = listed("买方类别", "direct_buyers", more=("企业", "个人", "其他"))
    households: Mapped[int | None] = integer("受益户数", unit="户", summed=True, aliases=("受益户",))
    long_term: Mapped[bool | None] = flag("长期协议")
    waived_fen: Mapped[int | None] = money("展位费减免")
    papers: Mapped[list[dict[str, Any]] | None] = files("附件")
    note: Mapped[str] = text("备注")


class MarketOffer(Keyed):
    """Goods offered or wanted (供求信息, 清远 二7); what cannot be sold calls for help (滞销应急)."""

    __tablename__ = "market_offers"
    noun = "market_offers"

    village_key: Mapped[str | None] = reference("villages", nullable=True)
    year: Mapped[int] = integer("年度", default=0, derived=True)
    kind: Mapped[str | None] = choice("供求", Offer, default=Offer.SUPPLY)
    product: Mapped[str] = text("产品", required=True, suggested=True, aliases=("产品名称",))
    from_on: Mapped[date | None] = day("上市起", aliases=("上市期", "上市日期"))
    to_on: Mapped[date | None] = day("上市止")
    quantity_milli: Mapped[int | None] = quantity("数量")
    unit: Mapped[str] = text("单位", suggested=True)
    price_fen: Mapped[int | None] = money("单价", summed=False, aliases=("价格",))
    contact: Mapped[str] = text("联系人", style=Style.NAME)
    phone: Mapped[str] = text("联系电话", Kind.PHONE, aliases=("电话",))
    unsold: Mapped[bool | None] = flag("滞销", aliases=("是否滞销",))
    remedy: Mapped[str] = text("应急促销", help="滞销时采取的促销办法。")
    note: Mapped[str] = text("备注")


class Shop(Keyed):
    """A shop of a village on the net (电商平台, 吴川 三(一)6, 三(二)7)."""

    __tablename__ = "shops"
    noun = "shops"

    village_key: Mapped[str] = reference("villages")
    name: Mapped[str] = text("店名", required=True, aliases=("店铺名称", "网店名称"))
    platform: Mapped[str] = text("平台", required=True, suggested=True, aliases=("平台名称", "电商平台"))
    opened_on: Mapped[date | None] = day("开通日期", required=True, aliases=("开通日", "开店日期"))
    operator: Mapped[str] = text("运营人", suggested=True, aliases=("运营单位",))
    kind: Mapped[str] = listed("店铺类别", "shop_kinds", aliases=("类别",))
    state: Mapped[str] = listed("经营状态", "shop_states", aliases=("状态",))
    note: Mapped[str] = text("备注")


class ShopMonth(Keyed):
    """What a shop sold in a month."""

    __tablename__ = "shop_months"
    __table_args__ = (UniqueConstraint("shop_key", "year", "month"),)
    noun = "shop_months"
    owner = "shop_key"

    shop_key: Mapped[str] = reference("shops")
    year: Mapped[int] = integer("年度", default=0, derived=True)
    month: Mapped[int | None] = integer("月份", required=True, unit="月", at_most=12, aliases=("月",))
    orders: Mapped[int | None] = integer("订单数", unit="单", summed=True, aliases=("订单",))
    amount_fen: Mapped[int | None] = money("销售额", required=True, aliases=("金额",))
    poor_fen: Mapped[int | None] = money("贫困户产品销售额", aliases=("其中贫困户产品",))


class Brand(Keyed):
    """A brand or certificate of a product (品牌认证, 清远 二8)."""

    __tablename__ = "brands"
    noun = "brands"

    village_key: Mapped[str | None] = reference("villages", nullable=True)
    entity_key: Mapped[str | None] = referenced("持有主体", "entities", aliases=("持有人", "持证单位"))
    name: Mapped[str] = text("品牌名称", required=True, aliases=("名称", "品牌"))
    kind: Mapped[str] = listed("认证类别", "brand_kinds", aliases=("类别",))
    level: Mapped[str] = listed("品牌级别", "brand_levels", aliases=("级别",))
    certificate_no: Mapped[str] = text("证书号", style=Style.CODE, aliases=("证书编号",))
    issued_on: Mapped[date | None] = day("发证日期", aliases=("发证日",))
    expires_on: Mapped[date | None] = day("有效期至", aliases=("有效期",))
    product: Mapped[str] = text("产品", suggested=True)
    award_fen: Mapped[int | None] = money("奖补金额", aliases=("奖补",))
    waived_fen: Mapped[int | None] = money("减免金额", aliases=("减免",))
    papers: Mapped[list[dict[str, Any]] | None] = files("证书", aliases=("附件",))
    note: Mapped[str] = text("备注")
