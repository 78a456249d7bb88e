"""Public files of notices: PDF, the A3 poster for the board, and the list as a workbook; each looked through first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from fupin_desktop.documents.drawing.pdf import pdf_bytes
from fupin_desktop.documents.drawing.table_workbook import CellKind, TableColumn, Value, table_bytes
from fupin_desktop.documents.pages import scaled
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import files
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.services.notices import leaks
from fupin_desktop.services.workbench import Workbench

POSTER = 2**0.5
"""A3 is so many times as wide and as high as A4."""
_NOT_LISTED = frozenset({"key", "tail"})
_KINDS = {"money": CellKind.MONEY, "quantity": CellKind.QUANTITY, "area": CellKind.AREA, "count": CellKind.INTEGER}
_WIDTHS = {"money": 14.0, "date": 13.0, "count": 9.0, "quantity": 10.0}


def write_pdf(bench: Workbench, paper: Computed, path: Path) -> None:
    """Write a notice as PDF.

    Raises:
        NotAllowed: A number or address of a person would go public.
        Situation: It cannot be drawn or written there.
    """
    _give(bench, paper, paper.pdf(), path)


def write_poster(bench: Workbench, paper: Computed, path: Path) -> None:
    """Write a notice for the board: the same pages on A3, everything half as large again.

    Raises:
        NotAllowed: A number or address of a person would go public.
        Situation: It cannot be drawn or written there.
    """
    _give(bench, paper, pdf_bytes(scaled(paper.filled(), POSTER)), path)


def write_list(bench: Workbench, paper: Computed, path: Path) -> None:
    """Write the list of a notice as a workbook, one row each, numbers as numbers.

    Raises:
        NotAllowed: It has no list, or a number or address of a person would go public.
        Situation: It cannot be written there.
    """
    columns, rows = list_of(paper)
    made = datetime.combine(paper.subject.posted_on, time())
    data = table_bytes(str(paper.name), columns, rows, made=made)
    _give(bench, paper, data, path)


def _give(bench: Workbench, paper: Computed, data: bytes, path: Path) -> None:
    leaks.refuse_leaks(bench, data, [contact.phone for contact in paper.subject.contacts])
    files.write_bytes(path, data)


def all_clear(bench: Workbench, papers: Sequence[Computed]) -> bool:
    """Look through notices before they are printed; whether nothing was found.

    Raises:
        NotAllowed: A number or address of a person would go public.
        Situation: One cannot be drawn.
    """
    for paper in papers:
        leaks.refuse_leaks(bench, paper.pdf(), [contact.phone for contact in paper.subject.contacts])
    return True


def list_of(paper: Computed) -> tuple[list[TableColumn], list[list[Value]]]:
    """Columns and rows of a notice's list, by the labels of its form.

    Raises:
        NotAllowed: It has no list.
    """
    from fupin_desktop.documents.definition.loader import usable_form

    assert paper.type.query is not None
    data = paper.type.query(paper.subject).data
    form = paper.form or usable_form(paper.type.form_id, paper.forms)
    field = form.fields.get("rows")
    records = data.get("rows", ()) if isinstance(data, Mapping) else data.rows
    if field is None or not records:
        raise NotAllowed("这份公示没有名单，不能写成表格。")
    shown = [one for name, one in field.fields.items() if name not in _NOT_LISTED and one.type != "list"]
    inner = next((one for one in field.fields.values() if one.type == "list"), None)
    parts = list(inner.fields.values()) if inner is not None else []
    columns = [TableColumn(one.label, _KINDS.get(one.type, CellKind.TEXT), _WIDTHS.get(one.type, 16.0))
               for one in (*shown, *parts)]  # fmt: skip
    rows: list[list[Value]] = []
    for record in records:
        items: Sequence[Any] = _get(record, inner.name) or (None,) if inner is not None else (None,)
        for place, item in enumerate(items):
            own = [_value(_get(record, one.name)) if not place or one.type == "text" else None for one in shown]
            rows.append([*own, *(_value(_get(item, one.name)) for one in parts)])
    return columns, rows


def _get(record: Any, name: str) -> Any:
    return record.get(name) if isinstance(record, Mapping) else getattr(record, name, None)


def _value(value: Any) -> Value:
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return value if isinstance(value, str | int | Decimal) or value is None else str(value)

