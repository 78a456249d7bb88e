"""备案登记簿: the filings of a year in the order they were handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fupin_desktop.services.documents.year_register import year_register
from fupin_desktop.services.notices import filings
from fupin_desktop.services.workbench import Workbench


def _rows(bench: Workbench, year: int) -> Sequence[Mapping[str, object]]:
    return [
        {
            "number": line.form.number, "place": line.place, "name": line.title, "unit": line.form.unit,
            "filed_on": line.form.filed_on, "materials": line.materials_told, "receiver": line.receiver,
            "received_on": line.received_on, "state": line.state.label, "opinion": line.opinion,
        }
        for line in filings.register(bench, year)
    ]  # fmt: skip


TYPE = year_register(
    "filings", "备案登记簿", "备案登记簿", order=67, rows=_rows,
    none=("本年度还没有备案。", "公示结果出具以后才能报送备案。"),
)  # fmt: skip
