"""The donors of a fund source."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of donors."""
    op.create_table(
        "fund_donors",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("source_key", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source_key"], ["fund_sources.key"], name=op.f("fk_fund_donors_source_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_fund_donors")),
    )
    op.create_index(op.f("ix_fund_donors_source_key"), "fund_donors", ["source_key"], unique=False)
