"""异议登记簿: the objections of a year; an office's own paper, without phones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fupin_desktop.services.documents.year_register import year_register
from fupin_desktop.services.notices import objections
from fupin_desktop.services.workbench import Workbench


def _rows(bench: Workbench, year: int) -> Sequence[Mapping[str, object]]:
    return [
        {
            "received_on": line.form.received_on, "place": line.place, "way": line.form.way.label,
            "name": line.form.name if line.form.named else "匿名", "about": line.form.row_name,
            "content": line.form.content, "received_by": line.form.received_by,
            "result": line.form.result.label if line.form.result else "", "handling": line.form.handling,
            "answered_on": line.form.answered_on, "state": line.state,
        }
        for line in reversed(objections.register(bench, year))
    ]  # fmt: skip


TYPE = year_register(
    "objections", "异议登记簿", "公示异议登记簿", order=69, rows=_rows,
    none=("本年度没有登记过异议。", "收到异议时，请在“公示备案”里登记。"),
)  # fmt: skip
