"""Shops of villages on the net (电商平台, 吴川 三(一)6, 三(二)7)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select

from fupin_desktop.services.registers.description import Group, Identity, Layout, Register
from fupin_desktop.services.registers.kinds import shop_months
from fupin_desktop.services.registers.parts import (
    IN_VILLAGE,
    VILLAGE,
    Computed,
    Filter,
    NamedFilter,
    Search,
    of_parent,
    own,
)
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Shop, ShopMonth
from fupin_desktop.storage.fields import Field, Kind


def _sold(_bench: Workbench, year: int) -> ColumnElement[Any]:
    """What the shop sold in the year."""
    sold = select(func.sum(ShopMonth.amount_fen)).where(ShopMonth.shop_key == Shop.key, ShopMonth.year == year)
    return sold.correlate(Shop).scalar_subquery()


REGISTER = Register(
    name="shops",
    title="电商平台",
    unit="家",
    keyword="电商",
    tab="ledgers",
    section="产销",
    entity=Shop,
    parent=VILLAGE,
    columns=(
        *own("name", "platform"),
        IN_VILLAGE,
        *of_parent("village", "poor_village"),
        *own("opened_on", "operator", "kind", "state"),
        Computed(Field("sold", "本年销售额", Kind.MONEY, unit="元"), _sold),
        *own("note"),
    ),
    search=Search(("name",)),
    identity=(Identity(("name", "platform")),),
    children=(shop_months.REGISTER,),
    filters={
        "poor_villages": NamedFilter((Filter("poor_village", values=("是",)),), counted="贫困村"),
    },
    layout=Layout(
        first=("name", "platform", "village", "poor_village", "opened_on", "operator", "sold", "state"),
        groups=(Group("店铺", ("name", "platform", "village", "opened_on", "operator", "kind", "state", "note")),),
        sums=(("sold", "本年销售"),),
        empty=("还没有电商店铺", "省定贫困村和示范镇开通的平台逐家登记。"),
    ),
)
