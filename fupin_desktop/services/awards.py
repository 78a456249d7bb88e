"""Award calculations of the office: live in memory while the clerk edits, and stored when kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from fupin_desktop.domain.memory import quiet_memory
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.applicants import Applicant
from fupin_desktop.policy.awards import Calculator, calculate
from fupin_desktop.policy.awards.assess import Assessed
from fupin_desktop.policy.awards.solve import solve_rate
from fupin_desktop.policy.results import AwardResult, HouseholdAward
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.services import award_runs, schemes
from fupin_desktop.services.award_inputs import Inputs, read_inputs
from fupin_desktop.services.award_runs import RunLine, StoredRun
from fupin_desktop.services.workbench import Change, Progress, Workbench
from fupin_desktop.storage.search_keys import initials, sort_key

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A household in a comparison of two calculations.

    Attributes:
        key: Household key.
        name: Head of household.
        group: 村民小组.
        before: Award of the first, yuan; 0 where the household is not in it.
        after: Award of the second, yuan.
        reason: Reason in the second.
    """

    key: str
    name: str
    group: str
    before: Decimal
    after: Decimal
    reason: str

    @property
    def difference(self) -> Decimal:
        """Yuan more (or less, below 0) in the second."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two calculations side by side.

    Attributes:
        rows: Every household of either, in the order of the second.
        before: Σ award of the first.
        after: Σ award of the second.
        more: Households that get more in the second.
        less: Households that get less.
        left_before: Money left in the first; None where nothing limits it.
        left_after: Money left in the second.
    """

    rows: tuple[ComparedRow, ...]
    before: Decimal
    after: Decimal
    more: int
    less: int
    left_before: Decimal | None
    left_after: Decimal | None


class Desk:
    """One scheme's calculation kept in memory: inputs are read once, an edit recomputes only what it touches.

    Attributes:
        scheme: The scheme computed by.
        result: The calculation.
        numbers: Identity number of the head by household key.
    """

    def __init__(self, bench: Workbench, scheme: AwardScheme, *, progress: Progress | None = None) -> None:
        self._bench = bench
        self.scheme = scheme
        self.numbers: dict[str, str] = {}
        self._assessed: dict[str, Assessed] = {}
        self.reload(progress=progress)

    def reload(self, *, progress: Progress | None = None) -> AwardResult:
        """Read the register again and compute everything."""
        inputs = _inputs(self._bench, self.scheme)
        self.numbers = dict(inputs.numbers)
        return self._compute(inputs.applicants, progress)

    def replace_scheme(self, scheme: AwardScheme, *, progress: Progress | None = None) -> AwardResult:
        """Compute by another scheme; the register is read again only for another place or year."""
        moved = (scheme.place, scheme.year) != (self.scheme.place, self.scheme.year)
        self.scheme = scheme
        return self.reload(progress=progress) if moved else self._compute(self.applicants, progress)

    def replace_household(self, *keys: str) -> AwardResult:
        """Read these households again and settle anew; one that is new or gone makes the register be read again."""
        inputs = self._read(keys)
        found = {applicant.key for applicant in inputs.applicants}
        if found != set(keys) or not found <= self._assessed.keys():
            return self.reload()
        for key in keys:
            self.numbers.pop(key, None)
        self.numbers.update(inputs.numbers)
        return self.replace_applicants(inputs.applicants)

    def replace_applicants(self, applicants: tuple[Applicant, ...]) -> AwardResult:
        """Take changed households as given, for what is typed but not yet kept."""
        for applicant in applicants:
            self._assessed[applicant.key] = self._calculator.assess(applicant)
        return self._settle()

    @property
    def applicants(self) -> tuple[Applicant, ...]:
        """The households as they are counted."""
        return tuple(one.applicant for one in self._assessed.values())

    def award(self, key: str) -> HouseholdAward | None:
        """One household's award, or None where it is not in the calculation."""
        place = self._places.get(key)
        return None if place is None else self.result.awards[place]

    def attempt(self, other: AwardScheme, *, progress: Progress | None = None) -> AwardResult:
        """What another scheme would come to for the same households; nothing is kept.

        Raises:
            BadDefinition: Tiers that begin at 大户起点 are out of order.
        """
        return calculate(other, self.applicants, self._bench.parameters, progress)

    def compare(self, other: AwardScheme) -> Comparison:
        """What another scheme would change; nothing is kept."""
        return compare(self.result, calculate(other, self.applicants, self._bench.parameters))

    def solve(self, item: str, *, progress: Progress | None = None) -> tuple[AwardScheme, AwardResult]:
        """反推标准: the highest standard of an item that the money allows, and its calculation; nothing is kept."""
        return solve_rate(self.scheme, self.applicants, self._bench.parameters, item, progress)

    def _read(self, keys: tuple[str, ...]) -> Inputs:
        with self._bench.read() as session:
            return read_inputs(session, self.scheme.place, self.scheme.year, keys)

    def _compute(self, applicants: tuple[Applicant, ...], progress: Progress | None) -> AwardResult:
        self._calculator = Calculator(self.scheme, self._bench.parameters)
        assessed = self._calculator.assess_all(applicants, progress)
        self._assessed = {one.applicant.key: one for one in assessed}
        self._places = {key: place for place, key in enumerate(self._assessed)}
        return self._settle()

    def _settle(self) -> AwardResult:
        with quiet_memory():
            self.result = self._calculator.settle(list(self._assessed.values()))
        return self.result


def _inputs(bench: Workbench, scheme: AwardScheme) -> Inputs:
    with bench.read() as session:
        return read_inputs(session, scheme.place, scheme.year)


def applicants(bench: Workbench, place: str, year: int) -> list[Applicant]:
    """The households of a village or town as the calculation counts them."""
    with bench.read() as session:
        return list(read_inputs(session, place, year).applicants)


def compare(before: AwardResult, after: AwardResult) -> Comparison:
    """Two calculations side by side, household by household."""
    old = {award.applicant.key: award for award in before.awards}
    new = {award.applicant.key for award in after.awards}
    rows = [_compared(old.get(award.applicant.key), award) for award in after.awards]
    rows += [_compared(award, None) for key, award in old.items() if key not in new]
    return Comparison(
        rows=tuple(rows),
        before=before.totals.award,
        after=after.totals.award,
        more=sum(1 for row in rows if row.after > row.before),
        less=sum(1 for row in rows if row.after < row.before),
        left_before=before.totals.left,
        left_after=after.totals.left,
    )


what_if = compare


def _compared(before: HouseholdAward | None, after: HouseholdAward | None) -> ComparedRow:
    one = after or before
    assert one is not None
    return ComparedRow(
        key=one.applicant.key,
        name=one.applicant.name,
        group=one.applicant.group,
        before=before.award if before else ZERO,
        after=after.award if after else ZERO,
        reason=after.reason if after else "",
    )


def recalculate(bench: Workbench, scheme_key: str, *, progress: Progress | None = None) -> Change:
    """Compute a kept scheme and store the run with frozen scheme, parameters, inputs and working.

    The change's first key is the run's.

    Raises:
        NotAllowed: The scheme is no longer there, or its place has no households.
        Cancelled: ``progress`` stopped it; nothing was stored.
    """
    scheme = schemes.load(bench, scheme_key)
    inputs = _inputs(bench, scheme)
    if not inputs.applicants:
        raise NotAllowed(f"“{scheme.place}”还没有登记农户。", todo="请先导入农户名册。")
    result = calculate(scheme, inputs.applicants, bench.parameters, progress)
    with quiet_memory(), bench.write("awards.recalculate", f"测算 {scheme.name}") as unit:
        run = award_runs.store_run(unit, scheme_key, result, inputs.numbers, bench.parameters)
    message = f"已测算 {result.totals.households} 户，实奖补合计 {result.totals.award:,.2f} 元。"
    return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (run,), message)


def runs(bench: Workbench, scheme_key: str) -> list[RunLine]:
    """The stored calculations of a scheme, the latest first."""
    with bench.read() as session:
        return award_runs.runs_of(session, scheme_key)


def latest_run(bench: Workbench, scheme_key: str) -> StoredRun | None:
    """The latest stored calculation of a scheme, or None."""
    with quiet_memory(), bench.read() as session:
        found = award_runs.runs_of(session, scheme_key)
        return award_runs.load_run(session, found[0].key) if found else None


def load_run(bench: Workbench, run_key: str) -> StoredRun:
    """A stored calculation.

    Raises:
        NotAllowed: It is no longer there.
    """
    with bench.read() as session:
        return award_runs.load_run(session, run_key)


def name_key(text: str) -> str:
    """What a Chinese name sorts by: its pinyin."""
    return sort_key(text)


def find_text(wanted: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts contains what is typed, or has these pinyin initials."""
    typed = wanted.strip().lower()
    given = [text for text in texts if text]
    if any(typed in text.lower() for text in given):
        return True
    return typed.isascii() and typed.isalpha() and any(typed in initials(text) for text in given)
