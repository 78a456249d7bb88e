"""No order of operations reaches a filing without publicity, its end, no open objection and the result."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from fupin_desktop.domain.vocabulary import FilingState, NoticeState, ObjectionResult, PublicKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import award_notices, awards, history, registers, schemes
from fupin_desktop.services.notices import filings, kinds, objections, posting, reading
from fupin_desktop.services.notices.objections import ObjectionForm
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.publicity.gates import Step, Subject, is_settled
from fupin_desktop.services.registers import registry
from fupin_desktop.services.schemes import SchemeState
from fupin_desktop.storage.entities import Filing, Notice, Objection
from tests.services.award_office import REGISTER, make_bench, put_register, scheme


class Publicity(RuleBasedStateMachine):
    """One scheme, operated on in any order on days that only go forward."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.bench = make_bench(Path(self.folder.name) / "data")
        put_register(self.bench, REGISTER)
        self.key = schemes.save(self.bench, None, scheme()).keys[0]
        awards.recalculate(self.bench, self.key)
        self.subject = Subject(PublicKind.SCHEME, self.key)
        self.area = 11
        self.begun = history.can_undo(self.bench)

    def teardown(self) -> None:
        self.bench.close()
        self.folder.cleanup()

    # ---- what a clerk can do ----
    @rule(days=st.integers(1, 12))
    def wait(self, days: int) -> None:
        self.bench.clock.now += timedelta(days=days)  # type: ignore[attr-defined]

    @rule()
    def post(self) -> None:
        for run in awards.runs(self.bench, self.key)[:1]:
            with suppress(NotAllowed):
                self.publish(run.key)

    def publish(self, run: str) -> None:
        award_notices.publish(self.bench, run, award_notices.default_settings(self.bench))

    @rule(kind=st.sampled_from(["result", "correction"]), newest=st.booleans())
    def follow(self, kind: str, newest: bool) -> None:
        lines = reading.lines(self.bench, 2026, "awards", "correction")
        if lines:
            chosen = lines[0 if newest else -1].key
            with suppress(NotAllowed):
                posting.publish(self.bench, kind, chosen, posting.default_settings(self.bench, kinds.of(kind)))

    @rule(corrects=st.booleans())
    def change_the_register(self, corrects: bool) -> None:
        item = registers.all_keys(self.bench, registers.Query(registry.of("farm_items"), 2026))[0]
        self.area += 1
        edit = registers.CellEdit(item, "declared", str(self.area))
        registers.set_cells(self.bench, registry.of("farm_items"), [edit])
        if corrects and schemes.all(self.bench, 2026):
            awards.recalculate(self.bench, self.key)

    @rule()
    def object(self) -> None:
        lines = reading.lines(self.bench, 2026, "awards", "correction")
        if lines:
            said = ObjectionForm(self.bench.today, content="多报", received_by="李文静")
            with suppress(NotAllowed):
                objections.add(self.bench, lines[0].key, said)

    @rule(corrects=st.booleans())
    def answer(self, corrects: bool) -> None:
        waiting = [one for one in objections.register(self.bench, 2026) if not one.settled]
        if waiting:
            answered = replace(
                waiting[0].form, investigation="丈量", investigator="王主任", handling="已办", corrects=corrects,
                result=ObjectionResult.UPHELD if corrects else ObjectionResult.REJECTED, answered_on=self.bench.today,
            )  # fmt: skip
            with suppress(NotAllowed):
                objections.change(self.bench, waiting[0].key, answered)

    @rule()
    def withdraw(self) -> None:
        lines = [one for one in reading.lines(self.bench, 2026) if one.state is not NoticeState.WITHDRAWN]
        if lines:
            with suppress(NotAllowed):
                posting.withdraw(self.bench, lines[0].key, "有误")

    @rule()
    def hand_in(self) -> None:
        with suppress(NotAllowed):
            filings.hand_in(self.bench, self.subject, filings.proposed(self.bench, self.subject))

    @rule(take=st.booleans())
    def receive(self, take: bool) -> None:
        for one in filings.register(self.bench, 2026):
            with suppress(NotAllowed):
                if take:
                    filings.receive(self.bench, one.key, "王主任", self.bench.today)
                else:
                    filings.give_back(self.bench, one.key, "王主任", self.bench.today, "补正")

    @rule(state=st.sampled_from(list(SchemeState)))
    def set_state(self, state: SchemeState) -> None:
        with suppress(NotAllowed):
            schemes.set_state(self.bench, self.key, state)

    @rule()
    def undo(self) -> None:
        if history.can_undo(self.bench) not in (None, self.begun):
            history.undo(self.bench)

    # ---- what always holds ----
    @invariant()
    def a_filed_scheme_went_the_whole_way(self) -> None:
        """Looked up in the tables themselves, not through the gates."""
        with self.bench.read() as session:
            state = schemes.all(self.bench, 2026)
            filed = session.query(Filing).filter_by(state=FilingState.FILED.value).count()
            is_filed = bool(state) and state[0].state is SchemeState.FILED
            assert is_filed == bool(filed), "the scheme's state follows its filing"
            if not is_filed:
                return
            filing = session.query(Filing).filter_by(state=FilingState.FILED.value).one()
            notices = list(session.query(Notice).filter(Notice.state != NoticeState.WITHDRAWN.value))
            listed = [one for one in notices if one.kind == "awards"]
            assert len(listed) == 1
            assert listed[0].last_day is not None
            assert filing.received_on is not None
            assert listed[0].last_day < filing.received_on
            before = [one for one in notices if one.kind == "result" and one.posted_on <= filing.received_on]  # type: ignore[operator]
            assert before
            open_then = [
                one
                for one in session.query(Objection).filter(Objection.received_on < filing.received_on)
                if not is_settled(one)
            ]
            assert open_then == []

    @invariant()
    def nothing_is_paid_before_the_last_step(self) -> None:
        with self.bench.read() as session:
            missing = gates.missing(session, self.subject, self.bench.today)
            scheme_state = schemes.all(self.bench, 2026)
        if missing is None:
            assert scheme_state[0].state is SchemeState.FILED
        elif missing.step is Step.POSTED and scheme_state:
            assert scheme_state[0].state in (SchemeState.DRAFT, SchemeState.DECIDED)


TestPublicity = Publicity.TestCase
TestPublicity.settings = settings(
    max_examples=4, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def test_the_machine_reaches_a_filing() -> None:
    """The way through is open: the machine's own operations file a scheme when they come in their order."""
    machine = Publicity()
    try:
        machine.post()
        machine.wait(10)
        machine.follow("result", newest=True)
        machine.hand_in()
        machine.receive(take=True)
        machine.a_filed_scheme_went_the_whole_way()
        machine.nothing_is_paid_before_the_last_step()
        assert schemes.all(machine.bench, 2026)[0].state is SchemeState.FILED
        assert machine.bench.clock.now == datetime(2026, 3, 12, 9, 30)  # type: ignore[attr-defined]  # noqa: DTZ001
    finally:
        machine.teardown()
