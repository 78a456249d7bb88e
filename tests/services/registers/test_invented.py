"""Registers that exist nowhere but in their description, walked through everything a register can do."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from fupin_desktop.__main__ import main
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import exports, history, home, registers
from fupin_desktop.services.overview import Target
from fupin_desktop.services.registers import CellEdit, Filter, Outcome, Query, Register, writing
from fupin_desktop.services.registers.blocks import put_block
from fupin_desktop.services.registers.cards import card
from fupin_desktop.services.registers.finding import find
from fupin_desktop.services.registers.suggestions import suggest
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import Clock, add_household, cell, make_office
from tests.services.registers.invented import Invented, invented


class Town(NamedTuple):
    """An office with the invented registers."""

    bench: Workbench
    of: Invented

    def add(self, name: str, village: str = "低岭村", **values: str) -> str:
        return added(registers.add(self.bench, self.of.ponds, {"name": name, "village": village, **values}))

    def names(self, **query: object) -> list[str]:
        found = registers.window(self.bench, Query(self.of.ponds, self.bench.year, **query), 0, 50)  # type: ignore[arg-type]
        return [cell(row, "name", self.of.ponds) for row in found]

    def cell(self, key: str, column: str, register: Register | None = None) -> str:
        one = register or self.of.ponds
        return cell(registers.rows(self.bench, one, self.bench.year, [key])[0], column, one)


def added(outcome: Outcome) -> str:
    assert outcome.change, outcome.problems
    return outcome.change.keys[0]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with invented() as made:
        bench = make_office(tmp_path / "数据", Clock())
        yield Town(bench, made)
        bench.close()


PLAIN = {
    "number": "Y1", "water": "淡水", "size": "12.5", "depth": "2", "rent": "1.5万元", "share": "12.5%",
    "leased_on": "2026年1月5日", "insured": "是", "workers": "3",
}  # fmt: skip


class TestLasting:
    """Fish ponds: lasting, in a village, kept by a household."""

    def test_every_kind_of_column_is_written_and_shown(self, town: Town) -> None:
        add_household(town.bench, "欧水生", code="H9")
        key = town.add("大塘", keeper="欧水生", **PLAIN)
        shown = {name: town.cell(key, name) for name in (*PLAIN, "village", "keeper")}
        assert shown == {
            "number": "Y1", "water": "淡水", "size": "12.500", "depth": "2", "rent": "15,000.00", "share": "12.5%",
            "leased_on": "2026-01-05", "insured": "是", "workers": "3", "village": "低岭村", "keeper": "欧水生",
        }  # fmt: skip
        assert town.cell(town.add("小塘", keeper="H9"), "keeper") == "欧水生"

    def test_what_is_missing_or_unknown_is_told_at_its_column(self, town: Town) -> None:
        outcome = registers.add(town.bench, town.of.ponds, {"name": "大塘", "keeper": "无此人"})
        assert {problem.field for problem in outcome.problems} == {"village", "keeper"}
        assert outcome.refused
        assert registers.count(town.bench, Query(town.of.ponds, 2026)) == 0
        refused = registers.add(town.bench, town.of.ponds, {"name": "大塘", "village": "低岭村", "leased_on": "2026-02-30"})
        assert [problem.field for problem in refused.problems] == ["leased_on"]

    def test_search_by_name_initials_number_village_and_keeper(self, town: Town) -> None:
        add_household(town.bench, "欧水生", code="H9")
        town.add("大塘", keeper="欧水生", number="Y1")
        town.add("新月塘", "那罗村", number="Y2")
        for text, names in (
            ("大", ["大塘"]), ("xyt", ["新月塘"]), ("Y2", ["新月塘"]), ("那罗", ["新月塘"]), ("nlc", ["新月塘"]),
            ("欧水", ["大塘"]), ("oss", ["大塘"]), ("大 那罗", []), ("塘", ["大塘", "新月塘"]),
        ):  # fmt: skip
            assert town.names(text=text) == names, text

    def test_filters_sorting_position_totals_and_values(self, town: Town) -> None:
        keys = [
            town.add("甲塘", size="3", rent="100", water="淡水", number="1"),
            town.add("乙塘", "那罗村", size="12", rent="500", water="咸水", number="2"),
            town.add("丙塘", size="20.5", share="50", leased_on="2025-12-31", insured="否", number="3"),
        ]
        for filters, names in (
            ((Filter("water", values=("咸水",)),), "乙"),
            ((Filter("size", low="10", high="12"),), "乙"),
            ((Filter("leased_on", high="2025-12-31"),), "丙"),
            ((Filter("share", low="50%"),), "丙"),
            ((Filter("insured", values=("否",)),), "丙"),
            ((Filter("village", values=("低岭村",)), Filter("rent", blank=False)), "甲"),
            ((Filter("name", contains="乙"),), "乙"),
            ((Filter("keeper", blank=True),), "甲乙丙"),
            (town.of.ponds.conditions("large"), "乙丙"),
            (town.of.ponds.conditions("missing:rent"), "丙"),
        ):
            assert "".join(name[0] for name in town.names(filters=filters)) == names, filters
        assert town.names(village="那罗村") == ["乙塘"]
        assert town.names(sort=(("size", True),)) == ["丙塘", "乙塘", "甲塘"]
        assert town.names(sort=(("village", False), ("name", True)))[-1] == "乙塘"
        query = Query(town.of.ponds, 2026, sort=(("size", True),))
        assert [registers.position(town.bench, query, key) for key in keys] == [2, 1, 0]
        found = registers.totals(town.bench, query)
        assert (found.count, found.sums["size"], found.sums["rent"]) == (3, "35.500", "600.00")
        counted = registers.values(town.bench, query, "village")
        assert [(one.text, one.count) for one in counted] == [("低岭村", 2), ("那罗村", 1)]

    def test_edits_pastes_and_undo(self, town: Town) -> None:
        first, second = town.add("甲塘", number="1"), town.add("乙塘", number="2")
        outcome = registers.paste(town.bench, town.of.ponds, [first, second], ["size", "rent"], "3\t1,000\n4.5\t2千")
        assert outcome.refused
        registers.paste(town.bench, town.of.ponds, [first, second], ["size", "rent"], "3\t1,000\n4.5\t2000")
        assert town.cell(second, "rent") == "2,000.00"
        registers.set_cells(town.bench, town.of.ponds, [CellEdit(first, "village", "那罗")])
        assert town.cell(first, "village") == "那罗村"
        history.undo(town.bench)
        history.undo(town.bench)
        assert (town.cell(first, "village"), town.cell(second, "rent")) == ("低岭村", "")
        history.redo(town.bench)
        assert town.cell(second, "size") == "4.500"

    def test_rows_pasted_below_the_last(self, town: Town) -> None:
        key = town.add("甲塘", number="1")
        rows = [{"name": "乙塘", "village": "低岭村"}, {"name": "丙塘", "village": "那罗村", "size": "2"}]
        outcome = put_block(town.bench, town.of.ponds, [CellEdit(key, "size", "9")], rows, "粘贴")
        assert outcome.change is not None
        assert town.names() == ["甲塘", "乙塘", "丙塘"]
        history.undo(town.bench)
        assert (town.names(), town.cell(key, "size")) == (["甲塘"], "")

    def test_suggestions_are_closed_lists_names_and_texts_in_use(self, town: Town) -> None:
        infos = {info.key: info for info in registers.columns(town.of.ponds)}
        town.add("甲塘", note="塘基要修")
        assert suggest(town.bench, town.of.ponds, infos["water"], "") == ["淡水", "咸水"]
        assert suggest(town.bench, town.of.ponds, infos["village"], "nl") == ["那罗村"]
        assert suggest(town.bench, town.of.ponds, infos["note"], "塘") == ["塘基要修"]
        assert not suggest(town.bench, town.of.ponds, infos["crops"], "")
        assert infos["keeper"].closed
        assert not infos["name"].closed

    def test_what_is_unique_stops_or_warns_across_all_villages(self, town: Town) -> None:
        town.add("甲塘", number="1")
        warned = registers.add(town.bench, town.of.ponds, {"name": "甲塘", "village": "那罗村", "number": "1"})
        assert warned.change is not None
        assert [(one.field, one.severity) for one in warned.problems] == [("number", Severity.WARNING)]
        stopped = registers.add(town.bench, town.of.ponds, {"name": "甲塘", "village": "低岭村"})
        assert stopped.change is None
        assert [problem.field for problem in stopped.problems] == ["village"]
        other = town.add("丙塘", "那罗村")
        renamed = registers.set_cells(town.bench, town.of.ponds, [CellEdit(other, "name", "甲塘")])
        assert renamed.refused
        assert town.cell(other, "name") == "丙塘"
        rows = registers.window(town.bench, Query(town.of.ponds, 2026), 0, 9)
        assert [list(row.problems) for row in rows] == [["number"], ["number"], []]

    def test_its_own_check_warns_stops_and_marks_the_cell(self, town: Town) -> None:
        key = town.add("甲塘", water="咸水", rent="100")
        ask = registers.set_cells(town.bench, town.of.ponds, [CellEdit(key, "rent", "800")])
        assert ask.change is not None
        assert [problem.field for problem in ask.problems] == ["rent"]
        stop = registers.set_cells(town.bench, town.of.ponds, [CellEdit(key, "rent", "1500")])
        assert stop.refused
        assert town.cell(key, "rent") == "800.00"
        assert registers.add(town.bench, town.of.ponds, {"name": "乙", "village": "低岭村", "water": "咸水", "rent": "2000"}).refused
        assert town.names() == ["甲塘"]
        (row,) = registers.rows(town.bench, town.of.ponds, 2026, [key])
        assert row.problems == {"rent": "咸水塘租金偏高，请核对。"}


class TestChildren:
    """Harvests of a pond, one year each."""

    def test_children_belong_to_a_year_and_are_counted_in_their_parent(self, town: Town) -> None:
        pond = town.add("甲塘")
        for fish in ("罗非", "草鱼"):
            outcome = registers.add(town.bench, town.of.harvests, {"fish": fish, "caught": "1200", "earned": "9000"}, pond)
            assert pond in outcome.change.keys  # type: ignore[union-attr]
        assert town.cell(pond, "crops") == "2"
        assert registers.count(town.bench, Query(town.of.harvests, 2026, text="甲")) == 2
        assert registers.count(town.bench, Query(town.of.harvests, 2026, text="lf")) == 1
        assert registers.count(town.bench, Query(town.of.harvests, 2025)) == 0
        assert registers.count(town.bench, Query(town.of.harvests, 2026, parent=pond)) == 2
        assert registers.count(town.bench, Query(town.of.harvests, 2026, parent="nowhere")) == 0
        assert registers.count(town.bench, Query(town.of.harvests, 2026, village="低岭村")) == 2
        with pytest.raises(NotAllowed, match="哪一口塘"):
            registers.add(town.bench, town.of.harvests, {"fish": "鳙鱼"}, "nowhere")

    def test_card_history_and_removal_take_them_along(self, town: Town) -> None:
        pond = town.add("甲塘", rent="100")
        registers.add(town.bench, town.of.harvests, {"fish": "罗非"}, pond)
        registers.set_cells(town.bench, town.of.ponds, [CellEdit(pond, "rent", "200")])
        found = card(town.bench, town.of.ponds, pond)
        assert found is not None
        assert [cell(row, "fish", town.of.harvests) for row in found.children[town.of.harvests]] == ["罗非"]
        told = [(line.label, line.before, line.after) for line in history.of_card(town.bench, found)]
        assert set(told) == {("年租金", "100.00", "200.00"), ("罗非 新增", "", ""), ("新增", "", "")}
        assert [line.label for line in history.entries(town.bench, "ponds", pond)] == ["年租金", "新增"]
        assert registers.removal_notice(town.bench, town.of.ponds, [pond]) == "删除鱼塘：甲塘，连同 1 次起捕。可以撤销。"
        change = registers.remove(town.bench, town.of.ponds, [pond])
        assert change is not None
        assert change.nouns == {"ponds", "harvests"}
        assert registers.count(town.bench, Query(town.of.harvests, 2026)) == 0
        history.undo(town.bench)
        assert (town.cell(pond, "crops"), registers.count(town.bench, Query(town.of.harvests, 2026))) == ("1", 1)

    def test_many_children_belong_to_whom_their_values_say(self, town: Town) -> None:
        first, second = town.add("甲塘"), town.add("乙塘")
        rows = [({"fish": "罗非", "pond_key": first}, ""), ({"fish": "草鱼", "caught_milli": 1000}, second)]
        with town.bench.write("test", "起捕") as unit:
            writing.insert_many(unit, town.of.harvests, rows, town.bench)
        town.bench.change(unit)
        assert (town.cell(first, "crops"), town.cell(second, "crops")) == ("1", "1")
        assert registers.counts_of_parents(town.bench, Query(town.of.harvests, 2026)) == {first: 1, second: 1}

    def test_a_removed_child_is_counted_no_more(self, town: Town) -> None:
        pond = town.add("甲塘")
        registers.add(town.bench, town.of.harvests, {"fish": "罗非"}, pond)
        (child,) = registers.all_keys(town.bench, Query(town.of.harvests, 2026))
        assert registers.removal_notice(town.bench, town.of.harvests, [child]) == "删除起捕：罗非。可以撤销。"
        registers.remove(town.bench, town.of.harvests, [child])
        assert town.cell(pond, "crops") == "0"


class TestYearBound:
    """Fairs, each in one year."""

    def test_each_year_has_its_own(self, town: Town) -> None:
        bench, fairs = town.bench, town.of.fairs
        values = {"village": "低岭村", "name": "荔枝节", "held_on": "6.20", "sold": "3万"}
        key = added(registers.add(bench, fairs, {**values, "held_on": "2026.6.20", "sold": "3万元"}))
        assert (town.cell(key, "held_on", fairs), town.cell(key, "sold", fairs)) == ("2026-06-20", "30,000.00")
        assert registers.count(bench, Query(fairs, 2025)) == 0
        bench.year = 2027
        again = registers.add(bench, fairs, {"village": "低岭村", "name": "荔枝节"})
        assert (again.problems, registers.count(bench, Query(fairs, 2027))) == ((), 1)
        twice = registers.add(bench, fairs, {"village": "低岭村", "name": "荔枝节"})
        assert [problem.field for problem in twice.problems] == ["village"]


class TestOutside:
    """What stands around a register: files, papers, the first page, the search box, the command line."""

    def test_exports_as_workbook_and_csv(self, town: Town, tmp_path: Path) -> None:
        add_household(town.bench, "欧水生", code="H9")
        town.add("大塘", keeper="欧水生", **PLAIN)
        town.add("小塘", "那罗村")
        path = tmp_path / "鱼塘.xlsx"
        assert exports.write_register(town.bench, town.of.ponds, path) == 2
        sheet = openpyxl.load_workbook(path).active
        head, first, _second = sheet.iter_rows(values_only=True)  # type: ignore[union-attr]
        assert head[:5] == ("镇(街)", "行政村", "塘号", "塘名", "承包户")
        row = dict(zip(head, first, strict=True))
        assert (row["塘名"], row["承包户"], row["水质"], row["年租金(元)"]) == ("大塘", "欧水生", "淡水", 15000)
        csv_path = tmp_path / "鱼塘.csv"
        query = Query(town.of.ponds, 2026, sort=(("name", True),))
        assert exports.export_query(town.bench, query, csv_path, columns=["name", "leased_on", "share"]) == 2
        text = csv_path.read_text(encoding="utf-8-sig")
        assert text.splitlines() == ["塘名,承包日期,集体占比(%)", "小塘,,", "大塘,2026-01-05,12.5%"]

    def test_prints_chosen_columns_on_either_paper(self, town: Town) -> None:
        for place in range(70):
            town.add(f"塘{place}")
        query = Query(town.of.ponds, 2026)
        small = exports.query_paper(town.bench, query, columns=["name", "village"])
        large = exports.query_paper(town.bench, query, size="A3")
        assert len(small.pages) > 1
        assert {large.paper.width, large.paper.height} == {297, 420}

    def test_the_first_page_tells_what_is_lacking(self, town: Town) -> None:
        town.add("大塘")
        due = home.overview(town.bench, town.bench.today).due
        (told,) = [item for item in due if "年租金" in item.text]
        assert told.text == "1 口没有年租金"
        assert told.target == Target("registers", "missing:rent", "", "ponds")

    def test_the_search_box_finds_records_of_every_register(self, town: Town) -> None:
        add_household(town.bench, "大塘主")
        key = town.add("大塘", "那罗村")
        found = find(town.bench, "大塘", 5)
        assert [(one.register.name, one.words[0]) for one in found] == [("households", "大塘主"), ("ponds", "大塘")]
        assert (found[1].key, found[1].words) == (key, ("大塘", "那罗村"))
        assert not find(town.bench, "  ", 5)

    def test_the_command_line_exports_it_by_its_title(self, town: Town, tmp_path: Path) -> None:
        town.add("大塘")
        town.bench.close()
        out = tmp_path / "台账.xlsx"
        assert main(["export", "--data", str(town.bench.data_folder), "--out", str(out), "--register", "鱼塘"]) == 0
        assert openpyxl.load_workbook(out).active.max_row == 2  # type: ignore[union-attr]
        assert main(["export", "--data", str(town.bench.data_folder), "--out", str(out), "--register", "猪场"]) != 0

    def test_a_description_is_pickled_by_its_name(self, town: Town) -> None:
        assert pickle.loads(pickle.dumps(town.of.ponds)) is town.of.ponds
        query = Query(registers.HOUSEHOLDS, 2026)
        assert pickle.loads(pickle.dumps(query)) == query
