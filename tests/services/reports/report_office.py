"""An office of 清远 with projects and their quarters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import select

from fupin_desktop.services import offices, villages
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Entity, Project, ProjectFund, ProjectQuarter, Village
from tests.services.register_office import Clock

QUARTER = {
    "running": "building", "progress": 6000, "invested_fen": 5_000_000, "received_fen": 15_000_000, "sales_fen": 2_000_499,
    "net_fen": 1_000_001, "shared_fen": 600_000, "collective_fen": 200_000, "wages_fen": 150_050, "households": 27,
    "persons": 96, "troubles": "缺灌溉水源", "plan": "铺设滴灌",
}


def make_office(folder: Path, clock: Clock) -> Workbench:
    """Three poor villages, one of them without a project, and one village that is none, with a project for scattered."""
    bench = open_workbench(folder, clock=clock)
    form = offices.OfficeForm(
        name="英德市石牯塘镇扶贫办", county="英德市", county_code="441881", town="石牯塘镇", town_code="441881109",
        clerk="陈经办", year=2026, objection_town="0763-2612345",
    )
    offices.setup(bench, form)
    for place, (name, poor) in enumerate((("石下村", True), ("鲤鱼村", True), ("长江村", True), ("永乐村", False)), 1):
        villages.add(bench, villages.VillageForm(name, poor_village=poor, position=place))
    with bench.write("tests.projects", "登记项目") as unit:
        keys = dict(unit.session.execute(select(Village.name, Village.key)).all())
        entity = Entity(name="绿源种植专业合作社", kind="农民合作社", village_key=keys["石下村"])
        unit.session.add(entity)
        unit.session.flush()
        found = (("麻竹笋基地", "石下村", "poor_village"), ("清远鸡养殖场", "石下村", "poor_village"),
                 ("茶叶车间", "长江村", "poor_village"), ("砂糖桔园", "永乐村", "scattered"))  # fmt: skip
        for number, (name, village, scope) in enumerate(found, 1):
            project = Project(
                village_key=keys[village], entity_key=entity.key, year=2026, code=f"2026-{number:03d}", name=name, industry="种植",
                scope=scope, product="麻竹笋", quantity_milli=120_000, unit="亩", task="新建基地", starts_on=date(2026, 1, 5),
                ends_on=date(2026, 12, 31), operator="合作社", linkages="入股分红、务工", state="building",
                poor_households=30, persons=110, large_households=3, channels="订单", insured=True,
            )
            unit.session.add(project)
            unit.session.flush()
            for level, fen in (("省", 20_000_004), ("帮扶单位", 5_000_000), ("自筹", 3_496)):
                unit.session.add(ProjectFund(project_key=project.key, name=level, level=level, amount_fen=fen))
    return bench


def answer(bench: Workbench, quarter: str, *names: str, **other: object) -> None:
    """What villages tell of projects for a quarter of 2026."""
    with bench.write("tests.quarters", "登记季度进展") as unit:
        keys = dict(unit.session.execute(select(Project.name, Project.key)).all())
        for name in names:
            unit.session.add(ProjectQuarter(project_key=keys[name], year=2026, quarter=quarter, **{**QUARTER, **other}))
