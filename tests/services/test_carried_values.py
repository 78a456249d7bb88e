"""What of a record goes over into the next year, value by value: what its description says, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from fupin_desktop.services import history, offices, registers, years
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, CellEdit, Query, registry
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.fields import of
from tests.services.registers.ledger_office import add, fill
from tests.services.registers.test_ledgers import bench as ledger_bench

bench = ledger_bench
ROWS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "performances": (("projects",), {
        "state": "批复", "budget": "100", "spent": "5", "approved_on": "2026-01-05", "document_no": "1号", "note": "备注",
    }),
    "inspections": ((), {"kind": "资金", "way": "审计", "done_on": "2026-01-04", "result": "在改", "note": "备注"}),
    "linkages": (("entities", "projects"), {
        "project": "水稻基地", "contract_no": "C1", "area": "1.5", "share": "10", "floor": "5", "dividend": "1", "wages": "2",
        "rent": "3", "margin": "4", "work_days": "6", "note": "备注",
    }),
    "target_figures": ((), {"low": "1", "high": "3", "actual": "2", "due_on": "2026-12-31", "note": "备注"}),
    "comparison_weights": ((), {"weight": "40%", "note": "备注"}),
    "farm_items": (("entities", "projects"), {
        "product": "水稻", "unit": "亩", "declared": "9", "planned": "8", "accepted": "7", "area": "6", "cost": "5", "income": "4",
        "other_subsidy": "3", "base_kind": "大户基地", "instalment_year": "2", "project": "水稻基地", "entity": "水稻合作社", "note": "备注",
    }),
}  # fmt: skip


def put(bench: Workbench, name: str) -> None:
    needs, texts = ROWS[name]
    fill(bench, *needs)
    if name == "farm_items":
        key = registers.all_keys(bench, Query(HOUSEHOLDS, bench.year))[0]
        outcome = registers.add(bench, FARM_ITEMS, texts, key)
    else:
        outcome = add(bench, name, **texts)
    assert outcome.change, outcome.problems


def records(bench: Workbench, name: str, year: int) -> list[dict[str, Any]]:
    """Stored values of the records of a year."""
    entity: Any = registry.of(name).entity
    names = [column.name for column in entity.__table__.columns]
    with bench.read() as session:
        rows = session.execute(select(*entity.__table__.columns).where(entity.year == year).order_by(entity.key))
        return [dict(zip(names, row, strict=True)) for row in rows]


def fresh(name: str, column: str) -> Any:
    """What a new record has there."""
    default = registry.of(name).entity.__table__.columns[column].default
    return default.arg if default is not None and default.is_scalar else None


@pytest.mark.parametrize("name", ROWS)
def test_the_next_year_has_what_lasts_and_the_rest_begins_anew(bench: Workbench, name: str) -> None:
    put(bench, name)
    (old,) = records(bench, name, 2026)
    carried = registry.of(name).carried
    assert carried is not None
    assert years.begin(bench).year == 2027
    (new,) = records(bench, name, 2027)
    assert records(bench, name, 2026) == [old]
    parent = registry.of(name).parent
    fields = of(registry.of(name).entity)
    for column, value in new.items():
        if column in ("key", "year") or (column in fields and fields[column].derived):
            continue
        if column in carried.names or (parent is not None and column == parent.column):
            wanted = (old[column] or 0) + 1 if column in carried.counted else old[column]
        else:
            wanted = fresh(name, column)
        assert (column, value) == (column, wanted)


@pytest.mark.parametrize("name", ROWS)
def test_it_is_one_change_that_undo_takes_back_and_doing_it_again_adds_nothing(bench: Workbench, name: str) -> None:
    put(bench, name)
    years.begin(bench)
    first = records(bench, name, 2027)
    offices.set_year(bench, 2026)
    assert years.begin(bench).change is None
    assert records(bench, name, 2027) == first
    history.undo(bench)
    assert records(bench, name, 2027) == []
    history.redo(bench)
    assert records(bench, name, 2027) == first


def test_every_year_bound_register_goes_over_or_is_told_as_left(bench: Workbench) -> None:
    fill(bench, "projects", "project_quarters", "trainings", "village_years", "sales", "commendations", "surveys")
    left = years.preview(bench).left
    for told in ("季度进展 1 条", "培训 1 次", "村年度情况 1 村", "产销对接 1 笔", "表彰 1 户", "摸底调查 1 份"):
        assert told in left
    assert years.preview(bench).taken == ("农户参与登记 4 户",)


def test_what_is_changed_in_the_new_year_leaves_the_old_one_as_it_was(bench: Workbench) -> None:
    put(bench, "linkages")
    years.begin(bench)
    register = registry.of("linkages")
    (key,) = registers.all_keys(bench, Query(register, 2027))
    assert registers.set_cells(bench, register, [CellEdit(key, "wages", "99"), CellEdit(key, "contract_no", "C2")]).change
    assert [(one["wages_fen"], one["contract_no"]) for year in (2026, 2027) for one in records(bench, "linkages", year)] == [
        (200, "C1"), (9900, "C2"),
    ]  # fmt: skip


@pytest.fixture
def closed(bench: Workbench) -> Workbench:
    """An office whose year 2026 is closed, at work in 2027."""
    put(bench, "linkages")
    years.begin(bench)
    offices.set_year(bench, 2026)
    years.close(bench)
    offices.set_year(bench, 2027)
    return bench


def test_the_numbers_of_a_lasting_project_go_on_though_the_year_before_is_closed(closed: Workbench) -> None:
    register = registry.of("linkages")
    (key,) = registers.all_keys(closed, Query(register, 2027))
    assert registers.remove(closed, register, [key])
    projects = registry.of("projects")
    (row,) = registers.window(closed, Query(projects, 2027), 0, 2)
    place = [one.key for one in registers.columns(projects)].index("households")
    assert row.cells[place] == ""
    assert len(records(closed, "linkages", 2026)) == 1
