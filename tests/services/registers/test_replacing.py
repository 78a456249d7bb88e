"""Finding a text in cells and what they would say with another: nothing is written, numbers are taken as they are typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.services import registers
from fupin_desktop.services.registers import HOUSEHOLDS, CellEdit, Filter, Query, registry
from fupin_desktop.services.registers.replacing import replacements
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import add_household, make_office
from tests.services.registers.ledger_office import add, fill


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_office(tmp_path)
    add_household(made, "张三丰", members="10", area="10", note="一组(东)", phone="13800138000", production_income="1234.5", household_class="脱贫户")
    add_household(made, "李三", members="100", area="110.5", note="二组", household_class="脱贫户")
    add_household(made, "王五", "那罗村", note="一组(西)")
    yield made
    made.close()


def found(bench: Workbench, names: tuple[str, ...], find: str, put: str = "★", *, whole: bool = False) -> dict[str, str]:
    """What would be typed, by name of the household and column."""
    query = Query(HOUSEHOLDS, bench.year)
    edits = replacements(bench, query, names, find, put, whole=whole)
    heads = {row.key: row.cells[1] for row in registers.rows(bench, HOUSEHOLDS, bench.year, registers.all_keys(bench, query))}
    return {f"{heads[one.key]}.{one.column}": one.text for one in edits}


@pytest.mark.parametrize(
    ("names", "find", "whole", "told"),
    [
        (("head_name",), "三", False, {"张三丰.head_name": "张★丰", "李三.head_name": "李★"}),
        (("head_name",), "李三", True, {"李三.head_name": "★"}),
        (("head_name",), "三", True, {}),
        (("note",), "一组(", False, {"张三丰.note": "★东)", "王五.note": "★西)"}),
        (("note",), "一组（", False, {"张三丰.note": "★东)", "王五.note": "★西)"}),
        (("members",), "10", True, {"张三丰.members": "★"}),
        (("members",), "10", False, {"张三丰.members": "★", "李三.members": "★0"}),
        (("production_income",), "1234", False, {"张三丰.production_income": "★.50"}),
        (("production_income",), "1234.5", True, {"张三丰.production_income": "★"}),
        (("production_income",), "1,234.50", True, {"张三丰.production_income": "★"}),
        (("area",), "10", True, {"张三丰.area": "★"}),
        (("area",), "10.000", True, {"张三丰.area": "★"}),
        (("area",), "１０", True, {"张三丰.area": "★"}),
        (("area",), "sNaN", True, {}),
        (("phone",), "138", False, {"张三丰.phone": "★00★000"}),
        (("village",), "那罗村", True, {"王五.village": "★"}),
        (("area_total", "size"), "10", False, {}),
        (("no such column",), "10", False, {}),
        (("head_name", "note"), "组", False, {"张三丰.note": "一★(东)", "李三.note": "二★", "王五.note": "一★(西)"}),
        (("head_name",), "", False, {}),
        (("head_name",), "不存在", False, {}),
    ],
)
def test_cells_in_which_a_text_stands(bench: Workbench, names: tuple[str, ...], find: str, whole: bool, told: dict[str, str]) -> None:
    assert found(bench, names, find, whole=whole) == told


def test_empty_cells_are_found_by_nothing_and_only_rows_of_the_question_are_looked_at(bench: Workbench) -> None:
    query = Query(HOUSEHOLDS, bench.year, filters=(Filter("village", values=("那罗村",)),))
    assert [one.text for one in replacements(bench, query, ["note"], "一组", "三组")] == ["三组(西)"]


def test_what_would_be_typed_is_what_the_register_then_shows(bench: Workbench) -> None:
    edits = replacements(bench, Query(HOUSEHOLDS, bench.year), ["household_class"], "脱贫户", "监测户", whole=True)
    assert len(edits) == 2
    outcome = registers.set_cells(bench, HOUSEHOLDS, edits)
    assert outcome.change, outcome.problems
    assert found(bench, ("household_class",), "脱贫户") == {}
    assert len(found(bench, ("household_class",), "监测户")) == 2


def test_days_and_shares_are_found_as_they_are_shown(bench: Workbench) -> None:
    fill(bench, "projects")
    register = registry.of("projects")
    edits = replacements(bench, Query(register, bench.year), ["starts_on", "ends_on"], "2026-", "2027-")
    assert [(one.column, one.text) for one in edits] == [("starts_on", "2027-03-01"), ("ends_on", "2027-12-20")]
    assert registers.set_cells(bench, register, edits).change
    assert add(bench, "microcredits", head_name="李三").change
    loans = registry.of("microcredits")
    edits = replacements(bench, Query(loans, bench.year), ["rate"], "4.35%", "4.05%", whole=True)
    assert edits == [CellEdit(edits[0].key, "rate", "4.05%")]
