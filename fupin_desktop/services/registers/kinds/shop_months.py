"""What shops on the net sold in each month (吴川 三(二)7)."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.parts import VILLAGE, Parent, Reference, Search, own
from fupin_desktop.storage.entities import Shop, ShopMonth

SHOP = Parent("shop", Shop, "shop_key", "家店", Search(("name",)), above=VILLAGE)
_MONTHS = range(1, 13)


def _checks(checked: Checked) -> Iterable[Finding]:
    """A month of the year; the poor households' part is within the whole."""
    for key, values in checked.records.items():
        if values["month"] is not None and values["month"] not in _MONTHS:
            yield Finding(key, "month", "月份应是 1 到 12。", Severity.MUST)
        if (values["poor"] or 0) > (values["amount"] or 0):
            yield Finding(key, "poor", "贫困户产品销售额超过了销售额。", Severity.MUST)


REGISTER = Register(
    name="shop_months",
    title="月销售",
    unit="月",
    keyword="电商月销售",
    tab="ledgers",
    searched=False,
    entity=ShopMonth,
    parent=SHOP,
    year="year",
    columns=(
        Reference("shop_key", Shop, source="shop", key="shop"),
        *own("month", "orders", "amount_fen", "poor_fen"),
    ),
    search=Search(("month",)),
    identity=(Identity(("shop_key", "month")),),
    unique=(Unique(("shop_key", "month"), Severity.MUST),),
    checks=(_checks,),
    order="month",
    layout=Layout(
        first=("month", "orders", "amount", "poor"),
        groups=(Group("月销售", ("shop", "month", "orders", "amount", "poor")),),
        sums=(("amount", "销售额"), ("poor", "贫困户产品")),
        empty=("还没有月销售", "逐月新增。"),
    ),
)
