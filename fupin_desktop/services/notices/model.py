"""Notices as plain data: how one is set, what it says, how it stands in lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Self

from fupin_desktop.domain.calendar import Period, PeriodRule
from fupin_desktop.domain.vocabulary import NoticeState
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.offices import Contact
from fupin_desktop.services.publicity.gates import Subject

TAIL_NOTE = "姓名后括号内的数字是其身份证号码的末几位，仅用于区分同名的人。"


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """What the clerk sets for one notice.

    Attributes:
        posted_on: Day of posting.
        days: Length of the period.
        working: Whether working days are counted.
        start_counted: Whether the day of posting is the first day.
        roll_to_working: Whether an end on a free day moves on.
        mask_names: Whether names are published as 张*三.
        board: Where it is posted, several boards parted by 、; empty takes the office's or the village's board.
        publisher: Unit that signs; empty takes the village committee of the scheme.
        reason: Written reason for a period below the floor.
        number: 文号; empty for none.
        note: What the notice says besides, e.g. by which principle money was shared out.
    """

    posted_on: date
    days: int
    working: bool = False
    start_counted: bool = True
    roll_to_working: bool = False
    mask_names: bool = False
    board: str = ""
    publisher: str = ""
    reason: str = ""
    number: str = ""
    note: str = ""

    @property
    def rule(self) -> PeriodRule:
        """How the period is counted."""
        return PeriodRule(self.days, self.working, self.start_counted, self.roll_to_working)

    @property
    def plain(self) -> dict[str, Any]:
        """As it is kept in the data file."""
        return {name.name: getattr(self, name.name) for name in fields(self)}


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A notice of any kind but the list of awards; ``facts`` are the values of the fields of its own form.

    Attributes:
        kind: Its kind.
        title: Its title.
        place: Village or town.
        year: 年度.
        publisher: Unit that publishes and signs.
        posted_on: Date under the signature, written into the file.
        first: First day of the period.
        last: Last day of the period, included.
        days: Length printed as (共N天).
        working_days: Whether ``days`` are working days.
        contacts: To whom to object; the national hotline 12317 is always added.
        board: Where it is posted.
        basis: Papers it rests on, each as printed after 根据.
        facts: Values by field; lists are lists of mappings. A row's ``key`` is its record's, and never printed.
        number: 文号.
        draft: Prints 草稿 across each page.
    """

    kind: str
    title: str
    place: str
    year: int
    publisher: str
    posted_on: date
    first: date
    last: date
    days: int
    working_days: bool = False
    contacts: tuple[Contact, ...] = ()
    board: str = ""
    basis: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    number: str = ""
    draft: bool = False

    @property
    def title_shown(self) -> str:
        """Its title."""
        return self.title

    @property
    def data(self) -> dict[str, Any]:
        """Values by field of its form."""
        *most, last = self.basis or ("",)
        basis = f"根据{'、'.join(most)}{'和' if most else ''}{last}，" if last else ""
        return {
            **{name.name: getattr(self, name.name) for name in fields(self) if name.name != "facts"},
            **self.facts,
            "title_shown": self.title,
            "basis_shown": basis,
            "days_shown": f"共{self.days}个工作日" if self.working_days else f"共{self.days}天",
            "contacts": [{"line": contact.line} for contact in self.contacts],
            "tail_note": TAIL_NOTE if any(row.get("tail") for row in self.facts.get("rows", ())) else "",
        }

    def as_draft(self) -> Self:
        """The same with 草稿 across it."""
        return replace(self, draft=True)

    @property
    def packed(self) -> dict[str, Any]:
        """As it is kept in the data file."""
        return {
            **{name.name: getattr(self, name.name) for name in fields(self)},
            "contacts": [list(contact) for contact in self.contacts],
            "basis": list(self.basis),
            "facts": dict(self.facts),
        }

    @classmethod
    def unpacked(cls, body: Mapping[str, Any]) -> PublicNotice:
        """The notice that :attr:`packed` made plain."""
        values = {name.name: body[name.name] for name in fields(cls) if name.name in body}
        contacts = tuple(Contact(*one) for one in body["contacts"])
        return cls(**{**values, "contacts": contacts, "basis": tuple(body["basis"])})


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """A notice as it would be posted.

    Attributes:
        notice: What it prints.
        period: First and last day, with warnings on years whose holidays are not known.
        problems: What keeps it from being posted, and what to look at.
        about: What it is about.
    """

    notice: Any
    period: Period
    problems: tuple[Problem, ...]
    about: Subject | None = None

    @property
    def may_be_posted(self) -> bool:
        """Whether nothing blocks it."""
        return not any(problem.blocks for problem in self.problems)


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A posted notice in lists.

    Attributes:
        key: Its key.
        kind: Its kind.
        subject: What it is about; None where earlier versions kept none.
        title: Its title.
        place: Village or town.
        posted_on: Day of posting.
        first: First day of the period.
        last: Last day of the period.
        state: As lists show it on a day.
        days_left: Days from that day to the last one; below 0 when it is over.
        corrects_key: The notice it corrects; empty for none.
        run_key: The calculation whose awards it lists; empty for none.
    """

    key: str
    kind: str
    subject: Subject | None
    title: str
    place: str
    posted_on: date
    first: date
    last: date
    state: NoticeState
    days_left: int
    corrects_key: str = ""
    run_key: str = ""

    @property
    def scheme_key(self) -> str:
        """The scheme it is about; empty for other things."""
        return self.subject.key if self.subject is not None else ""
