"""The same cell becomes the same value at every door by which it can come in."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from fupin_desktop.__main__ import main
from fupin_desktop.cli.office import opened
from fupin_desktop.documents.definition.form import Field as FormField
from fupin_desktop.documents.filling.data import parse_value
from fupin_desktop.domain.capital import to_capital
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.services import registers
from fupin_desktop.services.funds.import_sheets import open_sheet
from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, CellEdit, Outcome
from fupin_desktop.services.sheets.reader import open_workbook
from fupin_desktop.services.values import Place, show
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import FarmItem, Household
from fupin_desktop.storage.search_keys import initials
from fupin_desktop.ui.models.scheme_rows import number_text
from tests.services.imports.making import book
from tests.services.register_office import add_household, add_item, make_office
from tests.services.values.cases import NAMES, Case, cases_of

IN_REGISTERS = [name for name in NAMES if name not in ("date", "percent")]
TYPED = [case for name in IN_REGISTERS for case in cases_of(name) if case.typed]
HEAD = ("户编号", "户主姓名", "行政村", "参与情况", "产品", "计量单位")
ON_PAPER = {"money": "money", "area": "area", "quantity": "quantity", "count": "count", "date": "date", "choice": "choice",
            "flag": "yes_no"}  # fmt: skip


# ---- the window's table ----
@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workbench, str, str]]:
    bench = make_office(tmp_path_factory.mktemp("office"))
    household = add_household(bench, "李亚保", kind="参与")
    add_item(bench, household)
    with bench.read() as session:
        item = session.scalars(select(FarmItem.key)).one()
    yield bench, household, item
    bench.close()


def place_of(case: Case, office: tuple[Workbench, str, str]) -> tuple[registers.Register, Any, str, str]:
    group, column = case.key.split(".")
    if group == "farm":
        return FARM_ITEMS, FarmItem, office[2], column
    return HOUSEHOLDS, Household, office[1], column


def shown_as(name: str) -> str:
    """Key of the table's column that shows an attribute."""
    return name.removesuffix("_milli").removesuffix("_fen")


def assert_stored(case: Case, office: tuple[Workbench, str, str], outcome: Outcome, place: Place) -> None:
    _register, entity, key, column = place_of(case, office)
    assert outcome.refused == case.refused(place), outcome.problems
    assert case.finding in ("", *(one.code.removeprefix("register.") for one in outcome.problems))
    if not outcome.refused:
        with office[0].read() as session:
            stored = session.scalars(select(getattr(entity, column)).where(entity.key == key)).one()
        assert stored == (case.stored if case.stored is not None or stored is None else "")


@pytest.mark.parametrize("case", TYPED, ids=str)
def test_typed_into_a_cell(case: Case, office: tuple[Workbench, str, str]) -> None:
    register, _entity, key, name = place_of(case, office)
    outcome = registers.set_cells(office[0], register, [CellEdit(key, shown_as(name), str(case.raw))])
    assert_stored(case, office, outcome, Place.TYPED)


@pytest.mark.parametrize("case", TYPED, ids=str)
def test_pasted_into_a_cell(case: Case, office: tuple[Workbench, str, str]) -> None:
    register, _entity, key, name = place_of(case, office)
    outcome = registers.paste(office[0], register, [key], [shown_as(name)], f"{case.raw}\r\n")
    assert_stored(case, office, outcome, Place.PASTED)


# ---- workbooks of registers, in the window and at the command line ----
def distinct(name: str) -> list[Case]:
    """The cases of a file that can stand in one list: of identity numbers each once."""
    seen: set[Any] = set()
    if name != "id_number":
        return list(cases_of(name))
    return [case for case in cases_of(name) if case.stored is None or not (case.stored in seen or seen.add(case.stored))]


def register_book(path: Path, cases: Sequence[Case]) -> Path:
    heading = cases[0].field.heading
    rows = [(f"C{at:03d}", f"李亚{'一二三四五六七八九十'[at % 10]}", "低岭村", "参与", "水稻", "亩", case.raw) for at, case in enumerate(cases)]
    return book(path, [(*HEAD, heading), *rows])


@pytest.mark.parametrize("name", IN_REGISTERS)
def test_read_out_of_a_register_in_a_workbook(name: str, tmp_path: Path) -> None:
    cases = distinct(name)
    preview = prepare(None, register_book(tmp_path / "名册.xlsx", cases))
    group, column = cases[0].key.split(".")
    codes = {one.row: one.code for one in preview.findings if one.column == len(HEAD)}
    households = {one.code: one for one in preview.parsed.records}
    for at, case in enumerate(cases):
        record: Any = households[f"C{at:03d}"]
        value = getattr(record.farm[0] if group == "farm" else record, column)
        found = (value, codes.get(at + 1, ""), at + 1 in preview.bad_rows)
        assert found == (case.stored, f"import.{case.finding}" if case.finding else "", case.refused(Place.IMPORTED)), case


@pytest.mark.parametrize("name", IN_REGISTERS)
def test_imported_at_the_command_line(name: str, tmp_path: Path) -> None:
    cases = distinct(name)
    path = register_book(tmp_path / "名册.xlsx", cases)
    main(["import", str(path), "--data", str(tmp_path / "数据"), "--only-good"])
    group, column = cases[0].key.split(".")
    entity: Any = FarmItem if group == "farm" else Household
    statement = select(Household.code, getattr(entity, column))
    with opened(Namespace(data=tmp_path / "数据")) as bench, bench.read() as session:
        joined = statement if group != "farm" else statement.join(FarmItem, FarmItem.household_key == Household.key)
        stored = {code: value for code, value in session.execute(joined)}  # noqa: C416 - a row is no plain pair
    wanted = {f"C{at:03d}": case.stored for at, case in enumerate(cases) if not case.refused(Place.IMPORTED)}
    assert {code: value if value != "" else None for code, value in stored.items()} == wanted


# ---- ledger ----
@pytest.mark.parametrize("name", ["money", "date"])
def test_read_out_of_a_ledger(name: str, tmp_path: Path) -> None:
    cases = cases_of(name)
    pairs = [("2026-02-01", case.raw) if name == "money" else (case.raw, 1) for case in cases]
    rows = [(day, "专项资金", "到账", amount, f"第{at}行") for at, (day, amount) in enumerate(pairs)]
    path = book(tmp_path / "台账.xlsx", [("日期", "资金名称", "类型", "金额(元)", "摘要"), *rows])
    (sheet,) = open_workbook(path).sheets
    opened = open_sheet(sheet)
    assert opened is not None
    found = {row.text("note"): row for row in opened.rows()}
    for at, case in enumerate(cases):
        row = found[f"第{at}行"]
        value = row.fen.get("amount") if name == "money" else row.dates.get("dated")
        if case.finding == "negative":
            assert (value or 0) < 0
        else:
            assert (value, row.wrong) == (case.taken(Place.LEDGER) or None, case.refused(Place.LEDGER)), case


# ---- lists of the records of one owner ----
@pytest.mark.parametrize("name", ["money", "date"])
def test_read_out_of_a_list_of_donors(name: str, tmp_path: Path) -> None:
    cases = [case for case in cases_of(name) if case.finding != "negative"]
    pairs = [(case.raw, "") if name == "money" else (1, case.raw) for case in cases]
    rows = [(f"捐{at}", amount, day) for at, (amount, day) in enumerate(pairs)]
    path = book(tmp_path / "名单.xlsx", [("捐赠人", "金额", "日期"), *rows])
    preview = prepare(None, path, importer=importer_of(registers.registry.of("donors"), "一笔捐款"))
    found = {record.texts["own.name"]: record for record in preview.parsed.records}
    for at, case in enumerate(cases):
        record = found[f"捐{at}"]
        value = record.texts.get("own.amount_fen" if name == "money" else "own.given_on")
        refused = record.row in preview.bad_rows
        assert refused == case.refused(Place.IMPORTED) or (name == "money" and case.stored is None), case
        assert value == (case.stored if not case.refused(Place.IMPORTED) else None), case


# ---- papers, scheme grids, arguments ----
@pytest.mark.parametrize("case", [case for name in ON_PAPER for case in cases_of(name) if case.typed], ids=str)
def test_typed_on_a_paper(case: Case) -> None:
    choices = tuple(word.label for word in HouseholdClass) if case.name == "choice" else ()
    field = FormField("one", case.field.label, ON_PAPER[case.name], unit=case.field.unit, choices=choices)
    if case.refused(Place.TYPED):
        with pytest.raises(ValueError, match=".") as told:
            parse_value(field, str(case.raw), initials=initials)
        assert not str(told.value).endswith("。")
        return
    value = parse_value(field, str(case.raw), initials=initials)
    parts = {"money": 100, "area": 1000, "quantity": 1000}.get(case.name)
    wanted = case.stored if parts is None or case.stored is None else Decimal(case.stored) / parts
    assert value == (show(case.field, wanted) or None if case.name == "choice" else wanted)


@pytest.mark.parametrize("case", [case for case in cases_of("money") if case.typed and not case.finding], ids=str)
def test_typed_into_a_scheme(case: Case) -> None:
    if case.stored is not None:
        assert Decimal(number_text(str(case.raw))) * 100 == case.stored


@pytest.mark.parametrize("case", [case for case in cases_of("money") if case.typed], ids=str)
def test_given_as_an_amount_at_the_command_line(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    taken = case.taken(Place.COMMAND)
    assert main(["amount", "--", str(case.raw)]) == (0 if taken is not None else 3)
    assert capsys.readouterr().out == ("" if taken is None else f"人民币{to_capital(from_fen(taken))}\n")


@pytest.mark.parametrize("case", [case for case in cases_of("date") if case.typed], ids=str)
def test_given_as_a_day_at_the_command_line(case: Case) -> None:
    import argparse

    from fupin_desktop.cli.main import any_date

    if case.taken(Place.COMMAND) is None:
        with pytest.raises(argparse.ArgumentTypeError):
            any_date(str(case.raw))
    else:
        assert any_date(str(case.raw)) == case.stored
