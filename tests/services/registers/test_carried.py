"""Linkages of a village's collective, which belong to no household, go over into the next year like the others."""

from fupin_desktop.services import offices, registers
from fupin_desktop.services.registers import registry
from fupin_desktop.services.years import beginning
from fupin_desktop.storage.entities import Indicator, Linkage, Performance, Project
from tests.services.registers.ledger_office import add, fill
from tests.services.registers.test_ledgers import bench as ledger_bench

bench = ledger_bench


def of_year(bench, year):
    with bench.read() as session:
        found = session.query(Linkage).filter_by(year=year).order_by(Linkage.key)
        return [(bool(one.household_key), one.way) for one in found]


def test_a_collective_is_carried_with_the_households(bench):
    fill(bench, "entities", "linkages")
    assert add(bench, "linkages", household="", collective="低岭村", way="入股分红").change
    beginning.begin(bench)
    wanted = [(False, "入股分红"), (True, "务工")]
    assert sorted(of_year(bench, 2027)) == wanted
    with bench.write("测试", "另一户") as unit:
        one = unit.session.query(Linkage).filter(Linkage.household_key.is_not(None), Linkage.year == 2027).one()
        unit.session.delete(one)
    offices.set_year(bench, 2026)
    beginning.begin(bench)
    assert sorted(of_year(bench, 2027)) == wanted


def test_open_issues_and_targets_of_running_projects_go_over(bench):
    fill(bench, "projects", "performances", "indicators", "inspections")
    assert add(bench, "indicators", name="户均增收", actual="90").change
    assert add(bench, "inspections", trouble="已改的", closed="是", result="已改").change
    assert add(bench, "projects", code="P2", name="做完的项目").change
    assert add(bench, "performances", project="做完的项目", goal="做完了").change
    with bench.write("测试", "结项") as unit:
        unit.session.query(Project).filter_by(code="P2").one().state = "closed"
    assert beginning.preview(bench).taken[1:] == ("绩效管理 1 份", "检查整改 1 条")
    beginning.begin(bench)

    def shown(name, *columns):
        register = registry.of(name)
        keys = [info.key for info in registers.columns(register)]
        rows = registers.window(bench, registers.Query(register, bench.year), 0, 9)
        return [tuple(row.cells[keys.index(column)] for column in columns) for row in rows]

    assert shown("inspections", "trouble", "dated", "closed") == [("公示不全", "2026-01-03", "")]
    assert shown("performances", "goal", "state") == [("建成基地", "目标")]
    with bench.read() as session:
        new = session.query(Performance).filter_by(year=2027).one()
        below = session.query(Indicator).filter_by(performance_key=new.key).order_by(Indicator.key).all()
        assert [(one.name, one.target, one.actual) for one in below] == [("基地", "120", ""), ("户均增收", "120", "")]
    offices.set_year(bench, 2026)
    assert beginning.preview(bench).taken == ()
    assert add(bench, "inspections", trouble="后来发现的").change
    assert beginning.preview(bench).taken == ("检查整改 1 条",)
