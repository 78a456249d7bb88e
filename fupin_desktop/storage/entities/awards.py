"""Award schemes (奖补方案) and the stored calculations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.storage.base import KEY_LENGTH, Keyed, reference
from fupin_desktop.storage.document_type import Document
from fupin_desktop.storage.fields import integer, money, text


class AwardScheme(Keyed):
    """A scheme as the clerk edits it; ``body`` is its plain-data form.

    ``village_key`` is NULL for a scheme of the whole town. ``state`` is draft, decided, published or filed.
    ``corrects_key`` names the first scheme of those that correct each other (更正); NULL for one that corrects none.
    """

    __tablename__ = "award_schemes"
    __table_args__ = (Index("ix_award_schemes_year", "year", "place"),)
    noun = "schemes"

    village_key: Mapped[str | None] = reference("villages", nullable=True)
    place: Mapped[str] = text("村(镇)", required=True)
    year: Mapped[int] = integer("年度", default=0)
    batch: Mapped[str] = text("批次")
    name: Mapped[str] = text("方案名称", required=True)
    state: Mapped[str] = mapped_column(String(24), default="draft", nullable=False)
    corrects_key: Mapped[str | None] = reference("award_schemes", nullable=True, index=False)
    body: Mapped[Any] = mapped_column(Document, nullable=False)


class AwardRun(Keyed):
    """One stored calculation with what it was computed from, never changed afterwards."""

    __tablename__ = "award_runs"
    __table_args__ = (Index("ix_award_runs_scheme", "scheme_key", "at"),)
    noun = "awards"
    frozen = True
    witness = ("scheme_key", "award_fen", "households")

    scheme_key: Mapped[str] = reference("award_schemes", index=False)
    year: Mapped[int] = integer("年度", default=0)
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    who: Mapped[str] = mapped_column(Text, default="", nullable=False)
    program_version: Mapped[str] = mapped_column(String(24), default="", nullable=False)
    large_from_milli: Mapped[int | None] = mapped_column(nullable=True)
    award_fen: Mapped[int] = money("实奖补", default=0)
    pool_fen: Mapped[int | None] = money("可用资金")
    households: Mapped[int] = integer("户数", default=0)
    scheme: Mapped[Any] = mapped_column(Document, nullable=False)
    parameters: Mapped[Any] = mapped_column(Document, nullable=True)
    totals: Mapped[Any] = mapped_column(Document, nullable=True)
    problems: Mapped[Any] = mapped_column(Document, nullable=True)


class AwardResult(Keyed):
    """The award of one household in one run; the household itself may be gone later, its snapshot stays."""

    __tablename__ = "award_results"
    __table_args__ = (Index("ix_award_results_household", "household_key"),)
    noun = "awards"
    frozen = True
    witness = ("household_key", "award_fen")

    run_key: Mapped[str] = reference("award_runs")
    household_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="", nullable=False)
    position: Mapped[int] = integer("序号", default=0)
    snapshot: Mapped[Any] = mapped_column(Document, nullable=True)
    computed_fen: Mapped[int] = money("应奖补", default=0)
    capped_fen: Mapped[int] = money("封顶后", default=0)
    award_fen: Mapped[int] = money("实奖补", default=0)
    reason: Mapped[str] = text("说明")
    steps: Mapped[Any] = mapped_column(Document, nullable=True)
