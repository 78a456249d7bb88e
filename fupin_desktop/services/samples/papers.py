"""The schemes, calculations and notices of the sample year, made by the office's own operations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services import award_notices, awards, schemes
from fupin_desktop.services.notices import filings, kinds, posting
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.schemes import SchemeState
from fupin_desktop.services.workbench import Workbench

SET_UP_DAYS_AGO = 312
_BEFORE_NOTICE = 4
_AFTER_NOTICE = 12
_DRAFT_AGE = 6
_RECEIVER = "李国强"


class Event(NamedTuple):
    """Something that happened so many days before the end of the story."""

    days: int
    happens: Callable[[], None]


def play(events: Sequence[Event], go_back: Callable[[int], None]) -> None:
    """Let events happen day by day, those of one day in their order.

    Args:
        events: The events.
        go_back: Sets the clock to so many days before the end of the story.
    """
    for event in sorted(events, key=lambda event: -event.days):
        go_back(event.days)
        event.happens()


def scheme_events(bench: Workbench, files: Path, rows: Sequence[dict[str, Any]]) -> list[Event]:
    """How the scheme of each village was kept, calculated and published, as far as its row in ``town.toml`` says.

    Args:
        bench: The sample office with its households and funds.
        files: Folder of the sample files.
        rows: The villages.
    """
    return [event for row in rows for event in _VillageStory(bench, files, row).events()]


class _VillageStory:
    """What happens to one village's scheme."""

    def __init__(self, bench: Workbench, files: Path, row: dict[str, Any]) -> None:
        self._bench, self._row = bench, row
        self._file = files / "schemes" / f"{row['scheme']}.toml"
        self._scheme_key = self._run_key = self._notice_key = ""

    def events(self) -> list[Event]:
        """From the decision to the filing, or to where the village is."""
        posted = self._row.get("posted", _DRAFT_AGE)
        events = [Event(posted + _BEFORE_NOTICE, self._keep), Event(posted + 1, self._calculate)]
        if "posted" in self._row:
            events.append(Event(posted, self._publish))
        if self._row["state"] == SchemeState.FILED:
            events.append(Event(posted - _AFTER_NOTICE, self._file_it))
        return events

    def _keep(self) -> None:
        self._scheme_key = schemes.save(self._bench, None, schemes.read_file(self._file)).keys[0]

    def _calculate(self) -> None:
        self._run_key = awards.recalculate(self._bench, self._scheme_key).keys[0]

    def _publish(self) -> None:
        settings = award_notices.default_settings(self._bench)
        settings = replace(settings, board=f"{self._row['name']}村务公开栏、塘㙍镇政府公示栏")
        self._notice_key = award_notices.publish(self._bench, self._run_key, settings).keys[0]

    def _file_it(self) -> None:
        """The result of the notice, then the filing, received the same day."""
        bench, subject = self._bench, Subject(PublicKind.SCHEME, self._scheme_key)
        posting.publish(bench, "result", self._notice_key, posting.default_settings(bench, kinds.of("result")))
        filing = filings.hand_in(bench, subject, filings.proposed(bench, subject)).keys[0]
        filings.receive(bench, filing, _RECEIVER, bench.today)
