"""What a dossier can be made of, and making it by kind and key."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from fupin_desktop.domain.vocabulary import Word
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import documents, funds, registers, schemes, villages
from fupin_desktop.services.dossiers import others
from fupin_desktop.services.dossiers.parts import Dossier
from fupin_desktop.services.dossiers.scheme import collect
from fupin_desktop.services.registers import HOUSEHOLDS, Query, registry
from fupin_desktop.services.workbench import Workbench

_MOST = 200


class Kind(Word):
    """What a dossier is about."""

    SCHEME = "scheme", "奖补方案(一方案一档)"
    PROJECT = "project", "项目(一项目一档)"
    SOURCE = "source", "一笔资金"
    VILLAGE = "village", "村(一村一档)"
    HOUSEHOLD = "household", "农户(一户一档)"
    PERIOD = "period", "一段时间(审计包)"


class Choice(NamedTuple):
    """One thing a dossier can be about."""

    key: str
    name: str


def choices(bench: Workbench, kind: Kind, text: str = "") -> list[Choice]:
    """What dossiers of a kind can be about, of the year at work.

    Args:
        bench: The workbench.
        kind: The kind.
        text: For households what is searched: name, pinyin initials, ID tail, village; at most 200 are told.
    """
    match kind:
        case Kind.SCHEME:
            return [Choice(one.key, one.name) for one in schemes.all(bench, bench.year)]
        case Kind.SOURCE:
            return [Choice(one.key, one.shown) for one in funds.balances(bench, bench.year)]
        case Kind.VILLAGE:
            return [Choice(one.key, one.name) for one in villages.all(bench)]
        case Kind.PROJECT:
            return _projects(bench)
        case Kind.HOUSEHOLD:
            return _households(bench, text)
        case _:
            return []


def _projects(bench: Workbench) -> list[Choice]:
    """Projects of the pool, then performance targets of projects that are documents."""
    pool = registry.of("projects")
    place = [info.key for info in registers.columns(pool)].index("name")
    rows = registers.window(bench, Query(pool, bench.year), 0, 10_000)
    typed = [one.form_id for one in documents.registry.filled_in() if one.typed_name]
    lines = [line for form in typed for line in documents.lines(bench, bench.year, form_id=form)]
    targets = [Choice(one.key, f"{one.place}(绩效目标)") for one in lines]
    return [*(Choice(row.key, row.cells[place]) for row in rows), *targets]


def _households(bench: Workbench, text: str) -> list[Choice]:
    keys = [info.key for info in registers.columns(HOUSEHOLDS)]
    wanted = [keys.index(name) for name in ("village", "group_name", "head_name")]
    rows = registers.window(bench, Query(HOUSEHOLDS, bench.year, text=text), 0, _MOST)
    return [Choice(row.key, " ".join(row.cells[place] for place in wanted if row.cells[place])) for row in rows]


def make(
    bench: Workbench, kind: Kind, key: str = "", since: date | None = None, until: date | None = None
) -> Dossier:
    """Collect a dossier.

    Args:
        bench: The workbench.
        kind: What it is about.
        key: Which; not for a period.
        since: First day of a period.
        until: Last day of a period.

    Raises:
        NotAllowed: What it is about is gone, or the period has no days.
    """
    if kind is Kind.PERIOD:
        if since is None or until is None:
            raise NotAllowed("请填写开始和结束日期。")
        return others.period(bench, since, until)
    collectors = {
        Kind.SCHEME: collect, Kind.PROJECT: others.project, Kind.SOURCE: others.source, Kind.VILLAGE: others.village,
        Kind.HOUSEHOLD: others.household,
    }  # fmt: skip
    return collectors[kind](bench, key)
