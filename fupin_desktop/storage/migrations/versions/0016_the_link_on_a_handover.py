"""How far the log went when the paper of a handover was made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("handovers", sa.Column("log_number", sa.Integer(), nullable=True))
