"""The register of objections (异议): who said what against a notice, how it was looked into, what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.text import clean
from fupin_desktop.domain.vocabulary import NoticeState, ObjectionResult, ObjectionWay, PublicKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.existing import existing
from fupin_desktop.services.notices import kinds
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.publicity.gates import Subject, is_settled
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import Notice, Objection

_TOLD_IN_RESULT = ("received_on", "way", "row_name", "content", "result", "handling", "answered_on", "corrects")
_UPHELD = frozenset({ObjectionResult.UPHELD, ObjectionResult.PARTLY})


@dataclass(frozen=True, slots=True)
class ObjectionForm:
    """An objection as it is registered.

    Attributes:
        received_on: Day it came.
        way: By which way.
        named: Whether the objector gave a name.
        name: The name; kept inside the office alone.
        phone: Phone; kept inside the office alone.
        row_key: Record of the list it is about; empty for the notice as a whole.
        row_name: As the list names it.
        content: What was said.
        received_by: Who took it.
        investigation: What was looked into.
        investigator: By whom.
        result: What was found; None before.
        handling: What was done.
        answered_on: Day of the answer; None before.
        corrects: Whether the posted list has to be corrected.
        note: 备注.
    """

    received_on: date | None = None
    way: ObjectionWay = ObjectionWay.VISIT
    named: bool = False
    name: str = ""
    phone: str = ""
    row_key: str = ""
    row_name: str = ""
    content: str = ""
    received_by: str = ""
    investigation: str = ""
    investigator: str = ""
    result: ObjectionResult | None = None
    handling: str = ""
    answered_on: date | None = None
    corrects: bool = False
    note: str = ""


_NAMES = tuple(field.name for field in fields(ObjectionForm))


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    """An objection in the register.

    Attributes:
        key: Its key.
        notice_key: The notice it is about.
        notice: Title of that notice.
        place: Village or town of it.
        form: What is registered.
        settled: Whether it is done with.
        corrected_key: The corrected notice; empty for none.
    """

    key: str
    notice_key: str
    notice: str
    place: str
    form: ObjectionForm
    settled: bool
    corrected_key: str = ""

    @property
    def state(self) -> str:
        """How far it is, in words."""
        if self.settled:
            return "已办结"
        if self.form.answered_on is not None:
            return "待更正公示"
        return "待答复" if self.form.result else "调查中"


class ListRow(NamedTuple):
    """A row of a posted list, as an objection can be about it: key of its record where known, and its name."""

    key: str
    name: str


def register(bench: Workbench, year: int, notices: Sequence[str] = ()) -> tuple[ObjectionLine, ...]:
    """The objections of a year, or to some notices, the latest first."""
    query = select(Objection, Notice.title, Notice.place).join(Notice, Notice.key == Objection.notice_key)
    query = query.where(Notice.key.in_(notices)) if notices else query.where(Notice.year == year)
    with bench.read() as session:
        rows = session.execute(query.order_by(Objection.received_on.desc(), Objection.key.desc()))
        return tuple(_line(row, title, place or "") for row, title, place in rows)


def _line(row: Objection, title: str, place: str) -> ObjectionLine:
    return ObjectionLine(
        row.key, row.notice_key, title, place, _form(row), is_settled(row), corrected_key=row.corrected_key or ""
    )


def _form(row: Objection) -> ObjectionForm:
    values = {name: getattr(row, name) for name in _NAMES}
    result = ObjectionResult(row.result) if row.result else None
    flags = {name: bool(values[name]) for name in ("named", "corrects")}
    return ObjectionForm(**{**values, **flags, "way": ObjectionWay(row.way), "result": result})


def load(bench: Workbench, key: str) -> ObjectionLine:
    """An objection.

    Raises:
        NotAllowed: It is no longer there.
    """
    with bench.read() as session:
        row = existing(session, Objection, key)
        notice = existing(session, Notice, row.notice_key)
        return _line(row, notice.title, notice.place or "")


def rows_of(bench: Workbench, notice_key: str) -> tuple[ListRow, ...]:
    """The rows of a posted list that an objection can be about.

    Raises:
        NotAllowed: The notice is no longer there.
    """
    with bench.read() as session:
        notice = existing(session, Notice, notice_key)
        content = kinds.of(notice.kind).unpack(notice.body)
    return tuple(_rows(content))


def _rows(content: Any) -> Iterator[ListRow]:
    facts = getattr(content, "facts", None)
    for row in content.rows if facts is None else facts.get("rows", ()):
        values = row._asdict() if hasattr(row, "_asdict") else row
        shown = values.get("head_shown") or getattr(row, "head_shown", "") or values.get("name") or values.get("item")
        if shown:
            yield ListRow(str(values.get("key") or ""), f"{values.get('group') or ''} {shown}".strip())


def add(bench: Workbench, notice_key: str, form: ObjectionForm) -> Change:
    """Register an objection to a notice. The change's first key is the objection's.

    Raises:
        NotAllowed: The notice was withdrawn, or something is missing or cannot be.
    """
    with bench.write("objections.add", "登记异议") as unit:
        notice = existing(unit.session, Notice, notice_key)
        if notice.state != NoticeState.POSTED.value:
            raise NotAllowed("这份公示已经撤回，不能登记异议。", todo="请登记到正在公示的那一份。")
        if not kinds.of(notice.kind).period:
            raise NotAllowed("公示结果不接收异议。", todo="请登记到它说明的那份公示。")
        row = Objection(notice_key=notice_key, **_values(form, notice, bench.today))
        unit.session.add(row)
        unit.session.flush()
        told = f"已登记异议。{_after_result(unit.session, notice, bench.today)}"
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (row.key,), told)


def change(bench: Workbench, key: str, form: ObjectionForm) -> Change:
    """Keep what was looked into, found and answered.

    Raises:
        NotAllowed: Something is missing or cannot be; or its corrected notice is posted already.
    """
    with bench.write("objections.change", "办理异议") as unit:
        row = existing(unit.session, Objection, key)
        if row.corrected_key and not form.corrects:
            raise NotAllowed("这件异议已经出过更正公示，不能改成不需要更正。", todo="需要改的，请先撤回更正公示。")
        notice = existing(unit.session, Notice, row.notice_key)
        values = _values(form, notice, bench.today)
        _refuse_told(unit.session, notice, row, values, bench.today)
        for name, value in values.items():
            setattr(row, name, value)
        unit.session.flush()
        told = "异议已办结。" if is_settled(row) else "已保存。"
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (key, row.notice_key), told)


def _standing(session: Session, notice: Notice, today: date) -> gates.Standing:
    """The publicity that a notice, or what it corrects, belongs to."""
    assert notice.object_kind is not None
    subject = Subject(PublicKind(notice.object_kind), notice.object_key or "")
    return gates.standing(session, subject, today, "" if notice.corrects_key else notice.kind)


def _after_result(session: Session, notice: Notice, today: date) -> str:
    """What an objection that comes after the result asks for; empty where there is no result."""
    if notice.object_kind is None:
        return ""
    now = _standing(session, notice, today)
    if now.result is None:
        return ""
    if now.outdated:
        return "公示结果已经出具，没有写这件异议：办结以后请撤回公示结果，重新出具。"
    return "公示结果已经出具，这件异议是期满以后收到的，结果不用改；办结以前不能再往下办。"


def _refuse_told(session: Session, notice: Notice, row: Objection, values: dict[str, Any], today: date) -> None:
    """What a result that hangs says of an objection is not changed under it.

    Raises:
        NotAllowed: It would be.
    """
    changed = any(getattr(row, name) != values[name] for name in _TOLD_IN_RESULT)
    if not changed or notice.object_kind is None:
        return
    result = _standing(session, notice, today).result
    if result is not None and result.key > row.key:
        told = "公示结果已经写明这件异议的办理情况，不能再改这些内容。"
        raise NotAllowed(told, todo="确需改的，请先撤回公示结果，改好以后重新出具；备注可以随时写。")


def remove(bench: Workbench, key: str) -> Change:
    """Take an objection out that was registered in error; the change can be undone.

    Raises:
        NotAllowed: It is answered: what was answered stays on record.
    """
    with bench.write("objections.remove", "删除误登的异议") as unit:
        row = existing(unit.session, Objection, key)
        if row.answered_on is not None:
            raise NotAllowed("这件异议已经答复，不能删除。", todo="登记有误的，请在备注里写明。")
        unit.delete_many(Objection, [key])
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (key,), "已删除异议。")


def _values(form: ObjectionForm, notice: Notice, today: date) -> dict[str, Any]:
    """What is kept of a form.

    Raises:
        NotAllowed: Something is missing or cannot be.
    """
    for told in _faults(form, notice, today):
        raise NotAllowed(told, todo="请改正后再保存。")
    values = {name: getattr(form, name) for name in _NAMES}
    kept = {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}
    return {**kept, "way": form.way.value, "result": form.result.value if form.result else None}


def _faults(form: ObjectionForm, notice: Notice, today: date) -> Iterator[str]:
    missing = [
        label
        for label, value in (("收到日期", form.received_on), ("反映内容", form.content), ("受理人", form.received_by))
        if not value
    ]
    if missing or form.received_on is None:
        yield f"还没有填写{'、'.join(missing)}。"
        return
    if form.named and not form.name:
        yield "实名反映的要填写反映人。"
    if form.received_on > today:
        yield f"收到日期{say_date(form.received_on)}在今天以后。"
    if notice.posted_on is not None and form.received_on < notice.posted_on:
        yield f"收到日期早于公示张贴的{say_date(notice.posted_on)}。"
    yield from _answer_faults(form, form.received_on, today)


def _answer_faults(form: ObjectionForm, received_on: date, today: date) -> Iterator[str]:
    """An answer has its result, what was done, and a day that can be."""
    if form.corrects and form.result not in _UPHELD:
        yield "需要更正公示的，调查结论应是“成立”或“部分成立”。"
    if form.result and not (form.investigation and form.investigator):
        yield "有了调查结论的，要写明调查情况和调查人。"
    if form.answered_on is None:
        return
    if form.result is None or not form.handling:
        yield "填写答复日期以前，要有调查结论和处理结果。"
    if form.answered_on < received_on or form.answered_on > today:
        yield "答复日期应在收到日期以后、今天以前。"
