"""An office with a few households, for the tests of the base services."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from fupin_desktop.services import offices, registers, villages
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, Outcome, Query, Register, Row
from fupin_desktop.services.workbench import Workbench
from tests.templates import copied

START = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 - local time, as the clock hands it in
GOOD_ID = "44088319680214123X"
OTHER_ID = "440883195512011512"


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def later(self, **step: int) -> None:
        self.now += timedelta(**step)


def make_office(folder: Path, clock: Clock | None = None) -> Workbench:
    """An office with the villages 低岭村 and 那罗村, set up on 2026-03-02."""
    return copied(_set_up, folder, clock or Clock())


def to_qingyuan(bench: Workbench) -> None:
    """Make it an office of 清远."""
    there = {"county": "英德市", "county_code": "441881", "town": "浛洸镇", "town_code": "441881100"}
    offices.save(bench, replace(offices.office(bench), **there))


def _set_up(folder: Path) -> Workbench:
    bench = open_workbench(folder, clock=Clock())
    form = offices.OfficeForm(
        name="塘㙍镇扶贫办", county="吴川市", county_code="440883", town="塘㙍镇", clerk="陈经办", year=2026
    )
    offices.setup(bench, form)
    for name in ("低岭村", "那罗村"):
        villages.add(bench, villages.VillageForm(name))
    return bench


def add_household(bench: Workbench, name: str, village: str = "低岭村", **values: str) -> str:
    outcome = registers.add(bench, HOUSEHOLDS, {"head_name": name, "village": village, **values})
    assert outcome.change, outcome.problems
    return find(bench, name).key


def add_item(bench: Workbench, household: str, product: str = "水稻", unit: str = "亩", **values: str) -> Outcome:
    return registers.add(bench, FARM_ITEMS, {"product": product, "unit": unit, **values}, household)


def find(bench: Workbench, text: str, register: Register = HOUSEHOLDS) -> Row:
    found = registers.window(bench, Query(register, bench.year, text=text), 0, 10)
    assert found, f"{text} not found"
    return found[-1]


def cell(row: Row, column: str, register: Register = HOUSEHOLDS) -> str:
    keys = [info.key for info in registers.columns(register)]
    return row.cells[keys.index(column)]
