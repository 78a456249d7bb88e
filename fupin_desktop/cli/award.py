"""``fupin-desktop award``: from a scheme file and a register to all papers of the calculation."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date

from fupin_desktop.cli.console import Exit, local_time, say, tell
from fupin_desktop.cli.list_options import tell_findings
from fupin_desktop.cli.places import ensure_apart, ensure_folder
from fupin_desktop.cli.scheme import ensure_tiers, policy_parameters, tell_problems
from fupin_desktop.domain.calendar import Period, PeriodRule, WorkCalendar, period
from fupin_desktop.domain.memory import quiet_memory
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.awards.calculator import calculate
from fupin_desktop.policy.parameters import Parameters
from fupin_desktop.policy.results import AwardResult
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.policy.scheme.file import read_scheme
from fupin_desktop.policy.strictness import PERIOD_SHORT
from fupin_desktop.services.award_papers import FILE_NAMES, award_files
from fupin_desktop.services.awards.register import AwardRegister, read_award_register
from fupin_desktop.services.awards.subject import AwardSubject, PaperHead, identity_numbers, summary
from fupin_desktop.services.calendars import work_calendar
from fupin_desktop.services.files import write_together
from fupin_desktop.services.imports.answers import Answers
from fupin_desktop.services.imports.headings import FAMILY
from fupin_desktop.services.imports.unread import unread_sentence
from fupin_desktop.services.offices import Contact

_FLOOR = "notice_days_project"
_UNITS = ("镇(街)扶贫办", "市(县)扶贫办", "纪检监察部门")
_TO_FILL_IN = "______________"


def run(arguments: argparse.Namespace) -> Exit:
    """Compute, make all papers beside their places, and only then put them there.

    Raises:
        Situation: Something cannot be read, computed or written; nothing was written then.
    """
    _ensure_room(arguments)
    today = local_time().date()
    posted = arguments.date or today
    scheme = read_scheme(arguments.scheme)
    parameters = policy_parameters(arguments.policy)
    ensure_tiers(scheme, parameters, arguments.scheme.name)
    register = _register(arguments, scheme, today)
    if not _usable(register, only_good=arguments.only_good):
        return Exit.FAILED
    result = calculate(scheme, register.applicants, parameters)
    status = tell_problems(result.problems)
    if register.left_out:
        status = Exit.DRAFT
    head = _head(scheme, posted, draft=status is not Exit.FINE)
    span = _period(parameters, posted, arguments.days, working=arguments.working)
    unexplained = any(problem.blocks for problem in result.problems) or _unexplained_period(parameters, scheme, span)
    with quiet_memory():
        files = award_files(AwardSubject(result, head, identity_numbers(result)), span, notice_draft=unexplained)
        write_together(arguments.out, files)
    _report(result, span, [str(arguments.out / name) for name in files])
    return status


def _ensure_room(arguments: argparse.Namespace) -> None:
    """Before long work: the results have a folder and lie over none of the files read.

    Raises:
        Situation: They have none or do.
    """
    ensure_folder(arguments.out)
    read = [path for path in (arguments.scheme, arguments.households, arguments.policy) if path is not None]
    for name in FILE_NAMES:
        ensure_apart(arguments.out / name, *read)


def _register(arguments: argparse.Namespace, scheme: AwardScheme, today: date) -> AwardRegister:
    village = arguments.village or scheme.place
    register = read_award_register(
        arguments.households, today=today, village=village, place=scheme.place, year=scheme.year,
        classes=scheme.classes,
        sheet=arguments.sheet or None, kind=FAMILY.named(arguments.kind), password=str(arguments.password),
        answers=Answers(visible_only=arguments.visible_only, this_year=arguments.this_year),
    )  # fmt: skip
    if not register.has_village and not arguments.village:
        tell(f"提醒：名册没有“行政村”一列，全部算作{village}。")
    for name in register.unread:
        tell(f"提醒：{unread_sentence(register.sheet, name)}")
    if register.unused:
        tell(f"提醒：没有用上的列：{'、'.join(register.unused)}。")
    if not register.has_entries:
        tell("提醒：名册没有“产品”一列，没有种养项目可以奖补；测算要用奖补登记表。")
    return register


def _usable(register: AwardRegister, *, only_good: bool) -> bool:
    """Tell every finding; whether the calculation may go on."""
    tell_findings(register.findings)
    if register.left_out and not only_good:
        tell(
            f"错误：名册里有 {len(register.left_out)} 户有问题，没有测算，没有写任何文件。"
            "请改好名册，或加 --only-good 略去这些户。"
        )
        return False
    if not register.applicants:
        tell("错误：名册里没有一户可用，没有写任何文件。")
        return False
    if register.left_out:
        tell(f"提醒：略去 {len(register.left_out)} 户：{_few(register.left_out)}。")
    return True


def _few(names: tuple[str, ...], most: int = 10) -> str:
    return "、".join(names[:most]) + (f" 等 {len(names)} 户" if len(names) > most else "")


def _head(scheme: AwardScheme, posted: date, *, draft: bool) -> PaperHead:
    """The details of the papers; phones are not known here, so the notice leaves a line for each."""
    village = scheme.decision.village or scheme.place
    contacts = tuple(Contact(unit, _TO_FILL_IN) for unit in (village, *_UNITS))
    return PaperHead(office=village, made_on=posted, contacts=contacts, draft=draft)


def _natural(span: Period) -> int:
    """Natural days of a period, both ends counted; the floor of days is meant in them."""
    return (span.last - span.first).days + 1


def _period(parameters: Parameters, posted: date, days: int | None, *, working: bool) -> Period:
    """The period in natural or working days, both ends counted; less than the floor is told.

    Raises:
        NotAllowed: It leaves the calendar.
    """
    floor = parameters.value(_FLOOR, posted)
    chosen = days if days is not None else int(floor.value)
    try:
        span = period(posted, PeriodRule(chosen, working), work_calendar() if working else WorkCalendar())
    except ValueError as fault:
        raise NotAllowed(f"{fault}。", todo="请改公示日期或天数。") from None
    if _natural(span) < floor.value:
        tell(f"提醒：公示期 {_natural(span)} 天，原则上不少于 {floor.value} 天 [{floor.clause}]。")
    for warning in span.warnings:
        tell(f"提醒：{warning}。")
    return span


def _unexplained_period(parameters: Parameters, scheme: AwardScheme, span: Period) -> bool:
    """Whether the notice is out for less than the floor without a written reason in the scheme."""
    return _natural(span) < parameters.value(_FLOOR, span.first).value and not scheme.reasons.get(PERIOD_SHORT)


def _report(result: AwardResult, span: Period, paths: Iterable[str]) -> None:
    say(summary(result))
    unit = "个工作日" if span.working else "天"
    say(f"公示期：{span.first.isoformat()} 至 {span.last.isoformat()} (共 {span.days} {unit})")
    for path in paths:
        say(f"已写出：{path}")
