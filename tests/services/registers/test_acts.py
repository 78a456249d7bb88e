"""What registers do at one stroke: quarters carried on, subsidies of a period, issues of supervisions, actual values."""

import pytest

from fupin_desktop.domain.register_words import SubsidyState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import history, registers
from fupin_desktop.services.registers import FARM_ITEMS, CellEdit, Query, registry
from fupin_desktop.services.registers.acts import actual_values, carry_quarter, due_subsidies, mend
from fupin_desktop.storage.entities import InterestSubsidy, Project, ProjectQuarter
from tests.services.registers.ledger_office import add, fill
from tests.services.registers.test_finance import bench as finance_bench
from tests.services.registers.test_finance import lend
from tests.services.registers.test_ledgers import bench as ledger_bench

bench = ledger_bench
money = finance_bench


def cells(bench, name):
    register = registry.of(name)
    keys = [info.key for info in registers.columns(register)]
    rows = registers.window(bench, Query(register, bench.year), 0, 50)
    return [dict(zip(keys, row.cells, strict=True)) for row in rows]


def do(act, bench, name, key="", **answers):
    asked = {one.key: one.default(bench, key) for one in act.asks}
    assert act in registry.of(name).acts
    return act.run(bench, key, {**asked, **answers})


def test_a_quarter_goes_on_from_the_one_before(bench):
    fill(bench, "projects")
    for name in ("扩建基地", "新建基地"):
        assert add(bench, "projects", name=name, code="").change
    assert add(bench, "project_quarters", progress="40%", received="30000", households="3", troubles="缺水").change
    assert add(bench, "project_quarters", project="扩建基地", running="终止").change
    change = do(carry_quarter.ACT, bench, "project_quarters")
    made = {row["project"]: row for row in cells(bench, "project_quarters") if row["quarter"] == "二季度"}
    assert set(made) == {"水稻基地", "新建基地"}
    carried = made["水稻基地"]
    assert [carried[name] for name in ("running", "progress", "received", "households", "troubles")] == [
        "在建", "40%", "30,000.00", "3", "缺水",
    ]
    assert (carried["invested"], carried["sales"], carried["total"]) == ("", "", "50,000.00")
    assert made["新建基地"]["running"] == "前期"
    assert "1 个没有上季进展" in change.message
    with pytest.raises(NotAllowed, match="都已有二季度"):
        do(carry_quarter.ACT, bench, "project_quarters", quarter="二季度")
    history.undo(bench)
    assert {row["quarter"] for row in cells(bench, "project_quarters")} == {"一季度"}


def test_the_first_quarter_goes_on_from_the_last_of_the_year_before(bench):
    fill(bench, "projects")
    with bench.write("测试", "上年") as unit:
        project = unit.session.query(Project).one().key
        unit.session.add(ProjectQuarter(project_key=project, year=bench.year - 1, quarter="4", running="producing"))
    do(carry_quarter.ACT, bench, "project_quarters", quarter="一季度")
    assert [(row["quarter"], row["running"]) for row in cells(bench, "project_quarters")] == [("一季度", "已投产")]
    with bench.write("测试", "结项") as unit:
        unit.session.get(Project, project).state = "closed"
    with pytest.raises(NotAllowed):
        do(carry_quarter.ACT, bench, "project_quarters", quarter="二季度")


def test_each_loan_is_subsidised_once_for_the_days_of_a_period(money):
    assert lend(money, "张大户", "50000").change
    assert lend(money, "李小户", "20000", lent_on="2026-03-16").change
    answers = {"from_on": "2026-01-01", "to_on": "2026-04-01"}
    change = do(due_subsidies.ACT, money, "interest_subsidies", **answers)
    rows = {row["loan"]: row for row in cells(money, "interest_subsidies")}
    assert "2 笔" in change.message
    assert {row["to_on"] for row in rows.values()} == {"2026-04-01"}
    assert sorted(row["from_on"] for row in rows.values())[-1] == "2026-03-16"
    assert all(row["due"] not in ("", "0.00") for row in rows.values())
    with pytest.raises(NotAllowed, match="没有要贴息"):
        do(due_subsidies.ACT, money, "interest_subsidies", **answers)
    change = do(due_subsidies.ACT, money, "interest_subsidies", from_on="3.1", to_on="2026年5月1日")
    assert change.message.endswith("请核对后把状态改成“审核”。")
    starts = sorted(row["from_on"] for row in cells(money, "interest_subsidies"))
    assert starts[-2:] == ["2026-04-01", "2026-04-01"]
    with pytest.raises(NotAllowed, match="之后"):
        do(due_subsidies.ACT, money, "interest_subsidies", from_on="2026-05-01", to_on="2026-05-01")
    with pytest.raises(NotAllowed, match="不是日期"):
        do(due_subsidies.ACT, money, "interest_subsidies", from_on="五月", to_on="2026-05-01")
    with money.read() as session:
        assert {one.state for one in session.query(InterestSubsidy)} == {SubsidyState.COMPUTED.value}
    assert lend(money, "李小户", "20000", contract_no="晚登记", lent_on="2026-04-16").change
    change = do(due_subsidies.ACT, money, "interest_subsidies", from_on="2026-05-01", to_on="2026-06-01")
    assert change.message.endswith(
        "另有 1 笔贷款本年 2026-05-01 以前还有没登记的天数，要贴的把计息起日改早再生成一次。"
    )


def test_a_supervision_becomes_an_issue(bench):
    register = registry.of("supervisions")
    values = {
        "dated": "2026-01-03", "unit": "市督查组", "verdict": "提醒", "content": "项目公示不全", "mend_by": "2026-02-01",
        "village": "低岭村",
    }
    assert registers.add(bench, register, values).change
    key = registers.window(bench, Query(register, bench.year), 0, 1)[0].key
    do(mend.ACT, bench, "supervisions", key, measure="补齐公示", responsible="吴强")
    (row,) = cells(bench, "inspections")
    assert [row[name] for name in ("trouble", "village", "inspector", "way", "due_on")] == [
        "项目公示不全", "低岭村", "市督查组", "督查", "2026-02-01",
    ]
    with pytest.raises(NotAllowed, match="没有选中"):
        do(mend.ACT, bench, "supervisions", "", measure="补", responsible="吴", due_on="2026-02-01")
    with pytest.raises(NotAllowed):
        do(mend.ACT, bench, "supervisions", key, measure="补", responsible="吴", due_on="昨天")


def test_actual_values_come_from_the_registers(bench):
    fill(bench, "entities", "projects", "project_funds", "project_quarters", "performances", "indicators", "linkages")
    for household, product, declared, accepted in (("吴一", "水稻", "10", "9"), ("吴二", "水稻", "5", "")):
        values = {"product": product, "unit": "亩", "declared": declared, "accepted": accepted}
        texts = {name: text for name, text in values.items() if text}
        owner = registers.window(bench, Query(registers.HOUSEHOLDS, bench.year, text=household), 0, 1)[0].key
        assert registers.add(bench, FARM_ITEMS, texts, owner).change
    assert add(bench, "linkages", project="水稻基地", way="订单帮扶").change
    for name, unit, target in (("带动贫困户", "户", "1"), ("水稻面积", "亩", "14"), ("满意度", "", "95%"),
                               ("户均增收", "元", "10")):  # fmt: skip
        assert add(bench, "indicators", name=name, unit=unit, target=target).change
    register = registry.of("project_quarters")
    row = registers.window(bench, Query(register, bench.year), 0, 1)[0]
    registers.set_cells(bench, register, [CellEdit(row.key, "wages", "300"), CellEdit(row.key, "households", "2")])
    key = registers.window(bench, Query(registry.of("performances"), bench.year), 0, 1)[0].key
    change = do(actual_values.ACT, bench, "performances", key)
    found = {row["name"]: row["actual"] for row in cells(bench, "indicators")}
    assert found == {"基地": "", "带动贫困户": "1", "水稻面积": "14", "满意度": "", "户均增收": "150"}
    assert "另有 2 项" in change.message
    with pytest.raises(NotAllowed, match="没有可以取数"):
        do(actual_values.ACT, bench, "performances", key)


def test_a_supervision_becomes_one_issue_however_often_it_is_asked_for(bench):
    register = registry.of("supervisions")
    values = {"dated": "2026-01-03", "unit": "市督查组", "verdict": "提醒", "content": "项目公示不全"}
    assert registers.add(bench, register, values).change
    key = registers.window(bench, Query(register, bench.year), 0, 1)[0].key
    answers = {"measure": "补齐公示", "responsible": "吴强", "due_on": "2026-02-01"}
    do(mend.ACT, bench, "supervisions", key, **answers)
    with pytest.raises(NotAllowed, match="已经转入"):
        do(mend.ACT, bench, "supervisions", key, **answers)
    assert [row["trouble"] for row in cells(bench, "inspections")] == ["项目公示不全"]
