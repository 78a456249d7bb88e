"""Kinds of list that once ended in wrong money or another household's data: understood and told, or asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.preview import Preview, prepare
from fupin_desktop.services.registers import HOUSEHOLDS, Query, window
from fupin_desktop.services.workbench import Workbench
from tests.services.imports.making import package, sheet, text_cell
from tests.services.register_office import Clock, cell, make_office
from tests.services.sheets.doors import ID, write

ENTRIES = ("户编号", "户主姓名", "户主证件号码", "行政村", "参与情况", "产品", "计量单位", "验收数量", "核定成本(元)")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    bench = make_office(tmp_path / "数据", Clock())
    yield bench
    bench.close()


def entry(code: Any, name: str, number: str = "", product: str = "番薯", accepted: Any = 2, cost: Any = 900) -> list[Any]:
    return [code, name, number, "低岭村", "参与", product, "亩", accepted, cost]


def read(bench: Workbench, path: Path, rows: Sequence[Sequence[Any]], merges: Sequence[str] = (), **more: Any) -> Preview:
    return prepare(bench, write(path, rows, merges), **more)


def musts(preview: Preview) -> list[str]:
    return [f"{one.cell} {one.code.removeprefix('import.')}" for one in preview.findings if one.must]


def notes(preview: Preview) -> list[str]:
    return [f"{one.cell} {one.code.removeprefix('import.')}" for one in preview.findings if not one.must]


def registered(bench: Workbench, *columns: str) -> set[tuple[str, ...]]:
    rows = window(bench, Query(HOUSEHOLDS, bench.year), 0, 50)
    return {tuple(cell(row, column, HOUSEHOLDS) for column in columns) for row in rows}


class TestNumbersOfOthers:
    """A household number that belongs to someone else is a question, never an overwrite."""

    HEAD = ("户编号", "户主姓名", "户主身份证号", "行政村", "村民小组", "家庭人口数")
    FIRST = [(1, "李甲一", ID[0], "低岭村", "一组", 3), (2, "李甲二", ID[1], "低岭村", "一组", 3)]

    def first(self, bench: Workbench, folder: Path) -> None:
        apply(bench, read(bench, folder / "一.xlsx", [self.HEAD, *self.FIRST]))

    @pytest.mark.parametrize("number", ["", ID[2]])
    def test_another_name_under_a_known_number_is_asked(self, bench: Workbench, tmp_path: Path, number: str) -> None:
        self.first(bench, tmp_path)
        preview = read(bench, tmp_path / "二.xlsx", [self.HEAD, (1, "林甲四", number, "低岭村", "二组", 5)])
        assert musts(preview) == ["A2 code_of_other"]
        apply(bench, preview, only_good=True)
        assert registered(bench, "head_name", "members") == {("李甲一", "3"), ("李甲二", "3")}

    def test_without_any_id_number_too(self, bench: Workbench, tmp_path: Path) -> None:
        head = (*self.HEAD[:2], *self.HEAD[3:])
        apply(bench, read(bench, tmp_path / "一.xlsx", [head, (1, "李甲一", "低岭村", "一组", 3)]))
        preview = read(bench, tmp_path / "二.xlsx", [head, (1, "林甲四", "低岭村", "二组", 5)])
        assert musts(preview) == ["A2 code_of_other"]

    def test_the_id_number_goes_before_the_code(self, bench: Workbench, tmp_path: Path) -> None:
        self.first(bench, tmp_path)
        preview = read(bench, tmp_path / "二.xlsx", [self.HEAD, (7, "李甲一", ID[0], "低岭村", "一组", 4)])
        assert musts(preview) == []
        apply(bench, preview)
        assert ("李甲一", "7", "4") in registered(bench, "head_name", "code", "members")

    @pytest.mark.parametrize("given", [True, False])
    @pytest.mark.parametrize("number", ["", ID[2]])
    def test_each_village_numbers_from_one(self, bench: Workbench, tmp_path: Path, number: str, given: bool) -> None:
        self.first(bench, tmp_path)
        head = self.HEAD if not given else (*self.HEAD[:3], *self.HEAD[4:])
        row = [1, "林甲四", number, *([] if given else ["那罗村"]), "", 5]
        preview = read(bench, tmp_path / "二.xlsx", [head, row], village="那罗村" if given else None)
        assert musts(preview) == []
        apply(bench, preview)
        assert registered(bench, "village", "head_name", "code") == {
            ("低岭村", "李甲一", "1"), ("低岭村", "李甲二", "2"), ("那罗村", "林甲四", "1"),
        }

    @pytest.mark.parametrize("word", ["无", "0", "-", "待补", "/", 0, "不详", "待编"])
    def test_placeholders_are_no_numbers(self, bench: Workbench, tmp_path: Path, word: Any) -> None:
        rows = [entry(word, "李甲一", ID[0]), entry(word, "李甲二", ID[1])]
        preview = read(bench, tmp_path / "a.xlsx", [ENTRIES, *rows])
        assert musts(preview) == []
        assert len(preview.good) == 2


class TestNames:
    def test_a_row_with_only_a_name_joins_neither_of_two_of_it(self, bench: Workbench, tmp_path: Path) -> None:
        rows = [entry("H1", "李甲一"), entry("H2", "李甲二"), entry("H9", "李甲一"), entry("H2", "李甲二"), entry("", "李甲一")]
        preview = read(bench, tmp_path / "a.xlsx", [ENTRIES, *rows])
        assert musts(preview) == ["B6 same_name"]
        assert [record.code for record in preview.good] == ["H1", "H2", "H9"]

    def test_nor_one_that_comes_only_later(self, bench: Workbench, tmp_path: Path) -> None:
        rows = [entry("H9", "李甲一"), entry("H2", "李甲二"), entry("", "李甲一"), entry("H1", "李甲一")]
        preview = read(bench, tmp_path / "a.xlsx", [ENTRIES, *rows])
        assert musts(preview) == ["B4 same_name"]

    def test_a_row_right_below_with_the_name_goes_on(self, bench: Workbench, tmp_path: Path) -> None:
        rows = [entry("H1", "李甲一"), entry("", "李甲一", product="水稻"), entry("H9", "李甲一")]
        preview = read(bench, tmp_path / "a.xlsx", [ENTRIES, *rows])
        assert musts(preview) == []
        assert [len(record.farm) for record in preview.good] == [2, 1]

    @pytest.mark.parametrize("name", ["吴华?", "吴华？", "吴华□", "吴〓", "黄华\ue863", "吴\ufffd"])
    def test_lost_characters_are_told_at_the_cell(self, bench: Workbench, tmp_path: Path, name: str) -> None:
        preview = read(bench, tmp_path / "a.xlsx", [ENTRIES, entry("H1", name, ID[0])])
        assert (musts(preview), notes(preview)) == ([], ["B2 name_lost_character"])


class TestCells:
    def test_codes_that_became_dates_are_asked(self, bench: Workbench, tmp_path: Path) -> None:
        from datetime import datetime

        day = datetime(2026, 1, 2)  # noqa: DTZ001 - as a workbook holds it
        head = (*ENTRIES, "村民小组")
        rows = [[*entry("1-1", "李甲一", ID[0]), day], [*entry(day, "李甲二", ID[1]), "1-2"]]
        preview = read(bench, tmp_path / "a.xlsx", [head, *rows])
        assert musts(preview) == ["J2 code_is_date", "A3 code_is_date"]
        assert "“1-2”" in preview.findings[0].sentence

    @pytest.mark.parametrize("word", ["同上", "〃", "″", " 同上 "])
    def test_ditto_takes_the_value_above_and_tells(self, bench: Workbench, tmp_path: Path, word: str) -> None:
        rows = [entry("H1", "李甲一", ID[0]), entry("H2", "李甲二", ID[1], product=word)]
        rows[1][3] = word
        preview = read(bench, tmp_path / "a.xlsx", [ENTRIES, *rows])
        assert (musts(preview), notes(preview)) == ([], ["D3 ditto", "F3 ditto"])
        assert [(one.village, one.farm[0].product) for one in preview.good] == [("低岭村", "番薯")] * 2

    def test_ditto_with_nothing_above_is_asked(self, bench: Workbench, tmp_path: Path) -> None:
        preview = read(bench, tmp_path / "a.xlsx", [ENTRIES, entry("H1", "李甲一", ID[0], product="同上")])
        assert "F2 ditto" in musts(preview)

    @pytest.mark.parametrize("number", ["NaN", "INF", "-INF"])
    @pytest.mark.parametrize("place", ["C", "H"])
    def test_numbers_that_are_none_are_told_at_the_cell(
        self, bench: Workbench, tmp_path: Path, place: str, number: str
    ) -> None:
        head = "".join(text_cell(f"{chr(65 + at)}1", text) for at, text in enumerate(ENTRIES))
        cells = {"A": "H1", "B": "李甲一", "C": ID[0], "D": "低岭村", "E": "参与", "F": "番薯", "G": "亩"}
        row = "".join(text_cell(f"{one}2", text) for one, text in cells.items() if one != place)
        body = f'<row r="1">{head}</row><row r="2">{row}<c r="{place}2"><v>{number}</v></c></row>'
        preview = prepare(bench, package(tmp_path / "a.xlsx", sheet(body)))
        assert f"{place}2 not_finite" in musts(preview)

    def test_rows_filled_down_without_anyone_are_left_out(self, bench: Workbench, tmp_path: Path) -> None:
        below = [None, None, None, "低岭村", "参与", "番薯", "亩", None, None]
        preview = read(bench, tmp_path / "a.xlsx", [ENTRIES, entry("H1", "李甲一", ID[0]), below, below])
        assert (musts(preview), notes(preview)) == ([], ["B3 row_left_out", "B4 row_left_out"])
        assert [len(record.farm) for record in preview.good] == [1]

    def test_values_hidden_below_a_merged_cell_do_not_count(self, bench: Workbench, tmp_path: Path) -> None:
        head = "".join(text_cell(f"{chr(65 + at)}1", text) for at, text in enumerate(ENTRIES))
        rows = "".join(
            f'<row r="{at}">'
            + "".join(text_cell(f"{chr(65 + place)}{at}", str(text)) for place, text in enumerate(entry("H1", "李甲一", ID[0], product)))
            + "</row>"
            for at, product in ((2, "番薯"), (3, "水稻"), (4, "花生"))
        )
        merges = '<mergeCells count="1"><mergeCell ref="I2:I4"/></mergeCells>'
        body = sheet(f'<row r="1">{head}</row>{rows}').replace(b"</sheetData>", f"</sheetData>{merges}".encode())
        preview = prepare(bench, package(tmp_path / "a.xlsx", body))
        assert musts(preview) == []
        assert [farm.cost_fen for farm in preview.good[0].farm] == [90_000, None, None]


class TestColumns:
    HEAD = ("序号", "户主姓名", "身份证号", "联系电话")

    @pytest.mark.parametrize("gap", [0, 1, 2])
    def test_tables_side_by_side_are_both_read(self, bench: Workbench, tmp_path: Path, gap: int) -> None:
        blank = [""] * gap
        rows = [
            ["低岭村贫困户名单"],
            [*self.HEAD, *blank, *self.HEAD],
            [1, "李甲一", ID[0], "13800000000", *blank, 3, "林甲三", ID[2], "1380000"],
            [2, "李甲二", ID[1], "13800000001"],
        ]
        path = tmp_path / "a.xlsx"
        preview = read(bench, path, rows, village="低岭村")
        assert musts(preview) == []
        assert [record.head_name for record in preview.good] == ["李甲一", "李甲二", "林甲三"]
        phone = chr(65 + 4 + gap + 3)
        assert notes(preview) == [f"{chr(65 + 4 + gap)}2 side_by_side", f"{phone}3 phone_doubtful"]
        again = prepare(bench, path, mapping=preview.mapping, village="低岭村")
        assert len(again.good) == 3

    @pytest.mark.parametrize("others", ["帮扶干部", "帮扶责任人", "驻村干部", "联系人"])
    def test_groups_tell_columns_of_one_heading_apart(self, bench: Workbench, tmp_path: Path, others: str) -> None:
        rows = [
            ["行政村", others, None, "户主", None, None],
            [None, "姓名", "联系电话", "姓名", "身份证号", "家庭人口数"],
            ["低岭村", "干部甲", "13900000001", "李甲一", ID[0], 4],
        ]
        preview = read(bench, tmp_path / "a.xlsx", rows, ["A1:A2", "B1:C1", "D1:F1"])
        assert musts(preview) == []
        assert [(one.head_name, one.phone) for one in preview.good] == [("李甲一", None)]

    def test_the_heading_before_tells_columns_apart(self, bench: Workbench, tmp_path: Path) -> None:
        rows = [
            ["行政村", "帮扶责任人", "联系电话", "户主姓名", "户主身份证号", "家庭人口数", "联系电话"],
            ["低岭村", "干部甲", "13900000001", "陈甲三", ID[0], 4, "13800000000"],
        ]
        preview = read(bench, tmp_path / "a.xlsx", rows)
        assert (musts(preview), notes(preview)) == ([], ["G1 heading_twice"])
        assert [one.phone for one in preview.good] == ["13800000000"]

    def test_columns_that_cannot_be_told_apart_are_asked(self, bench: Workbench, tmp_path: Path) -> None:
        rows = [
            ["行政村", "户主姓名", "户主身份证号", "家庭人口数", "联系电话", "备注", "联系电话"],
            ["低岭村", "陈甲三", ID[0], 4, "13900000001", "", "13800000000"],
        ]
        preview = read(bench, tmp_path / "a.xlsx", rows)
        assert musts(preview) == ["E1 heading_twice"]
        apply(bench, preview, only_good=True)
        assert registered(bench, "phone") == {("",)}
        assert musts(prepare(bench, tmp_path / "a.xlsx")) == ["E1 heading_twice"]
        chosen = prepare(bench, tmp_path / "a.xlsx", mapping=preview.mapping.with_column(6, "household.phone"))
        assert musts(chosen) == []
        apply(bench, chosen)
        assert registered(bench, "phone") == {("13800000000",)}
        assert musts(prepare(bench, tmp_path / "a.xlsx")) == []


class TestPersonsAsHouseholds:
    def test_persons_of_one_number_are_one_household_whose_head_is_asked(self, bench: Workbench, tmp_path: Path) -> None:
        head = ("户码*", "姓名*", "性别*", "年龄*", "身份证号", "产品", "计量单位", "验收数量", "核定成本(元)")
        rows = [["H1", "李甲一", "男", 60, ID[0]], ["H1", "李甲二", "女", 59, ID[1]], ["H2", "陈甲三", "男", 9, ID[2]]]
        preview = read(bench, tmp_path / "a.xlsx", [head, *rows], village="低岭村")
        assert [len(record.persons) for record in preview.parsed.records] == [2, 1]
        assert [text.split()[1] for text in musts(preview)] == ["no_head", "no_head"]

    def test_without_number_and_relation_it_is_asked(self, bench: Workbench, tmp_path: Path) -> None:
        head = ("序号", "姓名", "性别", "出生年月", "身份证号码", "家庭住址")
        rows = [[1, "李甲一", "男", "1960.1", ID[0]], [2, "李甲二", "男", "1960.1", ID[1]]]
        preview = read(bench, tmp_path / "a.xlsx", [head, *rows], village="低岭村")
        assert "B2 no_grouping" in musts(preview)
        assert preview.good == []
        less = read(bench, tmp_path / "b.xlsx", [(*head[1:3], head[4]), *((*row[1:3], row[4]) for row in rows)], village="低岭村")
        assert "A2 no_grouping" in musts(less), "a column of sex alone makes a row a person, too"
        assert less.good == []

    @pytest.mark.parametrize("word", ["户主", "户主（本人）", "戶主", "01户主", "户主本人 ", "本人"])
    def test_the_head_is_known_by_many_words(self, bench: Workbench, tmp_path: Path, word: str) -> None:
        head = ("行政村", "户编号", "姓名", "证件号码", "与户主关系")
        preview = read(bench, tmp_path / "a.xlsx", [head, ("低岭村", "H1", "李甲一", ID[0], word)])
        assert musts(preview) == []


@pytest.mark.parametrize(
    ("heading", "cell", "name", "value"),
    [
        ("户码*", "H1", "code", "H1"),
        ("组名*", "一组", "group_name", "一组"),
        ("承包耕地面积(亩)*", 3.5, "cultivated_milli", 3500),
        ("农户属性*", "低保户", "household_class", "poor"),
        ("电话号码", "13800000000", "phone", "13800000000"),
        ("贫困原因*", "因病", "cause", "因病"),
    ],
)
def test_other_words_for_headings(
    bench: Workbench, tmp_path: Path, heading: str, cell: Any, name: str, value: Any
) -> None:
    head = ("户主姓名*", "户主身份证号码*", "人口*", heading)
    preview = read(bench, tmp_path / "a.xlsx", [head, ("李甲一", ID[0], 4, cell)], village="低岭村")
    assert [getattr(record, name) for record in preview.good] == [value]
