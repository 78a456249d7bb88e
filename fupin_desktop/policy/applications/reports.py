"""Checks of a quarterly table: every poor village appears, every project is answered, nothing is late (清远 三(三))."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fupin_desktop.policy.applications.facts import ApplicationFacts, Finding

ROWS = "rows"
_NAMED = 6


def ended(facts: ApplicationFacts) -> Iterator[Finding]:
    """The quarter that is reported on is over."""
    if facts.report is not None and not facts.report.ended:
        yield "这个季度还没有结束，到季末以后再报送", ROWS


def without_project(facts: ApplicationFacts) -> Iterator[Finding]:
    """Every 省定贫困村 has a project; why not is written down."""
    if facts.report is not None and facts.report.without_project:
        named = _named(facts.report.without_project)
        yield f"{named}没有列入的项目(谋划、申报、审核中又没有登记进展的不列)，按“无项目”列出", ROWS


def unanswered(facts: ApplicationFacts) -> Iterator[Finding]:
    """Every project has its progress of the quarter."""
    if facts.report is not None and facts.report.unanswered:
        names = facts.report.unanswered
        yield f"{len(names)} 个项目没有登记本季进展：{_named(names)}", ROWS


def incomplete(facts: ApplicationFacts) -> Iterator[Finding]:
    """What was answered is complete."""
    for name, lacking in facts.report.incomplete if facts.report is not None else ():
        yield f"{name}没有填{lacking}", ROWS


def stalled(facts: ApplicationFacts) -> Iterator[Finding]:
    """A project that stands still says why."""
    for name in facts.report.stalled if facts.report is not None else ():
        yield f"{name}停滞或终止，没有写存在问题", ROWS


def falling(facts: ApplicationFacts) -> Iterator[Finding]:
    """What was done does not become less from one report to the next."""
    for name in facts.report.falling if facts.report is not None else ():
        yield f"{name}的累计完成投资比上次报送的少，请核对季度进展", ROWS


def over_plan(facts: ApplicationFacts) -> Iterator[Finding]:
    """No more is done than was planned, with a tenth to spare."""
    for name in facts.report.over_plan if facts.report is not None else ():
        yield f"{name}的累计完成投资超过计划投资一成以上", ROWS


def late(facts: ApplicationFacts) -> Iterator[Finding]:
    """It is handed in by its day."""
    report = facts.report
    if report is None:
        return
    sent = report.sent_on or facts.today
    if sent is not None and sent > report.due_on:
        yield f"应在 {report.due_on.year}年{report.due_on.month}月{report.due_on.day}日以前报送，已经过期", "due_on"


def _named(names: Sequence[str]) -> str:
    """Some of the names."""
    return "、".join(names[:_NAMED]) + (f"等 {len(names)} 个" if len(names) > _NAMED else "")
