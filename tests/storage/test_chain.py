"""The chain of the log finds whatever was altered afterwards."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.storage import chain, changes, migrations
from fupin_desktop.storage.entities import Base, Household, Setting
from fupin_desktop.storage.restore import restore_into
from fupin_desktop.storage.store import Store
from fupin_desktop.storage.table_names import NAMES
from tests.storage.office_file import NOW, WHO, add_household, add_village, writing


def faults(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [fault.sentence for fault in chain.Check(connection).faults()]


def tamper(path: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql, values)
        connection.commit()


@pytest.fixture
def worked(store: Store) -> Store:
    village = add_village(store)
    key = add_household(store, village, "张三")
    with writing(store, "改名") as unit:
        unit.update_many(Household, [{"key": key, "head_name": "李四"}])
    changes.undo(store, WHO, NOW)
    changes.redo(store, WHO, NOW)
    with writing(store, "设置") as unit:
        unit.session.merge(Setting(name="x", value=[1]))
    return store


def test_a_log_that_nobody_touched_is_whole(worked: Store) -> None:
    with closing(sqlite3.connect(worked.path)) as connection:
        check = chain.Check(connection)
        assert list(check.faults()) == []
        assert (check.count, check.head) == (6, chain.last(connection))
        assert chain.head_of(connection, 6) == check.head
        assert chain.said(6, "0123456789abcdef" * 4) == "操作日志第 6 号 校验码 ABCD-EFGH-JKLM-NPQR"
        assert chain.agrees(check.head, chain.short(check.head).lower().replace("-", " "))
        assert not chain.agrees(check.head, "AAAA-AAAA-AAAA-AAAA")


@pytest.mark.parametrize(
    ("sql", "number"),
    [
        ("UPDATE change_entries SET body = replace(body, '李四', '王五') WHERE entity = 'households'", 3),
        ("UPDATE change_sets SET who = '别人' WHERE number = 2", 2),
        ("UPDATE change_sets SET at = '2025-01-05 10:32:05.000000' WHERE number = 4", 4),
        ("DELETE FROM change_entries WHERE entity = 'settings'", 6),
        ("UPDATE change_sets SET hash = NULL WHERE number = 3", 3),
        ("UPDATE change_entries SET digest = hex(zeroblob(32)) WHERE entity = 'settings'", 6),
    ],
)
def test_what_was_altered_is_named(worked: Store, sql: str, number: int) -> None:
    tamper(worked.path, sql)
    assert f"第 {number} 号操作" in faults(worked.path)[0]


def test_a_removed_operation_breaks_the_next_one(worked: Store) -> None:
    tamper(worked.path, "DELETE FROM change_entries WHERE set_key = (SELECT key FROM change_sets WHERE number = 4)")
    tamper(worked.path, "DELETE FROM change_sets WHERE number = 4")
    assert [text[:8] for text in faults(worked.path)] == ["第 5 号操作“"]


def test_restoring_a_backup_goes_on_with_the_chain(worked: Store) -> None:
    from fupin_desktop.storage import backup
    from fupin_desktop.storage.backup_files import Reason

    made = backup.backup_now(worked, NOW, Reason.MANUAL)
    with writing(worked, "后来") as unit:
        unit.session.merge(Setting(name="x", value=[2]))
    restore_into(worked, made.path, NOW, WHO)
    with writing(worked, "再后来") as unit:
        unit.session.merge(Setting(name="x", value=[3]))
    assert faults(worked.path) == []


def test_the_migration_links_what_is_there(worked: Store, tmp_path: Path) -> None:
    from fupin_desktop.storage.engine import make_engine

    older = tmp_path / "older.sqlite"
    migrations.upgrade(older, "0009")
    with closing(sqlite3.connect(worked.path)) as connection:
        sets = connection.execute("SELECT * FROM change_sets").fetchall()
        entries = connection.execute("SELECT * FROM change_entries").fetchall()
        head = chain.last(connection)
    with closing(sqlite3.connect(older)) as connection:
        connection.executemany(f"INSERT INTO change_sets VALUES ({', '.join('?' * 11)})", [row[:11] for row in sets])
        connection.executemany(f"INSERT INTO change_entries VALUES ({', '.join('?' * 9)})", [row[:9] for row in entries])
        connection.commit()
    migrations.upgrade(older)
    make_engine(older).dispose()
    with closing(sqlite3.connect(older)) as connection:
        assert (list(chain.Check(connection).faults()), chain.last(connection)) == ([], head)


def test_the_sentence_names_what_depends_on_an_operation(store: Store) -> None:
    village = add_village(store)
    key = add_household(store, village, "张三")
    with writing(store, "改名") as unit:
        unit.update_many(Household, [{"key": key, "head_name": "李四"}])
    with store.session() as session:
        _renamed, added, first = changes.latest(session.connection(), 3)
    with pytest.raises(NotAllowed, match=r"1 条农户后来又被修改或删除.*“改名”\(陈经办 2026-01-05 10:32\)"):
        changes.undo(store, WHO, NOW, added.key)
    with pytest.raises(NotAllowed, match="村资料后来已被 1 条农户引用"):
        changes.undo(store, WHO, NOW, first.key)


def test_every_table_has_a_name() -> None:
    assert set(Base.metadata.tables) <= set(NAMES)
