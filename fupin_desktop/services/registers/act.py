"""What can be done with a register at one stroke (办理): carry quarters on, make the subsidies of a period ..."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from fupin_desktop.domain.reading.dates import read_date
from fupin_desktop.errors import NotAllowed

if TYPE_CHECKING:
    from fupin_desktop.services.workbench import Change, Workbench


class Asked(NamedTuple):
    """Something that is asked before an act.

    Attributes:
        key: Name of the answer.
        label: What is asked.
        default: The answer that is offered; gets the workbench and the chosen record.
        kind: ``text``, ``date`` or ``choice``.
        choices: The answers there are, of a choice.
        needed: Whether it must be answered.
    """

    key: str
    label: str
    default: Callable[[Workbench, str], str]
    kind: str = "text"
    choices: tuple[str, ...] = ()
    needed: bool = True


Run = Callable[["Workbench", str, Mapping[str, str]], "Change"]
"""Does it: of the chosen record, with the answers; raises ``NotAllowed`` where nothing can be done."""


class Act(NamedTuple):
    """One act.

    Attributes:
        title: What its entry says.
        told: What it will do, told above what is asked.
        run: Does it, as one undoable change.
        asks: What is asked before.
        chosen: Whether it is about the chosen record.
    """

    title: str
    told: str
    run: Run
    asks: tuple[Asked, ...] = ()
    chosen: bool = False


def nothing(_bench: Workbench, _key: str) -> str:
    """No answer is offered."""
    return ""


def today(bench: Workbench, _key: str) -> str:
    """The day is offered."""
    return f"{bench.today:%Y-%m-%d}"


def day(bench: Workbench, text: str, what: str) -> date:
    """The day that an answer says, in any way days are written; without a year, of the year at work.

    Raises:
        NotAllowed: It says none.
    """
    read = read_date(text, what, bench.year)
    if read.value is None:
        issue = read.issue
        raise NotAllowed(f"{issue.sentence if issue else f'还没有填写{what}'}。", todo="请写成 2026-01-05 这样。")
    found: date = read.value
    return found
