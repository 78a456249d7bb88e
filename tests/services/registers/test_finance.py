"""Loans, their subsidies and insurance: limits on both sides, what follows from repayments, lists of what is due."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.services import registers
from fupin_desktop.services.registers import HOUSEHOLDS, Outcome, Query, registry
from fupin_desktop.services.registers.edits import CellEdit, set_cells
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import add_household, add_item, cell, find, make_office

LOANS, SUBSIDIES = registry.of("microcredits"), registry.of("interest_subsidies")
REPAYMENTS, RENEWALS = registry.of("microcredit_repayments"), registry.of("microcredit_renewals")
ENTITY_LOANS, RATES, INSURANCES = registry.of("entity_loans"), registry.of("base_rates"), registry.of("insurances")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_office(tmp_path)
    large = add_household(made, "张大户")
    add_item(made, large, area="10")
    add_household(made, "李小户")
    yield made
    made.store.close()


def lend(bench: Workbench, head: str, amount: str, **more: str) -> Outcome:
    number = registers.count(bench, Query(LOANS, bench.year)) + 1
    usual = {"bank": "农商行", "contract_no": f"X{number}", "lent_on": "2026-01-10", "due_on": "2027-01-10", "rate": "4.35%",
             "purpose": "种植"}  # fmt: skip
    return registers.add(bench, LOANS, {"head_name": head, "amount": amount, **usual, **more})


def told(outcome: Outcome) -> list[tuple[str, str]]:
    return [(problem.severity.value, problem.field) for problem in outcome.problems]


def test_what_is_repaid_makes_room_again(bench: Workbench) -> None:
    lend(bench, "李小户", "100000")
    assert lend(bench, "李小户", "1").refused
    paid = registers.add(bench, REPAYMENTS, {"loan": "X1", "paid_on": "2026-02-10", "principal": "100000"})
    assert paid.change
    row = find(bench, "X1", LOANS)
    assert (cell(row, "balance", LOANS), cell(row, "due_state", LOANS)) == ("0.00", "已还清")
    assert not lend(bench, "李小户", "100000", contract_no="X9").problems


@pytest.mark.parametrize(
    ("kind", "cause", "until", "field"),
    [
        ("展期", "自然灾害", "2027-06-10", None),
        ("展期", "主观因素", "2027-06-10", "cause"),
        ("无还本续贷", "主观因素", "2027-06-10", None),
        ("展期", "自然灾害", "2027-01-11", None),
        ("展期", "自然灾害", "2027-01-10", "new_due_on"),
    ],
)
def test_an_extension_needs_a_cause_outside_the_borrower(
    bench: Workbench, kind: str, cause: str, until: str, field: str | None
) -> None:
    lend(bench, "李小户", "50000")
    outcome = registers.add(bench, RENEWALS, {"loan": "X1", "kind": kind, "cause": cause, "new_due_on": until})
    assert told(outcome) == ([("must", field)] if field else [])
    expected = "2027-01-10" if field else until
    assert cell(find(bench, "X1", LOANS), "final_due_on", LOANS) == expected


@pytest.mark.parametrize(
    ("due", "state"),
    [("2026-03-01", "已逾期"), ("2026-03-02", "30天内到期"), ("2026-04-01", "30天内到期"), ("2026-04-02", "60天内到期"),
     ("2026-05-01", "60天内到期"), ("2026-05-02", "未到期")],
)  # fmt: skip
def test_loans_are_told_before_they_fall_due(bench: Workbench, due: str, state: str) -> None:
    lend(bench, "李小户", "50000", due_on=due)
    assert cell(find(bench, "X1", LOANS), "due_state", LOANS) == state
    listed = {name for name in ("overdue", "due:30", "due:60")
              if registers.count(bench, Query(LOANS, 2026, filters=LOANS.conditions(name)))}  # fmt: skip
    assert listed == {"已逾期": {"overdue"}, "30天内到期": {"due:30"}, "60天内到期": {"due:60"}, "未到期": set()}[state]


def test_a_subsidy_follows_the_loan_until_it_is_checked(bench: Workbench) -> None:
    lend(bench, "李小户", "60000")
    period = {"loan": "X1", "from_on": "2026-01-10", "to_on": "2026-04-10"}
    assert not registers.add(bench, SUBSIDIES, period).problems
    row = registers.window(bench, Query(SUBSIDIES, 2026), 0, 9)[0]
    shown = [cell(row, name, SUBSIDIES) for name in ("days", "principal", "rate", "due", "head_name", "village")]
    assert shown == ["90", "50,000.00", "4.35%", "543.75", "李小户", "低岭村"]
    registers.add(bench, REPAYMENTS, {"loan": "X1", "paid_on": "2026-02-09", "principal": "60000"})
    row = registers.window(bench, Query(SUBSIDIES, 2026), 0, 9)[0]
    assert [cell(row, name, SUBSIDIES) for name in ("days", "due")] == ["30", "181.25"]
    set_cells(bench, SUBSIDIES, [CellEdit(row.key, "day_count", "实际天数/365")])
    assert cell(registers.window(bench, Query(SUBSIDIES, 2026), 0, 9)[0], "due", SUBSIDIES) == "178.77"
    set_cells(bench, SUBSIDIES, [CellEdit(row.key, "state", "审核")])
    registers.remove(bench, REPAYMENTS, [registers.window(bench, Query(REPAYMENTS, 2026), 0, 9)[0].key])
    assert cell(registers.window(bench, Query(SUBSIDIES, 2026), 0, 9)[0], "due", SUBSIDIES) == "178.77"
    assert set_cells(bench, SUBSIDIES, [CellEdit(row.key, "paid", "178.78")]).refused
    assert not set_cells(bench, SUBSIDIES, [CellEdit(row.key, "paid", "178.77")]).problems


def entity_with(bench: Workbench, households: int) -> None:
    entity = {"name": "低岭合作社", "kind": "农民合作社", "village": "低岭村", "leader": "吴国强"}
    assert registers.add(bench, registry.of("entities"), entity).change
    from fupin_desktop.storage.entities import Entity, Linkage

    heads = [add_household(bench, f"联结{number}", household_class="脱贫户") for number in range(households)]
    with bench.write("tests", "利益联结") as unit:
        key = unit.session.query(Entity).one().key
        unit.insert_many(Linkage, [
            {"entity_key": key, "household_key": head, "year": 2026, "way": way} for head in heads for way in ("务工", "订单帮扶")
        ])  # fmt: skip


def test_an_entity_is_lent_by_the_households_it_brings_along(bench: Workbench) -> None:
    entity_with(bench, 2)
    registers.add(bench, RATES, {"since": "2025-05-20", "term": "一年以内(含一年)", "rate": "3.00%"})
    loan = {"entity": "低岭合作社", "bank": "农商行", "contract_no": "E1", "lent_on": "2026-01-10", "due_on": "2027-01-10",
            "rate": "6.00%", "amount": "200000"}  # fmt: skip
    assert not registers.add(bench, ENTITY_LOANS, loan).problems
    row = find(bench, "E1", ENTITY_LOANS)
    shown = [cell(row, name, ENTITY_LOANS) for name in ("households", "most", "base_rate", "margin")]
    assert shown == ["2", "200,000.00", "3%", "3%"]
    more = set_cells(bench, ENTITY_LOANS, [CellEdit(row.key, "amount", "200000.01")])
    assert (told(more), more.problems[0].clause) == ([("must", "amount")], "清远 二13")
    dear = set_cells(bench, ENTITY_LOANS, [CellEdit(row.key, "rate", "6.01%")])
    assert told(dear) == [("must", "rate")]
    assert registers.add(bench, ENTITY_LOANS, {**loan, "contract_no": "E2", "amount": "0.01"}).refused
    set_cells(bench, ENTITY_LOANS, [CellEdit(row.key, "repaid_on", "2026-02-01")])
    assert not registers.add(bench, ENTITY_LOANS, {**loan, "contract_no": "E2"}).problems


def test_households_that_are_not_registered_poor_do_not_raise_what_is_lent(bench: Workbench) -> None:
    entity_with(bench, 2)
    set_cells(bench, HOUSEHOLDS, [CellEdit(find(bench, "联结1").key, "household_class", "一般户")])
    loan = {"entity": "低岭合作社", "bank": "农商行", "contract_no": "E1", "lent_on": "2026-01-10", "due_on": "2027-01-10",
            "rate": "6.00%"}  # fmt: skip
    refused = registers.add(bench, ENTITY_LOANS, {**loan, "amount": "100000.01"})
    assert [one.sentence for one in refused.problems if one.field == "amount"] == [
        "带动建档立卡贫困户 1 户 × 100,000 元 = 100,000 元，贷款 100,000.01 元，超出 0.01 元，不得超过(另有 1 户不是建档立卡贫困户，不计)。"
    ]
    assert registers.add(bench, ENTITY_LOANS, {**loan, "amount": "100000"}).change


def test_the_base_rate_is_that_of_the_day_and_the_term(bench: Workbench) -> None:
    entity_with(bench, 3)
    for number, (until, expected) in enumerate((("2027-01-10", "3.1%"), ("2027-01-11", "3.3%"), ("2031-01-11", "3.6%"))):
        loan = {"entity": "低岭合作社", "bank": "农商行", "contract_no": f"E{number}", "lent_on": "2026-01-10", "due_on": until,
                "rate": "5%", "amount": "1000"}  # fmt: skip
        assert told(registers.add(bench, ENTITY_LOANS, loan)) == ([] if number else [("warning", "rate")])
        if not number:
            for since, rates in (("2025-01-01", ("3.1%", "3.3%", "3.6%")), ("2026-01-11", ("1%", "1%", "1%"))):
                for term, rate in zip(("一年以内(含一年)", "一至五年(含五年)", "五年以上"), rates, strict=True):
                    assert registers.add(bench, RATES, {"since": since, "term": term, "rate": rate}).change
        assert cell(find(bench, f"E{number}", ENTITY_LOANS), "base_rate", ENTITY_LOANS) == expected


def test_a_column_that_names_a_record_is_as_wide_as_that_name_where_it_is_typed() -> None:
    widths = {info.key: info.wide for info in registers.columns(registry.of("interest_subsidies"))}
    assert (widths["loan"], widths["entity_loan"]) == (22, 22)
