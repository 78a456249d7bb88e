"""Every kind of value is read and shown in one way; how severe a finding is, the place of entry alone decides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.domain.vocabulary import FundKind, HouseholdClass, Severity
from fupin_desktop.services.values import Context, Place, read, show, typed
from fupin_desktop.services.values.glance import glance, stands
from fupin_desktop.services.values.reading import READERS
from fupin_desktop.services.values.severity import severity_of
from fupin_desktop.storage.fields import Field, Kind, Style
from tests.services.imports.making import IDS
from tests.services.values.cases import FOLDER, NAMES, TODAY, Case, all_cases

VILLAGES = {"低岭村": "a", "那罗村": "b", "那蓬村": "c"}
FILES = {"合同.pdf": {"name": "合同.pdf", "sha256": "00", "size": 3}, "照片.jpg": {"name": "照片.jpg", "sha256": "01", "size": 4}}


def test_every_file_of_cases_is_read() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.toml")) == sorted(NAMES)
    assert set(READERS) == set(Kind)


@pytest.mark.parametrize("place", list(Place))
@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_a_cell_is_the_same_at_every_place(case: Case, place: Place) -> None:
    value, faults = read(case.field, case.raw, Context(place, TODAY))
    assert (value, [fault.code for fault in faults]) == (case.stored, [case.finding] if case.finding else [])
    assert [fault.severity for fault in faults] == [severity_of(fault.code, place) for fault in faults]
    for fault in faults:
        assert fault.sentence
        assert not fault.sentence.endswith("。")
        assert fault.todo
        assert not fault.todo.endswith("。")


@pytest.mark.parametrize("case", [case for case in all_cases() if case.stored is not None], ids=str)
def test_what_is_shown_is_read_back(case: Case) -> None:
    shown = show(case.field, case.stored)
    assert case.shown is None or shown == case.shown
    assert read(case.field, shown, Context(today=TODAY)).value == case.stored


@pytest.mark.parametrize("code", sorted({case.finding for case in all_cases() if case.finding}))
def test_what_is_taken_with_a_warning_anywhere_has_a_value(code: str) -> None:
    if any(severity_of(code, place) is Severity.WARNING for place in Place):
        assert all(case.stored is not None for case in all_cases() if case.finding == code)


def test_a_heading_in_ten_thousands_multiplies_unless_the_cell_names_its_unit() -> None:
    field, context = Field("x", "金额", Kind.MONEY, unit="元"), Context(Place.IMPORTED, times=10_000)
    amounts: list[Any] = ["1.5", "1.5万元", "15000元", "¥1.5", 1.5, "0.0000001"]
    assert [read(field, raw, context).value for raw in amounts] == [1_500_000] * 5 + [0]
    assert [fault.code for fault in read(field, "0.0000001", context).faults] == ["rounded"]


def test_what_is_below_zero_is_read_where_it_may_be() -> None:
    field = Field("x", "金额", Kind.MONEY, unit="元")
    for text in ("-12", "(12.00)", "（１２）", "−12元", "-¥12", "¥-12"):
        assert read(field, text, Context(negative=True)) == (-1200, ())
        assert [fault.code for fault in read(field, text).faults] == ["negative"]
    assert read(Field("x", "增幅", Kind.PERCENT, signed=True), "-3%").value == -300


def test_a_finding_that_is_a_must_when_typed_and_a_warning_when_imported_says_what_was_taken() -> None:
    field = Field("x", "成本", Kind.MONEY)
    (asked,), (told,) = (read(field, "3.335", Context(place)).faults for place in (Place.TYPED, Place.IMPORTED))
    assert asked.text == "成本最多填2位小数，这里是“3.335”，请核对原数。"
    assert told.text == "成本最多填2位小数，这里是“3.335”，已四舍五入为3.34，请核对原数。"


def test_two_findings_of_one_cell_are_both_told() -> None:
    field = Field("x", "面积", Kind.AREA, unit="亩", at_most=100_000)
    found = read(field, "100.0005", Context(Place.IMPORTED))
    assert found.value == 100_001
    assert [fault.code for fault in found.faults] == ["rounded", "area_above_limit"]


@pytest.mark.parametrize(
    ("text", "key", "code"),
    [
        ("低岭村", "a", ""), ("低 岭 村", "a", ""), ("低", "a", ""), ("nlc", "b", ""), ("那", None, "ambiguous"),
        ("石桥村", None, "not_registered"), ("", None, ""), ("—", None, ""),
    ],
)  # fmt: skip
def test_another_record_is_named(text: str, key: str | None, code: str) -> None:
    field = Field("village_key", "行政村", Kind.REFERENCE)
    value, faults = read(field, text, Context(names=VILLAGES))
    assert (value, [fault.code for fault in faults]) == (key, [code] if code else [])
    names = {key: name for name, key in VILLAGES.items()}
    assert key is None or read(field, show(field, key, names), Context(names=VILLAGES)).value == key


def test_names_that_could_be_meant_are_listed() -> None:
    field = Field("village_key", "行政村", Kind.REFERENCE)
    assert read(field, "那", Context(names=VILLAGES)).faults[0].text == "行政村“那”不止一个，请写全：那罗村、那蓬村。"
    assert "还没有登记" in read(field, "那", Context(names={})).faults[0].todo


def test_attached_files_are_named() -> None:
    field = Field("files", "附件", Kind.FILES)
    value, faults = read(field, "照片.jpg、合同.pdf", Context(files=FILES))
    assert (value, faults) == ([FILES["照片.jpg"], FILES["合同.pdf"]], ())
    assert read(field, show(field, value), Context(files=FILES)).value == value
    assert [fault.code for fault in read(field, "别的.pdf", Context(files=FILES)).faults] == ["not_attached"]


def test_an_emptied_cell_is_told_only_where_something_has_to_stand() -> None:
    assert typed(Field("x", "姓名", Kind.TEXT, required=True), "  ")[1][0].sentence == "姓名不能空着。"
    assert typed(Field("x", "备注", Kind.TEXT), "  ") == ("", ())
    assert typed(Field("x", "电话", Kind.PHONE), "无") == ("", ())
    assert typed(Field("x", "人数", Kind.INTEGER), "无") == (None, ())


_STORED: dict[Kind, tuple[Field, st.SearchStrategy[Any]]] = {
    Kind.MONEY: (Field("x", "金额", Kind.MONEY, unit="元", signed=True), st.integers(-(10**14) + 1, 10**14 - 1)),
    Kind.QUANTITY: (Field("x", "数量", Kind.QUANTITY, unit="头"), st.integers(0, 10**12 - 1)),
    Kind.AREA: (Field("x", "面积", Kind.AREA, unit="亩"), st.integers(0, 10**12 - 1)),
    Kind.PERCENT: (Field("x", "占比", Kind.PERCENT, unit="%", signed=True), st.integers(-(10**8) + 1, 10**8 - 1)),
    Kind.INTEGER: (Field("x", "人数", Kind.INTEGER, unit="人"), st.integers(0, 10**9 - 1)),
    Kind.FLAG: (Field("x", "是否", Kind.FLAG), st.booleans()),
    Kind.DATE: (Field("x", "日期", Kind.DATE), st.dates(date(1900, 1, 1), date(2199, 12, 31))),
    Kind.CHOICE: (
        Field("x", "类别", Kind.CHOICE, choices=HouseholdClass),
        st.sampled_from([word.value for word in HouseholdClass]),
    ),
    Kind.TEXT: (Field("x", "备注", Kind.TEXT), st.text(st.characters(categories=["L", "N"]), min_size=1)),
}


@pytest.mark.parametrize("kind", list(_STORED))
@given(data=st.data())
def test_every_value_that_is_shown_is_read_back(kind: Kind, data: st.DataObject) -> None:
    field, stored = _STORED[kind]
    value = read(field, show(field, data.draw(stored))).value
    assert read(field, show(field, value)) == (value, ())
    if kind is not Kind.TEXT:
        drawn = data.draw(stored)
        assert read(field, show(field, drawn)) == (drawn, ())


@given(st.integers(0, 10**14 - 1))
def test_an_amount_is_read_alike_in_every_notation(fen: int) -> None:
    field, yuan = Field("x", "金额", Kind.MONEY, unit="元"), Decimal(fen).scaleb(-2)
    full_width = f"{yuan:,}".translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789.,"})
    for text in (f"{yuan}", f"{yuan:,}", f"¥{yuan:,}元", full_width, f"{yuan.scaleb(-4):f}万元", f"  {yuan} 元 "):
        assert read(field, text) == (fen, ())


@pytest.mark.parametrize("kind", list(FundKind))
def test_quotation_marks_and_dots_do_not_part_words(kind: FundKind) -> None:
    field = Field("x", "资金类别", Kind.CHOICE, choices=FundKind)
    for text in (kind.label, kind.label.replace("“", "").replace("”", "").replace("·", "."), kind.value):
        assert read(field, text).value == kind.value


@given(st.one_of(st.text(), st.floats(), st.booleans(), st.dates(), st.integers()), st.sampled_from(list(Kind)))
def test_no_cell_makes_a_reader_stumble(raw: Any, kind: Kind) -> None:
    field = Field("x", "字段", kind, choices=HouseholdClass, style=Style.NAME)
    found = read(field, raw, Context(Place.IMPORTED, TODAY, names=VILLAGES, files=FILES))
    assert all(fault.sentence and fault.todo for fault in found.faults)


@given(
    st.one_of(
        st.text(min_size=1), st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 10**16), st.booleans(), st.dates(),
        st.decimals(0, 10**13, places=2).map(lambda amount: f"{amount:,}"), st.from_regex(r"[0-9,.]{1,18}", fullmatch=True),
        st.from_regex(r"1[3-9][0-9]{9}|440883(19|20)[0-9]{9}[0-9X]|[0-9 -]{12,19}", fullmatch=True),
    ),
    st.sampled_from([Kind.TEXT, Kind.ID_NUMBER, Kind.PHONE, Kind.ACCOUNT, Kind.MONEY, Kind.QUANTITY, Kind.AREA]),
    st.sampled_from(list(Style)),
    st.sampled_from([1, 10_000, Fraction(3, 2000)]),
)  # fmt: skip
def test_what_is_taken_at_a_glance_is_what_is_read(raw: Any, kind: Kind, style: Style, times: Fraction | int) -> None:
    field = Field("x", "字段", kind, style=style, at_most=100_000 if kind is Kind.AREA else None)
    context = Context(Place.IMPORTED, TODAY, times=times)
    look = glance(field, context)
    assert look is not None
    value = look(raw)
    assert value is None or read(field, raw, context) == (value, ())


_COLUMNS = st.lists(st.one_of(
    st.sampled_from(IDS), st.from_regex(r"440883(19|20)[0-9]{9}[0-9X]|411[0-9]{13}", fullmatch=True),
    st.text("李亚1a0-无\n 〓", min_size=1, max_size=3), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.integers(0, 9),
), max_size=4)  # fmt: skip


@given(_COLUMNS, st.sampled_from([Kind.TEXT, Kind.PHONE, Kind.MONEY, Kind.ID_NUMBER, Kind.ACCOUNT]), st.sampled_from(list(Style)))
def test_a_column_that_stands_is_read_as_it_stands(cells: list[Any], kind: Kind, style: Style) -> None:
    field, context = Field("x", "字段", kind, style=style), Context(Place.IMPORTED, TODAY)
    if stands(field, cells, context):
        assert [read(field, cell, context) for cell in cells] == [(cell, ()) for cell in cells]


def test_plain_columns_stand_and_others_do_not() -> None:
    text, code = Field("x", "字段", Kind.TEXT), Field("x", "字段", Kind.TEXT, style=Style.CODE)
    context, number, account = Context(Place.IMPORTED, TODAY), Field("x", "证件", Kind.ID_NUMBER), Field("x", "账号", Kind.ACCOUNT)
    cards = ["4111111111111111", "6228480402564890018"]
    good = [(text, ["李亚一", "H01"]), (Field("x", "电话", Kind.PHONE), ["13800000001"]), (number, IDS), (account, cards), (number, [])]
    assert all(stands(field, cells, context) for field, cells in good)
    for place in range(18):
        wrong = IDS[1][:place] + str((int(IDS[1][place]) + 1) % 10) + IDS[1][place + 1 :]
        assert not stands(number, [IDS[0], wrong], context)
    bad = [
        (code, ["H1", "0"]), (text, ["a\nb"]), (text, ["〓"]), (text, [1]), (number, ["44088319680312001"]), (number, ["李" * 6]),
        (account, [*cards, "4111111111111112"]), (account, ["123"]), (account, ["٤" * 16]), (Field("x", "元", Kind.MONEY), ["1"]),
    ]  # fmt: skip
    assert not any(stands(field, cells, context) for field, cells in bad)


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_a_case_at_a_glance_is_what_is_read(case: Case) -> None:
    look = glance(case.field, Context(Place.IMPORTED, TODAY))
    value = look(case.raw) if look and case.raw != "" else None
    assert value is None or (value == case.stored and not case.finding)
