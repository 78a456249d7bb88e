"""What the first page shows: due work, figures of the year, money by source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.rules.phrases import plain
from fupin_desktop.services import backups, files, funds, offices, registers, schemes, villages, yearly_days
from fupin_desktop.services.awards import stored_runs
from fupin_desktop.services.awards.stored_runs import RunLine
from fupin_desktop.services.funds.kinds import KindSums, by_kind
from fupin_desktop.services.overview import DueItem, Figure, FundBar, Overview, Target, Urgency
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.publicity.gates import Standing, Step
from fupin_desktop.services.registers import HOUSEHOLDS, Query, registry
from fupin_desktop.services.reports import due as reports_due
from fupin_desktop.services.schemes import SchemeLine, SchemeState
from fupin_desktop.services.waiting import due_documents
from fupin_desktop.services.waiting_money import due_money
from fupin_desktop.services.workbench import Workbench


def overview(bench: Workbench, today: date) -> Overview:
    """Figures, money and due work of the bench's year on a day.

    Args:
        bench: The workbench.
        today: The day shown.
    """
    with bench.read() as session:
        runs = stored_runs.latest_runs(session, bench.year)
    days = (*_due_reports(bench, today), *_due_yearly(bench, today))
    kept = (*_broken_forms(bench), *_missed_copies(bench))
    due = (*_no_village(bench), *open_work(bench, today, runs), *days, *_missing_data(bench), *kept)
    return Overview(today, _figures(bench, runs), _funds(bench, today), due)


def open_work(bench: Workbench, today: date, runs: list[RunLine] | None = None) -> tuple[DueItem, ...]:
    """What was begun in the bench's year and is not done: notices, documents, payments, schemes.

    Args:
        bench: The workbench.
        today: The day shown.
        runs: The latest calculations of the year; None reads them.
    """
    with bench.read() as session:
        known = stored_runs.latest_runs(session, bench.year) if runs is None else runs
        waiting = (*due_documents(session, bench.year), *due_money(session, bench.year))
    return (*_due_notices(bench, today), *waiting, *_overdrawn(bench), *_due_schemes(bench, known))


def _figures(bench: Workbench, runs: list[RunLine]) -> tuple[Figure, ...]:
    """The large numbers; each is counted by the very query that its target shows."""
    start = plain(Decimal(bench.parameters.value("large_household_area", bench.today).value))
    area = registers.totals(bench, _query(bench, "participating")).sums["area_total"]
    paid = from_fen(sum(run.award_fen for run in runs))
    return (
        Figure("households", f"{_count(bench):,}", "登记农户", Target("households")),
        _counted(bench, "participating", _taking_part(bench)),
        _counted(bench, "large", f"种养大户（≥{start}亩）"),
        Figure("area", area or "0", "产业面积（亩）", Target("households", "participating")),
        Figure("awards", f"¥{format_money(paid)}", "本年奖补", Target("awards")),
    )


def _counted(bench: Workbench, name: str, label: str) -> Figure:
    return Figure(name, f"{_count(bench, name):,}", label, Target("households", name))


def _taking_part(bench: Workbench) -> str:
    """What the number of those who take part is called; it tells how many are not known to do or not."""
    unknown = _count(bench, "missing:participation")
    return f"参与产业（{unknown:,}户未填）" if unknown else "参与产业"


def _query(bench: Workbench, name: str = "") -> Query:
    """The households of a named filter; all where the name is empty."""
    return Query(HOUSEHOLDS, bench.year, filters=HOUSEHOLDS.conditions(name))


def _count(bench: Workbench, name: str = "") -> int:
    return registers.count(bench, _query(bench, name))


def _funds(bench: Workbench, today: date) -> tuple[FundBar, ...]:
    """Money by kind of source as the ledger has it on a day: arrived, allocated, what can still be allocated."""
    return tuple(_bar(one) for one in by_kind(funds.balances(bench, bench.year, today)))


def _bar(one: KindSums) -> FundBar:
    only = one.sources[0] if len(one.sources) == 1 else ""
    return FundBar(one.kind.label, one.received, one.allocated, Target("funds", "ledger", only))


def _overdrawn(bench: Workbench) -> Iterator[DueItem]:
    """Award schemes that name more of a source than there is, or unexplained money of another plan (吴川 三(二)2)."""
    for problem in funds.check(bench, bench.year):
        if problem.blocks:
            badge = "须更正" if problem.severity is Severity.MUST else "须说明"
            yield DueItem(badge, problem.sentence, "late", "查看", Target("funds", "ledger", problem.subjects[0]))


def _due_notices(bench: Workbench, today: date) -> Iterator[DueItem]:
    """Notices that are up, objected to, or over with a step still to be done."""
    with bench.read() as session:
        found = gates.standings(session, bench.year, today)
    for (subject, kind), now in sorted(found.items(), key=lambda one: one[1].last_day or today):
        last = now.last_day
        if now.next is not None and last is not None:
            badge, urgency = _notice_badge(now, today, last)
            text = _notice_told(now, last)
            yield DueItem(badge, text, urgency, _DONE_BY[now.next.step], Target("publicity", kind, subject.key), last)


_DONE_BY = {Step.POSTED: "查看", Step.ENDED: "查看", Step.SETTLED: "办理", Step.RESULT: "出具", Step.FILED: "备案"}


def _notice_badge(now: Standing, today: date, last: date) -> tuple[str, Urgency]:
    if now.open_objections:
        return "有异议", "late"
    if not now.over or now.next is None:
        return badge_for(today, last)
    return f"待{now.next.step.label.removeprefix('公示')}", "soon"


def _notice_told(now: Standing, last: date) -> str:
    title, day = now.notices[-1].title, f"{last.month}月{last.day}日"
    if now.open_objections:
        return f"{title}有 {len(now.open_objections)} 件异议没有办结"
    if not now.over or now.next is None:
        return f"{title}，{day}期满"
    return f"{title}已于{day}期满，{now.next.told.rstrip('。')}"


def _due_reports(bench: Workbench, today: date) -> Iterator[DueItem]:
    """The quarterly tables, which offices in 清远 hand in (清远 三(三))."""
    if not offices.concerns(bench, reports_due.CLAUSE):
        return
    for on, text, target in reports_due.due_reports(bench, today):
        badge, urgency = badge_for(today, on)
        yield DueItem(badge, text, urgency, reports_due.action(target), target, on)


def _due_yearly(bench: Workbench, today: date) -> Iterator[DueItem]:
    """What is due on fixed days of every year."""
    for on, text, target in yearly_days.due(bench, today):
        badge, urgency = badge_for(today, on)
        yield DueItem(badge, text, urgency, "查看", target, on)


def _due_schemes(bench: Workbench, runs: list[RunLine]) -> Iterator[DueItem]:
    """Schemes that are not decided, not computed or not published yet."""
    computed = {run.scheme_key for run in runs}
    for line in schemes.all(bench, bench.year):
        if told := _scheme_lacks(line, computed):
            yield DueItem(told[0], f"{line.name}：{told[1]}", "calm", "打开", Target("awards", "", line.key))


def _scheme_lacks(line: SchemeLine, computed: set[str]) -> tuple[str, str] | None:
    if line.state is SchemeState.DRAFT:
        return "草稿", "还缺议定手续"
    if line.state is not SchemeState.DECIDED:
        return None
    return ("待公示", "还没有公示") if line.key in computed else ("待测算", "还没有保存测算")


def _no_village(bench: Workbench) -> Iterator[DueItem]:
    """Where a new office begins: every record stands in a village."""
    if not villages.registered(bench):
        text = "还没有登记村。导入农户名册时会自动登记，也可以先登记村。"
        yield DueItem("第一步", text, "soon", "登记村", Target("applications", "village"))


def _missing_data(bench: Workbench) -> Iterator[DueItem]:
    """Records that lack what awards and papers need, by the named filters of the registers that say so."""
    for register in registry.all():
        for name, named in register.filters.items():
            query = Query(register, bench.year, filters=named.conditions)
            if not named.lacking or not offices.concerns(bench, named.duty):
                continue
            if count := registers.count(bench, query):
                target = Target(register.tab, name, register=register.name)
                yield DueItem(named.badge, f"{count:,} {register.unit}{named.lacking}", named.urgency, "查看", target)


def _broken_forms(bench: Workbench) -> Iterator[DueItem]:
    """Own forms that cannot be used: the built-in ones take their place, or none of that kind can be begun."""
    if files.own_forms(bench.data_folder) is None:
        return
    from fupin_desktop.services import own_forms

    for line in own_forms.all(bench):
        if line.broken:
            yield DueItem("表样有误", f"{line.title}：{line.broken}", "soon", "查看", Target("home", "forms:"))


def _missed_copies(bench: Workbench) -> Iterator[DueItem]:
    """A second place of backups that gets no copies any more."""
    if told := backups.told_missed(bench):
        yield DueItem("备份", told, "soon", "办理", Target("home", "backups:"))


def badge_for(today: date, due: date) -> tuple[str, Urgency]:
    """Badge and urgency of something due on a day."""
    days = (due - today).days
    if days < 0:
        return f"已过 {-days} 天", "late"
    if days == 0:
        return "今天到期", "late"
    return f"还有 {days} 天", "late" if days <= 2 else "soon"
