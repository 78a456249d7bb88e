"""Fund sources (资金来源), the entries of their ledger, and who donated."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, DateTime, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.domain.vocabulary import EntryKind, FundKind, TargetKind
from fupin_desktop.storage.base import KEY_LENGTH, Keyed, reference
from fupin_desktop.storage.fields import Field, Kind, choice, day, integer, money, text


class FundSource(Keyed):
    """Money assigned or raised; one with an original plan keeps to that plan (吴川 三(二)2).

    What is assigned, arrives, is allocated and paid are its entries. A voided source was registered in error.
    """

    __tablename__ = "fund_sources"
    noun = "funds"

    year: Mapped[int] = integer("年度", default=0)
    kind: Mapped[str] = choice("资金类别", FundKind, default=FundKind.OTHER, required=True)
    name: Mapped[str] = text("资金名称", required=True)
    document_no: Mapped[str] = text("文号")
    original_plan: Mapped[str] = text("原定用途", help="已有原定用途的资金不能用于新方案的奖补。")
    donors: Mapped[str] = text("捐赠人说明")
    note: Mapped[str] = text("备注")
    voided: Mapped[bool] = mapped_column(default=False, nullable=False, info={"field": Field("", "作废", Kind.FLAG)})


class FundEntry(Keyed):
    """One entry of the ledger; it is never changed or removed, a counter-entry (冲销) of less than 0 corrects it.

    ``target_key`` names a town, a village, a scheme, or the first version of a plan; it is no reference, because what
    it names may be gone while the money it took stays told under ``target_name``.
    """

    __tablename__ = "fund_entries"
    __table_args__ = (
        Index("ix_fund_entries_source", "source_key", "dated"),
        Index("ix_fund_entries_target", "target_kind", "target_key"),
        Index("ix_fund_entries_paper_key", "paper_key"),
        Index("ix_fund_entries_counters_key", "counters_key"),
    )
    noun = "funds"
    frozen = True
    witness = ("source_key", "kind", "amount_fen", "dated", "target_key", "counters_key")
    dated_by = "dated"

    source_key: Mapped[str] = reference("fund_sources", index=False)
    kind: Mapped[str] = choice("事项", EntryKind, default=EntryKind.ASSIGNED, required=True)
    amount_fen: Mapped[int] = money("金额", default=0, required=True)
    dated: Mapped[date] = mapped_column(Date, nullable=False, info={"field": Field("", "日期", Kind.DATE)})
    target_kind: Mapped[str | None] = choice("对象类别", TargetKind)
    target_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="", nullable=False)
    target_name: Mapped[str] = text("对象")
    paper_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="", nullable=False)
    paper_no: Mapped[str] = text("凭证号")
    payee: Mapped[str] = text("收款单位")
    counters_key: Mapped[str | None] = reference("fund_entries", nullable=True, index=False)
    note: Mapped[str] = text("备注")
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    who: Mapped[str] = mapped_column(Text, default="", nullable=False)


_ANONYMOUS = Field(
    *("", "匿名", Kind.FLAG),
    aliases=("是否匿名",),
    help="填“是”的，公开的名单上印“爱心人士”，不印名字和备注。",
)


class FundDonor(Keyed):
    """Who gave to a donated source (捐赠名单, 吴川 三(二)5); an anonymous donor is not named on public copies."""

    __tablename__ = "fund_donors"
    noun = "funds"
    owner = "source_key"

    source_key: Mapped[str] = reference("fund_sources")
    position: Mapped[int] = integer("序号", default=0, derived=True)
    name: Mapped[str] = text(
        "捐赠人",
        width=34,
        required=True,
        aliases=(
            *("捐赠人(单位或个人)", "捐款人", "捐赠者", "捐赠单位或个人", "捐款单位或个人"),
            *("捐赠名称", "姓名", "名称", "芳名"),
            *("捐赠单位", "捐款单位", "单位", "单位名称", "所在单位", "工作单位", "企业名称"),
        ),
    )
    amount_fen: Mapped[int] = money(
        "金额",
        default=0,
        required=True,
        aliases=("捐赠金额", "捐款金额", "捐赠数额", "捐款数额", "捐款额", "捐赠额", "捐款"),
    )
    given_on: Mapped[date | None] = day(
        "日期", help="捐赠的日期，可以不填。", aliases=("捐赠日期", "捐款日期", "捐赠时间", "捐款时间", "时间")
    )
    anonymous: Mapped[bool] = mapped_column(default=False, nullable=False, info={"field": _ANONYMOUS})
    note: Mapped[str] = text("备注", help="印在名单上；不要写电话、证件号。", aliases=("说明", "摘要"))
