"""The chain of the change log, from its first operation on, and the operators."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from fupin_desktop.storage import chain

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table, and link the operations that are there."""
    op.add_column("change_sets", sa.Column("hash", sa.String(length=64), nullable=True))
    op.add_column("change_entries", sa.Column("digest", sa.String(length=64), nullable=True))
    op.create_table(
        "operators",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_operators")),
    )
    connection = op.get_bind()
    made = list(chain.make(connection.exec_driver_sql(chain.ALL)))
    if made:
        connection.exec_driver_sql("UPDATE change_sets SET hash = ? WHERE key = ?", made)
