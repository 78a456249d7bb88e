"""The list of a handover of work (工作交接清单): what is open, what there is, three signatures."""

from __future__ import annotations

from typing import Any

from fupin_desktop.services import offices, successor
from fupin_desktop.services.documents.type import Bound, DocumentType, Linked
from fupin_desktop.services.successor import Succession


def _query(subject: Succession) -> Bound:
    bench = subject.bench
    found = successor.open_work(bench)
    data: dict[str, Any] = {
        "office": offices.office(bench).name,
        "year": bench.year,
        "clerk": subject.clerk,
        "successor": subject.successor,
        "witness": subject.witness,
        "made_on": bench.today,
        "open_count": len(found),
        "open": [
            {"number": place, "badge": one.badge, "text": one.text, "due": one.due, "place": successor.place_of(one)}
            for place, one in enumerate(found, 1)
        ],
        "held": [
            {"number": place, "what": one.what, "told": one.told}
            for place, one in enumerate(successor.held(bench), 1)
        ],
    }
    return Bound(data, bench.today)


def _named(subject: Succession) -> str:
    return f"工作交接清单 {subject.clerk} 至 {subject.successor} {subject.bench.today:%Y-%m-%d}"


def _linked(_subject: Succession) -> Linked:
    return Linked()


TYPE = DocumentType(
    "work_handover", "清单", "工作交接清单", order=93, tab="exchange", query=_query, named=_named, linked=_linked
)
