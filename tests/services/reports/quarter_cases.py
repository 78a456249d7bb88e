"""Invented projects of a quarter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fupin_desktop.services.reports.model import Money, PlaceFacts, ProjectFacts, QuarterFacts

COUNTY = "英德市"
PLACES = tuple(
    PlaceFacts(key, COUNTY, town, village, poor=True)
    for key, town, village in (
        ("v1", "石牯塘镇", "石下村"), ("v2", "石牯塘镇", "鲤鱼村"), ("v3", "石牯塘镇", "长江村"), ("v4", "大湾镇", "上洞村"),
    )
)


def yuan(text: str) -> Decimal:
    return Decimal(text)


def project(key: str, place: PlaceFacts, name: str, **other: object) -> ProjectFacts:
    quarter = QuarterFacts(
        done=yuan("123456.78"), received=yuan("150000"), running="在建", progress=Decimal(60), sales=yuan("20004.99"),
        net=yuan("10000.01"), shared=yuan("6000"), collective=yuan("2000"), wages=yuan("1500.50"), households=27,
        persons=96, troubles="缺灌溉水源", plan="铺设滴灌 30 亩",
    )
    facts: dict[str, object] = {
        "industry": "种植", "product": "麻竹笋", "task": "新建麻竹笋基地，配套灌溉设施", "quantity": Decimal(120), "unit": "亩",
        "starts_on": date(2026, 3, 1), "ends_on": date(2026, 12, 31),
        "money": {Money.FISCAL: yuan("200000.04"), Money.ASSISTING: yuan("50000"), Money.OWN: yuan("34.96")},
        "operator": "英德市石牯塘镇绿源种植专业合作社", "operator_kind": "农民合作社", "linkages": "入股分红、务工", "large": 3,
        "resources": "连片水田", "channels": "订单", "insured": True, "quarter": quarter,
    }
    return ProjectFacts(key, place, name, **{**facts, **other})  # type: ignore[arg-type]


PROJECTS = (
    project("p1", PLACES[0], "石下村麻竹笋种植基地"),
    project("p2", PLACES[0], "石下村清远鸡养殖场", industry="养殖", product="清远鸡", unit="只", quantity=Decimal(5000)),
    project("p3", PLACES[2], "长江村茶叶加工车间", industry="加工", product="茶叶", quarter=None),
    project("p4", PLACES[3], "上洞村砂糖桔", money={Money.FISCAL: yuan("0.04")}),
)
