"""No order of operations reaches payment without publicity, its end, no open objection, filing and approved money."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.vocabulary import ApplicationState, FilingState, NoticeState, ObjectionResult, PublicKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import award_notices, awards, documents, funds, history, payments, schemes
from fupin_desktop.services.notices import objections
from fupin_desktop.services.notices.objections import ObjectionForm
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import (
    Application,
    AwardResult,
    Filing,
    Notice,
    Objection,
    PaymentBatch,
    PaymentRow,
)
from tests.services.award_office import file_scheme, unfile_scheme
from tests.services.fund_papers import money_office
from tests.services.payments import pay_office as office
from tests.services.register_office import START, Clock

STEPS = (
    "publish", "days", "days", "object", "settle", "file", "unfile", "withdraw", "plan", "cancel_plan", "create", "advance",
    "check", "send", "pay", "give_back", "again", "step_back", "remove", "undo",
)  # fmt: skip


@pytest.fixture(scope="module")
def decided_office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """An office with a decided and calculated scheme: folder, scheme, calculation."""
    folder = tmp_path_factory.mktemp("decided")
    bench = office.make(folder)
    key = schemes.save(bench, None, money_office.scheme()).keys[0]
    run = awards.recalculate(bench, key).keys[0]
    bench.close()
    return folder, key, run


class Clerk:
    """Does anything in any order; what is refused is left."""

    def __init__(self, bench: Workbench, scheme: str, run: str) -> None:
        self.bench, self.scheme, self.run = bench, scheme, run

    def does(self, step: str) -> None:
        act: Callable[[], object] = getattr(self, step)
        with suppress(NotAllowed, AssertionError, IndexError):
            act()

    def publish(self) -> None:
        award_notices.publish(self.bench, self.run, award_notices.default_settings(self.bench))

    def days(self) -> None:
        office.days(self.bench, 6)

    def _notice(self) -> str:
        return award_notices.all(self.bench, 2026)[0].key

    def object(self) -> None:
        objections.add(self.bench, self._notice(), ObjectionForm(self.bench.today, content="面积多报", received_by="李干事"))

    def settle(self) -> None:
        for line in objections.register(self.bench, 2026):
            form = replace(
                line.form, result=ObjectionResult.REJECTED, investigation="实地丈量", investigator="李干事", handling="维持",
                answered_on=self.bench.today,
            )  # fmt: skip
            objections.change(self.bench, line.key, form)

    def file(self) -> None:
        file_scheme(self.bench, self.scheme)

    def unfile(self) -> None:
        unfile_scheme(self.bench, self.scheme)

    def withdraw(self) -> None:
        award_notices.withdraw(self.bench, self._notice(), "有误")

    def plan(self) -> None:
        office.plan(self.bench, self.run)

    def cancel_plan(self) -> None:
        lines = documents.lines(self.bench, 2026, form_id=money_office.VILLAGE_PLAN)
        documents.cancel(self.bench, lines[-1].key, "重做")

    def create(self) -> None:
        payments.create(self.bench, self.run)

    def advance(self) -> None:
        payments.create(self.bench, self.run, share=money_office.D("0.5"))

    def _each(self, act: Callable[[str], object]) -> None:
        for line in payments.batches(self.bench):
            with suppress(NotAllowed):
                act(line.key)

    def check(self) -> None:
        self._each(lambda key: payments.check(self.bench, key))

    def send(self) -> None:
        self._each(lambda key: payments.send(self.bench, key))

    def pay(self) -> None:
        self._each(lambda key: payments.pay(self.bench, key))

    def give_back(self) -> None:
        self._each(lambda key: payments.give_back(self.bench, key, {payments.load(self.bench, key).rows[0].key: "户名不符"}))

    def again(self) -> None:
        self._each(lambda key: payments.again(self.bench, key))

    def step_back(self) -> None:
        self._each(lambda key: payments.step_back(self.bench, key))

    def remove(self) -> None:
        self._each(lambda key: payments.remove(self.bench, key))

    def undo(self) -> None:
        history.undo(self.bench)


def why_not(bench: Workbench, scheme: str, run: str) -> str:
    """What is missing, read off the records alone."""
    with bench.read() as session:
        notice = session.scalars(
            select(Notice).where(Notice.run_key == run, Notice.state == NoticeState.POSTED.value)
        ).first()
        if notice is None or notice.last_day is None or notice.last_day >= bench.today:
            return "publicity"
        said = session.scalars(select(Objection).where(Objection.notice_key == notice.key)).all()
        if any(one.answered_on is None for one in said):
            return "objection"
        filing = session.scalars(
            select(Filing)
            .where(Filing.object_kind == PublicKind.SCHEME.value, Filing.object_key == scheme)
            .order_by(Filing.key.desc())
        ).first()
        if filing is None or filing.state != FilingState.FILED:
            return "filing"
        approved = Application.state == ApplicationState.APPROVED.value
        return "" if session.scalar(select(func.count()).where(approved)) else "money"


def holds(bench: Workbench, run: str) -> None:
    """Nobody gets more than the award, and ledger and lists are one figure."""
    with bench.read() as session:
        gets = dict(session.execute(
            select(AwardResult.household_key, AwardResult.award_fen).where(AwardResult.run_key == run)
        ).all())  # type: ignore[arg-type]  # fmt: skip
        paid = PaymentRow.state == "paid"
        rows = session.execute(
            select(PaymentRow.household_key, func.sum(PaymentRow.amount_fen)).where(paid).group_by(PaymentRow.household_key)
        ).all()
    assert all(fen <= gets[key] for key, fen in rows)
    lines = funds.entries(bench, funds.LedgerFilter(2026))
    ledger = sum((line.amount for line in lines if line.kind == "paid"), from_fen(0))
    assert ledger == from_fen(sum(fen for _, fen in rows))


def moved(bench: Workbench) -> dict[str, str]:
    with bench.read() as session:
        return dict(session.execute(select(PaymentBatch.key, PaymentBatch.state)).all())  # type: ignore[arg-type]


@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.sampled_from(STEPS), min_size=10, max_size=26), start=st.integers(0, 10))
def test_no_order_reaches_payment_early(decided_office: tuple[Path, str, str], steps: list[str], start: int) -> None:
    folder, scheme, run = decided_office
    usual = ["publish", "days", "days", "file", "plan", "create", "check", "send", "pay"]
    with TemporaryDirectory() as place:
        shutil.copytree(folder, Path(place) / "office")
        clock = Clock()
        clock.now = START + timedelta(days=1)
        bench = open_workbench(Path(place) / "office", clock=clock)
        clerk = Clerk(bench, scheme, run)
        for step in [*usual[:start], *steps]:
            before = moved(bench)
            clerk.does(step)
            for key, state in moved(bench).items():
                if state != before.get(key) and state in ("sent", "paid") and before.get(key) != "partly":
                    assert why_not(bench, scheme, run) == "", (step, state)
            holds(bench, run)
        bench.close()


@pytest.mark.parametrize("lacking", ["publish", "days", "file", "plan"])
def test_each_step_that_is_left_out_stops_the_payment(decided_office: tuple[Path, str, str], tmp_path: Path, lacking: str) -> None:
    folder, scheme, run = decided_office
    shutil.copytree(folder, tmp_path / "office")
    clock = Clock()
    clock.now = START + timedelta(days=1)
    bench = open_workbench(tmp_path / "office", clock=clock)
    clerk = Clerk(bench, scheme, run)
    for step in ("publish", "days", "days", "file", "plan", "create", "check", "send", "pay"):
        if step != lacking:
            clerk.does(step)
    assert "paid" not in moved(bench).values()
    for step in ("publish", "days", "days", "file", "plan", "create", "check", "send", "pay"):
        clerk.does(step)
    assert list(moved(bench).values()) == ["paid"]
    holds(bench, run)
    bench.close()


def test_an_open_objection_stops_the_payment(decided_office: tuple[Path, str, str], tmp_path: Path) -> None:
    folder, scheme, run = decided_office
    shutil.copytree(folder, tmp_path / "office")
    clock = Clock()
    clock.now = START + timedelta(days=1)
    bench = open_workbench(tmp_path / "office", clock=clock)
    clerk = Clerk(bench, scheme, run)
    rest = ("days", "days", "file", "plan", "create", "check", "send", "pay")
    for step in ("publish", "object", *rest):
        clerk.does(step)
    assert why_not(bench, scheme, run) == "objection"
    assert moved(bench) == {}
    for step in ("settle", *rest):
        clerk.does(step)
    assert list(moved(bench).values()) == ["paid"]
    bench.close()
