"""Boards: figures at a glance with the rows behind them: targets (清远 一(二)), and villages compared (二20)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fupin_desktop.policy import comparison
from fupin_desktop.policy.targets import Standing
from fupin_desktop.services.overview import Target
from fupin_desktop.services.targets import Line, due_in_words
from fupin_desktop.services.targets import board as target_lines
from fupin_desktop.services.village_comparison import Span, compare, span_of
from fupin_desktop.services.workbench import Workbench

_TONES = {
    Standing.REACHED: "good",
    Standing.SHORT: "principle",
    Standing.NONE: "must",
    Standing.ABOVE: "info",
    Standing.OPEN: "",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a board.

    Attributes:
        text: What it says.
        tone: Its colour: good, principle, must, info; empty for plain.
        target: The rows behind it; None where there are none to show.
        share: Length of its bar in per cent; None for no bar.
    """

    text: str
    tone: str = ""
    target: Target | None = None
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """A board.

    Attributes:
        title: What it is.
        headings: Of its columns.
        rows: Its cells.
        paper: Form of the paper that prints it.
        span: First and last day of a board about a span of days, which may be changed; None for one of the year.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    paper: str
    span: tuple[date, date] | None = None


def targets(bench: Workbench) -> Board:
    """The targets board (目标任务板)."""
    headings = ("层级", "指标", "目标", "实际", "完成比例", "缺口", "期限", "完成情况", "依据", "说明")
    rows = tuple(_target_row(line) for line in target_lines(bench))
    return Board(f"{bench.year} 年度目标任务板", headings, rows, "target_board")


def _target_row(line: Line) -> tuple[Cell, ...]:
    tone = _TONES[line.standing]
    reached = min(100 * (line.actual or 0) // line.aim.low, 100) if line.aim.low else None
    return (
        Cell(line.indicator.level.label),
        Cell(line.indicator.title),
        Cell(line.aimed),
        Cell("—" if line.actual is None else f"{line.actual:,}", target=line.target),
        Cell("" if reached is None else f"{reached}%", tone, share=reached),
        Cell(f"{line.gap:,}" if line.gap else "", tone if line.gap else ""),
        Cell(due_in_words(line.aim.due)),
        Cell(line.standing.label, tone),
        Cell(line.indicator.clause),
        Cell(line.note),
    )


def villages(bench: Workbench, span: tuple[date, date] | None = None) -> Board:
    """The comparison of villages (考核比较) in a span of days; None takes the year at work.

    Raises:
        NotAllowed: The span ends before it begins.
    """
    days = Span(*span) if span else span_of(bench.year)
    found = compare(bench, days)
    headings = ("名次", "村", "得分", *(one.title for one in comparison.INDICATORS))
    rows = []
    for one in found.rows:
        score = Cell(f"{one.ranked.total:.2f}", _tone(int(one.ranked.total)), share=int(one.ranked.total))
        figures = (Cell(one.shown[at.key], target=one.targets[at.key]) for at in comparison.INDICATORS)
        rows.append((Cell(f"{one.ranked.rank}"), Cell(one.ranked.name), score, *figures))
    return Board(f"{bench.year} 年度考核比较", headings, tuple(rows), "comparison", (days.first, days.last))


def _tone(score: int) -> str:
    return "good" if score >= 80 else "principle" if score >= 60 else "must"


BOARDS: dict[str, Callable[[Workbench], Board]] = {"targets": targets, "villages": villages}
"""Boards by the name that registers give."""
TITLES = {"targets": "目标任务板", "villages": "考核比较"}
"""What their buttons say."""
