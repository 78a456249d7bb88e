"""The written reasons for departing, in a record of a register, from a rule that holds in principle (原则上)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.storage.base import KEY_LENGTH, Keyed
from fupin_desktop.storage.fields import text


class RegisterReason(Keyed):
    """Why a record departs from a rule; it stays for the auditor when the record is gone."""

    __tablename__ = "register_reasons"
    __table_args__ = (UniqueConstraint("record_key", "code"),)
    noun = "register_reasons"
    owner = "record_key"

    register: Mapped[str] = mapped_column(String(40), nullable=False)
    record_key: Mapped[str] = mapped_column(String(KEY_LENGTH), nullable=False)
    record: Mapped[str] = text("记录")
    code: Mapped[str] = mapped_column(String(64), nullable=False)
    sentence: Mapped[str] = text("事项")
    clause: Mapped[str] = text("依据")
    reason: Mapped[str] = text("说明", required=True)
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    who: Mapped[str] = mapped_column(Text, default="", nullable=False)
