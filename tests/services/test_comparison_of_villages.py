"""The comparison of villages and the board of targets: figures reckoned by hand, and the rows that they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import boards, registers, targets, villages
from fupin_desktop.services.registers import CellEdit, Query, registry
from fupin_desktop.services.village_comparison import Span, compare
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import add_household, add_item, find, make_office, to_qingyuan
from tests.services.registers.ledger_office import add


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_office(tmp_path)
    yield made
    made.close()


def put(bench: Workbench, register: str, **texts: str) -> None:
    outcome = add(bench, register, **texts)
    assert outcome.change, outcome.problems


def figures(bench: Workbench, key: str, span: Span | None = None) -> dict[str, str]:
    """A figure of each village as it is shown."""
    return {one.ranked.name: one.shown[key] for one in compare(bench, span).rows}


def test_villages_of_one_name_in_two_towns_are_compared_each(bench: Workbench) -> None:
    villages.add(bench, villages.VillageForm("低岭村", town="覃巴镇"))
    (own,) = (one for one in villages.all(bench) if (one.name, one.town) == ("低岭村", "塘㙍镇"))
    household = add_household(bench, "张三", village="那罗村", household_class="脱贫户")
    with bench.write("tests", "搬家") as unit:
        unit.session.get_one(registers.HOUSEHOLDS.entity, household).village_key = own.key
    add_item(bench, household)
    assert figures(bench, "coverage") == {"塘㙍镇低岭村": "100.0%", "那罗村": "—", "覃巴镇低岭村": "—"}


def test_the_share_of_poor_households_with_an_industry_counts_each_once(bench: Workbench) -> None:
    for name, kind in (("张三", "脱贫户"), ("李四", "监测户"), ("王五", "边缘户"), ("赵六", "一般户")):
        add_household(bench, name, household_class=kind)
    add_item(bench, find(bench, "张三").key, "水稻")
    add_item(bench, find(bench, "张三").key, "莲藕")
    add_item(bench, find(bench, "赵六").key, "水稻")
    assert figures(bench, "coverage") == {"低岭村": "33.3%", "那罗村": "—"}


def test_guides_links_and_trainings(bench: Workbench) -> None:
    for name in ("张三", "李四", "王五"):
        add_household(bench, name, household_class="脱贫户")
    registers.set_cells(bench, registers.HOUSEHOLDS, [CellEdit(find(bench, "张三").key, "guide", "梁文杰")])
    put(bench, "entities")
    put(bench, "linkages", household="张三")
    put(bench, "linkages", household="张三", way="土地租金")
    put(bench, "linkages", household="李四")
    put(bench, "trainings", topic="甲", village="低岭村", level="村", attended="30")
    put(bench, "trainings", topic="乙", village="低岭村", level="村", attended="12", held_on="2026-02-28")
    put(bench, "trainings", topic="丙", attended="99")
    assert figures(bench, "guided")["低岭村"] == "33.3%"
    assert figures(bench, "entities") == {"低岭村": "1", "那罗村": "0"}
    assert figures(bench, "linked") == {"低岭村": "2", "那罗村": "0"}
    assert figures(bench, "trained") == {"低岭村": "42", "那罗村": "0"}
    assert figures(bench, "trained", Span(date(2026, 1, 3), date(2026, 1, 3)))["低岭村"] == "30"
    assert figures(bench, "trained", Span(date(2026, 1, 4), date(2026, 2, 27)))["低岭村"] == "0"


def test_money_is_spent_up_to_the_quarter_of_the_last_day(bench: Workbench) -> None:
    put(bench, "projects")
    put(bench, "project_funds", amount="1000", secured="是")
    put(bench, "project_funds", name="未到", amount="9000", secured="否")
    put(bench, "project_quarters", quarter="一季度", invested="100")
    put(bench, "project_quarters", quarter="二季度", invested="233.33")
    assert figures(bench, "spent", Span(date(2026, 1, 1), date(2026, 4, 1))) == {"低岭村": "33.3%", "那罗村": "—"}
    assert figures(bench, "spent", Span(date(2026, 1, 1), date(2026, 3, 31)))["低岭村"] == "10.0%"


def test_more_than_all_money_counts_as_all_of_it(bench: Workbench) -> None:
    put(bench, "projects")
    put(bench, "project_funds", amount="100", secured="是")
    put(bench, "project_quarters", invested="100.01")
    assert figures(bench, "spent")["低岭村"] == "100.0%"


def test_income_grows_against_the_year_before_the_span_of_the_same_households(bench: Workbench) -> None:
    for name in ("张三", "李四", "王五"):
        add_household(bench, name, members="1")
    for year, incomes in ((2024, {"张三": "100"}), (2025, {"张三": "1000", "李四": "1000"}), (2026, {"张三": "1100", "李四": "1233.33", "王五": "9"})):
        bench.year = year
        for name, wages in incomes.items():
            put(bench, "household_incomes", head_name=name, business="", costs="", wages=wages)
    bench.year = 2026
    assert figures(bench, "income")["低岭村"] == "16.7%"
    assert figures(bench, "income", Span(date(2025, 1, 1), date(2026, 12, 31)))["低岭村"] == "1000.0%"
    assert figures(bench, "income")["那罗村"] == "—"


def test_a_document_of_its_own_counts_whole_and_none_that_is_known_counts_nothing(bench: Workbench) -> None:
    put(bench, "village_years", industry_document="塘扶〔2026〕3号")
    put(bench, "village_years", village="那罗村")
    assert figures(bench, "document") == {"低岭村": "100.0%", "那罗村": "0.0%"}


def test_a_span_that_ends_before_it_begins_is_refused(bench: Workbench) -> None:
    with pytest.raises(NotAllowed, match="止日在起日之前"):
        compare(bench, Span(date(2026, 1, 2), date(2026, 1, 1)))
    assert len(compare(bench, Span(date(2026, 1, 2), date(2026, 1, 2))).rows) == 2


def test_weights_are_those_of_the_year_and_others_weigh_nothing(bench: Workbench) -> None:
    put(bench, "comparison_weights", indicator="产业覆盖率", weight="60%")
    found = compare(bench).weights
    assert {key: weight for key, weight in found.items() if weight} == {"coverage": Decimal("60")}
    bench.year = 2025
    assert set(compare(bench).weights.values()) == {Decimal(1)}


def test_the_board_of_villages_says_what_the_comparison_says(bench: Workbench) -> None:
    put(bench, "entities")
    board = boards.villages(bench)
    assert (board.title, board.span) == ("2026 年度考核比较", (date(2026, 1, 1), date(2026, 12, 31)))
    place = board.headings.index("经营主体")
    assert [row[1].text for row in board.rows] == [one.ranked.name for one in compare(bench).rows]
    assert [row[place].text for row in board.rows] == ["1", "0"]


# ---- targets -------------------------------------------------------------------------------------------------------
def mark(bench: Workbench, village: str, **texts: str) -> None:
    key = next(one.key for one in villages.all(bench) if one.name == village)
    found = registers.set_cells(bench, registry.of("village_facts"), [CellEdit(key, name, text) for name, text in texts.items()])
    assert found.change, found.problems


def line(bench: Workbench, key: str) -> targets.Line:
    return next(one for one in targets.board(bench) if one.indicator.key == key)


def behind(bench: Workbench, found: targets.Line) -> int:
    """How many rows a line leads to."""
    register = registry.of(found.target.register)
    return registers.count(bench, Query(register, bench.year, filters=register.conditions(found.target.filter)))


def test_demonstrations_lead_to_the_villages_that_they_count(bench: Workbench) -> None:
    to_qingyuan(bench)
    villages.add(bench, villages.VillageForm("上圩村"))
    mark(bench, "低岭村", demonstration="是", focus_village="是")
    mark(bench, "那罗村", demonstration="是", focus_village="否")
    mark(bench, "上圩村", demonstration="是")
    for key, number in (("focus_demonstrations", 1), ("scattered_demonstrations", 2)):
        found = line(bench, key)
        assert (key, found.actual, behind(bench, found)) == (key, number, number)


def test_leaders_count_by_village_from_the_least_number_on(bench: Workbench) -> None:
    to_qingyuan(bench)
    for name in ("低岭村", "那罗村"):
        mark(bench, name, poor_village="是")
    for place, (village, state) in enumerate([("低岭村", "在岗")] * 3 + [("那罗村", "在岗")] * 2 + [("那罗村", "退出")]):
        put(bench, "leaders", name=f"带头{place}", village=village, state=state)
    found = line(bench, "leaders")
    assert (found.aim.low, found.actual, found.gap, found.standing.label) == (2, 1, 1, "有缺口")


def test_skills_count_able_persons_of_poor_households(bench: Workbench) -> None:
    to_qingyuan(bench)
    for name, kind in (("张三", "脱贫户"), ("赵六", "一般户")):
        key = add_household(bench, name, household_class=kind)
        for person, willing in ((f"{name}甲", "是"), (f"{name}乙", "否")):
            assert registers.add(bench, registers.PERSONS, {"name": person, "willing": willing}, key).change
    for person in ("张三甲", "张三乙", "赵六甲"):
        put(bench, "skills", person=person)
    put(bench, "skills", person="张三甲", technique="嫁接")
    found = line(bench, "skills")
    assert (found.aim.low, found.actual, found.standing.label) == (1, 1, "达到")


def test_bases_are_facilities_or_farming_of_a_cooperative_in_villages_that_can_have_one(bench: Workbench) -> None:
    to_qingyuan(bench)
    mark(bench, "低岭村", base_possible="是")
    mark(bench, "那罗村", base_possible="是")
    assert (line(bench, "bases").actual, line(bench, "bases").aim.low) == (0, 2)
    put(bench, "facilities", kind="冷库", village="低岭村")
    assert line(bench, "bases").actual == 0
    put(bench, "facilities", name="园", kind="产业园", village="低岭村")
    key = add_household(bench, "张三", village="那罗村")
    add_item(bench, key, base_kind="合作社基地")
    assert line(bench, "bases").actual == 2
    bench.year = 2025
    assert line(bench, "bases").actual == 1


def test_shops_count_by_poor_village_while_they_are_open(bench: Workbench) -> None:
    mark(bench, "低岭村", poor_village="是")
    put(bench, "shops", village="低岭村", opened_on="2026-03-03")
    assert line(bench, "shops").actual == 0
    put(bench, "shops", name="二店", village="低岭村", opened_on="2026-03-02")
    put(bench, "shops", name="三店", village="那罗村", opened_on="2026-03-02")
    assert (line(bench, "shops").actual, line(bench, "shops").aim.low) == (1, 1)


def test_a_board_without_anything_shows_no_bar_and_no_gap(bench: Workbench) -> None:
    board = boards.targets(bench)
    texts = {row[1].text: [cell.text for cell in row] for row in board.rows}
    assert texts["开通电商平台的贫困村"][2:8] == ["—", "0", "", "", f"{line(bench, 'shops').aim.due:%Y-%m-%d}", "没有对象"]


def test_a_target_of_the_office_is_shown_with_its_own_term_and_remark(bench: Workbench) -> None:
    put(bench, "target_figures", indicator="产业扶贫典型范例", low="4", high="5", actual="", due_on="2026-10-01", note="镇里加码")
    put(bench, "example_cases")
    found = line(bench, "cases")
    assert (found.aimed, found.actual, found.gap, found.aim.due, found.note) == ("4–5 个", 1, 3, date(2026, 10, 1), "镇里加码")
    assert behind(bench, found) == 1



