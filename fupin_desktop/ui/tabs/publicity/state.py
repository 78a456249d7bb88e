"""What the tab shows and which round is in front; panes and actions know this, not the tab."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from fupin_desktop.services import round_papers
from fupin_desktop.services.notices import boards, objections, rounds
from fupin_desktop.services.notices.boards import Board
from fupin_desktop.services.notices.objections import ObjectionLine
from fupin_desktop.services.notices.rounds import Round
from fupin_desktop.services.round_papers import RoundPaper
from fupin_desktop.ui.shell import Shell


class PublicityState(QObject):
    """The rounds of the year at work, and the one in front.

    Signals:
        listed: Other rounds are there.
        shown: Another round is in front, or the same one as it is now.

    Attributes:
        rounds: All of the year.
        current: The one in front; None for none.
        papers: Its papers.
        boards: The boards its newest notice hangs on.
        objections: Objections to its notices, the latest first.
    """

    listed = Signal()
    shown = Signal()

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._wanted: tuple[str, str] | None = None
        self.rounds: Sequence[Round] = ()
        self.current: Round | None = None
        self.papers: Sequence[RoundPaper] = ()
        self.boards: Sequence[Board] = ()
        self.objections: Sequence[ObjectionLine] = ()

    def load(self) -> None:
        """Read the rounds; the one in front stays, else the first that something can be done with is taken."""
        bench = self._shell.bench
        self.rounds = self._shell.read(lambda: rounds.rounds(bench, bench.year)) or ()
        current = (self.current.kind, self.current.subject.key) if self.current else ("", "")
        found = self._find(*(self._wanted or current))
        self._wanted = None
        self.listed.emit()
        self.show_round(found or next(iter(self.rounds), None))

    def want(self, kind: str, key: str) -> None:
        """Bring a round to the front, now or when the rounds are read; without a kind any of what it is about."""
        found = self._find(kind, key)
        self._wanted = (kind, key) if found is None else None
        if found is not None:
            self.show_round(found)

    def _find(self, kind: str, key: str) -> Round | None:
        return next((one for one in self.rounds if one.subject.key == key and kind in ("", one.kind)), None)

    def show_first_of(self, place: str) -> None:
        """Bring the first round of a village or town to the front, where it has one."""
        found = next((one for one in self.rounds if one.place == place), None)
        if found is not None:
            self.show_round(found)

    def show_round(self, one: Round | None) -> None:
        """Bring a round to the front."""
        self.current = one
        self.papers, self.boards, self.objections = (), (), ()
        if one is not None and one.notice_key:
            bench = self._shell.bench
            self.papers = self._shell.read(lambda: round_papers.papers_of(bench, one)) or ()
            self.boards = self._shell.read(lambda: boards.boards(bench, one.notice_key)) or ()
            if one.objections:
                found = self._shell.read(lambda: objections.register(bench, bench.year, one.notice_keys))
                self.objections = found or ()
        self.shown.emit()
