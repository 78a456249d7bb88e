"""The applications of the sample year, made and signed by the office's own operations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from fupin_desktop.services import documents, villages
from fupin_desktop.services.documents import ApplicationState, Opinion
from fupin_desktop.services.samples.papers import Event
from fupin_desktop.services.workbench import Workbench

_VILLAGE, _TOWN = "village_application", "town_application"
_HOUSEHOLD, _TARGETS = "household_application", "performance_target"
_KINDS = {"village": _VILLAGE, "town": _TOWN, "household": _HOUSEHOLD, "target": _TARGETS}
_ENDS = frozenset({ApplicationState.DRAFT, ApplicationState.RETURNED, ApplicationState.WITHDRAWN})
_OWN = ("industry", "products", "brand", "certifications")


def application_events(bench: Workbench, spec: Mapping[str, Any], today: date) -> list[Event]:
    """How each application was begun, signed and returned, as far as ``applications.toml`` says.

    Args:
        bench: The sample office with its registers.
        spec: The content of that file.
        today: The end of the story.
    """
    stories = [
        _Story(bench, spec, kind, row, today) for kind in _KINDS for row in spec[kind]["application"]
    ]
    return [event for story in stories for event in story.events()]


class _Story:
    """What happens to one application."""

    def __init__(
        self, bench: Workbench, spec: Mapping[str, Any], kind: str, row: Mapping[str, Any], today: date
    ) -> None:
        self._bench, self._spec, self._kind, self._row, self._today = bench, spec, kind, row, today
        self._key = ""

    def events(self) -> list[Event]:
        """From its beginning to where it is."""
        days, until = self._row["days"], self._row["until"]
        events = [Event(days, self._begin)]
        if until == ApplicationState.DRAFT:
            return events
        days = min(days - 1, self._row.get("accepted", days) - 1)
        events.append(Event(days, self._submit))
        step = self._row.get("step", 1)
        for box in self._boxes():
            days = max(days - step, 0)
            events.append(Event(days, partial(self._sign, box)))
        if until in _ENDS:
            events.append(Event(max(days - step, 0), self._come_back))
        if "corrected" in self._row:
            events.append(Event(self._row["corrected"], self._correct))
        return events

    def _boxes(self) -> list[str]:
        """The boxes signed so far; a returned one was signed by the first."""
        from fupin_desktop.documents.definition.loader import load_form

        names = [field.name for field in load_form(_KINDS[self._kind]).opinions]
        until = self._row["until"]
        if until in _ENDS:
            return names[:1] if until == ApplicationState.RETURNED else []
        return names if until == ApplicationState.APPROVED else names[: names.index(until)]

    def _begin(self) -> None:
        form_id = _KINDS[self._kind]
        place = self._row["place"] if self._kind == "target" else self._place_key(form_id)
        self._key = documents.create(self._bench, form_id, place).keys[0]
        outcome = documents.set_values(self._bench, self._key, self._values())
        if outcome.faults:
            raise ValueError(f"{self._row['place']}: {dict(outcome.faults)}")
        for code, reason in self._row.get("reasons", {}).items():
            documents.give_reason(self._bench, self._key, code, reason)

    def _place_key(self, form_id: str) -> str:
        name = self._row["place"]
        places = documents.places(self._bench, form_id)
        return next(place.key for place in places if name in place.name.split(" "))

    def _values(self) -> dict[str, Any]:
        """What is typed: the kind's usual texts, the row's own, with their places filled in."""
        usual = self._spec[self._kind].get("values", {})
        own = {name: self._row[name] for name in _OWN if self._row.get(name)}
        values = {**usual, **own, **self._row.get("values", {})}
        if self._kind == "village":
            values["group_leader"] = self._village().leader
            values["benefit_households"] = str(self._participating())
        if self._kind == "household":
            values = self._accepted(values)
        leave = self._row.get("leave", ())
        return {**{name: self._filled(text) for name, text in values.items()}, **dict.fromkeys(leave, "")}

    def _accepted(self, values: dict[str, Any]) -> dict[str, Any]:
        """Acceptance is typed once it has been."""
        if "accepted" not in self._row:
            usual = self._spec["household"]["values"]
            return {name: text for name, text in values.items() if name not in usual}
        day = self._today - timedelta(days=self._row["accepted"])
        return {**values, "accepted_on": day}

    def _participating(self) -> int:
        data = documents.open_document(self._bench, self._key).data
        return int(data["participating_large"] + data["participating_small"])

    def _filled(self, text: Any) -> Any:
        if not isinstance(text, str):
            return text
        return text.replace("{place}", self._row["place"]).replace("{industry}", self._row.get("industry", ""))

    def _village(self) -> villages.VillageInfo:
        name = self._row["place"]
        if self._kind == "household":
            name = documents.open_document(self._bench, self._key).data["village"]
        return next(village for village in villages.all(self._bench) if village.name == name)

    def _submit(self) -> None:
        documents.submit(self._bench, self._key)

    def _sign(self, box: str) -> None:
        name = self._spec["signers"][box].replace("{place}", self._row["place"])
        if "{" in name:
            village = self._village()
            name = name.replace("{leader}", village.leader).replace("{team_leader}", village.team_leader)
        text = self._spec["texts"].get(box, "")
        documents.give_opinion(self._bench, self._key, box, Opinion(agrees=True, text=text, name=name))

    def _come_back(self) -> None:
        if self._row["until"] == ApplicationState.RETURNED:
            documents.send_back(self._bench, self._key, self._row["reason"], "李文静")
        else:
            documents.withdraw(self._bench, self._key, self._row.get("reason", ""))

    def _correct(self) -> None:
        self._key = documents.correct(self._bench, self._key).keys[0]
        documents.set_values(self._bench, self._key, self._row["correction"])
