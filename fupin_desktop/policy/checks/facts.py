"""What the checks look at, and how they name what they find."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from fupin_desktop.domain.masking import mask_code
from fupin_desktop.policy.numbers import PolicyNumbers
from fupin_desktop.policy.results import AwardResult, HouseholdAward
from fupin_desktop.policy.scheme import AwardScheme

Finding = tuple[str, tuple[str, ...], str]
NAMED = 3


@dataclass(slots=True)
class Facts:
    """A scheme, the policy numbers and, after a calculation, its result.

    Attributes:
        scheme: The scheme.
        parameters: Policy numbers.
        result: The calculation; None while only the scheme is checked.
        marked: Households by what the calculation marked them with.
        paid: Households with an award above 0.
    """

    scheme: AwardScheme
    parameters: PolicyNumbers
    result: AwardResult | None
    marked: dict[str, list[HouseholdAward]] = field(default_factory=dict)
    paid: list[HouseholdAward] = field(default_factory=list)

    def __post_init__(self) -> None:
        for award in self.awards:
            if award.award:
                self.paid.append(award)
            for mark in set(award.marks) if award.marks else ():
                self.marked.setdefault(mark, []).append(award)

    @property
    def awards(self) -> tuple[HouseholdAward, ...]:
        """All households of the calculation."""
        return self.result.awards if self.result is not None else ()


def key_of(award: HouseholdAward) -> str:
    """The household's key, by which findings are ordered."""
    return award.applicant.key


def subjects(awards: Iterable[HouseholdAward]) -> tuple[str, ...]:
    """Keys of households, in order of key."""
    return tuple(sorted([award.applicant.key for award in awards]))


def names(awards: Iterable[HouseholdAward]) -> str:
    """The first names in order of key, e.g. ``李亚保、陈康、吴华契等 12 户``."""
    ordered = sorted(awards, key=key_of)
    told = "、".join(_name(award) for award in ordered[:NAMED])
    return told if len(ordered) <= NAMED else f"{told}等 {len(ordered)} 户"


def _name(award: HouseholdAward) -> str:
    return award.applicant.name or mask_code(award.applicant.code) or "未写户主"
