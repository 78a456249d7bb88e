"""What the public notice of an award list says (公示, 吴川 三(二)4); kept as it was posted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Self

from fupin_desktop.domain import masking
from fupin_desktop.domain.area import format_quantity
from fupin_desktop.domain.calendar import Period
from fupin_desktop.policy.results import AwardResult, HouseholdAward
from fupin_desktop.services.awards.snapshot import pack, unpack
from fupin_desktop.services.awards.subject import (
    ZERO,
    AwardSubject,
    PaperItem,
    class_label,
    group_shown,
    paper_item,
    record_name,
    run_notes,
    several_villages,
    with_tail,
)
from fupin_desktop.services.offices import Contact
from fupin_desktop.services.schemes.words import method_sentences, rule_sentences

_DONE = "经农户申报、村（居）委会和对口帮扶单位核实验收，按照奖补方案逐户测算，拟对以下参与产业扶贫项目的农户给予奖补。"
_NOT_MEASURED = _DONE.replace("核实验收", "审核")
"""Where nothing of the list was accepted: what goes public does not say that it was."""


class NoticeRow(NamedTuple):
    """One household of the published list; everything here goes public.

    Attributes:
        group: 村组.
        head: 户主 as published, masked already where the notice says so (张*三).
        household_class: 类别, the label.
        items: Items with quantity and standard.
        award: 金额, yuan.
        remark: 备注, e.g. 大户 or 按成本封顶.
        tail: Shortest ID tail that tells households of one name apart; empty where the name does.
        record: How a message names this household; never printed.
    """

    group: str
    head: str
    household_class: str
    items: tuple[PaperItem, ...]
    award: Decimal
    remark: str = ""
    tail: str = ""
    record: str = ""

    @property
    def head_shown(self) -> str:
        """户主 as printed, with the ID tail where there is one."""
        return with_tail(self.head, self.tail)


@dataclass(frozen=True, slots=True)
class AwardNotice:
    """A notice of awards, in the order of its paragraphs.

    Attributes:
        place: Village or town in the title.
        year: Calendar year.
        publisher: Unit that publishes and signs.
        posted_on: Date under the signature, written into the file.
        first: First day of the period.
        last: Last day of the period, included.
        days: Length printed as (共N天); N工作日 where ``working_days``.
        rows: The list.
        contacts: To whom to object; the national hotline 12317 is always added.
        batch: Batch within the year; empty for the only one.
        basis: Papers it rests on, each as printed after 根据, e.g. ``《吴川市推进产业扶贫实施方案》(吴扶〔2018〕1号)``.
        done: What was done, a sentence or more (申报、验收、测算、会议); empty takes a general one.
        rules: The rule, one sentence per item of the scheme.
        methods: What else decides an amount: ceilings, caps, other subsidies, too little money, rounding.
        persons: Persons in the awarded households; None leaves them out.
        villages: Number of villages; 1 leaves the number out.
        area: Counted area or None.
        board: Where it is posted, e.g. 低岭村公示栏.
        working_days: Whether ``days`` are working days.
        title: Title; empty takes the usual one.
        draft: Prints 草稿 across each page.
    """

    place: str
    year: int
    publisher: str
    posted_on: date
    first: date
    last: date
    days: int
    rows: tuple[NoticeRow, ...]
    contacts: tuple[Contact, ...] = ()
    batch: str = ""
    basis: tuple[str, ...] = ()
    done: str = ""
    rules: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    persons: int | None = None
    villages: int = 1
    area: Decimal | None = None
    board: str = ""
    working_days: bool = False
    title: str = ""
    draft: bool = False

    @property
    def title_shown(self) -> str:
        """The title, or the usual one."""
        return self.title or f"关于{self.place}{self.year}年度{self.batch}产业奖补资金分配情况的公示"

    @property
    def list_title(self) -> str:
        """Title of the attached list."""
        return f"{self.place}{self.year}年度{self.batch}产业奖补资金分配名单"

    @property
    def basis_shown(self) -> str:
        """根据 with its papers; empty without any."""
        if not self.basis:
            return ""
        *most, last = self.basis
        return f"根据{'、'.join(most)}{'和' if most else ''}{last}，"

    @property
    def done_shown(self) -> str:
        """What was done."""
        return self.done or _DONE

    @property
    def standards(self) -> tuple[str, ...]:
        """Rules and methods, numbered through; every amount of the list can be found again by them."""
        return tuple(text.rstrip("。") for text in (*self.rules, *self.methods))

    @property
    def tail_note(self) -> str:
        """What the digits in brackets after a name are; empty where none are printed."""
        told = any(row.tail for row in self.rows)
        return "户主姓名后括号内的数字是其身份证号码的末几位，仅用于区分同名的户主。" if told else ""

    @property
    def households(self) -> int:
        """Households in the list."""
        return len(self.rows)

    @property
    def award_total(self) -> Decimal:
        """Σ 金额 of the list, yuan."""
        return sum((row.award for row in self.rows), Decimal(0))

    @property
    def villages_part(self) -> str:
        """Villages, where there are several."""
        return f"{self.villages}个村" if self.villages > 1 else ""

    @property
    def persons_part(self) -> str:
        """Persons, where known."""
        return "" if self.persons is None else f"{self.persons}人"

    @property
    def area_part(self) -> str:
        """Area, where known."""
        return "" if self.area is None else f"奖补种养面积{format_quantity(self.area)}亩，"

    @property
    def days_shown(self) -> str:
        """Length of the period."""
        return f"共{self.days}个工作日" if self.working_days else f"共{self.days}天"

    def as_draft(self) -> Self:
        """The same with 草稿 across it."""
        return replace(self, draft=True)


def notice_of(subject: AwardSubject, period: Period, *, mask_names: bool = False) -> AwardNotice:
    """What the public notice prints: households with an award, without any full number.

    Args:
        subject: The calculation with the office's details.
        period: The publicity period.
        mask_names: Whether names are published as 张*三.
    """
    result, head, tails = subject.result, subject.head, subject.tails
    awarded = [award for award in result.awards if award.award > ZERO]
    entries = [entry for award in awarded for entry in award.applicant.entries]
    several = several_villages(result)
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
        done="" if any(one.accepted is not None for one in entries) else _NOT_MEASURED,
        basis=_notice_basis(result, head.basis),
        rules=rule_sentences(scheme, result.large_from),
        methods=(*method_sentences(scheme, result.large_from), *run_notes(result)),
        persons=_persons(awarded),
        villages=max(1, len({award.applicant.village for award in awarded})),
        area=_counted_area(awarded),
        board=head.board or f"{scheme.place}公示栏",
        working_days=period.working,
        draft=head.draft,
    )


def _notice_row(award: HouseholdAward, tails: Mapping[str, str], several: bool, mask_names: bool) -> NoticeRow:
    applicant = award.applicant
    paid = [item for item in award.items if item.amount > ZERO] or award.items
    return NoticeRow(
        group=group_shown(applicant, several),
        head=masking.mask_name(applicant.name) if mask_names else applicant.name,
        household_class=class_label(applicant),
        items=tuple(paper_item(item) for item in paid),
        award=award.award,
        remark=award.reason,
        tail=tails.get(applicant.key, ""),
        record=record_name(applicant),
    )


def _notice_basis(result: AwardResult, paper: str) -> tuple[str, ...]:
    """The papers a notice rests on: the county's plan and the village's own scheme."""
    scheme = result.scheme
    number = f"({scheme.decision.document})" if scheme.decision.document else ""
    return (*filter(None, (paper,)), f"《{scheme.name}》{number}")


def _persons(awarded: list[HouseholdAward]) -> int | None:
    """Persons of the awarded households; None as soon as one household's number is missing."""
    counts = [award.applicant.members for award in awarded]
    return sum(counts) if counts and all(counts) else None


def _counted_area(awarded: list[HouseholdAward]) -> Decimal | None:
    """Counted area of the awarded items, 亩; None where no item is counted in 亩."""
    areas = [item.quantity for award in awarded for item in award.items if item.unit == "亩" and item.amount > ZERO]
    return sum(areas, ZERO) if areas else None


def pack_notice(notice: AwardNotice) -> dict[str, Any]:
    """A notice as plain data, frozen in the data file."""
    plain = {name.name: getattr(notice, name.name) for name in fields(AwardNotice)}
    return {name: value if isinstance(value, date) else pack(value) for name, value in plain.items()}


def unpack_notice(body: Mapping[str, Any]) -> AwardNotice:
    """The notice that :func:`pack_notice` made plain."""
    known = {name.name for name in fields(AwardNotice)}
    values = {name: unpack(value) for name, value in body.items() if name in known}
    values["rows"] = tuple(_row_of(row) for row in values["rows"])
    values["contacts"] = tuple(Contact(*contact) for contact in values["contacts"])
    return AwardNotice(**values)


def _row_of(values: tuple[Any, ...]) -> NoticeRow:
    row = NoticeRow(*values)
    return row._replace(items=tuple(PaperItem(*item) for item in row.items))
