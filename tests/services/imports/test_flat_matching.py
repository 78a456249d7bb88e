"""Which registered record a row of a list means: by its number, by its name, by neither, by both of two records."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.registers import registry
from tests.services.registers.desk import Desk, open_desk
from tests.services.registers.register_cases import changed

FIRST, SECOND = "91440883MA4UQ0A00A", "91440883MA4UQ0B00B"
Row = dict[str, str]
ENTITIES: tuple[Row, ...] = ({"name": "甲合作社", "credit_code": FIRST}, {"name": "乙合作社", "credit_code": SECOND})


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("matching")) as made:
        yield made


def imported(desk: Desk, tmp_path: Path, register: str, standing: Sequence[Row], head: str, *rows: str) -> tuple[tuple[int, int, int], list[str]]:
    """How many rows a list would add, change and leave, and what keeps rows out."""
    done = sum(desk.add(register, changed(register, dict(one))) for one in standing)
    assert done == len(standing)
    try:
        path = tmp_path / "名单.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head.split(), *(row.split("|") for row in rows)])
        preview = prepare(desk.bench, path, importer=importer_of(registry.of(register)))
        found = preview.comparison
        assert found is not None, preview.missing
        return (len(found.added), len(found.changed), found.unchanged), [one.sentence for one in preview.findings if one.must]
    finally:
        desk.undo(done)


@pytest.mark.parametrize(
    ("row", "counts", "told"),
    [
        (f"甲合作社|农民合作社|吴强|{FIRST}", (0, 0, 1), ""),
        ("甲合作社|农民合作社|吴强|", (0, 0, 1), ""),
        ("甲合作社|农民合作社|李四|", (0, 1, 0), ""),
        ("丙合作社|农民合作社|吴强|", (1, 0, 0), ""),
        (f"甲合作社|农民合作社|吴强|{SECOND}", (0, 0, 0), "统一社会信用代码是台账里“乙合作社”的，主体名称却是“甲合作社”的"),
        (f"丁合作社|农民合作社|吴强|{FIRST}", (0, 0, 0), "统一社会信用代码在台账里已有一条，名称是“甲合作社”，这里是“丁合作社”"),
    ],
)
def test_an_entity_is_known_by_its_number_and_by_its_name(desk: Desk, tmp_path: Path, row: str, counts: tuple[int, int, int], told: str) -> None:
    found, faults = imported(desk, tmp_path, "entities", ENTITIES, "主体名称 主体类型 负责人 统一社会信用代码", row)
    assert (found, faults) == (counts, [told] if told else [])


def test_of_two_records_of_one_name_a_row_without_a_number_is_unclear(desk: Desk, tmp_path: Path) -> None:
    standing = ({"name": "甲合作社", "credit_code": FIRST}, {"name": "甲合作社", "credit_code": SECOND})
    head = "主体名称 主体类型 负责人 统一社会信用代码"
    found, faults = imported(desk, tmp_path, "entities", standing, head, "甲合作社|农民合作社|吴强|")
    assert (found, faults) == ((0, 0, 0), ["台账里有 2 条主体名称与这一行相同"])


@pytest.mark.parametrize(
    ("standing", "rows", "counts"), [(0, 2, (2, 0, 0)), (1, 2, (1, 0, 1)), (2, 2, (0, 0, 2)), (2, 3, (1, 0, 2)), (2, 1, (0, 0, 1))]
)
def test_equal_sales_answer_to_equal_rows_in_their_order(desk: Desk, tmp_path: Path, standing: int, rows: int, counts: tuple[int, int, int]) -> None:
    found, faults = imported(desk, tmp_path, "sales", ({},) * standing, "日期 产品 对接形式 金额", *("2026-01-02|大米|订单|100",) * rows)
    assert (found, faults) == (counts, [])


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        ("2026-01-03|镇扶贫办|公示不全|补齐|吴强|2026-12-01", (0, 0, 1)),
        ("2026-01-03|镇扶贫办|公示不全|补齐|李四|2026-12-01", (0, 1, 0)),
        ("2026-01-04|镇扶贫办|公示不全|补齐|吴强|2026-12-01", (1, 0, 0)),
        ("2026-01-03|镇扶贫办|台账不全|补齐|吴强|2026-12-01", (1, 0, 0)),
    ],
)
def test_an_issue_is_known_by_its_day_and_what_was_found(desk: Desk, tmp_path: Path, row: str, counts: tuple[int, int, int]) -> None:
    head = "检查日期 检查单位 发现问题 整改措施 责任人 整改期限"
    assert imported(desk, tmp_path, "inspections", ({},), head, row) == (counts, [])


def test_what_comes_in_by_itself_is_changed_by_a_list_and_not_added(desk: Desk, tmp_path: Path) -> None:
    found, faults = imported(desk, tmp_path, "village_facts", (), "行政村 主导产业 总户数", "低岭村|水稻|120", "没有的村|番薯|9")
    assert found == (0, 1, 0)
    assert faults == ["台账里没有这一条，村资料不在这里新增"]


def test_a_survey_of_a_village_is_known_though_it_names_no_household(desk: Desk, tmp_path: Path) -> None:
    head = "调查表 行政村 调查人"
    row = "村产业扶贫摸底调查表|低岭村|李四"
    assert imported(desk, tmp_path, "surveys", ({},), head, row) == ((0, 1, 0), [])
    assert imported(desk, tmp_path, "surveys", ({},), head, row.replace("低岭村", "那罗村")) == ((1, 0, 0), [])
    found, faults = imported(desk, tmp_path, "surveys", (), head, row, row)
    assert found[0] == 1
    assert len(faults) == 1
