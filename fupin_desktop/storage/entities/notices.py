"""Notices (公示)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.storage.base import Keyed, reference
from fupin_desktop.storage.document_type import Document
from fupin_desktop.storage.fields import day, integer, text


class Notice(Keyed):
    """A notice as settled; ``state`` is draft, posted, ended or withdrawn."""

    __tablename__ = "notices"
    noun = "notices"

    run_key: Mapped[str | None] = reference("award_runs", nullable=True)
    year: Mapped[int] = integer("年度", default=0)
    kind: Mapped[str] = mapped_column(String(24), default="awards", nullable=False)
    title: Mapped[str] = text("标题", required=True)
    settings: Mapped[Any] = mapped_column(Document, nullable=True)
    posted_on: Mapped[date | None] = day("张贴日期")
    first_day: Mapped[date | None] = day("公示开始")
    last_day: Mapped[date | None] = day("公示结束")
    state: Mapped[str] = mapped_column(String(24), default="draft", nullable=False, index=True)
    body: Mapped[Any] = mapped_column(Document, nullable=True)
