"""What each file of a handover was made of, so that the next handover can tell what went before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("handover_files", sa.Column("item", sa.Text(), nullable=True))
