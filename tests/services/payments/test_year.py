"""A year of three villages from the register to the paid lists, to the 分, against a table reckoned by hand."""

from __future__ import annotations

import tomllib
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.services import fund_papers, funds, payments, villages
from fupin_desktop.services.funds import LedgerFilter
from fupin_desktop.services.workbench import Workbench
from tests.services.fund_papers import money_office
from tests.services.register_office import Clock, add_household, add_item, make_office

TABLE = tomllib.loads((Path(__file__).parents[2] / "cases" / "payments" / "year.toml").read_text(encoding="utf-8"))


def registered(bench: Workbench, row: dict[str, Any]) -> None:
    """Households with their items and accounts."""
    if villages.by_name(bench, row["name"]) is None:
        villages.add(bench, villages.VillageForm(row["name"]))
    for place, one in enumerate(row["household"]):
        key = add_household(
            bench, one["name"], village=row["name"], household_class="脱贫户", members="3", kind="参与", group_name="一组",
            bank_name="吴川农商银行", bank_account=f"8002{len(row['name'])}{ord(row['name'][0])}{place:06d}",
        )  # fmt: skip
        add_item(
            bench, key, declared=one["quantity"], accepted=one["quantity"], area=one["quantity"], cost="9000",
            cost_evidence="收据",
        )  # fmt: skip


def approved(bench: Workbench, row: dict[str, Any]) -> str:
    """The filed calculation of a village, with an approved plan of its money; returns the calculation."""
    run = money_office.award_run(bench, place=row["name"], name=f"{row['name']}2026年度产业奖补资金安排方案")
    key = money_office.plan(bench, "", (("省级专项", row["total"]),), (), village=row["name"])
    fund_papers.take(bench, key, f"award:{run}")
    money_office.approve(bench, key)
    return run


def paid_out(bench: Workbench, key: str) -> payments.Batch:
    payments.check(bench, key)
    payments.send(bench, key)
    payments.pay(bench, key)
    return payments.load(bench, key)


@pytest.mark.parametrize("row", TABLE["village"], ids=lambda row: str(row["name"]))
def test_a_village_is_paid_to_the_fen(row: dict[str, Any], tmp_path: Path) -> None:
    bench = make_office(tmp_path, Clock())
    money_office.source(bench)
    registered(bench, row)
    run = approved(bench, row)
    wanted = {one["name"]: one for one in row["household"]}
    share = D("0.4") if "advance" in row else None
    first = paid_out(bench, payments.create(bench, run, share=share).keys[0])
    assert {one.head_name: f"{one.award}" for one in first.rows} == {name: one["award"] for name, one in wanted.items()}
    column = "advance" if share else "award"
    assert {one.head_name: f"{one.amount}" for one in first.rows} == {name: one[column] for name, one in wanted.items()}
    if share:
        paid_out(bench, payments.create(bench, run).keys[0])
    if "returned" in row:
        (back,) = [one.key for one in first.rows if one.head_name == row["returned"]]
        payments.give_back(bench, first.line.key, {back: "账号户名不符"})
        again = payments.load(bench, payments.again(bench, first.line.key).keys[0])
        payments.give_reason(bench, again.line.key, again.rows[0].key, "户名已由银行更正")
        paid_out(bench, again.line.key)
    lines = list(reversed(payments.batches(bench, 2026)))
    assert [f"{line.amount}" for line in lines] == row["batches"]
    assert f"{sum(line.paid for line in lines):.2f}" == row["total"]
    ledger = sum(line.amount for line in funds.entries(bench, LedgerFilter(2026)) if line.kind == "paid")
    assert f"{ledger:.2f}" == row["total"]
    (can,) = [one for one in payments.payables(bench, 2026) if one.place == row["name"]]
    assert (f"{D(can.fen) / 100:.2f}", can.left_fen) == (row["total"], 0)
    bench.close()
