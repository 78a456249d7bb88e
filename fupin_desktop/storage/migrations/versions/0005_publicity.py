"""What notices are about, where they hang, objections and filings; schemes filed before have their filing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEY, _WORD = sa.String(length=32), sa.String(length=24)


def upgrade() -> None:
    """Add the columns and tables, and what earlier notices and filed schemes say in them."""
    _notices()
    _postings()
    _objections()
    _filings()
    _carried_over()


def _notices() -> None:
    for name, kind in (("object_kind", _WORD), ("object_key", _KEY), ("place", sa.Text()), ("number", sa.Text()),
                       ("corrects_key", _KEY), ("concerns_key", _KEY), ("withdrawn_on", sa.Date()),
                       ("withdrawn_why", sa.Text())):
        op.add_column("notices", sa.Column(name, kind, nullable=True))
    op.create_index(op.f("ix_notices_object"), "notices", ["object_kind", "object_key"], unique=False)


def _postings() -> None:
    op.create_table(
        "notice_postings",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("notice_key", _KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("board", _WORD, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("posted_by", sa.Text(), nullable=False),
        sa.Column("taken_down_on", sa.Date(), nullable=True),
        sa.Column("photos", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["notice_key"], ["notices.key"], name=op.f("fk_notice_postings_notice_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_notice_postings")),
    )
    op.create_index(op.f("ix_notice_postings_notice_key"), "notice_postings", ["notice_key"], unique=False)


def _objections() -> None:
    texts = ("row_name", "content", "received_by", "investigation", "investigator")
    op.create_table(
        "objections",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("notice_key", _KEY, nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("way", _WORD, nullable=False),
        sa.Column("named", sa.Boolean(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("row_key", _KEY, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("result", _WORD, nullable=True),
        sa.Column("handling", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("corrects", sa.Boolean(), nullable=True),
        sa.Column("corrected_key", _KEY, nullable=True),
        sa.Column("files", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["notice_key"], ["notices.key"], name=op.f("fk_objections_notice_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_objections")),
    )
    op.create_index(op.f("ix_objections_notice_key"), "objections", ["notice_key"], unique=False)


def _filings() -> None:
    op.create_table(
        "filings",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("object_kind", _WORD, nullable=False),
        sa.Column("object_key", _KEY, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("place", "title", "number", "unit")),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("materials", sa.Text(), nullable=True),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("files", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_filings")),
    )
    op.create_index(op.f("ix_filings_object"), "filings", ["object_kind", "object_key"], unique=False)


def _carried_over() -> None:
    """Notices of awards are about their scheme; a scheme marked as filed has a filing without number and papers."""
    op.execute(
        "UPDATE notices SET object_kind = 'scheme', object_key = (SELECT scheme_key FROM award_runs"
        " WHERE award_runs.key = notices.run_key), place = (SELECT s.place FROM award_schemes s"
        " JOIN award_runs r ON r.scheme_key = s.key WHERE r.key = notices.run_key) WHERE run_key IS NOT NULL"
    )
    op.execute(
        "INSERT INTO filings (key, object_kind, object_key, year, place, title, number, unit, receiver, opinion, state,"
        " note) SELECT key, 'scheme', key, year, place, name, '', '', '', '', 'filed', '由旧版本的“已备案”标记转来'"
        " FROM award_schemes WHERE state = 'filed'"
    )
