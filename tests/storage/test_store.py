"""One write is one transaction with its log; reading never writes; SQLite's troubles become situations."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, func, select, update

from fupin_desktop.errors import DiskFull
from fupin_desktop.storage import changes, engine
from fupin_desktop.storage.entities import ChangeEntry, ChangeSet, Household, Participation, Setting, Village
from fupin_desktop.storage.store import Store, open_store
from tests.conftest import PRAGMAS
from tests.storage.office_file import NOW, WHO, add_household, add_village, names, writing


def count(store: Store, entity: type) -> int:
    with store.session() as session:
        return session.scalar(select(func.count()).select_from(entity)) or 0


def test_pragmas_of_every_connection(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_PRAGMAS", PRAGMAS)
    with closing(open_store(folder, now=NOW)) as store, store.session() as session:
        found = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "synchronous", "journal_mode")
        }
    assert found == {"foreign_keys": 1, "synchronous": 2, "journal_mode": "wal"}


def test_a_write_is_kept_with_its_log(store: Store, folder: Path) -> None:
    add_household(store, add_village(store), "张三")
    store.close()
    again = open_store(folder, now=NOW)
    assert names(again) == ["张三"]
    with again.session() as session:
        last = session.scalars(select(ChangeSet).order_by(ChangeSet.number.desc())).first()
    assert last is not None
    assert (last.title, last.who, last.at, last.operation) == ("新增张三", WHO, NOW, "tests.write")
    again.close()


def test_an_error_takes_data_and_log_back(store: Store) -> None:
    village = add_village(store)
    sets, entries = count(store, ChangeSet), count(store, ChangeEntry)
    with pytest.raises(ZeroDivisionError), writing(store) as unit:  # noqa: PT012 - the write fails as a whole
        unit.session.add(Household(village_key=village, head_name="张三"))
        unit.insert_many(Household, [{"village_key": village, "head_name": "李四"}])
        unit.session.flush()
        raise ZeroDivisionError
    assert names(store) == []
    assert (count(store, ChangeSet), count(store, ChangeEntry)) == (sets, entries)


def test_a_log_that_cannot_be_written_takes_the_data_back(store: Store) -> None:
    village = add_village(store)
    with store.engine.execution_options(fupin_writing=True).begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER no_log BEFORE INSERT ON change_entries BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    with pytest.raises(Exception, match="no"):
        add_household(store, village, "张三")
    assert names(store) == []


def test_a_write_that_changes_nothing_leaves_no_log(store: Store) -> None:
    village = add_village(store)
    sets = count(store, ChangeSet)
    with writing(store) as unit:
        record = unit.session.get(Village, village)
        assert record is not None
        record.name = "低岭村"
        record.note = "x"
        record.note = ""
        assert unit.update_many(Village, [{"key": village, "name": "低岭村"}]) == []
    assert count(store, ChangeSet) == sets
    assert unit.set_key == ""


def test_what_was_read_ahead_holds_until_a_write(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    known, other = "SELECT count(*) FROM villages", "SELECT count(*) FROM households"
    store.look_ahead([(known, ())])
    opened: list[int] = []
    looking = store.looking

    def counted() -> sqlite3.Connection:
        opened.append(1)
        return looking()

    monkeypatch.setattr(store, "looking", counted)
    assert store.glance(known) == [(0,)]
    assert opened == []
    assert store.glance(other) == [(0,)]
    assert opened == [1]
    add_village(store)
    assert store.glance(known) == [(1,)]
    store.look_ahead([(known, ())])
    store.end_connections()  # as locking the window does
    assert len(opened) == 3
    assert store.glance(known) == [(1,)]
    assert len(opened) == 4


def test_reading_sessions_refuse_changes(store: Store) -> None:
    village = add_village(store)
    with pytest.raises(RuntimeError), store.session() as session:  # noqa: PT012 - refused at the flush
        session.add(Household(village_key=village, head_name="张三"))
        session.flush()


def test_statements_that_would_bypass_the_log_are_refused(store: Store) -> None:
    add_village(store)
    with pytest.raises(RuntimeError, match="update_many"), writing(store) as unit:
        unit.session.execute(update(Village).values(name="别村"))
    with store.session() as session:
        assert session.scalars(select(Village.name)).all() == ["低岭村"]


def test_a_write_inside_a_write_is_a_bug(store: Store) -> None:
    with writing(store), pytest.raises(RuntimeError), writing(store):
        pass


def test_writers_of_several_threads_wait_for_each_other(store: Store) -> None:
    village = add_village(store)
    workers = [threading.Thread(target=add_household, args=(store, village, f"户{place}")) for place in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert names(store) == sorted(f"户{place}" for place in range(6))
    with store.session() as session:
        numbers = session.scalars(select(ChangeSet.number).order_by(ChangeSet.number)).all()
    assert numbers == list(range(1, 8))


def test_foreign_keys_hold(store: Store) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"), writing(store) as unit:
        unit.insert_many(Household, [{"village_key": "0" * 32, "head_name": "张三"}])


def test_a_full_disk_is_a_situation_and_nothing_is_half_written(store: Store) -> None:
    village = add_village(store)

    def no_room(connection: object, *_rest: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")  # type: ignore[attr-defined]

    event.listen(store.engine, "checkout", no_room)
    rows = [{"village_key": village, "head_name": f"户{place}", "note": "字" * 500} for place in range(500)]
    with pytest.raises(DiskFull) as caught, writing(store) as unit:
        unit.insert_many(Household, rows)
    assert "磁盘空间不够" in str(caught.value)
    assert names(store) == []
    event.remove(store.engine, "checkout", no_room)
    store.engine.dispose()
    add_household(store, village, "张三")
    assert names(store) == ["张三"]


def test_changed_tells_the_households_of_items_and_years(store: Store) -> None:
    village = add_village(store)
    household = add_household(store, village, "张三")
    with writing(store) as unit:
        (year,) = unit.insert_many(Participation, [{"household_key": household, "year": 2026}])
    assert unit.changed == (year, household)
    with writing(store) as unit:
        record = unit.session.get(Participation, year)
        assert record is not None
        record.kind = "base"
    assert unit.changed == (year, household)
    assert unit.nouns == {"households"}
    with writing(store) as unit:
        unit.delete_many(Participation, [year])
    assert unit.changed == (year, household)


def test_settings_are_logged_and_can_be_taken_back(store: Store) -> None:
    for days in ({"2026-01-01": False}, {"2026-01-02": True}):
        with store.write("settings.set", "修改放假和调休", WHO, NOW, undoable=False) as unit:
            unit.session.merge(Setting(name="calendar.days", value=days))
    assert count(store, ChangeSet) == 2
    with store.session() as session:
        last, first = changes.latest(session.connection(), 2)
        assert changes.undoable(session.connection()) is None
    changes.undo(store, WHO, NOW, last.key)
    with store.session() as session:
        assert session.get(Setting, "calendar.days").value == {"2026-01-01": False}  # type: ignore[union-attr]
    changes.undo(store, WHO, NOW, first.key)
    with store.session() as session:
        assert session.get(Setting, "calendar.days") is None
    changes.redo(store, WHO, NOW, set_key=first.key)
    with store.session() as session:
        assert session.get(Setting, "calendar.days").value == {"2026-01-01": False}  # type: ignore[union-attr]


def test_bulk_and_objects_see_each_other(store: Store) -> None:
    village = add_village(store)
    with writing(store) as unit:
        held = Household(village_key=village, head_name="张三")
        unit.session.add(held)
        assert unit.update_many(Household, [(held.key or _key(unit, held), "李四")], ("head_name",))
        assert held.head_name == "李四"
        held.head_name = "王五"
        unit.session.flush()
        assert unit.delete_many(Household, [held.key]) == [held.key]
        assert held not in unit.session
    assert names(store) == []


def _key(unit: object, record: Household) -> str:
    unit.session.flush()  # type: ignore[attr-defined]
    return record.key


def test_an_updated_key_given_twice_takes_the_last_row(store: Store) -> None:
    household = add_household(store, add_village(store), "张三")
    with writing(store) as unit:
        assert unit.update_many(Household, [(household, "李四"), (household, "王五")], ("head_name",)) == [household]
        assert unit.update_many(Household, [("0" * 32, "无人")], ("head_name",)) == []
    assert names(store) == ["王五"]
