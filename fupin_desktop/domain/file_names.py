"""Names of files and folders that Windows takes, on every system alike: papers travel on sticks from one to another."""

from __future__ import annotations

import re

LONGEST = 120
"""Characters of a proposed name: with the folder before it, Windows takes 260."""
NAMELESS = "_"
"""What is left of a text that holds nothing a name can hold."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_ENDS = re.compile(r"^\s+|[\s.]+$")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?")


def reserved(name: str) -> bool:
    """Whether Windows keeps a name for a device, whatever its ending: ``CON``, ``con.xlsx``, ``LPT1``."""
    return _RESERVED.fullmatch(name.strip()) is not None


def clean(text: str, ending: str = "") -> str:
    """A text made a file name: without forbidden characters, blanks and dots at its end, and no device's name.

    Args:
        text: What the name is to say.
        ending: Ending with its dot, which stays whole however long the text is.
    """
    most = LONGEST - len(ending)
    name = _ENDS.sub("", _FORBIDDEN.sub("", text)[:most])
    if not name or reserved(name):
        name = _ENDS.sub("", f"{NAMELESS}{name}"[:most])
    return name + ending
