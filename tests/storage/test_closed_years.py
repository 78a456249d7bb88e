"""No record of a closed year is added, changed or removed, by whatever column it belongs to the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Boolean, Connection, Date, DateTime, Integer, LargeBinary, Table, create_engine, insert

from fupin_desktop.errors import YearClosed
from fupin_desktop.storage import refusing
from fupin_desktop.storage.entities import Base
from fupin_desktop.storage.log import Action, Entry, key_name

ENTITIES = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
OF_YEAR = sorted(name for name in ENTITIES if refusing._way(name) is not None)
LASTING = sorted(name for name, one in ENTITIES.items() if refusing._way(name) is None and one.logged)
NOW = datetime(2025, 5, 5, 8, 0)  # noqa: DTZ001 - local time


@pytest.fixture(scope="module")
def tables() -> Iterator[Connection]:
    """All tables, without the demands of one on another."""
    engine = create_engine("sqlite://")
    with engine.connect() as made:
        made.exec_driver_sql("PRAGMA foreign_keys=OFF")
        Base.metadata.create_all(made)
        made.commit()
        yield made
    engine.dispose()


@pytest.fixture
def connection(tables: Connection) -> Iterator[Connection]:
    """The tables, empty."""
    yield tables
    tables.rollback()


def plain(table: Table, name: str) -> Any:
    """Something that fits a column."""
    column = table.c[name]
    if column.nullable:
        return None
    kinds = ((Boolean, False), (Integer, 1), (DateTime, NOW), (Date, NOW.date()), (LargeBinary, b"x"))
    return next((value for kind, value in kinds if isinstance(column.type, kind)), "x")


def put(connection: Connection, name: str, year: int, key: str) -> dict[str, Any]:
    """A record of a year, with what it belongs to; its values by column."""
    table, way = Base.metadata.tables[name], refusing._way(name)
    row = {one.name: plain(table, one.name) for one in table.c} | {key_name(name): key}
    if way == "year":
        row["year"] = year
    elif way == ENTITIES[name].dated_by:
        row[way] = date(year, 12, 31)
    elif way is not None:
        row[way] = f"{key}-above"
        put(connection, refusing._referred(name, way).name, year, row[way])
    values = {one: value for one, value in row.items() if value is not None or table.c[one].nullable}
    connection.execute(insert(table).values(**values))
    return row


def entries(name: str, row: dict[str, Any]) -> list[Entry]:
    """The record added, removed, and changed in something that is not its year."""
    way, key = refusing._way(name), key_name(name)
    other = next(one for one in row if one not in (way, key))
    whole = Entry(name, Action.INSERT, tuple(row), [tuple(row.values())])
    changed = Entry(name, Action.UPDATE, (other,), [(row[key], row[other], row[other])])
    return [whole, Entry(name, Action.DELETE, whole.columns, whole.rows), changed]


@pytest.mark.parametrize("name", OF_YEAR)
def test_whatever_is_done_to_a_record_of_a_closed_year_is_refused(connection: Connection, name: str) -> None:
    row = put(connection, name, 2025, f"{name}-2025")
    for entry in entries(name, row):
        with pytest.raises(YearClosed, match="2025"):
            refusing.refuse(connection, ENTITIES[name], entry, frozenset({2024, 2025}))
        refusing.refuse(connection, ENTITIES[name], entry, frozenset({2024, 2026}))
        refusing.refuse(connection, ENTITIES[name], entry, frozenset())


@pytest.mark.parametrize("name", [one for one in OF_YEAR if refusing._way(one) == "year" or ENTITIES[one].dated_by])
@pytest.mark.parametrize(("before", "after"), [(2025, 2026), (2026, 2025)])
def test_nothing_moves_out_of_a_closed_year_nor_into_it(
    connection: Connection, name: str, before: int, after: int
) -> None:
    row = put(connection, name, after, f"{name}-{before}-to-{after}")
    way = refusing._way(name)
    assert way is not None
    old = before if way == "year" else f"{before}-01-01"
    entry = Entry(name, Action.UPDATE, (way,), [(row[key_name(name)], old, row[way])])
    with pytest.raises(YearClosed, match="2025"):
        refusing.refuse(connection, ENTITIES[name], entry, frozenset({2025}))
    refusing.refuse(connection, ENTITIES[name], entry, frozenset({2024}))


@pytest.mark.parametrize("name", LASTING)
def test_what_belongs_to_no_year_is_never_refused(connection: Connection, name: str) -> None:
    row, refused = put(connection, name, 2025, f"{name}-lasting"), []
    for entry in entries(name, row):
        try:
            refusing.refuse(connection, ENTITIES[name], entry, frozenset(range(2000, 2100)))
        except YearClosed:
            refused.append(entry.action)
    assert refused == []


def test_what_is_told_by_year_in_the_trade_belongs_to_one() -> None:
    """What money and papers of a year rest on; a table that is added has to be thought of."""
    wanted = {
        "farm_items", "participations", "household_incomes", "village_years", "award_schemes", "award_runs", "award_results",
        "applications", "application_values", "application_steps", "frozen_papers", "notices", "notice_postings", "objections",
        "filings", "fund_sources", "fund_entries", "fund_donors", "payment_batches", "payment_rows", "acceptance_batches",
        "acceptance_rows", "project_quarters", "performances", "indicators", "proceeds", "proceeds_shares", "surveys",
        "survey_answers", "trainings", "trainees", "commendations", "linkages",
    }  # fmt: skip
    assert wanted <= set(OF_YEAR)
    assert {"households", "persons", "villages", "towns", "projects", "entities", "operators"} <= set(LASTING)
