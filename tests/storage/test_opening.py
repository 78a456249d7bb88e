"""Opening: fresh, held elsewhere, newer, older, damaged, killed."""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from fupin_desktop.errors import DataFileBusy, DataFileDamaged, DataFileNewer, FileMissing
from fupin_desktop.storage import backup_files, migrations, opening
from fupin_desktop.storage.lock import LOCK_NAME, FolderLock
from fupin_desktop.storage.restore import restore, restore_into
from fupin_desktop.storage.store import BACKUP_FOLDER, DATA_FILE, Store, open_store
from tests.storage.office_file import NOW, add_household, add_village, names

STORED = Path(__file__).parent.parent / "cases" / "data_files"
PYTHON = (sys.executable, "-c")
HOLD = """
import sys, time
from datetime import datetime
from pathlib import Path
from fupin_desktop.storage.store import open_store
store = open_store(Path(sys.argv[1]), now=datetime(2026, 1, 5))
print("open", flush=True)
time.sleep(60)
"""
KILLED = """
import sys, time
from pathlib import Path
from fupin_desktop.storage.entities import Household
from fupin_desktop.storage.store import open_store
from tests.storage.office_file import NOW, add_household, add_village, writing
store = open_store(Path(sys.argv[1]), now=NOW)
village = add_village(store)
add_household(store, village, "已保存")
with writing(store) as unit:
    unit.insert_many(Household, [(village, f"没保存{n}") for n in range(20000)], ("village_key", "head_name"))
    print("half", flush=True)
    time.sleep(60)
"""


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run_until(code: str, folder: Path, word: str) -> subprocess.Popen[str]:
    process = subprocess.Popen([*PYTHON, code, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == word
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()  # on Windows too nothing of the process goes on
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def test_a_fresh_folder_is_made_and_stamped(folder: Path) -> None:
    open_store(folder, now=NOW).close()
    with closing(sqlite3.connect(folder / DATA_FILE)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(migrations.HEAD,)]
    assert not (folder / BACKUP_FOLDER).exists()


def test_a_start_killed_before_the_first_commit_leaves_a_file_that_opens(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / DATA_FILE)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    store = open_store(folder, now=NOW)
    add_household(store, add_village(store), "李亚保")
    assert names(store) == ["李亚保"]
    store.close()


def test_a_second_opening_in_this_process_is_refused(store: Store, folder: Path) -> None:
    with pytest.raises(DataFileBusy):
        open_store(folder, now=NOW)
    assert names(store) == []


def test_the_lock_of_another_process_holds_and_goes_when_it_is_killed(folder: Path) -> None:
    process = run_until(HOLD, folder, "open")
    with pytest.raises(DataFileBusy):
        open_store(folder, now=NOW)
    kill(process)
    assert (folder / LOCK_NAME).exists()
    open_store(folder, now=NOW).close()


def test_a_killed_import_keeps_what_was_committed_and_nothing_else(folder: Path) -> None:
    kill(run_until(KILLED, folder, "half"))
    store = open_store(folder, now=NOW)
    assert names(store) == ["已保存"]
    add_household(store, add_village(store, "那罗村"), "之后")
    assert names(store) == ["之后", "已保存"]
    store.close()


def test_a_write_ahead_log_without_its_index_is_read(store: Store, folder: Path, tmp_path: Path) -> None:
    add_household(store, add_village(store), "张三")
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in (DATA_FILE, f"{DATA_FILE}-wal"):
        (copy / name).write_bytes((folder / name).read_bytes())
    other = open_store(copy, now=NOW)
    assert names(other) == ["张三"]
    other.close()


def test_the_lock_is_free_again_after_a_failed_opening(folder: Path) -> None:
    folder.mkdir()
    (folder / DATA_FILE).write_bytes(b"this is no database, but it is long enough to be read as one" * 50)
    with pytest.raises(DataFileDamaged):
        open_store(folder, now=NOW)
    lock = FolderLock(folder)
    lock.acquire()
    lock.release()


def test_a_newer_file_is_refused_in_plain_words_and_stays_untouched(store: Store, folder: Path) -> None:
    add_village(store)
    store.close()
    path = folder / DATA_FILE
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = digest(path)
    with pytest.raises(DataFileNewer) as caught:
        open_store(folder, now=NOW)
    assert "更新版本" in caught.value.happened
    assert "新版程序" in caught.value.todo
    assert digest(path) == before
    assert not (folder / BACKUP_FOLDER).exists()


def test_a_damaged_file_is_found_at_opening_and_stays_untouched(store: Store, folder: Path) -> None:
    village = add_village(store)
    for place in range(40):
        add_household(store, village, f"户{place}", note="字" * 400)
    store.close()
    path = folder / DATA_FILE
    content = bytearray(path.read_bytes())
    for start in range(4096 * 8, len(content), 4096):
        content[start : start + 200] = b"\xff" * 200
    path.write_bytes(content)
    before = digest(path)
    with pytest.raises(DataFileDamaged) as caught:
        open_store(folder, now=NOW)
    assert "备份" in caught.value.todo
    assert digest(path) == before


class TestLargeFiles:
    """Every page is looked at once the window is up; before that, whether the file is as long as it says."""

    @pytest.fixture(autouse=True)
    def large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(opening, "CHECKED_LATER", 4096 * 20)

    @pytest.fixture
    def path(self, store: Store, folder: Path) -> Path:
        village = add_village(store)
        for place in range(40):
            add_household(store, village, f"户{place}", note="字" * 400)
        store.close()
        return folder / DATA_FILE

    def test_a_sound_one_waits_for_its_check(self, path: Path) -> None:
        again = open_store(path.parent, now=NOW)
        assert again.unchecked
        again.close()

    def test_a_small_one_is_checked_already(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(opening, "CHECKED_LATER", path.stat().st_size + 1)
        again = open_store(path.parent, now=NOW)
        assert not again.unchecked
        again.close()

    @pytest.mark.parametrize("lost", [1, 4096, 4096 * 9])
    def test_a_copy_that_broke_off_is_found_at_opening(self, path: Path, lost: int) -> None:
        os.truncate(path, path.stat().st_size - lost)
        before = digest(path)
        with pytest.raises(DataFileDamaged):
            open_store(path.parent, now=NOW)
        assert digest(path) == before

    def test_what_still_waits_in_the_log_counts_with_the_file(self, store: Store, folder: Path, tmp_path: Path) -> None:
        with closing(sqlite3.connect(store.path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        village = add_village(store)
        for place in range(40):
            add_household(store, village, f"户{place}", note="字" * 400)
        copy = tmp_path / "copy"
        copy.mkdir()
        for name in (DATA_FILE, f"{DATA_FILE}-wal"):
            (copy / name).write_bytes((folder / name).read_bytes())
        other = open_store(copy, now=NOW)
        assert len(names(other)) == 40
        other.close()

    def test_an_older_one_is_checked_before_it_is_upgraded(self, path: Path) -> None:
        content = bytearray(path.read_bytes())
        for start in range(len(content) - 4096 * 5, len(content), 4096):
            content[start : start + 200] = b"\xff" * 200
        path.write_bytes(content)
        open_store(path.parent, now=NOW).close()  # the damage is found afterwards, see services.data_safety
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '0002'")
        with pytest.raises(DataFileDamaged):
            open_store(path.parent, now=NOW)


def test_another_program_s_database_is_refused(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / DATA_FILE)) as connection, connection:
        connection.execute("CREATE TABLE notes (body)")
    with pytest.raises(DataFileDamaged, match="不是本程序"):
        open_store(folder, now=NOW)


def test_opening_an_up_to_date_file_loads_neither_alembic_nor_sqlalchemy(store: Store, folder: Path) -> None:
    store.close()
    code = (
        "import sys; from pathlib import Path; from datetime import datetime; "
        "from fupin_desktop.storage.store import open_store; "
        "open_store(Path(sys.argv[1]), now=datetime(2026, 1, 5)).close(); "
        "print([name for name in ('alembic', 'sqlalchemy', 'pypinyin') if name in sys.modules])"
    )
    done = subprocess.run([*PYTHON, code, str(folder)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


class TestOlderFile:
    """An upgrade backs up first and is all or nothing; a version before the first stands for an older one."""

    @pytest.fixture
    def older(self, store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A file that the program takes for one of version 0000, as if 0001 were still to come."""
        add_household(store, add_village(store), "张三")
        store.close()
        monkeypatch.setattr(migrations, "KNOWN", ("0000", *migrations.KNOWN))
        with closing(sqlite3.connect(folder / DATA_FILE)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '0000'")
        return folder

    def test_it_is_backed_up_before_its_upgrade(self, older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[int] = []
        monkeypatch.setattr(migrations, "upgrade", lambda _path: seen.append(len(backup_files.listed(older / BACKUP_FOLDER))))
        store = open_store(older, now=NOW)
        assert seen == [1]
        assert names(store) == ["张三"]
        (backup,) = backup_files.listed(store.backup_folder)
        assert backup.reason is backup_files.Reason.UPGRADE
        store.close()

    def test_a_failed_backup_keeps_it_from_being_upgraded(self, older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (older / BACKUP_FOLDER).write_text("a file in the way", encoding="utf-8")
        monkeypatch.setattr(migrations, "upgrade", lambda _path: pytest.fail("upgraded without a backup"))
        before = digest(older / DATA_FILE)
        with pytest.raises(Exception, match="备份"):
            open_store(older, now=NOW)
        assert digest(older / DATA_FILE) == before

    def test_a_failed_upgrade_leaves_the_file_as_it_was(self, older: Path) -> None:
        with pytest.raises(Exception, match="0000"):
            open_store(older, now=NOW)
        with closing(sqlite3.connect(older / DATA_FILE)) as connection:
            assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0000",)]
            assert connection.execute("SELECT head_name FROM households").fetchall() == [("张三",)]


class TestRestore:
    """A backup takes the place of a damaged file, which is kept aside."""

    def test_a_damaged_file_is_replaced_and_kept(self, store: Store, folder: Path) -> None:
        add_household(store, add_village(store), "张三")
        backup = backup_files.write_backup(store.path, store.backup_folder, NOW, backup_files.Reason.MANUAL)
        store.close()
        store.path.write_bytes(b"broken" * 1000)
        aside = restore(folder, backup.path, NOW)
        assert aside is not None
        assert aside.read_bytes().startswith(b"broken")
        again = open_store(folder, now=NOW)
        assert names(again) == ["张三"]
        again.close()

    def test_what_was_written_since_the_backup_goes_with_the_file_set_aside(self, store: Store, folder: Path) -> None:
        village = add_village(store)
        backup = backup_files.write_backup(store.path, store.backup_folder, NOW, backup_files.Reason.MANUAL)
        add_household(store, village, "后来")
        store.close()
        restore(folder, backup.path, NOW)
        again = open_store(folder, now=NOW)
        assert names(again) == []
        again.close()

    def test_a_damaged_backup_changes_nothing(self, store: Store, folder: Path, tmp_path: Path) -> None:
        add_village(store)
        store.close()
        before = digest(store.path)
        bad = tmp_path / "bad.sqlite"
        bad.write_bytes(b"broken" * 1000)
        with pytest.raises(DataFileDamaged):
            restore(folder, bad, NOW)
        with pytest.raises(FileMissing):
            restore(folder, tmp_path / "none.sqlite", NOW)
        assert digest(store.path) == before
        assert [path.name for path in folder.glob("*.part")] == []

    @pytest.mark.parametrize("gone", [True, False])
    def test_where_backups_tell_of_data_no_empty_office_is_opened(self, store: Store, folder: Path, gone: bool) -> None:
        """As after a stick's fault, or a restore killed between its two renames."""
        backup_files.write_backup(store.path, store.backup_folder, NOW, backup_files.Reason.DAILY)
        store.close()
        store.path.unlink()
        if not gone:
            store.path.touch()
        with pytest.raises(DataFileDamaged, match="备份"):
            open_store(folder, now=NOW)
        assert store.path.exists() is not gone

    def test_the_open_file_goes_back_to_a_backup_and_forward_again(self, store: Store) -> None:
        village = add_village(store)
        add_household(store, village, "先")
        early = backup_files.write_backup(store.path, store.backup_folder, NOW, backup_files.Reason.MANUAL)
        add_household(store, village, "后")
        late = backup_files.write_backup(store.path, store.backup_folder, NOW, backup_files.Reason.RESTORE)
        revision = store.revision
        restore_into(store, early.path, NOW, "李")
        assert names(store) == ["先"]
        assert store.revision > revision
        last = "SELECT number, title, who FROM change_sets ORDER BY number DESC LIMIT 1"
        assert store.glance(last) == [(late.number + 1, f"恢复备份 {early.at:%Y-%m-%d %H:%M}", "李")]
        named = late.path.rename(late.path.with_name("移机前.zip"))
        restore_into(store, named, NOW, "李")
        assert sorted(names(store)) == ["先", "后"]
        assert store.glance(last)[0][1] == "恢复备份 “移机前.zip”"
        assert store.glance(last)[0][0] == late.number + 2
        add_household(store, village, "新")
        assert sorted(names(store)) == ["先", "后", "新"]

    def test_a_damaged_backup_leaves_the_open_file_as_it_was(self, store: Store, tmp_path: Path) -> None:
        add_household(store, add_village(store), "张三")
        bad = tmp_path / "fupin_2026-01-05_103205_daily_9.zip"
        bad.write_bytes(b"PK\x03\x04 broken")
        with pytest.raises(DataFileDamaged):
            restore_into(store, bad, NOW, "")
        assert names(store) == ["张三"]
        assert list(store.path.parent.glob("*.part*")) == []

    def test_a_backup_of_an_older_version_is_brought_up_to_date(self, store: Store) -> None:
        restore_into(store, STORED / "v0002.sqlite", NOW, "")
        assert store.glance("SELECT version_num FROM alembic_version") == [(migrations.HEAD,)]
        assert store.glance("SELECT name FROM villages") == [("低岭村",)]

    def test_left_overs_are_cleared_and_few_replaced_files_kept(self, store: Store, folder: Path) -> None:
        store.close()
        store.backup_folder.mkdir()
        for day in range(1, 7):
            (store.backup_folder / f"replaced_2026-01-0{day}_000000.sqlite").write_text("x", encoding="utf-8")
        for left_over in (folder / "fupin_look.part", folder / "fupin.part", store.backup_folder / "fupin_copy.part"):
            left_over.write_text("x", encoding="utf-8")
        open_store(folder, now=NOW).close()
        assert sorted(path.name[:19] for path in store.backup_folder.iterdir()) == [
            f"replaced_2026-01-0{day}" for day in (4, 5, 6)
        ]
        assert list(folder.glob("*.part")) == []

    def test_an_open_folder_is_refused(self, store: Store, folder: Path, tmp_path: Path) -> None:
        backup = backup_files.write_backup(store.path, store.backup_folder, NOW, backup_files.Reason.MANUAL)
        with pytest.raises(DataFileBusy):
            restore(folder, backup.path, NOW)


def test_upgrading_sets_up_no_logging(folder: Path) -> None:
    folder.mkdir()
    root = list(logging.getLogger().handlers)
    migrations.upgrade(folder / DATA_FILE)
    assert logging.getLogger().handlers == root
    assert opening.inspect_file(folder / DATA_FILE) is opening.FileState.CURRENT


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files")
def test_folder_and_files_are_their_owner_s_alone(store: Store, folder: Path, tmp_path: Path) -> None:
    """Also those that an earlier version, or a copy by hand, left readable to every user of the PC."""
    add_village(store)
    backup = backup_files.write_backup(store.path, store.backup_folder, NOW, backup_files.Reason.MANUAL)
    stick = tmp_path / "stick"
    stick.mkdir()
    backup_files.copy_beside(backup, stick)
    store.close()
    restore(folder, backup.path, NOW)
    open_store(folder, now=NOW).close()
    places = [folder, store.backup_folder, *folder.rglob("*"), *stick.iterdir()]
    assert {place.name: place.stat().st_mode & 0o077 for place in places} == dict.fromkeys((one.name for one in places), 0)
    store.path.chmod(0o644)
    store.backup_folder.chmod(0o755)
    open_store(folder, now=NOW).close()
    assert (store.path.stat().st_mode | store.backup_folder.stat().st_mode) & 0o077 == 0
