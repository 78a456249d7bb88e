"""The year: begun from what lasts, closed and opened again, with what counted for households in each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from fupin_desktop.domain.vocabulary import FundKind, HouseholdClass, YearStepKind
from fupin_desktop.errors import Cancelled, NotAllowed, YearClosed
from fupin_desktop.services import funds, history, offices, registers, village_comparison, villages, years
from fupin_desktop.services.awards.inputs import read_inputs
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, CellEdit, Filter, Query, registry
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import EarlierFacts, FarmItem, Participation
from tests.services.imports.making import book
from tests.services.register_office import GOOD_ID, Clock, add_household, add_item, cell, find, make_office
from tests.services.registers import ledger_office


@pytest.fixture(scope="module")
def data_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with two households, made once."""
    made = make_office(tmp_path_factory.mktemp("years"))
    zhang = add_household(
        made, "张三", household_class="贫困户", members="4", kind="参与", earlier="100", bank_account="6217000010001234567"
    )
    item = {"declared": "12", "accepted": "10", "cost": "3000", "income": "900", "other_subsidy": "50", "area": "12"}
    assert add_item(made, zhang, **item).change
    add_household(made, "李四", village="那罗村", household_class="脱贫户", members="2", kind="分散参与", area="3.5")
    made.close()
    return made.store.path


@pytest.fixture
def bench(data_file: Path, tmp_path: Path) -> Iterator[Workbench]:
    shutil.copy(data_file, tmp_path)
    made = open_workbench(tmp_path, clock=Clock())
    yield made
    made.close()


def set_cell(bench: Workbench, name: str, column: str, text: str) -> None:
    outcome = registers.set_cells(bench, HOUSEHOLDS, [CellEdit(find(bench, name).key, column, text)])
    assert outcome.change, outcome.problems


def shown(bench: Workbench, name: str, column: str) -> str:
    return cell(find(bench, name), column)


def count(bench: Workbench, **filters: str) -> int:
    wanted = tuple(Filter(column, (text,)) for column, text in filters.items())
    return registers.count(bench, Query(HOUSEHOLDS, bench.year, filters=wanted))


def add_money(bench: Workbench, received_on: date | None = None) -> str:
    funds.add(bench, funds.FundForm(FundKind.ASSISTING_UNIT, "帮扶资金", Decimal(50000), received_on=received_on))
    (source,) = funds.balances(bench, bench.year, bench.today)
    return source.key


# ---- the next year -----------------------------------------------------------------------------------------------
def test_the_next_year_begins_with_what_lasts(bench: Workbench) -> None:
    told = years.preview(bench)
    assert (told.of, told.into) == (2026, 2027)
    assert told.taken == ("农户参与登记 2 户", "种养项目 1 条")
    left = ["本年已奖补（1 户有）", "验收数量（1 条有）", "核定成本（1 条有）", "收入（1 条有）", "其他补助（1 条有）"]
    assert list(told.left[:5]) == left
    begun = years.begin(bench)
    assert begun.change is not None
    assert begun.change.message == "已建立 2027 年度，带入农户参与登记 2 户、种养项目 1 条。"
    assert bench.year == offices.office(bench).year == 2027
    assert [shown(bench, "张三", name) for name in ("kind", "earlier", "products_text", "area_total", "cost_total")] == [
        "参与", "0.00", "水稻", "12.000", ""
    ]
    assert [shown(bench, "李四", name) for name in ("kind", "area", "area_total")] == ["分散参与", "3.500", "3.500"]
    item = find(bench, "水稻", FARM_ITEMS)
    names = ("product", "declared", "accepted", "cost", "income", "other_subsidy", "area", "instalment_year")
    assert [cell(item, name, FARM_ITEMS) for name in names] == ["水稻", "12", "", "", "", "0.00", "12.000", "2"]


def test_one_undo_takes_the_whole_year_back_and_the_old_one_stays(bench: Workbench) -> None:
    before = find(bench, "张三").cells
    years.begin(bench)
    assert history.can_undo(bench) == "建立 2027 年度"
    history.undo(bench)
    with bench.read() as session:
        for entity in (Participation, FarmItem):
            assert session.scalar(select(func.count()).where(entity.year == 2027)) == 0
    offices.set_year(bench, 2026)
    assert find(bench, "张三").cells == before


def test_again_it_copies_only_what_came_to_the_old_year_since(bench: Workbench) -> None:
    years.begin(bench)
    offices.set_year(bench, 2026)
    add_household(bench, "王五", kind="参与")
    assert years.preview(bench).taken == ("农户参与登记 1 户",)
    years.begin(bench)
    assert (shown(bench, "王五", "kind"), shown(bench, "张三", "products_text")) == ("参与", "水稻")
    offices.set_year(bench, 2026)
    assert years.preview(bench).taken == ()
    assert years.begin(bench).change is None
    assert bench.year == 2027


def test_cancelled_it_writes_nothing(bench: Workbench) -> None:
    def stop(_done: int, _total: int, _text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        years.begin(bench, stop)
    assert bench.year == 2026
    with bench.read() as session:
        assert session.scalar(select(func.count()).where(Participation.year == 2027)) == 0


def test_no_year_begins_outside_the_calendar_or_in_a_closed_one(bench: Workbench) -> None:
    offices.set_year(bench, 2100)
    with pytest.raises(NotAllowed):
        years.begin(bench)
    offices.set_year(bench, 2027)
    years.close(bench)
    offices.set_year(bench, 2026)
    with pytest.raises(YearClosed):
        years.begin(bench)


# ---- what counted for a household in a year --------------------------------------------------------------------------
def test_what_is_counted_of_households_takes_their_class_and_members_of_the_year(bench: Workbench, tmp_path: Path) -> None:
    for name, texts in (("entities", {}), ("projects", {}), ("linkages", {"household": "张三", "project": "水稻基地"})):
        assert ledger_office.add(bench, name, **texts).change
    entities, projects, incomes = map(registry.of, ("entities", "projects", "household_incomes"))
    income = {"head_name": "张三", "wages": "20000", "costs": "0"}
    assert registers.add(bench, incomes, income).change

    def counted() -> list[str]:
        project = find(bench, "水稻基地", projects)
        numbers = [cell(project, name, projects) for name in ("poor_households", "persons")]
        per_head = cell(registers.window(bench, Query(incomes, bench.year), 0, 1)[0], "per_head", incomes)
        of_village = next(row for row in village_comparison.compare(bench).rows if row.ranked.name == "低岭村")
        return [cell(find(bench, "水稻合作社", entities), "poor_linked", entities), *numbers, per_head, of_village.shown["coverage"]]

    assert counted() == ["1", "1", "4", "5,000.00", "100.0%"]
    set_cell(bench, "张三", "members", "5")
    assert counted() == ["1", "1", "5", "4,000.00", "100.0%"]
    years.begin(bench)
    assert registers.add(bench, incomes, income).change
    set_cell(bench, "张三", "household_class", "一般户")
    set_cell(bench, "张三", "members", "2")
    assert counted() == ["0", "0", "2", "10,000.00", "—"]
    offices.set_year(bench, 2026)
    assert [counted()[place] for place in (0, 3, 4)] == ["1", "4,000.00", "100.0%"]
    again = [["镇", "村", "户主姓名", "证件号码", "家庭人口"], ["塘㙍镇", "低岭村", "张三", GOOD_ID, "8"]]
    apply(bench, prepare(bench, book(tmp_path / "名册.xlsx", again)))
    assert counted()[3] == "2,500.00"


def test_a_later_change_leaves_earlier_years_as_they_were(bench: Workbench) -> None:
    years.begin(bench)
    set_cell(bench, "张三", "household_class", "脱贫户")
    set_cell(bench, "张三", "members", "5")
    set_cell(bench, "张三", "bank_account", "6217000010007654321")
    set_cell(bench, "张三", "phone", "13800138000")
    assert count(bench, household_class="贫困户") == 0
    offices.set_year(bench, 2026)
    assert [shown(bench, "张三", name) for name in ("household_class", "members", "bank_account", "phone")] == [
        "贫困户", "4", "6217000010001234567", "13800138000"
    ]
    assert (count(bench, household_class="贫困户"), count(bench, household_class="脱贫户")) == (1, 1)
    assert registers.totals(bench, Query(HOUSEHOLDS, 2026)).sums["members"] == "6"
    assert registers.totals(bench, Query(HOUSEHOLDS, 2027)).sums["members"] == "7"
    with bench.read() as session:
        (then,) = read_inputs(session, "低岭村", 2026).applicants
        (now,) = read_inputs(session, "低岭村", 2027).applicants
    assert (then.household_class, then.members) == (HouseholdClass.POOR, 4)
    assert (now.household_class, now.members) == (HouseholdClass.OUT_OF_POVERTY, 5)


def test_rows_sort_by_what_counted_in_the_year(bench: Workbench) -> None:
    years.begin(bench)
    set_cell(bench, "李四", "members", "9")

    def order(year: int) -> list[str]:
        found = registers.window(bench, Query(HOUSEHOLDS, year, sort=(("members", False),)), 0, 9)
        return [cell(row, "head_name") for row in found]

    assert (order(2026), order(2027)) == (["李四", "张三"], ["张三", "李四"])


def test_a_change_made_in_an_earlier_year_counts_for_it_and_not_for_the_later_ones(bench: Workbench) -> None:
    years.begin(bench)
    set_cell(bench, "张三", "members", "5")
    offices.set_year(bench, 2026)
    set_cell(bench, "张三", "members", "3")
    assert shown(bench, "张三", "members") == "3"
    offices.set_year(bench, 2027)
    assert shown(bench, "张三", "members") == "5"


def test_a_correction_before_any_change_counts_for_the_later_years_too(bench: Workbench) -> None:
    years.begin(bench)
    offices.set_year(bench, 2026)
    set_cell(bench, "张三", "members", "3")
    offices.set_year(bench, 2027)
    assert shown(bench, "张三", "members") == "3"


def test_undo_and_removal_take_what_was_kept_with_them(bench: Workbench) -> None:
    years.begin(bench)
    set_cell(bench, "张三", "members", "5")
    history.undo(bench)
    kept = select(func.count()).select_from(EarlierFacts)
    with bench.read() as session:
        assert session.scalar(kept) == 0
    history.redo(bench)
    registers.remove(bench, HOUSEHOLDS, [find(bench, "张三").key])
    with bench.read() as session:
        assert session.scalar(kept) == 0
    history.undo(bench)
    offices.set_year(bench, 2026)
    assert shown(bench, "张三", "members") == "4"


def test_a_list_of_the_new_year_leaves_the_old_one_as_it_was(bench: Workbench, tmp_path: Path) -> None:
    years.begin(bench)
    rows = [["行政村", "户主姓名", "户主证件号码", "户类别", "家庭人口数"], ["低岭村", "张三", GOOD_ID, "监测户", 5]]
    preview = prepare(bench, book(tmp_path / "名册.xlsx", rows))
    apply(bench, preview)
    assert (shown(bench, "张三", "household_class"), shown(bench, "张三", "members")) == ("监测户", "5")
    offices.set_year(bench, 2026)
    assert (shown(bench, "张三", "household_class"), shown(bench, "张三", "members")) == ("贫困户", "4")


# ---- closing -----------------------------------------------------------------------------------------------------
def test_a_closed_year_lists_what_was_open_and_refuses_every_change(bench: Workbench) -> None:
    add_money(bench, bench.today)
    (left,) = years.open_work(bench)
    assert (left.badge, left.target.tab) == ("有余额", "funds")
    change = years.close(bench)
    assert change.message == "2026 年度已关闭，只能查看和打印。"
    closing = years.closing(bench, 2026)
    assert closing is not None
    assert closing.open_work == (f"有余额：{left.text}",)
    row = find(bench, "张三")
    for act in (
        lambda: registers.set_cells(bench, HOUSEHOLDS, [CellEdit(row.key, "phone", "13800138000")]),
        lambda: registers.remove(bench, HOUSEHOLDS, [row.key]),
        lambda: villages.add(bench, villages.VillageForm("新村")),
        lambda: history.undo(bench),
        lambda: years.close(bench),
    ):
        with pytest.raises(YearClosed) as refused:
            act()
        assert refused.value.happened == "2026 年度已经关闭，只能查看和打印。"
    assert find(bench, "张三").cells == row.cells
    offices.save(bench, offices.office(bench))
    assert years.steps(bench, 2026)[0].kind is YearStepKind.CLOSED


def test_from_another_year_a_closed_one_cannot_be_changed_either(bench: Workbench) -> None:
    years.close(bench)
    years.begin(bench)
    registers.add(bench, HOUSEHOLDS, {"head_name": "赵六", "village": "低岭村"})
    with bench.read() as session:
        item, year = session.scalars(select(FarmItem).where(FarmItem.year == 2026)).one(), 2026
    for act in (
        lambda unit: unit.update_many(FarmItem, [(item.key, 5)], ("cost_fen",)),
        lambda unit: unit.delete_many(FarmItem, [item.key]),
        lambda unit: unit.insert_many(Participation, [(find(bench, "赵六").key, year)], ("household_key", "year")),
    ):
        with pytest.raises(YearClosed), bench.write("tests.write", "试改") as unit:
            act(unit)
    with bench.read() as session:
        assert session.get(FarmItem, item.key).cost_fen == item.cost_fen


def test_money_of_a_closed_year_goes_on_in_the_next(bench: Workbench) -> None:
    source = add_money(bench)
    years.close(bench)
    offices.set_year(bench, 2027)
    with pytest.raises(YearClosed):
        funds.receive(bench, source, Decimal(100), date(2026, 3, 1))
    bench.clock.later(days=400)
    funds.receive(bench, source, Decimal(100), date(2027, 1, 5))
    (found,) = funds.balances(bench, 2027, bench.today)
    assert found.received == Decimal(100)


def test_it_is_opened_again_with_a_reason_alone(bench: Workbench) -> None:
    with pytest.raises(NotAllowed):
        years.reopen(bench, "更正")
    years.close(bench)
    with pytest.raises(NotAllowed):
        years.reopen(bench, "  ")
    years.reopen(bench, "更正张三的人口")
    set_cell(bench, "张三", "members", "3")
    assert years.closing(bench, 2026) is None
    assert [(step.kind, step.reason) for step in years.steps(bench, 2026)] == [
        (YearStepKind.CLOSED, ""), (YearStepKind.REOPENED, "更正张三的人口")
    ]
    years.close(bench)
    assert bench.closed
