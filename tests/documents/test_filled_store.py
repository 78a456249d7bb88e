"""A filled form kept as bytes is drawn as it was."""

from __future__ import annotations

import zlib

import pytest

from fupin_desktop.documents.definition.loader import load_form
from fupin_desktop.documents.drawing.pdf import pdf_bytes
from fupin_desktop.documents.drawing.workbook import workbook_bytes
from fupin_desktop.documents.filled_store import pack, unpack
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.errors import UnreadableFile
from tests.documents.official import MADE, OFFICIAL, sample
from tests.documents.papers import award_notice_form, notice


@pytest.mark.parametrize("form_id", OFFICIAL)
def test_what_is_unpacked_is_what_was_packed(form_id: str) -> None:
    form = fill(load_form(form_id), sample(form_id), MADE, draft=True)
    content = pack(form)
    again = unpack(content)
    assert (again.form_id, again.title, again.paper, again.made_on) == (form.form_id, form.title, form.paper, MADE)
    assert again.pages == form.pages
    assert again.grid == form.grid
    assert pack(again) == content
    assert pdf_bytes(again) == pdf_bytes(form)
    assert workbook_bytes(again) == workbook_bytes(form)


def test_a_form_without_a_grid_is_kept_too() -> None:
    form = award_notice_form(notice(3))
    again = unpack(pack(form))
    assert again.grid is None
    assert pdf_bytes(again) == pdf_bytes(form)


@pytest.mark.parametrize(
    "content", [b"", b"nothing", zlib.compress(b"[]"), zlib.compress(b'{"format": 99}'), zlib.compress(b'{"format": 1}')]
)
def test_damaged_bytes_are_told(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        unpack(content)


def test_nested_sums_are_kept_as_such() -> None:
    from tests.services.reports.quarter_cases import PLACES, PROJECTS
    from tests.services.reports.test_assembling import filled, table

    form = filled("quarterly_poor_village", table(PROJECTS, PLACES, None))
    kept = unpack(pack(form)).grid
    assert kept is not None
    assert form.grid is not None
    assert kept.cells == form.grid.cells
    assert any(cell.nested for cell in kept.cells)
