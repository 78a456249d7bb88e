"""Widgets shared by tabs and dialogs."""
