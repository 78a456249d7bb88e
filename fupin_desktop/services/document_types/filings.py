"""备案登记簿: the filings of a year in the order they were handed in."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import offices
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.notices import filings
from fupin_desktop.services.workbench import Workbench


@dataclass(frozen=True, slots=True)
class FilingsSubject:
    """The filings of a year on paper.

    Attributes:
        bench: The workbench.
        year: 年度.
    """

    bench: Workbench
    year: int


def _query(subject: FilingsSubject) -> Bound:
    """The register as it stands.

    Raises:
        NotAllowed: Nothing is filed.
    """
    bench = subject.bench
    found = filings.register(bench, subject.year)
    if not found:
        raise NotAllowed("本年度还没有备案。", todo="公示结果出具以后才能报送备案。")
    office = offices.office(bench)
    rows = [
        {
            "number": line.form.number, "place": line.place, "name": line.title, "unit": line.form.unit,
            "filed_on": line.form.filed_on, "materials": line.materials_told, "receiver": line.receiver,
            "received_on": line.received_on, "state": line.state.label, "opinion": line.opinion,
        }
        for line in found
    ]  # fmt: skip
    data = {
        "title": f"{office.town}{subject.year}年度备案登记簿", "office": office.name, "made_on": bench.today,
        "rows": rows,
    }  # fmt: skip
    return Bound(data, bench.today)


def _named(subject: FilingsSubject) -> str:
    return f"{subject.year}年度备案登记簿"


TYPE = DocumentType("filings", "登记簿", "备案登记簿", order=67, tab="publicity", query=_query, named=_named)
