"""Checks of what the register says of the households of a calculation: rows twice, numbers out of place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from fupin_desktop.domain.vocabulary import HouseholdSize
from fupin_desktop.policy.applicants import FarmEntry
from fupin_desktop.policy.checks.facts import Facts, Finding, names, subjects
from fupin_desktop.policy.numbers import number_of
from fupin_desktop.policy.results import HouseholdAward

_NONE = Decimal(0)
_MU = ("", "亩")
TOWNS = ("镇", "乡", "街道", "市", "县", "区")
_SUFFIXES = ("村民委员会", "居民委员会", "村委会", "居委会", "社区", "村")


def twice(facts: Facts) -> Iterator[Finding]:
    """No entry of a household is there twice, equal in everything."""
    several = [award for award in facts.awards if len(award.applicant.entries) > 1]  # few have, and hashing takes long
    found = [award for award in several if len(set(award.applicant.entries)) < len(award.applicant.entries)]
    if found:
        yield f"{names(found)}有完全相同的种养项目登记了两次，两次都计入了，请核对是不是重复录入", subjects(found), ""


def code_twice(facts: Facts) -> Iterator[Finding]:
    """No 户编号 belongs to two households."""
    by_code: dict[str, list[HouseholdAward]] = {}
    for award in facts.awards:
        if award.applicant.code:
            by_code.setdefault(award.applicant.code, []).append(award)
    for found in by_code.values():
        keys = {award.applicant.key for award in found}
        if len(keys) > 1:
            places = "、".join(sorted({award.applicant.village for award in found if award.applicant.village}))
            where = f"({places})" if places else ""
            yield f"{names(found)}的户编号相同{where}，请核对是不是同一户", subjects(found), "code"


def other_village(facts: Facts) -> Iterator[Finding]:
    """A village's scheme is for the households of the village."""
    place = facts.scheme.place
    if place.endswith(TOWNS):
        return
    own = _bare(place)
    villages = {award.applicant.village for award in facts.awards}
    others = {village for village in villages if village and not _is_of(own, _bare(village))}
    found = [award for award in facts.awards if award.applicant.village in others] if others else []
    if found:
        yield f"{names(found)}不是{place}的农户，却列在{place}方案的测算里，请核对名册", subjects(found), "village"


def _is_of(own: str, village: str) -> bool:
    """Whether both name one village, one of them perhaps behind its town: 塘㙍镇低岭, 低岭."""
    town = own.removesuffix(village)
    return own.endswith(village) and (not town or town.endswith(TOWNS))


def _bare(place: str) -> str:
    """A village's name without what it may end with."""
    for suffix in _SUFFIXES:
        if place.endswith(suffix) and len(place) > len(suffix):
            return place.removesuffix(suffix)
    return place


def accepted_area(facts: Facts) -> Iterator[Finding]:
    """No more is accepted than the area holds."""
    wrong = {
        award.applicant.key: award
        for award in facts.awards
        for entry in award.applicant.entries
        if entry.accepted is not None and entry.area is not None and entry.accepted > entry.area and entry.unit in _MU
    }
    if wrong:
        found = list(wrong.values())
        yield f"{names(found)}的验收数量大于面积，请核对", subjects(found), "accepted"


def large_by_area(facts: Facts) -> Iterator[Finding]:
    """A household is large by what was accepted too, where its registered area is larger (吴川 三(二)4).

    The registered area decides the size; an acceptance that finds less does not change it.
    """
    result = facts.result
    least = result.large_from if result is not None else _NONE
    found = [
        award
        for award in facts.paid
        if award.size is HouseholdSize.LARGE and award.area - _not_accepted(award.applicant.entries) < least
    ]
    if found:
        told = f"{names(found)}按登记的种养面积是大户，按验收数量不到 {least.normalize():f} 亩，请核对种养面积"
        yield told, subjects(found), "area"


def _not_accepted(entries: Sequence[FarmEntry]) -> Decimal:
    """By how much the registered areas of entries counted in 亩 go beyond what was accepted of them."""
    beyond = (
        one.area - one.accepted
        for one in entries
        if one.unit in _MU and one.area is not None and one.accepted is not None and one.area > one.accepted
    )
    return sum(beyond, _NONE)


def large_area(facts: Facts) -> Iterator[Finding]:
    """An area above 100 亩 is more likely a slip, e.g. 1250 for 12.50."""
    most = number_of(facts.scheme, facts.parameters, "register_area_max")
    wrong = {
        award.applicant.key: award
        for award in facts.awards
        for entry in award.applicant.entries
        if _is_large(entry, most)
    }
    if wrong:
        found = list(wrong.values())
        yield f"{names(found)}登记的数量或面积超过 {most.normalize():f} 亩，请核对小数点", subjects(found), "accepted"


def _is_large(entry: FarmEntry, most: Decimal) -> bool:
    if entry.area is not None and entry.area > most:
        return True
    if entry.unit not in _MU:
        return False
    declared, accepted, planned = entry.declared, entry.accepted, entry.planned
    return (
        (declared is not None and declared > most)
        or (accepted is not None and accepted > most)
        or (planned is not None and planned > most)
    )
