"""Every check of fund use plans and approval sheets, on both sides of its boundary, to the 分."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop import paths
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.applications import CHECKS, check_application
from fupin_desktop.policy.applications.facts import ApplicationFacts, FieldFact, OpinionFact
from fupin_desktop.policy.applications.fund_facts import (
    ClaimFact,
    FundFacts,
    ItemFact,
    PoolFact,
    SourceFact,
    UseFact,
)
from fupin_desktop.policy.parameters import load_parameters
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.documents import registry

TOWN_PLAN, VILLAGE_PLAN, APPROVAL = "town_fund_plan", "village_fund_plan", "town_fund_approval"
D = Decimal
PARAMETERS = load_parameters(Path(paths.resources()) / "policy")
MADE = date(2026, 3, 2)
SOURCE = SourceFact("sources[0]", "省级专项", D("1500000.00"), "s1", 1, D("1500000.00"))
USE = UseFact("uses[0]", "种苗", "低岭村", D("1500000.00"), heads=30, takes_part=True)
ITEM = ItemFact("items[0]", "种苗款", D("600000.00"), "水稻专业合作社", "6222021234567890128", "合同", 2)
AWARD = ClaimFact("award:r1", "低岭村2026年度奖补", awards=True, ceiling=D("1500000.00"), path="uses[0]")
PLAN = FundFacts(
    project="塘㙍镇 水稻基地", batch="首批", takes_part=True, sources=(SOURCE,), uses=(USE,),
    texts={"usage_note": "用于购买种苗。"},
)  # fmt: skip
SHEET = FundFacts(sheet=True, project="水稻基地", items=(ITEM,), approved=D("1500000.00"), paid=D("500000.00"))
FUNDS = {TOWN_PLAN: PLAN, VILLAGE_PLAN: replace(PLAN, batch=""), APPROVAL: SHEET}
VALUES: dict[str, Any] = {"acceptance": "合格", "accepted_on": MADE, "starts_on": MADE, "ends_on": MADE}


def facts(form_id: str, values: dict[str, Any] | None = None, **funds: Any) -> ApplicationFacts:
    """A faultless document of money, changed as a test wants it."""
    more = {name: funds.pop(name) for name in ("made_on", "opinions", "fields", "faults") if name in funds}
    data = {**VALUES, **(values or {})}
    type_ = registry.of(form_id)
    return ApplicationFacts(
        **{
            "checks": type_.checks, "clauses": type_.clauses, "of_town": form_id == TOWN_PLAN, "day": date(2026, 12, 31), "parameters": PARAMETERS, "values": data,
            "names": {"made_on": "reported_on", **{name: name for name in ("accepted_on", "starts_on", "ends_on")}},
            "made_on": MADE, "today": date(2026, 8, 1), "fund": replace(FUNDS[form_id], **funds), **more,
        }
    )


def found(case: ApplicationFacts, reasons: dict[str, str] | None = None) -> dict[str, Problem]:
    problems, passed = check_application(case, reasons or {})
    applying = [check for check in CHECKS if check.code in case.checks]
    assert passed == len(applying) - len({one.code for one in problems})
    return {one.code: one for one in problems}


@pytest.mark.parametrize(("foreign", "severity"), [((), "must"), (("吴川",), "must"), (("清远",), "principle")])
def test_what_only_the_document_of_another_county_demands_can_be_departed_from(foreign: tuple[str, ...], severity: str) -> None:
    case = replace(facts(VILLAGE_PLAN, pool=(PoolFact("基地", "入库", pooled=True),)), foreign=frozenset(foreign))
    told = found(case, {"fund.targets": "本市没有这一要求"})["fund.targets"]
    assert (told.severity.value, told.clause) == (severity, "清远 二12")
    assert (told.reason, "请说明理由" in told.sentence) == (("本市没有这一要求", True) if foreign == ("清远",) else ("", False))


@pytest.mark.parametrize("form_id", [TOWN_PLAN, VILLAGE_PLAN, APPROVAL])
def test_a_faultless_document_passes_every_check(form_id: str) -> None:
    assert found(facts(form_id)) == {}


def sources(**change: Any) -> dict[str, Any]:
    return {"sources": (SOURCE._replace(**change),)}


def uses(*rows: dict[str, Any]) -> tuple[UseFact, ...]:
    return tuple(USE._replace(path=f"uses[{at}]", **row) for at, row in enumerate(rows))


def items(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"items": tuple(ITEM._replace(path=f"items[{at}]", **row) for at, row in enumerate(rows))}


def split(*amounts: str, heads: tuple[int | None, ...]) -> dict[str, Any]:
    rows = uses(*({"amount": D(one), "heads": many} for one, many in zip(amounts, heads, strict=True)))
    total = sum((row.amount or D(0) for row in rows), D(0))
    return {"uses": rows, "sources": (SOURCE._replace(amount=total),), "planned_elsewhere": D(1_500_000) - total}


def money(total: str, **more: Any) -> dict[str, Any]:
    """A plan of an amount, whose sources have it."""
    amount = D(total)
    return {**sources(amount=amount, available=amount), "uses": uses({"amount": amount}), **more}


PAYEES = [{"amount": D(100), "payee": name} for name in ("陈一", "陈二", "陈三")]
OPINION = {"opinions": (OpinionFact("opinion_town_office", "镇扶贫办意见", True, "", "王五", date(2026, 3, 1)),)}
ON_DAY = {"opinions": (OpinionFact("opinion_town_office", "镇扶贫办意见", True, "", "王五", MADE),)}
HOUSE = ClaimFact("award:r1/h1", "李亚保的奖补", awards=True, ceiling=D("600000.00"), path="items[0]")
PROJECT = ClaimFact("project:p1", "水稻基地", awards=False, ceiling=D("1500000.00"), path="uses[0]")
BOUND = sources(original_plan="2019年光伏项目")
TAKEN = {"uses": uses({"claim": "award:r1"})}

CASES = [
    ("fund.number", TOWN_PLAN, {"same_number": "低岭村 水稻基地"}, {"same_number": ""}, "must"),
    ("fund.sources", TOWN_PLAN, sources(key="", matching=0), {}, "must"),
    ("fund.sources", VILLAGE_PLAN, sources(key="", matching=2), {}, "must"),
    ("fund.sources", TOWN_PLAN, {"sources": (), "uses": ()}, {}, "must"),
    ("fund.available", TOWN_PLAN, sources(available=D("1499999.99")), sources(available=D("1500000.00")), "must"),
    ("fund.available", VILLAGE_PLAN,
     {"sources": (SOURCE._replace(amount=D("1000000")), SOURCE._replace(path="sources[1]", amount=D("500000.01")))},
     {"sources": (SOURCE._replace(amount=D("1000000")), SOURCE._replace(path="sources[1]", amount=D("500000.00")))},
     "must"),
    ("fund.balance", TOWN_PLAN, {"uses": uses({"amount": D("1499999.99")})}, {"uses": uses({})}, "must"),
    ("fund.balance", TOWN_PLAN, {"uses": uses({"amount": D("1500000.01")})}, {"uses": uses({})}, "must"),
    ("fund.amounts", TOWN_PLAN, {"uses": uses({}, {"amount": D("0.00")})}, {"uses": uses({})}, "must"),
    ("fund.amounts", TOWN_PLAN, sources(amount=D("-0.01")), sources(amount=D("0.01")), "must"),
    ("fund.amounts", APPROVAL, {"items": ()}, items({"amount": D("0.01")}), "must"),
    ("fund.price", VILLAGE_PLAN, {"uses": uses({"quantity": D("3.333"), "price": D("450045.01")})},
     {"uses": uses({"quantity": D("3.333"), "price": D("450045.00"), "amount": D("1499999.99")})}, "must"),
    ("fund.price", VILLAGE_PLAN, {"uses": uses({"quantity": D(3), "price": D("500000.01")})},
     {"uses": uses({"quantity": D(3), "price": D("500000.00")})}, "must"),
    ("fund.price", VILLAGE_PLAN, {"uses": uses({"quantity": D(3), "price": D(1)})}, {"uses": uses({"quantity": D(3)})}, "must"),
    ("fund.kinds", TOWN_PLAN, sources(kind="帮扶单位干部职工捐款"), sources(kind="“6·30”扶贫济困日捐款"), "warning"),
    ("fund.kinds", VILLAGE_PLAN, sources(kind="产业扶贫收益"), sources(kind="上级财政专项资金"), "warning"),
    ("fund.kinds", TOWN_PLAN, sources(kind="其他资金"), sources(kind="产业扶贫基金"), "warning"),
    ("fund.kinds", VILLAGE_PLAN, sources(kind="产业扶贫收益"), sources(kind="产业扶贫激励基金"), "warning"),
    ("fund.kinds", VILLAGE_PLAN, sources(kind="其他资金"), sources(kind="“人均2万”财政扶贫资金"), "warning"),
    ("fund.pool", TOWN_PLAN, {"pool": (PoolFact("基地"),)}, {"pool": None}, "principle"),
    ("fund.pool", VILLAGE_PLAN, {"pool": (PoolFact("基地", "公示", pooled=False, targets=True),)},
     {"pool": (PoolFact("基地", "入库", pooled=True, targets=True),)}, "principle"),
    ("fund.targets", VILLAGE_PLAN, {"pool": (PoolFact("基地", "入库", pooled=True),)},
     {"pool": (PoolFact("基地", "入库", pooled=True, targets=True),)}, "must"),
    ("fund.range", TOWN_PLAN, money("999999.99"), money("1000000.00"), "principle"),
    ("fund.range", TOWN_PLAN, money("3000000.01"), money("3000000.00"), "principle"),
    ("fund.range", TOWN_PLAN, money("999999.99", batch="第二批"), money("999999.99", batch="第三批"), "principle"),
    ("fund.range", TOWN_PLAN, money("100", planned_elsewhere=D("999899.99")),
     money("100", planned_elsewhere=D("999900.00")), "principle"),
    ("fund.range", TOWN_PLAN, money("1"), money("1", batch=""), "principle"),
    ("fund.idle_villages", VILLAGE_PLAN, {"takes_part": False}, {"takes_part": True}, "principle"),
    ("fund.idle_villages", TOWN_PLAN, {"uses": uses({"takes_part": False})}, {"uses": uses({"takes_part": None})}, "principle"),
    ("fund.equal_split", TOWN_PLAN, split("300", "500", "200.01", heads=(3, 5, 2)),
     split("300", "500", "260", heads=(3, 5, 2)), "principle"),
    ("fund.equal_split", TOWN_PLAN, split("300", "500", "200", "77", heads=(3, 5, 2, None)),
     split("300", "500", "77", heads=(3, 5, None)), "principle"),
    ("fund.equal_split", TOWN_PLAN, split("300", "500", "200", heads=(3, 5, 2)),
     {"uses": uses(*({"amount": D(500_000), "heads": 2, "claim": "award:r1"} for _ in range(3)))}, "principle"),
    ("fund.equal_split", TOWN_PLAN, {"texts": {"usage_note": "按户平均分配到各户"}},
     {"texts": {"usage_note": "不得按户平均分配"}}, "principle"),
    ("fund.equal_split", APPROVAL, items(*PAYEES), items(*PAYEES[:2]), "principle"),
    ("fund.equal_split", APPROVAL, items(*PAYEES), items(*PAYEES[:2], {**PAYEES[2], "amount": D("100.02")}), "principle"),
    ("fund.equal_split", APPROVAL, items(*PAYEES[:2], {**PAYEES[2], "amount": D("100.01")}), items(*PAYEES[:2]), "principle"),
    ("fund.equal_split", APPROVAL, items(*PAYEES), items(*({**one, "claim": "award:r1/h"} for one in PAYEES)), "principle"),
    ("fund.original_plan", TOWN_PLAN, BOUND, {**BOUND, "project": "塘㙍镇 2019年光伏项目续建"}, "principle"),
    ("fund.original_plan", VILLAGE_PLAN, {**BOUND, **TAKEN, "project": "2019年光伏项目", "claims": (AWARD,)},
     {**BOUND, "project": "2019年光伏项目", "claims": (PROJECT,)}, "principle"),
    ("fund.above_award", TOWN_PLAN, {**TAKEN, "claims": (AWARD._replace(ceiling=D("1499999.99")),)},
     {**TAKEN, "claims": (AWARD,)}, "must"),
    ("fund.above_award", TOWN_PLAN, {**TAKEN, "claims": (AWARD._replace(elsewhere=D("0.01")),)},
     {"claims": (AWARD._replace(elsewhere=D("0.01")),)}, "must"),
    ("fund.above_award", APPROVAL, {**items({"claim": HOUSE.key, "amount": D("600000.01")}), "claims": (HOUSE,)},
     {**items({"claim": HOUSE.key}), "claims": (HOUSE,)}, "must"),
    ("fund.above_project", TOWN_PLAN, {"uses": uses({"claim": "project:p1"}), "claims": (PROJECT._replace(ceiling=D(1)),)},
     {"uses": uses({"claim": "project:p1"}), "claims": (PROJECT,)}, "warning"),
    ("fund.published", TOWN_PLAN, {"claims": (AWARD._replace(gate="公示还没有期满"),)}, {"claims": (AWARD,)}, "must"),
    ("fund.published", APPROVAL, {"claims": (HOUSE._replace(gate="方案还没有备案"),)}, {"claims": (HOUSE,)}, "must"),
    ("fund.published", TOWN_PLAN, {"values": {"notice_objections": "有异议"}},
     {"values": {"notice_objections": "有异议，已处理"}}, "must"),
    ("fund.paid", TOWN_PLAN, sources(paid=D("1500000.01")), sources(paid=D("1500000.00")), "must"),
    ("fund.paid", TOWN_PLAN, {"left_out": {"旧来源": D("0.01")}}, {"left_out": {}}, "must"),
    ("fund.paid", APPROVAL, {"own_paid": D("600000.01")}, {"own_paid": D("600000.00")}, "must"),
    ("fund.paid", VILLAGE_PLAN, {"paid": D(1_000_000), "on_way": D("500000.01")},
     {"paid": D(1_000_000), "on_way": D("500000.00")}, "must"),
    ("fund.plan", APPROVAL, {"plan_gate": "依据的计划还没有批准"}, {"plan_gate": ""}, "must"),
    ("fund.plan", APPROVAL, {"plan_since": date(2026, 3, 3)}, {"plan_since": MADE}, "must"),
    ("fund.left", APPROVAL, items({"amount": D("1000000.01")}), items({"amount": D("1000000.00")}), "must"),
    ("fund.left", APPROVAL, {"on_way": D("400000.01")}, {"on_way": D("400000.00")}, "must"),
    ("fund.since", APPROVAL, {"shown_paid": D("499999.99")}, {"shown_paid": D("500000.00")}, "warning"),
    ("fund.acceptance", APPROVAL, {"values": {"accepted_on": date(2026, 3, 3)}}, {"values": {"accepted_on": MADE}}, "must"),
    ("fund.acceptance", APPROVAL, {"values": {"accepted_on": None}}, {"values": {"accepted_on": date(2026, 3, 1)}}, "must"),
    ("fund.accepted", APPROVAL, {"values": {"acceptance": "不合格"}}, {"values": {"acceptance": "合格"}}, "must"),
    ("fund.accepted", APPROVAL, {"values": {"acceptance": None}}, {}, "must"),
    ("fund.accepted", APPROVAL, {"values": {"acceptance": "基本合格"}},
     {"values": {"acceptance": "基本合格", "acceptance_note": "补齐标牌"}}, "must"),
    ("fund.account", APPROVAL, items({"account": "6222021234567890123"}), items({"account": "6222021234567890128"}), "warning"),
    ("fund.account", APPROVAL, items({"account": "6222021234567890123"}), items({"account": ""}), "warning"),
    ("fund.evidence", APPROVAL, items({"evidence": "", "sheets": None}), items({"evidence": "", "sheets": 1}), "warning"),
    ("application.period", TOWN_PLAN, {"values": {"ends_on": date(2026, 3, 1)}}, {"values": {"ends_on": MADE}}, "must"),
    ("application.opinion_dates", APPROVAL, OPINION, ON_DAY, "must"),
    ("application.opinion_said", VILLAGE_PLAN,
     {"opinions": (OpinionFact("b", "意见", None, "已阅", "", MADE),)}, ON_DAY, "must"),
    ("application.faults", VILLAGE_PLAN, {"faults": {"project": "太长"}}, {}, "must"),
    ("application.phones", TOWN_PLAN,
     {"fields": (FieldFact("operator_phone", "联系电话", "phone"),), "values": {"operator_phone": "1382254"}},
     {"fields": (FieldFact("operator_phone", "联系电话", "phone"),), "values": {"operator_phone": "13822541234"}}, "must"),
    ("application.capital", TOWN_PLAN,
     {"fields": (FieldFact("total_capital", "大写", "text"),), "values": {"total": D("6007.14"), "total_capital": "陆仟元整"}},
     {"fields": (FieldFact("total_capital", "大写", "text"),),
      "values": {"total": D("6007.14"), "total_capital": "陆仟零柒元壹角肆分"}}, "must"),
    ("application.required", APPROVAL,
     {"fields": (FieldFact("items", "支出明细", "list", columns=(FieldFact("payee", "收款单位", "text", required=True),)),),
      "values": {"items": [{"item": "种苗"}]}},
     {"fields": (FieldFact("items", "支出明细", "list", columns=(FieldFact("payee", "收款单位", "text", required=True),)),),
      "values": {"items": [{"item": "种苗", "payee": "合作社"}]}}, "must"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "form_id", "wrong", "right", "severity"), CASES, ids=[
    f"{case[0]}-{at}" for at, case in enumerate(CASES)
])  # fmt: skip
def test_both_sides(code: str, form_id: str, wrong: dict[str, Any], right: dict[str, Any], severity: str) -> None:
    problems = found(facts(form_id, **dict(wrong)))
    assert code in problems
    assert problems[code].severity is Severity(severity)
    assert problems[code].sentence.endswith("。")
    assert code not in found(facts(form_id, **dict(right)))


def test_every_fund_check_has_a_case() -> None:
    assert {case[0] for case in CASES} >= {check.code for check in CHECKS if check.code.startswith("fund.")}


def test_sentences_say_what_is_missing_to_the_fen() -> None:
    problem = found(facts(TOWN_PLAN, **sources(available=D("1499999.99"))))["fund.available"]
    assert problem.sentence == (
        "“省级专项”到 2026-03-02 可安排 1,499,999.99 元，本计划要用 1,500,000.00 元，还差 0.01 元。"
    )
    assert (problem.clause, problem.field) == ("吴川 三(一)4", "sources[0].amount")
    assert found(facts(VILLAGE_PLAN, **sources(available=D(0))))["fund.available"].clause == "吴川 三(二)5"
    told = found(facts(APPROVAL, **items({"amount": D("1000000.01")}), on_way=D(1)))["fund.left"].sentence
    assert "其他审批表在办和待拨 1.00 元" in told
    assert told.endswith("还可以申请 999,999.00 元，本次申请 1,000,000.01 元，超出 1.01 元。")


def test_two_rows_of_one_source_count_together() -> None:
    rows = (SOURCE._replace(amount=D(1)), SOURCE._replace(path="sources[1]", amount=D(2), available=D(3)))
    problems = found(facts(VILLAGE_PLAN, sources=rows, uses=uses({"amount": D(3)})))
    assert problems == {}


def test_a_reason_opens_what_holds_in_principle_and_never_a_must() -> None:
    case = facts(TOWN_PLAN, **money("999999.99"), same_number="别的计划")
    problems = found(case, {"fund.range": "分两次下达", "fund.number": "就用这个"})
    assert not problems["fund.range"].blocks
    assert problems["fund.number"].blocks


def test_an_equal_split_of_one_payee_twice_is_none() -> None:
    rows = [{**PAYEES[0]}, {**PAYEES[0]}, {**PAYEES[1]}]
    assert "fund.equal_split" not in found(facts(APPROVAL, **items(*rows)))

