"""Whatever order plans and sheets are approved, corrected, paid and countered in, the money holds together."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import documents, fund_papers, funds
from fupin_desktop.services.workbench import Workbench
from tests.services.fund_papers import money_office as office
from tests.services.fund_papers.money_office import D

STEPS = 22
SOURCES = ("甲", "乙")


class Walk:
    """Random operations on one office; what is refused must change nothing."""

    def __init__(self, bench: Workbench, random: Random) -> None:
        self.bench, self.random = bench, random
        self.written: list[tuple[str, str]] = []
        self.refused = self.done = 0

    def amount(self) -> str:
        return f"{Decimal(self.random.randrange(1, 60_000_00)) / 100:.2f}"

    def step(self) -> None:
        operations: list[Callable[[], object]] = [
            self.plan, self.sheet, self.sheet, self.correct, self.pay, self.pay, self.pay_plan, self.counter, self.receive,
        ]  # fmt: skip
        try:
            self.random.choice(operations)()
            self.done += 1
        except NotAllowed:
            self.refused += 1
        self.check()

    def receive(self) -> None:
        key = office.source_key(self.bench, self.random.choice(SOURCES))
        funds.receive(self.bench, key, D(self.amount()), self.bench.today)

    def plan(self) -> None:
        first, second = self.amount(), self.amount()
        total = D(first) + D(second)
        form_id = self.random.choice((office.TOWN_PLAN, office.VILLAGE_PLAN))
        sources = [("甲", first), ("乙", second)]
        office.approve(self.bench, office.plan(self.bench, "基地", sources, [("种苗", str(total))], form_id=form_id))

    def _one(self, plans: bool, state: ApplicationState = ApplicationState.APPROVED) -> str:
        lines = fund_papers.plan_lines(self.bench, 2026) if plans else fund_papers.sheet_lines(self.bench, 2026)
        found = [one.key for one in lines if one.state is state]
        if not found:
            raise NotAllowed("没有。")
        return self.random.choice(found)

    def sheet(self) -> None:
        plan = self._one(plans=True)
        root = next(one.root for one in fund_papers.plan_lines(self.bench, 2026) if one.key == plan)
        key = office.sheet(self.bench, root, [("种苗款", self.amount(), "合作社")])
        documents.submit(self.bench, key)
        for box in office.boxes(self.bench, key) if self.random.random() < 0.8 else ():
            documents.give_opinion(self.bench, key, box, documents.Opinion(agrees=True, name="张三"))

    def correct(self) -> None:
        plans = self.random.random() < 0.5
        key = documents.correct(self.bench, self._one(plans)).keys[0]
        if plans:
            first, second = self.amount(), self.amount()
            values = {"sources[0].amount": first, "sources[1].amount": second, "uses[0].amount": str(D(first) + D(second))}
        else:
            values = {"items[0].amount": self.amount()}
        try:
            office.fill(self.bench, key, values)
            office.approve(self.bench, key)
        except NotAllowed:
            if documents.open_document(self.bench, key).line.state is ApplicationState.SUBMITTED:
                documents.withdraw(self.bench, key)
            else:
                documents.remove(self.bench, key)
            raise

    def pay(self) -> None:
        amount = D(self.amount()) if self.random.random() < 0.5 else None
        fund_papers.pay(self.bench, self._one(plans=False), self.bench.today, amount)

    def pay_plan(self) -> None:
        fund_papers.pay_plan(self.bench, self._one(plans=True), self.bench.today, D(self.amount()), "合作社")

    def counter(self) -> None:
        paid = [one for one in funds.entries(self.bench, funds.LedgerFilter(2026)) if one.kind == "paid" and one.left]
        if not paid:
            raise NotAllowed("没有。")
        entry = self.random.choice(paid)
        amount = min(entry.left, D(self.amount()))
        funds.counter(self.bench, entry.key, self.bench.today, "退回", amount)

    def check(self) -> None:
        """Nothing is rewritten, nothing is below zero, documents and ledger agree."""
        entries = office.entries(self.bench)
        assert entries[: len(self.written)] == self.written
        self.written = entries
        sources = funds.balances(self.bench, 2026)
        assert all(min(one.available, one.unpaid, one.in_hand) >= 0 for one in sources)
        plans = fund_papers.plan_lines(self.bench, 2026)
        for plan in plans:
            in_force = plan.state is ApplicationState.APPROVED
            assert plan.approved == (plan.planned if in_force else 0)
            assert plan.paid + plan.on_way <= plan.approved
        sheets = fund_papers.sheet_lines(self.bench, 2026)
        assert all(0 <= one.paid <= one.amount for one in sheets)
        assert sum(one.approved for one in plans) == sum(one.allocated for one in sources)
        assert sum(one.paid for one in plans) == sum(one.paid for one in sources)


@pytest.mark.parametrize("seed", [3, 11, 2026])
def test_money_holds_together(tmp_path: Path, seed: int) -> None:
    bench = office.make(tmp_path)
    for name in SOURCES:
        office.source(bench, name, "200000", came="120000")
    walk = Walk(bench, Random(seed))
    walk.plan()
    for _ in range(STEPS):
        walk.step()
    assert walk.done >= 5
    assert walk.refused >= 2
    bench.close()
