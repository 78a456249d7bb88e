"""Headings are found and understood, in whatever words, rows and brackets they come."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.services.imports import headings as kinds
from fupin_desktop.services.imports.headings import CANONICAL, PERSON_COLUMNS, ListKind, all_fields, recognise_kind
from fupin_desktop.services.imports.mapping import Mapping, heading_at, propose
from fupin_desktop.services.sheets.heading import EXPLANATION, Heading
from fupin_desktop.services.sheets.raw import RawSheet
from fupin_desktop.services.sheets.reader import read_workbook

SAMPLES = Path(__file__).parents[3] / "resources" / "samples"
PERSONS = ["县", "乡(镇)", "行政村", "自然村", "户编号", "人编号", "姓名", "证件号码", "人数", "与户主关系", "民族", "文化程度", "健康状况", "劳动技能", "务工状况", "脱贫属性", "脱贫年度", "主要致贫原因", "人均纯收入", "联系电话"]
HOUSEHOLDS = ["户编号", "户主姓名", "户主证件号码", "家庭人口数", "开户银行名称", "银行卡号", "识别标准", "主要致贫原因", "生产经营性收入", "耕地面积(亩)", "水面面积", "是否加入农民专业合作组织", "林果面积(亩)", "林地面积(亩)"]
PAYMENTS = ["户主姓名", "身份证号码", "账户名", "一卡通账号", "开户行", "发放金额"]


def sheet(*rows: list[Any], merges: list[tuple[int, int, int, int]] | None = None) -> RawSheet:
    return RawSheet("表", [list(row) for row in rows], merges or [])


def proposed(*rows: list[Any], merges: list[tuple[int, int, int, int]] | None = None) -> Mapping:
    mapping = propose(sheet(*rows, merges=merges)).mapping
    assert mapping is not None
    return mapping


def test_the_canonical_headings_are_their_fields_own() -> None:
    for keys, kind in ((CANONICAL, kinds.ENTRIES), (PERSON_COLUMNS, kinds.PERSONS)):
        headings = tuple(all_fields()[key].heading for key in keys)
        assert len(set(headings)) == len(headings)
        assert recognise_kind(headings) is kind
        assert kind.vocabulary.assign(headings) == keys


@pytest.mark.parametrize(
    ("headings", "kind"),
    [(PERSONS, kinds.PERSONS), (HOUSEHOLDS, kinds.HOUSEHOLDS), (PAYMENTS, kinds.PAYMENTS)],
)
def test_the_lists_of_the_national_systems_are_recognised(headings: list[str], kind: ListKind) -> None:
    mapping = proposed(headings)
    assert mapping.kind is kind
    assert mapping.missing() == []
    unknown = {text for text, key in zip(mapping.headings, mapping.columns, strict=True) if key is None}
    assert unknown <= {"县", "脱贫年度", "发放金额"}
    assert mapping.doubtful == [text for text in mapping.unused if text != "县"]  # where the office lies


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("户主证件号码", "household.head_id_number"),
        (" 户 主 身份证号 ", "household.head_id_number"),
        ("身份证号码", "household.head_id_number"),
        ("＊户主姓名：", "household.head_name"),
        ("1、户主", "household.head_name"),
        ("耕地面积（亩）", "household.cultivated_milli"),
        ("耕地面积", "household.cultivated_milli"),
        ("耕地\n面积\n(亩)", "household.cultivated_milli"),
        ("种养面积(亩)", "farm.area_milli"),
        ("全户种养面积(亩)", "year.area_milli"),
        ("成本（元）", "farm.cost_fen"),
        ("一卡通账号", "household.bank_account"),
        ("脱贫属性", "household.household_class"),
        ("村(居)委会", "place.village"),
        ("是否参与产业", "year.kind"),
        ("乡(镇)", "place.town"),
    ],
)
def test_variants_of_headings_mean_the_same(heading: str, key: str) -> None:
    (found,), _doubles = kinds.ENTRIES.assign(Heading(0, 1, (heading,)))
    assert found == key


@pytest.mark.parametrize("heading", ["", "序号", "县", "签名", "合计", "户主的爱好"])
def test_what_is_no_heading_of_ours_means_nothing(heading: str) -> None:
    assert kinds.ENTRIES.vocabulary.matches(heading) == {}


def test_the_heading_is_found_below_title_rows() -> None:
    titles = [["附件2"], ["吴川市塘㙍镇那罗村产业奖补登记表"], [], ["填报单位:", "", "那罗村"]]
    mapping = proposed(*titles, list(HOUSEHOLDS), ["H1", "张三"])
    assert (mapping.heading_row, mapping.heading_rows, mapping.first_row) == (4, 1, 5)


@pytest.mark.parametrize(("above", "found"), [(29, True), (30, False)])
def test_the_heading_is_sought_in_the_first_thirty_rows(above: int, found: bool) -> None:
    proposal = propose(sheet(*[["说明"]] * above, list(HOUSEHOLDS)))
    assert (proposal.mapping is not None) is found


def test_a_heading_of_two_rows_with_merged_groups() -> None:
    upper = ["户主", "", "产品", "数量(亩)", "", "备注"]
    lower = ["户主姓名", "证件号码", "", "申报数量", "验收数量", ""]
    merges = [(0, 0, 0, 1), (0, 3, 0, 4), (0, 2, 1, 2), (0, 5, 1, 5)]
    mapping = proposed(upper, lower, ["张三", "440883196803120019", "水稻", 1, 2, ""], merges=merges)
    assert mapping.first_row == 2
    assert mapping.columns == (
        "household.head_name", "household.head_id_number", "farm.product", "farm.declared_milli", "farm.accepted_milli", "farm.note",
    )  # fmt: skip


def test_a_unit_below_one_heading_belongs_to_it_where_the_others_are_merged_over_both_rows() -> None:
    upper, lower = ["户主姓名", "证件号码", "家庭人口", "产品"], ["", "", "（人）", ""]
    data = ["张三", "440883196803120019", 3, "水稻"]
    merged = proposed(upper, lower, data, merges=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 3, 1, 3)])
    assert (merged.columns[2], merged.first_row) == ("household.members", 2)
    sideways = proposed(upper, data, merges=[(0, 2, 0, 3)])
    assert (sideways.heading_rows, sideways.first_row) == (1, 1)


def test_the_first_data_row_is_not_taken_for_a_second_heading_row() -> None:
    mapping = proposed(["户主姓名", "证件号码", "产品"], ["张三", "440883196803120019", "水稻"])
    assert mapping.heading_rows == 1


def test_each_field_stands_in_one_column_the_better_match_wins() -> None:
    mapping = proposed(["姓名", "户主姓名", "身份证号", "产品", "面积", "种养面积(亩)"])
    assert mapping.columns == (None, "household.head_name", "household.head_id_number", "farm.product", None, "farm.area_milli")


def test_an_explanation_column_of_an_earlier_error_workbook_is_left_out() -> None:
    mapping = proposed([EXPLANATION, *HOUSEHOLDS])
    plain = proposed(list(HOUSEHOLDS))
    assert mapping.columns[0] is None
    assert mapping.columns[1:] == plain.columns
    assert mapping.signature == plain.signature


def test_what_a_list_lacks_is_named() -> None:
    assert heading_at(sheet(["产品", "验收数量"]), 0).missing() == ["户主姓名", "户主证件号码或户编号"]
    assert heading_at(sheet(["户主姓名", "户编号"]), 0).missing() == []
    assert heading_at(sheet(["人编号", "姓名", "与户主关系"]), 0).missing() == ["证件号码或户编号"]


def test_a_column_is_given_another_field_by_hand() -> None:
    mapping = heading_at(sheet(["农户", "户编号", "户主姓名"]), 0).with_column(0, "household.head_name")
    assert mapping.columns == ("household.head_name", "household.code", None)
    assert mapping.with_column(0, None).columns == (None, "household.code", None)


def test_the_kind_is_changed_by_hand() -> None:
    mapping = heading_at(sheet(["姓名", "证件号码", "户编号"]), 0)
    assert mapping.kind is kinds.HOUSEHOLDS
    assert mapping.with_kind(kinds.PERSONS).columns == ("person.name", "person.id_number", "household.code")


def test_a_mapping_is_remembered_by_its_headings() -> None:
    mapping = heading_at(sheet(["农户", "户编号", "验收亩数"]), 0)
    changed = mapping.with_kind(kinds.ENTRIES).with_column(0, "household.head_name").with_column(2, "farm.accepted_milli")
    again = heading_at(sheet(["题目"], ["农户", "户编号", "验收亩数"]), 1).remembered(changed.to_dict())
    assert again.columns == changed.columns
    assert again.kind is changed.kind
    assert again.heading_row == 1


@pytest.mark.parametrize(
    "kept",
    [{}, {"kind": "entries", "columns": ["household.code"]}, {"kind": "none such", "columns": [None, None]}, {"kind": "entries"}],
)
def test_what_was_remembered_of_another_shape_is_left_out(kept: dict[str, Any]) -> None:
    mapping = heading_at(sheet(["户主姓名", "户编号"]), 0)
    assert mapping.remembered(kept) == mapping


def test_a_field_that_exists_no_more_is_left_out() -> None:
    mapping = heading_at(sheet(["户主姓名", "户编号"]), 0)
    kept = {"kind": "households", "columns": ["household.head_name", "household.gone"]}
    assert mapping.remembered(kept).columns == ("household.head_name", None)


def test_an_empty_sheet_and_a_letter_have_no_heading() -> None:
    assert propose(sheet()).mapping is None
    assert propose(sheet(["通知"], ["各村委会:"], ["请于9月30日前上报", "", 3.0])).mapping is None


def test_the_samples_are_recognised() -> None:
    samples = {"人口名单(系统导出).xls": kinds.PERSONS, "奖补登记表(待整理).xlsx": kinds.ENTRIES}
    for name, kind in samples.items():
        mapping = propose(read_workbook(SAMPLES / name)[0]).mapping
        assert mapping is not None
        assert mapping.kind is kind
        assert mapping.missing() == []
