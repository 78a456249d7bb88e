"""A small data file for the tests, and the stored file of the first version."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from fupin_desktop.storage.entities import (
    Application,
    ApplicationReason,
    ApplicationStep,
    ApplicationValue,
    FarmItem,
    FundDonor,
    FundEntry,
    FundSource,
    Household,
    Office,
    Participation,
    Person,
    PrintRecord,
    Town,
    Village,
)
from fupin_desktop.storage.search_keys import search_key, sort_key
from fupin_desktop.storage.store import Store, open_store
from fupin_desktop.storage.unit import Unit

NOW = datetime(2026, 1, 5, 10, 32, 5)  # noqa: DTZ001 - local time, as clerks read it
WHO = "陈经办"


@contextmanager
def writing(store: Store, title: str = "修改", at: datetime = NOW) -> Iterator[Unit]:
    with store.write("tests.write", title, WHO, at) as unit:
        yield unit


def add_village(store: Store, name: str = "低岭村") -> str:
    with writing(store, f"新增{name}") as unit:
        town = Town(name="塘㙍镇", code="440883107", county="吴川市", county_code="440883")
        unit.session.add(town)
        unit.session.flush()
        village = Village(town_key=town.key, name=name)
        unit.session.add(village)
        unit.session.flush()
        return village.key


def add_household(store: Store, village: str, name: str, **more: object) -> str:
    with writing(store, f"新增{name}") as unit:
        words = {"search_key": search_key(name, "", "低岭村", ""), "head_sort": sort_key(name)}
        household = Household(village_key=village, head_name=name, **{**words, **more})
        unit.session.add(household)
        unit.session.flush()
        return household.key


def names(store: Store) -> list[str]:
    with store.session() as session:
        return sorted(session.scalars(select(Household.head_name)))


def add_application(unit: Unit, village: str) -> None:
    application = Application(
        form_id="village_application", form_sha="0" * 64, year=2026, place_key=village, place="低岭村", round=1,
        state="submitted", box="opinion_village", begun_on=date(2026, 1, 3), sent={"area_total": Decimal("10.000")},
        about_key="a" * 32, number="塘扶〔2026〕1号",
    )
    unit.session.add(application)
    unit.session.flush()
    key = application.key
    unit.session.add_all(
        [
            ApplicationValue(application_key=key, field="industry", value="水稻"),
            ApplicationValue(application_key=key, field="reported_on", value=date(2026, 1, 3)),
            ApplicationReason(application_key=key, code="application.entities", sentence="没有。", reason="在办。", at=NOW),
            ApplicationStep(application_key=key, round=1, kind="submit", at=NOW, who=WHO),
        ]
    )


def add_fund(unit: Unit, name: str, **fen: int) -> str:
    """A source with an entry of each kind named."""
    source = FundSource(year=2026, kind="donation_630", name=name)
    unit.session.add(source)
    unit.session.flush()
    shared = {"source_key": source.key, "dated": date(2026, 1, 3), "at": NOW, "who": WHO}
    unit.session.add_all([FundEntry(kind=kind, amount_fen=amount, **shared) for kind, amount in fen.items()])
    return source.key


def write_stored_file(folder: Path) -> None:
    """An office as the present version writes it; kept for every version, so that each later one can be opened from it."""
    store = open_store(folder, now=NOW)
    village = add_village(store)
    household = add_household(store, village, "䶮𠅤·单", head_id_number="440883197001011232", members=3)
    with writing(store, "登记") as unit:
        town = unit.session.query(Town).one()
        unit.session.add_all(
            [
                Office(name="塘㙍镇扶贫办", clerk=WHO, year=2026, town_key=town.key),
                Person(household_key=household, name="单小明", relation="之子"),
                Participation(household_key=household, year=2026, kind="base", area_total_milli=10000),
                FarmItem(household_key=household, year=2026, product="水稻", unit="亩", declared_milli=10000, cost_fen=120050),
            ]
        )
        fund = add_fund(unit, "捐款", assigned=5_000_000, received=5_000_000)
        unit.session.add(FundDonor(source_key=fund, name="市工商联", amount_fen=3_000_050, given_on=date(2026, 1, 2)))
        add_application(unit, village)
        unit.session.add(PrintRecord(paper_kind="applications", title="申报表", at=NOW, who=WHO, printer="前台", pages="1-3"))
    store.close()


if __name__ == "__main__":
    write_stored_file(Path(sys.argv[1]))
