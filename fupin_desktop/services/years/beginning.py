"""新年度: the next year begins with what lasts of this one; what belongs to this one alone is told, not copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.errors import NotAllowed, YearClosed
from fupin_desktop.services import offices
from fupin_desktop.services.workbench import Change, Progress, Workbench
from fupin_desktop.services.years import carrying
from fupin_desktop.storage.entities import Application, AwardScheme, Base, Notice

_OWN: tuple[tuple[type[Base], str], ...] = (
    (AwardScheme, "奖补方案 {:,} 个"), (Application, "申报表、审批表等文件 {:,} 份"), (Notice, "公示 {:,} 张"),
)  # fmt: skip
"""What else belongs to one year alone."""
MONEY = "资金不用复制：没有用完的，在新年度的资金台账里列为上年结转"


@dataclass(frozen=True, slots=True)
class NewYear:
    """What the next year would begin with.

    Attributes:
        of: The year at work.
        into: The next one.
        taken: What goes over, one line each; empty where everything is there already.
        left: What does not, one line each.
    """

    of: int
    into: int
    taken: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """What became of it.

    Attributes:
        year: The new year.
        change: What was written; None where everything was there already.
    """

    year: int
    change: Change | None


def preview(bench: Workbench) -> NewYear:
    """What the year after the one at work would begin with."""
    of = bench.year
    with bench.read() as session:
        taken = [part.told(number) for part in carrying.parts() if (number := carrying.count(session, part, of))]
        return NewYear(of, of + 1, tuple(taken), (*_left(session, of), MONEY))


def _left(session: Session, of: int) -> Iterator[str]:
    """What belongs to a year alone and is there."""
    for part in carrying.parts():
        for name, word in part.carried.left:
            if number := carrying.count_left(session, part, name, of):
                yield f"{word}（{number:,} {part.register.unit}有）"
    for register in carrying.left_behind():
        if number := _count(session, register.entity, of):
            yield f"{register.title} {number:,} {register.unit}"
    for entity, told in _OWN:
        if number := _count(session, entity, of):
            yield told.format(number)


def _count(session: Session, entity: type[Base], year: int) -> int:
    of_year = entity.__table__.c.year
    return session.scalar(select(func.count()).select_from(entity).where(of_year == year)) or 0


def begin(bench: Workbench, progress: Progress | None = None) -> Begun:
    """Begin the year after the one at work, as one change that undo takes back; the year at work is then the new one.

    Records whose owner has some in the new year already are not copied, so that it can be done again after more was
    registered in the old one.

    Args:
        bench: The workbench.
        progress: Told how far it is.

    Raises:
        NotAllowed: The next year is outside what can be worked in.
        YearClosed: The new year is closed.
        Cancelled: By ``progress``; nothing was written.
    """
    of, into = bench.year, bench.year + 1
    if into not in offices.YEARS:
        raise NotAllowed(f"没有 {into} 年度可以建立。", todo="请核对现在的年度。")
    if into in bench.closed_years:
        raise YearClosed(into)
    with bench.read() as session:
        total = sum(carrying.count(session, part, of) for part in carrying.parts())
    told: list[str] = []
    with bench.write("years.begin", f"建立 {into} 年度") as unit:
        done = 0
        for part in carrying.parts():
            copied = 0
            for copied in carrying.copy(unit, bench, part, of):
                if progress is not None:
                    progress(done + copied, total, f"带入 {part.title} {copied:,}")
            done += copied
            told += [part.told(copied)] if copied else []
    change = bench.change(unit, f"已建立 {into} 年度，带入{'、'.join(told)}。") if unit.set_key else None
    offices.set_year(bench, into)
    return Begun(into, change)
