"""The rows of a quarterly table: places, subtotals, sums in yuan, what changed."""

from __future__ import annotations

import tomllib
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.documents.drawing.workbook import workbook_bytes
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.services.documents import forms
from fupin_desktop.services.reports import assembling
from fupin_desktop.services.reports.assembling import NO_PROJECT, TOWN, VILLAGE, plain, table
from fupin_desktop.services.reports.model import Money, PlaceFacts, ProjectFacts, QuarterFacts
from tests.services.reports.quarter_cases import COUNTY, PLACES, PROJECTS, project, yuan

TOWNS = (PlaceFacts("", COUNTY, "石牯塘镇", "", poor=False), PlaceFacts("", COUNTY, "大湾镇", "", poor=False))


def told(rows):
    return [(row["level"], row.get("number"), row["project"]) for row in rows]


def test_every_poor_village_appears_with_subtotals_of_villages_and_towns():
    assert told(table(PROJECTS, PLACES, None)) == [
        (0, 1, "石下村麻竹笋种植基地"), (0, 2, "石下村清远鸡养殖场"), (VILLAGE, None, "石下村小计"), (0, 3, NO_PROJECT),
        (0, 4, "长江村茶叶加工车间"), (TOWN, None, "石牯塘镇小计"), (0, 5, "上洞村砂糖桔"), (TOWN, None, "大湾镇小计"),
    ]  # fmt: skip


def test_scattered_projects_stand_by_town():
    rows = table(PROJECTS[:3], TOWNS, None)
    assert [row["project"] for row in rows] == [
        *(one.name for one in PROJECTS[:3]), "石牯塘镇小计", NO_PROJECT, "大湾镇小计"
    ]


def test_sums_are_those_of_the_yuan():
    village, town = (row for row in table(PROJECTS, PLACES, None) if row["project"] in ("石下村小计", "石牯塘镇小计"))
    assert village["plan_total"] == yuan("500070.00")
    assert town["plan_total"] == yuan("750105.00")
    assert town["plan_own"] == yuan("104.88")
    assert (town["households"], town["done_share"]) == (54, "32.9")
    assert "plan_loan" not in town


def test_what_a_row_says():
    row = table(PROJECTS[:1], PLACES[:1], None)[0]
    assert row["period"] == "2026.03\n2026.12"
    assert row["per_household"] == ((yuan("6000") + yuan("1500.50")) / 27).quantize(Decimal("0.01"))
    assert (row["done_share"], row["progress"], row["insured"]) == ("49.4", "60", "是")
    assert "compared" not in row
    bare = table((project("p", PLACES[0], "甲", quarter=None, money={}, insured=None, starts_on=None, ends_on=None),), PLACES[:1], None)
    assert not {"done", "running", "plan_total", "per_household", "insured", "period"} & set(bare[0])


def test_changes_against_the_last_report_are_told_and_marked():
    before = table(PROJECTS[:1], PLACES, None)
    grown = QuarterFacts(done=yuan("200000"), received=yuan("150000"), running="已投产", progress=Decimal(100))
    rows = table((project("p1", PLACES[0], "石下村麻竹笋种植基地", quarter=grown), PROJECTS[3]), PLACES, before)
    assert rows[0]["compared"] == "完成投资+7.65；运作情况在建→已投产；进度60→100等7项"
    assert [row["compared"] for row in plain(rows) if row["key"] == "p4"] == ["新增"]
    assert table(PROJECTS[:1], PLACES, before)[0]["compared"] == "无变化"
    marked = assembling.changed_cells(rows, before)
    assert {"rows[0].done", "rows[0].running", "rows[0].troubles"} <= marked
    assert not {"rows[0].received", "rows[0].number"} & marked
    place = next(at for at, row in enumerate(rows) if row["key"] == "p4")
    assert f"rows[{place}].project" in marked


@pytest.mark.parametrize(
    ("old", "new", "alike"),
    [
        (None, "", True), ("", None, True), (None, None, True), (yuan("0"), yuan("0.00"), True), (yuan("1.5"), yuan("1.50"), True),
        (None, yuan("0"), False), (0, None, False), (0, "", False), (0, 1, False), ("在建", "停滞", False), ("", "在建", False),
    ],
)  # fmt: skip
def test_nothing_told_is_not_nothing_sold(old, new, alike):
    assert assembling.same(old, new) is alike


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ({"sales": None}, {"sales": yuan("0")}, "销售额无→0"),
        ({"sales": yuan("0")}, {"sales": None}, "销售额0→无"),
        ({"sales": yuan("10000")}, {"sales": yuan("25000")}, "销售额+1.50"),
        ({"sales": yuan("25000")}, {"sales": yuan("10000")}, "销售额-1.50"),
        ({"sales": yuan("1")}, {"sales": yuan("2")}, "销售额+0.00"),
        ({"households": 27}, {"households": 30}, "带动户27→30"),
        ({"running": "在建"}, {"running": ""}, "运作情况在建→无"),
        ({"progress": Decimal(60)}, {"progress": Decimal("60.0")}, "无变化"),
        ({"plan": "甲"}, {"plan": "乙"}, "无变化"),
    ],
)  # fmt: skip
def test_each_change_against_the_last_report_in_words(before, now, told):
    usual = {"done": yuan("1"), "sales": yuan("5"), "households": 1, "running": "在建", "progress": Decimal(1)}
    rows = [table((project("p", PLACES[0], "甲", quarter=QuarterFacts(**{**usual, **one})),), PLACES[:1], None) for one in (before, now)]
    again = table((project("p", PLACES[0], "甲", quarter=QuarterFacts(**{**usual, **now})),), PLACES[:1], rows[0])
    assert again[0]["compared"] == told
    marked = assembling.changed_cells(rows[1], rows[0])
    assert ("rows[0].next_plan" in marked) is ("plan" in now)


def test_a_project_that_moved_is_known_by_its_key_and_a_report_without_it_says_new():
    before = table((project("p", PLACES[0], "甲"),), PLACES, None)
    moved = table((project("p", PLACES[2], "甲乙"),), PLACES, before)
    (row,) = [one for one in plain(moved) if one["key"] == "p"]
    assert (row["village"], row["compared"]) == (PLACES[2].village, "无变化")
    assert {"project", "village"} <= {path.partition(".")[2] for path in assembling.changed_cells(moved, before)}


CASES = Path(__file__).parents[2] / "cases" / "reports"
ROWS = tomllib.loads((CASES / "rows.toml").read_text(encoding="utf-8"))["case"]
SUMS = {*assembling.SUMMED, "per_household", "plan_total"}


def read(values, money=()):
    return {name: Decimal(value) if name in money and isinstance(value, str) and value else value for name, value in values.items()}


def quarter_of(case):
    if "quarter" not in case:
        return None
    return QuarterFacts(**read(case["quarter"], {*SUMS, "wages", "progress"}))


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case["name"])
def test_each_cell_of_a_row_from_the_pool_and_the_answer(case):
    facts = dict(case.get("project", {}))
    facts["money"] = {Money(name): Decimal(yuan) for name, yuan in facts.get("money", {}).items()}
    one = ProjectFacts("p", PLACES[0], "甲", **facts, quarter=quarter_of(case))
    before = [read(row, SUMS) for row in case["before"]] if "before" in case else None
    (row,) = plain(table((one,), PLACES[:1], before))
    assert {name: row.get(name, "") for name in case["row"]} == read(case["row"], SUMS)


FEN = st.integers(0, 10**12).map(lambda fen: Decimal(fen).scaleb(-2))


@given(st.lists(st.tuples(st.integers(0, 3), FEN, st.none() | FEN), max_size=12))
def test_subtotals_always_agree_with_the_rows(chosen):
    projects = [
        project(f"p{at}", PLACES[place], f"项目{at}", money={Money.FISCAL: amount}, quarter=QuarterFacts(done=done, running="在建"))
        for at, (place, amount, done) in enumerate(chosen)
    ]
    rows = table(projects, PLACES, None)
    for name in ("plan_total", "done"):
        towns = sum((row.get(name, Decimal(0)) for row in rows if row["level"] == TOWN), Decimal(0))
        assert towns == sum((row.get(name) or Decimal(0) for row in plain(rows)), Decimal(0))
    assert sorted(row["number"] for row in plain(rows)) == list(range(1, len(plain(rows)) + 1))
    assert {row.get("village") for row in plain(rows)} == {place.village for place in PLACES}


# ---- the workbook ----
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def filled(form_id, rows):
    data = {"year": 2026, "quarter": "第三季度", "office": "英德市扶贫办", "maker": "陈经办", "rows": rows}
    return fill(forms.built_in(form_id).form, data, date(2026, 10, 3))


def formulas(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as book:
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    return {cell.get("r", ""): found.text or "" for cell in root.iterfind(".//m:c", NS) if (found := cell.find("m:f", NS)) is not None}


@pytest.mark.parametrize("form_id", ["quarterly_poor_village", "quarterly_scattered"])
def test_subtotals_and_the_total_are_live_sums_of_nested_rows(form_id, tmp_path):
    form = filled(form_id, table(PROJECTS, PLACES, None))
    path = tmp_path / "q.xlsx"
    path.write_bytes(workbook_bytes(form))
    found = formulas(path)
    assert found
    assert all(one.startswith("SUBTOTAL(9,") for one in found.values())
    column = next(name.rstrip("0123456789") for name in found)
    ranges = [one.split(column) for name, one in found.items() if name.rstrip("0123456789") == column]
    first = int(ranges[0][1].rstrip(":"))
    told = [(int(one[1].rstrip(":")) - first, int(one[2].rstrip(")")) - first) for one in ranges]
    assert told == [(0, 1), (0, 4), (6, 6), (0, 7)]
