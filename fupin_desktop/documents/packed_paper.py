"""A PDF made in another process of a form's id and packed plain data, so that it loads this package and little else."""

from __future__ import annotations

import pickle
from datetime import date
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from fupin_desktop.documents.definition.form import FormDefinition
from fupin_desktop.documents.definition.loader import usable_form
from fupin_desktop.documents.drawing.pdf import DrawnPages, pdf_bytes
from fupin_desktop.documents.filling.plain import plain
from fupin_desktop.documents.layout.fill import fill

_TOGETHER = 200
"""Records packed at a time; they share the texts that are the same in them."""


class Packed(NamedTuple):
    """What a form is to be filled with.

    Attributes:
        form_id: The form.
        forms: The office's own folder of forms; None for the built-in ones.
        data: What it prints, packed: a fifth of the memory that it takes as objects.
        made_on: Date written into the file.
        draft: Whether 草稿 is printed across each page.
        stamp: The small line at its foot; empty for none.
    """

    form_id: str
    forms: Path | None
    data: bytes
    made_on: date
    draft: bool
    stamp: str


def pack(form: FormDefinition, data: Any) -> bytes:
    """What a form prints of data, for :func:`packed_pdf` in another process.

    The records of lists are packed some at a time, so that a list that makes them when it is walked never holds all.
    """
    stream = BytesIO()
    single = {name: field for name, field in form.fields.items() if not field.fields}
    pickle.dump(plain(single, data), stream, pickle.HIGHEST_PROTOCOL)
    for name, field in form.fields.items():
        records = iter(getattr(data, name, None) or ()) if field.fields else iter(())
        while some := [plain(field.fields, one) for one in islice(records, _TOGETHER)]:
            pickle.dump((name, some), stream, pickle.HIGHEST_PROTOCOL)
    return stream.getvalue()


def _unpacked(packed: bytes) -> dict[str, Any]:
    """What ``pack`` packed."""
    stream = BytesIO(packed)
    data: dict[str, Any] = pickle.load(stream)  # noqa: S301 - this program packed it
    while stream.tell() < len(packed):
        name, some = pickle.load(stream)  # noqa: S301
        data.setdefault(name, []).extend(some)
    return data


def packed_pdf(paper: Packed) -> bytes:
    """The PDF.

    Raises:
        MissingGlyph: No font has a character that must be printed.
    """
    form = usable_form(paper.form_id, paper.forms)
    filled = fill(form, _unpacked(paper.data), paper.made_on, draft=paper.draft, into=DrawnPages())
    return pdf_bytes(filled.stamped(paper.stamp) if paper.stamp else filled)
