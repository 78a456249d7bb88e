"""What follows from what is typed: each figure as it was reckoned by hand, whatever way the rows came to what they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fupin_desktop.services import registers
from fupin_desktop.services.registers import CellEdit, Query, registry
from tests.services.registers.desk import Desk, open_desk
from tests.services.registers.figure_cases import Act, Figures, all_figures


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("figures")) as made:
        yield made


def take(desk: Desk, way: str, act: Act) -> None:
    """Take a step."""
    register = registry.of(act.register)
    key = desk.keys(register)[act.row - 1]
    if way == "remove":
        assert registers.remove(desk.bench, register, [key])
        return
    outcome = registers.set_cells(desk.bench, register, [CellEdit(key, name, text) for name, text in act.texts.items()])
    assert outcome.change, outcome.problems


def cells_of(desk: Desk, act: Act) -> dict[str, str]:
    """The cells of a row that a case says something of."""
    register = registry.of(act.register)
    (row,) = registers.rows(desk.bench, register, desk.bench.year, [desk.keys(register)[act.row - 1]])
    shown = dict(zip([one.key for one in registers.columns(register)], row.cells, strict=True))
    return {name: shown[name] for name in act.texts}


def listed(desk: Desk, act: Act) -> tuple[int, ...]:
    """The places of the rows that a named filter lists."""
    register = registry.of(act.register)
    assert act.filter in register.filters
    found = registers.all_keys(desk.bench, Query(register, desk.bench.year, filters=register.conditions(act.filter)))
    return tuple(sorted(desk.keys(register).index(key) + 1 for key in found))


@pytest.mark.parametrize("case", [*all_figures()], ids=lambda case: case.title)
def test_figures_follow(desk: Desk, case: Figures) -> None:
    desk.prepare(case.needs)
    done = 0
    with desk.on(case.today):
        try:
            for row in case.rows:
                outcome = desk.outcome(row.register, row.texts, desk.household(row.of_household) if row.of_household else "")
                assert outcome.change, outcome.problems
                done += 1
            states = [desk.shown(case.registers)]
            for way, act in case.steps:
                take(desk, way, act)
                done += 1
                states.append(desk.shown(case.registers))
            assert [cells_of(desk, one) for one in case.shows] == [dict(one.texts) for one in case.shows]
            assert [(one.filter, listed(desk, one)) for one in case.lists] == [(one.filter, one.rows) for one in case.lists]
            for state in reversed(states[:-1]):
                desk.undo(1)
                assert desk.shown(case.registers) == state
            for state in states[1:]:
                desk.redo(1)
                assert desk.shown(case.registers) == state
        finally:
            desk.undo(done)
