"""Simulate power cuts: record every write of a clerk's work, and replay it up to a moment, losing what was not flushed.

Of each write since the last flush of its file every sector survives or not; names (made, renamed, removed) survive up to
a random moment after the last flush of anything, in order, as a file system with a journal has it.
"""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.attacks import deeds, judging, office
from tests.attacks.acts import LATER
from tests.attacks.beside import Beside, Say, traced
from tests.attacks.figures import Figures
from tests.attacks.judging import DATA

SECTOR = 512
CALLS = (
    "openat,open,creat,lseek,pwrite64,write,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat"
)
_LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += +(-?\d+)")
_HANDLE = re.compile(r"\d+<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_MARK = "marks"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that reached the disk's cache: ``make``, ``write``, ``cut`` (shorten), ``flush``, ``rename``, ``remove``."""

    kind: str
    path: str
    data: bytes = b""
    at: int = 0
    to: str = ""


def _bytes(hexed: str) -> bytes:
    return bytes.fromhex(hexed.replace("\\x", ""))


def _name(hexed: str) -> str:
    return _bytes(hexed).decode() if hexed.startswith("\\x") else hexed


class Recording:
    """Reads a trace of strace's as events of the files below a folder."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._places: dict[str, int] = {}
        self.events: list[Event] = []

    def read(self, trace: str) -> list[Event]:
        """The events in order."""
        for line in trace.splitlines():
            found = _LINE.match(line)
            if found and int(found[3]) >= 0:
                self._take(found[1], found[2], int(found[3]))
        return self.events

    def _take(self, call: str, words: str, result: int) -> None:
        texts, handle = _TEXT.findall(words), _HANDLE.match(words)
        path = _name(handle[1]) if handle else _name(texts[0]) if texts else ""
        if call.startswith(("open", "creat")):
            self._opened(_name(texts[0]) if texts else path, words)
        elif call == "lseek":
            self._places[path] = result
        elif call.startswith("rename"):
            self._keep(Event("rename", _name(texts[0]), to=_name(texts[1])))
        elif call.startswith("unlink"):
            self._keep(Event("remove", _name(texts[0])))
        elif call in ("fsync", "fdatasync"):
            self._keep(Event("flush", path))
        elif call == "ftruncate":
            self._keep(Event("cut", path, at=int(words.rsplit(",", 1)[1])))
        elif call in ("write", "pwrite64"):
            self._written(call, path, _bytes(texts[0]), words)

    def _opened(self, path: str, words: str) -> None:
        if "O_CREAT" in words or "O_TRUNC" in words:
            self._places[path] = 0
            self._keep(Event("make", path, to="O_TRUNC" if "O_TRUNC" in words else ""))

    def _written(self, call: str, path: str, data: bytes, words: str) -> None:
        at = int(words.rsplit(",", 1)[1]) if call == "pwrite64" else self._places.get(path, 0)
        if call == "write":
            self._places[path] = at + len(data)
        self._keep(Event("write", path, data, at))

    def _keep(self, event: Event) -> None:
        if (event.to or event.path).startswith(self._root) or event.path.startswith(self._root):
            self.events.append(event)


@dataclass(slots=True)
class _File:
    """A file's content on the platter, and what is only in the cache."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[Event] = field(default_factory=list)

    def flush(self) -> None:
        for event in self.pending:
            _apply(self.safe, event)
        self.pending.clear()

    def after(self, dice: random.Random, losing: float) -> bytes:
        """What is left after a cut, each sector in the cache lost with a probability."""
        content = bytearray(self.safe)
        for event in self.pending:
            if event.kind == "cut":
                if dice.random() >= losing:
                    _apply(content, event)
                continue
            for start in range(0, len(event.data), SECTOR):
                if dice.random() >= losing:
                    _apply(content, Event("write", "", event.data[start : start + SECTOR], event.at + start))
        return bytes(content)


def _apply(content: bytearray, event: Event) -> None:
    if event.kind == "cut":
        del content[event.at :]
    if len(content) < event.at:
        content.extend(bytes(event.at - len(content)))
    if event.kind == "write":
        content[event.at : event.at + len(event.data)] = event.data


class Disk:
    """Names and contents as the program sees them, and as they are on the platter."""

    def __init__(self, start: dict[str, bytes]) -> None:
        self._safe = {path: _File(bytearray(data)) for path, data in start.items()}
        self._seen = dict(self._safe)
        self._names: list[tuple[str, _File | str | None]] = []

    def take(self, event: Event) -> None:
        """Something happens."""
        seen = self._seen.get(event.path)
        if event.kind == "make" and seen is None:
            self._seen[event.path] = _File()
            self._names.append((event.path, self._seen[event.path]))
        elif seen is None:
            return
        elif event.kind == "make":
            seen.pending += [Event("cut", event.path)] if event.to else []
        elif event.kind in ("write", "cut"):
            seen.pending.append(event)
        elif event.kind == "flush":
            seen.flush()
            self.flush_names()
        elif event.kind == "rename":
            self._seen[event.to] = self._seen.pop(event.path)
            self._names.append((event.path, event.to))
        else:
            del self._seen[event.path]
            self._names.append((event.path, None))

    def flush_names(self) -> None:
        """A folder is flushed, or any file: the journal of names goes to the platter as one."""
        _name_anew(self._safe, self._names)
        self._names.clear()

    def cut(self, dice: random.Random) -> dict[str, bytes]:
        """What would be on the platter if the power were gone now."""
        safe = dict(self._safe)
        _name_anew(safe, self._names[: dice.randrange(len(self._names) + 1)])
        losing = dice.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        return {path: file.after(dice, losing) for path, file in safe.items()}


def _name_anew(safe: dict[str, _File], names: list[tuple[str, _File | str | None]]) -> None:
    """Make, rename and remove names on the platter."""
    for path, what in names:
        if isinstance(what, _File):
            safe[path] = what
        elif path in safe:
            moved = safe.pop(path)
            if what is not None:
                safe[what] = moved


class Cuts:
    """A recording of a clerk's work, and power cuts in it.

    Args:
        base: The office that the work begins with.
        place: Where to work; emptied.
        seed: Of the dice.
        data: What the figures call it.
    """

    def __init__(self, base: Path, place: Path, seed: int, data: str = "plain") -> None:
        self._base, self._place, self._dice, self._seed = base, place, random.Random(seed), seed
        self._root, self._after = place / "work", place / "after"
        self.figures = Figures("power cut, unflushed sectors lost", data)
        self._events: list[Event] = []
        self._start: dict[str, bytes] = {}
        self._files = judging.Files()

    def record(self, count: int) -> None:
        """Let a clerk do so many deeds, every write recorded."""
        office.fresh(self._base, self._root / "office")
        self._start = {str(path): path.read_bytes() for path in self._root.rglob("*") if path.is_file()}
        told, trace = traced(
            lambda say: self._work(say, count), "-y", "-xx", "-s", "100000000", "-e", f"trace={CALLS}", "-e", "signal=none"
        )
        assert told[-1] == {"done": True}, told[-1]
        self._events = Recording(str(self._root)).read(trace)

    def _work(self, _say: Say, count: int) -> None:
        dice = random.Random(self._seed)
        bench = office.opened(self._root / "office", LATER)
        clerk = deeds.Clerk(bench, self._root / "out", dice)
        with (self._root / _MARK).open("wb", buffering=0) as marks:
            while count:
                name = deeds.chosen(dice, {**deeds.WRITES, **deeds.PAPERS})
                if name == "go_back":  # takes back what was told before, and may be cut when that is done and not told
                    marks.write(b'{"restored": "begun"}')
                told = deeds.attempted(clerk, name)
                if told is not None:
                    marks.write(json.dumps(told).encode())
                    count -= 1
        bench.close()

    def run(self, cuts: int, enough: Callable[[], bool] = lambda: False) -> Figures:
        """Cut the power so often, half of the times beside a flush, rename or removal."""
        beside = [place for place, event in enumerate(self._events) if event.kind in ("flush", "rename", "remove")]
        for number in range(cuts):
            if enough():
                break
            place = self._dice.choice(beside) + self._dice.randrange(-2, 4) if number % 2 else self._dice.randrange(len(self._events))
            self._cut(max(0, min(len(self._events), place)))
        return self.figures

    def _cut(self, moment: int) -> None:
        disk = Disk(self._start)
        told = []
        for event in self._events[:moment]:
            if event.path.endswith(f"/{_MARK}"):
                told += [json.loads(event.data)] if event.kind == "write" else []
            elif event.kind == "flush" and Path(event.path).is_dir():
                disk.flush_names()
            else:
                disk.take(event)
        shutil.rmtree(self._after, ignore_errors=True)
        for path, data in disk.cut(self._dice).items():
            target = self._after / Path(path).relative_to(self._root)
            target.parent.mkdir(parents=True, exist_ok=True)
            if not path.endswith("-shm"):  # it is memory, and gone with the power
                target.write_bytes(data)
        self.figures.times += 1
        self.figures.told += sum("deed" in one for one in told)
        self.figures.faults += [f"cut {self.figures.times} at {moment}: {fault}" for fault in self._judged(told)]
        self.figures.files = self._files.count

    def _judged(self, told: list[dict[str, Any]]) -> list[str]:
        folder = self._after / "office"
        opened = Beside(lambda _say: office.opened(folder, LATER).close()).told()
        office.unlock(folder)
        if opened != [{"done": True}]:
            return [f"it does not open: {opened}"]
        with closing(judging.connect(folder / DATA, office.key_of(folder))) as connection:
            faults = judging.unsound(connection)
            last = max((place for place, one in enumerate(told) if "restored" in one), default=0)
            faults += judging.lost(connection, [one for one in told[last:] if "restored" not in one])
        return faults + self._files.broken(folder, self._after / "out")
