"""Base rates and LPR with the day from which they hold (基准利率, 清远 二13)."""

from __future__ import annotations

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services import loans
from fupin_desktop.services.registers.description import Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.parts import Search, own
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage.entities import BaseRate
from fupin_desktop.storage.unit import Unit


def _refresh(unit: Unit, _touched: Touched) -> None:
    """The base rate of every loan."""
    loans.refresh_base_rates(unit)


REGISTER = Register(
    name="base_rates",
    title="基准利率",
    unit="条",
    keyword="利率",
    tab="ledgers",
    section="金融保险",
    searched=False,
    entity=BaseRate,
    columns=own("since", "term", "rate", "document_no", "note"),
    search=Search(("document_no",)),
    identity=(Identity(("since", "term")),),
    unique=(Unique(("since", "term"), Severity.MUST),),
    derive=_refresh,
    layout=Layout(
        first=("since", "term", "rate", "document_no", "note"),
        groups=(Group("利率", ("since", "term", "rate", "document_no", "note")),),
        empty=("还没有登记基准利率", "登记人民银行公布的基准利率或 LPR，主体贷款的上浮幅度才能核对。"),
    ),
)
