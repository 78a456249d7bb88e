"""Data taken to another folder: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from fupin_desktop.errors import Cancelled, NotAllowed
from fupin_desktop.services import backups, moving, offices, villages
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.workbench import Workbench

NOW = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - local time


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = open_workbench(tmp_path / "office", clock=lambda: NOW)
    offices.setup(made, offices.OfficeForm(name="塘㙍镇扶贫办", county="吴川市", town="塘㙍镇", clerk="李文静", year=2026))
    villages.add(made, villages.VillageForm(name="低岭村"))
    made.back_up()
    (made.data_folder / "forms" / "own").mkdir(parents=True)
    (made.data_folder / "forms" / "own" / "form.toml").write_text("x", encoding="utf-8")
    yield made
    made.close()


def quiet(_done: int, _total: int, _text: str) -> None:
    """Nobody looks."""


def test_everything_is_there_and_opens(bench: Workbench, tmp_path: Path) -> None:
    there = moving.copy_data(bench, tmp_path / "新的 位置" / "数据", quiet)
    assert (there / "forms" / "own" / "form.toml").read_text(encoding="utf-8") == "x"
    other = open_workbench(there, clock=lambda: NOW)
    assert [village.name for village in villages.all(other)] == ["低岭村"]
    assert [one.path.name for one in backups.all_backups(other)] == [
        one.path.name for one in backups.all_backups(bench)
    ]
    other.close()
    assert [village.name for village in villages.all(bench)] == ["低岭村"]


def test_a_folder_with_data_or_inside_the_present_one_is_refused(bench: Workbench, tmp_path: Path) -> None:
    open_workbench(tmp_path / "other", clock=lambda: NOW).close()
    with pytest.raises(NotAllowed, match="已经有"):
        moving.copy_data(bench, tmp_path / "other", quiet)
    with pytest.raises(NotAllowed, match="里面"):
        moving.copy_data(bench, bench.data_folder / "备份", quiet)


def test_cancelled_half_way_leaves_nothing(bench: Workbench, tmp_path: Path) -> None:
    def stop(done: int, _total: int, _text: str) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        moving.copy_data(bench, tmp_path / "there", stop)
    assert [path for path in (tmp_path / "there").rglob("*") if path.is_file()] == []
