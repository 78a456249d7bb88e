"""Brands and certificates of products (品牌认证, 清远 二8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from fupin_desktop.services.registers.day_checks import in_order
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import IN_VILLAGE, VILLAGE, Reference, Search, own
from fupin_desktop.services.registers.standing import due_filters, standing
from fupin_desktop.storage.entities import Brand, Entity

CLAUSE = "清远 二8"
_BEFORE = timedelta(days=60)
"""So long before a certificate ends its renewal is due."""


def _checks(checked: Checked) -> Iterable[Finding]:
    """A certificate that ends soon is renewed."""
    for key, values in checked.records.items():
        expires = values["expires_on"]
        if expires is not None and expires <= checked.today + _BEFORE:
            word = "已过期" if expires < checked.today else "就要到期"
            yield Finding(key, "expires_on", f"证书 {expires:%Y-%m-%d} {word}，请办理续展。", clause=CLAUSE)


REGISTER = Register(
    name="brands",
    title="品牌认证",
    unit="个",
    keyword="品牌",
    tab="ledgers",
    section="产销",
    entity=Brand,
    parent=VILLAGE,
    columns=(
        *own("name", "kind", "level"),
        IN_VILLAGE,
        Reference("entity_key", Entity, codes=("credit_code",), key="entity"),
        *own("product", "certificate_no", "issued_on", "expires_on"),
        standing(lambda: Brand.expires_on),
        *own("award_fen", "waived_fen", "papers", "note"),
    ),
    search=Search(("name",), code="certificate_no"),
    identity=(Identity(("certificate_no",)), Identity(("name", "kind"), frozenset({"kind"}))),
    checks=(in_order("issued_on", "expires_on", "有效期止日在发证日期之前，请核对。"), _checks),
    filters=due_filters("证书已过有效期", "证书 30 天内到期"),
    layout=Layout(
        first=(
            "name", "kind", "level", "product", "entity", "village", "certificate_no", "issued_on", "expires_on",
            "standing",
        ),
        groups=(
            Group("品牌", ("name", "kind", "level", "product", "entity", "village")),
            Group("证书", ("certificate_no", "issued_on", "expires_on", "award", "waived", "note")),
        ),
        sums=(("award", "奖补"),),
        empty=("还没有品牌认证", "绿色、有机、地理标志和商标逐个登记。"),
    ),
)
