"""Linkages of a village's collective, which belong to no household, go over into the next year like the others."""

from fupin_desktop.services import offices
from fupin_desktop.services.years import beginning
from fupin_desktop.storage.entities import Linkage
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
