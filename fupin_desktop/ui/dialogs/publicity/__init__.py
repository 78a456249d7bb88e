"""Dialogs about a notice: posting it, its boards and days, objections, filing."""
