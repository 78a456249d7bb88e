"""Loans of households with the subsidy of their interest, and base rates (吴川 三(三)4, 清远 二13)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from fupin_desktop.domain.register_words import DayCount, LoanMode, RateTerm, RenewalCause, RenewalKind, SubsidyState
from fupin_desktop.storage.base import Keyed, reference
from fupin_desktop.storage.fields import (
    Style,
    choice,
    day,
    files,
    flag,
    integer,
    listed,
    money,
    percent,
    referenced,
    text,
)

_LENT = ("贷款起始日", "贷款发放日")


class BaseRate(Keyed):
    """A base rate or LPR from a day on."""

    __tablename__ = "base_rates"
    noun = "base_rates"

    since: Mapped[date | None] = day("施行日期", required=True, aliases=("日期", "公布日期"))
    term: Mapped[str] = choice("期限", RateTerm, required=True)
    rate: Mapped[int | None] = percent("年利率", required=True, aliases=("利率", "基准利率", "LPR"))
    document_no: Mapped[str] = text("文号", aliases=("依据",))
    note: Mapped[str] = text("备注")


class Microcredit(Keyed):
    """A loan to a household for production (扶贫小额信贷).

    ``balance_fen`` and ``final_due_on`` follow from repayments and renewals.
    """

    __tablename__ = "microcredits"
    __table_args__ = (Index("ix_microcredits_due", "final_due_on", "key"),)
    noun = "microcredits"

    household_key: Mapped[str] = reference("households")
    borrower_key: Mapped[str | None] = referenced("借款人", "persons", aliases=("贷款人", "贷款人姓名", "借款人姓名"))
    project_key: Mapped[str | None] = referenced("用于项目", "projects", aliases=("项目", "贷款项目"))
    bank: Mapped[str] = text(
        "贷款银行", required=True, suggested=True, width=28, aliases=("银行", "承贷银行", "经办银行")
    )
    contract_no: Mapped[str] = text(
        "合同号", required=True, width=22, style=Style.CODE, aliases=("借款合同号", "合同编号")
    )
    amount_fen: Mapped[int] = money("贷款金额", required=True, aliases=("金额", "借款金额", "放款金额"))
    lent_on: Mapped[date | None] = day(
        "放款日", required=True, aliases=("借款日", "放款日期", "贷款日期", "借款日期", *_LENT)
    )
    due_on: Mapped[date | None] = day("到期日", required=True, aliases=("到期日期", "还款到期日", "贷款到期日"))
    rate: Mapped[int | None] = percent("年利率", required=True, aliases=("利率", "贷款利率"))
    subsidy_rate: Mapped[int | None] = percent("贴息利率", help="不填时按贷款年利率贴息。")
    purpose: Mapped[str] = listed(
        *("用途", "microcredit_uses"),
        required=True,
        aliases=("贷款用途", "借款用途"),
        more=("建房", "购置生活用品", "偿还债务", "其他非生产用途"),
    )
    credit_rating: Mapped[str] = text("信用评级", suggested=True)
    balance_fen: Mapped[int | None] = money("贷款余额", derived=True)
    final_due_on: Mapped[date | None] = day("现到期日", derived=True)
    reason: Mapped[str] = text("说明", help="大户贷款低于原则规定的额度时，写明理由。")
    note: Mapped[str] = text("备注")
    papers: Mapped[list[dict[str, Any]] | None] = files()


class MicrocreditRepayment(Keyed):
    """What was repaid of a loan on a day."""

    __tablename__ = "microcredit_repayments"
    noun = "microcredits"
    owner = "loan_key"

    loan_key: Mapped[str] = reference("microcredits")
    paid_on: Mapped[date | None] = day("还款日", required=True, aliases=("还款日期",))
    principal_fen: Mapped[int] = money("归还本金", required=True, aliases=("本金",))
    interest_fen: Mapped[int | None] = money("归还利息", aliases=("利息",))
    note: Mapped[str] = text("备注")


class MicrocreditRenewal(Keyed):
    """A loan that was renewed without repaying, or extended (清远 二13)."""

    __tablename__ = "microcredit_renewals"
    noun = "microcredits"
    owner = "loan_key"

    loan_key: Mapped[str] = reference("microcredits")
    kind: Mapped[str] = choice("办理方式", RenewalKind, required=True)
    cause: Mapped[str] = choice("原因", RenewalCause, required=True)
    agreed_on: Mapped[date | None] = day("办理日")
    new_due_on: Mapped[date | None] = day("新到期日", required=True)
    note: Mapped[str] = text("情况说明")


class InterestSubsidy(Keyed):
    """The subsidy of the interest of one loan for one period (贴息); its days, principal and amount are computed."""

    __tablename__ = "interest_subsidies"
    noun = "interest_subsidies"

    loan_key: Mapped[str | None] = referenced("小额信贷合同", "microcredits", aliases=("合同号", "借款合同号"))
    entity_loan_key: Mapped[str | None] = referenced("主体贷款合同", "entity_loans")
    from_on: Mapped[date | None] = day("计息起日", required=True, aliases=("起息日", "起"))
    to_on: Mapped[date | None] = day("计息止日", required=True, aliases=("止",), help="止日当天不计息。")
    day_count: Mapped[str] = choice("计息方法", DayCount, default=DayCount.ACTUAL_360)
    days: Mapped[int | None] = integer("计息天数", derived=True, unit="天")
    principal_fen: Mapped[int | None] = money("贴息本金", derived=True, summed=False)
    rate: Mapped[int | None] = percent("贴息利率", derived=True)
    due_fen: Mapped[int | None] = money("应贴金额", derived=True)
    working: Mapped[str] = text("计算过程", derived=True, width=60)
    paid_fen: Mapped[int | None] = money("实贴金额", aliases=("实际贴息",))
    state: Mapped[str] = choice("状态", SubsidyState, default=SubsidyState.COMPUTED)
    paid_on: Mapped[date | None] = day("拨付日")
    note: Mapped[str] = text("备注")


class EntityLoan(Keyed):
    """A loan to a business entity by the households that it brings along (清远 二13)."""

    __tablename__ = "entity_loans"
    noun = "entity_loans"

    entity_key: Mapped[str] = reference("entities")
    bank: Mapped[str] = text("贷款银行", required=True, suggested=True, width=28, aliases=("银行", "承贷银行"))
    contract_no: Mapped[str] = text(
        "合同号", required=True, width=22, style=Style.CODE, aliases=("借款合同号", "合同编号")
    )
    amount_fen: Mapped[int] = money("贷款金额", required=True, aliases=("金额", "借款金额"))
    lent_on: Mapped[date | None] = day("放款日", required=True, aliases=("借款日", "放款日期", "贷款起日", *_LENT))
    due_on: Mapped[date | None] = day("到期日", required=True, aliases=("到期日期", "贷款止日", "贷款到期日"))
    repaid_on: Mapped[date | None] = day("还清日", aliases=("还款日",))
    rate: Mapped[int | None] = percent("年利率", required=True, aliases=("利率", "贷款利率"))
    base_rate: Mapped[int | None] = percent("基准利率", derived=True)
    mode: Mapped[str | None] = choice("贷款模式", LoanMode, aliases=("模式",))
    industry_fund: Mapped[bool | None] = flag("产业扶贫基金", help="由产业扶贫基金担保或出资的贷款。")
    note: Mapped[str] = text("备注")
    papers: Mapped[list[dict[str, Any]] | None] = files("附件")
