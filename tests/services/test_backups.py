"""Backups as the clerk meets them, the daily check, and the clock."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from fupin_desktop import RELEASED
from fupin_desktop.errors import DataFileDamaged, NotAllowed
from fupin_desktop.services import attachments, backups, data_safety, offices, protection, villages
from fupin_desktop.services.attachments import Attached
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import key_slots, opening
from fupin_desktop.storage.backup_files import Reason

START = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - local time


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def quick_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stretching of secrets need not take its time here."""
    monkeypatch.setattr(key_slots.wrap, "__kwdefaults__", {"cost": 1 << 4})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bench(tmp_path: Path, clock: Clock) -> Iterator[Workbench]:
    made = open_workbench(tmp_path / "office", clock=clock)
    offices.setup(made, offices.OfficeForm(name="塘㙍镇扶贫办", county="吴川市", town="塘㙍镇", clerk="李文静", year=2026))
    yield made
    made.close()


def add(bench: Workbench, name: str) -> None:
    villages.add(bench, villages.VillageForm(name=name))


def named(bench: Workbench) -> list[str]:
    return [village.name for village in villages.all(bench)]


def test_a_look_inside_tells_what_going_back_would_take_away(bench: Workbench) -> None:
    add(bench, "低岭村")
    bench.back_up()
    add(bench, "那罗村")
    (backup,) = backups.all_backups(bench)
    inside = backups.look(bench, backup)
    assert inside.lost_count == 1
    assert "那罗村" in inside.lost[0].title
    assert "低岭村" in inside.last[0].title
    assert inside.last[0].who == "李文静"
    assert inside.counts == (("村资料", 1, 2),)
    assert list(bench.data_folder.glob("*.part*")) == []


def test_back_and_forward_again(bench: Workbench, clock: Clock) -> None:
    add(bench, "低岭村")
    early = bench.back_up()
    clock.now += timedelta(minutes=5)
    offices.set_year(bench, 2027)
    add(bench, "那罗村")
    told = backups.go_back(bench, early)
    assert named(bench) == ["低岭村"]
    assert bench.year == 2026
    assert "可以再恢复回去" in told.message
    before = next(one for one in backups.all_backups(bench) if one.reason is Reason.RESTORE)
    clock.now += timedelta(minutes=5)
    backups.go_back(bench, before)
    assert sorted(named(bench)) == sorted(["低岭村", "那罗村"])
    assert bench.year == 2027


def test_the_second_place_is_written_too_and_its_absence_only_told(bench: Workbench, clock: Clock, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    backups.choose_second_place(bench, stick)
    made = backups.back_up(bench)
    assert str(stick) in made.told
    assert made.missed is None
    assert [path.name for path in stick.iterdir()] == [backups.all_backups(bench)[0].path.name]
    for path in stick.iterdir():
        path.unlink()
    stick.rmdir()
    add(bench, "低岭村")
    made = backups.back_up(bench)
    assert made.missed is not None
    assert "没有写成" in made.told
    assert all((made.missed.happened in made.told, "已经写好" in made.missed.safe, str(stick) in made.missed.todo))
    assert len(backups.all_backups(bench)) == 2
    assert backups.told_missed(bench) == ""  # a stick that is not plugged in today
    clock.now += timedelta(days=3)
    assert backups.back_up(bench).missed
    assert backups.told_missed(bench) == (
        f"第二处备份从3月2日起没有抄成，备份只在这台电脑里：“{stick}”没有接上，或已经不在。"
    )
    stick.mkdir()
    assert backups.back_up(bench).missed is None
    assert backups.told_missed(bench) == ""
    with pytest.raises(NotAllowed, match="里面"):
        backups.choose_second_place(bench, bench.data_folder / "备份")
    backups.choose_second_place(bench, None)
    assert backups.second_place(bench) is None


def test_going_back_leaves_the_second_place_where_it_is_now(bench: Workbench, tmp_path: Path) -> None:
    backup = bench.back_up()
    (tmp_path / "U盘").mkdir()
    backups.choose_second_place(bench, tmp_path / "U盘")
    backups.go_back(bench, backup)
    assert backups.second_place(bench) == tmp_path / "U盘"


def test_a_file_of_another_kind_is_no_backup(tmp_path: Path) -> None:
    other = tmp_path / "名册.xlsx"
    other.write_bytes(b"x")
    with pytest.raises(NotAllowed, match="不是备份文件"):
        backups.backup_from(other)


DAMAGES = {
    "json": "UPDATE change_entries SET body = substr(body, 1, 5) WHERE rowid = (SELECT min(rowid) FROM change_entries)",
    "word": "UPDATE fund_sources SET kind = 'no_such_kind'",
    "reference": "UPDATE villages SET town_key = 'nowhere'",
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_the_daily_check_finds_what_the_check_at_the_start_does_not(bench: Workbench, kind: str) -> None:
    from fupin_desktop.storage.entities import FundSource

    add(bench, "低岭村")
    with bench.write("test", "资金") as unit:
        unit.insert_many(FundSource, [{"name": "专项资金", "year": 2026}])
    assert data_safety.check_if_due(bench)
    assert not data_safety.check_if_due(bench)
    with closing(sqlite3.connect(bench.store.path)) as connection:
        connection.execute(DAMAGES[kind])
        connection.commit()
    with pytest.raises(DataFileDamaged, match="有损坏"):
        data_safety.check(bench)


@pytest.mark.parametrize("place", [47, 100])
def test_a_damaged_header_is_found(bench: Workbench, place: int) -> None:
    add(bench, "低岭村")
    with closing(sqlite3.connect(bench.store.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(bench.store.path.read_bytes())
    content[place] ^= 0x7F
    bench.store.path.write_bytes(bytes(content))
    with pytest.raises(DataFileDamaged):
        data_safety.check(bench)


def spoilt(path: Path) -> None:
    """The last pages of a closed data file, where the rows lie, overwritten."""
    content = bytearray(path.read_bytes())
    for start in range(len(content) - 4096 * 5, len(content), 4096):
        content[start : start + 200] = b"\xff" * 200
    path.write_bytes(bytes(content))


def test_the_pages_of_a_large_file_are_checked_after_it_was_opened(
    bench: Workbench, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "CHECKED_LATER", 4096)
    folder = bench.data_folder
    for place in range(60):
        add(bench, f"{place}村" * 60)
    bench.close()
    again = open_workbench(folder, clock=clock)
    assert again.store.unchecked
    data_safety.check_pages(again)
    assert not again.store.unchecked
    again.close()
    spoilt(folder / "fupin.sqlite")
    again = open_workbench(folder, clock=clock)
    with pytest.raises(DataFileDamaged) as caught:
        data_safety.check_pages(again)
    assert caught.value.todo == "先不要再录入。请打开“文件 → 备份与恢复…”，恢复到最近一份好的备份。"
    assert again.store.unchecked
    monkeypatch.setattr(again.store, "unchecked", False)
    data_safety.check_pages(again)  # a small file was checked when it was opened
    again.close()


def test_a_clock_before_the_last_change_or_far_from_the_version_is_doubted(bench: Workbench, clock: Clock) -> None:
    assert data_safety.clock_doubt(bench) == ""
    clock.now = START - timedelta(minutes=1)
    assert "最后一次修改" in data_safety.clock_doubt(bench)
    clock.now = datetime(RELEASED + 10, 12, 31)  # noqa: DTZ001 - local time
    assert data_safety.clock_doubt(bench) == ""
    clock.now = datetime(RELEASED + 11, 1, 1)  # noqa: DTZ001 - local time
    assert "看来不对" in data_safety.clock_doubt(bench)


def test_the_daily_check_looks_at_the_operations_since_the_last_one(bench: Workbench, clock: Clock) -> None:
    add(bench, "低岭村")
    assert data_safety.check_if_due(bench)
    add(bench, "那罗村")
    clock.now += timedelta(days=1)
    assert data_safety.check_if_due(bench)
    with closing(sqlite3.connect(bench.store.path)) as connection:
        connection.execute("UPDATE change_sets SET who = '别人', hash = upper(hash) WHERE number = 2")
        connection.commit()
    data_safety.check_log(bench)  # looked at already: the whole check finds it
    add(bench, "山心村")
    with closing(sqlite3.connect(bench.store.path)) as connection:
        connection.execute("UPDATE change_sets SET title = '别的' WHERE number = (SELECT max(number) FROM change_sets)")
        connection.commit()
    clock.now += timedelta(days=1)
    with pytest.raises(DataFileDamaged, match="操作日志被改动过：第 4 号"):
        data_safety.check_if_due(bench)
    with closing(sqlite3.connect(bench.store.path)) as connection:
        connection.execute("UPDATE change_sets SET hash = 'x' WHERE number = 3")
        connection.commit()
    with pytest.raises(DataFileDamaged, match="换成了别的"):
        data_safety.check_log(bench)


# ---- attached files at the second place ----
def attach(bench: Workbench, content: bytes) -> Attached:
    source = bench.data_folder.parent / "合同.pdf"
    source.write_bytes(content)
    return attachments.store(bench.data_folder, source)


@pytest.mark.parametrize("encrypted", [False, True])
def test_attached_files_are_at_the_second_place_once_and_come_back(bench: Workbench, tmp_path: Path, encrypted: bool) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    if encrypted:
        protection.protect(bench, "低岭村的荔枝-88", lambda _done, _total, _text: None)
    backups.choose_second_place(bench, stick)
    one = attach(bench, b"the contract of the pond")
    assert "附件也已写好" in backups.back_up(bench).told
    before = {path: path.stat().st_mtime_ns for path in stick.rglob("*") if path.is_file() and path.suffix != ".zip"}
    add(bench, "低岭村")
    backups.back_up(bench)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert any(b"the contract" in path.read_bytes() for path in stick.rglob("*") if path.is_file()) is not encrypted
    two = attach(bench, b"another")
    two.place(bench.data_folder).write_bytes(b"broken ")
    assert "1 个附件坏了" in backups.back_up(bench).told
    one.place(bench.data_folder).unlink()
    backup = next(one for one in backups.backup_files.listed(stick))
    assert "抄回 1 个附件" in backups.go_back(bench, backup).message
    attachments.verify(bench.data_folder, one)
    protection.lock(bench.data_folder)


def test_files_of_a_former_password_stay_beside_those_of_the_present_one(bench: Workbench, tmp_path: Path) -> None:
    def quiet(_done: int, _total: int, _text: str) -> None:
        return

    backups.choose_second_place(bench, tmp_path / "U盘")
    (tmp_path / "U盘").mkdir()
    one = attach(bench, b"the contract")
    for password in ("低岭村的荔枝-88", "低岭村的龙眼-99"):
        protection.protect(bench, password, quiet)
        assert "没有写成" not in backups.back_up(bench).told
        protection.unprotect(bench, password, quiet)
    assert len([path for path in (tmp_path / "U盘" / "附件").rglob("*") if path.is_file()]) == 2
    one.place(bench.data_folder).unlink()
    former, present = backups.backup_files.listed(tmp_path / "U盘")[::-1][:2]
    key = protection.key_of_backup(former.path, "低岭村的荔枝-88")
    assert "抄回 1 个附件" in backups.go_back(bench, former, key).message
    key = protection.key_of_backup(present.path, "低岭村的龙眼-99")
    assert "抄回" not in backups.go_back(bench, present, key).message
    attachments.verify(bench.data_folder, one)
