"""One office in which the readable cases of the registers are tried one after another: each is undone after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from operator import itemgetter
from pathlib import Path
from typing import Any

from fupin_desktop.services import history, offices, registers, villages
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, PERSONS, Outcome, Query, Register, registry
from fupin_desktop.services.registers.parts import FIRST
from fupin_desktop.services.registers.windows import records_of
from fupin_desktop.services.workbench import Workbench
from tests.services.registers.register_cases import changed
from tests.storage.office_file import NOW

HOUSES = (("H1", "吴大", "5"), ("H2", "吴一", "4"), ("H3", "吴二", "3"), ("H4", "吴三", "2"), ("H5", "吴四", "1"))
"""Number, head and members of the households; all but the last take part in 2026."""


class Desk:
    """The office at its day; what was done since some moment can be taken back."""

    def __init__(self, bench: Workbench) -> None:
        self.bench, self._needs, self._needed = bench, (), 0

    def prepare(self, needs: tuple[str, ...]) -> None:
        """Have the sound rows of these registers, and only these."""
        if needs != self._needs:
            self.undo(self._needed)
            self._needs, self._needed = needs, sum(self.add(one, changed(one, {})) for one in needs)
            assert self._needed == len(needs), needs

    def add(self, register: str, texts: Mapping[str, str], parent: str = "") -> bool:
        return self.outcome(register, texts, parent).change is not None

    def outcome(self, register: str, texts: Mapping[str, str], parent: str = "") -> Outcome:
        return registers.add(self.bench, registry.of(register), texts, parent)

    def undo(self, times: int) -> None:
        for _ in range(times):
            assert history.undo(self.bench)

    def redo(self, times: int) -> None:
        for _ in range(times):
            assert history.redo(self.bench)

    def govern(self, county: str) -> None:
        """Have a county's own parameters hold, or none."""
        path = self.bench.data_folder / "policy.toml"
        if county or path.exists():
            path.write_text(county, encoding="utf-8") if county else path.unlink()
            self.bench.__dict__.pop("parameters", None)

    def keys(self, register: Register) -> tuple[str, ...]:
        """The records of a register in the order in which they came."""
        return tuple(sorted(registers.all_keys(self.bench, Query(register, self.bench.year))))

    def household(self, code: str) -> str:
        """Key of a household by its number."""
        (found,) = registers.window(self.bench, Query(HOUSEHOLDS, self.bench.year, text=code), 0, 2)
        return found.key

    def shown(self, names: Iterable[str]) -> dict[str, list[tuple[Any, ...]]]:
        """Every value of registers as their columns have them, in the order in which the records came."""
        with self.bench.read() as session:
            return {
                name: [tuple(record[FIRST:]) for record in sorted(records_of(self.bench, session, one, self.bench.year, self.keys(one)), key=itemgetter(0))]
                for name in names
                for one in [registry.of(name)]
            }

    @contextmanager
    def on(self, day: date | None) -> Iterator[None]:
        """Have it another day; the clock of the office is that of the desk."""
        usual = self.bench.clock
        if day is not None:
            self.bench.clock = lambda: datetime.combine(day, time(9))
        try:
            yield
        finally:
            self.bench.clock = usual


@contextmanager
def open_desk(folder: Path) -> Iterator[Desk]:
    """An office with two villages, five households, one of them with 10 亩 of rice, and one person."""
    bench = open_workbench(folder / "office", clock=lambda: NOW)
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
