"""An award calculation as ``result.json``: for scripts and for the county's technicians.

Numbers are decimal strings, keys stand in a fixed order, and no identity number is written in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring

from fupin_desktop import __version__
from fupin_desktop.domain import masking
from fupin_desktop.domain.money import FEN
from fupin_desktop.policy.applicants import Applicant, FarmEntry
from fupin_desktop.policy.awards.telling import tell
from fupin_desktop.policy.problems import Problem
from fupin_desktop.policy.results import AwardResult, AwardTotals, HouseholdAward, ItemAmount, PoolRate
from fupin_desktop.policy.working import Step

FORMAT = 2

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


def result_json(result: AwardResult, numbers: Mapping[str, str] | None = None, *, draft: bool = False) -> str:
    """The text of ``result.json``: two blanks of indent, a line feed at the end; to be written as UTF-8."""
    return "".join(result_pieces(result, numbers, draft=draft))


def result_pieces(
    result: AwardResult, numbers: Mapping[str, str] | None = None, *, draft: bool = False
) -> Iterator[str]:
    """The text of ``result.json`` piece by piece, a household at a time: all at once they would take gigabytes."""
    names = _public_names(result, numbers)
    before = "{"
    for key, value in {**_front(result, draft=draft), "households": None, "checks": _checks(result, names)}.items():
        yield f'{before}\n  "{key}": '
        before = ","
        if key == "households":
            yield from _listed(_households(result, names), "\n    ")
        else:
            yield _written(value, "\n  ")
    yield "\n}\n"


def _listed(values: Iterable[Json], line: str) -> Iterator[str]:
    """A list's text, a value at a time; ``line`` begins the line of each value."""
    before = "["
    for value in values:
        yield before + line + _written(value, line)
        before = ","
    yield "[]" if before == "[" else line[:-2] + "]"


def _written(value: Json, line: str) -> str:
    """The text of a value as ``json.dumps`` with an indent of 2 writes it, in an eighth of its time."""
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    inner = line + "  "
    if isinstance(value, dict):
        return _pairs(tuple(value), line) % tuple(_all_written(value.values(), inner)) if value else "{}"
    return f"[{inner}{(',' + inner).join(_all_written(value, inner))}{line}]" if value else "[]"


def _all_written(values: Iterable[Json], line: str) -> list[str]:
    """The texts of values; most are texts themselves, and asked for here so that a call less is made for each."""
    return [encode_basestring(one) if type(one) is str else _written(one, line) for one in values]


@lru_cache(maxsize=200)
def _pairs(keys: tuple[str, ...], line: str) -> str:
    """The text of an object with these keys, ``%s`` for each value; a result has few kinds of objects."""
    inner = line + "  "
    pairs = [f"{encode_basestring(key)}: ".replace("%", "%%") + "%s" for key in keys]
    return f"{{{inner}{(',' + inner).join(pairs)}{line}}}"


def result_data(
    result: AwardResult, numbers: Mapping[str, str] | None = None, *, draft: bool = False
) -> dict[str, Json]:
    """The calculation as plain data in a stable order; the structure is described in the manual.

    Args:
        result: The calculation.
        numbers: Identity number by household key, used only masked.
        draft: Whether the papers written beside it are marked 草稿.
    """
    names = _public_names(result, numbers)
    households = list(_households(result, names))
    return {**_front(result, draft=draft), "households": households, "checks": _checks(result, names)}


def _public_names(result: AwardResult, numbers: Mapping[str, str] | None) -> dict[str, str]:
    return public_ids((award.applicant for award in result.awards), numbers or {})


def _front(result: AwardResult, *, draft: bool) -> dict[str, Json]:
    """What stands before the households."""
    scheme = result.scheme
    return {
        "format": FORMAT,
        "program": f"fupin-desktop {__version__}",
        "draft": draft,
        "scheme": {"name": scheme.name, "place": scheme.place, "year": scheme.year, "batch": scheme.batch},
        "large_from": {"value": _number(result.large_from), "unit": "亩", "clause": _large_clause(result)},
        "totals": _totals(result.totals),
        "pool": _pool(result.totals),
        "pool_rates": {item: _pool_rate(found) for item, found in result.pool_rates.items()},
    }


def _pool_rate(found: PoolRate) -> Json:
    return {"rate": _number(found.rate), "left": None if found.left is None else _number(found.left)}


def _households(result: AwardResult, names: Mapping[str, str]) -> Iterator[Json]:
    for place, award in enumerate(result.awards, 1):
        yield _household(place, award, names[award.applicant.key])


def _checks(result: AwardResult, names: dict[str, str]) -> list[Json]:
    return [_check(problem, names) for problem in result.problems]


def public_ids(applicants: Iterable[Applicant], numbers: Mapping[str, str]) -> dict[str, str]:
    """By household key the id that may be told: 户编号, else the masked identity number, else the key.

    A 户编号 that is an identity number itself is masked as well.
    """
    return {one.key: masking.mask_code(one.code) or _masked(one.key, numbers) for one in applicants}


def _masked(key: str, numbers: Mapping[str, str]) -> str:
    number = numbers.get(key, "")
    if number or masking.find_leaks(key):
        return masking.mask_id(number or key)
    return key


def _large_clause(result: AwardResult) -> str:
    return "方案 大户起点" if result.scheme.large_from is not None else "吴川 三(二)4"


def _number(value: Decimal | None) -> str | None:
    """A decimal in plain digits, never in powers of ten."""
    return None if value is None else f"{value:f}"


def _money(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.quantize(FEN) if value == value.quantize(FEN) else value:f}"


def _totals(totals: AwardTotals) -> Json:
    return {
        "households": totals.households,
        "participating": totals.participating,
        "awarded": totals.awarded,
        "large": totals.large,
        "small": totals.small,
        "area": _number(totals.area),
        "computed": _money(totals.computed),
        "capped": _money(totals.capped),
        "award": _money(totals.award),
        "award_large": _money(totals.award_large),
        "award_small": _money(totals.award_small),
    }


def _pool(totals: AwardTotals) -> Json:
    scale: Json = None
    if totals.scale is not None:
        scale = {"numerator": str(totals.scale[0]), "denominator": str(totals.scale[1])}
    return {
        "available": _money(totals.pool),
        "awarded": _money(totals.award),
        "left": _money(totals.left),
        "scale": scale,
    }


def _household(place: int, award: HouseholdAward, name: str) -> Json:
    applicant = award.applicant
    return {
        "no": place,
        "id": name,
        "code": masking.mask_code(applicant.code),
        "name": applicant.name,
        "village": applicant.village,
        "group": applicant.group,
        "class": applicant.household_class.label if applicant.household_class else "",
        "own_classes": list(applicant.own_classes),
        "members": applicant.members,
        "participation": applicant.participation.label if applicant.participation else "",
        "area": _number(award.area),
        "size": award.size.label,
        "tier": award.size_label,
        "cost": _money(award.cost),
        "earlier": _money(applicant.earlier),
        "priority": applicant.priority,
        "entries": [_entry(entry) for entry in applicant.entries],
        "items": [_item(item) for item in award.items],
        "steps": [_step(step) for step in award.steps],
        "computed": _money(award.computed),
        "capped": _money(award.capped),
        "award": _money(award.award),
        "reason": award.reason,
    }


def _entry(entry: FarmEntry) -> Json:
    return {
        "product": entry.product,
        "product_group": entry.product_group,
        "unit": entry.unit,
        "declared": _number(entry.declared),
        "accepted": _number(entry.accepted),
        "planned": _number(entry.planned),
        "area": _number(entry.area),
        "cost": _money(entry.cost),
        "income": _money(entry.income),
        "other_subsidy": _money(entry.other_subsidy),
        "base_kind": entry.base_kind.label if entry.base_kind else "",
        "instalment_year": entry.instalment_year,
    }


def _item(item: ItemAmount) -> Json:
    return {
        "item": item.item,
        "products": list(item.products),
        "quantity": _number(item.quantity),
        "unit": item.unit,
        "standard": item.standard,
        "amount": _money(item.amount),
    }


def _step(step: Step) -> Json:
    inputs: list[Json] = [
        {"name": name, "value": _number(value) if isinstance(value, Decimal) else value} for name, value in step.inputs
    ]
    return {
        "step": step.number,
        "rule": step.rule,
        "item": step.item,
        "sentence": tell(step),
        "inputs": inputs,
        "result": _number(step.result),
        "unit": step.unit,
        "clause": step.clause,
    }


def _check(problem: Problem, names: dict[str, str]) -> Json:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "severity_label": problem.severity.label,
        "clause": problem.clause,
        "sentence": problem.sentence,
        "subjects": [names.get(key, "") for key in problem.subjects],
        "reason": problem.reason,
    }
