"""The attacks on the data file as one run: ``dev.py attack data``; prints a table of what was lost, and may put it into the README."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.attacks import figures, office
from tests.attacks.acts import acts
from tests.attacks.beside import TRACER
from tests.attacks.figures import Figures
from tests.attacks.kills import Kills
from tests.attacks.points import MODES, Points
from tests.attacks.power import Cuts
from tests.attacks.traces import Traces

_SHARE = {"kills": 0.3, "points": 0.5, "power": 0.2, "traces": 0.0}
"""How the time is shared out."""
_FORMS = ("plain", "encrypted")
_DEEDS_OF_A_RECORDING = 60
_TOLD = 20


class Attack:
    """A run of all attacks against an office in both forms.

    Args:
        place: An empty folder to work in.
        seconds: How long the whole may take.
        seed: Of the dice.
    """

    def __init__(self, place: Path, seconds: float, seed: int) -> None:
        self._place, self._seconds, self._seed = place, seconds / len(_FORMS), seed
        self.found: list[Figures] = []

    def run(self, only: tuple[str, ...]) -> None:
        """Attack, and tell each attack's figures as soon as it is over."""
        for form in _FORMS:
            base = self._place / form
            office.make(base, encrypted=form == "encrypted")
            for name in only:
                for one in getattr(self, f"_{name}")(base, self._place / f"{form}-{name}", form):
                    self._tell(one)

    def _tell(self, one: Figures) -> None:
        self.found.append(one)
        print(f"{one.attack}, {one.data}: {one.times} times, {one.told} told done, {len(one.faults)} faults", flush=True)
        print("  " + ", ".join(f"{word} {count}" for word, count in one.ends.most_common()), flush=True)
        for fault in one.faults[:_TOLD]:
            print(f"  LOST {fault}", flush=True)

    def _kills(self, base: Path, place: Path, form: str) -> list[Figures]:
        return [Kills(base, place, self._seed, form).run(sys.maxsize, self._seconds * _SHARE["kills"])]

    def _points(self, base: Path, place: Path, form: str) -> list[Figures]:
        wanted = acts(encrypted=form == "encrypted")
        each = self._seconds * _SHARE["points"] / len(MODES)
        return [Points(base, place / f"{number}", mode, form, self._seed + number).run(wanted, each) for number, mode in enumerate(MODES)]

    def _traces(self, base: Path, place: Path, form: str) -> list[Figures]:
        return [Traces(base, place, self._seed).run()] if form == "encrypted" else []

    def _power(self, base: Path, place: Path, form: str) -> list[Figures]:
        cuts = Cuts(base, place, self._seed, form)
        cuts.record(_DEEDS_OF_A_RECORDING)
        return [cuts.run(sys.maxsize, _until(self._seconds * _SHARE["power"]))]


def _until(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def main(words: list[str] | None = None) -> int:
    """Attack; 1 where anything was lost or damaged."""
    parser = argparse.ArgumentParser(prog="dev.py attack data", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0, help="how long the whole may take (20)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=tuple(_SHARE), action="append", help="one kind of attack (all)")
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    chosen = parser.parse_args(words)
    only = tuple(chosen.only or _SHARE)
    if sys.platform != "linux" or (TRACER is None and set(only) != {"kills"}):
        print("The attacks need Linux, and strace where calls of the system are to fail: apt install strace", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as place:
        attack = Attack(Path(place), chosen.minutes * 60, chosen.seed)
        attack.run(only)
    print(figures.table(attack.found))
    if chosen.write:
        figures.write(attack.found)
    return 1 if any(one.faults for one in attack.found) else 0


if __name__ == "__main__":
    sys.exit(main())
