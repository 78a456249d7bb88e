"""A quarterly table as a document: for which quarter, from which rows, with which checks (清远 附件2, 附件3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from fupin_desktop.documents.definition.form import Field
from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.project_words import ProjectScope, Quarter, Running
from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.applications import EVERY, OF_REPORTS
from fupin_desktop.policy.applications.report_facts import ReportFacts
from fupin_desktop.services.documents.context import LARGE, Context
from fupin_desktop.services.documents.model import Progress
from fupin_desktop.services.documents.type import Data, DocumentType, Places
from fupin_desktop.services.overview import RowsBehind, Target
from fupin_desktop.services.reports import assembling, quarters, reading, receipts
from fupin_desktop.services.reports.assembling import NO_PROJECT, Row
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Application, FrozenPaper, Setting

TAB = "reports"
ROWS = "report.rows"
EARLIER_SETTING = "reports.earlier_days"
_DAYS = "quarter_report_days"
_SCOPES = {"quarterly_poor_village": ProjectScope.POOR_VILLAGE, "quarterly_scattered": ProjectScope.SCATTERED}
_NEEDED = {"progress": "工程进度", "households": "带动贫困户"}
_OF_PRODUCTION = {"sales": "本季销售额", "net": "本季收益"}
_STILL = (Running.STALLED.label, Running.ENDED.label)
_SPARE = Decimal("1.1")
_SENT, _RECEIVED = Progress("已报送", complete=True), Progress("上级已收到", complete=True)
_HEADINGS = (
    *("镇(街)", "村", "项目", "计划投资(元)", "累计完成(元)", "运作情况", "本季收益(元)"),
    *("带动贫困户(户)", "其中大户(户)", "参与情况和面积都没有填写(户，没有算作大户)"),
)  # fmt: skip


def _offered(_session: Session, _form_id: str, _year: int) -> list[tuple[str, str]]:
    return [(quarters.key_of(quarter), quarters.word(quarter)) for quarter in Quarter]


def _name_of(_session: Session, key: str) -> str:
    quarter = quarters.quarter_of(key)
    return quarters.word(quarter) if quarter is not None else ""


def _rank(key: str) -> int:
    quarter = quarters.quarter_of(key)
    return int(quarter.value) if quarter is not None else 0


def _due(year: int, today: date) -> str:
    """The last quarter of the year that has ended (清远 三(三))."""
    ended_in, quarter = quarters.last_ended(today)
    if ended_in > year:
        return quarters.key_of(list(Quarter)[-1])
    return quarters.key_of(quarter) if ended_in == year else ""


QUARTERS = Places(_offered, _name_of, gone="没有这个季度。", none_yet="请选一个季度。", rank=_rank, due=_due)


def quarter_in(context: Context) -> Quarter:
    """The quarter that a table is for.

    Raises:
        NotAllowed: The document is for something else.
    """
    found = quarters.quarter_of(context.subject.place_key)
    if found is None:
        raise NotAllowed("这份季度报表没有写明季度。", todo="请另建一份。")
    return found


def earlier_days(session: Session) -> int:
    """Days before the county's day on which the town hands in."""
    found = session.get(Setting, EARLIER_SETTING)
    return quarters.EARLIER_DAYS if found is None else int(found.value)


def due_on(context: Context) -> date:
    """The day by which the town hands the table in (清远 三(三))."""
    year = context.subject.year
    days = context.parameters.value(_DAYS, date(year, 12, 31)).value
    return quarters.town_day(year, quarter_in(context), days, earlier_days(context.session))


def rows_of(context: Context) -> list[Row]:
    """The rows of the table, read once."""

    def find() -> list[Row]:
        scope, session, year = _SCOPES[context.subject.form_id], context.session, context.subject.year
        large_from = Decimal(context.parameters.value(LARGE, date(year, 12, 31)).value)
        projects = reading.projects(session, scope, year, quarter_in(context), large_from)
        return assembling.table(projects, reading.places(session, scope), before_of(context))

    return context.once(ROWS, find)


def before_of(context: Context) -> list[Row] | None:
    """The rows of the table handed in for an earlier quarter last; None where there was none."""
    subject = context.subject
    return last_sent(context.session, subject.form_id, subject.year, subject.place_key)


def sent_by(context: Context) -> str | None:
    """报送方式 of the table handed in last, which is nearly always that of the next one; None before there is one."""
    subject = context.subject
    data = _last_data(context.session, subject.form_id, subject.year, subject.place_key)
    return None if data is None else data.get("sent_by")


def last_sent(session: Session, form_id: str, year: int, place_key: str) -> list[Row] | None:
    """The rows of the last table handed in before a quarter; None where there was none."""
    data = _last_data(session, form_id, year, place_key)
    return None if data is None else list(data.get("rows") or ())


def _last_data(session: Session, form_id: str, year: int, place_key: str) -> Data | None:
    """What the last table says that was handed in before a quarter; None where there was none."""
    earlier = or_(Application.year < year, (Application.year == year) & (Application.place_key < place_key))
    statement = (
        select(FrozenPaper.data)
        .join(Application, Application.key == FrozenPaper.application_key)
        .where(Application.form_id == form_id, Application.state == ApplicationState.APPROVED.value, earlier)
        .order_by(Application.year.desc(), Application.place_key.desc())
    )
    return session.scalars(statement).first()


def _report_facts(context: Context, data: Data) -> ReportFacts:
    rows = [row for row in data.get("rows") or () if not row.get("level")]
    known = [row for row in rows if row.get("key")]
    ended = quarters.last_ended(context.today) >= (context.subject.year, quarter_in(context))
    before = {row["key"]: row for row in before_of(context) or () if row.get("key")}
    sent_on = data.get("reported_on")
    return ReportFacts(
        due_on=due_on(context),
        sent_on=sent_on if isinstance(sent_on, date) else None,
        ended=ended,
        projects=len(known),
        without_project=tuple(_place(row) for row in rows if row.get("project") == NO_PROJECT),
        unanswered=tuple(_named(row) for row in known if not row.get("running")),
        incomplete=tuple(_incomplete(known)),
        stalled=tuple(_named(row) for row in known if row.get("running") in _STILL and not row.get("troubles")),
        falling=tuple(_named(row) for row in known if _fell(row, before.get(row["key"], {}))),
        over_plan=tuple(_named(row) for row in known if _done(row) > row.get("plan_total", Decimal(0)) * _SPARE),
    )


def _fell(row: Row, before: Row) -> bool:
    """Whether less is told than before; what nobody answered has not become less."""
    return row.get("done") is not None and _done(row) < _done(before)


def _done(row: Mapping[str, Any]) -> Decimal:
    return row.get("done") or Decimal(0)


def _incomplete(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """What is missing of projects that were answered."""
    for row in rows:
        needed = _NEEDED | (_OF_PRODUCTION if row.get("running") == Running.PRODUCING.label else {})
        lacking = [label for name, label in needed.items() if row.get(name) in (None, "")]
        if row.get("running") and lacking:
            yield _named(row), "、".join(lacking)


def _place(row: Row) -> str:
    return row.get("village") or row.get("town") or ""


def _named(row: Row) -> str:
    return f"{_place(row)}“{row['project']}”"


def _changed(session: Session, application: Application, data: Data) -> frozenset[str]:
    """What differs from the table handed in last."""
    before = last_sent(session, application.form_id, application.year, application.place_key)
    return frozenset() if before is None else assembling.changed_cells(data.get("rows") or (), before)


def _progress(form_id: str) -> Callable[[Workbench, int], Mapping[str, Progress]]:
    """Every approved table of a year is handed in; those with a receipt have arrived."""

    def find(bench: Workbench, year: int) -> Mapping[str, Progress]:
        where = (Application.form_id == form_id, Application.year == year)
        with bench.read() as session:
            known = receipts.receipts(session)
            keys = session.scalars(select(Application.key).where(*where)).all()
        return {key: _RECEIVED if key in known else _SENT for key in keys}

    return find


def _behind(field: Field, context: Context) -> RowsBehind | None:
    """The projects behind the table, which lead to the pool."""
    if field.bind != ROWS:
        return None
    unknown = reading.unknown(context.session, context.subject.year)
    rows = tuple(
        (
            row.get("town", ""), row.get("village", ""), row["project"], _yuan(row.get("plan_total")),
            _yuan(row.get("done")), row.get("running", ""), _yuan(row.get("net")), _number(row.get("households")),
            _number(row.get("large")), _number(unknown.get(row["key"], 0) if row.get("key") else None),
        )
        for row in assembling.plain(rows_of(context))
    )  # fmt: skip
    return RowsBehind("表中的项目", _HEADINGS, rows, Target("ledgers", "", "", "projects"))


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def _yuan(value: Decimal | None) -> str:
    return "" if value is None else format_money(value)


def quarterly(form_id: str, title: str, order: int) -> DocumentType:
    """The type of one of the two tables."""
    return DocumentType(
        form_id=form_id,
        word="季度报表",
        title=title,
        order=order,
        tab=TAB,
        places=QUARTERS,
        checks=(*EVERY, *OF_REPORTS),
        bindings={
            "report.quarter": lambda context: quarters.word(quarter_in(context)),
            "report.due_on": due_on,
            "report.sent_by": sent_by,
            ROWS: rows_of,
        },
        progress=_progress(form_id),
        approved_word=_SENT.word,
        report_facts=_report_facts,
        changed=_changed,
        behind=_behind,
        past=lambda session, application: list(receipts.past(session, application)),
    )
