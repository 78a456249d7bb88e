"""The use plans and approval sheets of the sample year, signed, returned, corrected and paid as the office does it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from itertools import zip_longest
from typing import Any

from fupin_desktop.domain.money import parse_money
from fupin_desktop.override import override
from fupin_desktop.services import documents, fund_papers, villages
from fupin_desktop.services.documents import ApplicationState, Opinion
from fupin_desktop.services.samples.papers import Event
from fupin_desktop.services.workbench import Workbench

_TOWN_PLAN, _VILLAGE_PLAN, _SHEET = "town_fund_plan", "village_fund_plan", "town_fund_approval"
_FORMS = {"town": _TOWN_PLAN, "village": _VILLAGE_PLAN}
_Row = Mapping[str, Any]


def fund_paper_events(bench: Workbench, spec: _Row, today: date) -> list[Event]:
    """How each plan and sheet of ``funds.toml`` was begun, signed, returned, corrected and paid.

    Args:
        bench: The sample office with its registers, money and schemes.
        spec: The content of that file.
        today: The end of the story.
    """
    plans = {row["id"]: _Plan(bench, spec, row, today) for row in spec["plan"]}
    sheets = [_Sheet(bench, spec, row, today, plans[row["plan"]]) for row in spec["sheet"]]
    return [event for story in (*plans.values(), *sheets) for event in story.events()]


class _Story(ABC):
    """What happens to one document of money.

    Attributes:
        key: Key of its newest version.
        root: Key of its first version.
    """

    usual = ""

    def __init__(self, bench: Workbench, spec: _Row, row: _Row, today: date) -> None:
        self._bench, self._spec, self._row, self._today = bench, spec, row, today
        self.key = self.root = ""

    def events(self) -> list[Event]:
        """From its beginning to where it is."""
        events = [Event(self._row["days"], self._begin)]
        if self._row["until"] == ApplicationState.DRAFT:
            return events
        return events + self._way(self._row["days"] - 1, self._row)

    def _way(self, days: int, row: _Row) -> list[Event]:
        """Submitted and signed; returned once where the row says so, then mended and signed again."""
        events, step = [Event(days, self._submit)], row.get("step", 1)
        back = row.get("returned")
        boxes = self._boxes(row["until"])
        if back:
            events += self._signing(days, step, boxes[: boxes.index(back["box"])])
            days -= step * (boxes.index(back["box"]) + 1)
            events.append(Event(max(days, 0), partial(self._refuse, back)))
            if row["until"] == ApplicationState.RETURNED:
                return events
            days = max(days - step, 0)
            events += [Event(days, self._mend), Event(days, self._submit)]
        return events + self._signing(days, step, boxes)

    def _signing(self, days: int, step: int, boxes: list[str]) -> list[Event]:
        return [
            Event(max(days - step * place, 0), partial(self._sign, box)) for place, box in enumerate(boxes, 1)
        ]

    def _boxes(self, until: str) -> list[str]:
        """The boxes signed until a state, or until a box that is waited for."""
        from fupin_desktop.documents.definition.loader import load_form

        names = [field.name for field in load_form(self.form_id).opinions]
        return names[: names.index(until)] if until in names else names

    def _begin(self) -> None:
        self.key = self.root = documents.create(self._bench, self.form_id, self._place_key()).keys[0]
        self._type({**self._spec["usual"][self.usual], **self._row.get("values", {})}, self._row)
        self._take()
        self._explain()

    def _explain(self) -> None:
        """The written reasons of the row."""
        for code, reason in self._row.get("reasons", {}).items():
            documents.give_reason(self._bench, self.key, code, reason)

    def _type(self, values: _Row, lists: _Row) -> None:
        """Texts with their places filled in, and the lists."""
        typed: dict[str, Any] = {name: self._filled(text) for name, text in values.items()}
        if "accepted_on" in typed:
            typed["accepted_on"] = self._day(typed["accepted_on"])
        typed |= {name: list(lists[name]) for name in ("sources", "uses", "items") if name in lists}
        outcome = documents.set_values(self._bench, self.key, typed)
        if outcome.faults:
            raise ValueError(f"{self._row}: {dict(outcome.faults)}")

    def _filled(self, text: Any) -> Any:
        return text.replace("{place}", self._row.get("place", "")) if isinstance(text, str) else text

    def _take(self) -> None:
        """Take over the awards, which are offered first, where the row says so."""
        if self._row.get("award"):
            outcome = fund_papers.take(self._bench, self.key, fund_papers.offers(self._bench, self.key)[0].key)
            if outcome.faults:
                raise ValueError(f"{self._row}: {dict(outcome.faults)}")

    @property
    @abstractmethod
    def form_id(self) -> str:
        """Its form."""

    @abstractmethod
    def _place_key(self) -> str:
        """Whom it is made for."""

    def _submit(self) -> None:
        documents.submit(self._bench, self.key)

    def _mend(self) -> None:
        self._type({}, {"uses": self._row["mended"]})

    def _refuse(self, back: _Row) -> None:
        opinion = Opinion(agrees=False, text=back["reason"], name=back["name"])
        documents.give_opinion(self._bench, self.key, back["box"], opinion)

    def _sign(self, box: str) -> None:
        name = self._spec["signers"][box]
        if "{" in name:
            village = self._village()
            name = name.replace("{leader}", village.leader).replace("{team_leader}", village.team_leader)
        opinion = Opinion(agrees=True, text=self._spec["texts"].get(box, ""), name=name)
        documents.give_opinion(self._bench, self.key, box, opinion)

    def _village(self) -> villages.VillageInfo:
        return next(one for one in villages.all(self._bench) if one.name == self._row["place"])

    def _day(self, days: int) -> date:
        return self._today - timedelta(days=days)


class _Plan(_Story):
    """A use plan."""

    usual = "plan"

    @property
    @override
    def form_id(self) -> str:
        """Form of a town's or a village's plan."""
        return _FORMS[self._row["form"]]

    @override
    def events(self) -> list[Event]:
        """Its way, and that of its correction."""
        events = super().events()
        correction = self._row.get("correction")
        if correction:
            events.append(Event(correction["days"], partial(self._correct, correction)))
            events += self._way(correction["days"] - 1, correction)
        return events

    @override
    def _place_key(self) -> str:
        if self._row["form"] == "village":
            return self._village().key
        return documents.places(self._bench, self.form_id)[0].key

    @override
    def _take(self) -> None:
        """The awards of the village's calculation; the sources pay them, the last one the rest."""
        super()._take()
        if "drawn" not in self._row:
            return
        rest = documents.open_document(self._bench, self.key).data["total"]
        rows = []
        for source, share in zip_longest(self._row["drawn"], map(parse_money, self._row.get("shares", ()))):
            amount = share or rest
            rest -= amount
            rows.append({**source, "amount": amount})
        documents.set_list(self._bench, self.key, "sources", rows)

    def _correct(self, row: _Row) -> None:
        self.key = documents.correct(self._bench, self.key).keys[0]
        self._type(row["values"], row)
        self._explain()


class _Sheet(_Story):
    """An approval sheet of a plan, and its payments."""

    usual = "sheet"

    def __init__(self, bench: Workbench, spec: _Row, row: _Row, today: date, plan: _Plan) -> None:
        super().__init__(bench, spec, row, today)
        self._plan = plan

    @override
    def events(self) -> list[Event]:
        """Its way, and what was paid."""
        paid = [Event(part["days"], partial(self._pay, part)) for part in self._row.get("payments", ())]
        return super().events() + paid

    @property
    @override
    def form_id(self) -> str:
        """Form of an approval sheet."""
        return _SHEET

    @override
    def _place_key(self) -> str:
        return self._plan.root

    def _pay(self, part: _Row) -> None:
        amount = parse_money(part["amount"]) if "amount" in part else None
        note = part.get("note", "")
        fund_papers.pay(self._bench, self.key, self._day(part["days"]), amount, part["paper_no"], note)

