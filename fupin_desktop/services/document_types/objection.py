"""异议受理表: one objection from its receipt to its answer; an office's own paper, which names the objector."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_desktop.services import offices
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.notices import objections
from fupin_desktop.services.workbench import Workbench


@dataclass(frozen=True, slots=True)
class ObjectionSubject:
    """An objection on paper.

    Attributes:
        bench: The workbench.
        key: The objection.
    """

    bench: Workbench
    key: str


def _query(subject: ObjectionSubject) -> Bound:
    """An objection as it stands.

    Raises:
        NotAllowed: It is no longer there.
    """
    line, office = objections.load(subject.bench, subject.key), offices.office(subject.bench)
    form = line.form
    data = {
        "title": f"{office.town}公示异议受理表",
        "office": office.name,
        "notice": line.notice,
        "received_on": form.received_on,
        "way": form.way.label,
        "named": "实名" if form.named else "匿名",
        "name": form.name,
        "phone": form.phone,
        "about": form.row_name or "公示全文",
        "content": form.content,
        "received_by": form.received_by,
        "investigation": form.investigation,
        "investigator": form.investigator,
        "result": form.result.label if form.result else "",
        "handling": form.handling,
        "answered_on": form.answered_on,
        "corrects": "是" if form.corrects else "否" if form.result else "",
        "note": form.note,
    }
    return Bound(data, form.received_on or subject.bench.today)


def _named(subject: ObjectionSubject) -> str:
    line = objections.load(subject.bench, subject.key)
    return f"{line.place} 异议受理表 {line.form.received_on:%Y-%m-%d}"


TYPE = DocumentType("objection", "受理表", "异议受理表", order=68, tab="publicity", query=_query, named=_named)
