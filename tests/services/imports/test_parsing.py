"""Rows become households; every fault stands at its cell and keeps its whole household out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.domain.vocabulary import HouseholdClass, Participation
from fupin_desktop.services.imports.households.records import HouseholdRecord, to_applicant
from fupin_desktop.services.imports.mapping import Mapping, propose
from fupin_desktop.services.imports.parsed import Parsed
from fupin_desktop.services.sheets.findings import Finding
from fupin_desktop.services.sheets.raw import RawSheet
from fupin_desktop.services.sheets.reader import read_workbook
from tests.services.imports.making import HEAD, IDS, book, household, parse

TODAY = date(2026, 11, 21)
PERSON_HEAD = ("行政村", "户编号", "人编号", "姓名", "证件号码", "人数", "与户主关系", "脱贫属性", "联系电话")


def raw(*rows: Any, merges: list[tuple[int, int, int, int]] | None = None) -> RawSheet:
    return RawSheet("登记表", [list(row) for row in rows], merges or [])


def parsed(*rows: Any, merges: list[tuple[int, int, int, int]] | None = None, **more: Any) -> Parsed:
    sheet = raw(*rows, merges=merges)
    mapping = propose(sheet).mapping
    assert isinstance(mapping, Mapping)
    return parse(sheet, mapping, today=TODAY, **more)


def faults(found: Parsed, *, must: bool = True) -> list[tuple[str, str]]:
    """Cell and code of every finding."""
    return [(one.cell, one.code.removeprefix("import.")) for one in found.findings if one.must is must]


def test_one_row_one_household() -> None:
    found = parsed(HEAD, household(0), household(1))
    assert [record.head_name for record in found.records] == ["李亚一", "李亚二"]
    assert found.findings == []
    assert found.rows == 2
    (farm,) = found.records[0].farm
    assert (farm.product, farm.unit, farm.accepted_milli, farm.cost_fen, farm.row) == ("水稻", "亩", 3500, 120000, 1)


def test_a_household_is_handed_to_the_calculation() -> None:
    found = parsed(HEAD, household(0))
    applicant = to_applicant(found.good[0])
    assert applicant.key == IDS[0]
    assert (applicant.name, applicant.village, applicant.participation) == ("李亚一", "低岭村", Participation.BASE)
    (entry,) = applicant.entries
    assert [str(value) for value in (entry.accepted, entry.cost, entry.other_subsidy)] == ["3.500", "1200.00", "0.00"]
    assert entry.declared is None
    assert entry.instalment_year == 1
    assert applicant.area is None


@pytest.mark.parametrize(
    ("record", "key"),
    [
        (HouseholdRecord(1, village="低岭村", code="DL1", head_id_number=IDS[0]), IDS[0]),
        (HouseholdRecord(1, village="低岭村", code="DL1"), "低岭村/DL1"),
        (HouseholdRecord(1, village="低岭村", group_name="一组", head_name="张三"), "低岭村/一组/张三"),
    ],
)
def test_the_key_of_a_household(record: HouseholdRecord, key: str) -> None:
    assert to_applicant(record).key == key


def test_the_class_is_handed_on() -> None:
    assert to_applicant(HouseholdRecord(1, household_class="monitored")).household_class is HouseholdClass.MONITORED


@pytest.mark.parametrize(
    "further",
    [
        household(0, product="番薯"),
        ["", "", "", "", "", "番薯", "亩", 3.5, 1200],
        ["", "李亚一", "", "", "", "番薯", "亩", 3.5, 1200],
        ["DL000", "", "", "", "", "番薯", "亩", 3.5, 1200],
        ["DL000", "李亚一", "", "", "", "番薯", "亩", 3.5, 1200],
    ],
)
def test_further_entries_of_a_household(further: list[Any]) -> None:
    """Repeated, blank, or partly repeated: the household is one."""
    found = parsed(HEAD, household(0), further)
    (record,) = found.records
    assert [farm.product for farm in record.farm] == ["水稻", "番薯"]
    assert record.rows == [1, 2]
    assert found.findings == []


def test_merged_household_cells() -> None:
    rows = [HEAD, household(0), ["", "", "", "", "", "番薯", "亩", 1.0, 300.0]]
    found = parsed(*rows, merges=[(1, column, 2, column) for column in range(5)])
    (record,) = found.records
    assert [farm.cost_fen for farm in record.farm] == [120000, 30000]


def test_a_merged_cost_counts_once() -> None:
    rows = [HEAD, household(0), ["", "", "", "", "", "番薯", "亩", 1.0, ""]]
    found = parsed(*rows, merges=[(1, 8, 2, 8)])
    assert [farm.cost_fen for farm in found.records[0].farm] == [120000, None]


def test_a_village_merged_over_households() -> None:
    found = parsed(HEAD, household(0), household(1, village=""), merges=[(1, 3, 2, 3)])
    assert [record.village for record in found.records] == ["低岭村", "低岭村"]
    assert found.findings == []


def test_entries_of_a_household_far_apart_meet_again() -> None:
    found = parsed(HEAD, household(0), household(1), household(0, product="番薯"))
    assert [len(record.farm) for record in found.records] == [2, 1]
    assert found.records[0].rows == [1, 3]


def test_a_household_without_entries_stays() -> None:
    found = parsed(HEAD, household(0, kind="未参与", product="", unit="", accepted="", cost=""))
    assert found.records[0].farm == []
    assert found.findings == []


def test_totals_footnotes_and_repeated_headings_are_left_out() -> None:
    rows = [
        household(0), ["合  计", "", "", "", "", "", "", 3.5, 1200], list(HEAD), household(1),
        ["填表人：张三", "", "审核：李四"], ["", "总计", "", "", "", "", "", 7, 2400], [],
    ]  # fmt: skip
    found = parsed(HEAD, *rows)
    assert len(found.records) == 2
    assert faults(found) == []
    assert [one for one, _ in faults(found, must=False)] == ["第3行", "第4行", "第6行", "第7行"]


# ---- what keeps a household out ----
def test_a_fault_keeps_the_whole_household_out() -> None:
    found = parsed(HEAD, household(0), household(0, product="番薯", accepted=-1), household(1))
    assert faults(found) == [("H3", "negative")]
    assert found.bad_rows == {1, 2}
    assert [record.head_name for record in found.good] == ["李亚二"]
    assert [record.head_name for record in found.bad] == ["李亚一"]


def test_the_same_number_in_two_households() -> None:
    found = parsed(HEAD, household(0), household(1, number=IDS[0]), household(2))
    assert faults(found) == [("C3", "id_twice")]
    assert found.bad_rows == {2}
    assert "第2行“李亚一”" in found.findings[0].sentence


def test_the_same_number_under_another_name_without_codes() -> None:
    found = parsed(HEAD, household(0, code=""), household(1, code="", number=IDS[0]))
    assert faults(found) == [("C3", "id_twice")]


@pytest.mark.parametrize(("name", "cell"), [("name", "B3"), ("number", "C3"), ("village", "D3"), ("kind", "E3")])
def test_a_household_that_contradicts_itself(name: str, cell: str) -> None:
    other = {"name": "李亚二", "number": IDS[1], "village": "那罗村", "kind": "未参与"}
    found = parsed(HEAD, household(0), household(0, product="番薯", **{name: other[name]}))
    if name == "village":
        assert faults(found) == [("D3", "contradiction")]
        return
    assert faults(found) == [(cell, "contradiction")]
    assert found.bad_rows == {1, 2}


def test_villages_may_number_for_themselves() -> None:
    found = parsed(HEAD, household(0), household(1, code="DL000", village="那罗村"))
    assert [record.village for record in found.records] == ["低岭村", "那罗村"]
    assert found.findings == []


def test_a_ruined_number_is_a_fault_at_its_cell() -> None:
    found = parsed(HEAD, household(0), household(1, number=4.40883e17, code=""))
    assert faults(found) == [("C3", "id_ruined")]


def test_without_a_name_or_any_mark() -> None:
    found = parsed(HEAD, household(0, name=""), household(1, code="", number=""))
    assert faults(found) == [("B2", "no_name"), ("C3", "no_identity")]


def test_an_entry_before_any_household() -> None:
    found = parsed(HEAD, ["", "", "", "", "", "番薯", "亩", 1, 300], household(0))
    assert faults(found) == [("B2", "no_name")]
    assert len(found.good) == 1


def test_amounts_without_a_product() -> None:
    found = parsed(HEAD, household(0, product=""))
    assert faults(found) == [("F2", "no_product")]


def test_a_unit_alone_is_no_entry() -> None:
    found = parsed(HEAD, household(0, product="", accepted="", cost=""))
    assert found.findings == []
    assert found.records[0].farm == []


def test_a_village_is_needed_where_the_list_names_villages() -> None:
    assert faults(parsed(HEAD, household(0, village=""))) == [("D2", "no_village")]
    assert parsed(HEAD, household(0, village=""), village="那罗村").records[0].village == "那罗村"


def test_the_village_given_holds_only_where_none_is_named() -> None:
    found = parsed(HEAD, household(0), household(0, village="", product="番薯"), household(1, village=""), village="那罗村")
    assert [record.village for record in found.records] == ["低岭村", "那罗村"]
    assert found.findings == []


def test_warnings_keep_nothing_out() -> None:
    head = (*HEAD, "种养面积(亩)", "联系电话", "银行卡号")
    found = parsed(head, [*household(0), 100.5, "1380000011", "6217001210024455221"])
    assert found.bad_rows == set()
    assert faults(found, must=False) == [("J2", "area_above_limit"), ("K2", "phone_doubtful"), ("L2", "account_luhn")]
    assert found.records[0].farm[0].area_milli == 100_500


def test_a_household_list_takes_a_household_once() -> None:
    head = ("户编号", "户主姓名", "户主证件号码", "耕地面积(亩)", "行政村")
    row = ["DL1", "张三", IDS[0], 3.0, "低岭村"]
    found = parsed(head, row, row)
    assert len(found.records) == 1
    assert faults(found, must=False) == [("B3", "household_twice")]


def test_findings_tell_place_fault_and_remedy() -> None:
    found = parsed(HEAD, household(0, accepted="约3亩"))
    (one,) = found.findings
    assert isinstance(one, Finding)
    assert one.text == "工作表“登记表”H2“验收数量”：验收数量“约3亩”不是数字。请填写数字，单位按表头。"
    assert one.problem().field == "登记表!H2"


def test_a_blank_cell_is_filled_from_a_later_row() -> None:
    found = parsed(HEAD, household(0, number="", kind=""), household(0, product="番薯"))
    (record,) = found.records
    assert record.head_id_number == IDS[0]
    assert record.year.kind == "base"


# ---- person lists ----
def person(place: int, relation: str, *, code: str = "H1", number: str | None = None, **other: Any) -> list[Any]:
    values = {
        "village": "低岭村", "household": code, "code": f"{code}0{place}", "name": f"李{'一二三四五六'[place]}",
        "number": IDS[place] if number is None else number, "count": "", "relation": relation, "class": "", "phone": "",
    }  # fmt: skip
    return list((values | other).values())


def test_persons_make_households() -> None:
    found = parsed(PERSON_HEAD, person(0, "户主", count=3, phone="13800000113", **{"class": "一般脱贫户"}), person(1, "配偶"), person(2, "长子"))
    (record,) = found.records
    assert (record.head_name, record.head_id_number, record.members, record.phone) == ("李一", IDS[0], 3, "13800000113")
    assert record.household_class == "out_of_poverty"
    assert [one.relation for one in record.persons] == ["户主", "配偶", "长子"]
    assert found.findings == []


def test_without_codes_the_head_begins_a_household() -> None:
    found = parsed(PERSON_HEAD, person(0, "户主", code=""), person(1, "配偶", code=""), person(2, "户主", code=""))
    assert [(record.head_name, record.members) for record in found.records] == [("李一", 2), ("李三", 1)]


def test_members_of_a_household_may_lie_apart() -> None:
    found = parsed(PERSON_HEAD, person(0, "户主"), person(1, "户主", code="H2"), person(2, "长子"))
    assert [record.members for record in found.records] == [2, 1]


def test_persons_at_fault() -> None:
    rows = [
        person(0, "户主"), person(1, "户主"), person(2, "配偶", code="H2"), person(0, "户主", code="H3"),
        person(3, "户主", code="H4", name=""), person(4, "户主", code="H5", count=4),
        person(5, "户主", code="", number=""),
    ]  # fmt: skip
    found = parsed(PERSON_HEAD, *rows)
    assert faults(found) == [("G3", "two_heads"), ("G4", "no_head"), ("E5", "id_twice"), ("D6", "no_name"), ("E8", "no_identity")]
    assert faults(found, must=False) == [("F7", "members_differ")]
    assert found.bad_rows == {1, 2, 3, 4, 5, 7}
    assert [record.members for record in found.good] == [1]


def test_a_person_list_that_contradicts_itself() -> None:
    found = parsed(PERSON_HEAD, person(0, "户主", **{"class": "脱贫户"}), person(1, "配偶", **{"class": "监测户"}))
    assert faults(found) == [("H3", "contradiction")]


def test_a_formula_never_calculated_keeps_the_household_out_where_its_column_is_read(tmp_path: Path) -> None:
    rows = [(*HEAD, "自己算的"), [*household(0, cost="=1200*1"), 5], [*household(1), "=1+1"]]
    (sheet,) = read_workbook(book(tmp_path / "a.xlsx", rows))
    mapping = propose(sheet).mapping
    assert isinstance(mapping, Mapping)
    found = parse(sheet, mapping, today=TODAY)
    (finding,) = [one for one in found.findings if one.code == "import.not_calculated"]
    assert finding.text == "工作表“登记表”I2“核定成本(元)”：公式还没有计算过。请用 Excel 或 WPS 打开并保存一次，再导入。"
    assert [record.head_name for record in found.good] == ["李亚二"]
