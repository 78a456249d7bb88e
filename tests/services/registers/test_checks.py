"""What registers check, on both sides of each boundary: typed into the window and imported from a list alike."""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

import fupin_desktop
from fupin_desktop.services import history, offices, registers, villages
from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, PERSONS, registry
from fupin_desktop.services.registers.columns import layout
from fupin_desktop.services.workbench import Workbench
from tests.services.registers.register_cases import FOLDER, Case, all_cases, case_file, changed, county_file
from tests.storage.office_file import NOW

KINDS = Path(fupin_desktop.__file__).parent / "services" / "registers" / "kinds"
HOUSES = (("H1", "吴大", "5"), ("H2", "吴一", "4"), ("H3", "吴二", "3"), ("H4", "吴三", "2"), ("H5", "吴四", "1"))


class Desk:
    """One office for all cases: what a case adds is undone after it."""

    def __init__(self, bench: Workbench) -> None:
        self.bench, self._register, self._needed = bench, "", 0

    def prepare(self, register: str) -> None:
        """Have the rows that a register needs, and only these."""
        if register != self._register:
            self._undo(self._needed)
            needs = case_file(register).needs
            self._register, self._needed = register, sum(self.add(one, changed(one, {})) for one in needs)
            assert self._needed == len(needs), needs

    def add(self, register: str, texts: dict[str, str]) -> bool:
        return self.outcome(register, texts).change is not None

    def outcome(self, register: str, texts: dict[str, str]) -> registers.Outcome:
        return registers.add(self.bench, registry.of(register), texts)

    def govern(self, county: str) -> None:
        """Have a county's own parameters hold, or none."""
        path = self.bench.data_folder / "policy.toml"
        if county or path.exists():
            path.write_text(county, encoding="utf-8") if county else path.unlink()
            self.bench.__dict__.pop("parameters", None)

    def edit(self, case: Case) -> registers.Outcome:
        """Type into the row that came last."""
        register = registry.of(case.register)
        key = max(registers.all_keys(self.bench, registers.Query(register, self.bench.year)))
        edits = [registers.CellEdit(key, column, case.row.get(column, "")) for column in case.edited]
        return registers.set_cells(self.bench, register, edits)

    def undo(self, times: int) -> None:
        self._undo(times)

    def _undo(self, times: int) -> None:
        for _ in range(times):
            history.undo(self.bench)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    bench = open_workbench(tmp_path_factory.mktemp("checks") / "office", clock=lambda: NOW)
    offices.setup(bench, offices.OfficeForm(name="塘㙍镇扶贫办", county="吴川市", town="塘㙍镇", clerk="李文静", year=2026))
    for name, poor in (("低岭村", True), ("那罗村", False)):
        villages.add(bench, villages.VillageForm(name, poor_village=poor))
    for code, name, members in HOUSES:
        texts = {"code": code, "head_name": name, "village": "低岭村", "household_class": "脱贫户", "members": members}
        assert registers.add(bench, HOUSEHOLDS, {**texts, **({"kind": "参与"} if code != "H5" else {})}).change
    keys = registers.all_keys(bench, registers.Query(HOUSEHOLDS, 2026, sort=(("code", False),)))
    assert registers.add(bench, FARM_ITEMS, {"product": "水稻", "unit": "亩", "area": "10"}, keys[0]).change
    assert registers.add(bench, PERSONS, {"name": "吴小明", "code": "P1"}, keys[1]).change
    yield Desk(bench)
    bench.close()


@pytest.mark.parametrize("case", [*all_cases()], ids=lambda case: case.title)
def test_a_check_tells_what_it_should(desk: Desk, case: Case, tmp_path: Path) -> None:
    desk.prepare(case.register)
    stands = sum(desk.add(register, texts) for register, texts in case.before)
    desk.govern(county_file(case) if case.county else "")
    try:
        assert stands == len(case.before)
        if "imported" in case.ways:
            assert_imported(desk.bench, case, tmp_path / "名单.csv")
        outcome = desk.edit(case) if case.edited else desk.outcome(case.register, case.row)
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


def checks_of(register: str) -> int:
    """How many different findings the description of a register can make."""
    tree = ast.parse((KINDS / f"{register}.py").read_text(encoding="utf-8"))
    return sum(isinstance(node, ast.Call) and ast.unparse(node.func) == "Finding" for node in ast.walk(tree))


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
