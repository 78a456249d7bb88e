"""Headings, units, sums and feet are understood in the same way at every door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.services.workbench import Workbench
from tests.services.funds.office import money_office
from tests.services.sheets.doors import DOORS, REGISTER, Door, write

every_door = pytest.mark.parametrize("door", DOORS, ids=[door.name for door in DOORS])


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """An office that files are only read for."""
    made = money_office(tmp_path_factory.mktemp("doors"))
    yield made
    made.close()


@every_door
def test_a_plain_list_is_read(door: Door, bench: Workbench, tmp_path: Path) -> None:
    outcome = door.read(bench, write(tmp_path / "a.xlsx", [door.heading, *door.rows]))
    assert (outcome.fen, outcome.findings) == ([120_000, 30_000], [])


@every_door
@pytest.mark.parametrize(
    ("unit", "fen"),
    [
        ("(千元)", [120_000_000, 30_000_000]),
        ("（百元）", [12_000_000, 3_000_000]),
        ("(万)", [1_200_000_000, 300_000_000]),
        ("/万元", [1_200_000_000, 300_000_000]),
        ("万元", [1_200_000_000, 300_000_000]),
        (" 单位:万元", [1_200_000_000, 300_000_000]),
        ("【单位：千元】", [120_000_000, 30_000_000]),
        ("(角)", [12_000, 3_000]),
        ("(元)", [120_000, 30_000]),
    ],
)
def test_a_unit_in_the_heading_is_converted_and_told(
    door: Door, unit: str, fen: list[int], bench: Workbench, tmp_path: Path
) -> None:
    heading = list(door.heading)
    heading[door.money] += unit
    outcome = door.read(bench, write(tmp_path / "a.xlsx", [heading, *door.rows]))
    assert (outcome.fen, outcome.musts) == (fen, [])
    assert len(outcome.findings) == (0 if unit == "(元)" else 1)
    assert all("换算" in told and told.startswith(chr(65 + door.money) + "1 ") for told in outcome.findings)


@every_door
@pytest.mark.parametrize("unit", ["(美元)", "(元/亩)", "（吨）", "/港元"])
def test_a_unit_that_cannot_be_converted_keeps_its_rows_out(
    door: Door, unit: str, bench: Workbench, tmp_path: Path
) -> None:
    heading = list(door.heading)
    heading[door.money] += unit
    outcome = door.read(bench, write(tmp_path / "a.xlsx", [heading, *door.rows]))
    assert outcome.fen == []
    assert len([told for told in outcome.musts if "不会换算" in told]) == 2


@every_door
@pytest.mark.parametrize(
    ("above", "times"),
    [("单位：万元", 10_000), ("金额单位:千元", 1000), ("（单位：亩、万元）", 10_000), ("填报单位：低岭村", 1), ("单位：元", 1)],
)
def test_a_unit_above_the_table_is_converted_and_told(
    door: Door, above: str, times: int, bench: Workbench, tmp_path: Path
) -> None:
    rows = [("某某表",), [None] * (door.width - 1) + [above], door.heading, *door.rows]
    outcome = door.read(bench, write(tmp_path / "a.xlsx", rows))
    assert outcome.fen == [120_000 * times, 30_000 * times]
    assert [("换算" in told) for told in outcome.findings] == ([] if times == 1 else [True])


@every_door
def test_the_headings_own_unit_goes_before_that_above_the_table(door: Door, bench: Workbench, tmp_path: Path) -> None:
    heading = list(door.heading)
    heading[door.money] += "(元)"
    outcome = door.read(bench, write(tmp_path / "a.xlsx", [("单位：万元",), heading, *door.rows]))
    assert (outcome.fen, outcome.findings) == ([120_000, 30_000], [])


@every_door
@pytest.mark.parametrize("word", ["小计", "合　计", "一组合计", "二组小计：", "总计", "共计2户", "总计（2户）", "合计：2户8人", "全村合计"])
@pytest.mark.parametrize("place", ["first", "word"])
def test_sums_in_any_column_are_no_rows(
    door: Door, place: str, word: str, bench: Workbench, tmp_path: Path
) -> None:
    total = door.line(**{"c0" if place == "first" else "word": word, "money": 1500})
    outcome = door.read(bench, write(tmp_path / "a.xlsx", [door.heading, door.rows[0], total, door.rows[1], total]))
    if door.name == "ledger" and place == "word" and word not in ("小计", "合　计", "总计"):
        return  # a payee of such a name is a name
    assert (outcome.fen, outcome.musts) == ([120_000, 30_000], [])


@every_door
@pytest.mark.parametrize("foot", ["制表：陈经办", "以上情况属实。", "审核人：", "注：本表一式三份", "大写：壹仟伍佰元整"])
def test_the_foot_is_no_row(door: Door, foot: str, bench: Workbench, tmp_path: Path) -> None:
    outcome = door.read(bench, write(tmp_path / "a.xlsx", [door.heading, *door.rows, [], door.line(c0=foot)]))
    assert (outcome.fen, outcome.musts) == ([120_000, 30_000], [])


@every_door
def test_a_heading_of_two_rows_under_merged_groups(door: Door, bench: Workbench, tmp_path: Path) -> None:
    upper = [*(["基本情况"] + [None] * (door.width - 2)), door.heading[-1]]
    lower = [*door.heading[:-1], None]
    last = chr(64 + door.width)
    merges = [f"A1:{chr(63 + door.width)}1", f"{last}1:{last}2"]
    outcome = door.read(bench, write(tmp_path / "a.xlsx", [upper, lower, *door.rows], merges))
    assert (outcome.fen, outcome.findings) == ([120_000, 30_000], [])


@every_door
def test_a_title_over_a_group_of_rows_is_told(door: Door, bench: Workbench, tmp_path: Path) -> None:
    rows = [door.heading, ["一组"], door.rows[0], ["二组"], door.rows[1]]
    last = chr(64 + door.width)
    outcome = door.read(bench, write(tmp_path / "a.xlsx", rows, [f"A2:{last}2", f"A4:{last}4"]))
    assert (outcome.fen, outcome.musts) == ([120_000, 30_000], [])


def test_formulas_filled_down_below_a_list_blame_nobody(bench: Workbench, tmp_path: Path) -> None:
    zeros = REGISTER.line(c5=0, money=0)
    outcome = REGISTER.read(bench, write(tmp_path / "a.xlsx", [REGISTER.heading, *REGISTER.rows, zeros, zeros]))
    assert outcome.fen == [120_000, 30_000]
    assert outcome.musts == []
    assert [told.split()[0] for told in outcome.findings] == ["第4行", "第5行"]


@pytest.mark.parametrize(
    ("heading", "cell", "area"),
    [
        ("种养面积(分)", 35, 3500),
        ("种养面积(㎡)", 2000, 3000),
        ("种养面积（平方米）", "666.667", 1000),
        ("种养面积(公顷)", 0.2, 3000),
        ("种养面积/亩", 3.5, 3500),
        ("种养面积", "3.5", 3500),
    ],
)
def test_areas_in_other_units_are_converted_exactly(
    heading: str, cell: object, area: int, bench: Workbench, tmp_path: Path
) -> None:
    from fupin_desktop.services.imports.preview import prepare

    path = write(tmp_path / "a.xlsx", [(*REGISTER.heading, heading), (*REGISTER.rows[0], cell)])
    preview = prepare(bench, path, village="低岭村")
    assert [record.farm[0].area_milli for record in preview.good] == [area]
