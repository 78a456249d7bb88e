"""The office's own classes of a household (低保户, 特困户 …), kept by year like the class itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    for table in ("households", "earlier_facts"):
        op.add_column(table, sa.Column("own_class", sa.Text(), nullable=True))
