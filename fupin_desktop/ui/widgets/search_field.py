"""Fields to search by."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from fupin_desktop.ui.widgets.marks import loupe

BY_INITIALS = "查找（可用拼音首字母）"


def make_search(field: QLineEdit, words: str, name: str = "") -> None:
    """Make a field one to search by: with a loupe, and a cross that clears it.

    Args:
        field: The field.
        words: What it says while it is empty.
        name: What a screen reader calls it; empty for those words.
    """
    field.setProperty("role", "search")
    field.setPlaceholderText(words)
    field.setAccessibleName(name or words)
    field.setClearButtonEnabled(True)
    field.addAction(loupe(), QLineEdit.ActionPosition.LeadingPosition)


def search_field(name: str) -> QLineEdit:
    """A field to search a list by words or initials in pinyin; what a screen reader calls it."""
    field = QLineEdit()
    make_search(field, BY_INITIALS, name)
    return field
