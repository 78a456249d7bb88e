"""What registers check, on both sides of each boundary: typed into the window and imported from a list alike."""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

import fupin_desktop
from fupin_desktop.services import registers
from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.registers import Outcome, registry
from fupin_desktop.services.registers.columns import layout
from fupin_desktop.services.workbench import Workbench
from tests.services.registers.desk import Desk, open_desk
from tests.services.registers.register_cases import FOLDER, Case, all_cases, case_file, county_file

KINDS = Path(fupin_desktop.__file__).parent / "services" / "registers" / "kinds"


def edit(desk: Desk, case: Case) -> Outcome:
    """Type into the row that came last."""
    register = registry.of(case.register)
    edits = [registers.CellEdit(desk.keys(register)[-1], column, case.row.get(column, "")) for column in case.edited]
    return registers.set_cells(desk.bench, register, edits)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("checks")) as made:
        yield made


@pytest.mark.parametrize("case", [*all_cases()], ids=lambda case: case.title)
def test_a_check_tells_what_it_should(desk: Desk, case: Case, tmp_path: Path) -> None:
    desk.prepare(case_file(case.register).needs)
    stands = sum(desk.add(register, texts) for register, texts in case.before)
    desk.govern(county_file(case) if case.county else "")
    try:
        assert stands == len(case.before)
        if "imported" in case.ways:
            assert_imported(desk.bench, case, tmp_path / "名单.csv")
        outcome = edit(desk, case) if case.edited else desk.outcome(case.register, case.row)
        stands += outcome.change is not None
        told = [(one.severity.value, one.field) for one in outcome.problems]
        assert told == [(one.severity, one.column) for one in case.found], outcome.problems
        for problem, one in zip(outcome.problems, case.found, strict=True):
            assert not one.sentence or (problem.sentence, problem.clause) == (one.sentence, one.clause)
        assert (outcome.change is None) is case.refused
    finally:
        desk.govern("")
        desk.undo(stands)


def assert_imported(bench: Workbench, case: Case, path: Path) -> None:
    """A list with the row is told the same, and keeps it out where it must."""
    register = registry.of(case.register)
    known = layout(register)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[known[key].info.label for key in case.row], list(case.row.values())])
    preview = prepare(bench, path, importer=importer_of(register))
    if preview.missing:
        assert case.refused, preview.missing
        return
    wanted = {(one.severity == "must", one.sentence.rstrip("。")) for one in case.found if one.sentence}
    told = {(one.must, one.sentence) for one in preview.findings if one.code == f"import.{register.name}"}
    of_fields = case.refused and not told
    assert of_fields or told == wanted
    assert bool(preview.bad_rows) is case.refused, [one.text for one in preview.findings]


MAKERS = {"Finding", "in_order", "not_ahead"}
"""What a description makes findings by."""


def checks_of(register: str) -> int:
    """How many different findings the description of a register can make."""
    tree = ast.parse((KINDS / f"{register}.py").read_text(encoding="utf-8"))
    return sum(isinstance(node, ast.Call) and ast.unparse(node.func) in MAKERS for node in ast.walk(tree))


def test_every_check_of_a_register_has_its_cases() -> None:
    """A register that checks has as many different findings in its cases as its description can make, and a good row."""
    lacking = []
    for register in registry.all():
        made = checks_of(register.name)
        if made and not register.computed_by and register.name != "donors":
            cases = case_file(register.name).cases
            found = {(one.severity, one.column, one.sentence[-6:]) for case in cases for one in case.found if one.sentence}
            if len(found) < made or all(case.found for case in cases):
                lacking.append((register.name, made, sorted(found)))
    assert lacking == []


def test_case_files_are_of_registers() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} <= set(registry.names())
