"""Password and encryption: what is typed opens the data, and nothing else does; nothing plain is left behind."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from fupin_desktop.errors import DataFileBusy, DataLocked, DiskFull, NotAllowed, PlaceGone, Situation, WrongPassword
from fupin_desktop.services import backups, change_log, failed_openings, history, moving, protection, registers
from fupin_desktop.services.change_log import Wanted
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.registers import HOUSEHOLDS, Query
from fupin_desktop.services.workbench import Workbench, restore_backup
from fupin_desktop.storage import chain, converting, key_slots
from fupin_desktop.storage.driver import cipher
from fupin_desktop.storage.encryption import KEYS_FILE, is_encrypted
from fupin_desktop.storage.key_slots import SlotKind
from fupin_desktop.storage.trouble import situation_of
from tests.services.register_office import Clock, add_household, make_office

PASSWORD = "低岭村的荔枝-88"


def quietly(_done: int, _of: int, _text: str) -> None:
    """Progress that nobody watches."""


@pytest.fixture(autouse=True)
def quick_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stretching of secrets takes a quarter of a second each time; here it need not."""
    monkeypatch.setattr(key_slots, "_COST", 1 << 4)
    monkeypatch.setattr(key_slots.wrap, "__kwdefaults__", {"cost": 1 << 4})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "数据"


@pytest.fixture
def bench(folder: Path) -> Iterator[Workbench]:
    made = make_office(folder, Clock())
    add_household(made, "张三丰")
    yield made
    made.close()
    protection.lock(folder)


def reopened(bench: Workbench) -> Workbench:
    bench.close()
    return open_workbench(bench.data_folder, clock=bench.clock)


def households(bench: Workbench) -> int:
    return registers.count(bench, Query(HOUSEHOLDS, 2026))


def plain_files(folder: Path, words: bytes) -> list[str]:
    """Files in which a name can be read."""
    return [path.name for path in folder.rglob("*") if path.is_file() and words in path.read_bytes()]


def test_an_encrypted_office_goes_on_working_and_shows_nothing(bench: Workbench, folder: Path) -> None:
    bench.back_up()
    assert plain_files(folder, "张三丰".encode()) == ["fupin.sqlite-wal"]
    made = protection.protect(bench, PASSWORD, quietly)
    assert made.left == ()
    add_household(bench, "李四光")
    assert households(bench) == 2
    bench.back_up()
    bench.close()
    assert plain_files(folder, "张三丰".encode()) == []
    assert plain_files(folder, "李四光".encode()) == []
    with closing(sqlite3.connect(folder / "fupin.sqlite")) as plain, pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT 1 FROM sqlite_master")


def test_backups_are_encrypted_alike_and_bring_their_keys(bench: Workbench, folder: Path, tmp_path: Path) -> None:
    bench.back_up()
    protection.protect(bench, PASSWORD, quietly)
    archives = sorted((folder / "备份").glob("*.zip"))
    assert archives
    for path in archives:
        with zipfile.ZipFile(path) as archive:
            assert sorted(archive.namelist()) == ["fupin.keys", "fupin.sqlite"]
            archive.extract("fupin.sqlite", tmp_path / path.stem)
        assert is_encrypted(tmp_path / path.stem / "fupin.sqlite")


def test_only_the_password_or_the_recovery_code_opens(bench: Workbench, folder: Path) -> None:
    code = protection.protect(bench, PASSWORD, quietly).code
    bench.close()
    protection.lock(folder)
    with pytest.raises(DataLocked, match="有密码"):
        open_workbench(folder, clock=bench.clock)
    with pytest.raises(WrongPassword):
        protection.unlock(folder, PASSWORD + "x")
    with pytest.raises(WrongPassword):
        protection.unlock(folder, PASSWORD, recovery=True)
    assert protection.is_locked(folder)
    protection.unlock(folder, f" {code.lower().replace('-', ' ')} ", recovery=True)
    again = open_workbench(folder, clock=bench.clock)
    assert households(again) == 1
    protection.set_after_recovery(again, "新的密码很好记-1")
    again.close()
    protection.lock(folder)
    protection.unlock(folder, "新的密码很好记-1")
    open_workbench(folder, clock=bench.clock).close()


def test_a_changed_password_and_a_renewed_code_shut_out_the_old_ones(bench: Workbench, folder: Path) -> None:
    first = protection.protect(bench, PASSWORD, quietly).code
    before = (folder / "fupin.sqlite").stat().st_ino
    protection.change_password(bench, PASSWORD, "另一个密码-2026")
    with pytest.raises(WrongPassword):
        protection.change_password(bench, PASSWORD, "第三个密码-2026")
    second = protection.renew_code(bench, "另一个密码-2026")
    assert not protection.matches(folder, PASSWORD)
    assert protection.matches(folder, "另一个密码-2026")
    for code, opens in ((first, False), (second, True)):
        protection.lock(folder)
        if opens:
            protection.unlock(folder, code, recovery=True)
        else:
            with pytest.raises(WrongPassword):
                protection.unlock(folder, code, recovery=True)
    assert (folder / "fupin.sqlite").stat().st_ino == before
    titles = [one.title for one in history.recent(bench, 5)]
    assert titles[:3] == ["换了新的恢复码", "修改密码：密码不对", "修改密码"]


def test_a_password_is_taken_off_with_the_password_alone(bench: Workbench, folder: Path) -> None:
    protection.protect(bench, PASSWORD, quietly)
    with pytest.raises(WrongPassword):
        protection.unprotect(bench, "不是这个密码-1", quietly)
    assert protection.has_password(folder)
    kept = bench.back_up()
    protection.unprotect(bench, PASSWORD, quietly)
    assert not (folder / KEYS_FILE).exists()
    with zipfile.ZipFile(kept.path) as archive:
        assert archive.namelist() == ["fupin.sqlite"]
        assert archive.read("fupin.sqlite").startswith(b"SQLite format 3")
    again = reopened(bench)
    assert households(again) == 1
    again.close()


@pytest.mark.parametrize("weak", ["", "1234567", "12345678", "aaaaaaaa", "20260105", "Password"])
def test_weak_passwords_are_refused_before_anything_is_done(bench: Workbench, folder: Path, weak: str) -> None:
    with pytest.raises(NotAllowed):
        protection.protect(bench, weak, quietly)
    assert not (folder / KEYS_FILE).exists()
    assert not is_encrypted(folder / "fupin.sqlite")


def test_a_conversion_that_dies_before_the_renaming_leaves_the_plain_file(
    bench: Workbench, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_paths: Path) -> None:
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(converting, "rename", killed)
        with pytest.raises(SystemExit):
            protection.protect(bench, PASSWORD, quietly)
    assert not is_encrypted(folder / "fupin.sqlite")
    assert not list(folder.glob("*.part"))
    again = reopened(bench)
    assert households(again) == 1
    protection.protect(again, PASSWORD, quietly)
    assert households(again) == 1
    again.close()


def test_a_reader_in_the_way_is_told_and_nothing_changes(
    bench: Workbench, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_use(path: Path) -> None:
        raise DataFileBusy("数据文件还在使用，没有改动。")

    with monkeypatch.context() as broken:
        broken.setattr(converting, "_end_log", in_use)
        with pytest.raises(DataFileBusy):
            protection.protect(bench, PASSWORD, quietly)
    assert not is_encrypted(folder / "fupin.sqlite")
    assert households(bench) == 1


def test_an_encrypted_backup_is_restored_where_the_office_is_unlocked(bench: Workbench, folder: Path) -> None:
    protection.protect(bench, PASSWORD, quietly)
    made = bench.back_up()
    add_household(bench, "李四光")
    bench.close()
    restore_backup(folder, made.path, bench.clock())
    again = open_workbench(folder, clock=bench.clock)
    assert households(again) == 1
    assert is_encrypted(folder / "fupin.sqlite")
    again.close()


def test_a_recovery_code_is_read_as_it_is_copied_by_hand() -> None:
    key = key_slots.new_key()
    slot = key_slots.wrap(SlotKind.RECOVERY, "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV", key)
    assert key_slots.unwrap(slot, "o123 4567 89ab cdef ghjk mnpq rstv") == key
    assert key_slots.unwrap(slot, "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTW") is None


def test_no_two_slots_of_one_secret_look_alike() -> None:
    key = key_slots.new_key()
    one, other = (key_slots.wrap(SlotKind.PASSWORD, PASSWORD, key) for _ in range(2))
    assert one.wrapped != other.wrapped
    assert key.hex() not in (one.wrapped, other.wrapped)


def test_a_password_is_proposed_once(bench: Workbench) -> None:
    assert not protection.take_proposal(bench)
    protection.propose(bench)
    assert protection.take_proposal(bench)
    assert not protection.take_proposal(bench)


def test_encrypted_data_are_moved_encrypted_and_opened_there(bench: Workbench, tmp_path: Path) -> None:
    protection.protect(bench, PASSWORD, quietly)
    there = moving.copy_data(bench, tmp_path / "新的地方", quietly)
    bench.close()
    assert is_encrypted(there / "fupin.sqlite")
    protection.lock(there)
    protection.unlock(there, PASSWORD)
    moved = open_workbench(there, clock=bench.clock)
    assert households(moved) == 1
    moved.close()
    protection.lock(there)


def test_what_is_rescued_of_encrypted_data_is_encrypted(bench: Workbench, tmp_path: Path) -> None:
    protection.protect(bench, PASSWORD, quietly)
    bench.store.rescue(tmp_path / "抢救.sqlite")
    assert is_encrypted(tmp_path / "抢救.sqlite")


def test_a_lost_file_comes_back_from_an_encrypted_backup_by_its_own_keys(bench: Workbench, folder: Path) -> None:
    protection.protect(bench, PASSWORD, quietly)
    made = bench.back_up()
    bench.close()
    protection.lock(folder)
    for lost in (*folder.glob("fupin.sqlite*"), folder / KEYS_FILE):
        lost.unlink()
    with pytest.raises(DataLocked, match="有密码"):
        restore_backup(folder, made.path, bench.clock())
    assert protection.awaits_password(folder, made.path)
    protection.unlock(folder, PASSWORD)
    assert not protection.awaits_password(folder, made.path)
    restore_backup(folder, made.path, bench.clock())
    again = open_workbench(folder, clock=bench.clock)
    assert households(again) == 1
    again.close()


def test_a_killed_process_s_log_without_its_index_is_read_of_an_encrypted_file(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    """As after a power cut: the index was in memory alone."""
    protection.protect(bench, PASSWORD, quietly)
    add_household(bench, "李四")
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("fupin.sqlite", "fupin.sqlite-wal", KEYS_FILE):
        (copy / name).write_bytes((folder / name).read_bytes())
    protection.unlock(copy, PASSWORD)
    other = open_workbench(copy, clock=bench.clock)
    assert households(other) == 2
    other.close()
    protection.lock(copy)


@pytest.mark.parametrize("now_plain", [True, False])
def test_a_backup_of_another_password_or_of_none_is_gone_back_to(bench: Workbench, tmp_path: Path, now_plain: bool) -> None:
    """One from a stick that was not there when the password was set, taken off or set anew."""
    if now_plain:
        protection.protect(bench, PASSWORD, quietly)
    stick = shutil.copy(bench.back_up().path, tmp_path)
    if now_plain:
        protection.unprotect(bench, PASSWORD, quietly)
    else:
        protection.protect(bench, PASSWORD, quietly)
    add_household(bench, "李四")
    backup, key = backups.backup_from(Path(stick)), None
    if now_plain:
        with pytest.raises(DataLocked, match="有密码"):
            backups.look(bench, backup)
        with pytest.raises(WrongPassword):
            protection.key_of_backup(backup.path, "不是这个密码-1")
        key = protection.key_of_backup(backup.path, PASSWORD)
    assert backups.look(bench, backup, key).lost_count == 2
    backups.go_back(bench, backup, key)
    assert households(bench) == 1
    assert is_encrypted(bench.store.path) is not now_plain
    again = reopened(bench)
    assert households(again) == 1
    again.close()


def test_a_backup_of_a_former_password_is_not_taken_for_a_damaged_one(bench: Workbench, tmp_path: Path) -> None:
    protection.protect(bench, PASSWORD, quietly)
    stick = shutil.copy(bench.back_up().path, tmp_path)
    protection.unprotect(bench, PASSWORD, quietly)
    protection.protect(bench, "另一个密码-2026", quietly)
    backup = backups.backup_from(Path(stick))
    with pytest.raises(DataLocked):
        backups.look(bench, backup)
    backups.go_back(bench, backup, protection.key_of_backup(backup.path, PASSWORD))
    assert households(bench) == 1


@pytest.mark.parametrize(("words", "kind"), [("database or disk is full", DiskFull), ("disk I/O error", PlaceGone)])
def test_what_stops_a_copy_of_an_encrypted_file_is_told_though_its_driver_gives_no_code(words: str, kind: type[Situation]) -> None:
    found = situation_of(cipher().OperationalError(words))
    assert isinstance(found, kind)
    assert situation_of(cipher().OperationalError("no such table: x")) is None


# ---- wrong passwords ----
def wrong(folder: Path, at: datetime, *, recovery: bool = False) -> None:
    with pytest.raises(WrongPassword):
        protection.unlock(folder, "不是这个密码-1", recovery=recovery, at=at)


def test_wrong_passwords_are_kept_beside_and_logged_at_the_next_opening(bench: Workbench, folder: Path) -> None:
    protection.protect(bench, PASSWORD, quietly)
    bench.close()
    protection.lock(folder)
    assert failed_openings.take(bench) == []
    first = bench.clock() + timedelta(days=1)
    for minutes in (0, 7, 14):
        wrong(folder, first + timedelta(minutes=minutes))
    with (folder / failed_openings.FILE).open("a", encoding="utf-8") as file:
        file.write("[1, 2, 3]\n{\nnonsense\n")
    assert PASSWORD not in (folder / failed_openings.FILE).read_text(encoding="utf-8")
    protection.unlock(folder, PASSWORD)
    again = open_workbench(folder, clock=lambda: first + timedelta(hours=1))
    found = failed_openings.take(again)
    assert [one.at.minute for one in found] == [first.minute, first.minute + 7, first.minute + 14]
    assert "有 3 次密码不对，最近一次" in failed_openings.warning(found, again.clock())
    told = change_log.rows(again, change_log.find(again, Wanted()))[0]
    assert (told.who, told.title[:14]) == ("不明", "打开数据时 3 次密码不对：")
    assert f"{first:%Y-%m-%d %H:%M}" in told.title
    assert not (folder / failed_openings.FILE).exists()
    assert failed_openings.take(again) == []
    with pytest.raises(WrongPassword):
        protection.change_password(again, "不是这个密码-1", "另一个密码-2026")
    told = change_log.rows(again, change_log.find(again, Wanted()))[0]
    assert (told.who, told.title) == (again.clerk, "修改密码：密码不对")
    with closing(again.store.looking()) as connection:
        assert not list(chain.Check(connection).faults())
    again.close()


def test_own_slips_are_logged_and_not_made_much_of(bench: Workbench, folder: Path) -> None:
    protection.protect(bench, PASSWORD, quietly)
    now = bench.clock()
    wrong(folder, now, recovery=True)
    found = failed_openings.noted(folder)
    assert failed_openings.title(found).startswith("打开数据时 1 次恢复码不对")
    assert failed_openings.warning(found, now + timedelta(seconds=30)) == ""
    assert failed_openings.warning(found, now + timedelta(minutes=3))
    for _ in range(8):
        failed_openings.note(folder, now, recovery=False)
    found = failed_openings.noted(folder)
    assert "9 次密码不对" in failed_openings.warning(found, now)
    assert failed_openings.title(found).count("、") == 5
    (folder / failed_openings.FILE).write_bytes(b"x" * (1 << 16))
    failed_openings.note(folder, now, recovery=False)
    assert (folder / failed_openings.FILE).stat().st_size == 1 << 16
    assert failed_openings.noted(folder) == []
