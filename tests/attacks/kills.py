"""Kill a process that does a clerk's work at a random moment, open the office again, and look for all that was told."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from fupin_desktop.services import data_safety
from tests.attacks import deeds, judging, office
from tests.attacks.beside import Beside, Say
from tests.attacks.figures import Figures
from tests.attacks.judging import DATA

_LONGEST_S, _AT_ONCE_S = 1.0, 0.03
_SLOW_S = 3.0
_ROUNDS_OF_AN_OFFICE = 100


class Kills:
    """Rounds of work, kill, opening, judging.

    Args:
        base: The office that each life of the folder begins with.
        place: Where to work; emptied.
        seed: Of the dice.
        data: What the figures call it.
        warm: Deeds done once before, so that a process spends its short life writing and not importing modules.
    """

    def __init__(
        self, base: Path, place: Path, seed: int, data: str = "plain", warm: Iterable[str] = (*deeds.WRITES, *deeds.PAPERS)
    ) -> None:
        self._warm = tuple(warm)
        self._base, self._dice = base, random.Random(seed)
        self._folder, self._out = place / "office", place / "out"
        self._now, self._serial = office.NOW, 0
        self._files = judging.Files()
        self.figures = Figures("killed at any moment", data)

    def run(self, kills: int, seconds: float) -> Figures:
        """Kill so often, or as often as the time allows."""
        self._warm_up()
        ends = time.monotonic() + seconds
        for number in range(kills):
            if time.monotonic() > ends:
                break
            if number % _ROUNDS_OF_AN_OFFICE == 0:
                office.fresh(self._base, self._folder)
            self._round()
        return self.figures

    def _warm_up(self) -> None:
        office.fresh(self._base, self._folder)
        bench = office.opened(self._folder)
        clerk = deeds.Clerk(bench, self._out, random.Random(7), 9_000_000)
        for name in self._warm:
            deeds.attempted(clerk, name)
        bench.close()

    def _round(self) -> None:
        with closing(judging.connect(self._folder / DATA, office.key_of(self._folder))) as connection:
            before, number = judging.content(connection), judging.last_number(connection)
        self._serial += 1000
        seed, die = self._dice.randrange(1 << 30), self._dice.random()
        table = deeds.SLOW if die < 0.04 else deeds.PAPERS if die < 0.15 else deeds.WRITES
        child = Beside(lambda say: self._work(say, seed, table))
        time.sleep(self._dice.uniform(0, _SLOW_S if table is deeds.SLOW else _LONGEST_S if die < 0.9 else _AT_ONCE_S))
        child.kill()
        told = child.told()
        self.figures.times += 1
        self.figures.faults += [f"round {self.figures.times}: {text}" for text in self._judged(told, before, number)]

    def _work(self, say: Say, seed: int, table: dict[str, int]) -> None:
        dice = random.Random(seed)
        bench = office.opened(self._folder, self._now, unlocked=True)  # by the one that this was forked from
        clerk = deeds.Clerk(bench, self._out, dice, self._serial)
        while True:
            name = deeds.chosen(dice, table)
            say({"begun": name, "at": bench.clock().isoformat()})
            told = deeds.attempted(clerk, name)
            if told is not None:
                say(told)

    def _judged(self, told: list[dict[str, Any]], before: dict[str, judging.Rows], number: int) -> list[str]:
        """What was lost or damaged."""
        done = [one for one in told if "deed" in one]
        self.figures.told += len(done)
        self.figures.ends[next((one["begun"] for one in told[-1:] if "begun" in one), "between")] += 1
        moments = [datetime.fromisoformat(one["at"]) for one in told if "at" in one]
        self._now = max([self._now, *moments]) + timedelta(seconds=1)
        faults = [one["bug"] for one in told if "bug" in one] + self._reopened()
        key = office.key_of(self._folder)
        with closing(judging.connect(self._folder / DATA, key)) as connection:
            faults += judging.unsound(connection)
            if not any(one.get("begun") == "go_back" for one in told):
                faults += judging.replay(before, connection, number)
                faults += judging.lost(connection, done)
        broken = self._files.broken(self._folder, self._out)
        self.figures.files = self._files.count
        return [*faults, *broken, *(f"left over: {name}" for name in judging.left_overs(self._folder))]

    def _reopened(self) -> list[str]:
        """Open the office as the program does at its next start; in a process of its own, so that this one stays as it was."""

        def work(_say: Say) -> None:
            bench = office.opened(self._folder, self._now)
            data_safety.check(bench)
            bench.close()

        told = Beside(work).told()
        office.unlock(self._folder)
        return [] if told == [{"done": True}] else [f"it does not open: {told}"]
