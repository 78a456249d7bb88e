"""What a quarterly table is made of: projects with what became of them, and the places that must appear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Money(StrEnum):
    """Where the money of a project comes from, as the table divides it; the value is the column."""

    FISCAL = "plan_fiscal"
    INTEGRATED = "plan_integrated"
    ASSISTING = "plan_assisting"
    SOCIAL = "plan_social"
    LOAN = "plan_loan"
    OWN = "plan_own"


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A village that may have projects.

    Attributes:
        key: Its key.
        county: County.
        town: Town.
        village: Its name.
        poor: Whether it is a 省定贫困村.
    """

    key: str
    county: str
    town: str
    village: str
    poor: bool


@dataclass(frozen=True, slots=True)
class QuarterFacts:
    """What a village answered of a project for a quarter; amounts in yuan.

    Attributes:
        done: Invested up to the end of the quarter.
        received: Money that arrived up to then.
        running: 运作情况, the label.
        progress: Per cent of the work done; None where it is not told.
        channels: Where the product is sold.
        sales: Sold in the quarter.
        net: Net income of the quarter.
        shared: Of it paid to households.
        collective: Of it for the village.
        wages: Wages paid to poor households.
        households: Poor households brought along.
        persons: Their persons.
        troubles: What is in the way.
        plan: What comes next.
    """

    done: Decimal | None = None
    received: Decimal | None = None
    running: str = ""
    progress: Decimal | None = None
    channels: str = ""
    sales: Decimal | None = None
    net: Decimal | None = None
    shared: Decimal | None = None
    collective: Decimal | None = None
    wages: Decimal | None = None
    households: int | None = None
    persons: int | None = None
    troubles: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A project of the pool as a quarterly table shows it; amounts in yuan.

    Attributes:
        key: Its key.
        place: Its village.
        name: Its name.
        villages: How many villages it concerns.
        money: Planned money by column.
        large: Large households among those brought along.
        quarter: What was answered for the quarter; None where nothing was.
    """

    key: str
    place: PlaceFacts
    name: str
    industry: str = ""
    product: str = ""
    task: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    money: Mapping[Money, Decimal] = field(default_factory=dict)
    operator: str = ""
    operator_kind: str = ""
    linkages: str = ""
    households: int | None = None
    persons: int | None = None
    large: int | None = None
    resources: str = ""
    channels: str = ""
    insured: bool | None = None
    note: str = ""
    villages: int = 1
    quarter: QuarterFacts | None = None
