"""What left the office on a stick or in a package (交接), file by file, and its receipt (回执)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.domain.exchange import HandoverKind
from fupin_desktop.storage.base import Keyed, reference
from fupin_desktop.storage.fields import choice, day, files, flag, integer, text


class Handover(Keyed):
    """One time that something was handed out; what went is kept by the program, the receipt is typed."""

    __tablename__ = "handovers"
    noun = "handovers"

    year: Mapped[int] = integer("年度", default=0, derived=True)
    number: Mapped[int] = integer("交接号", default=0, derived=True)
    kind: Mapped[str] = choice("方式", HandoverKind, default=HandoverKind.STICK, derived=True)
    title: Mapped[str] = text("事项", width=20, derived=True)
    receiver: Mapped[str] = text("接收单位", width=18, suggested=True, aliases=("对方", "交给"))
    person: Mapped[str] = text("接收人", suggested=True)
    left_on: Mapped[date | None] = day("交出日期", aliases=("交接日",), derived=True)
    maker: Mapped[str] = text("经办人", derived=True)
    place: Mapped[str] = text("写到", derived=True, help="U盘的名字，或文件夹。")
    folder: Mapped[str] = text("文件夹", width=24, derived=True)
    count: Mapped[int] = integer("文件数", unit="个", default=0, derived=True)
    pages: Mapped[int] = integer("页数", unit="页", default=0, derived=True)
    internal: Mapped[bool | None] = flag("含内部资料", derived=True)
    list_sha256: Mapped[str] = text("清单校验值", derived=True, help="清单.xlsx 的 SHA-256，印在交接单上。")
    receipt_on: Mapped[date | None] = day("回执日期", aliases=("签收日期",))
    receipt_by: Mapped[str] = text("回执人", suggested=True, aliases=("签收人",))
    result: Mapped[str] = text("结果", suggested=True, help="例如：已收到，核对一致。")
    note: Mapped[str] = text("备注")
    papers: Mapped[list[dict[str, Any]] | None] = files("签字的交接单")
    log_number: Mapped[int | None] = mapped_column(nullable=True)
    """How far the log went when its paper was made, which carries that link."""


class HandoverFile(Keyed):
    """One file of it."""

    __tablename__ = "handover_files"
    noun = "handover_files"
    owner = "handover_key"

    handover_key: Mapped[str] = reference("handovers")
    position: Mapped[int] = integer("序号", default=0, derived=True)
    name: Mapped[str] = text("文件", width=34, derived=True)
    what: Mapped[str] = text("内容", width=24, derived=True)
    pages: Mapped[int | None] = integer("页数", unit="页", derived=True)
    rows: Mapped[int | None] = integer("行数", unit="行", derived=True)
    size: Mapped[int] = integer("大小", unit="字节", default=0, derived=True, summed=True)
    public: Mapped[bool | None] = flag("公开", derived=True)
    sha256: Mapped[str] = text("SHA-256", width=20, derived=True)
    item: Mapped[str | None] = mapped_column(Text, nullable=True)
    """Key of what it was made of, as ``services.exchange.offers`` lists it; NULL where that was not kept."""
