"""A spreadsheet drawn in Excel or WPS, with ``{{field}}`` in its cells, made into a form file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fupin_desktop.documents.definition.form import Field, FormDefinition
from fupin_desktop.documents.workbook_forms import toml_text
from fupin_desktop.documents.workbook_forms.composing import Composed, compose, least_rows
from fupin_desktop.documents.workbook_forms.marks import Marks
from fupin_desktop.documents.workbook_forms.reading import Drawn, read_drawn, room

_FOOT_GAP = 3.0
_FOOT_ROOM = 6.0
_SLACK = 0.3
_TITLE_ROWS = 4


@dataclass(frozen=True, slots=True)
class SheetForm:
    """What became of a spreadsheet.

    Attributes:
        text: The text of ``form.toml``; empty where there are faults.
        faults: What keeps it from being a form, each with its cell, in Chinese.
        remarks: What could not be taken over, or was done differently, in Chinese.
        columns: Left edges of the sheet's columns and the last right one, mm from the paper's left edge.
        rows: Top edges of the sheet's rows and the last bottom one, mm from the paper's top edge.
    """

    text: str
    faults: tuple[str, ...]
    remarks: tuple[str, ...]
    columns: tuple[float, ...]
    rows: tuple[float, ...]


def sheet_form(path: Path, base: FormDefinition) -> SheetForm:
    """Make a spreadsheet into a form.

    Columns, rows, paper, margins and the print's scale are those that LibreOffice prints on this PC.

    Args:
        path: An xlsx workbook; its first sheet with ``{{…}}`` is read.
        base: The built-in form whose id, fields and rules it gets.

    Raises:
        FileMissing: There is no such file.
        UnreadableFile: It is no xlsx workbook, damaged, or far too large.
    """
    return _Maker(read_drawn(path), base, path.name).made()


class _Maker:
    """Makes one form."""

    def __init__(self, drawn: Drawn, base: FormDefinition, file: str) -> None:
        self._drawn, self._base, self._file = drawn, base, file
        self._marks = Marks(base)
        self._remarks = list(drawn.remarks)
        self._wide, self._high = room(drawn.paper, drawn.landscape, (0.0, 0.0, 0.0, 0.0))
        top, right, bottom, left = drawn.margins
        self._margins = (top, right, bottom, left)

    def made(self) -> SheetForm:
        """The form's text, or what is wrong."""
        composed = compose(self._drawn, self._base, self._marks, self._scale())
        faults = list(composed.faults)
        if not faults and not self._marks.met:
            faults.append("表里没有一个 {{字段}}, 不能作为表样。")
        left = self._left(composed.width)
        top = self._margins[0]
        text = "" if faults else "\n".join(self._lines(composed, left)) + "\n"
        return SheetForm(
            text, tuple(faults), tuple(dict.fromkeys(self._remarks)),
            _edges(left, self._shown_columns()), _edges(top, composed.heights),
        )

    def _scale(self) -> float:
        """The print's scale; smaller where the sheet is wider than the paper."""
        _, right, _, left = self._margins
        free, used = self._wide - left - right, sum(self._drawn.columns)
        if used * self._drawn.scale <= free + _SLACK or not used:
            return self._drawn.scale
        fitted = int(free / used * 100) / 100
        self._remarks.append(f"表比版心宽，已缩到 {fitted:.0%}；要与原样一致，请在页面设置里选“调整为 1 页宽”")
        return fitted

    def _shown_columns(self) -> tuple[float, ...]:
        scale = self._scale()
        return tuple(width * scale for width in self._drawn.columns)

    def _left(self, width: float) -> float:
        """Left margin, mm; of a centred sheet half of what is free."""
        _, right, _, left = self._margins
        if not self._drawn.centred:
            return round(left, 2)
        return round(left + (self._wide - left - right - width) / 2, 2)

    def _lines(self, composed: Composed, left: float) -> Iterator[str]:
        """The whole file."""
        base, drawn = self._base, self._drawn
        top, right, bottom, _ = self._margins
        styles = toml_text.Styles()
        lists = {row.of_list for part in composed.parts for row in part.rows if row.of_list}
        least = {name: least_rows(base, name) for name in lists}
        body = [line for part in composed.parts for line in toml_text.part_lines(part, styles, least)]
        foot = list(toml_text.footer_lines(drawn.footer, base.footer, self._foot_gap(bottom), styles))
        yield f"# {base.id}：本单位的表样，由电子表格“{self._file}”生成。长度单位：毫米；字号单位：磅。"
        yield from toml_text.pairs({"id": base.id, "title": self._title(composed), "clause": base.clause})
        yield from toml_text.pairs({"workbook": base.workbook, "entry": base.entry})
        if base.places:
            yield from toml_text.pairs({"places": base.places})
        yield from ("", "[paper]")
        yield from toml_text.pairs({
            "size": drawn.paper, "orientation": "landscape" if drawn.landscape else "portrait",
            "top": round(top, 2), "right": min(round(right, 2), round(self._wide - left - composed.width, 2)),
            "bottom": round(bottom, 2), "left": left,
        })
        yield from foot
        yield from styles.lines()
        yield from toml_text.field_lines(self._fields())
        yield from body

    @staticmethod
    def _foot_gap(bottom: float) -> float:
        """Room between the text area and the page number, mm."""
        return round(max(min(_FOOT_GAP, bottom - _FOOT_ROOM), 0.0), 2)

    def _fields(self) -> dict[str, Field]:
        """The form's fields: all of the built-in one but boxes that are not drawn, and the own ones."""
        met = self._marks.met
        return {
            name: field for name, field in self._marks.fields.items()
            if not (self._base.entry and field.type == "opinion" and name not in met)
        }

    def _title(self, composed: Composed) -> str:
        """The largest text at the sheet's top, where the form's title holds no fields."""
        title = self._base.title
        if any(True for _ in title.places):
            return title.source
        rows = [row for part in composed.parts for row in part.rows][:_TITLE_ROWS]
        texts = [
            cell for row in rows for cell in row.cells
            if cell.text.text.strip() and not cell.text.marked and not cell.border
        ]
        if not texts:
            return title.source
        found = max(texts, key=lambda cell: cell.style.size)
        return "".join(found.text.text.split()) if found.style.size >= _TITLE_SIZE else title.source


_TITLE_SIZE = 13.0


def _edges(start: float, lengths: tuple[float, ...]) -> tuple[float, ...]:
    edges = [start]
    for length in lengths:
        edges.append(edges[-1] + length)
    return tuple(round(edge, 2) for edge in edges)
