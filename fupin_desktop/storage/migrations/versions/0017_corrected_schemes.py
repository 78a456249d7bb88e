"""Which scheme another one corrects; before, the name of its batch alone told it."""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_COLUMN = "ALTER TABLE award_schemes ADD COLUMN corrects_key VARCHAR(32) REFERENCES award_schemes (key)"
_NAMED_SO = """
UPDATE award_schemes SET corrects_key = (
    SELECT first.key FROM award_schemes AS first
    WHERE first.batch = rtrim(award_schemes.batch, '更正') AND first.key <> award_schemes.key
    AND first.year = award_schemes.year AND first.place = award_schemes.place
    AND first.village_key IS award_schemes.village_key ORDER BY first.rowid LIMIT 1
) WHERE batch LIKE '%更正'
"""


def upgrade() -> None:
    """Add the column, and fill it by the names that the program gave corrections."""
    op.execute(_COLUMN)  # which Alembic cannot add with its reference where the table is not made anew
    op.execute(_NAMED_SO)
