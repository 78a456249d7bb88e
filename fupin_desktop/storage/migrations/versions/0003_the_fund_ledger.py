"""The ledger of funds, prints, and what documents of money add to an application."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, datetime, time

import sqlalchemy as sa
from alembic import op

from fupin_desktop.storage.keys import new_key

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES = ("fund_entries", "fund_sources")
_EMPTY = dict.fromkeys(("target_key", "target_name", "paper_key", "paper_no", "payee", "note"), "")
_LAST_TOUCH = sa.text(
    "SELECT at, who FROM change_sets WHERE key IN"
    " (SELECT set_key FROM change_entries WHERE entity = 'fund_sources') ORDER BY number DESC LIMIT 1"
)


def upgrade() -> None:
    """Make the tables of the ledger and of prints; extend sources and applications."""
    _make_entries()
    _make_prints()
    _extend_applications()
    _open_ledger()
    _close_log()
    _change_sources()


def _make_entries() -> None:
    """Entries of the ledger."""
    op.create_table(
        "fund_entries",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("source_key", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("target_kind", sa.String(length=24), nullable=True),
        sa.Column("target_key", sa.String(length=32), nullable=False),
        sa.Column("target_name", sa.Text(), nullable=False),
        sa.Column("paper_key", sa.String(length=32), nullable=False),
        sa.Column("paper_no", sa.Text(), nullable=False),
        sa.Column("payee", sa.Text(), nullable=False),
        sa.Column("counters_key", sa.String(length=32), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["counters_key"], ["fund_entries.key"], name=op.f("fk_fund_entries_counters_key")),
        sa.ForeignKeyConstraint(["source_key"], ["fund_sources.key"], name=op.f("fk_fund_entries_source_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_fund_entries")),
    )
    op.create_index("ix_fund_entries_source", "fund_entries", ["source_key", "dated"], unique=False)
    op.create_index("ix_fund_entries_target", "fund_entries", ["target_kind", "target_key"], unique=False)
    op.create_index("ix_fund_entries_paper_key", "fund_entries", ["paper_key"], unique=False)
    op.create_index("ix_fund_entries_counters_key", "fund_entries", ["counters_key"], unique=False)


def _make_prints() -> None:
    """What was printed."""
    op.create_table(
        "prints",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("paper_kind", sa.String(length=24), nullable=False),
        sa.Column("paper_key", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("printer", sa.Text(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Text(), nullable=False),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_prints")),
    )
    op.create_index("ix_prints_paper", "prints", ["paper_kind", "paper_key"], unique=False)


def _extend_applications() -> None:
    """The plan an approval sheet rests on, and the number of a document."""
    with op.batch_alter_table("applications", recreate="always") as batch:
        batch.add_column(sa.Column("about_key", sa.String(length=32), nullable=False, server_default=""))
        batch.add_column(sa.Column("number", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("applications", recreate="always") as batch:
        batch.alter_column("about_key", server_default=None)
        batch.alter_column("number", server_default=None)
    op.create_index("ix_applications_about_key", "applications", ["about_key"], unique=False)


def _open_ledger() -> None:
    """The amount of each source becomes entries: assigned, and arrived where a day of arrival is written.

    They are written when, and by whom, the register of sources was last worked on.
    """
    connection = op.get_bind()
    entries, sources = (sa.Table(name, sa.MetaData(), autoload_with=connection) for name in _TABLES)
    touched = connection.execute(_LAST_TOUCH).first()
    rows = []
    for source in connection.execute(sa.select(sources).where(sources.c.amount_fen > 0).order_by(sources.c.key)):
        dated = source.received_on or _first_day(source.year)
        at = datetime.fromisoformat(touched.at) if touched else datetime.combine(dated, time())
        shared = {"source_key": source.key, "amount_fen": source.amount_fen, "dated": dated, "at": at}
        shared["who"] = touched.who if touched else ""
        kinds = ("assigned", "received") if source.received_on else ("assigned",)
        rows += [{**_EMPTY, **shared, "key": new_key(), "kind": kind} for kind in kinds]
    if rows:
        connection.execute(entries.insert(), rows)


def _first_day(year: int) -> date:
    return date(min(max(year, MINYEAR), MAXYEAR), 1, 1)


def _close_log() -> None:
    """Nothing that was done to the register of sources can be undone behind the ledger.

    Operations on sources alone are closed; one that did more keeps what it did besides.
    """
    op.execute(
        "UPDATE change_sets SET undoable = 0, redo_open = 0 WHERE key IN (SELECT set_key FROM change_entries"
        " GROUP BY set_key HAVING MIN(entity) = 'fund_sources' AND MAX(entity) = 'fund_sources')"
    )
    op.execute(
        "DELETE FROM change_entries WHERE entity = 'fund_sources' AND set_key IN (SELECT set_key FROM change_entries"
        " GROUP BY set_key HAVING MIN(entity) <> MAX(entity))"
    )


def _change_sources() -> None:
    """Amount and arrival are told by the ledger now; a source can be voided."""
    with op.batch_alter_table("fund_sources", recreate="always") as batch:
        batch.drop_column("amount_fen")
        batch.drop_column("received_on")
        batch.add_column(sa.Column("voided", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("fund_sources", recreate="always") as batch:
        batch.alter_column("voided", server_default=None)
