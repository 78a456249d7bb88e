"""备案表: what is filed with the town office, the papers handed in, and what the office says (吴川 三(二)4)."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_desktop.domain.vocabulary import FilingState
from fupin_desktop.services import offices
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.notices import filings
from fupin_desktop.services.notices.filings import FilingLine
from fupin_desktop.services.notices.reading import told
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.workbench import Workbench

_CLAUSE = "吴川 三(二)4"


@dataclass(frozen=True, slots=True)
class FilingSubject:
    """A filing on paper.

    Attributes:
        bench: The workbench.
        key: The filing.
    """

    bench: Workbench
    key: str


def _query(subject: FilingSubject) -> Bound:
    """A filing as it stands.

    Raises:
        NotAllowed: It is no longer there.
    """
    bench = subject.bench
    line = filings.load(bench, subject.key)
    office = offices.office(bench)
    with bench.read() as session:
        notices = gates.standing(session, line.subject, bench.today).notices
        said = told(session, notices[0], bench.today) if notices else {}
    data = {
        "title": f"{office.town}产业扶贫奖补方案备案表",
        "office": office.name,
        **_handed_in(line),
        "notice_period": said.get("notice_period", ""),
        "notice_place": said.get("notice_place", ""),
        "notice_objections": said.get("notice_objections", ""),
        "state": line.state.label,
        "receiver": line.receiver,
        "received_on": line.received_on,
        "opinion": line.opinion,
        "after": "" if offices.clause_words(bench, _CLAUSE) == _CLAUSE else "参照",
    }
    return Bound(data, line.form.filed_on or bench.today)


def _handed_in(line: FilingLine) -> dict[str, object]:
    form = line.form
    return {
        "number": form.number,
        "name": line.title,
        "place": line.place,
        "unit": form.unit,
        "filed_on": form.filed_on,
        "note": form.note,
        "materials": [{"material": kind.label, "copies": count} for kind, count in form.materials.items() if count],
    }


def _named(subject: FilingSubject) -> str:
    line = filings.load(subject.bench, subject.key)
    word = "" if line.state is FilingState.FILED else f"({line.state.label})"
    return f"{line.place} 备案表{word}"


TYPE = DocumentType("filing", "备案表", "备案表", order=66, tab="publicity", query=_query, named=_named)
