"""Records that belong to a household or else to an entity, or to a village's collective: all are of a village."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.services import exports, registers
from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.registers import Filter, Query, registry
from fupin_desktop.services.registers.by_village import by_village
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import Clock, add_household, make_office

SUBSIDIES, LINKAGES = registry.of("interest_subsidies"), registry.of("linkages")
PERIOD = {"from_on": "2026-01-05", "to_on": "2026-04-05"}
LOAN = {"bank": "农商行", "lent_on": "2026-01-05", "due_on": "2027-01-05", "rate": "4.35"}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    """A household of 低岭村 and an entity of 那罗村, each with a subsidised loan; the entity brings both villages along."""
    made = make_office(tmp_path / "数据", Clock())
    household = add_household(made, "吴一", household_class="脱贫户")
    others = [add_household(made, name, household_class="脱贫户") for name in ("吴二", "吴三")]
    entity = {"name": "兴旺合作社", "village": "那罗村", "kind": "农民合作社", "leader": "陈社长"}
    link = {"entity": "兴旺合作社", "way": "入股分红", "starts_on": "2026-01-01", "ends_on": "2028-12-31"}
    add(made, "entities", entity)
    for key in others:
        add(made, "linkages", link, key)
    add(made, "linkages", {**link, "collective": "那罗村"})
    add(made, "microcredits", {**LOAN, "contract_no": "X1", "amount": "50000", "purpose": "种植"}, household)
    add(made, "entity_loans", {**LOAN, "contract_no": "Z1", "amount": "100000", "entity": "兴旺合作社"})
    add(made, "interest_subsidies", {**PERIOD, "loan": "X1"})
    add(made, "interest_subsidies", {**PERIOD, "entity_loan": "Z1"})
    yield made
    made.close()


def add(bench: Workbench, name: str, values: dict[str, str], belongs_to: str = "") -> None:
    outcome = registers.add(bench, registry.of(name), values, belongs_to)
    assert outcome.change, outcome.problems


def villages(bench: Workbench, query: Query) -> list[str]:
    place = [info.key for info in registers.columns(query.register)].index("village")
    return sorted(row.cells[place] for row in registers.window(bench, query, 0, 9))


def test_the_subsidy_of_an_entity_is_of_its_village(bench: Workbench) -> None:
    assert villages(bench, Query(SUBSIDIES, 2026)) == ["低岭村", "那罗村"]
    assert villages(bench, Query(SUBSIDIES, 2026, village="那罗村")) == ["那罗村"]
    assert villages(bench, Query(SUBSIDIES, 2026, filters=(Filter("village", values=("那罗村",)),))) == ["那罗村"]
    assert registers.count(bench, Query(SUBSIDIES, 2026, filters=(Filter("village", values=("",)),))) == 0
    sums = registers.totals(bench, Query(SUBSIDIES, 2026, village="那罗村")).sums
    assert sums["due"] not in ("", "0.00")


def test_subsidies_are_summed_by_village_whoever_lends(bench: Workbench) -> None:
    told = by_village(bench, Query(SUBSIDIES, 2026))
    assert [row[:3] for row in told.rows] == [("塘㙍镇", "低岭村", "1"), ("塘㙍镇", "那罗村", "1"), ("合计", "", "2")]


def test_the_linkage_of_a_collective_is_of_its_village(bench: Workbench) -> None:
    assert villages(bench, Query(LINKAGES, 2026, village="那罗村")) == ["那罗村"]
    told = by_village(bench, Query(LINKAGES, 2026))
    assert [row[:3] for row in told.rows] == [("塘㙍镇", "低岭村", "2"), ("塘㙍镇", "那罗村", "1"), ("合计", "", "3")]


@pytest.mark.parametrize("register", [SUBSIDIES, LINKAGES], ids=lambda one: one.name)
def test_what_is_exported_comes_back_unchanged(bench: Workbench, tmp_path: Path, register: registers.Register) -> None:
    exports.write_register(bench, register, tmp_path / "出.xlsx")
    found = prepare(bench, tmp_path / "出.xlsx", importer=importer_of(register))
    assert found.comparison is not None
    assert [one.sentence for one in found.findings if one.must] == []
    assert (len(found.comparison.added), len(found.comparison.changed)) == (0, 0)
