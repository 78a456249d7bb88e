"""Registers of a year on paper (登记簿): what the 备案登记簿 and the 异议登记簿 share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import offices
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.workbench import Workbench


@dataclass(frozen=True, slots=True)
class YearSubject:
    """A register of a year.

    Attributes:
        bench: The workbench.
        year: 年度.
    """

    bench: Workbench
    year: int


def year_register(
    form_id: str, called: str, heading: str, *, order: int,
    rows: Callable[[Workbench, int], Sequence[Mapping[str, object]]], none: tuple[str, str],
) -> DocumentType:
    """The type of such a register; its paper shows the register as it stands.

    Args:
        form_id: Its form.
        called: 备案登记簿.
        heading: What the paper calls it, after town and year.
        order: Its place among the types.
        rows: The rows of a year.
        none: What is said, and what to do, where there are none (``NotAllowed``).
    """  # fmt: skip

    def query(subject: YearSubject) -> Bound:
        bench, year = subject.bench, subject.year
        found = rows(bench, year)
        if not found:
            raise NotAllowed(none[0], todo=none[1])
        office = offices.office(bench)
        data = {
            "title": f"{office.town}{year}年度{heading}", "office": office.name, "made_on": bench.today,
            "rows": list(found),
        }  # fmt: skip
        return Bound(data, bench.today)

    def named(subject: YearSubject) -> str:
        return f"{subject.year}年度{called}"

    return DocumentType(form_id, "登记簿", called, order=order, tab="publicity", query=query, named=named)
