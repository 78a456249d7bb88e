"""One scheme's calculation kept in memory while the clerk edits."""

from __future__ import annotations

from fupin_desktop.domain.memory import quiet_memory
from fupin_desktop.policy.applicants import Applicant
from fupin_desktop.policy.awards.assess import Assessed
from fupin_desktop.policy.awards.calculator import Calculator, calculate
from fupin_desktop.policy.awards.solve import solve_rate
from fupin_desktop.policy.results import AwardResult, HouseholdAward
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.services.awards.comparing import Comparison, compare
from fupin_desktop.services.awards.inputs import Inputs, read_inputs
from fupin_desktop.services.workbench import Progress, Workbench


def require_sound(bench: Workbench, scheme: AwardScheme) -> None:
    """Make sure that a scheme can be calculated, whatever households there are.

    Raises:
        BadDefinition: Tiers that begin at 大户起点 are out of order.
    """
    Calculator(scheme, bench.parameters)


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
        inputs = self._read()
        self.numbers = dict(inputs.numbers)
        return self._compute(inputs.applicants, progress)

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

    def attempt(self, other: AwardScheme) -> AwardResult:
        """What another scheme would come to for the same households; nothing is kept.

        Raises:
            BadDefinition: Tiers that begin at 大户起点 are out of order.
        """
        return calculate(other, self.applicants, self._bench.parameters)

    def compare(self, other: AwardScheme) -> Comparison:
        """What another scheme would change; nothing is kept."""
        return compare(self.result, self.attempt(other))

    def solve(self, item: str, *, progress: Progress | None = None) -> tuple[AwardScheme, AwardResult]:
        """反推标准: the highest standard of an item that the money allows, and its calculation; nothing is kept."""
        return solve_rate(self.scheme, self.applicants, self._bench.parameters, item, progress)

    def _read(self, keys: tuple[str, ...] | None = None) -> Inputs:
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
