"""Accounts of business entities, into which subsidies of their interest are paid."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    for column in ("bank_name", "account_name", "bank_account"):
        op.add_column("entities", sa.Column(column, sa.Text(), nullable=True))
