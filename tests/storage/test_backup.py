"""Backups are whole, verified, named by date and rotated; failures are told."""

from __future__ import annotations

import shutil
import sqlite3
import struct
import sys
import zipfile
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.errors import DataFileDamaged, DataFileReplaced, NotWritable, PlaceGone, Situation
from fupin_desktop.storage import backup, backup_files
from fupin_desktop.storage.backup_files import Backup, Reason
from fupin_desktop.storage.store import Store
from tests.storage.office_file import NOW, add_household, add_village


def rows(path: Path) -> list[tuple[str]]:
    plain = path.with_name("unpacked.sqlite")
    backup_files.unpack(path, plain)
    with closing(sqlite3.connect(plain)) as connection:
        found = connection.execute("SELECT head_name FROM households ORDER BY head_name").fetchall()
    plain.unlink()
    return found


def test_a_backup_is_one_whole_file_with_what_is_only_in_the_log_ahead(store: Store) -> None:
    village = add_village(store)
    add_household(store, village, "张三")
    assert store.path.with_name(f"{store.path.name}-wal").stat().st_size > 0
    made = backup.backup_now(store, NOW)
    assert made.path.name == "fupin_2026-01-05_103205_manual_2.zip"
    assert [path.name for path in store.backup_folder.iterdir()] == [made.path.name]
    assert rows(made.path) == [("张三",)]


def test_the_daily_backup_comes_once_a_day(store: Store) -> None:
    assert backup.latest(store) is None
    assert backup.backup_if_due(store, NOW)
    assert backup.backup_if_due(store, NOW + timedelta(hours=3)) is None
    second = backup.backup_if_due(store, NOW + timedelta(days=1))
    assert second is not None
    assert backup.latest(store) == second


def test_a_forced_backup_of_today_is_the_daily_one_too(store: Store) -> None:
    backup.backup_now(store, NOW, Reason.IMPORT)
    assert backup.backup_if_due(store, NOW + timedelta(minutes=5)) is None


def test_other_files_of_the_folder_are_left_alone(store: Store) -> None:
    store.backup_folder.mkdir()
    (store.backup_folder / "我的笔记.txt").write_text("x", encoding="utf-8")
    (store.backup_folder / "fupin_2020-01-01_000000_other.sqlite").write_text("x", encoding="utf-8")
    (store.backup_folder / "fupin_2020-01-01_000000_daily.part").write_text("x", encoding="utf-8")
    backup.backup_now(store, NOW)
    assert sorted(path.name for path in store.backup_folder.iterdir()) == [
        "fupin_2020-01-01_000000_other.sqlite",
        "fupin_2026-01-05_103205_manual_0.zip",
        "我的笔记.txt",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "fupin_2026-02-30_080000_daily_5.zip",
        "fupin_2026-13-01_080000_daily_5.zip",
        "fupin_2026-01-05_250000_daily_5.zip",
        "fupin_0000-01-05_080000_manual.zip",
        "fupin_٢٠٢٦-01-05_080000_daily_5.zip",
        "fupin_2026-01-05_080000_daily_5.zip.bak",
        "fupin_2026-01-05_080000_DAILY_5.zip",
    ],
)
def test_a_name_given_by_hand_is_no_backup_and_hides_none(store: Store, name: str) -> None:
    made = backup.backup_now(store, NOW)
    (store.backup_folder / name).write_bytes(made.path.read_bytes())
    assert backup_files.listed(store.backup_folder) == [made]


@pytest.mark.parametrize("flag", [0x0001, 0x0800])
def test_an_archive_packed_anew_with_a_password_is_damage_and_no_bug(store: Store, tmp_path: Path, flag: int) -> None:
    """Its members are marked as encrypted (or their names as written otherwise), as other programs pack them."""
    packed = tmp_path / "fupin_2026-01-05_080000_manual_1.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("fupin.keys", "{}")
        archive.writestr(backup_files.MEMBER, b"SQLite format 3")
    content = bytearray(packed.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset : place + offset + 2] = struct.pack("<H", flag)
            place = content.find(mark, place + 4)
    packed.write_bytes(content)
    target = tmp_path / "plain.sqlite"
    with pytest.raises(Situation):
        backup_files.unpack(packed, target)
    assert not target.exists()


def test_a_copy_that_is_not_what_the_file_is_is_not_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add_village(store)
    counted = backup_files.counts_of
    calls: list[int] = []

    def wrong(connection: sqlite3.Connection) -> dict[str, int]:
        calls.append(1)
        return {**counted(connection), "villages": len(calls)}

    monkeypatch.setattr(backup_files, "counts_of", wrong)
    with pytest.raises(DataFileDamaged, match="核对"):
        backup.backup_now(store, NOW)
    assert list(store.backup_folder.iterdir()) == []


def test_a_folder_in_the_way_is_told_and_earlier_backups_stay(store: Store) -> None:
    store.backup_folder.write_text("not a folder", encoding="utf-8")
    with pytest.raises((PlaceGone, NotWritable)):
        backup.backup_now(store, NOW)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no file that is open")
def test_a_pulled_stick_is_a_situation(store: Store) -> None:
    add_village(store)
    store.engine.dispose()
    shutil.rmtree(store.path.parent)
    with pytest.raises(Situation):
        backup.backup_now(store, NOW)


def daily(at: datetime, number: int = 0) -> Backup:
    return Backup(Path(f"fupin_{at:%Y-%m-%d_%H%M%S}_daily_{number}.zip"), at, Reason.DAILY, number)


class TestRotation:
    """7 days, 5 weeks, 12 months of daily backups; the last ten forced ones."""

    def kept(self, backups: list[Backup]) -> list[datetime]:
        gone = {old.path for old in backup_files.superseded(backups)}
        return sorted((one.at for one in backups if one.path not in gone), reverse=True)

    def test_seven_days_are_kept_each_with_its_newest(self) -> None:
        days = [NOW - timedelta(days=age, hours=hour) for age in range(7) for hour in (0, 2)]
        assert self.kept([daily(at) for at in days]) == days[::2]

    def test_two_years_of_days_thin_out_to_weeks_and_months(self) -> None:
        start = datetime(2026, 12, 31, 9)  # noqa: DTZ001 - local time
        kept = self.kept([daily(start - timedelta(days=age)) for age in range(730)])
        assert kept[:7] == [start - timedelta(days=age) for age in range(7)]
        weeks = {at.isocalendar()[:2] for at in kept}
        months = {(at.year, at.month) for at in kept}
        assert len(months) == 12
        assert {(start - timedelta(weeks=age)).isocalendar()[:2] for age in range(5)} <= weeks
        assert len(kept) <= 7 + 5 + 12
        assert min(kept) == datetime(2026, 1, 31, 9)  # noqa: DTZ001 - local time

    def test_ten_forced_backups_are_kept_whatever_their_day(self) -> None:
        forced = [Backup(Path(f"{age}"), NOW - timedelta(days=age), Reason.IMPORT) for age in range(11)]
        assert backup_files.superseded(forced) == [forced[10]]

    def test_of_backups_that_hold_the_same_operations_the_last_one_is_kept(self) -> None:
        same = [daily(NOW - timedelta(days=age), 7) for age in range(3)]
        before = daily(NOW - timedelta(days=3), 6)
        assert self.kept([*same, before]) == [NOW, NOW - timedelta(days=3)]

    def test_the_one_just_made_stays_with_the_clock_set_back_for_years(self) -> None:
        made = daily(datetime(2000, 1, 1, 8), 1)  # noqa: DTZ001 - local time
        others = [daily(NOW - timedelta(days=age), 100 - age) for age in range(60)]
        assert made not in backup_files.superseded([*others, made], made.path)

    def test_a_clock_once_ahead_pushes_no_later_backup_out(self) -> None:
        ahead = [daily(datetime(2036, 1, day, 8), day) for day in range(1, 9)]  # noqa: DTZ001 - local time
        after = [daily(NOW + timedelta(days=age), 20 + age) for age in range(30)]
        kept = self.kept([*ahead, *after])
        assert {NOW + timedelta(days=age) for age in range(23, 30)} <= set(kept)

    @given(
        st.lists(
            st.builds(
                lambda hours, reason, number: Backup(
                    Path(f"{hours}-{reason.value}-{number}"), NOW + timedelta(hours=hours), reason, number
                ),
                st.integers(-20_000, 20_000), st.sampled_from(Reason), st.integers(0, 60),
            ),
            max_size=60, unique_by=lambda one: one.path,
        ),
        st.randoms(),
    )  # fmt: skip
    def test_whatever_lies_there_enough_stays_and_no_more(self, backups: list[Backup], chance: Random) -> None:
        made = chance.choice(backups).path if backups else None
        gone = {one.path for one in backup_files.superseded(backups, made)}
        mixed = chance.sample(backups, len(backups))
        assert {one.path for one in backup_files.superseded(mixed, made)} == gone
        kept = [one for one in backups if one.path not in gone]
        forced = [one for one in kept if one.reason is not Reason.DAILY and one.path != made]
        assert len(forced) <= backup_files.FORCED_KEPT
        assert len([one for one in kept if one.reason is Reason.DAILY and one.path != made]) <= 7 + 5 + 12
        if backups:
            assert made not in gone
            assert max(backups, key=lambda one: one.rank).path not in gone
        assert backup_files.superseded(kept, made) == []

    def test_rotation_happens_on_disk(self, store: Store) -> None:
        for age in reversed(range(12)):
            add_village(store)
            backup.backup_now(store, NOW - timedelta(days=age), Reason.DAILY)
        kept = backup_files.listed(store.backup_folder)
        assert len(kept) < 12
        assert kept[0].at.date() == NOW.date()

    def test_an_old_one_that_cannot_be_removed_is_no_fault_of_the_new_one(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A virus scanner or another program may hold it."""
        held: list[str] = []
        real = Path.unlink

        def unlink(path: Path, missing_ok: bool = False) -> None:
            if path.parent == store.backup_folder and path in {old.path for old in superseded}:
                held.append(path.name)
                raise PermissionError(13, "held")
            real(path, missing_ok=missing_ok)

        superseded: list[backup_files.Backup] = []
        monkeypatch.setattr(Path, "unlink", unlink)
        for age in reversed(range(12)):
            superseded = backup_files.listed(store.backup_folder)
            add_village(store)
            made = backup.backup_now(store, NOW - timedelta(days=age), Reason.DAILY)
            assert made.path.exists()
        assert held
        assert len(backup_files.listed(store.backup_folder)) == 12
        assert backup.latest(store) == made


def test_no_empty_file_takes_the_place_of_one_that_has_gone(store: Store) -> None:
    village = add_village(store)
    store.engine.dispose()
    store.path.rename(store.path.with_name("away.sqlite"))
    for ending in ("-wal", "-shm"):
        store.path.with_name(store.path.name + ending).unlink(missing_ok=True)
    with pytest.raises(PlaceGone):
        add_household(store, village, "张三")
    assert not store.path.exists()


def test_backups_follow_operations_not_the_clock_of_the_pc(store: Store) -> None:
    """With a dead battery the clock stands years back: the backup just made is there, and is the latest."""
    add_village(store)
    backup.backup_now(store, NOW, Reason.DAILY)
    add_village(store)
    made = backup.backup_if_due(store, datetime(2000, 1, 1))  # noqa: DTZ001 - local time
    assert made is not None
    assert made.path.exists()
    assert backup.latest(store) == made


def test_a_second_place_holds_the_same_bytes_and_is_rotated(store: Store, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    for age in reversed(range(12)):
        add_village(store)
        made = backup.backup_now(store, NOW - timedelta(days=age), Reason.DAILY)
        copy = backup_files.copy_beside(made, stick)
        assert copy.read_bytes() == made.path.read_bytes()
    assert sorted(path.name for path in stick.iterdir()) == sorted(path.name for path in store.backup_folder.iterdir())


def test_a_second_place_that_is_gone_is_a_situation_and_leaves_nothing(store: Store, tmp_path: Path) -> None:
    made = backup.backup_now(store, NOW)
    with pytest.raises(PlaceGone):
        backup_files.copy_beside(made, tmp_path / "pulled")
    assert made.path.exists()


def test_every_flipped_byte_of_a_backup_is_noticed(store: Store, tmp_path: Path) -> None:
    add_village(store)
    made = backup.backup_now(store, NOW)
    sound = made.path.read_bytes()
    target, spoiled = tmp_path / "plain.sqlite", tmp_path / made.path.name
    backup_files.unpack(made.path, target)
    whole = target.read_bytes()
    refused = 0
    for place in range(0, len(sound), max(1, len(sound) // 150)):
        spoiled.write_bytes(sound[:place] + bytes([sound[place] ^ 0x10]) + sound[place + 1 :])
        try:
            backup_files.unpack(spoiled, target)
        except DataFileDamaged:
            refused += 1
            assert not target.exists()
        else:
            assert target.read_bytes() == whole
    assert refused > 100


def test_a_directory_that_points_before_the_archive_is_damage(store: Store, tmp_path: Path) -> None:
    add_village(store)
    made = backup.backup_now(store, NOW)
    content = bytearray(made.path.read_bytes())
    end = content.rindex(b"PK\x05\x06")
    (offset,) = struct.unpack_from("<I", content, end + 16)
    struct.pack_into("<I", content, end + 16, offset + 5_000)  # every member then lies 5 000 bytes further to the front
    made.path.write_bytes(content)
    with pytest.raises(DataFileDamaged):
        backup_files.unpack(made.path, tmp_path / "plain.sqlite")
    assert not (tmp_path / "plain.sqlite").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no file that is open")
def test_a_file_deleted_or_replaced_under_the_open_store_takes_no_edit(store: Store, tmp_path: Path) -> None:
    village = add_village(store)
    other = tmp_path / "other.sqlite"
    shutil.copy(store.path, other)
    store.path.unlink()
    with pytest.raises(DataFileReplaced, match="删除、移走"):
        add_household(store, village, "张三")
    other.rename(store.path)
    with pytest.raises(DataFileReplaced):
        add_household(store, village, "张三")
    saved = tmp_path / "saved.sqlite"
    store.rescue(saved)
    with closing(sqlite3.connect(saved)) as connection:
        assert connection.execute("SELECT count(*) FROM villages").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM households").fetchone() == (0,)
