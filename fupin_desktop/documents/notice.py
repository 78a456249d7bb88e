"""The public notice of an award list (公示, 吴川 三(二)4) with its attached list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.documents.award_sheet import PaperItem


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


class Contact(NamedTuple):
    """To whom to object: unit (村委会, 镇扶贫办, 市扶贫办, 镇纪委), person or empty, phone."""

    unit: str
    phone: str
    person: str = ""


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
