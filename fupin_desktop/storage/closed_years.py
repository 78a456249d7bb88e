"""Which years are closed, as plain SQL: the window's title asks before the database toolkit is loaded."""

CLOSED = (
    "SELECT year FROM year_steps AS step WHERE kind = 'closed'"
    " AND key = (SELECT max(key) FROM year_steps WHERE year = step.year)"
)
"""A year is closed while its last step is that it was."""
