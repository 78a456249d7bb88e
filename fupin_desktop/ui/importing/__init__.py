"""The import wizard: file, sheet and heading, columns, preview, result."""
