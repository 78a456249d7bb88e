"""What is offered while a cell is typed: closed lists, words in use, names of records, several words after each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.services import registers
from fupin_desktop.services.registers import HOUSEHOLDS, references, registry
from fupin_desktop.services.registers.suggestions import fitting, suggest
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import add_household, add_item, make_office
from tests.services.registers.ledger_office import add, fill

WORDS = ("水稻", "莲藕", "水产", "三黄鸡", "Shui牌")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", list(WORDS)),
        ("水", ["水稻", "水产"]),
        ("sd", ["水稻"]),
        ("s", ["Shui牌", "水稻", "水产", "三黄鸡"]),
        ("SHJ", ["三黄鸡"]),
        ("藕", ["莲藕"]),
        ("稻藕", []),
        ("shui", ["Shui牌"]),
        ("hj", ["三黄鸡"]),
    ],
)
def test_beginnings_go_before_initials_and_these_before_parts(typed: str, offered: list[str]) -> None:
    assert fitting(WORDS, typed) == offered


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_office(tmp_path)
    for code, name in (("H001", "张三"), ("H002", "张三"), ("H003", "李四"), ("H004", "王五")):
        add_household(made, name, code=code)
    yield made
    made.close()


def offered(bench: Workbench, register: str, column: str, typed: str, limit: int = 50) -> list[str]:
    one = registry.of(register)
    info = next(found for found in registers.columns(one) if found.key == column)
    return suggest(bench, one, info, typed, limit)


def test_closed_lists_are_offered_whole(bench: Workbench) -> None:
    assert offered(bench, "households", "household_class", "") == ["贫困户", "脱贫户", "监测户", "边缘户", "一般户"]
    assert offered(bench, "households", "cooperative", "") == ["是", "否"]
    assert offered(bench, "households", "area_total", "") == []
    assert offered(bench, "households", "head_name", "") == []


def test_words_in_use_come_the_most_frequent_first(bench: Workbench) -> None:
    (first, second, *_rest) = registers.all_keys(bench, registers.Query(HOUSEHOLDS, bench.year))
    for household, product in ((first, "莲藕"), (first, "水稻"), (second, "水稻")):
        add_item(bench, household, product)
    assert offered(bench, "farm_items", "product", "")[:2] == ["水稻", "莲藕"]
    assert offered(bench, "farm_items", "product", "lo") == ["莲藕"]
    for product in ("莲子", "莲藕"):
        add_item(bench, second, product)
    assert offered(bench, "farm_items", "product", "莲") == ["莲藕", "莲子"]


def test_two_of_one_name_are_offered_with_their_numbers(bench: Workbench) -> None:
    assert offered(bench, "linkages", "household", "张") == ["张三(H001)", "张三(H002)"]
    assert offered(bench, "linkages", "household", "ls") == ["李四"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("张三", {"张三(H001)", "张三(H002)"}), ("H003", {"李四(H003)"}), ("ls", {"李四(H003)"}), ("低岭", {"张三(H001)", "张三(H002)", "李四(H003)", "王五(H004)"}), ("赵", set())],
)
def test_of_very_many_names_the_register_is_searched(bench: Workbench, monkeypatch: pytest.MonkeyPatch, typed: str, found: set[str]) -> None:
    monkeypatch.setattr(references, "KNOWN", 2)
    assert set(offered(bench, "linkages", "household", typed)) == found
    assert len(offered(bench, "linkages", "household", typed, limit=1)) == min(1, len(found))


def test_what_is_offered_of_very_many_can_be_typed(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "KNOWN", 2)
    fill(bench, "entities")
    for text, code in (("张三(H002)", "H002"), ("H003", "H003"), ("王五", "H004")):
        outcome = add(bench, "linkages", household=text, way="务工")
        assert outcome.change, outcome.problems
        register = registry.of("linkages")
        last = max(registers.all_keys(bench, registers.Query(register, bench.year)))
        (row,) = registers.rows(bench, register, bench.year, [last])
        (household,) = registers.rows(bench, HOUSEHOLDS, bench.year, [row.parent])
        assert household.cells[0] == code
    assert add(bench, "linkages", household="张三", way="土地租金").refused


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("", ["低岭村", "那罗村"]),
        ("nl", ["那罗村"]),
        ("低岭村、", ["低岭村、那罗村"]),
        ("低岭村、d", []),
        ("低岭村、那", ["低岭村、那罗村"]),
        ("那罗村", ["那罗村"]),
    ],
)
def test_further_words_come_after_those_typed_and_none_twice(bench: Workbench, typed: str, offers: list[str]) -> None:
    assert offered(bench, "projects", "villages", typed) == offers
