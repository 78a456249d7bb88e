"""The register of what left the office on a stick or in a package, with its files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_KEY = sa.String(length=32)
_WORD = sa.String(length=24)
_TEXT = sa.Text()
_COUNT = sa.Integer()


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "handovers",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("year", _COUNT, nullable=False),
        sa.Column("number", _COUNT, nullable=False),
        sa.Column("kind", _WORD, nullable=False),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("title", "receiver", "person")),
        sa.Column("left_on", sa.Date(), nullable=True),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("maker", "place", "folder")),
        sa.Column("count", _COUNT, nullable=False),
        sa.Column("pages", _COUNT, nullable=False),
        sa.Column("internal", sa.Boolean(), nullable=True),
        sa.Column("list_sha256", _TEXT, nullable=False),
        sa.Column("receipt_on", sa.Date(), nullable=True),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("receipt_by", "result", "note")),
        sa.Column("papers", _TEXT, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_handovers")),
    )
    op.create_table(
        "handover_files",
        sa.Column("key", _KEY, nullable=False),
        sa.Column(
            "handover_key", _KEY, sa.ForeignKey("handovers.key", name=op.f("fk_handover_files_handover_key")),
            nullable=False,
        ),
        sa.Column("position", _COUNT, nullable=False),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("name", "what")),
        sa.Column("pages", _COUNT, nullable=True),
        sa.Column("rows", _COUNT, nullable=True),
        sa.Column("size", _COUNT, nullable=False),
        sa.Column("public", sa.Boolean(), nullable=True),
        sa.Column("sha256", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_handover_files")),
    )
    op.create_index("ix_handover_files_handover_key", "handover_files", ["handover_key"], unique=False)
