"""The rows behind the money of a plan or a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.vocabulary import TargetKind
from fupin_desktop.services import fund_papers, funds
from fupin_desktop.services.fund_papers import Payments
from fupin_desktop.services.funds import FundTarget
from fupin_desktop.services.workbench import Workbench

PAID, RESERVED, LEFT = "paid_lines", "reserved", "left"
_ZERO = Decimal("0.00")


class Rows(NamedTuple):
    """What a ``TableDialog`` shows."""

    title: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def paid_rows(found: Payments) -> Rows:
    """The payments of a plan or a sheet."""
    rows = [
        (f"{line.dated:%Y-%m-%d}", line.source, line.document_no, format_money(line.amount), line.payee, line.paper_no,
         line.note) for line in found.lines
    ]
    rows.append(("合计", "", f"{len(rows)} 笔", format_money(found.paid), "", "", ""))
    headings = ("日期", "资金来源", "文号", "金额(元)", "收款单位(户)", "凭证号", "备注")
    return Rows(f"“{found.name}”已拨付", headings, rows)


def plan_rows(bench: Workbench, found: Payments, root: str, year: int, key: str) -> Rows:
    """The rows behind another amount of a plan.

    Args:
        bench: The workbench.
        found: What is approved and paid of it.
        root: First version of the plan.
        year: Year of its approval sheets.
        key: ``allocated``, ``reserved`` or ``left``.
    """
    if key == RESERVED:
        return _sheets(bench, found, root, year)
    return _left(found) if key == LEFT else _sources(bench, found, root)


def _sources(bench: Workbench, found: Payments, root: str) -> Rows:
    """What each source gives it."""
    balance = funds.target_balance(bench, FundTarget(TargetKind.PLAN, root, found.name))
    rows = [
        (share.name, share.document_no, format_money(share.allocated), format_money(share.paid),
         format_money(share.left)) for share in balance.by_source
    ]
    rows.append((
        "合计", f"{len(rows)} 笔", format_money(balance.allocated), format_money(balance.paid),
        format_money(balance.left),
    ))
    headings = ("资金来源", "文号", "安排(元)", "拨付(元)", "未拨付(元)")
    return Rows(f"“{found.name}”批准安排", headings, rows)


def _sheets(bench: Workbench, found: Payments, root: str, year: int) -> Rows:
    """The approval sheets that rest on it."""
    lines = [line for line in fund_papers.sheet_lines(bench, year) if line.plan_root == root]
    rows = [
        (line.number, line.state.label, format_money(line.amount), format_money(line.paid), format_money(line.left))
        for line in lines
    ]
    asked, paid = sum((line.amount for line in lines), _ZERO), sum((line.paid for line in lines), _ZERO)
    rows.append(("合计", f"{len(lines)} 份", format_money(asked), format_money(paid), format_money(asked - paid)))
    headings = ("审批表编号", "状态", "申请(元)", "已拨付(元)", "未拨付(元)")
    return Rows(f"“{found.name}”的审批表", headings, rows)


def _left(found: Payments) -> Rows:
    """How it is reckoned."""
    rows = [
        ("批准安排", format_money(found.amount)), ("减：已拨付", format_money(found.paid)),
        ("减：审批表已申请未拨付", format_money(found.reserved)), ("余额", format_money(found.left)),
    ]
    return Rows(f"“{found.name}”余额", ("项目", "金额(元)"), rows)
