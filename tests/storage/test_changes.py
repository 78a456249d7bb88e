"""Undo, redo and history from the log alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from fupin_desktop.errors import NotAllowed
from fupin_desktop.storage import changes
from fupin_desktop.storage.entities import (
    Application,
    AwardResult,
    AwardRun,
    AwardScheme,
    Base,
    ChangeEntry,
    FarmItem,
    FundEntry,
    FundSource,
    Household,
    Participation,
    Person,
    Town,
    Village,
)
from fupin_desktop.storage.log import BATCH, Action
from fupin_desktop.storage.store import Store, open_store
from fupin_desktop.storage.unit import table_of
from tests.storage.office_file import NOW, WHO, add_fund, add_household, add_village, names, writing

DATA = (Village, Household, Person, Participation, FarmItem, AwardScheme, AwardRun, AwardResult, FundSource,
        FundEntry, Application)  # fmt: skip


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All data of the file but the log itself."""
    with store.session() as session:
        return {
            entity.__tablename__: sorted(tuple(row) for row in session.connection().execute(select(table_of(entity))))
            for entity in DATA
        }


def undo(store: Store) -> str | None:
    done = changes.undo(store, WHO, NOW)
    return done[0].title if done else None


def redo(store: Store) -> str | None:
    done = changes.redo(store, WHO, NOW)
    return done[0].title if done else None


def rename(store: Store, key: str, name: str) -> None:
    with writing(store, f"改名{name}") as unit:
        record = unit.session.get(Household, key)
        assert record is not None
        record.head_name = name


def test_undo_and_redo_go_through_the_states_and_back(store: Store) -> None:
    village = add_village(store)
    states = [everything(store)]
    key = add_household(store, village, "张三")
    states.append(everything(store))
    rename(store, key, "李四")
    states.append(everything(store))
    with writing(store, "删除") as unit:
        unit.delete_many(Household, [key])
    states.append(everything(store))
    for state in reversed(states[:-1]):
        assert undo(store)
        assert everything(store) == state
    for state in states[1:]:
        assert redo(store)
        assert everything(store) == state
    assert redo(store) is None


def test_nothing_to_undo_in_a_fresh_file(store: Store) -> None:
    assert undo(store) is None
    assert redo(store) is None


def test_a_new_change_closes_what_could_be_redone(store: Store) -> None:
    key = add_household(store, add_village(store), "张三")
    rename(store, key, "李四")
    assert undo(store) == "改名李四"
    rename(store, key, "王五")
    assert redo(store) is None
    assert undo(store) == "改名王五"
    assert names(store) == ["张三"]
    assert redo(store) == "改名王五"


def test_undo_lasts_over_a_restart(store: Store, folder: Path) -> None:
    add_household(store, add_village(store), "张三")
    store.close()
    again = open_store(folder, now=NOW)
    assert undo(again) == "新增张三"
    again.close()
    third = open_store(folder, now=NOW)
    assert redo(third) == "新增张三"
    assert names(third) == ["张三"]
    third.close()


def test_what_cannot_be_undone_is_passed_over(store: Store) -> None:
    village = add_village(store)
    with store.write("offices.setup", "登记单位", WHO, NOW, undoable=False) as unit:
        unit.update_many(Village, [(village, "登记")], ("note",))
    setup = unit.set_key
    with pytest.raises(NotAllowed, match="不能撤销"):
        changes.undo(store, WHO, NOW, setup)
    with store.session() as session:
        operation = changes.undoable(session.connection())
    assert operation is not None
    assert operation.title == "新增低岭村"


class TestChosenUndo:
    """Taking back one operation that is not the last."""

    @pytest.fixture
    def village(self, store: Store) -> str:
        return add_village(store)

    def imported(self, store: Store, village: str) -> tuple[str, list[str]]:
        with writing(store, "导入 农户.xlsx") as unit:
            keys = unit.insert_many(Household, [(village, name) for name in ("张三", "李四")], ("village_key", "head_name"))
        return unit.set_key, keys

    def test_it_works_while_its_records_are_as_it_left_them(self, store: Store, village: str) -> None:
        key, _households = self.imported(store, village)
        add_household(store, village, "后来")
        assert changes.undo(store, WHO, NOW, key)
        assert names(store) == ["后来"]
        with pytest.raises(NotAllowed, match="已经撤销"):
            changes.undo(store, WHO, NOW, key)
        assert redo(store) == "导入 农户.xlsx"
        assert names(store) == ["后来", "张三", "李四"]

    def test_it_is_refused_where_a_record_was_changed_since(self, store: Store, village: str) -> None:
        key, households = self.imported(store, village)
        rename(store, households[0], "张三丰")
        before = everything(store)
        with pytest.raises(NotAllowed, match="有 1 条农户"):
            changes.undo(store, WHO, NOW, key)
        assert everything(store) == before
        assert undo(store) == "改名张三丰"
        assert changes.undo(store, WHO, NOW, key)

    def test_it_is_refused_where_a_record_is_gone(self, store: Store, village: str) -> None:
        key, households = self.imported(store, village)
        with writing(store, "删除") as unit:
            unit.delete_many(Household, households[:1])
        with pytest.raises(NotAllowed):
            changes.undo(store, WHO, NOW, key)

    def test_it_is_refused_where_something_refers_to_a_record(self, store: Store, village: str) -> None:
        key, households = self.imported(store, village)
        with writing(store, "新增项目") as unit:
            unit.session.add(FarmItem(household_key=households[0], year=2026, product="水稻"))
        with pytest.raises(NotAllowed, match="引用"):
            changes.undo(store, WHO, NOW, key)
        assert names(store) == ["张三", "李四"]

    def test_a_log_of_columns_that_are_no_more_is_refused(self, store: Store, village: str) -> None:
        key, _households = self.imported(store, village)
        with store.engine.execution_options(fupin_writing=True).begin() as connection:
            connection.execute(
                table_of(ChangeEntry).update().where(ChangeEntry.set_key == key).values(columns='["key", "gone", "x"]')
            )
        with pytest.raises(NotAllowed, match="旧版本"):
            changes.undo(store, WHO, NOW, key)


def test_parents_and_children_come_and_go_in_the_right_order(store: Store) -> None:
    village = add_village(store)
    with writing(store, "一户") as unit:
        household = Household(village_key=village, head_name="张三")
        unit.session.add(household)
        unit.session.flush()
        unit.session.add(Person(household_key=household.key, name="小明"))
    state = everything(store)
    assert undo(store) == "一户"
    assert names(store) == []
    assert redo(store) == "一户"
    assert everything(store) == state
    with writing(store, "删一户") as unit:
        for entity in (Person, Household):
            unit.session.delete(unit.session.scalars(select(entity)).one())
            unit.session.flush()
    assert undo(store) == "删一户"
    assert everything(store) == state


def test_documents_dates_and_times_come_back_exact(store: Store) -> None:
    from datetime import date
    from decimal import Decimal

    with writing(store, "方案") as unit:
        scheme = AwardScheme(place="低岭村", year=2026, name="方案", body={"rate": Decimal("320.10"), "list": [1, "二"]})
        paper = Application(form_id="x", form_sha="0" * 64, place="低岭村", begun_on=date(2026, 1, 3))
        fund = FundSource(name="捐款")
        unit.session.add_all([scheme, paper, fund])
        unit.session.flush()
        unit.session.add(FundEntry(source_key=fund.key, amount_fen=10**14, dated=date(2026, 1, 3), at=NOW))
        unit.insert_many(AwardRun, [{"scheme_key": scheme.key, "at": NOW, "scheme": {"on": date(2026, 1, 1)}}])
    state = everything(store)
    assert state["award_runs"][0][-4:] == ({"on": date(2026, 1, 1)}, None, None, None)
    with writing(store, "改") as unit:
        record = unit.session.get(AwardScheme, scheme.key)
        assert record is not None
        record.body = {"rate": Decimal("300")}
        unit.session.scalars(select(Application)).one().begun_on = None
    assert undo(store) == "改"
    assert everything(store) == state
    assert undo(store) == "方案"
    assert redo(store) == "方案"
    assert everything(store) == state


def test_a_frozen_record_is_logged_by_its_key_and_still_comes_back(store: Store) -> None:
    with writing(store, "测算") as unit:
        scheme = AwardScheme(place="村", year=2026, name="方案", body={})
        unit.session.add(scheme)
        unit.session.flush()
        (run,) = unit.insert_many(AwardRun, [{"scheme_key": scheme.key, "at": NOW, "scheme": {}}])
        unit.insert_many(AwardResult, [{"run_key": run, "steps": ["长" * 1000], "award_fen": 1}])
    with store.session() as session:
        bodies = session.scalars(select(ChangeEntry.body).where(ChangeEntry.entity == "award_results")).all()
    assert len(bodies) == 1
    assert len(bodies[0]) < 60
    state = everything(store)
    assert undo(store) == "测算"
    assert everything(store)["award_results"] == []
    assert redo(store) == "测算"
    assert everything(store) == state


def test_a_frozen_record_never_changes(store: Store) -> None:
    with writing(store, "捐款") as unit:
        key = add_fund(unit, "捐款", received=1)
    state = everything(store)
    for change in (
        lambda unit, entry: setattr(entry, "amount_fen", 2),
        lambda unit, entry: unit.update_many(FundEntry, [{"key": entry.key, "amount_fen": 2}]),
    ):
        with pytest.raises(RuntimeError, match="never change"), writing(store, "改") as unit:
            change(unit, unit.session.scalars(select(FundEntry)).one())
    assert everything(store) == state
    assert state["fund_sources"][0][0] == key


def test_a_large_import_is_one_set_of_batches_and_undone_as_a_whole(store: Store) -> None:
    village = add_village(store)
    count = 3 * BATCH + 1
    with writing(store, "导入") as unit:
        rows = [(village, f"户{place:05}") for place in range(count)]
        households = unit.insert_many(Household, rows, ("village_key", "head_name"))
        unit.insert_many(Participation, [(key, 2026) for key in households], ("household_key", "year"))
    with store.session() as session:
        sizes = session.scalars(select(ChangeEntry.size).where(ChangeEntry.set_key == unit.set_key)).all()
    assert sizes == [BATCH, BATCH, BATCH, 1] * 2
    state = everything(store)
    assert undo(store) == "导入"
    assert names(store) == []
    assert redo(store) == "导入"
    assert everything(store) == state


class TestHistory:
    """What happened to one record."""

    def test_single_edits_and_batches_are_found(self, store: Store) -> None:
        village = add_village(store)
        with writing(store, "导入") as unit:
            keys = unit.insert_many(Household, [(village, f"户{n}") for n in range(5)], ("village_key", "head_name"))
        rename(store, keys[2], "张三")
        with writing(store, "批量", NOW + timedelta(minutes=1)) as unit:
            unit.update_many(Household, [(key, "监测") for key in keys], ("note",))
        with store.session() as session:
            found = changes.of_record(session.connection(), "households", keys[2], 10)
            none = changes.of_record(session.connection(), "households", "0" * 32, 10)
        told = [(one.operation.title, one.action, one.column, one.before, one.after) for one in found]
        assert told == [
            ("批量", Action.UPDATE, "note", "", "监测"),
            ("改名张三", Action.UPDATE, "head_name", "户2", "张三"),
            ("导入", Action.INSERT, "", None, None),
        ]
        assert none == []

    def test_undone_work_is_told_as_undone(self, store: Store) -> None:
        add_household(store, add_village(store), "张三")
        undo(store)
        with store.session() as session:
            found = changes.latest(session.connection(), 10)
        assert [(operation.title, operation.undone, operation.can_undo) for operation in found] == [
            ("撤销：新增张三", False, False),
            ("新增张三", True, False),
            ("新增低岭村", False, True),
        ]


@settings(max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))
class AnyOrder(RuleBasedStateMachine):
    """Whatever is done, undone and redone: the file is what the model's stack says."""

    @initialize()
    def start(self) -> None:
        import tempfile

        self.place = tempfile.TemporaryDirectory()
        self.store = open_store(Path(self.place.name), now=NOW)
        with self.store.write("tests.start", "开始", WHO, NOW, undoable=False) as unit:
            (town,) = unit.insert_many(Town, [{"name": "塘㙍镇"}])
            (self.village,) = unit.insert_many(Village, [{"town_key": town, "name": "低岭村"}])
        self.done = [everything(self.store)]
        self.undone: list[dict[str, list[tuple[Any, ...]]]] = []

    def now_is(self) -> None:
        state = everything(self.store)
        if state != self.done[-1]:
            self.done.append(state)
            self.undone.clear()

    def keys(self, entity: type[Base]) -> list[str]:
        with self.store.session() as session:
            return list(session.scalars(select(entity.key).order_by(entity.key)))  # type: ignore[attr-defined]

    @rule(name=st.sampled_from(["张三", "李四", "王五"]))
    def add(self, name: str) -> None:
        add_household(self.store, self.village, name)
        self.now_is()

    @rule(place=st.integers(0, 9), name=st.sampled_from(["张三", "赵六"]), members=st.integers(0, 2))
    def edit(self, place: int, name: str, members: int) -> None:
        keys = self.keys(Household)
        if keys:
            with writing(self.store) as unit:
                record = unit.session.get(Household, keys[place % len(keys)])
                assert record is not None
                record.head_name, record.members = name, members
            self.now_is()

    @rule(members=st.integers(0, 2))
    def edit_all(self, members: int) -> None:
        with writing(self.store) as unit:
            unit.update_many(Household, [(key, members) for key in self.keys(Household)], ("members",))
        self.now_is()

    @rule(place=st.integers(0, 9))
    def add_child(self, place: int) -> None:
        keys = self.keys(Household)
        if keys:
            with writing(self.store) as unit:
                unit.insert_many(Person, [(keys[place % len(keys)], "小明")], ("household_key", "name"))
            self.now_is()

    @rule(place=st.integers(0, 9))
    def remove(self, place: int) -> None:
        keys = self.keys(Household)
        if keys:
            key = keys[place % len(keys)]
            with writing(self.store) as unit:
                children = unit.session.scalars(select(Person.key).where(Person.household_key == key)).all()
                unit.delete_many(Person, children)
                unit.delete_many(Household, [key])
            self.now_is()

    @rule()
    def undo_last(self) -> None:
        done = undo(self.store)
        if len(self.done) > 1:
            assert done
            self.undone.append(self.done.pop())

    @rule()
    def redo_last(self) -> None:
        done = redo(self.store)
        assert bool(done) == bool(self.undone)
        if self.undone:
            self.done.append(self.undone.pop())

    @invariant()
    def as_the_model_says(self) -> None:
        if hasattr(self, "store"):
            assert everything(self.store) == self.done[-1]

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.place.cleanup()


TestAnyOrder = AnyOrder.TestCase
