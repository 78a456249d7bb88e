"""Whatever way rows came to what they are, by additions, changes, moves and removals: their figures are those of rows
that were typed so from the beginning, and undo gives every step back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fupin_desktop.services import registers
from fupin_desktop.services.registers import CellEdit, registry
from tests.services.registers.desk import Desk, open_desk
from tests.services.registers.register_cases import changed

STANDING = (
    ("microcredits", {"contract_no": "A1", "amount": "50000"}),
    ("microcredits", {"contract_no": "A2", "head_name": "吴二", "amount": "30000"}),
    ("entities", {}),
    ("projects", {"code": "P1", "name": "甲"}),
    ("projects", {"code": "P2", "name": "乙"}),
    ("performances", {"project": "甲", "goal": "甲绩效"}),
    ("performances", {"project": "乙", "goal": "乙绩效"}),
    ("trainings", {"topic": "甲课", "attended": "9"}),
    ("trainings", {"topic": "乙课"}),
)
LOANS, HEADS, PROJECTS = ("A1", "A2"), ("吴大", "吴一", "吴二", "吴三"), ("甲", "乙")
POOLS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "microcredit_repayments": {"loan": LOANS, "paid_on": ("2026-01-03", "2026-02-01"), "principal": ("100", "2500.50", "")},
    "microcredit_renewals": {"loan": LOANS, "new_due_on": ("2027-06-02", "2028-01-02", "2027-03-01")},
    "interest_subsidies": {"loan": LOANS, "from_on": ("2026-01-02", "2026-03-02"), "to_on": ("2026-02-02", "2026-04-02")},
    "project_quarters": {
        "project": PROJECTS, "quarter": ("一季度", "二季度", "三季度"), "invested": ("1", "20", "300", ""), "households": ("3", "0"),
        "shared": ("", "100"),
    },
    "linkages": {"household": HEADS, "project": (*PROJECTS, ""), "way": ("务工", "土地租金"), "wages": ("10", "")},
    "trainees": {"training": ("甲课", "乙课"), "name": ("来宾", "客人"), "person": ("", "吴小明")},
    "indicators": {"performance": ("甲绩效", "乙绩效"), "target": ("10", "20"), "actual": ("", "5", "20"), "weight": ("10", "30")},
    "household_incomes": {"head_name": HEADS, "wages": ("1000", "7.01"), "costs": ("", "3")},
    "risks": {"project": PROJECTS, "likelihood": ("高", "低"), "impact": ("高", "中")},
}  # fmt: skip
NAMES = tuple(POOLS)
LOOKED_AT = (*NAMES, "microcredits", "projects", "performances", "trainings")
STEP = st.tuples(st.sampled_from(NAMES), st.sampled_from(["add", "add", "edit", "edit", "remove"]), st.integers(0, 9_999))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("any")) as made:
        for name, texts in STANDING:
            assert made.add(name, changed(name, texts))
        yield made


def texts_of(name: str, seed: int) -> dict[str, str]:
    """One text for each column of the pool."""
    found = {}
    for column, pool in POOLS[name].items():
        seed, place = divmod(seed, len(pool))
        found[column] = pool[place]
    return found


class Rows:
    """The rows typed so far, by key, with their texts."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.texts: dict[str, dict[str, dict[str, str]]] = {name: {} for name in NAMES}

    def step(self, name: str, way: str, seed: int) -> bool:
        """Take a step; a refused one changes nothing."""
        register, rows = registry.of(name), self.texts[name]
        if way == "add":
            given = changed(name, texts_of(name, seed))
            outcome = registers.add(self.desk.bench, register, given)
            if outcome.change is not None:
                rows[self.desk.keys(register)[-1]] = given
            return outcome.change is not None
        if not rows:
            return False
        key = list(rows)[seed % len(rows)]
        if way == "remove":
            del rows[key]
            return registers.remove(self.desk.bench, register, [key]) is not None
        column = list(POOLS[name])[seed // 7 % len(POOLS[name])]
        text = POOLS[name][column][seed // 50 % len(POOLS[name][column])]
        outcome = registers.set_cells(self.desk.bench, register, [CellEdit(key, column, text)])
        if outcome.change is not None:
            rows[key][column] = text
        return outcome.change is not None


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=3, max_size=12))
def test_figures_do_not_depend_on_the_way_and_undo_gives_it_back(desk: Desk, steps: list[tuple[str, str, int]]) -> None:
    rows, before = Rows(desk), desk.shown(LOOKED_AT)
    taken = sum(rows.step(*step) for step in steps)
    after, done = desk.shown(LOOKED_AT), 0
    desk.undo(taken)
    assert desk.shown(LOOKED_AT) == before
    desk.redo(taken)
    assert desk.shown(LOOKED_AT) == after
    desk.undo(taken)
    try:
        for name, typed in rows.texts.items():
            for texts in typed.values():
                stands = desk.add(name, {column: text for column, text in texts.items() if text})
                done += stands
                assume(stands)
        assert desk.shown(LOOKED_AT) == after
    finally:
        desk.undo(done)
