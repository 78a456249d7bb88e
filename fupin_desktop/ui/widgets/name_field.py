"""A line for the name of who signs, with the names that are known beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox

from fupin_desktop.ui import fonts
from fupin_desktop.ui.widgets.open_choice import open_choice


def name_field(names: Sequence[str]) -> QComboBox:
    """A line that begins with the likeliest name and offers the others; another one can be typed."""
    field = open_choice()
    field.setMinimumContentsLength(6)
    fonts.ensure("".join(names))
    field.addItems(list(names))
    field.setEditText(names[0] if names else "")
    field.editTextChanged.connect(fonts.ensure)
    return field
