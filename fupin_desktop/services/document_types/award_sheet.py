"""The award sheet (产业奖补资金测算(分配)表, 吴川 三(二)4): every household of a calculation with its award."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.domain.area import format_quantity
from fupin_desktop.policy.clauses import cite
from fupin_desktop.policy.results import AwardResult, HouseholdAward
from fupin_desktop.policy.scheme import CostScope
from fupin_desktop.policy.working import Step
from fupin_desktop.services.awards.subject import (
    AwardSubject,
    PaperItem,
    bracketed,
    class_label,
    group_shown,
    paper_item,
    record_name,
    run_notes,
    several_villages,
    summary,
    with_tail,
)
from fupin_desktop.services.documents.type import Bound, DocumentType, Linked
from fupin_desktop.services.schemes.words import reason_sentences


class AwardSheetRow(NamedTuple):
    """One household; several items print as lines under each other beside one amount.

    Attributes:
        group: 村民小组 (of a town sheet: village and group).
        head: 户主.
        household_class: 户类别, the label.
        size: 规模, 大户 or 小农户.
        items: Items counted, at least none.
        area: Planted area of the household, 亩.
        cost: Verified cost, yuan; None where not verified.
        computed: 应奖补, yuan.
        capped: 封顶后, yuan.
        award: 实奖补, yuan.
        remark: 说明.
        tail: Shortest ID tail that tells households of one name apart; empty where the name does.
        record: How a message names this household, e.g. ``低岭村 吴华契``; empty takes ``head``.
    """

    group: str
    head: str
    household_class: str
    size: str
    items: tuple[PaperItem, ...]
    area: Decimal | None
    cost: Decimal | None
    computed: Decimal
    capped: Decimal
    award: Decimal
    remark: str = ""
    tail: str = ""
    record: str = ""

    @property
    def head_shown(self) -> str:
        """户主 as printed, with the ID tail where there is one."""
        return with_tail(self.head, self.tail)


@dataclass(frozen=True, slots=True)
class AwardSheet:
    """The whole sheet; totals are summed from the rows, so that they always agree.

    Attributes:
        place: Village or town in the title, e.g. 低岭村.
        year: Calendar year.
        office: Unit that made the sheet (制表单位).
        made_on: Date printed and written into the file.
        rows: One per household, in printed order.
        batch: Batch within the year, e.g. 第一批; empty for the only one.
        scheme: The scheme's name, for the basis line.
        basis: Further sentences of the basis line: clauses, 大户起点, pool.
        reasons: Written reasons for “in principle” rules, one sentence each.
        summary: One sentence with the counts of households and the money left; empty for none.
        maker: Clerk (制表); empty leaves room for the pen.
        draft: Prints 草稿 across each page.
    """

    place: str
    year: int
    office: str
    made_on: date
    rows: tuple[AwardSheetRow, ...]
    batch: str = ""
    scheme: str = ""
    basis: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    summary: str = ""
    maker: str = ""
    draft: bool = False

    @property
    def award_total(self) -> Decimal:
        """Σ 实奖补 of the rows, yuan."""
        return sum((row.award for row in self.rows), Decimal(0))

    @property
    def reasons_line(self) -> str:
        """The written reasons as one sentence; empty for none."""
        return "；".join(self.reasons)

    @property
    def basis_line(self) -> str:
        """The basis as one sentence."""
        return "；".join(filter(None, (self.scheme, *self.basis)))


def sheet_of(subject: AwardSubject) -> AwardSheet:
    """What the award sheet prints: every household, also those with 0 and their reason."""
    result, head, tails = subject.result, subject.head, subject.tails
    several = several_villages(result)
    return AwardSheet(
        place=result.scheme.place,
        year=result.scheme.year,
        office=head.office,
        made_on=head.made_on,
        rows=tuple(_sheet_row(award, tails, several) for award in result.awards),
        batch=result.scheme.batch,
        scheme=result.scheme.name,
        basis=_basis(result, head.basis),
        reasons=reason_sentences(result.scheme, head.basis),
        summary=summary(result),
        maker=head.maker,
        draft=head.draft,
    )


def _sheet_row(award: HouseholdAward, tails: Mapping[str, str], several: bool) -> AwardSheetRow:
    applicant = award.applicant
    return AwardSheetRow(
        group=group_shown(applicant, several),
        head=applicant.name,
        household_class=class_label(applicant),
        size=award.size_label or award.size.label,
        items=tuple(paper_item(item) for item in award.items) or _below_minimum(award),
        area=award.area,
        cost=award.cost,
        computed=award.computed,
        capped=award.capped,
        award=award.award,
        remark=award.reason,
        tail=tails.get(applicant.key, ""),
        record=record_name(applicant),
    )


_BELOW = ("minimum.below", "minimum.not_above")


def _below_minimum(award: HouseholdAward) -> tuple[PaperItem, ...]:
    """What was counted and stayed below the least quantity, so that the sheet shows what the reason speaks of."""
    return tuple(
        PaperItem(step.item, quantity, _unit_of(step))
        for step in award.steps
        if step.rule in _BELOW and isinstance(quantity := dict(step.inputs)["quantity"], Decimal)
    )


def _unit_of(step: Step) -> str:
    return str(dict(step.inputs).get("unit", "") or step.unit)


def _basis(result: AwardResult, paper: str) -> tuple[str, ...]:
    """Sentences under the sheet: where the boundary, the ceiling and the money come from."""
    scheme = result.scheme
    cited = cite(paper, "吴川 三(二)4")
    source = "方案规定" if scheme.large_from is not None else cited
    ratio = "" if scheme.cost_ratio == 1 else f"的 {scheme.cost_ratio * 100:f}%"
    lines = [
        f"全户种养面积 {format_quantity(result.large_from)} 亩及以上为大户{bracketed(source)}",
        "方案不设成本上限" if scheme.cost_scope is CostScope.NONE else f"奖补不超过核定成本{ratio}{bracketed(cited)}",
    ]
    return (*lines, *run_notes(result))


def _query(subject: AwardSubject) -> Bound:
    sheet = sheet_of(subject)
    return Bound(sheet, sheet.made_on, sheet.draft)


def _named(subject: AwardSubject) -> str:
    return f"{subject.name_head}{TYPE.title}"


def run_linked(subject: AwardSubject) -> Linked | None:
    """A stored calculation never changes; one that is not stored has no link."""
    return Linked("award_runs", (subject.run_key,), settled=True) if subject.run_key else None


TYPE = DocumentType(
    "award_sheet", "测算表", "奖补测算表", order=40, tab="awards", query=_query, named=_named, linked=run_linked
)
