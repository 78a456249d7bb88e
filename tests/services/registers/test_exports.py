"""What is exported can be imported again and changes nothing; what is shown is exported as it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from fupin_desktop.errors import Cancelled, PlaceGone
from fupin_desktop.services import exports, registers
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.headings import CANONICAL, PERSON_COLUMNS, all_fields
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, PERSONS, Query, Register
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import FarmItem, Household, Participation, Person
from fupin_desktop.storage.fields import of
from tests.services.register_office import make_office

SAMPLES = Path(__file__).parents[3] / "resources" / "samples"
CASES = Path(__file__).parents[2] / "cases" / "registers"
DERIVED = {"position"}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    """An office with the sample register, its persons, and a household with rare characters."""
    made = make_office(tmp_path / "office")
    for path in (SAMPLES / "人口名单(系统导出).xls", SAMPLES / "奖补登记表(待整理).xlsx", CASES / "libreoffice.ods"):
        apply(made, prepare(made, path), only_good=True)
    yield made
    made.close()


def rows_of(path: Path) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))


def contents(bench: Workbench) -> dict[str, list[Any]]:
    """All that the registers hold, without keys."""
    found: dict[str, list[Any]] = {}
    with bench.read() as session:
        for entity in (Household, Participation, FarmItem, Person):
            names = sorted(of(entity))
            rows = session.execute(select(*[getattr(entity, name) for name in names]))
            found[entity.__tablename__] = sorted(map(str, rows))
    return found


@pytest.mark.parametrize("register", [HOUSEHOLDS, FARM_ITEMS, PERSONS])
def test_an_export_imported_again_changes_nothing(bench: Workbench, tmp_path: Path, register: Register) -> None:
    path = tmp_path / "名册.xlsx"
    assert exports.write_register(bench, register, path) == len(rows_of(path)) - 1
    preview = prepare(bench, path)
    assert [one.text for one in preview.findings if one.must] == []
    assert preview.comparison is not None
    assert preview.comparison.changes_nothing
    assert "没有变化" in apply(bench, preview).message


def test_an_export_brings_an_empty_office_the_same(bench: Workbench, tmp_path: Path) -> None:
    other = make_office(tmp_path / "other")
    for register in (PERSONS, HOUSEHOLDS):
        exports.write_register(bench, register, tmp_path / "a.xlsx")
        apply(other, prepare(other, tmp_path / "a.xlsx"))
    expected = contents(bench)
    found = contents(other)
    other.close()
    assert found["persons"] == expected["persons"]
    assert found["farm_items"] == expected["farm_items"]
    assert found["participations"] == expected["participations"]
    assert len(found["households"]) == len(expected["households"])


def test_the_headings_are_the_canonical_ones(bench: Workbench, tmp_path: Path) -> None:
    for register, keys in ((HOUSEHOLDS, CANONICAL), (PERSONS, PERSON_COLUMNS)):
        exports.write_register(bench, register, tmp_path / "a.xlsx")
        assert list(rows_of(tmp_path / "a.xlsx")[0]) == [all_fields()[key].heading for key in keys]


def test_long_numbers_are_text_and_amounts_are_numbers(bench: Workbench, tmp_path: Path) -> None:
    exports.write_register(bench, HOUSEHOLDS, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in sheet.iter_rows(min_row=2) if row[heads["户主姓名"] - 1].value == "李亚保")
    number, cost, quantity = (row[heads[head] - 1] for head in ("户主证件号码", "核定成本(元)", "验收数量"))
    assert (number.value, number.data_type, number.number_format) == ("440883196803120019", "s", "@")
    assert (cost.value, cost.data_type, cost.number_format) == (4600, "n", "#,##0.00")
    assert quantity.value == 12.3
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"


def test_rare_characters_go_out_and_come_in(bench: Workbench, tmp_path: Path) -> None:
    exports.write_register(bench, HOUSEHOLDS, tmp_path / "a.xlsx")
    assert any("吴华㛃𠅤" in row for row in rows_of(tmp_path / "a.xlsx"))


def test_a_question_is_exported_as_it_is_shown(bench: Workbench, tmp_path: Path) -> None:
    query = Query(HOUSEHOLDS, bench.year, sort=(("head_name", False),))
    columns = ["head_name", "village", "cost_total", "no such column"]
    written = exports.export_query(bench, query, tmp_path / "a.xlsx", columns=columns)
    rows = rows_of(tmp_path / "a.xlsx")
    assert rows[0] == ("户主姓名", "行政村", "成本合计(元)")
    shown = registers.window(bench, query, 0, written)
    assert [row[0] for row in rows[1:]] == [row.cells[1] for row in shown]
    assert all(row[2] is None or isinstance(row[2], int | float) for row in rows[1:])


def test_all_columns_of_a_question(bench: Workbench, tmp_path: Path) -> None:
    for register in (HOUSEHOLDS, FARM_ITEMS, PERSONS):
        query = Query(register, bench.year)
        assert exports.export_query(bench, query, tmp_path / "a.xlsx") == registers.count(bench, query)
        assert list(rows_of(tmp_path / "a.xlsx")[0]) == [info.heading for info in registers.columns(register)]


def test_an_empty_register_is_a_heading(tmp_path: Path) -> None:
    bench = make_office(tmp_path / "office")
    assert exports.write_register(bench, HOUSEHOLDS, tmp_path / "a.xlsx") == 0
    assert len(rows_of(tmp_path / "a.xlsx")) == 1
    bench.close()


def test_cancelling_writes_no_file(bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fupin_desktop.documents.drawing.table_workbook._EVERY", 1)

    def stop(_done: int, _total: int, _text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        exports.write_register(bench, HOUSEHOLDS, tmp_path / "a.xlsx", progress=stop)
    assert not (tmp_path / "a.xlsx").exists()


def test_a_place_that_is_gone_is_told(bench: Workbench, tmp_path: Path) -> None:
    with pytest.raises(PlaceGone):
        exports.write_register(bench, PERSONS, tmp_path / "U盘" / "a.xlsx")


def test_equal_data_make_equal_files(bench: Workbench, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        exports.write_register(bench, PERSONS, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_every_register_has_a_blank_workbook_that_imports_what_is_filled_in(bench: Workbench, tmp_path: Path) -> None:
    for register in registers.registry.all():
        if not register.computed_by:
            exports.write_blank(bench, register, tmp_path / f"{register.name}.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "households.xlsx").active
    headings = [cell.value for cell in sheet[1]]
    offered = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    place = openpyxl.utils.get_column_letter(headings.index("参与情况") + 1)
    assert offered[f"{place}2:{place}301"] == '"参与,分散参与,未参与"'
    assert [cell.value for cell in sheet[2]] == [None] * len(headings)
    assert sheet.cell(2, headings.index("户主证件号码") + 1).number_format == "@"
    new = {"户主姓名": "陈新", "户主证件号码": "440883197209050139", "行政村": "低岭村", "参与情况": "分散参与", "产品": "水稻"}
    for heading, value in new.items():
        sheet.cell(2, headings.index(heading) + 1).value = value
    sheet.parent.save(tmp_path / "填好.xlsx")
    preview = prepare(bench, tmp_path / "填好.xlsx")
    assert [one.text for one in preview.findings if one.must] == []
    assert preview.good_count == 1
