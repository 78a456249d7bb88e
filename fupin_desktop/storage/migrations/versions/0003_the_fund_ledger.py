"""The ledger of funds, prints, and what documents of money add to an application."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the ledger and of prints; extend sources and applications."""
    _make_entries()
    _make_prints()
    _extend_applications()
    _extend_sources()


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


def _extend_sources() -> None:
    """A source can be voided."""
    with op.batch_alter_table("fund_sources", recreate="always") as batch:
        batch.add_column(sa.Column("voided", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("fund_sources", recreate="always") as batch:
        batch.alter_column("voided", server_default=None)
