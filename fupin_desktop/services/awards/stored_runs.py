"""Stored calculations: frozen with scheme, parameters, inputs and working, and read back equal to the 分."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop import __version__
from fupin_desktop.domain.area import to_milli
from fupin_desktop.domain.money import to_fen
from fupin_desktop.policy.parameters import Parameters
from fupin_desktop.policy.results import AwardResult, HouseholdAward
from fupin_desktop.services.awards import snapshot
from fupin_desktop.services.awards.snapshot import BriefAward, HouseholdRecord, RunRecord
from fupin_desktop.services.existing import existing
from fupin_desktop.storage import entities
from fupin_desktop.storage.unit import Unit

_COLUMNS = (
    "run_key", "household_key", "position", "snapshot", "computed_fen", "capped_fen", "award_fen", "reason", "steps",
)


@dataclass(frozen=True, slots=True)
class RunLine:
    """A stored calculation in the list of its scheme."""

    key: str
    scheme_key: str
    at: datetime
    who: str
    award_fen: int
    households: int


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A calculation read back.

    Attributes:
        key: Its key.
        at: When it was made.
        who: By whom.
        program_version: By which version.
        result: The calculation, equal to the one that was stored.
        numbers: Identity number by household key, as on that day.
    """

    key: str
    at: datetime
    who: str
    program_version: str
    result: AwardResult
    numbers: dict[str, str]


def store_run(
    unit: Unit, scheme_key: str, result: AwardResult, numbers: Mapping[str, str], parameters: Parameters
) -> str:
    """Keep a calculation within a write; returns the key of the run.

    Args:
        unit: The write.
        scheme_key: The scheme it was computed by.
        result: The calculation.
        numbers: Identity number by household key.
        parameters: The policy parameters it rests on.
    """
    packed = snapshot.pack_run(result)
    totals = result.totals
    run = {
        "scheme_key": scheme_key,
        "year": result.scheme.year,
        "at": unit.purpose.at,
        "who": unit.purpose.who,
        "program_version": __version__,
        "large_from_milli": to_milli(result.large_from),
        "award_fen": to_fen(totals.award),
        "pool_fen": None if totals.pool is None else to_fen(totals.pool),
        "households": totals.households,
        "scheme": packed.scheme,
        "parameters": snapshot.pack_parameters(parameters),
        "totals": packed.totals,
        "problems": packed.problems,
    }
    (run_key,) = unit.insert_many(entities.AwardRun, [run])
    rows = [_row(run_key, place, award, numbers) for place, award in enumerate(result.awards, 1)]
    unit.insert_many(entities.AwardResult, rows, _COLUMNS)
    return run_key


def _row(run_key: str, place: int, award: HouseholdAward, numbers: Mapping[str, str]) -> tuple[object, ...]:
    key = award.applicant.key
    packed = snapshot.pack_award(award, numbers.get(key, ""))
    amounts = (to_fen(award.computed), to_fen(award.capped), to_fen(award.award))
    return (run_key, key, place, packed.snapshot, *amounts, award.reason, packed.steps)


def runs_of(session: Session, scheme_key: str) -> list[RunLine]:
    """The stored calculations of a scheme, the latest first."""
    table = entities.AwardRun
    query = select(table.key, table.scheme_key, table.at, table.who, table.award_fen, table.households)
    found = session.execute(query.where(table.scheme_key == scheme_key).order_by(table.at.desc(), table.key.desc()))
    return [RunLine(*row) for row in found]


def awards_of(session: Session, run_key: str) -> dict[str, int]:
    """The awards of a stored calculation in 分, by household key."""
    table = entities.AwardResult
    found = session.execute(select(table.household_key, table.award_fen).where(table.run_key == run_key))
    return {row.household_key: row.award_fen for row in found}


def brief_of(session: Session, run_key: str) -> Iterator[tuple[BriefAward, int]]:
    """Who is given what by a stored calculation, each with the award in 分, in its order."""
    table = entities.AwardResult
    query = select(table.snapshot, table.award_fen).where(table.run_key == run_key).order_by(table.position)
    for packed, fen in session.execute(query):
        yield snapshot.unpack_brief(packed), fen


def posted_run_of(session: Session, scheme_key: str) -> str | None:
    """Key of the calculation whose notice stands: the latest one that was posted and not withdrawn."""
    notice, run = entities.Notice, entities.AwardRun
    query = select(run.key).join(notice, notice.run_key == run.key)
    standing = notice.state.in_(("posted", "ended"))
    query = query.where(run.scheme_key == scheme_key, standing).order_by(notice.posted_on.desc(), notice.key.desc())
    return session.scalars(query).first()


def latest_runs(session: Session, year: int) -> list[RunLine]:
    """The latest stored calculation of each scheme of a year."""
    table = entities.AwardRun
    query = select(table.key, table.scheme_key, table.at, table.who, table.award_fen, table.households)
    latest: dict[str, RunLine] = {}
    for row in session.execute(query.where(table.year == year).order_by(table.at, table.key)):
        latest[row.scheme_key] = RunLine(*row)
    return list(latest.values())


def load_run(session: Session, run_key: str, *, working: bool = True) -> StoredRun:
    """A stored calculation with all its households.

    Args:
        session: For reading.
        run_key: Its key.
        working: Whether their working is wanted, which is most of it; without it they have no steps.

    Raises:
        NotAllowed: It is no longer there.
    """
    run = existing(session, entities.AwardRun, run_key)
    table = entities.AwardResult
    wanted = (table.snapshot, table.steps) if working else (table.snapshot,)
    found = session.execute(select(*wanted).where(table.run_key == run_key).order_by(table.position))
    unpacked = [snapshot.unpack_award(HouseholdRecord(row[0], row[1] if working else [])) for row in found]
    awards = tuple(award for award, _ in unpacked)
    result = snapshot.unpack_run(RunRecord(run.scheme, run.totals, run.problems), awards, "存档的方案")
    numbers = {award.applicant.key: number for award, number in unpacked if number}
    return StoredRun(run.key, run.at, run.who, run.program_version, result, numbers)
