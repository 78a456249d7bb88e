"""Look at every write of a clerk's work on an encrypted office: nothing plain may reach the disk but the papers asked for."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

from fupin_desktop.services import backups, data_safety, moving
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.workbench import Workbench
from tests.attacks import deeds, judging, office
from tests.attacks.acts import LATER
from tests.attacks.beside import Say, traced
from tests.attacks.figures import Figures
from tests.attacks.power import CALLS, Event, Recording
from tests.services.imports.making import HEAD, book

_NAMES = ("张三丰无痕", "李亚保", "陈康")
"""Of households: what an encrypted office must not show anywhere."""
_PLAIN = b"SQLite format 3"
_DEEDS = (
    "edit", "fill", "add", "attach", "compute", "scheme", "notice", "money", "document", "plan", "undo", "redo", "backup", "go_back",
    "password", "register_paper", "ledger_paper", "document_papers",
)  # fmt: skip
_TRIAL = b"blat"
"""What Python itself writes to find out whether a folder for temporary files can be written."""


class Traces:
    """A recording of a clerk's work on an encrypted office, and what of it can be read.

    Args:
        base: The encrypted office that the work begins with.
        place: Where to work; emptied.
        seed: Of the dice.
    """

    def __init__(self, base: Path, place: Path, seed: int) -> None:
        self._folder, self._out, self._place, self._seed = place / "office", place / "out", place, seed
        self.figures = Figures("every write of a clerk's work looked at", "encrypted")
        office.fresh(base, self._folder)

    def run(self) -> Figures:
        """Record, and look at every write."""
        self._out.mkdir(exist_ok=True)
        rows = [[f"T{n}", f"{_NAMES[0]}{n}", "", "低岭村", "参与", "水稻", "亩", "3.5", "1200"] for n in range(30)]
        source = book(self._place / "名册.xlsx", [HEAD, *rows])
        told, trace = traced(
            lambda say: self._work(say, source), "-y", "-xx", "-s", "100000000", "-e", f"trace={CALLS}", "-e", "signal=none"
        )
        assert told[-1] == {"done": True}, told[-1]
        events = [event for event in Recording("/").read(trace) if event.kind == "write" and not event.path.startswith("/dev/")]
        self.figures.times = len(events)
        self.figures.told = sum("deed" in one for one in told)
        self.figures.faults = list(dict.fromkeys(fault for event in events if (fault := self._fault(event))))
        self._look_at_backups()
        return self.figures

    def _work(self, say: Say, source: Path) -> None:
        bench = office.opened(self._folder, LATER)
        apply(bench, prepare(bench, source), only_good=True)
        clerk = deeds.Clerk(bench, self._out, random.Random(self._seed))
        for name in _DEEDS:
            if told := deeds.attempted(clerk, name):
                say(told)
        self._what_windows_do(bench)
        bench.close()

    def _what_windows_do(self, bench: Workbench) -> None:
        """A look into a backup, the daily check, the way to another folder."""
        backups.look(bench, backups.all_backups(bench)[0])
        data_safety.check(bench)
        moving.copy_data(bench, self._place / "moved", lambda _done, _total, _text: None)

    def _fault(self, event: Event) -> str:
        if Path(event.path).is_relative_to(self._out):
            return ""  # papers, which the clerk asks for and which are read by others
        if not Path(event.path).is_relative_to(self._place):
            return "" if event.data == _TRIAL else f"written outside the data folder: {event.path}"
        shown = [name for name in _NAMES if name.encode() in event.data]
        return f"{event.path}: {shown or 'a plain data file'}" if shown or _PLAIN in event.data else ""

    def _look_at_backups(self) -> None:
        for path in self._place.rglob("fupin_*.zip"):
            self.figures.files += 1
            with zipfile.ZipFile(path) as archive:
                if archive.read(judging.DATA).startswith(_PLAIN):
                    self.figures.faults.append(f"{path.name} is plain")
