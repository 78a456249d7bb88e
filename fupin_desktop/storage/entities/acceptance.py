"""Acceptance (验收): what the group measured in the field, before it is written into the register."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, DateTime, String
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.domain.payments import AcceptanceState, Quality
from fupin_desktop.storage.base import KEY_LENGTH, Keyed, reference
from fupin_desktop.storage.fields import Field, Kind, choice, day, files, flag, integer, quantity, text


class AcceptanceBatch(Keyed):
    """The acceptance of one village's planting and breeding items on one occasion."""

    __tablename__ = "acceptance_batches"
    noun = "acceptances"

    village_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="", nullable=False, index=True)
    place: Mapped[str] = text("村", required=True)
    year: Mapped[int] = integer("年度", default=0)
    dated: Mapped[date | None] = day("验收日期")
    members: Mapped[str] = text("验收组")
    spot_by: Mapped[str] = text("抽查人")
    spot_on: Mapped[date | None] = day("抽查日期")
    spot_reason: Mapped[str] = text("抽查说明")
    state: Mapped[str] = choice("状态", AcceptanceState, default=AcceptanceState.OPEN)
    note: Mapped[str] = text("备注")
    files: Mapped[list[dict[str, Any]] | None] = files("照片和材料")
    written_at: Mapped[datetime | None] = mapped_column(DateTime, nullable=True)


class AcceptanceRow(Keyed):
    """One item of a household as it was declared and measured; the item itself may be gone later."""

    __tablename__ = "acceptance_rows"
    noun = "acceptances"
    owner = "batch_key"

    batch_key: Mapped[str] = reference("acceptance_batches")
    position: Mapped[int] = integer("序号", default=0)
    household_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="", nullable=False)
    item_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="", nullable=False, index=True)
    group_name: Mapped[str] = text("村民小组")
    head_name: Mapped[str] = text("户主姓名")
    product: Mapped[str] = text("产品")
    unit: Mapped[str] = text("计量单位")
    declared_milli: Mapped[int | None] = quantity("申报数量")
    measured_milli: Mapped[int | None] = quantity("实测数量", aliases=("验收数量", "实测", "实测面积", "核定数量"))
    quality: Mapped[str | None] = choice("质量", Quality, aliases=("验收质量", "长势"))
    signed: Mapped[bool | None] = flag("户主签名", aliases=("签名", "户主签字"))
    note: Mapped[str] = text("备注")
    files: Mapped[list[dict[str, Any]] | None] = files("照片")
    spot: Mapped[bool] = mapped_column(
        Boolean, default=False, nullable=False, info={"field": Field("", "抽查", Kind.FLAG)}
    )
    spot_milli: Mapped[int | None] = quantity("抽查数量", aliases=("抽查实测", "复测数量"))
