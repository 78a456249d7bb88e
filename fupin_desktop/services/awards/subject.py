"""What the papers of a calculation are about: the result with the office's details, and what all of them say alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.domain import identity, masking
from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.errors import SamePerson
from fupin_desktop.policy.applicants import Applicant
from fupin_desktop.policy.results import AwardResult, ItemAmount, PoolRate
from fupin_desktop.services import offices
from fupin_desktop.services.awards.stored_runs import StoredRun
from fupin_desktop.services.offices import Contact
from fupin_desktop.services.workbench import Workbench

POLICY_PAPER = "《吴川市推进产业扶贫实施方案》"
ZERO = Decimal(0)


class PaperItem(NamedTuple):
    """One planting or breeding item as printed in a list.

    Attributes:
        product: Product or scheme item, e.g. 水稻.
        quantity: Counted quantity in ``unit``; None prints empty.
        unit: Unit, e.g. 亩.
        standard: The standard in words, e.g. ``320.00元/亩``.
    """

    product: str
    quantity: Decimal | None = None
    unit: str = ""
    standard: str = ""


def with_tail(head: str, tail: str) -> str:
    """A name with the ID tail that tells it from others of the same name."""
    return f"{head}（{tail}）" if tail else head


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
        basis: The county's policy paper, in 《》; empty where none is known.
    """

    office: str
    made_on: date
    maker: str = ""
    publisher: str = ""
    contacts: tuple[Contact, ...] = ()
    board: str = ""
    draft: bool = False
    basis: str = POLICY_PAPER


@dataclass(frozen=True, slots=True)
class AwardSubject:
    """What the papers of a calculation are about.

    Attributes:
        result: The calculation.
        head: The office's details.
        numbers: Identity number by household key, for tails beside same names only.
        run_key: Key of the stored calculation that it is; empty for one that is not stored.
    """

    result: AwardResult
    head: PaperHead
    numbers: Mapping[str, str]
    run_key: str = ""

    @property
    def name_head(self) -> str:
        """How the names of its papers begin."""
        scheme = self.result.scheme
        return f"{scheme.place}{scheme.year}年度{scheme.batch}"

    @property
    def tails(self) -> dict[str, str]:
        """Identity-number tails of households of one name, see :func:`name_tails`."""
        return name_tails(self.result, self.numbers)


def subject(
    bench: Workbench, result: AwardResult, numbers: Mapping[str, str], stored: StoredRun | None = None
) -> AwardSubject:
    """A calculation made ready for papers; a broken must makes them drafts.

    Args:
        bench: The workbench.
        result: The calculation.
        numbers: Identity number by household key.
        stored: The stored calculation that it is, whose papers are of its day and its clerk; None for one of today.
    """
    office = offices.office(bench)
    head = PaperHead(
        office=office.name,
        made_on=bench.today if stored is None else stored.at.date(),
        maker=bench.clerk if stored is None else stored.who,
        contacts=offices.contacts(bench, result.scheme.place, result.scheme.decision.village),
        board=office.board_place,
        basis=offices.governing_paper(bench),
        draft=any(problem.severity is Severity.MUST for problem in result.problems),
    )
    return AwardSubject(result, head, numbers, stored.key if stored is not None else "")


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


def summary(result: AwardResult) -> str:
    """One sentence with the counts of households and the money left."""
    totals = result.totals
    others = totals.large + totals.small - totals.participating
    excepted = f"，未参与、按书面理由计奖 {others} 户" if others else ""
    text = (
        f"名册 {totals.households} 户，参与 {totals.participating} 户{excepted} "
        f"(大户 {totals.large} 户、小农户 {totals.small} 户)，"
        f"奖补 {totals.awarded} 户，合计 {format_money(totals.award)} 元"
    )
    if totals.pool is None or totals.left is None:
        return text + "。"
    word, amount = ("结余", totals.left) if totals.left >= ZERO else ("缺口", -totals.left)
    return f"{text}；可用资金 {format_money(totals.pool)} 元，{word} {format_money(amount)} 元。"


def several_villages(result: AwardResult) -> bool:
    """Whether households of more than one village are in it, so that rows name the village."""
    return len({award.applicant.village for award in result.awards}) > 1


def group_shown(applicant: Applicant, several: bool) -> str:
    """村组 as printed, with the village where there are several."""
    return f"{applicant.village} {applicant.group}".strip() if several else applicant.group


def bracketed(text: str) -> str:
    """A text in brackets; nothing for an empty one."""
    return f"（{text}）" if text else ""


def record_name(applicant: Applicant) -> str:
    """How a message names a household."""
    return " ".join(part for part in (applicant.village, applicant.group, applicant.name) if part)


def paper_item(item: ItemAmount) -> PaperItem:
    """An item of the calculation as it is printed."""
    return PaperItem("、".join(item.products) or item.item, item.quantity, item.unit, item.standard)


def class_label(applicant: Applicant) -> str:
    """类别 as papers print it, the scheme's own classes below it; empty where it is not registered."""
    known = (applicant.household_class.label,) if applicant.household_class else ()
    return "\n".join((*known, *applicant.own_classes))


def run_notes(result: AwardResult) -> tuple[str, ...]:
    """Sentences that hold for all households: rates found from a pool, the factor of step 9."""
    units = {item.name: item.unit for item in result.scheme.items}
    notes = [
        f"{name}按总额÷总量得出单价 {format_money(found.rate)} 元/{units.get(name, '')} (舍去到分){_left(found)}"
        for name, found in result.pool_rates.items()
    ]
    if result.totals.scale is not None and result.totals.pool is not None:
        top, bottom = (format_money(from_fen(fen)) for fen in result.totals.scale)
        notes.append(f"资金不足，按可用资金 {top} 元 ÷ 应付合计 {bottom} 元同比例折减")
    return tuple(notes)


def _left(found: PoolRate) -> str:
    return f"，余 {format_money(found.left)} 元" if found.left else ""
