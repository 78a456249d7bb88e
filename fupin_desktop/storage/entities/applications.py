"""Applications (申报表) and what their life leaves behind: typed values, opinions, reasons, frozen papers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import DateTime, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.domain.vocabulary import ApplicationState, StepKind
from fupin_desktop.storage.base import KEY_LENGTH, Base, Keyed, reference
from fupin_desktop.storage.document_type import Document
from fupin_desktop.storage.fields import choice, day, integer, text

HASH_LENGTH = 64


class Application(Keyed):
    """One version of one application; a correction is another record that names the one before.

    ``place_key`` is the village, town or household it is for; a project has none. ``box`` is the name of the opinion
    box that is waited for, ``round`` counts the submissions. ``sent`` holds what the registers gave when it was
    submitted, so that all boxes are signed under the same numbers; NULL while it is edited. ``about_key`` is the first
    version of the approved plan that an approval sheet rests on, and the project of the pool that a plan is for;
    ``number`` its own number (编号), where it has one.
    """

    __tablename__ = "applications"
    __table_args__ = (Index("ix_applications_year", "year", "form_id", "state"),)
    noun = "applications"

    form_id: Mapped[str] = mapped_column(String(64), nullable=False)
    form_sha: Mapped[str] = mapped_column(String(HASH_LENGTH), nullable=False)
    year: Mapped[int] = integer("年度", default=0)
    place_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="", nullable=False, index=True)
    place: Mapped[str] = text("申报单位", required=True)
    version: Mapped[int] = integer("版本", default=1)
    previous_key: Mapped[str | None] = mapped_column(String(KEY_LENGTH), nullable=True, index=True)
    state: Mapped[str] = choice("状态", ApplicationState, default=ApplicationState.DRAFT)
    box: Mapped[str] = mapped_column(String(64), default="", nullable=False)
    round: Mapped[int] = mapped_column(default=0, nullable=False)
    begun_on: Mapped[date | None] = day("填报日期")
    sent: Mapped[Any] = mapped_column(Document, nullable=True)
    about_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="", nullable=False, index=True)
    number: Mapped[str] = text("编号")


class ApplicationValue(Keyed):
    """What is typed into one field; every field that is typed has its record from the beginning."""

    __tablename__ = "application_values"
    __table_args__ = (UniqueConstraint("application_key", "field"),)
    noun = "applications"

    application_key: Mapped[str] = reference("applications", index=False)
    field: Mapped[str] = mapped_column(String(64), nullable=False)
    value: Mapped[Any] = mapped_column(Document, nullable=True)


class ApplicationStep(Keyed):
    """One step of its way: submission, opinion, return, withdrawal, approval; those of all rounds stay."""

    __tablename__ = "application_steps"
    __table_args__ = (Index("ix_application_steps_application", "application_key", "at"),)
    noun = "applications"

    application_key: Mapped[str] = reference("applications", index=False)
    round: Mapped[int] = mapped_column(default=0, nullable=False)
    kind: Mapped[str] = choice("步骤", StepKind, default=StepKind.SUBMIT)
    box: Mapped[str] = mapped_column(String(64), default="", nullable=False)
    agrees: Mapped[bool | None] = mapped_column(nullable=True)
    opinion: Mapped[str] = text("意见")
    name: Mapped[str] = text("签字人")
    dated: Mapped[date | None] = day("日期")
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    who: Mapped[str] = mapped_column(Text, default="", nullable=False)


class ApplicationReason(Keyed):
    """The written reason for departing from a rule that holds in principle (原则上); kept for the auditor."""

    __tablename__ = "application_reasons"
    __table_args__ = (UniqueConstraint("application_key", "code"),)
    noun = "applications"

    application_key: Mapped[str] = reference("applications", index=False)
    code: Mapped[str] = mapped_column(String(64), nullable=False)
    sentence: Mapped[str] = text("事项")
    clause: Mapped[str] = text("依据")
    reason: Mapped[str] = text("说明", required=True)
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    who: Mapped[str] = mapped_column(Text, default="", nullable=False)


class ApplicationTouch(Base):
    """When an application was worked on last, and how many must problems it had then; no part of undo."""

    __tablename__ = "application_touches"
    logged = False

    application_key: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    who: Mapped[str] = mapped_column(Text, default="", nullable=False)
    blocking: Mapped[int | None] = mapped_column(nullable=True)


class FormVersion(Base):
    """The text of a form definition that some application was begun with, kept once and never changed."""

    __tablename__ = "form_versions"
    logged = False

    sha256: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    form_id: Mapped[str] = mapped_column(String(64), nullable=False)
    body: Mapped[str] = mapped_column(Text, nullable=False)
    own: Mapped[bool] = mapped_column(default=False, nullable=False)
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)


class FrozenPaper(Keyed):
    """An approved application as it was that day: its pages and files byte for byte, and what they were made from."""

    __tablename__ = "frozen_papers"
    noun = "applications"
    frozen = True
    witness = ("application_key", "sha256")

    application_key: Mapped[str] = reference("applications")
    form_sha: Mapped[str] = mapped_column(String(HASH_LENGTH), nullable=False)
    title: Mapped[str] = text("标题")
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    who: Mapped[str] = mapped_column(Text, default="", nullable=False)
    program_version: Mapped[str] = mapped_column(String(24), default="", nullable=False)
    filled: Mapped[bytes] = mapped_column(LargeBinary, nullable=False, deferred=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary, nullable=False, deferred=True)
    xlsx: Mapped[bytes] = mapped_column(LargeBinary, nullable=False, deferred=True)
    sha256: Mapped[str] = mapped_column(String(HASH_LENGTH), nullable=False)
    data: Mapped[Any] = mapped_column(Document, nullable=False)
    working: Mapped[Any] = mapped_column(Document, nullable=True, deferred=True)
    problems: Mapped[Any] = mapped_column(Document, nullable=True)
    parameters: Mapped[Any] = mapped_column(Document, nullable=True, deferred=True)
