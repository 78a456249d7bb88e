"""Cells become exact stored values; what is wrong with one says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.domain.area import from_milli
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.reading.texts import village_name
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.imports.converters import Converter, converter, village_converter
from fupin_desktop.services.imports.headings import all_fields
from fupin_desktop.services.sheets.raw import Cell
from fupin_desktop.services.values import Context, Place, Reading

TODAY = date(2026, 11, 21)


def column(key: str, *, times: int = 1) -> Converter:
    return converter(all_fields()[key].field, Context(Place.IMPORTED, TODAY, times=times))


def read(key: str, raw: Cell, **more: Any) -> tuple[Any, str]:
    """The value with the code of its fault."""
    found = column(key, **more)
    value = found[raw]
    return value, found.faults[raw].code.removeprefix("import.") if raw in found.faults else ""


@pytest.mark.parametrize(
    ("raw", "value", "fault"),
    [
        ("", None, ""),
        (0.0, 0, ""),
        (12.3, 1230, ""),
        (0.1 + 0.2, 30, ""),
        (1234567890.12, 123456789012, ""),
        ("１，２３４．５０", 123450, ""),
        ("¥1,234.5", 123450, ""),
        ("88元", 8800, ""),
        ("—", None, ""),
        ("无", None, ""),
        (10 / 3, 333, "rounded"),
        ("3.335", 334, "rounded"),
        (-0.01, None, "negative"),
        ("-5", None, "negative"),
        ("约3000", None, "not_a_number"),
        ("1.2万", 1_200_000, ""),
        (date(2026, 3, 1), None, "not_a_number"),
        (True, None, "not_a_number"),
        ("#REF!", None, "cell_error"),
        (1e15, None, "too_large"),
    ],
)
def test_money(raw: Cell, value: int | None, fault: str) -> None:
    assert read("farm.cost_fen", raw) == (value, fault)


def test_money_in_ten_thousands_stays_exact() -> None:
    assert read("household.production_income_fen", 1.23, times=10_000) == (1_230_000, "")
    assert read("household.production_income_fen", "0.000001", times=10_000) == (1, "")
    assert read("household.production_income_fen", "0.0000001", times=10_000) == (0, "rounded")


@pytest.mark.parametrize(
    ("raw", "value", "fault"),
    [
        (9.999, 9999, ""),
        (10.0, 10000, ""),
        ("10.001亩", 10001, ""),
        (100.0, 100_000, ""),
        (100.001, 100_001, "area_above_limit"),
        (-0.001, None, "negative"),
        (0.0005, 1, "rounded"),
        ("/", None, ""),
    ],
)
def test_areas(raw: Cell, value: int | None, fault: str) -> None:
    assert read("farm.area_milli", raw) == (value, fault)


@given(st.integers(min_value=0, max_value=10**12))
def test_every_float_of_a_thousandth_is_that_thousandth(milli: int) -> None:
    """A float cell 12.3 is 12.3."""
    assert read("farm.declared_milli", milli / 1000)[0] == milli if milli < 10**12 else True
    if milli < 10**12:
        assert from_milli(milli) == Decimal(f"{milli / 1000:.15g}")


@given(st.integers(min_value=0, max_value=10**13))
def test_amounts_are_read_back_from_text_and_from_numbers(fen: int) -> None:
    amount = from_fen(fen)
    assert read("farm.income_fen", str(amount)) == (fen, "")
    assert read("farm.income_fen", f"{amount:,}") == (fen, "")
    assert read("farm.income_fen", float(amount)) == (fen, "")


@given(st.one_of(st.text(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.dates()))
def test_no_cell_makes_any_converter_stumble(raw: Cell) -> None:
    for key in all_fields():
        found = column(key)
        found[raw]
        for fault in found.faults.values():
            assert fault.sentence
            assert fault.todo
            assert not fault.sentence.endswith("。")


@pytest.mark.parametrize(
    ("raw", "value", "fault"),
    [
        ("440883196803120019", "440883196803120019", ""),
        ("\t４４０８８３１９６８０３１２００１９ ", "440883196803120019", ""),
        ("G440883196803120019", "440883196803120019", ""),
        ("440883198706109810", "440883198706109810", ""),
        (4.40883198706109e17, None, "id_ruined"),
        ("4.40883E+17", "4.40883E+17", "id_wrong"),
        ("440883196803120018", "440883196803120018", "id_wrong"),
        ("440883199902310019", "440883199902310019", "id_wrong"),
        ("44088319680312001", "44088319680312001", "id_wrong"),
        ("440883680312001", "440883196803120019", "id_old"),
        (440883680312001.0, "440883196803120019", "id_old"),
        ("无", None, ""),
        (True, None, "id_ruined"),
        (date(2026, 1, 1), "2026-01-01", "id_wrong"),
    ],
)
def test_identity_numbers(raw: Cell, value: str | None, fault: str) -> None:
    assert read("household.head_id_number", raw) == (value, fault)


def test_nobody_is_born_after_today() -> None:
    number = "44088320261122001X"
    found = column("person.id_number")
    assert found[number] == number
    assert found.faults[number].severity is Severity.MUST


@pytest.mark.parametrize(
    ("raw", "value", "fault"),
    [
        ("13800000113", "13800000113", ""),
        (13800000113.0, "13800000113", ""),
        ("138 0000 0113", "13800000113", ""),
        ("0759-5581234", "0759-5581234", ""),
        ("1380000011", "1380000011", "phone_doubtful"),
        ("无", None, ""),
    ],
)
def test_phones(raw: Cell, value: str | None, fault: str) -> None:
    assert read("household.phone", raw) == (value, fault)


@pytest.mark.parametrize(
    ("raw", "value", "fault"),
    [
        ("6217 0012 1002 4455 22", "621700121002445522", "account_luhn"),
        ("6222020200112233445", "6222020200112233445", "account_luhn"),
        ("80020000012345678", "80020000012345678", "account_luhn"),
        ("800200000123", "800200000123", ""),
        ("62-17", "6217", "account_doubtful"),
        (6.21700121002446e18, None, "account_ruined"),
        ("6.217E+18", None, "account_ruined"),
        (800200000123.0, "800200000123", ""),
        ("—", None, ""),
    ],
)
def test_accounts(raw: Cell, value: str | None, fault: str) -> None:
    assert read("household.bank_account", raw) == (value, fault)


def test_a_card_that_passes_its_check_has_no_warning() -> None:
    assert read("household.bank_account", "6299990759000001136") == ("6299990759000001136", "")


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("year.kind", "参与", "base"),
        ("year.kind", "是", "base"),
        ("year.kind", "分 散", "scattered"),
        ("year.kind", "分散参与", "scattered"),
        ("year.kind", "否", "none"),
        ("household.household_class", "脱贫不稳定户", "monitored"),
        ("household.household_class", "边缘易致贫户", "edge"),
        ("household.household_class", "一般脱贫户", "out_of_poverty"),
        ("household.household_class", "建档立卡贫困户", "poor"),
        ("household.household_class", "低保贫困户", "poor"),
        ("household.household_class", "五保", "poor"),
        ("household.household_class", "一般户", "ordinary"),
        ("farm.base_kind", "合作社基地", "cooperative"),
        ("farm.base_kind", "种养大户", "large"),
        ("farm.base_kind", "自种", "scattered"),
    ],
)
def test_words_and_their_variants(key: str, raw: str, value: str) -> None:
    assert read(key, raw) == (value, "")


def test_an_unknown_word_lists_the_known_ones() -> None:
    found = column("household.household_class")
    assert found["低收入"] is None
    assert "脱贫户" in found.faults["低收入"].todo


@pytest.mark.parametrize(
    ("raw", "value", "fault"),
    [
        (5.0, 5, ""),
        ("5人", 5, ""),
        ("５", 5, ""),
        (30.0, 30, ""),
        (31.0, 31, "count_above_limit"),
        (2.5, None, "not_a_count"),
        ("五", None, "not_a_count"),
        (-1.0, None, "not_a_count"),
        (True, None, "not_a_count"),
        ("", None, ""),
    ],
)
def test_counts(raw: Cell, value: int | None, fault: str) -> None:
    assert read("household.members", raw) == (value, fault)


@pytest.mark.parametrize(("raw", "value"), [("是", True), ("否", False), ("√", True), (1.0, True), (True, True), ("", None), ("不详", None)])
def test_flags(raw: Cell, value: bool | None) -> None:
    assert read("household.cooperative", raw) == (value, "")


def test_an_unclear_flag_is_told() -> None:
    assert read("household.cooperative", "大概")[1] == "not_a_flag"


@pytest.mark.parametrize(
    ("raw", "value", "fault"),
    [("4408831079020001", "4408831079020001", ""), (12345.0, "12345", ""), (4.40883107902e15, None, "code_ruined"), (" DL 001 ", "DL001", "")],
)
def test_codes(raw: Cell, value: str | None, fault: str) -> None:
    assert read("household.code", raw) == (value, fault)


@pytest.mark.parametrize(
    ("raw", "value"),
    [("张　三", "张三"), ("阿卜杜拉•买买提", "阿卜杜拉·买买提"), ("吴华㛃", "吴华㛃"), ("𠅤亚保", "𠅤亚保"), ("塘㙍", "塘㙍")],
)
def test_names(raw: str, value: str) -> None:
    assert read("household.head_name", raw) == (value, "")


def test_a_number_is_no_name() -> None:
    assert read("household.head_name", 3.0)[1] == "name_not_text"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("低岭村委会", "低岭村"),
        ("低岭村村委会", "低岭村"),
        ("那罗村村民委员会", "那罗村"),
        ("低岭村民委员会", "低岭村"),
        ("梅菉社区居委会", "梅菉社区"),
        ("低岭", "低岭"),
        ("低岭村", "低岭村"),
        (" 塘 㙍 村 ", "塘㙍村"),
    ],
)
def test_village_names(text: str, name: str) -> None:
    assert village_name(text) == name


def test_a_village_registered_with_the_word_for_its_office_keeps_it() -> None:
    known = frozenset({"低岭村委会"})
    assert village_converter(known)["低岭村委会"] == "低岭村委会"


def test_equal_cells_are_read_once() -> None:
    seen: list[Cell] = []

    def count(raw: Cell) -> Reading:
        seen.append(raw)
        return Reading(raw)

    found = Converter(count)
    assert [found[cell] for cell in ("a", "b", "a", "")] == ["a", "b", "a", None]
    assert seen == ["a", "b"]
