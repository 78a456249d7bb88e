"""Fund sources (资金来源)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.storage.base import Keyed
from fupin_desktop.storage.fields import choice, day, integer, money, text


class FundSource(Keyed):
    """Money received or promised; one with an original plan keeps to that plan (吴川 三(二)2)."""

    __tablename__ = "fund_sources"
    noun = "funds"

    year: Mapped[int] = integer("年度", default=0)
    kind: Mapped[str] = choice("资金类别", FundKind, default=FundKind.OTHER, required=True)
    name: Mapped[str] = text("资金名称", required=True)
    document_no: Mapped[str] = text("文号")
    received_on: Mapped[date | None] = day("到账日期")
    amount_fen: Mapped[int] = money("金额", default=0, required=True)
    original_plan: Mapped[str] = text("原定用途", help="已有原定用途的资金不能用于新方案的奖补。")
    donors: Mapped[str] = text("捐赠人说明")
    note: Mapped[str] = text("备注")
