"""Filing with the town office (备案): number, papers handed in, received or returned (吴川 三(二)4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.text import clean
from fupin_desktop.domain.vocabulary import FilingState, MaterialKind, PublicKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import offices
from fupin_desktop.services.existing import existing
from fupin_desktop.services.notices import kinds
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.publicity.gates import FILED_KINDS, MAIN_KIND, Step, Subject
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import Filing, Notice, NoticePosting
from fupin_desktop.storage.unit import Unit

_NUMBER = re.compile(r"〔(\d{4})〕\s*(\d+)\s*号")
NEEDED = (MaterialKind.SCHEME, MaterialKind.MINUTES, MaterialKind.LIST, MaterialKind.SHEET, MaterialKind.RESULT)
"""Papers without which nothing is filed: the scheme, how it was decided, the list, its sheet and the result."""


@dataclass(frozen=True, slots=True)
class FilingForm:
    """A filing as it is registered.

    Attributes:
        number: 备案号, e.g. 塘镇备〔2026〕1号.
        unit: Unit that hands in.
        filed_on: Day it was handed in.
        materials: Copies by kind of paper.
        note: 备注.
    """

    number: str = ""
    unit: str = ""
    filed_on: date | None = None
    materials: dict[MaterialKind, int] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class FilingLine:
    """A filing in the register.

    Attributes:
        key: Its key.
        subject: What is filed; None of something that earlier versions marked as filed and that is gone.
        title: Its name.
        place: Village or town.
        form: What was handed in.
        state: How far it is.
        receiver: Who received it.
        received_on: Day it was received or returned.
        opinion: What was said.
    """

    key: str
    subject: Subject
    title: str
    place: str
    form: FilingForm
    state: FilingState
    receiver: str = ""
    received_on: date | None = None
    opinion: str = ""

    @property
    def materials_told(self) -> str:
        """Papers with their counts, in one line."""
        return "、".join(f"{kind.label}{count}份" for kind, count in self.form.materials.items() if count)


def register(bench: Workbench, year: int) -> tuple[FilingLine, ...]:
    """The filings of a year (备案登记簿), in the order they were handed in."""
    query = select(Filing).where(Filing.year == year).order_by(Filing.filed_on, Filing.number, Filing.key)
    with bench.read() as session:
        return tuple(_line(row) for row in session.scalars(query))


def load(bench: Workbench, key: str) -> FilingLine:
    """A filing.

    Raises:
        NotAllowed: It is no longer there.
    """
    with bench.read() as session:
        return _line(existing(session, Filing, key))


def _line(row: Filing) -> FilingLine:
    materials = {MaterialKind(kind): count for kind, count in row.materials or ()}
    form = FilingForm(row.number, row.unit, row.filed_on, materials, row.note)
    return FilingLine(
        row.key, Subject(PublicKind(row.object_kind), row.object_key), row.title, row.place, form,
        FilingState(row.state), row.receiver, row.received_on, row.opinion,
    )  # fmt: skip


def proposed(bench: Workbench, subject: Subject) -> FilingForm:
    """What a filing begins with: the next number, the village committee, every paper once.

    Raises:
        NotAllowed: It was never published.
    """
    with bench.read() as session:
        notices = gates.standing(session, subject, bench.today).notices
        if not notices:
            raise NotAllowed("还没有公示过，不能备案。", todo="请先张贴公示。")
        keys = [one.key for one in notices]
        posted = session.scalars(select(NoticePosting.photos).where(NoticePosting.notice_key.in_(keys)))
        photos = sum(len(found or ()) for found in posted)
        unit = str((notices[0].body or {}).get("publisher") or "").removeprefix("'")
        number = next_number(session, offices.office(bench).town, notices[0].year)
    counts = dict.fromkeys(NEEDED, 1) | ({MaterialKind.PHOTOS: photos} if photos else {})
    return FilingForm(number, unit, bench.today, {kind: counts.get(kind, 0) for kind in MaterialKind})


def next_number(session: Session, town: str, year: int) -> str:
    """The number after the greatest of a year: 塘㙍镇备〔2026〕3号."""
    found = (_NUMBER.search(text) for text in session.scalars(select(Filing.number).where(Filing.year == year)))
    last = max((int(hit.group(2)) for hit in found if hit and int(hit.group(1)) == year), default=0)
    return f"{town}备〔{year}〕{last + 1}号"


def hand_in(bench: Workbench, subject: Subject, form: FilingForm) -> Change:
    """Register papers handed in with the town office. The change's first key is the filing's.

    Raises:
        NotAllowed: The publicity is not through to its result, something is missing, or it is filed already.
    """
    with bench.write("filings.hand_in", "报送备案") as unit:
        session = unit.session
        if subject.kind not in FILED_KINDS:
            raise NotAllowed(f"{subject.kind.label}不需要报镇(街)扶贫办备案。", todo="公示结果出具以后就办完了。")
        gates.require(session, subject, bench.today, Step.RESULT, what="不能备案")
        _refuse_standing(session, subject)
        last = gates.standing(session, subject, bench.today).last_day
        for told in _faults(form, last, bench.today):
            raise NotAllowed(told, todo="请补充后再报送。")
        _refuse_number(session, form.number)
        row = _record(session, subject, form)
        session.add(row)
        session.flush()
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (row.key,), f"已报送备案 {row.number}。")


def _refuse_standing(session: Session, subject: Subject) -> None:
    now = gates.filing_of(session, subject)
    if now is not None and now.state != FilingState.RETURNED:
        told = "已经备案" if now.state == FilingState.FILED else "已经报送，等待接收"
        raise NotAllowed(f"这一事项{told}。", todo="退回以后才能再次报送。")


def _faults(form: FilingForm, last: date | None, today: date) -> Iterator[str]:
    missing = [
        label
        for label, value in (("备案号", form.number), ("报送单位", form.unit), ("报送日期", form.filed_on))
        if not value
    ]
    if missing or form.filed_on is None:
        yield f"还没有填写{'、'.join(missing)}。"
        return
    if last is not None and form.filed_on <= last:
        yield f"报送日期应在公示期满({say_date(last)})以后(吴川 三(二)4)。"
    if form.filed_on > today:
        yield f"报送日期{say_date(form.filed_on)}在今天以后。"
    lacking = [kind.label for kind in NEEDED if form.materials.get(kind, 0) < 1]
    if lacking:
        yield f"备案材料还缺：{'、'.join(lacking)}(吴川 三(二)4)。"


def _refuse_number(session: Session, number: str) -> None:
    if session.scalars(select(Filing.key).where(Filing.number == clean(number))).first() is not None:
        raise NotAllowed(f"备案号“{clean(number)}”已经用过。", todo="请换一个号。")


def _record(session: Session, subject: Subject, form: FilingForm) -> Filing:
    query = select(Notice).where(Notice.object_kind == subject.kind.value, Notice.object_key == subject.key)
    query = query.where(Notice.kind == MAIN_KIND[subject.kind]).order_by(Notice.posted_on.desc(), Notice.key.desc())
    notice = session.scalars(query).first()
    assert notice is not None
    materials = [[kind.value, count] for kind, count in form.materials.items() if count]
    return Filing(
        object_kind=subject.kind.value, object_key=subject.key, year=notice.year, place=notice.place or "",
        title=_name(notice), number=clean(form.number), unit=clean(form.unit), filed_on=form.filed_on,
        materials=materials, state=FilingState.HANDED_IN.value, note=clean(form.note),
    )  # fmt: skip


def _name(notice: Notice) -> str:
    return notice.title.removeprefix("关于").removesuffix("的公示")


def receive(bench: Workbench, key: str, receiver: str, on: date, opinion: str = "") -> Change:
    """The town office takes the papers: the thing is filed.

    Raises:
        NotAllowed: It is not waiting, something is missing, or an objection came meanwhile.
    """
    with bench.write("filings.receive", "备案接收") as unit:
        row = _waiting(unit, key)
        _refuse_day(bench, row, on)
        if not clean(receiver):
            raise NotAllowed("还没有填写接收人。", todo="请补充后再接收。")
        subject = Subject(PublicKind(row.object_kind), row.object_key)
        gates.require(unit.session, subject, bench.today, Step.RESULT, what="不能备案")
        row.receiver, row.received_on, row.opinion = clean(receiver), on, clean(opinion) or "同意备案。"
        row.state = FilingState.FILED.value
        unit.session.flush()
        kinds.of(MAIN_KIND[subject.kind]).filed(unit, subject.key)
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (key,), f"已备案 {row.number}。")


def give_back(bench: Workbench, key: str, receiver: str, on: date, opinion: str) -> Change:
    """The town office returns the papers, before or after it filed them; they can be handed in again.

    Raises:
        NotAllowed: It was returned already, or no reason is given.
    """
    with bench.write("filings.give_back", "备案退回") as unit:
        row = existing(unit.session, Filing, key)
        if row.state == FilingState.RETURNED:
            raise NotAllowed("这条备案已经退回。", todo="请补充材料后再次报送。")
        _refuse_day(bench, row, on)
        if not clean(opinion):
            raise NotAllowed("还没有写退回的原因。", todo="请写明要补正什么。")
        was_filed = row.state == FilingState.FILED
        row.receiver, row.received_on, row.opinion = clean(receiver), on, clean(opinion)
        row.state = FilingState.RETURNED.value
        unit.session.flush()
        if was_filed:
            kind = kinds.of(MAIN_KIND[PublicKind(row.object_kind)])
            kind.unfiled(unit, row.object_key)
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (key,), "备案已退回。")


def _waiting(unit: Unit, key: str) -> Filing:
    row = existing(unit.session, Filing, key)
    if row.state != FilingState.HANDED_IN:
        raise NotAllowed(f"这条备案是“{FilingState(row.state).label}”，不能接收。")
    return row


def _refuse_day(bench: Workbench, row: Filing, on: date) -> None:
    if on > bench.today or (row.filed_on is not None and on < row.filed_on):
        raise NotAllowed("接收日期应在报送日期以后、今天以前。", todo="请改正日期。")

