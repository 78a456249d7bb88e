"""The registers of projects, entities and selling: each check on both sides, what follows from a write, import and export."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.services import exports, offices, registers, villages
from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.registers import HOUSEHOLDS, Query, registry
from fupin_desktop.services.registers.by_village import by_village
from fupin_desktop.services.registers.kinds.indicators import score_milli
from fupin_desktop.services.registers.kinds.risks import grade_of
from tests.services.registers.ledger_office import ORDER, ROWS, add, fill, told
from tests.storage.office_file import NOW

TAKEN: list[tuple[str, str]] = []


@pytest.fixture
def bench(tmp_path):
    made = open_workbench(tmp_path / "office", clock=lambda: NOW)
    offices.setup(made, offices.OfficeForm(name="塘㙍镇扶贫办", county="吴川市", town="塘㙍镇", clerk="李文静", year=2026))
    villages.add(made, villages.VillageForm("低岭村", poor_village=True))
    for code, name, members in (("H1", "吴一", "4"), ("H2", "吴二", "3"), ("H3", "吴三", "2"), ("H4", "吴四", "1")):
        texts = {"code": code, "head_name": name, "village": "低岭村", "household_class": "脱贫户", "members": members}
        assert registers.add(made, HOUSEHOLDS, {**texts, "kind": "参与"} if code != "H4" else texts).change
    yield made
    made.close()


def cells(bench, name, row=0):
    register = registry.of(name)
    found = registers.window(bench, Query(register, bench.year), row, 1)[0]
    return dict(zip([info.key for info in registers.columns(register)], found.cells, strict=True))


CASES = [
    ("projects", {}, TAKEN),
    ("projects", {"ends_on": "2026-02-28"}, [("must", "ends_on")]),
    ("projects", {"ends_on": "2026-03-01"}, TAKEN),
    ("projects", {"linkages": "务工"}, [("principle", "linkages")]),
    ("projects", {"linkages": ""}, [("must", "linkages")]),
    ("projects", {"industry": "炒房"}, [("must", "industry")]),
    ("projects", {"villages": "没有的村"}, [("must", "villages")]),
    ("project_quarters", {"invested": "110000"}, TAKEN),
    ("project_quarters", {"invested": "110000.01"}, [("principle", "invested")]),
    ("project_quarters", {"invested": "110000.01", "reason": "物价上涨"}, TAKEN),
    ("project_quarters", {"invested": "-0.01"}, [("must", "invested")]),
    ("risks", {"likelihood": "高", "impact": "中"}, [("principle", "measures")]),
    ("risks", {"likelihood": "高", "impact": "中", "measures": "保险减损"}, TAKEN),
    ("risks", {"likelihood": "中", "impact": "中"}, TAKEN),
    ("risks", {"due_on": "2026-01-04"}, [("warning", "due_on")]),
    ("risks", {"due_on": "2026-01-05"}, TAKEN),
    ("risks", {"due_on": "2026-01-04", "result": "已处置"}, TAKEN),
    ("inspections", {"closed": "是"}, [("must", "closed")]),
    ("inspections", {"closed": "是", "result": "已改"}, TAKEN),
    ("inspections", {"due_on": "2026-01-02"}, [("must", "due_on"), ("warning", "due_on")]),
    ("inspections", {"due_on": "2026-01-04"}, [("warning", "due_on")]),
    ("assets", {"value": "0"}, [("must", "value")]),
    ("assets", {"way": "出租"}, [("warning", "yearly")]),
    ("assets", {"way": "出租", "yearly": "10"}, TAKEN),
    ("assets", {"starts_on": "2026-02-02", "ends_on": "2026-02-01"}, [("must", "ends_on")]),
    ("proceeds", {"collective": "400", "households": "600"}, TAKEN),
    ("proceeds", {"collective": "400", "households": "600.01"}, [("must", "households")]),
    ("proceeds", {"project": ""}, [("must", "project")]),
    ("proceeds_shares", {}, TAKEN),
    ("proceeds_shares", {"household": "吴四"}, [("principle", "household")]),
    ("proceeds_shares", {"household": "吴四", "reason": "大病救助"}, TAKEN),
    ("entities", {"name": "果业公司", "credit_code": "91350100M000100Y43"}, TAKEN),
    ("entities", {"name": "果业公司", "credit_code": "91350100m000100y43"}, TAKEN),
    ("entities", {"name": "果业公司", "credit_code": "91350100M000100Y44"}, [("warning", "credit_code")]),
    ("entity_supports", {"amount": "1"}, [("principle", "amount")]),
    ("linkages", {"household": ""}, [("must", "household")]),
    ("linkages", {"household": "", "collective": "低岭村"}, TAKEN),
    ("linkages", {"ends_on": "2025-12-31"}, [("must", "ends_on")]),
    ("linkages", {"starts_on": "2025-01-01", "ends_on": "2026-01-04", "floor": "10"}, [("warning", "floor")]),
    ("linkages", {"starts_on": "2025-01-01", "ends_on": "2026-01-04", "floor": "10", "wages": "10"}, TAKEN),
    ("sales", {"amount": "0"}, [("must", "amount")]),
    ("sales", {"dated": "2026-01-06"}, [("must", "dated")]),
    ("sales", {"dated": "2026-01-05"}, TAKEN),
    ("market_offers", {"unsold": "是"}, [("warning", "remedy")]),
    ("market_offers", {"unsold": "是", "remedy": "社区团购"}, TAKEN),
    ("shop_months", {"month": "13"}, [("warning", "month"), ("must", "month")]),
    ("shop_months", {"poor": "100.01"}, [("must", "poor")]),
    ("shop_months", {"poor": "100"}, TAKEN),
    ("brands", {"expires_on": "2026-03-06"}, [("warning", "expires_on")]),
    ("brands", {"expires_on": "2026-03-07"}, TAKEN),
    ("performances", {"state": "批复"}, [("warning", "approved_on")]),
    ("performances", {"state": "批复", "approved_on": "2026-01-04"}, TAKEN),
    ("performances", {"approved_on": "2025-12-01"}, [("principle", "published_on")]),
    ("performances", {"approved_on": "2025-12-01", "published_on": "2025-12-20"}, TAKEN),
]


@pytest.mark.parametrize(("name", "changed", "found"), CASES)
def test_a_check_holds_on_both_sides(bench, name, changed, found):
    fill(bench, "entities", "projects" if name != "projects" else "", "project_funds" if "quarters" in name else "",
         "proceeds" if "shares" in name else "", "shops" if name == "shop_months" else "")
    outcome = add(bench, name, **changed)
    assert told(outcome) == found
    assert (outcome.change is None) == any(severity == "must" for severity, _ in found)


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


def test_two_quarters_of_standstill_ask_for_an_issue(bench):
    fill(bench, "projects")
    assert told(add(bench, "project_quarters", running="停滞")) == []
    assert told(add(bench, "project_quarters", quarter="二季度", running="停滞")) == [("warning", "running")]
    add(bench, "inspections", project="水稻基地")
    assert told(add(bench, "project_quarters", quarter="三季度", running="停滞")) == []


def test_the_household_shares_are_within_what_goes_to_households(bench):
    fill(bench, "projects")
    assert add(bench, "proceeds", households="300").change
    assert told(add(bench, "proceeds_shares", amount="300")) == []
    assert told(add(bench, "proceeds_shares", household="吴二", amount="0.01")) == [("must", "amount")]
    row = registers.window(bench, Query(registry.of("proceeds"), 2026), 0, 1)[0]
    outcome = registers.set_cells(bench, registry.of("proceeds"), [registers.CellEdit(row.key, "households", "299")])
    assert told(outcome) == [("must", "households")]


def test_equal_shares_are_asked_about(bench):
    fill(bench, "projects", "proceeds")
    assert told(add(bench, "proceeds_shares")) == []
    assert told(add(bench, "proceeds_shares", household="吴二")) == []
    assert told(add(bench, "proceeds_shares", household="吴三")) == [("principle", "amount")]
    assert told(add(bench, "proceeds_shares", household="吴四", amount="90", reason="救助")) == []


SCORES = [
    ((20, "120", "120", "at_least"), 20_000), ((20, "120亩", "60亩", "at_least"), 10_000),
    ((20, "≥95%", "97%", "at_least"), 20_000), ((15, "100%", "95%", "at_least"), 14_250),
    ((10, "30", "60", "at_most"), 5_000), ((10, "30", "30", "at_most"), 10_000), ((10, "0", "0", "at_least"), 10_000),
    ((10, "按期", "按期", "reached"), 10_000), ((10, "按期", "延期", "reached"), 0), ((10, "120", "", "at_least"), None),
    ((None, "1", "1", "at_least"), None),
]


@pytest.mark.parametrize(("given", "score"), SCORES)
def test_an_indicator_is_scored_by_rule(given, score):
    assert score_milli(*given) == score


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
def test_a_register_goes_out_and_comes_back_unchanged(bench, name, tmp_path):
    fill(bench, *ORDER)
    path = tmp_path / "out.xlsx"
    register = registry.of(name)
    assert exports.write_register(bench, register, path) == 1
    preview = prepare(bench, path, importer=importer_of(register))
    assert [finding.text for finding in preview.findings if finding.must] == []
    assert (len(preview.comparison.added), len(preview.comparison.changed)) == (0, 0)
    assert preview.comparison.unchanged == 1


def test_sums_by_village_are_those_of_the_rows(bench):
    fill(bench, *ORDER)
    for name in ROWS:
        query = Query(registry.of(name), bench.year)
        found = by_village(bench, query)
        assert found.rows[-1][2] == f"{registers.count(bench, query):,}", name
        totals = registers.totals(bench, query).sums
        labels = [info.heading for info in registers.columns(query.register) if info.summed]
        assert list(found.headings[3:]) == labels
        assert [text or "0" for text in found.rows[-1][3:]] == [text.replace("0.00", "0.00") for text in totals.values()]


def test_what_others_name_is_not_removed(bench):
    from fupin_desktop.errors import NotAllowed

    fill(bench, *ORDER)
    for name in ("projects", "entities", "assets"):
        register = registry.of(name)
        key = registers.all_keys(bench, Query(register, bench.year))[0]
        if name == "assets":
            assert registers.remove(bench, register, [key])
            continue
        with pytest.raises(NotAllowed, match="用到要删除的"):
            registers.remove(bench, register, [key])
        assert registers.count(bench, Query(register, bench.year)) == 1


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
