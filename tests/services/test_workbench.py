"""The workbench, the office and its villages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from fupin_desktop.errors import DataFileBusy, NotAllowed
from fupin_desktop.services import history, offices, registers, villages
from fupin_desktop.services.offices import OfficeForm
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.registers import HOUSEHOLDS, PERSONS, Query
from fupin_desktop.services.villages import VillageForm
from fupin_desktop.services.workbench import MANY, Workbench, backups_in, restore_backup
from fupin_desktop.storage.entities import Office, Village
from tests.services.register_office import START, Clock, add_household, make_office


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bench(tmp_path: Path, clock: Clock) -> Iterator[Workbench]:
    made = make_office(tmp_path / "数据", clock)
    yield made
    made.close()


class TestWorkbench:
    """Opening, clerk and year, settings, the cache."""

    def test_clerk_and_year_come_from_the_office_or_the_clock(self, bench: Workbench, tmp_path: Path) -> None:
        assert (bench.clerk, bench.year) == ("陈经办", 2026)
        bench.close()
        again = open_workbench(bench.data_folder, clock=Clock(), clerk="李代班")
        assert (again.clerk, again.year) == ("李代班", 2026)
        again.close()
        fresh = open_workbench(tmp_path / "新", clock=Clock())
        assert (fresh.clerk, fresh.year, fresh.heading) == ("", START.year, "")
        assert not offices.is_set_up(fresh)
        fresh.close()

    def test_a_second_start_is_refused(self, bench: Workbench) -> None:
        with pytest.raises(DataFileBusy):
            open_workbench(bench.data_folder, clock=Clock())

    def test_settings_are_kept_without_undo(self, bench: Workbench) -> None:
        title = history.can_undo(bench)
        bench.set_settings({"notice.days": 7})
        assert (bench.setting("notice.days"), bench.setting("none", "x")) == (7, "x")
        assert history.can_undo(bench) == title

    def test_the_calendar_takes_the_office_s_corrections(self, bench: Workbench) -> None:
        day = START.date()
        assert bench.calendar.is_working(day)
        bench.set_settings({"calendar.days": {day.isoformat(): False}})
        assert not bench.calendar.is_working(day)

    def test_a_cached_value_is_found_again_after_a_write(self, bench: Workbench) -> None:
        calls: list[int] = []

        def find_it() -> int:
            calls.append(1)
            return len(calls)

        assert [bench.cached("x", find_it), bench.cached("x", find_it)] == [1, 1]
        villages.add(bench, VillageForm("上圩村"))
        assert bench.cached("x", find_it) == 2

    def test_a_cached_value_is_found_again_on_another_day(self, bench: Workbench, clock: Clock) -> None:
        days = [bench.cached("day", lambda: bench.today)]
        clock.later(hours=14)
        days.append(bench.cached("day", lambda: bench.today))
        clock.later(hours=1)
        days.append(bench.cached("day", lambda: bench.today))
        assert [day - START.date() for day in days] == [timedelta(), timedelta(), timedelta(days=1)]

    def test_of_many_cached_values_those_asked_for_last_are_kept(self, bench: Workbench) -> None:
        found: list[object] = []

        def ask(key: object) -> None:
            bench.cached(("kept", key), lambda: found.append(key))

        for number in range(200):
            ask("often")
            ask(number)
        assert found == ["often", *range(200)]
        ask(199)
        ask(0)
        assert found == ["often", *range(200), 0]

    def test_a_change_names_records_only_while_they_are_few(self, bench: Workbench) -> None:
        (village,) = (one.key for one in villages.all(bench) if one.name == "低岭村")
        for count, told in ((MANY, MANY), (MANY + 1, 0)):
            with bench.write("tests.add", "新增") as unit:
                unit.insert_many(Village, [(_town(bench), f"{count}-{place}") for place in range(count)], ("town_key", "name"))
            change = bench.change(unit)
            assert len(change.keys) == told
            assert (change.nouns, change.message) == ({"villages"}, "已保存：新增")
        assert village

    def test_backup_and_restore(self, bench: Workbench, clock: Clock) -> None:
        add_household(bench, "张三")
        assert bench.last_backup() is None
        assert bench.back_up_if_due()
        assert bench.back_up_if_due() is None
        clock.later(minutes=1)
        made = bench.back_up()
        assert bench.last_backup() == made
        add_household(bench, "李四")
        bench.close()
        folder = bench.data_folder
        assert next(one.path for one in backups_in(folder)) == made.path
        aside = restore_backup(folder, made.path, clock())
        assert aside is not None
        again = open_workbench(folder, clock=clock)
        assert registers.count(again, Query(HOUSEHOLDS, 2026)) == 1
        again.close()


def _town(bench: Workbench) -> str:
    with bench.read() as session:
        return session.scalars(select(Office.town_key)).one() or ""


class TestOffice:
    """One office, one town."""

    def test_what_is_set_up_is_read_back(self, bench: Workbench) -> None:
        found = offices.office(bench)
        assert (found.name, found.county, found.town, found.clerk, found.year) == (
            "塘㙍镇扶贫办", "吴川市", "塘㙍镇", "陈经办", 2026,
        )  # fmt: skip
        assert bench.heading == "吴川市 塘㙍镇扶贫办"
        assert offices.is_set_up(bench)

    def test_it_stays_one_record(self, bench: Workbench) -> None:
        changed = replace(offices.office(bench), clerk="李代班", objection_town="0759-5581234", year=2027)
        offices.save(bench, changed)
        offices.setup(bench, changed)
        assert offices.office(bench) == changed
        assert (bench.clerk, bench.year) == ("李代班", 2027)
        with bench.read() as session:
            assert len(session.scalars(select(Office)).all()) == 1

    def test_names_that_papers_print_are_needed(self, bench: Workbench) -> None:
        with pytest.raises(NotAllowed, match="单位名称、镇"):
            offices.save(bench, OfficeForm(clerk="某"))
        assert offices.office(bench).name == "塘㙍镇扶贫办"

    def test_saving_can_be_undone_setting_up_cannot(self, bench: Workbench) -> None:
        offices.save(bench, replace(offices.office(bench), name="塘㙍镇乡村振兴办"))
        assert history.undo(bench)
        assert offices.office(bench).name == "塘㙍镇扶贫办"
        while history.undo(bench):
            pass
        assert offices.is_set_up(bench)

    @pytest.mark.parametrize("year", [1999, 2101, 0])
    def test_a_year_out_of_range_is_refused(self, bench: Workbench, year: int) -> None:
        with pytest.raises(NotAllowed):
            offices.set_year(bench, year)
        assert bench.year == 2026

    def test_the_year_changes_for_this_and_the_next_start(self, bench: Workbench) -> None:
        assert "farm_items" in offices.set_year(bench, 2027).nouns
        bench.close()
        again = open_workbench(bench.data_folder, clock=Clock())
        assert again.year == 2027
        again.close()


class TestVillages:
    """Villages and what hangs on their names."""

    def test_they_are_listed_with_their_households(self, bench: Workbench) -> None:
        add_household(bench, "张三")
        found = [(one.name, one.town, one.households) for one in villages.all(bench)]
        assert sorted(found) == [("低岭村", "塘㙍镇", 1), ("那罗村", "塘㙍镇", 0)]
        assert villages.by_name(bench, " 低岭村 ") is not None
        assert villages.by_name(bench, "别村") is None

    @pytest.mark.parametrize("name", ["", "　", "低岭村"])
    def test_a_missing_or_taken_name_is_refused(self, bench: Workbench, name: str) -> None:
        with pytest.raises(NotAllowed):
            villages.add(bench, VillageForm(name))
        assert len(villages.all(bench)) == 2

    def test_one_name_may_stand_in_two_towns(self, bench: Workbench) -> None:
        villages.add(bench, VillageForm("低岭村", town="覃巴镇"))
        assert sorted(one.town for one in villages.all(bench) if one.name == "低岭村") == ["塘㙍镇", "覃巴镇"]

    def test_renaming_changes_what_households_and_persons_are_found_by(self, bench: Workbench) -> None:
        household = add_household(bench, "张三")
        registers.add(bench, PERSONS, {"name": "张小明"}, household)
        village = villages.by_name(bench, "低岭村")
        assert village is not None
        villages.update(bench, village.key, VillageForm("上圩村", assisting_unit="市财政局"))
        for register, text in ((HOUSEHOLDS, "sxc 张三"), (PERSONS, "上圩 zxm")):
            assert registers.count(bench, Query(register, 2026, text=text)) == 1
            assert registers.count(bench, Query(register, 2026, text="低岭")) == 0
        history.undo(bench)
        assert registers.count(bench, Query(HOUSEHOLDS, 2026, text="低岭")) == 1

    def test_a_village_with_households_stays(self, bench: Workbench) -> None:
        add_household(bench, "张三")
        used, empty = villages.by_name(bench, "低岭村"), villages.by_name(bench, "那罗村")
        assert used is not None
        assert empty is not None
        with pytest.raises(NotAllowed, match="农户 1 户"):
            villages.remove(bench, used.key)
        villages.remove(bench, empty.key)
        with pytest.raises(NotAllowed):
            villages.update(bench, empty.key, VillageForm("那罗村"))
        assert [one.name for one in villages.all(bench)] == ["低岭村"]

    def test_an_import_finds_or_makes_them(self, bench: Workbench) -> None:
        villages.add(bench, VillageForm("低岭村", town="覃巴镇"))
        with bench.write("tests.import", "导入") as unit:
            keys = villages.ensure(unit, [("", "低岭村"), ("覃巴镇", "低岭村"), ("", "新村"), ("长岐镇", "新村")])
        by_key = {one.key: (one.town, one.name) for one in villages.all(bench)}
        assert by_key[keys["", "低岭村"]] == ("塘㙍镇", "低岭村")
        assert by_key[keys["覃巴镇", "低岭村"]] == ("覃巴镇", "低岭村")
        assert by_key[keys["", "新村"]] == ("塘㙍镇", "新村")
        assert by_key[keys["长岐镇", "新村"]] == ("长岐镇", "新村")
