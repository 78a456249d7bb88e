"""What planting and breeding items and microcredits are for: their project, entity, sales channels, photographs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_REFERENCES = (
    ("farm_items", "project_key", "projects"),
    ("farm_items", "entity_key", "entities"),
    ("microcredits", "project_key", "projects"),
)


def upgrade() -> None:
    """Add the columns; as plain statements, for a table of many rows need not be rebuilt for a reference."""
    for table, column, to in _REFERENCES:
        name = f"fk_{table}_{column}"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR(32) CONSTRAINT {name} REFERENCES {to} (key)")
        op.create_index(f"ix_{table}_{column}", table, [column], unique=False)
    op.add_column("farm_items", sa.Column("channels", sa.Text(), nullable=True))
    op.add_column("farm_items", sa.Column("photos", sa.Text(), nullable=True))
