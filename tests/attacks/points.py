"""Attack single acts at each of their steps: killed before each flush, rename and removal; the disk full or failing."""

from __future__ import annotations

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from fupin_desktop.errors import DataFileDamaged
from fupin_desktop.services import data_safety
from fupin_desktop.services.workbench import backups_in, restore_backup
from tests.attacks import judging, office
from tests.attacks.acts import LATER, Act
from tests.attacks.beside import FLUSHES, WRITES, Beside, Say, calls_of, failing
from tests.attacks.figures import Figures
from tests.attacks.judging import DATA, package_fault

State = dict[str, str]
MODES = {
    "killed at a flush, rename or removal": (FLUSHES, "signal=KILL"),
    "disk full from a write on": (WRITES, "error=ENOSPC"),
    "a write or flush fails": (f"{WRITES},fsync,fdatasync", "error=EIO"),
}
"""What befalls an act: the system calls, and what strace does to one of them."""
_LASTING = "error=ENOSPC"
"""A disk that is full stays full."""


class Points:
    """One way of attacking, against each step of each act, or as many of them as the time allows.

    Args:
        base: The office that each trial begins with.
        place: Where to work; emptied.
        mode: One of :data:`MODES`.
        data: What the figures call it.
        seed: Of the order of the acts, of which a short time allows but some.
    """

    def __init__(self, base: Path, place: Path, mode: str, data: str = "plain", seed: int = 1) -> None:
        self._base, self._place = base, place
        self._calls, self._what = MODES[mode]
        self._seed = seed
        self._folder, self._out = place / "office", place / "out"
        self._ready = place / "ready"
        self._files = judging.Files()
        self.figures = Figures(mode, data)

    def run(self, acts: list[Act], seconds: float) -> Figures:
        """Attack the acts one by one, each with its part of the time, as long as there is any."""
        ends = time.monotonic() + seconds
        for act in random.Random(self._seed).sample(acts, len(acts)):
            if time.monotonic() < ends:
                self._attack(act, time.monotonic() + seconds / len(acts))
        return self.figures

    def _attack(self, act: Act, ends: float) -> None:
        office.fresh(self._base, self._ready)
        self._out.mkdir(exist_ok=True)
        act.prepare(self._ready)
        before = _state(self._ready)
        work = self._work(act)
        office.fresh(self._ready, self._folder)
        work(lambda _told: None)  # here, so that the process of each trial imports nothing
        after = self._settled(_reopened(self._folder))
        for step, injections in self._steps(act):
            self._fresh()
            told = failing(work, self._calls, injections)
            self.figures.times += 1
            end = _end(told)
            self.figures.ends[f"{act.name}: {end}"] += 1
            self.figures.told += end == "done"
            where = f"{act.name}, step {step}, {end}"
            self.figures.faults += [f"{where}: {fault}" for fault in self._judged(told, before, after)]
            if time.monotonic() > ends:
                break

    def _fresh(self) -> None:
        office.fresh(self._ready, self._folder)
        shutil.rmtree(self._out)
        self._out.mkdir()

    def _steps(self, act: Act) -> Iterator[tuple[int, list[str]]]:
        """The steps in an order that spreads over the act, each with what is injected; strace counts each call by itself."""
        self._fresh()
        calls = calls_of(self._work(act), self._calls)
        for place in sorted(range(len(calls)), key=_spread):
            before = Counter(calls[:place])
            if self._what == _LASTING:
                yield place, [f"{call}:{self._what}:when={before[call] + 1}+" for call in self._calls.split(",")]
            else:
                yield place, [f"{calls[place]}:{self._what}:when={before[calls[place]] + 1}"]

    def _work(self, act: Act) -> Callable[[Say], object]:
        return lambda _say: act.do(self._folder, self._out)

    def _settled(self, found: State | None) -> State:
        assert found is not None, "the act by itself leaves a file that opens"
        return found

    def _judged(self, told: list[dict[str, Any]], before: State | None, after: State) -> list[str]:
        faults = [one["bug"] for one in told if "bug" in one]
        found = _reopened(self._folder)
        if found is None:
            faults.append("it does not open, and no backup either")
        elif found != after and (_end(told) == "done" or found != before):
            faults.append(f"neither as before nor as after: {_difference(found, before, after)}")
        faults += self._files.broken(self._folder, self._out)
        for copy in (self._out / "moved", self._out / "opened"):
            if (copy / DATA).exists() and (wrong := _state(copy, office.key_of(self._folder))) != before:
                faults.append(f"the copy is another: {_difference(wrong or {}, before, after)}")
        faults += [f"package {path.name}: {why}" for path in self._out.glob("*/*.fupin") if (why := package_fault(path))]
        self.figures.files = self._files.count
        return faults + [f"left over: {name}" for name in judging.left_overs(self._folder)]


def _spread(number: int) -> str:
    """Sorts numbers so that any first part of them lies evenly among all: by their bits, the lowest first."""
    return f"{number:016b}"[::-1]


def _end(told: list[dict[str, Any]]) -> str:
    """How a process ended, in a word."""
    last = told[-1] if told else {"killed": True}
    return str(last.get("refused", next(iter(last))))


def _state(folder: Path, key: bytes | None = None) -> State | None:
    """What the data file holds; None where it cannot be read."""
    try:
        with closing(judging.connect(folder / DATA, key or office.key_of(folder))) as connection:
            faults = judging.unsound(connection)
            return {"unsound": repr(faults)} if faults else judging.fingerprint(connection)
    except judging.ERRORS:
        return None


def _reopened(folder: Path) -> State | None:
    """What the office holds when it is opened again, from its latest backup where the program offers that."""

    def work(_say: Say) -> None:
        try:
            bench = office.opened(folder, LATER)
        except DataFileDamaged:
            restore_backup(folder, backups_in(folder)[0].path, LATER)
            bench = office.opened(folder, LATER)
        data_safety.check(bench)
        bench.close()

    told = Beside(work).told()
    office.unlock(folder)
    return _state(folder) if told == [{"done": True}] else None


def _difference(found: State, before: State | None, after: State) -> str:
    """Which tables are neither."""
    return ", ".join(name for name in found if found[name] not in ((before or {}).get(name), after.get(name))) or "mixed"
