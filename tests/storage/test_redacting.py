"""A person's data go from the records and from the log, and the chain still tells whatever else was altered."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.storage import chain, changes, redacting, replay
from fupin_desktop.storage.entities import Household
from fupin_desktop.storage.store import Store
from tests.storage.office_file import NOW, WHO, add_household, add_village, writing
from tests.storage.test_chain import faults, tamper


@pytest.fixture
def emptied(store: Store) -> Store:
    village = add_village(store)
    key = add_household(store, village, "张三丰", phone="13800138000")
    other = add_household(store, village, "李四", phone="13900139000")
    with writing(store, "修改“张三丰”的电话等 2 户") as unit:
        unit.update_many(Household, [{"key": one, "phone": "13811118888"} for one in (key, other)])
    with writing(store, "删除个人资料") as unit:
        values = {"head_name": "已删除1", "search_key": "已删除1", "head_sort": "已删除1", "phone": ""}
        assert redacting.forget(unit, {"households": {key: values}}, {"张三丰": "已删除1"}) == 2
    return store


def test_nothing_of_them_is_left_in_the_file(emptied: Store) -> None:
    with closing(sqlite3.connect(emptied.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        dump = "\n".join(connection.iterdump())
    assert "张三丰" not in dump
    assert "13800138000" not in dump
    assert "李四" in dump
    assert dump.count("13811118888") == 2  # the other household's own, in its record and in the log
    assert faults(emptied.path) == []
    with closing(sqlite3.connect(emptied.path)) as connection:
        assert replay.replay(connection, "households")[3:] == (0, (), 0, 0)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE change_sets SET title = '别的' WHERE number = 2",
        "UPDATE change_entries SET body = replace(body, '已删除1', '谁') WHERE entity = 'households'",
        "DELETE FROM change_entries WHERE set_key = (SELECT key FROM change_sets WHERE number = 4)",
        "UPDATE change_entries SET body = '[]' WHERE entity = 'change_entries'",
    ],
)
def test_whatever_is_altered_afterwards_is_found(emptied: Store, sql: str) -> None:
    tamper(emptied.path, sql)
    assert faults(emptied.path)


def test_it_cannot_be_undone_nor_what_was_before(emptied: Store) -> None:
    with emptied.session() as session:
        operations = changes.latest(session.connection(), 9)
    assert [one.can_undo for one in operations] == [False, False, True, False, True]
    with pytest.raises(NotAllowed):
        changes.undo(emptied, WHO, NOW, operations[0].key)
    assert chain.REDACTED == "change_entries"


@pytest.mark.parametrize("names", [("张三", "张三丰"), ("张三丰", "张三")])
def test_a_name_within_a_longer_one_leaves_nothing_of_it(store: Store, names: tuple[str, str]) -> None:
    village = add_village(store)
    keys = {name: add_household(store, village, name) for name in names}
    with writing(store, "合并“张三”和“张三丰”") as unit:
        unit.update_many(Household, [{"key": key, "phone": "13800138000"} for key in keys.values()])
    others = {name: f"已删除{at}" for at, name in enumerate(sorted(names), 1)}
    with writing(store, "删除个人资料") as unit:
        values = {key: {"head_name": others[name], "phone": ""} for name, key in keys.items()}
        redacting.forget(unit, {"households": values}, {name: others[name] for name in names})
    with store.session() as session:
        titles = [one.title for one in changes.latest(session.connection(), 9)]
    assert "合并“已删除1”和“已删除2”" in titles
    assert faults(store.path) == []
