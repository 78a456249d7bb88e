"""Editing the registers: what may be typed, what follows from it, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from fupin_desktop.domain.vocabulary import HouseholdClass, Severity
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import history, offices, registers
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, PERSONS, CellEdit, Filter, Query, registry
from fupin_desktop.services.values import show, typed
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import fields
from fupin_desktop.storage.entities import FarmItem, FundEntry, Household, Participation
from fupin_desktop.storage.search_keys import search_key, sort_key
from fupin_desktop.storage.summaries import ItemFacts, summarise
from tests.services.register_office import GOOD_ID, OTHER_ID, Clock, add_household, add_item, cell, find, make_office

H, F, P = HOUSEHOLDS, FARM_ITEMS, PERSONS


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_office(tmp_path / "数据", Clock())
    yield made
    made.close()


def households(bench: Workbench, **query: object) -> list[str]:
    found = registers.window(bench, Query(H, bench.year, **query), 0, 100)  # type: ignore[arg-type]
    return [cell(row, "head_name") for row in found]


class TestCells:
    """Text to stored value and back, by kind of field."""

    @pytest.mark.parametrize(
        ("field", "text", "stored", "shown"),
        [
            ("head_name", " 张　三 ", "张三", "张三"),
            ("head_name", "买买提•艾力", "买买提·艾力", "买买提·艾力"),
            ("head_id_number", "44088319680214123x", GOOD_ID, GOOD_ID),
            ("head_id_number", "Ｇ44088319680214123Ｘ", GOOD_ID, GOOD_ID),
            ("phone", "138 0013 8000", "13800138000", "13800138000"),
            ("bank_account", "6228 4803 1234 5678", "6228480312345678", "6228480312345678"),
            ("members", "４", 4, "4"),
            ("cultivated_milli", "3.5亩", 3500, "3.500"),
            ("cultivated_milli", "100", 100_000, "100.000"),
            ("production_income_fen", "¥1,234.5", 123_450, "1,234.50"),
            ("cooperative", "是", True, "是"),
            ("cooperative", "×", False, "否"),
            ("household_class", "监测户", "monitored", "监测户"),
            ("household_class", "edge", "edge", "边缘户"),
            ("household_class", "jch", "monitored", "监测户"),
            ("household_class", "监", "monitored", "监测户"),
            ("note", "", "", ""),
            ("members", "", None, ""),
            ("household_class", " ", None, ""),
        ],
    )
    def test_what_is_taken(self, field: str, text: str, stored: object, shown: str) -> None:
        found = fields.of(Household)[field]
        assert typed(found, text) == (stored, ())
        assert show(found, stored) == shown

    @pytest.mark.parametrize(
        ("field", "text", "word"),
        [
            ("head_name", "  ", "不能空着"),
            ("members", "四", "整数"),
            ("members", "-1", "整数"),
            ("cultivated_milli", "-0.001", "面积"),
            ("cultivated_milli", "1.2345", "3位小数"),
            ("production_income_fen", "一千", "收入"),
            ("production_income_fen", "1.005", "2位小数"),
            ("cooperative", "大概", "“是”或“否”"),
            ("household_class", "富户", "贫困户、脱贫户"),
            ("household_class", "户", "可以填"),
        ],
    )
    def test_what_is_refused_and_how_it_is_told(self, field: str, text: str, word: str) -> None:
        value, (problem,) = typed(fields.of(Household)[field], text)
        assert value is None
        assert problem.severity is Severity.MUST
        assert word in problem.sentence
        assert problem.sentence.endswith("。")

    @pytest.mark.parametrize(
        ("field", "text", "stored", "word"),
        [
            ("cultivated_milli", "100.001", 100_001, "超过 100.000亩"),
            ("members", "31", 31, "超过 30"),
            ("phone", "12345678", "12345678", "电话"),
            ("bank_account", "6228", "6228", "8至32位"),
            ("head_id_number", "440883196802141230", "440883196802141230", "校验码"),
            ("head_id_number", "440883680214123", "440883196802141", "15位"),
        ],
    )
    def test_what_is_taken_with_a_warning(self, field: str, text: str, stored: object, word: str) -> None:
        value, (problem,) = typed(fields.of(Household)[field], text)
        assert str(value).startswith(str(stored))
        assert problem.severity is Severity.WARNING
        assert word in problem.sentence

    def test_dates(self) -> None:
        field = fields.of(FundEntry)["dated"]
        for text in ("2026-01-05", "2026/1/5", "2026年1月5日", "2026.1.5"):
            assert show(field, typed(field, text)[0]) == "2026-01-05"
        assert typed(field, "2026-02-30")[1]

    def test_an_unknown_code_is_shown_as_it_is(self) -> None:
        assert show(fields.of(Household)["household_class"], "future") == "future"

    @pytest.mark.parametrize("word", list(HouseholdClass))
    def test_every_label_is_read_back(self, word: HouseholdClass) -> None:
        assert typed(fields.of(Household)["household_class"], word.label) == (word.value, ())


class TestColumns:
    """What the tables are told."""

    def test_keys_are_unique_and_headings_carry_their_unit(self) -> None:
        for register in registry.all():
            infos = registers.columns(register)
            assert len({info.key for info in infos}) == len(infos)
        by_key = {info.key: info for info in registers.columns(H)}
        assert by_key["cultivated"].heading == "耕地面积(亩)"
        assert (by_key["cost_total"].align, by_key["cost_total"].editable, by_key["cost_total"].summed) == ("right", False, True)
        assert by_key["household_class"].choices == tuple(word.label for word in HouseholdClass)
        assert not by_key["size"].editable

    def test_items_and_persons_show_their_household_but_do_not_edit_it(self, bench: Workbench) -> None:
        key = add_household(bench, "张三", code="H1")
        add_item(bench, key)
        (row,) = registers.window(bench, Query(F, 2026), 0, 5)
        assert row.parent == key
        assert [cell(row, name, F) for name in ("village", "household_code", "head_name", "product")] == [
            "低岭村", "H1", "张三", "水稻",
        ]  # fmt: skip
        outcome = registers.set_cells(bench, F, [CellEdit(row.key, "head_name", "李四")])
        assert outcome.refused
        assert "不能修改" in outcome.problems[0].sentence


class TestSetCells:
    """One call is one change, or none."""

    def test_several_cells_of_several_entities_are_one_change(self, bench: Workbench) -> None:
        key = add_household(bench, "张三")
        edits = {"head_name": "单小明", "village": "那罗村", "kind": "分散参与", "area": "12", "priority": "3", "members": "4"}
        outcome = registers.set_cells(bench, H, [CellEdit(key, name, text) for name, text in edits.items()])
        assert outcome.change
        assert outcome.change.title == "修改6 列，6 格"
        row = find(bench, "sxm nlc")
        assert {name: cell(row, name) for name in edits} == {**edits, "area": "12.000"}
        assert (cell(row, "area_total"), cell(row, "size")) == ("12.000", "大户")
        history.undo(bench)
        assert households(bench) == ["张三"]

    def test_one_bad_cell_keeps_all_from_being_written(self, bench: Workbench) -> None:
        key = add_household(bench, "张三")
        title = history.can_undo(bench)
        edits = [CellEdit(key, "members", "4"), CellEdit(key, "cultivated", "-1"), CellEdit(key, "none", "1")]
        outcome = registers.set_cells(bench, H, edits)
        assert outcome.change is None
        assert outcome.refused
        assert [(one.field, one.subjects) for one in outcome.problems] == [("cultivated", (key,)), ("none", (key,))]
        assert cell(find(bench, "张三"), "members") == ""
        assert history.can_undo(bench) == title

    def test_typing_what_is_there_changes_nothing(self, bench: Workbench) -> None:
        key = add_household(bench, "张三", members="4")
        outcome = registers.set_cells(bench, H, [CellEdit(key, "members", "4"), CellEdit(key, "earlier", "")])
        assert (outcome.change, outcome.problems) == (None, ())
        assert registers.set_cells(bench, H, []).change is None

    def test_emptied_sums_are_zero_and_emptied_numbers_not_given(self, bench: Workbench) -> None:
        key = add_household(bench, "张三", earlier="500", area="3")
        registers.set_cells(bench, H, [CellEdit(key, "earlier", ""), CellEdit(key, "area", "")])
        row = find(bench, "张三")
        assert (cell(row, "earlier"), cell(row, "area"), cell(row, "area_total")) == ("0.00", "", "")

    def test_an_unknown_village_names_those_there_are(self, bench: Workbench) -> None:
        key = add_household(bench, "张三")
        outcome = registers.set_cells(bench, H, [CellEdit(key, "village", "上圩村")])
        assert outcome.refused
        assert "低岭村、那罗村" in outcome.problems[0].sentence
        assert registers.set_cells(bench, H, [CellEdit(key, "village", "nl")]).refused
        assert registers.set_cells(bench, H, [CellEdit(key, "village", "nlc")]).change

    def test_a_record_that_is_gone_is_passed_over(self, bench: Workbench) -> None:
        assert registers.set_cells(bench, H, [CellEdit("0" * 32, "members", "4"), CellEdit("0" * 32, "area", "1")]).change is None
        with bench.read() as session:
            assert session.scalars(select(Participation)).all() == []

    def test_a_repeated_id_number_is_taken_with_a_warning_that_masks_it(self, bench: Workbench) -> None:
        add_household(bench, "张三", head_id_number=GOOD_ID)
        key = add_household(bench, "李四")
        outcome = registers.set_cells(bench, H, [CellEdit(key, "head_id_number", GOOD_ID)])
        assert outcome.change
        (problem,) = outcome.problems
        assert (problem.code, problem.severity, problem.field) == ("register.duplicate_id", Severity.WARNING, "head_id_number")
        assert "“张三”" in problem.sentence
        assert GOOD_ID not in problem.sentence
        rows = registers.window(bench, Query(H, 2026), 0, 9)
        assert ["不止一次" in row.problems["head_id_number"] for row in rows] == [True, True]
        both = [CellEdit(row.key, "head_id_number", OTHER_ID) for row in rows]
        assert [one.subjects for one in registers.set_cells(bench, H, both).problems] == [(row.key,) for row in rows]

    def test_each_year_has_its_own_participation(self, bench: Workbench) -> None:
        key = add_household(bench, "张三", kind="参与")
        add_item(bench, key, accepted="3")
        offices.set_year(bench, 2027)
        row = find(bench, "张三")
        assert [cell(row, name) for name in ("kind", "products_text", "area_total")] == ["", "", ""]
        registers.set_cells(bench, H, [CellEdit(key, "kind", "未参与")])
        assert cell(find(bench, "张三"), "kind") == "未参与"
        offices.set_year(bench, 2026)
        assert cell(find(bench, "张三"), "kind") == "参与"


class TestAdding:
    """New records."""

    def test_what_is_missing_is_told(self, bench: Workbench) -> None:
        outcome = registers.add(bench, H, {"members": "4"})
        assert outcome.change is None
        assert {problem.field for problem in outcome.problems} == {"head_name", "village"}

    def test_an_item_needs_its_household(self, bench: Workbench) -> None:
        with pytest.raises(NotAllowed, match="哪一户"):
            add_item(bench, "")
        assert registers.count(bench, Query(F, 2026)) == 0

    def test_defaults_of_an_item(self, bench: Workbench) -> None:
        add_item(bench, add_household(bench, "张三"))
        (row,) = registers.window(bench, Query(F, 2026), 0, 5)
        assert [cell(row, name, F) for name in ("other_subsidy", "instalment_year", "declared")] == ["0.00", "1", ""]

    def test_persons_are_found_by_their_own_names(self, bench: Workbench) -> None:
        key = add_household(bench, "张三")
        registers.add(bench, P, {"name": "单小明", "id_number": GOOD_ID}, key)
        row = find(bench, "sxm", P)
        assert cell(row, "head_name", P) == "张三"
        registers.set_cells(bench, P, [CellEdit(row.key, "name", "仇英")])
        assert registers.count(bench, Query(P, 2026, text="qy 123X")) == 1


class TestPaste:
    """Blocks from Excel."""

    def test_a_block_goes_into_rows_and_columns(self, bench: Workbench) -> None:
        keys = [add_household(bench, name) for name in ("张三", "李四", "王五")]
        outcome = registers.paste(bench, H, keys, ["members", "cultivated"], "4\t3.5\r\n5\t\r\n")
        assert outcome.change
        assert outcome.change.title == "粘贴 4 格"
        rows = registers.rows(bench, H, 2026, keys)
        assert [(cell(row, "members"), cell(row, "cultivated")) for row in rows] == [("4", "3.500"), ("5", ""), ("", "")]

    def test_a_single_value_fills_the_selection(self, bench: Workbench) -> None:
        keys = [add_household(bench, name) for name in ("张三", "李四")]
        registers.paste(bench, H, keys, ["household_class"], "边缘户\n")
        assert [cell(row, "household_class") for row in registers.rows(bench, H, 2026, keys)] == ["边缘户", "边缘户"]

    def test_a_block_that_does_not_fit_is_refused(self, bench: Workbench) -> None:
        keys = [add_household(bench, "张三")]
        for block in ("1\n2", "1\t2\t3"):
            with pytest.raises(NotAllowed, match="放不下"):
                registers.paste(bench, H, keys, ["members", "priority"], block)

    def test_quoted_cells_with_line_ends_and_tabs_are_one_cell(self) -> None:
        assert registers.split_block('"甲\n乙"\tx\n"说""好""\t"\ty') == [["甲 乙", "x"], ['说"好"', "y"]]
        assert registers.split_block("") == []
        assert registers.split_block("\r\n") == []
        assert registers.split_block("a\n\nb") == [["a"], [""], ["b"]]


class TestFilters:
    """Filters as the clerk sets them."""

    @pytest.fixture
    def town(self, bench: Workbench) -> Workbench:
        rows = (
            ("甲", "低岭村", "贫困户", "参与", "9.999"),
            ("乙", "低岭村", "脱贫户", "分散参与", "10"),
            ("丙", "那罗村", "贫困户", "未参与", "10.001"),
            ("丁", "那罗村", "", "", ""),
        )
        for name, village, household_class, kind, area in rows:
            add_household(bench, name, village, household_class=household_class, kind=kind, area=area)
        return bench

    @pytest.mark.parametrize(
        ("filters", "names"),
        [
            ((Filter("household_class", values=("贫困户",)),), "甲丙"),
            ((Filter("household_class", values=("贫困户", "")),), "甲丙丁"),
            ((Filter("village", values=("那罗村",)),), "丙丁"),
            ((Filter("size", values=("大户",)),), "乙丙"),
            ((Filter("size", values=("小农户",)),), "甲"),
            ((Filter("size", values=("",)),), "丁"),
            ((Filter("area", low="10"),), "乙丙"),
            ((Filter("area", low="9.999", high="10"),), "甲乙"),
            ((Filter("area", low="不是数"),), ""),
            ((Filter("head_name", contains="甲"),), "甲"),
            ((Filter("kind", blank=True),), "丁"),
            ((Filter("household_class", blank=False), Filter("village", values=("那罗村",))), "丙"),
            ((Filter("no such column", values=("x",)),), "甲乙丙丁"),
            (H.conditions("participating"), "甲乙"),
            (H.conditions("large"), "乙"),
            (H.conditions("small"), "甲"),
            (H.conditions("missing:participation"), "丁"),
            (H.conditions("missing:id"), "甲乙丙丁"),
        ],
    )
    def test_filters(self, town: Workbench, filters: tuple[Filter, ...], names: str) -> None:
        assert "".join(households(town, filters=filters)) == names

    def test_village_and_search_narrow_further(self, town: Workbench) -> None:
        assert households(town, village="低岭村", filters=(Filter("size", values=("大户",)),)) == ["乙"]
        assert households(town, village="低岭村", text="丙") == []

    def test_values_of_a_column_leave_its_own_filter_out(self, town: Workbench) -> None:
        query = Query(H, 2026, village="那罗村", filters=(Filter("household_class", values=("脱贫户",)),))
        found = {one.text: one.count for one in registers.values(town, query, "household_class")}
        assert found == {"贫困户": 1, "": 1}
        sizes = {one.text: one.count for one in registers.values(town, Query(H, 2026), "size")}
        assert sizes == {"大户": 2, "小农户": 1, "": 1}
        villages = {one.text: one.count for one in registers.values(town, Query(H, 2026), "village")}
        assert villages == {"低岭村": 2, "那罗村": 2}

    def test_totals_are_of_the_query(self, town: Workbench) -> None:
        found = registers.totals(town, Query(H, 2026, village="低岭村"))
        assert (found.count, found.sums["area"], found.sums["area_total"]) == (2, "19.999", "19.999")
        nothing = registers.totals(town, Query(H, 2026, text="无此人"))
        assert (nothing.count, nothing.sums["area"]) == (0, "0.000")

    def test_an_id_number_is_found_by_beginning_tail_and_whole(self, town: Workbench) -> None:
        add_household(town, "戊", head_id_number=GOOD_ID)
        for text in (GOOD_ID, GOOD_ID.lower(), "4408831968", "123X", "14123X", "w 123x"):
            assert households(town, text=text) == ["戊"], text
        for text in ("4408831969", "9999", "4408831968 甲"):
            assert households(town, text=text) == []

    def test_items_are_found_by_household_and_product(self, town: Workbench) -> None:
        key = find(town, "甲").key
        add_item(town, key, "水稻")
        add_item(town, key, "三黄鸡", "羽")
        for text, count in (("甲", 2), ("三黄", 1), ("shj", 1), ("甲 sd", 1), ("乙", 0), ("乙 水", 0)):
            assert registers.count(town, Query(F, 2026, text=text)) == count, text
        assert registers.count(town, Query(F, 2025)) == 0


def test_what_is_derived_is_right_after_any_edit(bench: Workbench) -> None:
    """Search words and sums in one place: whatever was edited, they are what they would be if made anew."""
    first, second = add_household(bench, "张三", head_id_number=GOOD_ID), add_household(bench, "李四", "那罗村")
    add_item(bench, first, accepted="3.2", declared="4", cost="100")
    add_item(bench, first, "三黄鸡", "羽", accepted="500")
    add_item(bench, second, "莲藕", area="9")
    items = registers.all_keys(bench, Query(F, 2026))
    registers.set_cells(bench, F, [CellEdit(items[0], "accepted", "2"), CellEdit(items[1], "area", "0.5")])
    registers.set_cells(bench, F, [CellEdit(items[2], "product", "番薯"), CellEdit(items[2], "cost", "7.07")])
    registers.set_cells(bench, H, [CellEdit(first, "head_name", "单雄"), CellEdit(second, "village", "低岭村")])
    registers.set_cells(bench, H, [CellEdit(second, "area", "20"), CellEdit(second, "code", "H2")])
    registers.remove(bench, F, [items[1]])
    history.undo(bench)
    registers.remove(bench, F, [items[0]])
    with bench.read() as session:
        for year in session.scalars(select(Participation)):
            of_household = select(*(getattr(FarmItem, name) for name in ItemFacts._fields)).where(
                FarmItem.household_key == year.household_key
            )
            facts = [ItemFacts(*row) for row in session.execute(of_household.order_by(FarmItem.key))]
            kept = (year.area_total_milli, year.cost_total_fen, year.products_text, year.item_count)
            assert kept == tuple(summarise(facts, year.area_milli))
        for household in session.scalars(select(Household)):
            assert household.head_sort == sort_key(household.head_name)
            words = search_key(household.head_name, household.head_id_number, "低岭村", household.code)
            assert household.search_key == words
    assert households(bench, text="sx") == ["单雄"]
    assert registers.removal_notice(bench, F, list(items)) == "删除种养项目：三黄鸡、番薯。可以撤销。"
