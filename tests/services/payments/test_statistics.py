"""The table of money (帮扶资金统计表) tells what went to households from what went to their villages."""

from __future__ import annotations

from decimal import Decimal as D

from fupin_desktop.services import fund_papers, payments
from fupin_desktop.services.document_types import fund_statistics
from fupin_desktop.services.ledger_papers import LedgerSubject
from fupin_desktop.services.registers import Query, registry
from fupin_desktop.services.workbench import Workbench
from tests.services.fund_papers import money_office
from tests.services.payments import pay_office as office


def spent(bench: Workbench) -> dict[str, D]:
    subject = LedgerSubject(bench, Query(registry.of("village_facts"), bench.year), "", public=False)
    (row,) = [one for one in fund_statistics.TYPE.query(subject).data["rows"] if one["village"] == "低岭村"]
    return {name: row[name] for name in ("spent", "households", "places")}


def test_awards_paid_under_a_plan_for_other_things_too_went_to_households(bench: Workbench, run: str) -> None:
    key = money_office.plan(bench, "", sources=(("省级专项", "6480"),), uses=(("种苗", "2000"),))
    fund_papers.take(bench, key, f"award:{run}")
    plan = money_office.approve(bench, key)
    batch = office.paid(bench, run)
    fund_papers.pay_plan(bench, plan, bench.today, D("1500"), payee="农资站", paper_no="凭证2")
    assert spent(bench) == {"spent": D("5980.00"), "households": D("4480.00"), "places": D("1500.00")}
    (row,) = [one for one in batch.rows if one.head_name == office.SMALL]
    payments.give_back(bench, batch.line.key, {row.key: "账号户名不符"})
    assert spent(bench) == {"spent": D("5500.00"), "households": D("4000.00"), "places": D("1500.00")}
