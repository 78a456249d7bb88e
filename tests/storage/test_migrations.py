"""Migrations and entities describe the same tables; stored files of every version open."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select

from fupin_desktop.storage import backup_files, changes, converting, encryption, key_slots, migrations
from fupin_desktop.storage.backup_files import unpack
from fupin_desktop.storage.engine import make_engine
from fupin_desktop.storage.entities import (
    AcceptanceBatch,
    AcceptanceRow,
    Application,
    ApplicationValue,
    AwardScheme,
    Base,
    EarlierFacts,
    FarmItem,
    Filing,
    FundDonor,
    FundEntry,
    FundSource,
    Household,
    Notice,
    NoticePosting,
    Objection,
    Office,
    PaymentBatch,
    PaymentRow,
    PrintRecord,
    Village,
    YearStep,
)
from fupin_desktop.storage.store import DATA_FILE, Store, open_store
from tests.storage.office_file import NOW, WHO

BroughtUp = Callable[[str], Store]
STORED = Path(__file__).parent.parent / "cases" / "data_files"


def schema(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        tables = sorted(name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
        found: dict[str, list[tuple[object, ...]]] = {}
        for table in tables:
            for pragma in ("table_info", "foreign_key_list", "index_list"):
                rows = connection.execute(f"PRAGMA {pragma}({table})").fetchall()
                kept = [row[1:] for row in rows if "autoindex" not in str(row)]
                found[f"{table}.{pragma}"] = sorted(kept, key=repr)
    return found


def test_autogenerate_finds_no_difference(tmp_path: Path) -> None:
    path = tmp_path / "migrated.sqlite"
    migrations.upgrade(path)
    engine = make_engine(path)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_a_fresh_file_and_a_migrated_one_are_alike(tmp_path: Path) -> None:
    open_store(tmp_path / "fresh", now=NOW).close()
    migrations.upgrade(tmp_path / "migrated.sqlite")
    assert schema(tmp_path / "fresh" / DATA_FILE) == schema(tmp_path / "migrated.sqlite")


def test_the_known_versions_are_those_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.script_folder()))
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())
    assert tuple(script.revision for script in reversed(scripts)) == migrations.KNOWN


def test_every_version_has_its_stored_file() -> None:
    assert sorted(path.stem for path in STORED.glob("v*.sqlite")) == [f"v{version}" for version in migrations.KNOWN]


@pytest.fixture(scope="module")
def brought_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BroughtUp]:
    """A stored file of a version, opened and so brought up to date once for all tests that only look at it."""
    opened: dict[str, Store] = {}

    def store_of(version: str) -> Store:
        if version not in opened:
            folder = tmp_path_factory.mktemp(f"v{version}")
            shutil.copy(STORED / f"v{version}.sqlite", folder / DATA_FILE)
            opened[version] = open_store(folder, now=NOW)
        return opened[version]

    yield store_of
    for store in opened.values():
        store.close()


@pytest.mark.parametrize("version", migrations.KNOWN)
def test_a_stored_file_opens_with_all_it_holds(version: str, tmp_path: Path) -> None:
    shutil.copy(STORED / f"v{version}.sqlite", tmp_path / DATA_FILE)
    store = open_store(tmp_path, now=NOW)
    with store.session() as session:
        assert session.scalars(select(Office.name)).all() == ["塘㙍镇扶贫办"]
        assert session.scalars(select(Household.head_name)).all() == ["䶮𠅤·单"]
        assert session.execute(select(FarmItem.declared_milli, FarmItem.cost_fen)).all() == [(10000, 120050)]
        assert [operation.title for operation in changes.latest(session.connection(), 9)] == ["登记", "新增䶮𠅤·单", "新增低岭村"]
    while changes.undo(store, WHO, NOW):
        pass
    with store.session() as session:
        assert session.scalars(select(Household.head_name)).all() == []
    store.close()


@pytest.mark.parametrize("version", migrations.KNOWN)
def test_a_stored_file_opens_encrypted_too(version: str, tmp_path: Path) -> None:
    """As one that an office encrypted with that version; it stays encrypted, and so does the backup before its upgrade."""
    key = key_slots.new_key()
    converting.copy_as(STORED / f"v{version}.sqlite", tmp_path / DATA_FILE, None, key)
    encryption.unlock(tmp_path, key)
    try:
        store = open_store(tmp_path, now=NOW)
        with store.session() as session:
            assert session.scalars(select(Household.head_name)).all() == ["䶮𠅤·单"]
            assert session.execute(select(FarmItem.declared_milli, FarmItem.cost_fen)).all() == [(10000, 120050)]
        backups = backup_files.listed(store.backup_folder)
        store.close()
        assert encryption.is_encrypted(tmp_path / DATA_FILE)
        assert len(backups) == (version != migrations.HEAD)
        for backup in backups:
            unpack(backup.path, tmp_path / "looked.sqlite")
            assert encryption.is_encrypted(tmp_path / "looked.sqlite")
    finally:
        encryption.lock(tmp_path)


@pytest.mark.parametrize("version", migrations.KNOWN[1:])
def test_a_stored_file_opens_with_its_applications(version: str, brought_up: BroughtUp) -> None:
    store = brought_up(version)
    with store.session() as session:
        application = session.scalars(select(Application)).one()
        assert (application.place, application.sent) == ("低岭村", {"area_total": Decimal("10.000")})
        typed = dict(session.execute(select(ApplicationValue.field, ApplicationValue.value)).all())
        assert typed == {"industry": "水稻", "reported_on": date(2026, 1, 3)}


@pytest.mark.parametrize("version", migrations.KNOWN[:-1])
def test_an_older_file_is_backed_up_before_it_is_brought_up_to_date(version: str, tmp_path: Path, brought_up: BroughtUp) -> None:
    store = brought_up(version)
    (backup,) = store.backup_folder.glob("*.zip")
    with store.session() as session:
        village = session.scalars(select(Village)).one()
        assert (village.name, village.leader, village.poor_village) == ("低岭村", "", None)
        numbers = session.execute(select(Application.about_key, Application.number)).all()
        assert numbers == {"0001": [], "0002": [("", "")]}.get(version, [("a" * 32, "塘扶〔2026〕1号")])
    unpack(backup, tmp_path / "backup.sqlite")
    with closing(sqlite3.connect(tmp_path / "backup.sqlite")) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (version,)


def test_a_stored_file_opens_with_its_prints_and_numbers(brought_up: BroughtUp) -> None:
    store = brought_up("0003")
    with store.session() as session:
        printed = session.scalars(select(PrintRecord)).one()
        assert (printed.title, printed.printer, printed.copies, printed.pages, printed.draft) == (
            "申报表", "前台", 1, "1-3", False,
        )  # fmt: skip
        application = session.scalars(select(Application)).one()
        assert (application.about_key, application.number) == ("a" * 32, "塘扶〔2026〕1号")


def entries(store: Store) -> list[tuple[object, ...]]:
    columns = (FundSource.name, FundEntry.kind, FundEntry.amount_fen, FundEntry.dated, FundEntry.at, FundEntry.who)
    with store.session() as session:
        query = select(*columns).join_from(FundEntry, FundSource)
        return [tuple(row) for row in session.execute(query.order_by(FundEntry.dated, FundEntry.key))]


@pytest.mark.parametrize("version", migrations.KNOWN)
def test_the_donors_of_a_stored_file_are_those_it_was_kept_with(version: str, brought_up: BroughtUp) -> None:
    store = brought_up(version)
    with store.session() as session:
        columns = (FundSource.name, FundDonor.name, FundDonor.amount_fen, FundDonor.given_on, FundDonor.anonymous)
        found = [tuple(row) for row in session.execute(select(*columns).join_from(FundDonor, FundSource))]
    assert found == ([("捐款", "市工商联", 3_000_050, date(2026, 1, 2), False)] if version >= "0004" else [])


_PUBLIC = "0005"
"""The version that keeps boards, objections and filings."""


@pytest.mark.parametrize("version", [one for one in migrations.KNOWN if one >= _PUBLIC])
def test_the_publicity_of_a_stored_file_is_as_it_was_kept(version: str, brought_up: BroughtUp) -> None:
    store = brought_up(version)
    with store.session() as session:
        notice = session.scalars(select(Notice)).one()
        assert (notice.object_kind, notice.object_key, notice.place) == ("scheme", "5" * 32, "低岭村")
        assert session.execute(select(NoticePosting.board, NoticePosting.place)).all() == [("village", "低岭村公示栏")]
        assert session.execute(select(Objection.content, Objection.result)).all() == [("面积多报", None)]
        filing = session.scalars(select(Filing)).one()
        assert (filing.number, filing.state, filing.materials) == ("镇备〔2026〕1号", "handed_in", [["scheme", 1]])


_PAID = "0006"
"""The version that keeps acceptances and payment batches."""


@pytest.mark.parametrize("version", [one for one in migrations.KNOWN if one >= _PAID])
def test_the_payments_of_a_stored_file_are_as_they_were_kept(version: str, brought_up: BroughtUp) -> None:
    store = brought_up(version)
    with store.session() as session:
        accepted = select(AcceptanceBatch.members, AcceptanceRow.measured_milli, AcceptanceRow.spot).join_from(
            AcceptanceBatch, AcceptanceRow
        )
        assert session.execute(accepted).all() == [("李组长", 9500, False)]
        batch = session.scalars(select(PaymentBatch)).one()
        assert (batch.state, batch.number, batch.entries) == ("paid", 1, ["e" * 32])
        assert session.execute(select(PaymentRow.amount_fen, PaymentRow.state)).all() == [(48000, "paid")]


def test_notices_and_filed_schemes_of_before_are_carried_over(tmp_path: Path) -> None:
    path = tmp_path / DATA_FILE
    shutil.copy(STORED / "v0004.sqlite", path)
    with closing(sqlite3.connect(path)) as connection:
        scheme = "INSERT INTO award_schemes (key, place, year, batch, name, state, body) VALUES (?, ?, 2026, '', ?, ?, '')"
        connection.execute(scheme, ("s", "低岭村", "方案", "filed"))
        connection.execute(scheme, ("t", "低岭村", "草案", "draft"))
        connection.execute(
            "INSERT INTO award_runs (key, scheme_key, year, at, who, program_version, award_fen, households, scheme)"
            " VALUES ('r', 's', 2026, '2026-01-03 09:00:00.000000', '', '', 0, 0, '{}')"
        )
        connection.execute(
            "INSERT INTO notices (key, run_key, year, kind, title, state) VALUES ('n', 'r', 2026, 'awards', '', 'posted')"
        )
        connection.commit()
    store = open_store(tmp_path, now=NOW)
    with store.session() as session:
        notice = session.scalars(select(Notice)).one()
        assert (notice.object_kind, notice.object_key, notice.place) == ("scheme", "s", "低岭村")
        kept = session.execute(select(Filing.object_key, Filing.state, Filing.title, Filing.number)).all()
        assert kept == [("s", "filed", "方案", "")]
    store.close()


def test_schemes_that_correct_another_by_name_are_linked_to_the_first(tmp_path: Path) -> None:
    path = tmp_path / DATA_FILE
    shutil.copy(STORED / "v0016.sqlite", path)
    with closing(sqlite3.connect(path)) as connection:
        scheme = "INSERT INTO award_schemes (key, place, year, batch, name, state, body) VALUES (?, ?, ?, ?, '', 'draft', '')"
        for key, place, year, batch in (
            ("a", "旧村", 2025, "秋季"), ("b", "旧村", 2025, "秋季更正"), ("c", "旧村", 2025, "秋季更正更正"),
            ("d", "旧村", 2024, "秋季更正"), ("e", "新村", 2025, "更正"), ("f", "旧村", 2025, "春季"),
        ):  # fmt: skip
            connection.execute(scheme, (key, place, year, batch))
        connection.commit()
    store = open_store(tmp_path, now=NOW)
    with store.session() as session:
        linked = select(AwardScheme.key, AwardScheme.corrects_key).where(AwardScheme.corrects_key.is_not(None))
        assert sorted(session.execute(linked).all()) == [("b", "a"), ("c", "a")]
    store.close()


def test_a_stored_file_opens_with_its_years(brought_up: BroughtUp) -> None:
    store = brought_up("0007")
    with store.session() as session:
        facts = session.execute(select(EarlierFacts.until_year, EarlierFacts.household_class, EarlierFacts.members)).all()
        assert facts == [(2025, "poor", 4)]
        assert session.execute(select(YearStep.year, YearStep.kind, YearStep.open_work)).all() == [(2025, "closed", ["没有"])]


@pytest.mark.parametrize("version", migrations.KNOWN)
def test_the_money_of_a_stored_file_is_in_the_ledger(version: str, brought_up: BroughtUp) -> None:
    store = brought_up(version)
    came = (5_000_000, date(2026, 1, 3), NOW, WHO)
    assert entries(store) == [("捐款", "assigned", *came), ("捐款", "received", *came)]


def test_what_was_only_promised_is_assigned_and_operations_on_money_are_closed(tmp_path: Path) -> None:
    path = tmp_path / DATA_FILE
    shutil.copy(STORED / "v0002.sqlite", path)
    with closing(sqlite3.connect(path)) as connection:
        source = ("INSERT INTO fund_sources (key, year, kind, name, document_no, received_on, amount_fen, original_plan,"
                  " donors, note) VALUES (?, 2026, 'other', ?, '', ?, ?, '', '', '')")
        connection.execute(source, ("a", "未到账", None, 1))
        connection.execute(source, ("b", "无金额", "2026-02-01", 0))
        operation = "INSERT INTO change_sets VALUES ('s', 99, 'funds.add', '新增资金', ?, ?, 'do', 1, NULL, NULL, 0)"
        connection.execute(operation, ("李会计", "2026-01-04 08:00:00.000000"))
        connection.execute("INSERT INTO change_entries VALUES ('s', 0, 'fund_sources', 'insert', 1, 'a', 'a', ?, ?)",
                           ('["key", "amount_fen"]', '[["a", 1]]'))
        connection.commit()
    store = open_store(tmp_path, now=NOW)
    written = (NOW.replace(day=4, hour=8, minute=0, second=0), "李会计")
    assert entries(store) == [
        ("未到账", "assigned", 1, date(2026, 1, 1), *written),
        ("捐款", "assigned", 5_000_000, date(2026, 1, 3), *written),
        ("捐款", "received", 5_000_000, date(2026, 1, 3), *written),
    ]
    with store.session() as session:
        assert [operation.can_undo for operation in changes.latest(session.connection(), 1)] == [False]
        assert changes.undoable(session.connection()).title == "登记"
        assert session.scalars(select(FundSource.voided).distinct()).all() == [False]
    store.close()


def test_no_column_type_is_sqlite_s_own() -> None:
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateIndex, CreateTable

    for table in Base.metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=postgresql.dialect()))
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=postgresql.dialect()))
