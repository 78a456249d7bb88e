"""An office with two villages and filled applications, for the tests of applications."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fupin_desktop.services import documents, villages
from fupin_desktop.services.documents import Opinion
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import GOOD_ID, OTHER_ID, Clock, add_household, add_item, make_office
from tests.templates import copied

VILLAGE, TOWN = "village_application", "town_application"
HOUSEHOLD, TARGETS = "household_application", "performance_target"
VILLAGE_VALUES = {
    "leader": "陈观保", "leader_phone": "13822541234", "poor_village": "是", "households_all": "486",
    "persons_all": "1932", "industry": "优质水稻（吴阳丝苗）", "industry_kind": "种植", "products": "大米",
    "linkages": "订单帮扶、务工", "entities": "低岭水稻专业合作社",
    "measures_large": "对种植10亩以上的贫困种养大户按320元/亩奖补，不超核定成本。",
    "measures_small": "对小农户按240元/亩奖补，统一供种供肥，派人上门指导。",
    "odd_jobs": "基地农忙用工优先请贫困户，每天不低于120元。",
    "measures_other": "种养其他产业的贫困户同样按核定成本给予奖补和技术指导。",
    "benefit_households": "2", "benefit_income": "3000", "group_leader": "陈观保", "group_members": "李文静、吴华",
    "investment_special": "150000", "investment_assisting": "80000",
}
TOWN_VALUES = {
    "leader": "林镇长", "leader_phone": "0759-5590002", "contact_phone": "0759-5590002", "batch": "首批",
    "demonstration": "是", "industry": "优质水稻", "industry_kind": "种植", "products": "大米",
    "expected_scale": "3000", "requested_funds": "2000000", "linkages": "订单帮扶", "entities": "塘㙍水稻合作社",
    "measures_large": "对种植10亩以上的贫困种养大户按320元/亩奖补，不超核定成本。",
    "measures_small": "对小农户按240元/亩奖补，统一供种供肥，派人上门指导。",
    "home_jobs": "在各村设扶贫车间，让贫困劳动力在家门口就业。",
    "measures_other": "种养其他产业的贫困户同样按核定成本给予奖补和技术指导。",
    "benefit_households": "2", "group_leader": "林镇长", "group_members": "李文静、吴华",
}
INDICATOR = {"name": "带动贫困户", "target": "30 户"}
TARGET_VALUES: dict[str, Any] = {
    "supervisor": "塘㙍镇扶贫办", "industry_kind": "种植", "operator": "低岭水稻专业合作社", "operator_leader": "陈观保",
    "operator_phone": "13822541234", "place": "低岭村", "starts_on": "2026-3-5", "ends_on": "2026-12-20",
    "linkages": "订单帮扶", "goal": "种植优质水稻，带动贫困户增收。", "fund_fiscal": "150000",
    "output_quantity": [INDICATOR], "output_quality": [INDICATOR], "benefit_economic": [INDICATOR],
    "satisfaction": [{"name": "满意度", "target": "95%"}],
}


def make(folder: Path) -> tuple[Workbench, Clock]:
    """An office: two participating households in 低岭村, none in 那罗村."""
    clock = Clock()
    return copied(_with_households, folder, clock), clock


def _with_households(folder: Path) -> Workbench:
    bench = make_office(folder)
    large = add_household(
        bench, "李亚保", head_id_number=GOOD_ID, household_class="脱贫户", members="4", kind="参与", phone="13822541234",
        group_name="一组",
    )
    add_item(
        bench, large, declared="12.5", accepted="12.5", area="12.5", cost="4600", cost_evidence="收据",
        base_kind="合作社基地",
    )
    small = add_household(
        bench, "陈康", head_id_number=OTHER_ID, household_class="贫困户", members="3", kind="分散参与", group_name="二组"
    )
    add_item(bench, small, declared="3", accepted="2", area="2", cost="700", cost_evidence="收据")
    add_household(bench, "不参与的", household_class="一般户", members="2", kind="未参与")
    return bench


def village_key(bench: Workbench, name: str = "低岭村") -> str:
    found = villages.by_name(bench, name)
    assert found is not None
    return found.key


def begin(bench: Workbench, form_id: str = VILLAGE, place: str = "", values: Mapping[str, Any] | None = None) -> str:
    """A new application with values typed."""
    if not place:
        place = village_key(bench) if form_id == VILLAGE else documents.places(bench, form_id)[0].key
    key = documents.create(bench, form_id, place).keys[0]
    wanted = {VILLAGE: VILLAGE_VALUES, TOWN: TOWN_VALUES, TARGETS: TARGET_VALUES}.get(form_id, {})
    fill(bench, key, wanted if values is None else values)
    return key


def fill(bench: Workbench, key: str, values: Mapping[str, Any]) -> None:
    if values:
        outcome = documents.set_values(bench, key, values)
        assert not outcome.faults, outcome.faults


def codes(bench: Workbench, key: str) -> dict[str, str]:
    """Code and sentence of the problems of an application."""
    return {one.code.removeprefix("application."): one.sentence for one in documents.open_document(bench, key).problems}


def boxes(bench: Workbench, key: str) -> list[str]:
    return [field.name for field in documents.open_document(bench, key).form.opinions]


def agree(bench: Workbench, key: str, box: str, dated: date | None = None, name: str = "张三") -> None:
    documents.give_opinion(bench, key, box, Opinion(agrees=True, name=name, dated=dated))


def approve(bench: Workbench, key: str) -> None:
    """From draft to approved, all boxes agreeing."""
    documents.submit(bench, key)
    for box in boxes(bench, key):
        agree(bench, key, box)
