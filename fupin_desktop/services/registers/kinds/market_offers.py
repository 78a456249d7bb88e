"""Goods offered and wanted, and what cannot be sold (供求信息, 清远 二7)."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_desktop.services.registers.day_checks import in_order
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import IN_VILLAGE, VILLAGE, Filter, NamedFilter, Search, own
from fupin_desktop.storage.entities import MarketOffer

CLAUSE = "清远 二7"
_UNSOLD = Filter("unsold", values=("是",))


def _checks(checked: Checked) -> Iterable[Finding]:
    """What cannot be sold gets help."""
    for key, values in checked.records.items():
        if values["unsold"] and not values["remedy"]:
            yield Finding(key, "remedy", "产品滞销，请启动应急促销并填写办法。", clause=CLAUSE)


REGISTER = Register(
    name="market_offers",
    title="供求信息",
    unit="条",
    keyword="供求",
    tab="ledgers",
    section="产销",
    searched=False,
    entity=MarketOffer,
    parent=VILLAGE,
    year="year",
    columns=(
        *own("product", "kind"),
        IN_VILLAGE,
        *own("from_on", "to_on", "quantity_milli", "unit", "price_fen", "contact", "phone", "unsold", "remedy", "note"),
    ),
    search=Search(("product",)),
    identity=(Identity(("product", "kind", "village_key"), frozenset({"village_key"})),),
    checks=(_checks, in_order("from_on", "to_on", "上市止日在起日之前，请核对。")),
    filters={
        "unsold": NamedFilter((_UNSOLD,), counted="滞销"),
        "help": NamedFilter(
            (_UNSOLD, Filter("remedy", blank=True)), lacking="产品滞销，还没有应急促销", badge="滞销", urgency="soon"
        ),
    },
    layout=Layout(
        first=("product", "kind", "village", "from_on", "to_on", "quantity", "unit", "price", "contact", "unsold"),
        groups=(
            Group("供求", ("product", "kind", "village", "from_on", "to_on", "quantity", "unit", "price")),
            Group("联系", ("contact", "phone", "unsold", "remedy", "note")),
        ),
        empty=("还没有供求信息", "逐条登记产品、上市期和数量，滞销的及时标明。"),
    ),
)
