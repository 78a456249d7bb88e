"""The working of each award, household by household (奖补资金计算说明, 吴川 三(二)4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class WorkingLine(NamedTuple):
    """One step of the working.

    Attributes:
        sentence: What was done, in Chinese, with its arithmetic.
        clause: The clause or the scheme's own line; small under the sentence; empty for none.
        result: Value after the step; None where the step only states a fact.
        unit: Unit of the result: 元 prints as money, others with three decimals and their unit.
    """

    sentence: str
    clause: str = ""
    result: Decimal | None = None
    unit: str = ""


class WorkingHousehold(NamedTuple):
    """One household's block.

    Attributes:
        head: 户主.
        village: Village.
        group: 村民小组.
        household_class: 户类别, the label.
        size: 大户 or 小农户.
        members: Persons, 0 where not registered.
        area: Planted area, 亩; None prints empty.
        cost: Verified cost, yuan; None prints 未核定.
        lines: The steps, in order.
        award: 实奖补, yuan.
        reason: Why the award is 0 or less than computed; empty for none.
        tail: ID tail beside same names; empty where the name does.
        record: How a message names this household; empty takes ``head``.
    """

    head: str
    village: str
    group: str
    household_class: str
    size: str
    members: int
    area: Decimal | None
    cost: Decimal | None
    lines: tuple[WorkingLine, ...]
    award: Decimal
    reason: str = ""
    tail: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class AwardWorking:
    """The whole document.

    Attributes:
        place: Village or town in the title.
        year: Calendar year.
        office: Unit that made it.
        made_on: Date printed and written into the file.
        scheme: The scheme's name.
        households: One per household, in printed order.
        batch: Batch within the year; empty for the only one.
        notes: Sentences that hold for all households (rate found from a pool, factor of step 9).
        draft: Prints 草稿 across each page.
    """

    place: str
    year: int
    office: str
    made_on: date
    scheme: str
    households: tuple[WorkingHousehold, ...]
    batch: str = ""
    notes: tuple[str, ...] = ()
    draft: bool = False
