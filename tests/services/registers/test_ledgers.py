"""The registers of projects, entities and selling: what follows from a write, import and export."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.domain.project_words import Direction
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.indicators import contradiction
from fupin_desktop.services import exports, history, offices, registers, villages
from fupin_desktop.services.imports.flat.importer import flat_importer
from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.registers import HOUSEHOLDS, PERSONS, Query, registry
from fupin_desktop.services.registers.by_village import by_village
from fupin_desktop.services.registers.kinds.indicators import score_milli
from fupin_desktop.services.registers.kinds.risks import grade_of
from tests.services.registers.ledger_office import ROWS, add, fill
from tests.services.sheets.doors import write
from tests.storage.office_file import NOW
from tests.templates import copied


def made_office(folder):
    made = open_workbench(folder, clock=lambda: NOW)
    offices.setup(made, offices.OfficeForm(name="塘㙍镇扶贫办", county="吴川市", town="塘㙍镇", clerk="李文静", year=2026))
    villages.add(made, villages.VillageForm("低岭村", poor_village=True))
    for code, name, members in (("H1", "吴一", "4"), ("H2", "吴二", "3"), ("H3", "吴三", "2"), ("H4", "吴四", "1")):
        texts = {"code": code, "head_name": name, "village": "低岭村", "household_class": "脱贫户", "members": members}
        assert registers.add(made, HOUSEHOLDS, {**texts, "kind": "参与"} if code != "H4" else texts).change
    keys = registers.all_keys(made, Query(HOUSEHOLDS, 2026, sort=(("code", False),)))
    assert registers.add(made, PERSONS, {"name": "吴小明", "code": "P1"}, keys[0]).change
    return made


@pytest.fixture
def bench(tmp_path):
    made = copied(made_office, tmp_path / "office", lambda: NOW)
    yield made
    made.close()


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """An office with a row of every register, which tests leave as it was."""
    made = copied(made_office, tmp_path_factory.mktemp("full") / "office", lambda: NOW)
    fill(made, *ROWS)
    yield made
    made.close()


def cells(bench, name, row=0):
    register = registry.of(name)
    found = registers.window(bench, Query(register, bench.year), row, 1)[0]
    return dict(zip([info.key for info in registers.columns(register)], found.cells, strict=True))


def test_a_household_is_linked_to_an_entity_in_one_way_once_a_year(bench):
    fill(bench, "entities", "linkages")
    assert add(bench, "linkages").refused
    assert add(bench, "linkages", way="土地租金").change
    assert (cells(bench, "entities")["linked"], cells(bench, "entities")["poor_linked"]) == ("1", "1")
    bench.year = 2027
    assert add(bench, "linkages").change


def test_the_numbers_of_a_project_follow_from_its_linkages(bench):
    fill(bench, "entities", "projects")
    for name in ("吴一", "吴二"):
        assert add(bench, "linkages", household=name, project="水稻基地").change
    found = cells(bench, "projects")
    numbers = ("households", "poor_households", "persons", "large_households", "small_households")
    assert tuple(found[key] for key in numbers) == ("2", "2", "7", "0", "2")


def test_what_is_invested_adds_up_over_the_quarters(bench):
    fill(bench, "projects", "project_funds", "project_quarters")
    assert add(bench, "project_quarters", quarter="二季度", invested="30000").change
    assert add(bench, "project_quarters").refused
    assert [cells(bench, "project_quarters", row)["total"] for row in (0, 1)] == ["50,000.00", "80,000.00"]
    first = registers.window(bench, Query(registry.of("project_quarters"), 2026), 0, 1)[0]
    registers.set_cells(bench, registry.of("project_quarters"), [registers.CellEdit(first.key, "invested", "10")])
    assert [cells(bench, "project_quarters", row)["total"] for row in (0, 1)] == ["10.00", "30,010.00"]


SCORES = [
    ((20, "120", "120", "at_least"), 20_000), ((20, "120亩", "60亩", "at_least"), 10_000),
    ((20, "≥95%", "97%", "at_least"), 20_000), ((15, "100%", "95%", "at_least"), 14_250),
    ((10, "30", "60", "at_most"), 5_000), ((10, "30", "30", "at_most"), 10_000), ((10, "0", "0", "at_least"), 10_000),
    ((10, "按期", "按期", "reached"), 10_000), ((10, "按期", "延期", "reached"), 0), ((10, "120", "", "at_least"), None),
    ((None, "1", "1", "at_least"), None),
    ((10, "≤5", "10", "as_written"), 5_000), ((10, "≤5", "10", "at_least"), 5_000), ((10, "不超过5%", "4%", "as_written"), 10_000),
    ((10, "5天以内", "10天", "as_written"), 5_000), ((10, "不低于5", "10", "as_written"), 10_000),
    ((10, "5以上", "4", "as_written"), 8_000), ((10, "30", "60", "as_written"), 10_000), ((10, "≥500元/户", "250元/户", "as_written"), 5_000),
    ((10, "≥1.5万元", "12000元", "as_written"), 8_000), ((10, "95%", "97%", "reached"), 10_000), ((10, "95%", "90%", "reached"), 0),
    ((10, "≤5‰", "0.5%", "as_written"), 10_000), ((10, "≤5‰", "1%", "as_written"), 5_000), ((10, "≤5", "1%", "as_written", "‰"), 5_000),
    ((10, "≥1％", "8", "as_written", "‰"), 8_000), ((10, "2吨", "1500公斤", "at_least"), 7_500), ((10, "2公顷", "15", "at_least", "亩"), 5_000),
    ((10, "120", "60亩", "at_least", "亩"), 5_000), ((10, "5天", "4户", "at_least"), 8_000), ((10, "95%", "95", "at_least"), 10_000),
    ((10, "≤5", "6", "reached"), 0), ((10, "≤5", "5", "reached"), 10_000), ((10, "按期", "按期", "as_written"), 10_000),
]


@pytest.mark.parametrize(("given", "score"), SCORES)
def test_an_indicator_is_scored_by_rule(given, score):
    assert score_milli(*given) == score


@pytest.mark.parametrize(("target", "direction", "meant"), [
    ("≤5", "at_least", "不高于"), ("不超过5%", "at_least", "不高于"), ("5天以内", "at_least", "不高于"), ("≥5", "at_most", "不低于"),
    ("≤5", "at_most", ""), ("≤5", "as_written", ""), ("≤5", "reached", ""), ("≤5", None, ""), ("5", "at_most", ""),
    ("不超过规定工期", "at_least", ""),
])  # fmt: skip
def test_a_target_and_its_direction_cannot_say_the_contrary(target, direction, meant):
    told = contradiction(target, direction)
    assert told == (f"目标值“{target}”的意思是{meant}目标，评分方向却是“{Direction(direction).label}”，请改正其中一个。" if meant else "")


def test_a_target_that_says_the_contrary_of_its_direction_is_refused_at_every_door(bench, tmp_path):
    fill(bench, "projects", "performances")
    indicators, told = registry.of("indicators"), [contradiction("≤5", "at_least")]
    refused = add(bench, "indicators", name="损耗率", target="≤5", direction="不低于目标")
    assert (refused.change, [one.sentence for one in refused.problems]) == (None, told)
    assert add(bench, "indicators", name="损耗率", target="≤5").change
    assert cells(bench, "indicators")["direction"] == "按目标值的写法"
    (row,) = registers.window(bench, Query(indicators, 2026), 0, 9)
    for direction in ("不低于目标", "不高于目标"):
        pasted = registers.paste(bench, indicators, [row.key], ["target", "unit", "direction"], f"≤5\t%\t{direction}")
        assert [one.sentence for one in pasted.problems] == (told if direction == "不低于目标" else [])
        rows = [
            ("绩效目标", "一级指标", "二级指标", "三级指标", "目标值", "评分方向"),
            ("建成基地", "产出指标", "质量指标", "合格率", "≤5", direction),
        ]
        preview = prepare(bench, write(tmp_path / "指标.xlsx", rows), importer=flat_importer(indicators))
        assert [one.sentence for one in preview.findings if one.must] == [
            one.rstrip("。") for one in told if direction == "不低于目标"
        ]


@given(st.integers(0, 100), st.integers(1, 10**6), st.integers(0, 10**6))
def test_a_score_is_between_nothing_and_all_points(weight, target, actual):
    score = score_milli(weight, str(target), str(actual), "at_least")
    assert score is not None
    assert 0 <= score <= weight * 1000
    assert (score == weight * 1000) or actual < target


@pytest.mark.parametrize(
    ("likelihood", "impact", "grade"),
    [("high", "high", "high"), ("high", "middle", "high"), ("middle", "middle", "middle"), ("high", "low", "middle"),
     ("middle", "low", "low"), ("low", "low", "low"), (None, "low", None)],
)
def test_the_grade_of_a_risk_is_likelihood_times_impact(likelihood, impact, grade):
    found = grade_of(likelihood, impact)
    assert (found.value if found else None) == grade


def test_points_of_the_groups_and_the_rate_make_the_whole_score(bench):
    fill(bench, "projects", "project_funds")
    assert add(bench, "performances", spent="80000").change
    for group, weight in (("产出指标", 50), ("效益指标", 30), ("满意度指标", 10)):
        assert add(bench, "indicators", category=group, name=group, weight=str(weight), actual="120").change
    found = cells(bench, "performances")
    assert (found["rate"], found["score"]) == ("80%", "98")
    row = registers.window(bench, Query(registry.of("performances"), 2026), 0, 1)[0]
    assert "goal" not in row.problems
    add(bench, "indicators", name="多出的", weight="1")
    row = registers.window(bench, Query(registry.of("performances"), 2026), 0, 1)[0]
    assert row.problems["goal"] == "产出指标的分值合计 51 分，应是 50 分。"


@pytest.mark.parametrize("name", ROWS)
def test_a_register_goes_out_and_comes_back_unchanged(full, name, tmp_path):
    path = tmp_path / "out.xlsx"
    register = registry.of(name)
    assert exports.write_register(full, register, path) == 1
    preview = prepare(full, path, importer=importer_of(register))
    assert [finding.text for finding in preview.findings if finding.must] == []
    assert (len(preview.comparison.added), len(preview.comparison.changed)) == (0, 0)
    assert preview.comparison.unchanged == 1


def test_sums_by_village_are_those_of_the_rows(full):
    for name in ROWS:
        query = Query(registry.of(name), full.year)
        found = by_village(full, query)
        assert found.rows[-1][2] == f"{registers.count(full, query):,}", name
        totals = registers.totals(full, query).sums
        labels = [info.heading for info in registers.columns(query.register) if info.summed]
        assert list(found.headings[3:]) == labels
        assert [text or "0" for text in found.rows[-1][3:]] == list(totals.values()), name


def test_what_others_name_is_not_removed(full):
    for name in ("projects", "entities"):
        register = registry.of(name)
        key = registers.all_keys(full, Query(register, full.year))[0]
        with pytest.raises(NotAllowed, match="用到要删除的"):
            registers.remove(full, register, [key])
        assert registers.count(full, Query(register, full.year)) == 1
    (key,) = registers.all_keys(full, Query(registry.of("assets"), full.year))
    assert registers.remove(full, registry.of("assets"), [key])
    history.undo(full)


def test_words_of_no_list_keep_a_row_of_an_import_out(bench, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["主体名称", "主体类型", "负责人", "经营产业", "行政村"])
    book.active.append(["甲合作社", "农民合作社", "吴强", "种植, 养殖", ""])
    book.active.append(["乙合作社", "农民合作社", "吴明", "炒房", "低岭村"])
    book.save(tmp_path / "in.xlsx")
    preview = prepare(bench, tmp_path / "in.xlsx", importer=importer_of(registry.of("entities")))
    (told_,) = [finding for finding in preview.findings if finding.must and "炒房" in finding.text]
    assert (told_.row, "认不出来" in told_.text) == (2, True)
    assert [one.values["industries"] for one in preview.comparison.added] == ["种植、养殖"]
