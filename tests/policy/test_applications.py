"""Every check of an application, on both sides of its boundary."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop import paths
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy import applications
from fupin_desktop.policy.applications import CHECKS, check_application
from fupin_desktop.policy.applications.facts import (
    AllocationFact,
    ApplicationFacts,
    AreaFact,
    FieldFact,
    OpinionFact,
)
from fupin_desktop.policy.applications.plans import is_token, same_per_head, speaks_of_equal_split
from fupin_desktop.policy.parameters import load_parameters
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.documents import registry

VILLAGE, TOWN = "village_application", "town_application"
HOUSEHOLD, TARGETS = "household_application", "performance_target"
PARAMETERS = load_parameters(Path(paths.resources()) / "policy")
TERM = "对种植10亩以上的贫困种养大户按320元/亩奖补。"
GOOD_AREA = AreaFact(Decimal(120), Decimal("86.5"), Decimal("73.24"), Decimal("279.74"))
ITEM = {
    "product": "水稻", "unit": "亩", "declared": Decimal(5), "accepted": Decimal(5), "area": Decimal(5),
    "cost": Decimal(1000), "evidence": "收据",
}
INDICATOR = {"name": "带动贫困户", "target": "30 户"}
VALUES: dict[str, dict[str, Any]] = {
    VILLAGE: {
        "terms_large": TERM, "terms_small": "对小农户按240元/亩奖补，统一供种。", "terms_jobs": "农忙用工优先请贫困户，每天120元。",
        "open_to_others": "种养其他产业的贫困户同样给予奖补和指导。", "leading_group": "陈观保", "linkages": ["订单帮扶"],
        "entities": "合作社", "benefit_households": 30,
    },
    HOUSEHOLD: {"items": [ITEM], "participation": "参与", "award": Decimal(1000), "accepted_on": date(2026, 6, 1)},
    TARGETS: {
        "linkages": ["订单帮扶"], "output_quantity": [INDICATOR], "benefit_social": [INDICATOR],
        "satisfaction": [{"name": "满意度", "target": "95%"}], "starts_on": date(2026, 1, 1), "ends_on": date(2026, 1, 1),
    },
}  # fmt: skip
VALUES[TOWN] = {**VALUES[VILLAGE], "batch": "首批", "requested": Decimal(2_000_000), "demonstration": True}


def facts(form_id: str = VILLAGE, *, values: dict[str, Any] | None = None, **more: Any) -> ApplicationFacts:
    """A faultless application, changed as a test wants it."""
    data = {**VALUES[form_id], **(values or {})}
    area = GOOD_AREA if form_id in (VILLAGE, TOWN) else None
    type_ = registry.of(form_id)
    given = {
        "checks": type_.checks, "clauses": type_.clauses, "of_town": form_id == TOWN, "day": date(2026, 12, 31), "parameters": PARAMETERS, "values": data,
        "names": {name: name for name in data}, "participating": 30, "area": area, "register_area": area,
        "made_on": date(2026, 3, 2), "today": date(2026, 8, 1), "register_items": data.get("items") or (),
    }  # fmt: skip
    return ApplicationFacts(**{**given, **more})


def found(case: ApplicationFacts, reasons: dict[str, str] | None = None) -> dict[str, Problem]:
    problems, passed = check_application(case, reasons or {})
    applying = [check for check in CHECKS if check.code in case.checks]
    assert passed == len(applying) - len({one.code for one in problems})
    return {one.code.removeprefix("application."): one for one in problems}


@pytest.mark.parametrize("form_id", [VILLAGE, TOWN, HOUSEHOLD, TARGETS])
def test_a_faultless_application_passes_every_check(form_id: str) -> None:
    assert found(facts(form_id)) == {}


def values(code: str, form_id: str, wrong: dict[str, Any], right: dict[str, Any], severity: str = "must") -> Any:
    return pytest.param(code, facts(form_id, values=wrong), facts(form_id, values=right), severity, id=f"{code}-{wrong}")


def whole(code: str, form_id: str, wrong: dict[str, Any], right: dict[str, Any], severity: str = "must") -> Any:
    return pytest.param(code, facts(form_id, **wrong), facts(form_id, **right), severity, id=f"{code}-{len(str(wrong))}")


def items(**change: Any) -> dict[str, Any]:
    return {"items": [{**ITEM, **change}]}


def field(name: str = "leader", kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"fields": (FieldFact(name, "负责人", kind, **more),)}


def opinions(*said: tuple[Any, str, date | None]) -> dict[str, Any]:
    return {"opinions": tuple(OpinionFact(f"box{at}", f"意见{at}", *one[:1], one[1], "", one[2]) for at, one in enumerate(said))}


def split(*rows: tuple[int | None, str], takes_part: bool | None = None) -> dict[str, Any]:
    made = tuple(AllocationFact("list[0]", f"村{at}", heads, Decimal(amount), takes_part) for at, (heads, amount) in enumerate(rows))
    return {"allocations": {"list": made}}


MARCH = date(2026, 3, 2)
CASES = [
    whole("required", VILLAGE, field(required=True), {**field(required=True), "values": {**VALUES[VILLAGE], "leader": "陈"}}),
    whole("required", VILLAGE, field(required=True, typed=False), field()),
    whole(
        "required", VILLAGE,
        {**field("rows", "list", columns=(FieldFact("name", "名称", "text", required=True),)),
         "values": {**VALUES[VILLAGE], "rows": [{}]}},
        {**field("rows", "list", columns=(FieldFact("name", "名称", "text", required=True),)),
         "values": {**VALUES[VILLAGE], "rows": [{"name": "甲"}]}},
    ),
    whole("faults", VILLAGE, {"faults": {"leader": "太长"}}, {"faults": {}}),
    whole("phones", VILLAGE, {**field("phone", "phone"), "values": {**VALUES[VILLAGE], "phone": "1382254"}},
          {**field("phone", "phone"), "values": {**VALUES[VILLAGE], "phone": "0759-5590001"}}),
    whole("phone", HOUSEHOLD, {**field("phone", "phone"), "values": {**VALUES[HOUSEHOLD], "phone": "1382254"}},
          {**field("phone", "phone"), "values": {**VALUES[HOUSEHOLD], "phone": "13822541234"}}, "warning"),
    whole("capital", VILLAGE,
          {**field("sum_capital"), "values": {**VALUES[VILLAGE], "sum": Decimal("360000"), "sum_capital": "叁拾陆万零壹元整"}},
          {**field("sum_capital"), "values": {**VALUES[VILLAGE], "sum": Decimal("360000"), "sum_capital": "人民币叁拾陆万元整"}}),
    whole("opinion_said", VILLAGE, opinions((None, "已阅", MARCH)), opinions((True, "", MARCH), (None, "", None))),
    whole("opinion_dates", VILLAGE, opinions((True, "", date(2026, 3, 1))), opinions((True, "", MARCH))),
    whole("opinion_dates", VILLAGE, opinions((True, "", date(2026, 3, 9)), (None, "", None), (True, "", date(2026, 3, 8))),
          opinions((True, "", date(2026, 3, 9)), (None, "", None), (True, "", date(2026, 3, 9)))),
    whole("future", VILLAGE, {"made_on": date(2026, 8, 2)}, {"made_on": date(2026, 8, 1)}, "warning"),
    whole("future", VILLAGE, opinions((True, "", date(2026, 8, 2))), opinions((True, "", date(2026, 8, 1))), "warning"),
    values("batch", TOWN, {"batch": None}, {"batch": "第三批"}),
    values("batch", TOWN, {"demonstration": False}, {"demonstration": False, "batch": "第三批"}),
    values("fund_range", TOWN, {"requested": Decimal("999999.99")}, {"requested": Decimal(1_000_000)}, "principle"),
    values("fund_range", TOWN, {"requested": Decimal("3000000.01")}, {"requested": Decimal(3_000_000)}, "principle"),
    values("fund_range", TOWN, {"batch": "第二批", "requested": Decimal(1)}, {"batch": "第三批", "requested": Decimal(1)}, "principle"),
    whole("participants", VILLAGE, {"participating": 0}, {"participating": 1}, "principle"),
    whole("idle_villages", TOWN, split((3, "1"), takes_part=False), split((3, "0"), takes_part=False), "principle"),
    whole("idle_villages", TOWN, split((3, "1"), takes_part=False), split((3, "1"), takes_part=None), "principle"),
    whole("equal_split", TOWN, split((3, "300"), (5, "500"), (2, "200.01")), split((3, "300"), (5, "500"), (2, "260")), "principle"),
    whole("equal_split", TOWN, split((3, "300"), (3, "300"), (3, "300")), split((3, "300"), (3, "300")), "principle"),
    values("equal_split", VILLAGE, {"terms_small": "资金按人平均分配到各贫困户，每户都有。"},
           {"terms_small": "打破按人分摊的做法，按种植面积奖补小农户。"}, "principle"),
    whole("area_sum", VILLAGE, {"area": GOOD_AREA._replace(total=Decimal(280))}, {}),
    whole("area_sum", VILLAGE, {"register_area": GOOD_AREA._replace(large=Decimal(1))},
          {"register_area": GOOD_AREA._replace(large=Decimal(1)), "area": None}),
    whole("since", VILLAGE, {"register_area": GOOD_AREA._replace(large=Decimal(1)), "sent": True}, {"sent": True}, "warning"),
    whole("area_zero", VILLAGE, {"area": AreaFact(*[Decimal(0)] * 4), "register_area": None},
          {"area": AreaFact(Decimal(0), Decimal(0), Decimal("0.001"), Decimal("0.001")), "register_area": None}),
    values("original_plan", VILLAGE, {"per_head_fund": Decimal(20000)},
           {"per_head_fund": Decimal(20000), "original_plan": "2019年光伏项目"}, "principle"),
    whole("original_plan", VILLAGE,
          {"values": {**VALUES[VILLAGE], "per_head_fund": Decimal(1)}, "names": {"per_head_fund": "per_head_fund", **{
              name: name for name in VALUES[VILLAGE]}}},
          {"values": {**VALUES[VILLAGE], "per_head_fund": Decimal(1)}, "original_plan": "光伏", "names": {
              "per_head_fund": "per_head_fund", **{name: name for name in VALUES[VILLAGE]}}}, "principle"),
    values("terms_large", VILLAGE, {"terms_large": None}, {"terms_large": TERM}),
    values("terms_large", TOWN, {"terms_large": "按规定执行"}, {"terms_large": "一二三四五六七八九十"}),
    values("terms_small", VILLAGE, {"terms_small": "一二三四五六七八九"}, {"terms_small": "一二三四五六七八九十"}),
    values("terms_jobs", VILLAGE, {"terms_jobs": ""}, {"terms_jobs": "农忙时请贫困户做零工散工。"}),
    values("terms_jobs", TOWN, {"terms_jobs": "无"}, {"terms_jobs": "设扶贫车间让劳动力就业。"}),
    values("open_to_others", VILLAGE, {"open_to_others": None}, {}, "principle"),
    values("open_to_others", VILLAGE, {"terms_small": "种植水稻以外的项目不予奖补，请改种水稻。"},
           {"terms_small": "奖补不得超成本，不搞平均分配，请种植水稻。"}, "principle"),
    values("leading_group", VILLAGE, {"leading_group": None}, {"leading_group": "陈"}),
    values("counts", VILLAGE, {"total_households": 37, "poor_households": 38}, {"total_households": 38, "poor_households": 38}, "warning"),
    values("entities", VILLAGE, {"entities": None}, {"entities": "合作社"}, "principle"),
    values("linkage", VILLAGE, {"linkages": None}, {"linkages": ["务工"]}),
    values("linkage", TARGETS, {"linkages": []}, {"linkages": ["务工"]}),
    values("benefits", VILLAGE, {"benefit_households": None}, {"benefit_households": 0}, "principle"),
    whole("items", HOUSEHOLD, {"values": {**VALUES[HOUSEHOLD], "items": [], "award": None}, "register_items": ()},
          {"values": VALUES[HOUSEHOLD]}),
    whole("register_items", HOUSEHOLD, {"register_items": ({**ITEM, "declared": Decimal(6)},)}, {"register_items": (ITEM,)}),
    whole("register_items", HOUSEHOLD, {"register_items": ()}, {"register_items": (), "sent": True}),
    whole("register_items", HOUSEHOLD, {"values": {**VALUES[HOUSEHOLD], "items": [ITEM, {"product": None, "declared": Decimal(1)}], "award": None}, "register_items": (ITEM,)},
          {"values": {**VALUES[HOUSEHOLD], "items": [ITEM, {"product": None, "declared": None}], "award": None}, "register_items": (ITEM,)}),
    whole("register_items", HOUSEHOLD, {"register_items": (ITEM, {**ITEM, "product": "番薯"})}, {"register_items": (ITEM,)}),
    values("takes_part", HOUSEHOLD, {"participation": "未参与"}, {"participation": "分散参与"}, "principle"),
    values("takes_part", HOUSEHOLD, {"participation": None}, {"participation": "参与"}, "principle"),
    values("accepted", HOUSEHOLD, items(accepted=Decimal("5.001")), items(accepted=Decimal(4))),
    values("cost", HOUSEHOLD, {**items(cost=None), "award": None}, {**items(cost=Decimal(0)), "award": None}),
    values("evidence", HOUSEHOLD, items(evidence=""), items(evidence="收据"), "warning"),
    values("above_cost", HOUSEHOLD, {"award": Decimal("1000.01")}, {"award": Decimal("1000.00")}),
    values("area_range", HOUSEHOLD, items(area=Decimal("100.001")), items(area=Decimal(100)), "warning"),
    values("acceptance", HOUSEHOLD, {"accepted_on": None}, {"accepted_on": MARCH}),
    values("acceptance", HOUSEHOLD, {"accepted_on": date(2026, 3, 1)}, {"accepted_on": MARCH}),
    whole("acceptance", HOUSEHOLD, opinions((True, "", date(2026, 5, 31))), opinions((True, "", date(2026, 6, 1)))),
    whole("acceptance", HOUSEHOLD,
          {**opinions((True, "", MARCH), (True, "", date(2026, 5, 31))), "names": {
              **{name: name for name in VALUES[HOUSEHOLD]}, "acceptance_box": "box1"}},
          {**opinions((True, "", MARCH), (True, "", date(2026, 6, 1))), "names": {
              **{name: name for name in VALUES[HOUSEHOLD]}, "acceptance_box": "box1"}}),
    values("indicators", TARGETS, {"satisfaction": None}, {"satisfaction": [INDICATOR]}),
    values("indicators", TARGETS, {"output_quantity": [{}]}, {"output_quantity": [INDICATOR]}),
    values("targets", TARGETS, {"output_quantity": [{"name": "带动面积"}]}, {"output_quantity": [INDICATOR]}),
    values("period", TARGETS, {"ends_on": date(2025, 12, 31)}, {"ends_on": date(2026, 1, 1)}),
    values("brings_along", TARGETS, {"output_quantity": [{"name": "面积", "target": "3"}], "benefit_social": [{"name": "产值", "target": "3"}]},
           {"benefit_social": [{"name": "脱贫户增收", "target": "3"}]}, "principle"),
    values("per_head", VILLAGE, {"per_head_fund": Decimal("60000.01"), "poor_persons": 3, "original_plan": "光伏"},
           {"per_head_fund": Decimal("60000.00"), "poor_persons": 3, "original_plan": "光伏"}, "warning"),
    values("incentive", TOWN, {"incentive": "评先评优"}, {"incentive": "设立激励基金"}, "warning"),
    values("incentive", TOWN, {"incentive": ""}, {"incentive": "按销售额分红奖励"}, "warning"),
    values("base_way", VILLAGE, {"base_way": "租地"}, {"base_way": "集中建设和帮扶贫困户承包土地"}, "warning"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "wrong", "right", "severity"), CASES)
def test_both_sides(code: str, wrong: ApplicationFacts, right: ApplicationFacts, severity: str) -> None:
    problems = found(wrong)
    assert code in problems
    assert problems[code].severity is Severity(severity)
    assert problems[code].sentence.endswith("。")
    assert code not in found(right)


def test_every_check_has_a_case() -> None:
    tested = {case.values[0] for case in CASES}
    assert tested == {check.code.removeprefix("application.") for check in CHECKS if check.code.startswith("application.")}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_every_clause_can_be_read(check: applications.ApplicationCheck) -> None:
    clauses = {check.clause, *(one.clauses.get(check.code, "") for one in registry.all_types())} - {""}
    assert check.severity is not Severity.PRINCIPLE or clauses
    for name in clauses:
        assert PARAMETERS.clause(name).text


def test_the_clause_follows_the_form() -> None:
    assert found(facts(VILLAGE, values={"terms_large": None}))["terms_large"].clause == "吴川 三(三)2"
    assert found(facts(TOWN, values={"terms_large": None}))["terms_large"].clause == "吴川 三(三)1"
    own = found(facts(VILLAGE, fields=(FieldFact("x", "产业类别", "text", required=True, clause="清远 二1"),)))
    assert own["required"].clause == "清远 二1"


def test_a_reason_opens_what_holds_in_principle_and_never_a_must() -> None:
    case = facts(TOWN, values={"requested": Decimal(1), "batch": "首批", "terms_large": None})
    given = {"application.fund_range": "试点", "application.terms_large": "不写"}
    problems = found(case, given)
    assert not problems["fund_range"].blocks
    assert problems["fund_range"].reason == "试点"
    assert problems["terms_large"].blocks
    assert next(iter(problems.values())).severity is Severity.MUST


@pytest.mark.parametrize("text", ["", "无", "暂无。", "按规定执行", "一二三四五六七八九", "…………………………………………"])
def test_tokens(text: str) -> None:
    assert is_token(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("不种水稻的贫困户一律不安排资金扶持。", "一律不"), ("奖补仅限种植优质水稻的贫困户。", "仅限"),
        ("不得限制其他产业，扶持不限于水稻一种。", ""), ("同一项目不重复享受，奖补不得超成本。", ""),
    ],
)  # fmt: skip
def test_words_that_exclude(text: str, told: str) -> None:
    problem = found(facts(VILLAGE, values={"open_to_others": text})).get("open_to_others")
    assert (told in problem.sentence) if told else problem is None, problem


@pytest.mark.parametrize(
    ("text", "split_per_head"),
    [
        ("按人分摊资金", True), ("按户平均分配", True), ("人均分配", True), ("打破“按人分摊”的惯例", False),
        ("不得平均分配", False), ("按面积奖补", False), ("人均增收3000元", False), ("每户平均发放500元", True),
        ("资金均分到各户", True), ("不得均分到户", False), ("平均亩产500公斤", False), ("人均补助标准不超过核定成本", False),
    ],
)  # fmt: skip
def test_words_of_equal_split(text: str, split_per_head: bool) -> None:
    assert speaks_of_equal_split(text) is split_per_head


@pytest.mark.parametrize(
    ("rows", "split"),
    [
        ([("100.00", 1), ("100.01", 1), ("100.00", 1)], True),
        ([("100.00", 1), ("100.02", 1), ("100.00", 1)], False),
        ([("100.00", 2), ("100.00", 2)], False),
        ([("100.00", 1), ("200.03", 2), ("300.03", 3)], True),
        ([("100.00", 1), ("200.04", 2), ("300.03", 3)], False),
        ([("0", 1), ("0", 1), ("0", 1)], False),
        ([("100.00", 1), ("100.00", 1), ("100.00", 1), ("0", 1)], False),
        ([("-100.00", 1), ("-100.00", 1), ("-100.00", 1)], False),
        ([("100.00", None), ("100.00", None), ("100.00", None)], False),
        ([("100.00", 1), ("100.00", 1), ("100.00", 0)], False),
    ],
)
def test_three_amounts_the_same_for_each_head_to_within_a_fen_are_an_equal_split(rows: list[tuple[str, int | None]], split: bool) -> None:
    assert same_per_head([(Decimal(amount), heads) for amount, heads in rows]) is split
