"""The calculation of a kept scheme: computed, stored, and read back."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_desktop.domain.memory import quiet_memory
from fupin_desktop.domain.money import to_fen
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.applicants import Applicant
from fupin_desktop.policy.awards.calculator import calculate
from fupin_desktop.policy.results import AwardResult
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.services import schemes
from fupin_desktop.services.awards import stored_runs
from fupin_desktop.services.awards.inputs import Inputs, read_inputs
from fupin_desktop.services.awards.stored_runs import RunLine, StoredRun
from fupin_desktop.services.workbench import Change, Progress, Workbench


def applicants(bench: Workbench, place: str, year: int) -> list[Applicant]:
    """The households of a village or town as the calculation counts them."""
    with bench.read() as session:
        return list(read_inputs(session, place, year).applicants)


def recalculate(bench: Workbench, scheme_key: str, *, progress: Progress | None = None) -> Change:
    """Compute a kept scheme and store the run with frozen scheme, parameters, inputs and working.

    The change's first key is the run's.

    Raises:
        NotAllowed: The scheme is no longer there, or its place has no households.
        Cancelled: ``progress`` stopped it; nothing was stored_runs.
    """
    scheme = schemes.load(bench, scheme_key)
    inputs = _inputs(bench, scheme)
    if not inputs.applicants:
        raise NotAllowed(f"“{scheme.place}”还没有登记农户。", todo="请先导入农户名册。")
    result = calculate(scheme, inputs.applicants, bench.parameters, progress)
    with quiet_memory(), bench.write("awards.recalculate", f"测算 {scheme.name}") as unit:
        run = stored_runs.store_run(unit, scheme_key, result, inputs.numbers, bench.parameters)
        is_posted = bool(stored_runs.posted_run_of(unit.session, scheme_key))
    message = f"已测算 {result.totals.households} 户，实奖补合计 {result.totals.award:,.2f} 元。"
    if is_posted:
        message += "已公示的名单没有变；有不同的，点“更正名单…”。"
    return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (run,), message)


def runs(bench: Workbench, scheme_key: str) -> list[RunLine]:
    """The stored calculations of a scheme, the latest first."""
    with bench.read() as session:
        return stored_runs.runs_of(session, scheme_key)


def latest_run(bench: Workbench, scheme_key: str) -> StoredRun | None:
    """The latest stored calculation of a scheme, or None."""
    with quiet_memory(), bench.read() as session:
        found = stored_runs.runs_of(session, scheme_key)
        return stored_runs.load_run(session, found[0].key) if found else None


def posted_run(bench: Workbench, scheme_key: str) -> StoredRun | None:
    """The stored calculation whose notice stands, or None where none is posted."""
    with quiet_memory(), bench.read() as session:
        key = stored_runs.posted_run_of(session, scheme_key)
        return None if key is None else stored_runs.load_run(session, key)


@dataclass(frozen=True, slots=True)
class KeptRun:
    """The latest stored calculation of a scheme.

    Attributes:
        line: When, by whom, how much.
        awards: Its awards in 分, by household key.
    """

    line: RunLine
    awards: dict[str, int]

    def differing(self, live: AwardResult) -> int:
        """How many households have another award in ``live``, those of one calculation alone included."""
        now = {award.applicant.key: to_fen(award.award) for award in live.awards}
        return sum(now.get(key) != self.awards.get(key) for key in now.keys() | self.awards.keys())


def last_kept(bench: Workbench, scheme_key: str) -> KeptRun | None:
    """The latest stored calculation of a scheme; None where none is stored."""
    with bench.read() as session:
        found = stored_runs.runs_of(session, scheme_key)
        return KeptRun(found[0], stored_runs.awards_of(session, found[0].key)) if found else None


def load_run(bench: Workbench, run_key: str) -> StoredRun:
    """A stored calculation.

    Raises:
        NotAllowed: It is no longer there.
    """
    with bench.read() as session:
        return stored_runs.load_run(session, run_key)


def _inputs(bench: Workbench, scheme: AwardScheme) -> Inputs:
    with bench.read() as session:
        return read_inputs(session, scheme.place, scheme.year)
