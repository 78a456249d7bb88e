"""Reading the names of attached files."""

from __future__ import annotations

import re

from fupin_desktop.domain.reading.raw import BLANK, NOTHING, Issue, Raw, Read, plain
from fupin_desktop.domain.text import clean, compact
from fupin_desktop.services.values.context import Context
from fupin_desktop.storage.fields import Field

_PARTED = re.compile("[、；;\n]+")


def read_files(field: Field, raw: Raw, context: Context) -> Read:
    """The attached files that a cell names, in its order; their names are parted by 、.

    Args:
        field: The field.
        raw: The cell.
        context: ``files`` has the files that are attached already; a text cannot attach another.
    """
    if compact(plain(raw)) in NOTHING:
        return BLANK
    names = list(dict.fromkeys(name for part in _PARTED.split(plain(raw)) if (name := clean(part))))
    files = context.files or {}
    missing = "、".join(name for name in names if name not in files)
    if missing:
        return Read(None, Issue("not_attached", f"{field.label}里没有附过“{missing}”", "请先添加附件，再填写文件名"))
    return Read([dict(files[name]) for name in names])
