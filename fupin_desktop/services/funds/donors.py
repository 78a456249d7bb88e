"""The donors of a fund source (捐赠名单): “6·30” donations and those of the staff of assisting units (吴川 三(二)5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func, select

from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.domain.money import format_money, from_fen, to_fen
from fupin_desktop.domain.reading.raw import Raw, formula_issue, plain
from fupin_desktop.domain.reading.words import read_flag
from fupin_desktop.domain.text import clean, compact, quoted
from fupin_desktop.domain.vocabulary import EntryKind, FundKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import values
from fupin_desktop.services.funds.carrying import in_ledger_of
from fupin_desktop.services.funds.model import ZERO
from fupin_desktop.services.funds.sources import existing
from fupin_desktop.services.values import Context, Place, read
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage import fields
from fupin_desktop.storage.entities import FundDonor, FundEntry, FundSource
from fupin_desktop.storage.fields import Field
from fupin_desktop.storage.unit import Unit

KINDS = frozenset({FundKind.DONATION_630, FundKind.STAFF_DONATION})
"""Kinds of money that are donated; a list of donors may be kept for any other too."""
KIND_HEART = "爱心人士"
"""How an anonymous donor is called on public copies."""
ANONYMOUS = "匿名"
COLUMNS = {"name": "捐赠人", "amount": "金额", "given_on": "日期", "anonymous": ANONYMOUS, "note": "备注"}
_TOLD_AT_MOST = 5
_STORED = ("position", "name", "amount_fen", "given_on", "anonymous", "note")
Values = tuple[int, str, int, date | None, bool, str]


class DonorForm(NamedTuple):
    """A row as typed.

    Attributes:
        name: Person or unit.
        amount: Yuan.
        given_on: Day; may be empty.
        anonymous: Whether public copies leave the name out.
        note: Remark.
        key: Key of the donor it is; empty for a new one.
    """

    name: str = ""
    amount: str = ""
    given_on: str = ""
    anonymous: bool = False
    note: str = ""
    key: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is typed."""
        return not any(clean(text) for text in (self.name, self.amount, self.given_on, self.note))


class Donor(NamedTuple):
    """A donor; ``given_on`` may be unknown."""

    key: str
    name: str
    amount: Decimal
    given_on: date | None = None
    anonymous: bool = False
    note: str = ""

    @property
    def form(self) -> DonorForm:
        """The row as it is typed."""
        day = f"{self.given_on:%Y-%m-%d}" if self.given_on else ""
        return DonorForm(self.name, format_money(self.amount), day, self.anonymous, self.note, self.key)

    @property
    def public_name(self) -> str:
        """The name on public copies."""
        return KIND_HEART if self.anonymous else self.name


class DonorFault(NamedTuple):
    """What keeps a list from being kept.

    Attributes:
        row: Place of the row, counted from 0; -1 for the whole list.
        column: One of :data:`COLUMNS`; empty for the whole list.
        sentence: What is wrong.
    """

    row: int
    column: str
    sentence: str

    @property
    def text(self) -> str:
        """With its place."""
        return f"第 {self.row + 1} 行“{COLUMNS[self.column]}”：{self.sentence}" if self.column else self.sentence


@dataclass(frozen=True, slots=True)
class DonorSummary:
    """A list of donors beside its source.

    Attributes:
        source_key: The source.
        name: Its name.
        kind: Its kind.
        count: Number of rows.
        total: Sum of their yuan.
        assigned: Yuan assigned; 0 where no paper says how much will come.
        received: Yuan arrived.
        voided: Whether the source counts no more.
    """

    source_key: str
    name: str
    kind: FundKind
    count: int
    total: Decimal
    assigned: Decimal
    received: Decimal
    voided: bool = False

    @property
    def difference(self) -> Decimal:
        """What arrived less what the list holds."""
        return self.received - self.total

    @property
    def text(self) -> str:
        """In words."""
        sums = f"已录 {self.count:,} 人 {format_money(self.total)} 元"
        return f"{sums}，与到账相差 {format_money(self.difference)} 元"


class CheckedDonors(NamedTuple):
    """Rows looked at.

    Attributes:
        summary: Their sum and number, as far as they can be read.
        donors: The rows that can be read; empty ones are left out.
        faults: What keeps the list from being kept.
        notes: What is only told.
    """

    summary: DonorSummary
    donors: tuple[Donor, ...]
    faults: tuple[DonorFault, ...]
    notes: tuple[str, ...]


# ---- reading ----
def donors(bench: Workbench, source_key: str) -> list[Donor]:
    """The donors of a source in the order of their list."""
    query = select(FundDonor).where(FundDonor.source_key == source_key).order_by(FundDonor.position, FundDonor.key)
    with bench.read() as session:
        return [
            Donor(one.key, one.name, from_fen(one.amount_fen), one.given_on, one.anonymous, one.note)
            for one in session.scalars(query)
        ]


def summary(bench: Workbench, source_key: str) -> DonorSummary:
    """Sum and number of a source's donors beside what was assigned and arrived.

    Raises:
        NotAllowed: The source is gone.
    """
    with bench.read() as session:
        record = existing(session, source_key)
        counted = select(func.count(), func.sum(FundDonor.amount_fen)).where(FundDonor.source_key == source_key)
        count, given = session.execute(counted).one()
        summed = select(FundEntry.kind, func.sum(FundEntry.amount_fen)).where(FundEntry.source_key == source_key)
        rows = session.execute(summed.group_by(FundEntry.kind))
        fen: dict[str, int] = {kind: total for kind, total in rows}  # noqa: C416 - a row is no plain pair
        assigned, received = (from_fen(fen.get(kind.value, 0)) for kind in (EntryKind.ASSIGNED, EntryKind.RECEIVED))
        kind = FundKind(record.kind)
        return DonorSummary(
            source_key, record.name, kind, count, from_fen(given or 0), assigned, received, record.voided
        )


def counts(bench: Workbench, year: int) -> dict[str, int]:
    """Number of donors of each source in the ledger of a year that has some."""
    query = select(FundDonor.source_key, func.count()).join(FundSource, FundSource.key == FundDonor.source_key)
    with bench.read() as session:
        rows = session.execute(query.where(in_ledger_of(year)).group_by(FundDonor.source_key)).all()
    return {key: count for key, count in rows}  # noqa: C416 - a row is no plain pair


# ---- looking ----
def tidy(column: str, raw: Raw, times: int = 1) -> str:
    """A cell as it is shown when it was typed: amounts grouped, days as 2026-01-05; what is wrong stays as typed.

    Args:
        column: Key of the column.
        raw: What was typed or pasted, or a workbook's cell.
        times: 10 000 where the heading says 万元.
    """
    return values.tidy(_field(column), raw, Context(Place.PASTED, times=times, negative=True))


def says_anonymous(raw: Raw) -> bool:
    """Whether a cell of the column for anonymous donors says yes."""
    return compact(plain(raw)) == ANONYMOUS or read_flag(raw, ANONYMOUS).value is True


def _field(column: str) -> Field:
    return fields.of(FundDonor)["amount_fen" if column == "amount" else column]


def check(rows: Sequence[DonorForm], source: DonorSummary, today: date) -> CheckedDonors:
    """Look at rows as typed.

    Args:
        rows: The rows; empty ones are passed over.
        source: What was assigned and arrived.
        today: No donation is later.
    """
    faults: list[DonorFault] = []
    read = [(place, _read(row, place, today, faults)) for place, row in enumerate(rows) if not row.empty]
    total = sum((donor.amount for _place, donor in read), ZERO)
    now = replace(source, count=len(read), total=total)
    if 0 < source.assigned < total:
        amounts = (format_money(amount) for amount in (total, source.assigned, total - source.assigned))
        faults.append(DonorFault(-1, "", "捐赠名单合计 {} 元，超过下达金额 {} 元，多出 {} 元。".format(*amounts)))
    return CheckedDonors(now, tuple(donor for _place, donor in read), tuple(faults), tuple(_notes(now, read)))


def _read(row: DonorForm, place: int, today: date, faults: list[DonorFault]) -> Donor:
    """A row as far as it can be read; what cannot be is told."""

    def tell(column: str, sentence: str) -> None:
        faults.append(DonorFault(place, column, sentence if sentence.endswith("。") else f"{sentence}。"))

    name, amount = clean(row.name), ZERO
    if not name:
        tell("name", "没有填写捐赠人")
    elif issue := formula_issue(name):
        tell("name", issue.sentence)
    amount_fen, wrong = read(_field("amount"), row.amount, Context(negative=True))
    if wrong:
        tell("amount", wrong[0].sentence)
    elif not amount_fen or amount_fen < 0:
        tell("amount", "没有填写金额" if amount_fen is None else "金额应大于 0")
    else:
        amount = from_fen(amount_fen)
    given_on, wrong = read(_field("given_on"), row.given_on)
    if wrong:
        tell("given_on", wrong[0].text)
    elif given_on is not None and given_on > today:
        tell("given_on", f"{given_on:%Y-%m-%d} 在今天以后")
    return Donor(row.key, name, amount, given_on, row.anonymous, clean(row.note))


def _notes(now: DonorSummary, read: Sequence[tuple[int, Donor]]) -> list[str]:
    """What is told and stops nothing."""
    told = []
    if now.count and now.difference:
        word = "还差" if now.difference > 0 else "多出"
        told.append(f"名单比到账{word} {format_money(abs(now.difference))} 元，请核对。")
    seen: dict[tuple[Any, ...], int] = {}
    for place, donor in read:
        same = (donor.name, donor.amount, donor.given_on)
        if donor.name and seen.setdefault(same, place) != place:
            told.append(f"第 {place + 1} 行与第 {seen[same] + 1} 行相同，请核对是不是重复。")
        if find_leaks(f"{donor.name}\n{donor.note}"):
            told.append(f"第 {place + 1} 行有电话、证件号或账号，改掉以后才能出公开的名单。")
    return told


# ---- writing ----
def set_donors(bench: Workbench, source_key: str, rows: Sequence[DonorForm]) -> Change:
    """Make a list of donors what the rows say: one undoable change, all of it or nothing.

    Args:
        bench: The workbench.
        source_key: The source.
        rows: The whole list in its order; empty rows are passed over.

    Raises:
        NotAllowed: The source is gone or void, or rows cannot be kept; the sentence names rows and columns.
    """
    source = summary(bench, source_key)
    if source.voided:
        raise NotAllowed(f"{quoted(source.name)}已作废，不能改捐赠名单。", todo="名单留作存档，可以看、可以打印。")
    checked = check(rows, source, bench.today)
    if checked.faults:
        raise NotAllowed(_refusal(checked.faults), todo="请改正后再保存，已填写的内容都还在。")
    title = f"捐赠名单{quoted(source.name)}"
    if list(checked.donors) == donors(bench, source_key):
        return Change("funds.donors", title, frozenset(), (), "捐赠名单没有变化")
    with bench.write("funds.donors", title) as unit:
        _put(unit, source_key, checked.donors)
    now = checked.summary
    return bench.change(unit, f"已保存{title}：{now.count:,} 人 {format_money(now.total)} 元")


def _refusal(faults: Sequence[DonorFault]) -> str:
    told = "".join(fault.text for fault in faults[:_TOLD_AT_MOST])
    return f"{told}等共 {len(faults)} 处。" if len(faults) > _TOLD_AT_MOST else told


def _put(unit: Unit, source_key: str, wanted: Sequence[Donor]) -> None:
    """Change, add and remove records so that they are those wanted."""
    there = set(unit.session.scalars(select(FundDonor.key).where(FundDonor.source_key == source_key)))
    kept: dict[str, Values] = {}
    added: list[tuple[str, *Values]] = []
    for place, donor in enumerate(wanted):
        values = (place, donor.name, to_fen(donor.amount), donor.given_on, donor.anonymous, donor.note)
        if donor.key in there and donor.key not in kept:
            kept[donor.key] = values
        else:
            added.append((source_key, *values))
    unit.delete_many(FundDonor, sorted(there - kept.keys()))
    unit.update_many(FundDonor, [(key, *values) for key, values in kept.items()], _STORED)
    unit.insert_many(FundDonor, added, ("source_key", *_STORED))
