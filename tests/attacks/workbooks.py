"""Run a folder of any workbooks through every door and count what comes of it: ``dev.py attack workbooks DIR``."""

from __future__ import annotations

import json
import queue
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

SECONDS, MEGABYTES = 20.0, 300.0
DOORS = ("preview", "ledger", "award", "form")
_ROOT = Path(__file__).parents[2]
_CHINESE = re.compile(r"[一-鿿]")


@dataclass(slots=True)
class Tally:
    """What came of the files at one door.

    Attributes:
        outcomes: How many ended how.
        bad: Files that ended in a way that no file may, each with how.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    bad: list[tuple[Path, str]] = field(default_factory=list)

    def take(self, path: Path, found: dict[str, object]) -> None:
        """Count one outcome."""
        outcome, told = str(found["outcome"]), str(found["told"])
        self.outcomes[outcome] += 1
        seconds, megabytes = float(str(found["seconds"])), float(str(found["megabytes"]))
        if outcome in ("traceback", "died", "hang", "printed", "nothing said"):
            self.bad.append((path, f"{outcome} {told}"))
        elif outcome == "sentence" and not _CHINESE.search(told):
            self.bad.append((path, f"not Chinese: {told}"))
        elif megabytes > MEGABYTES:
            self.bad.append((path, f"{megabytes:.0f} MB"))
        elif seconds > SECONDS:
            self.bad.append((path, f"{seconds:.0f} s"))


class _Child:
    """A process that opens files through one door, begun again whenever it dies or hangs."""

    def __init__(self, door: str) -> None:
        self._door = door
        self._begin()

    def _begin(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.attacks.child", self._door], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, cwd=_ROOT,
        )  # fmt: skip
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=_pass_on, args=(self._process.stdout, self._lines), daemon=True).start()

    def open(self, path: Path) -> dict[str, object]:
        """What came of a file."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{path.resolve()}\n")
        self._process.stdin.flush()
        try:
            line = self._lines.get(timeout=3 * SECONDS)
        except queue.Empty:
            line = ""
        if line:
            return dict(json.loads(line))
        outcome = "hang" if self._process.poll() is None else "died"
        self.close()
        self._begin()
        return {"outcome": outcome, "told": "", "seconds": 0.0, "megabytes": 0.0}

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


def _pass_on(source: IO[str] | None, lines: queue.Queue[str]) -> None:
    for line in source or ():
        lines.put(line)
    lines.put("")


def attack(files: Iterable[Path], doors: Iterable[str] = DOORS) -> dict[str, Tally]:
    """Open every file through every door."""
    wanted, found = list(files), {}
    for door in doors:
        tally, child = Tally(), _Child(door)
        try:
            for path in wanted:
                tally.take(path, child.open(path))
        finally:
            child.close()
        found[door] = tally
    return found


def main(words: list[str]) -> int:
    """Attack with the files of a folder; 1 where any ended as none may."""
    files = sorted(path for path in Path(words[0]).rglob("*") if path.is_file())
    found = attack(files)
    for door, tally in found.items():
        print(f"{door}: " + ", ".join(f"{word} {count}" for word, count in tally.outcomes.most_common()))
        for path, how in tally.bad:
            print(f"  BAD {path}: {how}")
    return 1 if any(tally.bad for tally in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
