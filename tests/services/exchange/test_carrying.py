"""A stick that is pulled, full, protected, faulty or too old gets a sentence and keeps nothing half-written."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.domain.exchange import said_size
from fupin_desktop.errors import Cancelled, DiskFull, NotAllowed, NotWritable, PlaceGone, Situation
from fupin_desktop.override import override
from fupin_desktop.services.exchange import carrying
from fupin_desktop.services.exchange.carrying import UNFINISHED, Load, carry, load_of
from fupin_desktop.services.exchange.disk import Disk
from fupin_desktop.services.exchange.model import FAT_LARGEST, Drive


class Faulty(Disk):
    """Fails at one of its calls.

    Args:
        call: Which.
        code: With what.
        after: How many of the calls go well before.
        pulled: Whether nothing at all works from then on.
    """

    def __init__(self, call: str, code: int, after: int = 0, *, pulled: bool = False) -> None:
        self.call, self.code, self.after, self.pulled = call, code, after, pulled
        self.failed = False

    def _may(self, call: str) -> None:
        if (self.failed and self.pulled) or (call == self.call and self.after == 0):
            self.failed = True
            raise OSError(self.code, os.strerror(self.code))
        if call == self.call:
            self.after -= 1

    @override
    def make_folder(self, folder: Path) -> None:
        self._may("make_folder")
        super().make_folder(folder)

    @override
    def write(self, source: Path, target: Path) -> Iterator[int]:
        for piece in super().write(source, target):
            self._may("write")
            yield piece

    @override
    def read(self, path: Path) -> Iterator[bytes]:
        self._may("read")
        yield from super().read(path)

    @override
    def rename(self, source: Path, target: Path) -> None:
        self._may("rename")
        super().rename(source, target)

    @override
    def settle(self, folder: Path) -> None:
        self._may("settle")
        super().settle(folder)

    @override
    def remove(self, folder: Path) -> None:
        if not (self.failed and self.pulled):
            super().remove(folder)


class Spoiling(Disk):
    """Gives back another byte than was written."""

    @override
    def read(self, path: Path) -> Iterator[bytes]:
        for piece in super().read(path):
            yield bytes([piece[0] ^ 1]) + piece[1:] if path.name == "乙.pdf" else piece


def quiet(_done: int, _total: int, _text: str) -> None:
    """Nobody listens."""


@pytest.fixture
def loads(tmp_path: Path) -> list[Load]:
    folder = tmp_path / "here"
    folder.mkdir()
    found = []
    for name, content in (("台账/甲.xlsx", b"1" * 3000), ("公示/乙.pdf", b"2" * 1_500_000)):
        source = folder / name.replace("/", "_")
        source.write_bytes(content)
        found.append(load_of(source, name))
    return found


@pytest.fixture
def stick(tmp_path: Path) -> Drive:
    root = tmp_path / "stick"
    root.mkdir()
    (root / "别人的.txt").write_text("留着", encoding="utf-8")
    return Drive(root, "KINGSTON", 10**9, "FAT32")


@pytest.mark.skipif(not hasattr(os, "posix_fadvise"), reason="Windows forgets by a handle of its own, without a word")
def test_what_is_read_back_comes_from_the_medium(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(os, "posix_fadvise", lambda _file, _start, _length, advice: told.append(advice))
    (tmp_path / "a").write_bytes(b"abc")
    assert b"".join(Disk().read(tmp_path / "a")) == b"abc"
    assert told == [os.POSIX_FADV_DONTNEED]


def left_on(stick: Drive) -> list[str]:
    return sorted(path.name for path in stick.root.iterdir())


def test_files_are_written_read_back_and_named_at_the_end(stick: Drive, loads: list[Load]) -> None:
    told: list[tuple[int, int, str]] = []
    first = carry(stick, "20260302_甲", loads, lambda *step: told.append(step))
    assert (first / "公示" / "乙.pdf").read_bytes() == b"2" * 1_500_000
    assert told[-1][0] == told[-1][1] == 2 * (1_500_000 + 3000)
    assert told[-1][2].startswith("正在核对")
    second = carry(stick, "20260302_甲", loads, quiet)
    assert second.name == "20260302_甲(2)"
    assert left_on(stick) == ["20260302_甲", "20260302_甲(2)", "别人的.txt"]


@pytest.mark.parametrize("call", ["make_folder", "write", "read", "rename", "settle"])
@pytest.mark.parametrize(
    ("code", "kind", "word"),
    [
        (errno.EIO, PlaceGone, "拔出"), (errno.ENOSPC, DiskFull, "写满"), (errno.EROFS, NotWritable, "写保护"),
        (errno.EACCES, NotWritable, "写不进去"),
    ],
)  # fmt: skip
def test_whatever_fails_at_any_step_leaves_nothing(
    stick: Drive, loads: list[Load], call: str, code: int, kind: type[Situation], word: str
) -> None:
    with pytest.raises(kind, match=word) as told:
        carry(stick, "资料", loads, quiet, Faulty(call, code))
    assert "没有变动" in told.value.safe
    assert left_on(stick) == ["别人的.txt"]


def test_a_name_that_does_not_reach_the_medium_is_taken_back(stick: Drive, loads: list[Load]) -> None:
    with pytest.raises(PlaceGone):
        carry(stick, "资料", loads, quiet, Faulty("settle", errno.EIO, 3))
    assert left_on(stick) == ["别人的.txt"]


def test_a_pulled_stick_keeps_no_folder_of_the_name_and_is_tidied_the_next_time(stick: Drive, loads: list[Load]) -> None:
    with pytest.raises(PlaceGone, match="拔出"):
        carry(stick, "资料", loads, quiet, Faulty("write", errno.EIO, 1, pulled=True))
    (half, kept) = left_on(stick)
    assert half.startswith(UNFINISHED)
    assert kept == "别人的.txt"
    carry(stick, "资料", loads, quiet)
    assert left_on(stick) == ["别人的.txt", "资料"]


def test_a_stick_that_gives_back_something_else_is_told(stick: Drive, loads: list[Load]) -> None:
    with pytest.raises(NotWritable, match="读回来不一样"):
        carry(stick, "资料", loads, quiet, Spoiling())
    assert left_on(stick) == ["别人的.txt"]


def test_a_clerk_who_cancels_leaves_nothing(stick: Drive, loads: list[Load]) -> None:
    def stop(done: int, _total: int, _text: str) -> None:
        if done > 2_000_000:
            raise Cancelled

    with pytest.raises(Cancelled):
        carry(stick, "资料", loads, stop)
    assert left_on(stick) == ["别人的.txt"]


def test_room_protection_and_fat32_are_looked_at_before_anything_is_written(tmp_path: Path) -> None:
    class Full(Disk):
        @override
        def free(self, folder: Path) -> int:
            return 5 * 1024**2

    large = [Load(tmp_path / "x", "大.pdf", "", FAT_LARGEST + 1)]
    with pytest.raises(NotAllowed, match="FAT32"):
        carrying.require_room(Drive(tmp_path, system="vfat"), large, Disk())
    with pytest.raises(DiskFull, match=r"要 4\.0 GB，只有 5\.0 MB"):
        carrying.require_room(Drive(tmp_path, system="exfat"), large, Full())
    with pytest.raises(NotWritable, match="保护"):
        carrying.require_room(Drive(tmp_path, read_only=True), [], Disk())
    with pytest.raises(PlaceGone):
        carrying.require_room(Drive(tmp_path / "away"), [], Disk())


def test_sizes_and_sticks_are_named_as_people_read_them() -> None:
    assert [said_size(one) for one in (1, 2_000_000, 3 * 1024**3)] == ["1 KB", "1.9 MB", "3.0 GB"]
    shown = Drive(Path("E:\\"), "KINGSTON", 5 * 1024**3, read_only=True).shown
    assert shown == "KINGSTON (E:)，可用 5.0 GB，写保护"


def test_only_of_what_is_a_stick_it_is_said_that_it_is_one(tmp_path: Path) -> None:
    assert Drive(tmp_path, "KINGSTON").done_word == "可以安全拔出U盘。"
    assert Drive(tmp_path).done_word == "如果是写在U盘上，现在可以安全拔出U盘。"
