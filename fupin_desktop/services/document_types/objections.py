"""异议登记簿: the objections of a year; an office's own paper, without phones."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import offices
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.notices import objections
from fupin_desktop.services.workbench import Workbench


@dataclass(frozen=True, slots=True)
class ObjectionsSubject:
    """The objections of a year on paper.

    Attributes:
        bench: The workbench.
        year: 年度.
    """

    bench: Workbench
    year: int


def _query(subject: ObjectionsSubject) -> Bound:
    """The register as it stands.

    Raises:
        NotAllowed: There are none.
    """
    bench = subject.bench
    found = objections.register(bench, subject.year)
    if not found:
        raise NotAllowed("本年度没有登记过异议。", todo="收到异议时，请在“公示备案”里登记。")
    office = offices.office(bench)
    rows = [
        {
            "received_on": line.form.received_on, "place": line.place, "way": line.form.way.label,
            "name": line.form.name if line.form.named else "匿名", "about": line.form.row_name,
            "content": line.form.content, "received_by": line.form.received_by,
            "result": line.form.result.label if line.form.result else "", "handling": line.form.handling,
            "answered_on": line.form.answered_on, "state": line.state,
        }
        for line in reversed(found)
    ]  # fmt: skip
    data = {
        "title": f"{office.town}{subject.year}年度公示异议登记簿", "office": office.name, "made_on": bench.today,
        "rows": rows,
    }  # fmt: skip
    return Bound(data, bench.today)


def _named(subject: ObjectionsSubject) -> str:
    return f"{subject.year}年度异议登记簿"


TYPE = DocumentType("objections", "登记簿", "异议登记簿", order=69, tab="publicity", query=_query, named=_named)
