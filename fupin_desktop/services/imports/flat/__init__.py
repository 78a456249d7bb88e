"""Lists in which a row is a record: imported into any register by its description."""
