"""Tool tips that stay text: Qt takes one that looks like HTML for HTML, and a name may look like it."""

from __future__ import annotations

import re

_JOINER = "\u2060"
"""Takes no room, and keeps a bracket from beginning a tag."""
_TOOL_TIP_ROLE = 3
"""Qt.ItemDataRole.ToolTipRole, see ``traits``."""
_BEGINS = "<(?=[A-Za-z/!?])|&(?=lt;)"


def as_tip(text: str) -> str:
    """A text as a tool tip."""
    if "<" not in text and "&" not in text:
        return text
    return re.sub(_BEGINS, lambda found: found[0] + _JOINER, text)


def shown(text: str, role: int) -> str:
    """A text of a table that shows it in its cell and, where it is cut off, in a tool tip."""
    return as_tip(text) if role == _TOOL_TIP_ROLE else text
