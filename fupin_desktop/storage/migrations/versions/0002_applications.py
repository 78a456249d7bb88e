"""Applications with their opinions, reasons and frozen papers; what applications say of a village."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_VILLAGE_TEXTS = ("leader", "leader_phone", "team_leader", "team_phone")


def upgrade() -> None:
    """Make the tables of applications, and give villages the facts their applications ask for."""
    _make_applications()
    _make_parts()
    _make_frozen_papers()
    _extend_villages()


def _make_applications() -> None:
    """Applications, and the forms they were begun with."""
    op.create_table(
        "form_versions",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_form_versions")),
    )
    op.create_table(
        "applications",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("form_sha", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("place_key", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("previous_key", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("box", sa.String(length=64), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=True),
        sa.Column("sent", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_applications")),
    )
    op.create_index("ix_applications_place_key", "applications", ["place_key"], unique=False)
    op.create_index("ix_applications_previous_key", "applications", ["previous_key"], unique=False)
    op.create_index("ix_applications_year", "applications", ["year", "form_id", "state"], unique=False)
    op.create_table(
        "application_touches",
        sa.Column("application_key", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("blocking", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("application_key", name=op.f("pk_application_touches")),
    )


def _make_parts() -> None:
    """What belongs to one application."""
    op.create_table(
        "application_values",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("application_key", sa.String(length=32), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_key"], ["applications.key"], name=op.f("fk_application_values_application_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_application_values")),
        sa.UniqueConstraint("application_key", "field", name=op.f("uq_application_values_application_key_field")),
    )
    op.create_table(
        "application_steps",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("application_key", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("box", sa.String(length=64), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_key"], ["applications.key"], name=op.f("fk_application_steps_application_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_application_steps")),
    )
    op.create_index("ix_application_steps_application", "application_steps", ["application_key", "at"], unique=False)
    op.create_table(
        "application_reasons",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("application_key", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_key"], ["applications.key"], name=op.f("fk_application_reasons_application_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_application_reasons")),
        sa.UniqueConstraint("application_key", "code", name=op.f("uq_application_reasons_application_key_code")),
    )


def _make_frozen_papers() -> None:
    """Approved applications byte for byte."""
    op.create_table(
        "frozen_papers",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("application_key", sa.String(length=32), nullable=False),
        sa.Column("form_sha", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("program_version", sa.String(length=24), nullable=False),
        sa.Column("filled", sa.LargeBinary(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("xlsx", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("working", sa.Text(), nullable=True),
        sa.Column("problems", sa.Text(), nullable=True),
        sa.Column("parameters", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_key"], ["applications.key"], name=op.f("fk_frozen_papers_application_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_frozen_papers")),
    )
    op.create_index("ix_frozen_papers_application_key", "frozen_papers", ["application_key"], unique=False)


def _extend_villages() -> None:
    """New columns; texts are empty and not NULL, so they are added with a default that goes again."""
    with op.batch_alter_table("villages", recreate="always") as batch:
        for name in _VILLAGE_TEXTS:
            batch.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("poor_village", sa.Boolean(), nullable=True))
        batch.add_column(sa.Column("total_households", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("total_persons", sa.Integer(), nullable=True))
    with op.batch_alter_table("villages", recreate="always") as batch:
        for name in _VILLAGE_TEXTS:
            batch.alter_column(name, server_default=None)
