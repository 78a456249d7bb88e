"""Agricultural insurance (农业保险, 清远 二14)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from fupin_desktop.storage.base import Keyed, reference
from fupin_desktop.storage.fields import Style, day, files, listed, money, quantity, referenced, text


class Insurance(Keyed):
    """A policy for what a household, an entity or a leader of a village plants or breeds."""

    __tablename__ = "insurances"
    noun = "insurances"

    village_key: Mapped[str] = reference("villages")
    household_key: Mapped[str | None] = referenced("投保农户", "households", aliases=("户主", "户主姓名", "被保险人"))
    insured: Mapped[str] = text(
        "投保主体", suggested=True, aliases=("投保人",), help="不是农户时填写主体或带头人的名称。"
    )
    kind: Mapped[str] = listed(
        "险种", "insurance_usual_kinds", offered=("insurance_kinds",), required=True, aliases=("保险险种", "险种名称")
    )
    company: Mapped[str] = text("保险公司", suggested=True, required=True, width=26, aliases=("承保公司",))
    policy_no: Mapped[str] = text("保单号", style=Style.CODE, required=True, width=22, aliases=("保险单号", "保单号码"))
    subject: Mapped[str] = text("保险标的", suggested=True, aliases=("标的", "投保标的", "产品"))
    quantity_milli: Mapped[int | None] = quantity("投保数量", aliases=("数量", "投保面积"))
    unit: Mapped[str] = text("单位", suggested=True, aliases=("计量单位",))
    sum_fen: Mapped[int | None] = money("保险金额", aliases=("保额",))
    premium_fen: Mapped[int | None] = money("保费", aliases=("保险费", "保费合计"))
    premium_public_fen: Mapped[int | None] = money("财政补贴保费", aliases=("财政补贴", "财政"))
    premium_own_fen: Mapped[int | None] = money("自缴保费", aliases=("农户自缴", "自缴"))
    from_on: Mapped[date | None] = day("保险起期", required=True, aliases=("起保日期", "保险起日"))
    to_on: Mapped[date | None] = day("保险止期", required=True, aliases=("终保日期", "保险止日"))
    note: Mapped[str] = text("备注")
    papers: Mapped[list[dict[str, Any]] | None] = files("保单")


class InsuranceClaim(Keyed):
    """A loss under a policy, and what was paid for it (出险理赔)."""

    __tablename__ = "insurance_claims"
    noun = "insurances"
    owner = "insurance_key"

    insurance_key: Mapped[str] = reference("insurances")
    happened_on: Mapped[date | None] = day("出险日", required=True)
    cause: Mapped[str] = text("出险原因", suggested=True, required=True)
    loss_fen: Mapped[int | None] = money("损失金额")
    paid_fen: Mapped[int | None] = money("赔付金额")
    paid_on: Mapped[date | None] = day("赔付日")
    note: Mapped[str] = text("备注")
