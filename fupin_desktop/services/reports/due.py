"""Which quarterly tables are due, and the office's own day for them (清远 三(二), 三(三))."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select

from fupin_desktop.domain.project_words import Quarter
from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.overview import Target
from fupin_desktop.services.reports import quarters
from fupin_desktop.services.reports.quarters import EARLIER_DAYS
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Application

TAB, FORMS = "reports", ("quarterly_poor_village", "quarterly_scattered")
_TABLES = dict(zip(FORMS, ("省定贫困村", "分散贫困人口"), strict=True))
CLAUSE = "清远 三(三)"
EARLIER_SETTING, DONE_SETTING = "reports.earlier_days", "reports.done"
SURVEY = "survey"
MOST_EARLIER = 20
_SURVEY_SHOWN = 31
"""Days before its day on which the survey's tables are told."""
_OUT = (ApplicationState.APPROVED.value, ApplicationState.REPLACED.value)


def earlier_days(bench: Workbench) -> int:
    """Days before the county's day on which the town hands in."""
    return int(bench.setting(EARLIER_SETTING, EARLIER_DAYS))


def set_earlier_days(bench: Workbench, days: int) -> None:
    """Set how many days before the county's day the town hands in.

    Raises:
        NotAllowed: Not between 0 and 20.
    """
    if not 0 <= days <= MOST_EARLIER:
        raise NotAllowed(f"提前 {days} 天不对。", todo=f"请填写 0 到 {MOST_EARLIER} 之间的天数。")
    bench.set_settings({EARLIER_SETTING: days}, "设置报表提前的天数")


def name_of(year: int, quarter: Quarter) -> str:
    """How a quarter's duty is kept: 2026-q3."""
    return f"{year}-{quarters.key_of(quarter)}"


def done(bench: Workbench) -> frozenset[str]:
    """The duties that were marked as done."""
    return frozenset(bench.setting(DONE_SETTING) or ())


def mark_done(bench: Workbench, name: str, *, is_done: bool) -> None:
    """Mark a duty as done, or take the mark back; reports that went out another way are due no more."""
    marked = done(bench) | {name} if is_done else done(bench) - {name}
    title = f"{'标记' if is_done else '取消标记'}季度报表已报送"
    bench.set_settings({DONE_SETTING: sorted(marked)}, title, "settings.mark")


def sent(bench: Workbench, year: int, quarter: Quarter) -> dict[str, str]:
    """Keys of the documents of a quarter by form, those handed in first."""
    statement = select(Application.form_id, Application.key, Application.state).where(
        Application.form_id.in_(FORMS), Application.year == year, Application.place_key == quarters.key_of(quarter)
    )
    with bench.read() as session:
        rows = session.execute(statement.order_by(Application.version)).all()
    return {form_id: key for form_id, key, _ in rows}


def handed_in(bench: Workbench, year: int, quarter: Quarter) -> bool:
    """Whether both tables of a quarter were handed in, or it was marked as done."""
    return name_of(year, quarter) in done(bench) or not _left(bench, year, quarter)


def _left(bench: Workbench, year: int, quarter: Quarter) -> list[str]:
    """The forms of a quarter that were not handed in yet."""
    statement = select(Application.form_id).where(
        Application.form_id.in_(FORMS), Application.year == year, Application.state.in_(_OUT),
        Application.place_key == quarters.key_of(quarter),
    )  # fmt: skip
    with bench.read() as session:
        out = set(session.scalars(statement))
    return [form for form in FORMS if form not in out]


def next_duty(bench: Workbench, today: date) -> tuple[int, Quarter]:
    """The quarter whose tables are due next: the last one that ended, unless it is handed in.

    An office that has made no such table yet is not told of a day that is over.
    """
    year, quarter = quarters.last_ended(today)
    over = today > days_of(bench, year, quarter)[1] and not _started(bench)
    return quarters.following(year, quarter) if over or handed_in(bench, year, quarter) else (year, quarter)


def _started(bench: Workbench) -> bool:
    with bench.read() as session:
        first = session.scalars(select(Application.key).where(Application.form_id.in_(FORMS)).limit(1)).first()
    return first is not None


def days_of(bench: Workbench, year: int, quarter: Quarter) -> tuple[date, date]:
    """The town's day and the county's day of a quarter."""
    days = bench.parameters.value("quarter_report_days", bench.today).value
    county = quarters.county_day(year, quarter, days)
    return quarters.town_day(year, quarter, days, earlier_days(bench)), county


def due_reports(bench: Workbench, today: date) -> Iterator[tuple[date, str, Target]]:
    """What is due: the day, the words, where it leads."""
    year, quarter = next_duty(bench, today)
    town, county = days_of(bench, year, quarter)
    both = f"，{county.month}月{county.day}日前报市" if county != town else ""
    left, known = _left(bench, year, quarter), sent(bench, year, quarter)
    text = f"{_called(quarter, left)}（{town.month}月{town.day}日前{'报县' if both else ''}{both}）"
    begun = next((known[form] for form in left if form in known), "")
    begin = f"begin:{year}" if today > quarters_end(year, quarter) and not begun else ""
    yield town, text, Target(TAB, begin, begun)
    month, day = bench.parameters.value("survey_due", today).value[0]
    survey = date(today.year, month, day)
    if 0 <= (survey - today).days <= _SURVEY_SHOWN and f"{today.year}-{SURVEY}" not in done(bench):
        told = f"摸底调查和两张发展情况表汇总（{month}月{day}日前）"
        yield survey, told, Target("home", "clause:清远 三(二)")


def unsent(bench: Workbench, year: int) -> Iterator[tuple[str, Target]]:
    """The tables of a year that were not handed in, from the quarter on in which the office began to make them."""
    made = select(Application.year, Application.place_key).where(Application.form_id.in_(FORMS))
    with bench.read() as session:
        begun = min(((of, place) for of, place in session.execute(made)), default=(year + 1, ""))
    for quarter in Quarter:
        if (year, quarters.key_of(quarter)) < begun or handed_in(bench, year, quarter):
            continue
        left, known = _left(bench, year, quarter), sent(bench, year, quarter)
        key = next((known[form] for form in left if form in known), "")
        yield f"{_called(quarter, left)}还没有报送", Target(TAB, "", key)


def _called(quarter: Quarter, left: Sequence[str]) -> str:
    """What is left of a quarter's tables."""
    return f"{quarters.word(quarter)}{_TABLES[left[0]] if len(left) == 1 else '两张'}发展情况表"


def quarters_end(year: int, quarter: Quarter) -> date:
    """The last day of a quarter."""
    month = 3 * int(quarter.value)
    return date(year, month, 31 if month in (3, 12) else 30)


def action(target: Target) -> str:
    """The word on the link of a duty."""
    return "依据" if target.tab != TAB else "填报" if target.filter or target.key else "查看"
