"""A document operated on in any order: it is where a plain model says, and what was approved never changes."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, suppress
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import documents
from fupin_desktop.services.documents import Opinion
from tests.services.documents import office
from tests.services.documents.invented import VALUES, WELL, wells

S = ApplicationState
BOXES = ("opinion_village", "opinion_town")


class Life(RuleBasedStateMachine):
    """One village's document with its corrections; the model is a state and a depth for each version.

    Every operation is tried whatever the state; the model says whether it must be allowed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        self.bench, self.clock = office.make(Path(folder) / "data")
        self.stack.callback(self.bench.close)
        self.told = self.stack.enter_context(wells(self.bench))
        self.place = office.village_key(self.bench)
        self.versions: list[dict[str, Any]] = []
        self.kept: dict[str, str] = {}

    def teardown(self) -> None:
        self.stack.close()

    @property
    def last(self) -> dict[str, Any]:
        return self.versions[-1]

    def tried(self, allowed: bool, act: Any) -> bool:
        """Do something that must be allowed, or refused; whether it was done."""
        try:
            act()
        except NotAllowed:
            assert not allowed
            return False
        assert allowed
        return True

    # ---- what a clerk can do ----
    @rule()
    def begin(self) -> None:
        standing = any(one["state"] not in (S.CANCELLED, S.REPLACED) for one in self.versions)

        def act() -> None:
            key = documents.create(self.bench, WELL, self.place).keys[0]
            office.fill(self.bench, key, VALUES)
            self.versions.append({"key": key, "state": S.DRAFT, "depth": "42.5", "signed": 0, "of": None})

        self.tried(not standing, act)

    @precondition(lambda self: self.versions)
    @rule(depth=st.sampled_from(["10", "20", "30.5"]))
    def type(self, depth: str) -> None:
        editable = self.last["state"] in documents.EDITABLE
        if self.tried(editable, lambda: office.fill(self.bench, self.last["key"], {"depth": depth})):
            self.last["depth"] = depth

    @precondition(lambda self: self.versions)
    @rule()
    def submit(self) -> None:
        if self.tried(
            self.last["state"] in documents.EDITABLE, lambda: documents.submit(self.bench, self.last["key"])
        ):
            self.last.update(state=S.SUBMITTED, signed=0)

    @precondition(lambda self: self.versions)
    @rule(box=st.sampled_from([0, 0, 1, 1]), agrees=st.sampled_from([True, True, True, False]))
    def sign(self, box: int, agrees: bool) -> None:
        waited = self.last["state"] is S.SUBMITTED and self.last["signed"] == box
        said = Opinion(agrees=agrees, name="王主任", text="" if agrees else "井位不对")
        if not self.tried(waited, lambda: documents.give_opinion(self.bench, self.last["key"], BOXES[box], said)):
            return
        if not agrees:
            self.last["state"] = S.RETURNED
        elif box == len(BOXES) - 1:
            self.last["state"] = S.APPROVED
            if self.last["of"] is not None:
                self.last["of"]["state"] = S.REPLACED
        else:
            self.last["signed"] += 1

    @precondition(lambda self: self.versions)
    @rule(way=st.sampled_from(["send_back", "withdraw"]))
    def take_back(self, way: str) -> None:
        act = getattr(documents, way)
        if self.tried(self.last["state"] is S.SUBMITTED, lambda: act(self.bench, self.last["key"], "改一下")):
            self.last["state"] = S.RETURNED if way == "send_back" else S.WITHDRAWN

    @precondition(lambda self: self.versions)
    @rule()
    def correct(self) -> None:
        old = self.last

        def act() -> None:
            key = documents.correct(self.bench, old["key"]).keys[0]
            self.versions.append({**old, "key": key, "state": S.DRAFT, "signed": 0, "of": old})

        self.tried(old["state"] is S.APPROVED, act)

    @precondition(lambda self: self.versions)
    @rule()
    def cancel(self) -> None:
        if self.tried(
            self.last["state"] is S.APPROVED, lambda: documents.cancel(self.bench, self.last["key"], "井塌了")
        ):
            self.last["state"] = S.CANCELLED

    @precondition(lambda self: self.versions)
    @rule()
    def remove_and_bring_back(self) -> None:
        fresh = self.last["state"] is S.DRAFT
        if self.tried(fresh, lambda: documents.remove(self.bench, self.last["key"])):
            assert documents.undo(self.bench, self.last["key"]) is not None

    @precondition(lambda self: self.versions)
    @rule()
    def type_and_think_better_of_it(self) -> None:
        if self.last["state"] in documents.EDITABLE:
            office.fill(self.bench, self.last["key"], {"depth": "99"})
            documents.undo(self.bench, self.last["key"])
            assert documents.redo_title(self.bench, self.last["key"]) is not None
            documents.redo(self.bench, self.last["key"])
            documents.undo(self.bench, self.last["key"])

    @rule(days=st.integers(1, 3))
    def wait(self, days: int) -> None:
        self.clock.later(days=days)

    # ---- what always holds ----
    @invariant()
    def each_version_is_where_the_model_says(self) -> None:
        for one in self.versions:
            opened = documents.open_document(self.bench, one["key"])
            assert opened.line.state is one["state"]
            assert opened.data["depth"] == Decimal(one["depth"])
            assert opened.editable is (one["state"] in documents.EDITABLE)
            waiting = ("村（居）委会意见", "镇（街）扶贫办意见")[one["signed"]] if one["state"] is S.SUBMITTED else ""
            assert opened.line.waiting_for == waiting
            assert (opened.line.blocking is None) is not opened.editable

    @invariant()
    def what_was_approved_stays_byte_for_byte(self) -> None:
        for one in self.versions:
            if one["state"] in (S.APPROVED, S.REPLACED):
                now = sha256(documents.pdf_bytes(self.bench, one["key"])).hexdigest()
                assert self.kept.setdefault(one["key"], now) == now

    @invariant()
    def at_most_one_holds_and_the_list_has_them_all(self) -> None:
        lines = documents.lines(self.bench, 2026, form_id=WELL)
        assert {line.key: line.state for line in lines} == {one["key"]: one["state"] for one in self.versions}
        assert sum(line.state is S.APPROVED for line in lines) <= 1
        taken = [place.taken for place in documents.places(self.bench, WELL) if place.key == self.place]
        live = any(one["state"] not in (S.CANCELLED, S.REPLACED) for one in self.versions)
        assert taken == [live]


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=6, stateful_step_count=24, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def test_the_machine_reaches_a_cancelled_correction_and_a_new_beginning() -> None:
    """The way through is open: begun, approved, corrected, given up, begun anew."""
    machine = Life()
    try:
        for act in (machine.begin, machine.submit, lambda: machine.sign(0, True), lambda: machine.sign(1, True),
                    machine.correct, machine.submit, lambda: machine.sign(0, True), lambda: machine.sign(1, True),
                    machine.cancel, machine.begin):  # fmt: skip
            act()
            machine.each_version_is_where_the_model_says()
            machine.what_was_approved_stays_byte_for_byte()
            machine.at_most_one_holds_and_the_list_has_them_all()
        assert [one["state"] for one in machine.versions] == [S.REPLACED, S.CANCELLED, S.DRAFT]
        with suppress(NotAllowed):
            documents.undo(machine.bench, machine.versions[0]["key"])
        machine.what_was_approved_stays_byte_for_byte()
    finally:
        machine.teardown()
