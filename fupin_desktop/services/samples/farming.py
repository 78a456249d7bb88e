"""What the households of the sample office plant and breed in their year."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any, NamedTuple

from fupin_desktop.domain.vocabulary import BaseKind

_FEN = Decimal("0.01")
_EVIDENCE = ("购种、购肥票据", "农资店收据", "村委会核定证明", "合作社账单", "代耕代种合同")


class Entry(NamedTuple):
    """One planting or breeding entry, as the register wants it."""

    product: str
    product_group: str
    unit: str
    declared: Decimal | None
    accepted: Decimal | None
    planned: Decimal | None
    area: Decimal | None
    cost: Decimal | None
    cost_evidence: str
    income: Decimal | None
    other_subsidy: Decimal
    base_kind: BaseKind | None
    instalment_year: int = 1


class Product(NamedTuple):
    """What is known of a product; money is yuan per unit, from and to."""

    name: str
    group: str
    unit: str
    cost: tuple[Decimal, Decimal]
    income: tuple[Decimal, Decimal]
    small: tuple[Decimal, Decimal]
    large: tuple[Decimal, Decimal]
    area: Decimal

    @property
    def by_area(self) -> bool:
        """Whether the quantity itself is the area."""
        return self.unit == "亩"


def read_products(data: dict[str, Any]) -> dict[str, Product]:
    """The products of ``resources/samples/office/products.toml`` by name."""
    return {row["name"]: _product(row) for row in data["product"]}


def _product(row: dict[str, Any]) -> Product:
    pairs = {name: (Decimal(row[name][0]), Decimal(row[name][1])) for name in ("cost", "income", "small", "large")}
    return Product(row["name"], row["group"], row["unit"], area=Decimal(row.get("area", "1")), **pairs)


@dataclass(slots=True)
class Farming:
    """A source of entries; equal seeds give equal entries."""

    random: Random
    products: dict[str, Product] = field(default_factory=dict)

    def entries(self, wanted: list[str], *, large: bool, base: BaseKind) -> list[Entry]:
        """The entries of one household: its village's products, the first most often.

        Args:
            wanted: Names of the village's products, the main one first.
            large: Whether it should reach the area of a large household.
            base: Where its main entry lies.
        """
        first = self.products[self._pick(wanted)]
        if large and not first.by_area:
            first = next(self.products[name] for name in wanted if self.products[name].by_area)
        made = [self.entry(first, self._between(first.large if large else first.small, first), base)]
        others = [name for name in wanted if name != first.name]
        if others and self.random.random() < 0.3:
            second = self.products[self.random.choice(others)]
            made.append(self.entry(second, self._between(second.small, second) / 2, BaseKind.SCATTERED))
        return made

    def entry(self, product: Product, quantity: Decimal, base: BaseKind, cost: Decimal | None = None) -> Entry:
        """An entry of this accepted quantity; a cost is drawn where none is given."""
        accepted = self._settled(quantity, product)
        if cost is None:
            cost = (self._between(product.cost, None) * accepted).quantize(Decimal(10))
        income = (self._between(product.income, None) * accepted).quantize(Decimal(100))
        subsidy = Decimal(self.random.choice((200, 300, 500))) if self.random.random() < 0.04 else Decimal(0)
        return Entry(
            product=product.name,
            product_group=product.group,
            unit=product.unit,
            declared=self._declared(accepted, product),
            accepted=accepted,
            planned=self._settled(accepted * Decimal("1.1"), product) if self.random.random() < 0.5 else None,
            area=accepted if product.by_area else (accepted * product.area).quantize(Decimal("0.001")),
            cost=cost.quantize(_FEN),
            cost_evidence=self.random.choice(_EVIDENCE),
            income=income.quantize(_FEN),
            other_subsidy=subsidy,
            base_kind=base,
            instalment_year=self.random.choice((1, 1, 1, 2)) if product.name in ("香蕉", "肉牛") else 1,
        )

    def _pick(self, wanted: list[str]) -> str:
        return wanted[0] if self.random.random() < 0.6 else self.random.choice(wanted)

    def _declared(self, accepted: Decimal, product: Product) -> Decimal:
        """What was declared: mostly what was accepted, now and then more."""
        if self.random.random() < 0.75:
            return accepted
        return self._settled(accepted * Decimal(self.random.choice(("1.05", "1.1", "1.2"))), product)

    def _between(self, ends: tuple[Decimal, Decimal], product: Product | None) -> Decimal:
        """A number between two ends, both of them possible."""
        value = ends[0] + (ends[1] - ends[0]) * self.random.randint(0, 1000) / 1000
        return self._settled(value, product) if product else value

    @staticmethod
    def _settled(value: Decimal, product: Product) -> Decimal:
        """Rounded as it is measured: tenths of a 亩, whole animals; three decimals in all."""
        unit = Decimal("0.1") if product.by_area else Decimal(1)
        return max(value.quantize(unit, ROUND_HALF_UP), unit).quantize(Decimal("0.001"))
