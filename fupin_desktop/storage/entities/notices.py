"""Notices (公示), where they hang, what is objected, and the filing that ends them (吴川 三(二)4)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.domain.vocabulary import BoardKind, FilingState, ObjectionResult, ObjectionWay
from fupin_desktop.storage.base import KEY_LENGTH, Keyed, reference
from fupin_desktop.storage.document_type import Document
from fupin_desktop.storage.fields import Kind, choice, day, files, flag, integer, text


class Notice(Keyed):
    """A notice as settled; ``state`` is draft, posted or withdrawn, the rest follows from calendar and objections.

    ``object_kind`` and ``object_key`` name what it is about (``domain.vocabulary.PublicKind``); they are no reference,
    because the object may be gone while what was posted stays. ``corrects_key`` is the notice that it corrects,
    ``concerns_key`` the one whose result it tells. ``kind`` names its text, the folder ``forms/notice_<kind>``.
    """

    __tablename__ = "notices"
    __table_args__ = (Index("ix_notices_object", "object_kind", "object_key"),)
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
    object_kind: Mapped[str | None] = mapped_column(String(24), nullable=True)
    object_key: Mapped[str | None] = mapped_column(String(KEY_LENGTH), nullable=True)
    place: Mapped[str | None] = mapped_column(Text, nullable=True)
    number: Mapped[str | None] = mapped_column(Text, nullable=True)
    corrects_key: Mapped[str | None] = mapped_column(String(KEY_LENGTH), nullable=True)
    concerns_key: Mapped[str | None] = mapped_column(String(KEY_LENGTH), nullable=True)
    withdrawn_on: Mapped[date | None] = day("撤回日期")
    withdrawn_why: Mapped[str | None] = mapped_column(Text, nullable=True)


class NoticePosting(Keyed):
    """One board that a notice hangs on, with the photographs taken there."""

    __tablename__ = "notice_postings"
    noun = "notices"
    owner = "notice_key"

    notice_key: Mapped[str] = reference("notices")
    position: Mapped[int] = integer("序号", default=0, derived=True)
    board: Mapped[str] = choice("公示栏", BoardKind, default=BoardKind.VILLAGE, required=True)
    place: Mapped[str] = text("张贴地点", required=True)
    posted_on: Mapped[date | None] = day("张贴日期")
    posted_by: Mapped[str] = text("张贴人")
    taken_down_on: Mapped[date | None] = day("撤下日期")
    photos: Mapped[list[dict[str, Any]] | None] = files("照片")
    note: Mapped[str] = text("备注")


class Objection(Keyed):
    """What somebody said against a notice, how it was looked into, and what was answered.

    It is open until a result, what was done and the day of the answer are on record. ``row_key`` is the record of the
    list it is about; ``corrected_key`` the corrected notice that it led to.
    """

    __tablename__ = "objections"
    noun = "objections"
    owner = "notice_key"

    notice_key: Mapped[str] = reference("notices")
    received_on: Mapped[date | None] = day("收到日期", required=True)
    way: Mapped[str] = choice("方式", ObjectionWay, default=ObjectionWay.VISIT, required=True)
    named: Mapped[bool | None] = flag("实名")
    name: Mapped[str] = text("反映人")
    phone: Mapped[str] = text("反映人电话", Kind.PHONE)
    row_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="", nullable=False)
    row_name: Mapped[str] = text("针对")
    content: Mapped[str] = text("反映内容", required=True)
    received_by: Mapped[str] = text("受理人", required=True)
    investigation: Mapped[str] = text("调查情况")
    investigator: Mapped[str] = text("调查人")
    result: Mapped[str | None] = choice("调查结论", ObjectionResult)
    handling: Mapped[str] = text("处理结果")
    answered_on: Mapped[date | None] = day("答复日期")
    corrects: Mapped[bool | None] = flag("需要更正公示")
    corrected_key: Mapped[str | None] = mapped_column(String(KEY_LENGTH), nullable=True)
    files: Mapped[list[dict[str, Any]] | None] = files("材料")
    note: Mapped[str] = text("备注")


class Filing(Keyed):
    """A filing with the town office after the publicity; ``materials`` are kinds of paper with their counts."""

    __tablename__ = "filings"
    __table_args__ = (Index("ix_filings_object", "object_kind", "object_key"),)
    noun = "filings"

    object_kind: Mapped[str] = mapped_column(String(24), default="scheme", nullable=False)
    object_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="", nullable=False)
    year: Mapped[int] = integer("年度", default=0)
    place: Mapped[str] = text("村(镇)")
    title: Mapped[str] = text("备案事项", required=True)
    number: Mapped[str] = text("备案号", required=True)
    unit: Mapped[str] = text("报送单位", required=True)
    filed_on: Mapped[date | None] = day("报送日期", required=True)
    materials: Mapped[Any] = mapped_column(Document, nullable=True)
    receiver: Mapped[str] = text("接收人")
    received_on: Mapped[date | None] = day("接收日期")
    opinion: Mapped[str] = text("备案意见")
    state: Mapped[str] = choice("状态", FilingState, default=FilingState.HANDED_IN, required=True)
    files: Mapped[list[dict[str, Any]] | None] = files("附件")
    note: Mapped[str] = text("备注")
