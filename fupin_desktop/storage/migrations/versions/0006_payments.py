"""Acceptance in the field, and payment batches."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEY, _WORD = sa.String(length=32), sa.String(length=24)


def upgrade() -> None:
    """Make the tables."""
    _acceptances()
    _payments()


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _days(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Date(), nullable=True) for name in names]


def _child(table: str, parent: str, *columns: sa.Column[Any]) -> None:
    """A table whose records belong to those of another by ``batch_key``."""
    op.create_table(
        table,
        sa.Column("key", _KEY, nullable=False),
        sa.Column("batch_key", _KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("household_key", _KEY, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["batch_key"], [f"{parent}.key"], name=op.f(f"fk_{table}_batch_key")),
        sa.PrimaryKeyConstraint("key", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_batch_key"), table, ["batch_key"], unique=False)


def _acceptances() -> None:
    op.create_table(
        "acceptance_batches",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("village_key", _KEY, nullable=False),
        *_texts("place"),
        sa.Column("year", sa.Integer(), nullable=False),
        *_days("dated"),
        *_texts("members", "spot_by"),
        *_days("spot_on"),
        *_texts("spot_reason"),
        sa.Column("state", _WORD, nullable=False),
        *_texts("note"),
        sa.Column("files", sa.Text(), nullable=True),
        sa.Column("written_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_acceptance_batches")),
    )
    op.create_index(op.f("ix_acceptance_batches_village_key"), "acceptance_batches", ["village_key"], unique=False)
    _child(
        "acceptance_rows",
        "acceptance_batches",
        sa.Column("item_key", _KEY, nullable=False),
        *_texts("group_name", "head_name", "product", "unit"),
        sa.Column("declared_milli", sa.BigInteger(), nullable=True),
        sa.Column("measured_milli", sa.BigInteger(), nullable=True),
        sa.Column("quality", _WORD, nullable=True),
        sa.Column("signed", sa.Boolean(), nullable=True),
        *_texts("note"),
        sa.Column("files", sa.Text(), nullable=True),
        sa.Column("spot", sa.Boolean(), nullable=False),
        sa.Column("spot_milli", sa.BigInteger(), nullable=True),
    )
    op.create_index(op.f("ix_acceptance_rows_item_key"), "acceptance_rows", ["item_key"], unique=False)


def _payments() -> None:
    op.create_table(
        "payment_batches",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("source_key", _KEY, nullable=False),
        sa.Column("object_key", _KEY, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        *_texts("place", "title"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=True),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("paper_key", _KEY, nullable=False),
        sa.Column("again_of", _KEY, nullable=False),
        *_days("made_on", "checked_on"),
        *_texts("checked_by"),
        *_days("sent_on"),
        *_texts("sent_to"),
        *_days("paid_on"),
        *_texts("paper_no", "note"),
        sa.Column("entries", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_payment_batches")),
    )
    op.create_index(op.f("ix_payment_batches_object"), "payment_batches", ["object_key", "number"], unique=False)
    _child(
        "payment_rows",
        "payment_batches",
        *_texts("town", "village", "group_name", "head_name"),
        sa.Column("id_number", sa.String(length=20), nullable=False),
        *_texts("item"),
        sa.Column("quantity_milli", sa.BigInteger(), nullable=True),
        *_texts("unit", "standard"),
        *[sa.Column(name, sa.BigInteger(), nullable=False) for name in ("award_fen", "before_fen", "amount_fen")],
        *_texts("account_name", "bank_name", "account", "phone", "account_reason"),
        sa.Column("state", _WORD, nullable=False),
        *_days("returned_on"),
        *_texts("return_reason"),
        sa.Column("again_key", _KEY, nullable=False),
        *_texts("note"),
    )
    op.create_index(op.f("ix_payment_rows_household"), "payment_rows", ["household_key"], unique=False)
