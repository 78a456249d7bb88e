"""Files appear whole or not at all, and a failing disk is told in Chinese."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from fupin_desktop import paths
from fupin_desktop.documents.atomic import situation, write_atomically
from fupin_desktop.errors import DiskFull, FileBusy, NotWritable, PlaceGone


def test_writes_a_new_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "塘㙍镇.xlsx"
    write_atomically(target, lambda stream: stream.write(b"new"))
    assert target.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["塘㙍镇.xlsx"]


def test_replaces_an_existing_file_only_when_the_new_one_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")

    def half(stream: object) -> None:
        stream.write(b"half")  # type: ignore[attr-defined]
        assert target.read_bytes() == b"old"
        raise RuntimeError("the writer failed")

    with pytest.raises(RuntimeError):
        write_atomically(target, half)
    assert target.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1

    write_atomically(target, lambda stream: stream.write(b"new"))
    assert target.read_bytes() == b"new"


def test_full_disk_is_told_and_the_old_file_stays(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")

    def full(_stream: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(DiskFull) as told:
        write_atomically(target, full)
    assert "a.xlsx" in told.value.happened
    assert "原来的文件没有变动" in str(told.value)
    assert target.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlaceGone) as told:
        write_atomically(tmp_path / "U盘" / "a.xlsx", lambda stream: stream.write(b"x"))
    assert "U盘" in str(told.value)


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(NotWritable):
        write_atomically(tmp_path / "a.xlsx", lambda stream: stream.write(b"x"))
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.skipif(os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="needs a plain user")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "只读"
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises(NotWritable):
        write_atomically(folder / "a.xlsx", lambda stream: stream.write(b"x"))


@pytest.mark.parametrize(
    ("number", "winerror", "kind"),
    [
        (errno.ENOSPC, None, DiskFull),
        (errno.EINVAL, 112, DiskFull),
        (errno.EACCES, 32, FileBusy),
        (errno.EBUSY, None, FileBusy),
        (errno.ENODEV, None, PlaceGone),
        (errno.EINVAL, 1167, PlaceGone),
        (errno.EIO, None, PlaceGone),
        (errno.EACCES, None, NotWritable),
        (errno.EROFS, None, NotWritable),
        (errno.ENAMETOOLONG, None, NotWritable),
    ],
)
def test_every_failure_of_the_system_has_its_situation(number: int, winerror: int | None, kind: type) -> None:
    error = OSError(number, "x")
    if winerror is not None:
        error.winerror = winerror  # type: ignore[attr-defined]
    told = situation(error, Path("/media/u/a.xlsx"))
    assert type(told) is kind
    assert "a.xlsx" in told.happened


def test_a_very_long_name_still_works(tmp_path: Path) -> None:
    target = tmp_path / ("村" * 80 + ".pdf")
    write_atomically(target, lambda stream: stream.write(b"x"))
    assert target.read_bytes() == b"x"


class Held(PermissionError):
    """What Windows raises while a virus scanner looks at a fresh file."""

    winerror = 32


@pytest.mark.parametrize(("held", "written"), [(0, True), (9, True), (10, False)])
def test_a_file_held_for_a_moment_is_renamed_all_the_same(tmp_path, monkeypatch, held, written):
    real, calls = os.replace, []

    def replace(source, target):
        calls.append(source)
        if len(calls) <= held:
            raise Held(13, "held")
        real(source, target)

    monkeypatch.setattr(paths.os, "replace", replace)
    monkeypatch.setattr(paths.time, "sleep", lambda _seconds: None)
    target = tmp_path / "表.pdf"
    if written:
        write_atomically(target, lambda stream: stream.write(b"x"))
        assert target.read_bytes() == b"x"
    else:
        with pytest.raises(FileBusy):
            write_atomically(target, lambda stream: stream.write(b"x"))
        assert list(tmp_path.iterdir()) == []
