"""Checks that every application passes: what must be filled, formats, sums, opinions and their dates."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from fupin_desktop.domain.capital import parse_capital
from fupin_desktop.domain.phone import phone_ok
from fupin_desktop.policy.applications.facts import ApplicationFacts, FieldFact, Finding, is_empty

CHECKED_ELSEWHERE = frozenset(
    {"batch", "terms_large", "terms_small", "terms_jobs", "linkages", "leading_group", "accepted_on"}
)
"""Things with a check of their own, which says more than “must be filled”."""
_CAPITAL = "_capital"
_TARGET = "target"
TARGETS = "application.targets"
"""The check of target values, which says more than “must be filled”."""


def required(facts: ApplicationFacts) -> Iterator[Finding]:
    """Every field that the form needs is filled."""
    elsewhere = {facts.path(thing) for thing in CHECKED_ELSEWHERE}
    for one in facts.fields:
        value = facts.values.get(one.name)
        if one.required and one.name not in elsewhere and is_empty(value):
            yield (f"“{one.label}”必须填写" if one.typed else _missing_source(one)), one.name
        if one.type == "list" and isinstance(value, list):
            yield from _required_columns(one, value, own=TARGETS in facts.checks)


def _missing_source(one: FieldFact) -> str:
    return f"“{one.label}”还是空的，它取自登记的资料，请在台账或村资料里补登"


def _required_columns(one: FieldFact, records: list[dict[str, object]], *, own: bool) -> Iterator[Finding]:
    """Columns that each typed record needs; ``own`` leaves out target values, which have a check of their own."""
    for place, record in enumerate(records):
        for column in one.columns:
            needed = one.typed and column.required and not (own and column.name == _TARGET)
            if needed and is_empty(record.get(column.name)):
                yield f"“{one.label}”第 {place + 1} 行的“{column.label}”必须填写", f"{one.name}[{place}].{column.name}"


def faults(facts: ApplicationFacts) -> Iterator[Finding]:
    """Every value fits its field."""
    for path, sentence in facts.faults.items():
        yield sentence.rstrip("。"), path


def phones(facts: ApplicationFacts) -> Iterator[Finding]:
    """A phone number can be dialled."""
    for one in facts.fields:
        value = facts.values.get(one.name)
        if one.type == "phone" and value and not phone_ok(str(value)):
            yield f"“{one.label}”应为 11 位手机号，或区号加号码", one.name


def capital(facts: ApplicationFacts) -> Iterator[Finding]:
    """An amount written in words is the amount in figures (大写 = 小写)."""
    for one in facts.fields:
        figures = facts.values.get(one.name.removesuffix(_CAPITAL)) if one.name.endswith(_CAPITAL) else None
        words = facts.values.get(one.name)
        if isinstance(figures, Decimal) and words and _in_figures(str(words)) != figures:
            yield f"“{one.label}”与小写金额 {figures:,.2f} 元不一致", one.name


def _in_figures(words: str) -> Decimal | None:
    try:
        return parse_capital(words.removeprefix("人民币"))
    except ValueError:
        return None


def opinion_said(facts: ApplicationFacts) -> Iterator[Finding]:
    """A signed box says 同意 or 不同意."""
    for one in facts.opinions:
        if one.agrees is None and (one.text or one.name or one.dated):
            yield f"“{one.label}”没有写明同意或不同意", one.box


def opinion_dates(facts: ApplicationFacts) -> Iterator[Finding]:
    """No box is dated before the application, nor before the box that goes before it."""
    dated = [(one, one.dated) for one in facts.opinions if one.dated is not None]
    for one, day in dated:
        if facts.made_on is not None and day < facts.made_on:
            yield f"“{one.label}”的日期早于填报日期，请核对", one.box
    for (before, earlier), (after, later) in pairwise(dated):
        if later < earlier:
            yield f"“{after.label}”的日期早于“{before.label}”的日期，请核对", after.box


def future(facts: ApplicationFacts) -> Iterator[Finding]:
    """Nothing is dated after today."""
    if facts.today is None:
        return
    if facts.made_on is not None and facts.made_on > facts.today:
        yield "填报日期晚于今天，请核对", facts.path("made_on")
    for one in facts.opinions:
        if one.dated is not None and one.dated > facts.today:
            yield f"“{one.label}”的日期晚于今天，请核对", one.box
