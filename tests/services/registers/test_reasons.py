"""Reasons for departing from rules in principle: asked, kept for what they were given for, listed."""

import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import history, registers
from fupin_desktop.services.registers import CellEdit, Query, reasons, registry
from tests.services.registers.ledger_office import add, fill
from tests.services.registers.test_ledgers import bench as ledger_bench

bench = ledger_bench


def row(bench, name="projects"):
    return registers.window(bench, Query(registry.of(name), bench.year), 0, 1)[0]


def test_a_departure_asks_until_its_reason_is_written(bench):
    register = registry.of("projects")
    fill(bench, "entities")
    assert add(bench, "projects", linkages="务工").change
    key = row(bench).key
    (asking,) = reasons.asked(bench, register, key)
    assert (asking.column, asking.reason) == ("linkages", "")
    assert row(bench).problems == {"linkages": asking.sentence}
    with pytest.raises(NotAllowed, match="没有写原因"):
        reasons.explain(bench, register, key, asking, " ")
    change = reasons.explain(bench, register, key, asking, "主体只收工")
    assert "projects" in change.nouns
    assert row(bench).problems == {}
    assert reasons.asked(bench, register, key)[0].reason == "主体只收工"
    reasons.explain(bench, register, key, asking, "今年只收工")
    (kept,) = reasons.listed(bench, bench.today.year)
    assert (kept.title, kept.record, kept.reason, kept.clause, kept.who) == (
        "项目", "水稻基地", "今年只收工", asking.clause, bench.clerk,
    )
    assert reasons.listed(bench, bench.today.year - 1) == []
    history.undo(bench)
    assert reasons.listed(bench, bench.today.year)[0].reason == "主体只收工"


def test_a_reason_holds_for_what_it_was_given_for(bench):
    register = registry.of("project_quarters")
    fill(bench, "projects", "project_funds")
    assert add(bench, "project_quarters", invested="110000.01").change
    key = row(bench, "project_quarters").key
    (asking,) = reasons.asked(bench, register, key)
    reasons.explain(bench, register, key, asking, "物价上涨")
    assert row(bench, "project_quarters").problems == {}
    registers.set_cells(bench, register, [CellEdit(key, "invested", "120000")])
    (again,) = reasons.asked(bench, register, key)
    assert again.reason == ""
    assert "invested" in row(bench, "project_quarters").problems
