"""The papers of an award calculation: sheet, working and public notice, from a result and the office's details."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fupin_desktop.documents.award_sheet import AwardSheet, AwardSheetRow, PaperItem
from fupin_desktop.documents.award_working import AwardWorking, WorkingHousehold, WorkingLine
from fupin_desktop.documents.notice import AwardNotice, Contact, NoticeRow
from fupin_desktop.domain import identity, masking
from fupin_desktop.domain.area import format_quantity
from fupin_desktop.domain.calendar import Period
from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.errors import SamePerson
from fupin_desktop.policy.applicants import Applicant
from fupin_desktop.policy.awards.telling import tell
from fupin_desktop.policy.results import AwardResult, HouseholdAward, ItemAmount
from fupin_desktop.services.schemes.words import rule_sentences

POLICY_PAPER = "《吴川市推进产业扶贫实施方案》"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PaperHead:
    """What the papers say besides the calculation.

    Attributes:
        office: Unit that makes the papers, e.g. 吴川市塘㙍镇扶贫办.
        made_on: Date printed and written into the files.
        maker: Clerk; empty leaves room for the pen.
        publisher: Unit that signs the notice; empty takes the scheme's village committee.
        contacts: To whom to object; places without a phone print a line to fill in.
        board: Where the notice is posted; empty takes the place's board.
        draft: Prints 草稿 across each page.
    """

    office: str
    made_on: date
    maker: str = ""
    publisher: str = ""
    contacts: tuple[Contact, ...] = ()
    board: str = ""
    draft: bool = False


def identity_numbers(result: AwardResult) -> dict[str, str]:
    """Household keys that are identity numbers themselves, as the importer makes them without a data file."""
    keys = (award.applicant.key for award in result.awards)
    return {key: key for key in keys if identity.check(key).fault is None}


def name_tails(result: AwardResult, numbers: Mapping[str, str]) -> dict[str, str]:
    """The shortest identity-number tail that tells households of one name apart; empty where the name does.

    Args:
        result: The calculation.
        numbers: Identity number by household key; households without one get no tail, and neither do those of one
            name whose numbers do not differ (a check of its own tells of both).
    """
    named: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for award in result.awards:
        key, name = award.applicant.key, award.applicant.name
        if number := numbers.get(key):
            named[name].append((key, name, number))
    tails: dict[str, str] = {}
    for people in named.values():
        with suppress(SamePerson):
            tails.update(masking.shortest_tails(people))
    return tails


def award_sheet(result: AwardResult, head: PaperHead, numbers: Mapping[str, str]) -> AwardSheet:
    """What the award sheet prints: every household, also those with 0 and their reason."""
    tails = name_tails(result, numbers)
    several = _several_villages(result)
    return AwardSheet(
        place=result.scheme.place,
        year=result.scheme.year,
        office=head.office,
        made_on=head.made_on,
        rows=tuple(_sheet_row(award, tails, several) for award in result.awards),
        batch=result.scheme.batch,
        scheme=result.scheme.name,
        basis=_basis(result),
        summary=summary(result),
        maker=head.maker,
        draft=head.draft,
    )


def award_working(result: AwardResult, head: PaperHead, numbers: Mapping[str, str]) -> AwardWorking:
    """What the working prints: each household with its steps."""
    tails = name_tails(result, numbers)
    return AwardWorking(
        place=result.scheme.place,
        year=result.scheme.year,
        office=head.office,
        made_on=head.made_on,
        scheme=result.scheme.name,
        households=tuple(_working(award, tails) for award in result.awards),
        batch=result.scheme.batch,
        notes=_run_notes(result),
        draft=head.draft,
    )


def award_notice(
    result: AwardResult, head: PaperHead, numbers: Mapping[str, str], period: Period, *, mask_names: bool = False
) -> AwardNotice:
    """What the public notice prints: households with an award, without any full number.

    Args:
        result: The calculation.
        head: The office's details.
        numbers: Identity number by household key, for tails beside same names only.
        period: The publicity period.
        mask_names: Whether names are published as 张*三.
    """
    tails = name_tails(result, numbers)
    awarded = [award for award in result.awards if award.award > ZERO]
    several = _several_villages(result)
    scheme = result.scheme
    return AwardNotice(
        place=scheme.place,
        year=scheme.year,
        publisher=head.publisher or scheme.decision.village or scheme.place,
        posted_on=head.made_on,
        first=period.first,
        last=period.last,
        days=period.days,
        rows=tuple(_notice_row(award, tails, several, mask_names) for award in awarded),
        contacts=head.contacts,
        batch=scheme.batch,
        basis=_notice_basis(result),
        rules=rule_sentences(scheme, result.large_from),
        persons=_persons(awarded),
        villages=max(1, len({award.applicant.village for award in awarded})),
        area=_counted_area(awarded),
        board=head.board or f"{scheme.place}公示栏",
        working_days=period.working,
        draft=head.draft,
    )


def summary(result: AwardResult) -> str:
    """One sentence with the counts of households and the money left."""
    totals = result.totals
    text = (
        f"名册 {totals.households} 户，参与 {totals.participating} 户 "
        f"(大户 {totals.large} 户、小农户 {totals.small} 户)，"
        f"奖补 {totals.awarded} 户，合计 {format_money(totals.award)} 元"
    )
    if totals.pool is None or totals.left is None:
        return text + "。"
    word, amount = ("结余", totals.left) if totals.left >= ZERO else ("缺口", -totals.left)
    return f"{text}；可用资金 {format_money(totals.pool)} 元，{word} {format_money(amount)} 元。"


def _several_villages(result: AwardResult) -> bool:
    return len({award.applicant.village for award in result.awards}) > 1


def _group(applicant: Applicant, several: bool) -> str:
    return f"{applicant.village} {applicant.group}".strip() if several else applicant.group


def record_name(applicant: Applicant) -> str:
    """How a message names a household."""
    return " ".join(part for part in (applicant.village, applicant.group, applicant.name) if part)


def _paper_item(item: ItemAmount) -> PaperItem:
    return PaperItem("、".join(item.products) or item.item, item.quantity, item.unit, item.standard)


def _class(applicant: Applicant) -> str:
    return applicant.household_class.label if applicant.household_class else ""


def _sheet_row(award: HouseholdAward, tails: Mapping[str, str], several: bool) -> AwardSheetRow:
    applicant = award.applicant
    return AwardSheetRow(
        group=_group(applicant, several),
        head=applicant.name,
        household_class=_class(applicant),
        size=award.size_label or award.size.label,
        items=tuple(_paper_item(item) for item in award.items),
        area=award.area,
        cost=award.cost,
        computed=award.computed,
        capped=award.capped,
        award=award.award,
        remark=award.reason,
        tail=tails.get(applicant.key, ""),
        record=record_name(applicant),
    )


def _working(award: HouseholdAward, tails: Mapping[str, str]) -> WorkingHousehold:
    applicant = award.applicant
    return WorkingHousehold(
        head=applicant.name,
        village=applicant.village,
        group=applicant.group,
        household_class=_class(applicant),
        size=award.size_label or award.size.label,
        members=applicant.members,
        area=award.area,
        cost=award.cost,
        lines=tuple(WorkingLine(tell(step), step.clause, step.result, step.unit) for step in award.steps),
        award=award.award,
        reason=award.reason,
        tail=tails.get(applicant.key, ""),
        record=record_name(applicant),
    )


def _notice_row(award: HouseholdAward, tails: Mapping[str, str], several: bool, mask_names: bool) -> NoticeRow:
    applicant = award.applicant
    paid = [item for item in award.items if item.amount > ZERO] or award.items
    return NoticeRow(
        group=_group(applicant, several),
        head=masking.mask_name(applicant.name) if mask_names else applicant.name,
        household_class=_class(applicant),
        items=tuple(_paper_item(item) for item in paid),
        award=award.award,
        remark=award.reason,
        tail=tails.get(applicant.key, ""),
        record=record_name(applicant),
    )


def _basis(result: AwardResult) -> tuple[str, ...]:
    """Sentences under the sheet: where the boundary, the ceiling and the money come from."""
    scheme = result.scheme
    source = "方案规定" if scheme.large_from is not None else "吴川 三(二)4"
    ratio = "" if scheme.cost_ratio == 1 else f"的 {scheme.cost_ratio * 100:f}%"
    lines = [
        f"全户种养面积 {format_quantity(result.large_from)} 亩及以上为大户 ({source})",
        f"奖补不超过核定成本{ratio} (吴川 三(二)4)",
    ]
    return (*lines, *_run_notes(result))


def _run_notes(result: AwardResult) -> tuple[str, ...]:
    """Sentences that hold for all households: rates found from a pool, the factor of step 9."""
    units = {item.name: item.unit for item in result.scheme.items}
    notes = [
        f"{name}按总额÷总量得出单价 {format_money(rate)} 元/{units.get(name, '')} (舍去到分)"
        for name, rate in result.pool_rates.items()
    ]
    if result.totals.scale is not None and result.totals.pool is not None:
        top, bottom = (format_money(from_fen(fen)) for fen in result.totals.scale)
        notes.append(f"资金不足，按可用资金 {top} 元 ÷ 应付合计 {bottom} 元同比例折减")
    return tuple(notes)


def _notice_basis(result: AwardResult) -> tuple[str, ...]:
    """The papers a notice rests on: the county's plan and the village's own scheme."""
    scheme = result.scheme
    number = f"({scheme.decision.document})" if scheme.decision.document else ""
    return (POLICY_PAPER, f"《{scheme.name}》{number}")


def _persons(awarded: list[HouseholdAward]) -> int | None:
    """Persons of the awarded households; None as soon as one household's number is missing."""
    counts = [award.applicant.members for award in awarded]
    return sum(counts) if counts and all(counts) else None


def _counted_area(awarded: list[HouseholdAward]) -> Decimal | None:
    """Counted area of the awarded items, 亩; None where no item is counted in 亩."""
    areas = [item.quantity for award in awarded for item in award.items if item.unit == "亩" and item.amount > ZERO]
    return sum(areas, ZERO) if areas else None
