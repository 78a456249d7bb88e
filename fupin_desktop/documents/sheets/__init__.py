"""Spreadsheets drawn by an office, read as forms."""
