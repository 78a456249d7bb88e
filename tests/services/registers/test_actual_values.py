"""What the registers, the ledger and the calculations say of a project's indicators, taken over at one stroke."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import awards, history, registers, schemes
from fupin_desktop.services.registers import FARM_ITEMS, CellEdit, Query, registry
from fupin_desktop.services.registers.acts import actual_values
from fupin_desktop.services.workbench import Workbench
from tests.services.award_office import REGISTER, make_bench, put_register, scheme
from tests.services.registers.ledger_office import add

INDICATORS, PERFORMANCES = registry.of("indicators"), registry.of("performances")
# The awards are 4 000.00, 2 399.76, 560.00 and nothing; each household has 3 members.


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_bench(tmp_path)
    put_register(made, REGISTER)
    assert add(made, "projects", nature="到户奖补").change
    assert add(made, "performances", budget="6959.76", spent="5000").change
    yield made
    made.close()


def indicator(bench: Workbench, name: str, unit: str, **more: str) -> None:
    assert add(bench, "indicators", name=name, unit=unit, target="1", **more).change


def run(bench: Workbench) -> str:
    """Take the values over; what is said of it."""
    (key,) = registers.all_keys(bench, Query(PERFORMANCES, bench.year))
    return actual_values.ACT.run(bench, key, {}).message


def actual(bench: Workbench) -> dict[str, str]:
    keys = [one.key for one in registers.columns(INDICATORS)]
    rows = registers.rows(bench, INDICATORS, bench.year, registers.all_keys(bench, Query(INDICATORS, bench.year)))
    return {row.cells[keys.index("name")]: row.cells[keys.index("actual")] for row in rows}


def calculate(bench: Workbench) -> str:
    key = schemes.save(bench, None, scheme()).keys[0]
    awards.recalculate(bench, key)
    return key


def test_of_a_project_of_awards_the_latest_calculation_tells(bench: Workbench) -> None:
    calculate(bench)
    wanted = {
        "受益农户": ("户", "3"), "受益贫困户": ("户", "3"), "受益人口": ("人", "9"), "户均增收": ("元", "2319.92"),
        "水稻面积": ("亩", "25.499"), "资金支出率": ("%", "71.84%"), "满意度": ("%", ""), "莲藕面积": ("亩", ""),
    }  # fmt: skip
    for name, (unit, _value) in wanted.items():
        indicator(bench, name, unit)
    assert run(bench) == "已取 6 项实际值，另有 2 项请自己填写。"
    assert actual(bench) == {name: value for name, (_unit, value) in wanted.items()}
    history.undo(bench)
    assert set(actual(bench).values()) == {""}


def test_a_calculation_made_again_counts_once_and_as_it_is_now(bench: Workbench) -> None:
    key = calculate(bench)
    item = registers.all_keys(bench, Query(FARM_ITEMS, bench.year))[0]
    assert registers.set_cells(bench, FARM_ITEMS, [CellEdit(item, "declared", "0.4")]).change
    awards.recalculate(bench, key)
    indicator(bench, "受益农户", "户")
    indicator(bench, "户均增收", "元")
    run(bench)
    assert actual(bench) == {"受益农户": "2", "户均增收": "1479.88"}  # (2 399.76 + 560.00) ÷ 2


def test_before_any_calculation_nobody_is_known_and_quantities_are(bench: Workbench) -> None:
    indicator(bench, "受益农户", "户")
    indicator(bench, "户均增收", "元")
    with pytest.raises(NotAllowed, match="没有可以取数"):
        run(bench)
    indicator(bench, "水稻面积", "亩")
    assert run(bench) == "已取 1 项实际值，另有 2 项请自己填写。"


def test_what_was_filled_in_stays(bench: Workbench) -> None:
    calculate(bench)
    indicator(bench, "受益农户", "户", actual="5")
    indicator(bench, "受益人口", "人")
    run(bench)
    assert actual(bench) == {"受益农户": "5", "受益人口": "9"}


def test_accepted_quantities_go_before_declared_ones(bench: Workbench) -> None:
    items = registers.all_keys(bench, Query(FARM_ITEMS, bench.year))
    assert registers.set_cells(bench, FARM_ITEMS, [CellEdit(items[0], "accepted", "12")]).change
    indicator(bench, "水稻面积", "亩")
    run(bench)
    assert actual(bench) == {"水稻面积": "24.999"}


@pytest.mark.parametrize("key", ["", "nobody"])
def test_a_performance_must_be_chosen(bench: Workbench, key: str) -> None:
    with pytest.raises(NotAllowed, match="没有选中绩效管理"):
        actual_values.ACT.run(bench, key, {})
