"""The working of each award, household by household (奖补资金计算说明, 吴川 三(二)4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, overload

from fupin_desktop.domain.area import format_quantity
from fupin_desktop.domain.money import format_money
from fupin_desktop.override import override
from fupin_desktop.policy.awards.telling import tell
from fupin_desktop.policy.clauses import cite
from fupin_desktop.policy.results import HouseholdAward
from fupin_desktop.services.awards.subject import AwardSubject, class_label, record_name, run_notes, with_tail
from fupin_desktop.services.document_types.award_sheet import run_linked
from fupin_desktop.services.documents.type import Bound, DocumentType

_DECIMALS = 6
SCHEME = "方案"
"""How steps begin that rest on the scheme itself."""


class WorkingLine(NamedTuple):
    """One step of the working.

    Attributes:
        sentence: What was done, in Chinese, with its arithmetic.
        clause: The clause of the county's paper, without its title, or the scheme's own line; empty for none.
        result: Value after the step; None where the step only states a fact.
        unit: Unit of the result: 元 prints as money, others with three decimals and their unit.
        number: Which step of the calculation, 0 to 10, as the manual and ``result.json`` count them.
    """

    sentence: str
    clause: str = ""
    result: Decimal | None = None
    unit: str = ""
    number: int = 0

    @property
    def result_shown(self) -> str:
        """The result as printed; a sum not yet rounded shows all its decimals, up to six."""
        if self.result is None:
            return ""
        exact = round(self.result, _DECIMALS)
        if self.unit == "元":
            return f"{exact:,.2f}" if exact == round(exact, 2) else f"{exact:,.6f}".rstrip("0")
        shown = f"{exact:,.6f}".rstrip("0").rstrip(".")
        if self.unit == "亩" and exact == round(exact, 3):
            shown = f"{exact:,.3f}"
        return f"{shown} {self.unit}".rstrip()


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

    @property
    def heading(self) -> str:
        """户主, village, class and size in one line."""
        place = f"{self.village}{self.group}"
        return "　".join(filter(None, (with_tail(self.head, self.tail), place, self.household_class, self.size)))

    @property
    def facts(self) -> str:
        """Area, cost and persons in one line."""
        area = "" if self.area is None else f"种养面积 {format_quantity(self.area)} 亩"
        cost = "核定成本 未核定" if self.cost is None else f"核定成本 {format_money(self.cost)} 元"
        members = f"家庭人口 {self.members} 人" if self.members else ""
        return "　　".join(filter(None, (area, cost, members)))


@dataclass(frozen=True, slots=True)
class AwardWorking:
    """The whole document.

    Attributes:
        place: Village or town in the title.
        year: Calendar year.
        office: Unit that made it.
        made_on: Date printed and written into the file.
        scheme: The scheme's name.
        households: One per household, in printed order; made when they are looked at.
        batch: Batch within the year; empty for the only one.
        basis: The county's paper that it rests on; empty for none.
        notes: Sentences that hold for all households (rate found from a pool, factor of step 9).
        draft: Prints 草稿 across each page.
    """

    place: str
    year: int
    office: str
    made_on: date
    scheme: str
    households: Sequence[WorkingHousehold]
    batch: str = ""
    basis: str = ""
    notes: tuple[str, ...] = ()
    draft: bool = False

    @property
    def basis_line(self) -> str:
        """Scheme and paper in one line."""
        paper = f"{self.basis}（以下只写条款）" if self.basis else ""
        return "；".join(filter(None, (f"{self.scheme}（以下称方案）", paper)))


def working_of(subject: AwardSubject) -> AwardWorking:
    """What the working prints: each household with its steps."""
    result, head, tails = subject.result, subject.head, subject.tails
    return AwardWorking(
        place=result.scheme.place,
        year=result.scheme.year,
        office=head.office,
        made_on=head.made_on,
        scheme=result.scheme.name,
        households=_Households(result.awards, tails, head.basis),
        batch=result.scheme.batch,
        notes=run_notes(result),
        basis=head.basis,
        draft=head.draft,
    )


class _Households(Sequence[WorkingHousehold]):
    """Households with their steps, made one by one: told all at once, those of a town take 30 MB."""

    def __init__(self, awards: Sequence[HouseholdAward], tails: Mapping[str, str], paper: str) -> None:
        self._awards, self._tails, self._paper = awards, tails, paper

    @override
    def __len__(self) -> int:
        return len(self._awards)

    @overload
    def __getitem__(self, at: int) -> WorkingHousehold: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[WorkingHousehold]: ...
    @override
    def __getitem__(self, at: int | slice) -> WorkingHousehold | Sequence[WorkingHousehold]:
        if isinstance(at, slice):
            return _Households(self._awards[at], self._tails, self._paper)
        return _working(self._awards[at], self._tails, self._paper)


def _working(award: HouseholdAward, tails: Mapping[str, str], paper: str) -> WorkingHousehold:
    applicant = award.applicant
    return WorkingHousehold(
        head=applicant.name,
        village=applicant.village,
        group=applicant.group,
        household_class=class_label(applicant).replace("\n", "、"),
        size=award.size_label or award.size.label,
        members=applicant.members,
        area=award.area,
        cost=award.cost,
        lines=tuple(
            WorkingLine(tell(step), _clause(step.clause, paper), step.result, step.unit, step.number)
            for step in award.steps
        ),
        award=award.award,
        reason=award.reason,
        tail=tails.get(applicant.key, ""),
        record=record_name(applicant),
    )


def _clause(name: str, paper: str) -> str:
    """What a step rests on, as printed: the scheme's own line, or the clause of the paper that governs."""
    return name.replace(" ", "：") if name.startswith(SCHEME) else cite(paper, name, bare=True)


def _query(subject: AwardSubject) -> Bound:
    working = working_of(subject)
    return Bound(working, working.made_on, working.draft)


def _named(subject: AwardSubject) -> str:
    return f"{subject.name_head}{TYPE.title}"


TYPE = DocumentType(
    "award_working", "计算说明", "逐户计算说明", order=41, tab="awards", query=_query, named=_named, linked=run_linked
)
