"""The life of a year (年度): closed, and opened again with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Text
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.domain.vocabulary import YearStepKind
from fupin_desktop.storage.base import Keyed
from fupin_desktop.storage.document_type import Document
from fupin_desktop.storage.fields import choice, integer, text


class YearStep(Keyed):
    """A year was closed or opened again; the last step tells whether it can be changed.

    ``open_work`` holds the lines of what was still open when the year was closed.
    """

    __tablename__ = "year_steps"
    noun = "years"
    frozen = True
    witness = ("year", "kind", "reason")
    lasting = True

    year: Mapped[int] = integer("年度", default=0)
    kind: Mapped[str] = choice("步骤", YearStepKind, default=YearStepKind.CLOSED)
    reason: Mapped[str] = text("原因")
    open_work: Mapped[Any] = mapped_column(Document, nullable=True)
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    who: Mapped[str] = mapped_column(Text, default="", nullable=False)
