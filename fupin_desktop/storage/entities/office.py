"""The office itself and its local settings."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.storage.base import Base, Keyed, reference
from fupin_desktop.storage.document_type import Document
from fupin_desktop.storage.fields import Kind, integer, text


class Office(Keyed):
    """The office whose data file this is; one record."""

    __tablename__ = "offices"
    noun = "offices"
    lasting = True

    town_key: Mapped[str | None] = reference("towns", nullable=True)
    name: Mapped[str] = text("单位名称", required=True, help="印在表头和落款，例如 塘㙍镇扶贫办。")
    clerk: Mapped[str] = text("经办人", required=True)
    year: Mapped[int] = integer("工作年度", default=0)
    objection_village: Mapped[str] = text("村级监督电话", Kind.PHONE)
    objection_town: Mapped[str] = text("镇(街)监督电话", Kind.PHONE)
    objection_county: Mapped[str] = text("市(县)扶贫办电话", Kind.PHONE)
    objection_discipline: Mapped[str] = text("纪检监察电话", Kind.PHONE)
    address: Mapped[str] = text("办公地址")
    board_place: Mapped[str] = text("公示栏地点")


class Setting(Base):
    """A local setting of this data file, such as the calendar's edits."""

    __tablename__ = "settings"
    noun = "settings"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[Any] = mapped_column(Document, nullable=True)
