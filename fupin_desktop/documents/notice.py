"""The public notice of an award list (公示, 吴川 三(二)4) with its attached list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from fupin_desktop.documents.award_sheet import PaperItem, with_tail
from fupin_desktop.documents.definition.loader import usable_form
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.domain.area import format_quantity
from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.errors import NotAllowed

_FOR_THE_PEN = "_" * 20
_DONE = "经农户申报、村（居）委会和对口帮扶单位核实验收，按照奖补方案逐户测算，拟对以下参与产业扶贫项目的农户给予奖补。"


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


class Contact(NamedTuple):
    """To whom to object: unit (村委会, 镇扶贫办, 市扶贫办, 镇纪委), person or empty, phone."""

    unit: str
    phone: str
    person: str = ""

    @property
    def line(self) -> str:
        """Unit, phone and person as printed; without a phone there is room for the pen."""
        person = f"（联系人：{self.person}）" if self.person else ""
        return f"{self.unit}：{self.phone or _FOR_THE_PEN}{person}"


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


def award_notice_form(notice: AwardNotice, override: Path | None = None) -> FilledForm:
    """The filled notice with its list.

    Args:
        notice: What it says.
        override: The office's own folder of forms.

    Raises:
        NotAllowed: A full ID number, phone or account number stands in what goes public (contacts aside).
        MissingGlyph: No font has a character that must be printed.
        BadDefinition: The office's own form breaks a rule of the format.
    """
    _refuse_leaks(notice)
    return fill(usable_form("notice_awards", override), notice, notice.posted_on, draft=notice.draft)


def _refuse_leaks(notice: AwardNotice) -> None:
    """A public page never shows a full number of a person."""
    words = (notice.title, notice.done, notice.board, notice.publisher, *notice.basis, *notice.rules)
    _refuse("正文", *words)
    for row in notice.rows:
        items = (part for item in row.items for part in (item.product, item.standard, item.unit))
        _refuse(f"“{row.record or row.head}”这一行", row.group, row.head, row.household_class, row.remark, *items)


def _refuse(where: str, *words: str) -> None:
    """Refuse full numbers in these texts; the message does not repeat the number."""
    if find_leaks("\n".join(words)):
        raise NotAllowed(
            f"公示的{where}里有完整的身份证号、手机号或账号，不能公开。",
            todo="请删去这个号码，或只留最后几位，然后再试一次。",
        )
