"""Documents of money: use plans (呈批表) and approval sheets (审批表), tied to the ledger of fund sources.

They go through the states of ``services.documents``; here is what is theirs alone.
"""

from __future__ import annotations

from fupin_desktop.services.fund_papers.offers import Offer, offers, take
from fupin_desktop.services.fund_papers.paying import (
    PAID,
    PARTLY,
    UNPAID,
    PaymentLine,
    Payments,
    paid_word,
    pay,
    pay_plan,
    payments,
)
from fupin_desktop.services.fund_papers.reading import PlanLine, SheetLine, plan_lines, sheet_lines

__all__ = [
    "PAID",
    "PARTLY",
    "UNPAID",
    "Offer",
    "PaymentLine",
    "Payments",
    "PlanLine",
    "SheetLine",
    "offers",
    "paid_word",
    "pay",
    "pay_plan",
    "payments",
    "plan_lines",
    "sheet_lines",
    "take",
]
