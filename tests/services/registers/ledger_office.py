"""A small office with a household, an entity and a project, for the tests of the ledgers."""

from __future__ import annotations

from collections.abc import Mapping

from fupin_desktop.services import registers
from fupin_desktop.services.registers import Outcome, registry
from fupin_desktop.services.workbench import Workbench
from tests.services.registers.register_cases import case_file, in_order

ROWS: Mapping[str, Mapping[str, str]] = {name: case_file(name).row for name in in_order()}
"""A sound row of each register, in an order in which each finds what it names."""
PROJECT, ENTITY = ROWS["projects"], ROWS["entities"]


def add(bench: Workbench, register: str, **changed: str) -> Outcome:
    """Add the row of a register with some texts changed; an empty text leaves the column out."""
    texts = {key: text for key, text in {**ROWS[register], **changed}.items() if text}
    return registers.add(bench, registry.of(register), texts)


def told(outcome: Outcome) -> list[tuple[str, str]]:
    """Severity and column of what was found."""
    return [(problem.severity.value, problem.field) for problem in outcome.problems]


def fill(bench: Workbench, *names: str) -> None:
    """Add the rows of registers, those first that others name."""
    for name in ROWS:
        if name in names:
            outcome = add(bench, name)
            assert outcome.change is not None, outcome.problems
