"""The life of years, and what counted for households in earlier ones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "year_steps",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("open_work", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_year_steps")),
    )
    op.create_table(
        "earlier_facts",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("household_key", sa.String(length=32), nullable=False),
        sa.Column("until_year", sa.Integer(), nullable=False),
        sa.Column("household_class", sa.String(length=24), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("bank_name", sa.Text(), nullable=False),
        sa.Column("account_name", sa.Text(), nullable=False),
        sa.Column("bank_account", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_key"], ["households.key"], name=op.f("fk_earlier_facts_household_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_earlier_facts")),
        sa.UniqueConstraint("household_key", "until_year", name=op.f("uq_earlier_facts_household_key_until_year")),
    )
    op.create_index("ix_earlier_facts_until", "earlier_facts", ["until_year", "household_key"], unique=False)
