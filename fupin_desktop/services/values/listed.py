"""Reading words of lists that are data: policy lists, names of villages."""

from __future__ import annotations

import re

from fupin_desktop.domain.reading.raw import BLANK, NOTHING, Raw, Read, plain
from fupin_desktop.domain.reading.words import read_label
from fupin_desktop.domain.text import clean, compact
from fupin_desktop.services.values.context import Context
from fupin_desktop.storage.fields import Field
from fupin_desktop.storage.search_keys import initials

MARK = "、"
"""Stands between the words of a field that takes several."""
_PARTED = re.compile("[、,，;；/\n]+")


def read_listed(field: Field, raw: Raw, context: Context) -> Read:
    """The word, or the words, that a cell gives, as the list has them; each once, in the order of the cell.

    Args:
        field: The field.
        raw: The cell; several words are parted by 、 or another of the usual marks.
        context: ``lists`` has the words; without it any are taken.
    """
    text = plain(raw)
    if compact(text) in NOTHING:
        return BLANK
    parts = [part for part in map(clean, _PARTED.split(text)) if part] if field.several else [clean(text)]
    if context.lists is None:
        return Read(MARK.join(dict.fromkeys(parts)) or None)
    labels = tuple(dict.fromkeys((*context.lists(field.listed), *field.more)))
    found: list[str] = []
    for part in parts:
        word = read_label(part, field.label, labels, initials)
        if word.issue is not None:
            return word
        found.append(word.value)
    return Read(MARK.join(dict.fromkeys(filter(None, found))) or None)
