"""What was printed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.storage.base import KEY_LENGTH, Keyed
from fupin_desktop.storage.fields import integer, text


class PrintRecord(Keyed):
    """One printing of one paper.

    ``paper_kind`` is the stem of the paper's noun (applications, awards, notices, funds) and ``paper_key`` its record,
    empty for a table that is no record; ``pages`` is what was chosen, like “1-3”, empty for all.
    """

    __tablename__ = "prints"
    __table_args__ = (Index("ix_prints_paper", "paper_kind", "paper_key"),)
    noun = "prints"
    frozen = True
    witness = ("paper_kind", "paper_key", "title", "copies")

    paper_kind: Mapped[str] = mapped_column(String(24), default="", nullable=False)
    paper_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="", nullable=False)
    title: Mapped[str] = text("标题")
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    who: Mapped[str] = mapped_column(Text, default="", nullable=False)
    printer: Mapped[str] = text("打印机")
    copies: Mapped[int] = integer("份数", default=1)
    pages: Mapped[str] = text("页码")
    draft: Mapped[bool] = mapped_column(default=False, nullable=False)
