"""The paper of a handover (交接单): every file with its checksum, two signatures."""

from __future__ import annotations

from typing import Any

from fupin_desktop.domain.exchange import said_size
from fupin_desktop.services import handovers, offices
from fupin_desktop.services.documents.type import Bound, DocumentType, Linked
from fupin_desktop.services.handovers import Handed, Line
from fupin_desktop.services.ledger_papers import LedgerSubject
from fupin_desktop.services.workbench import Workbench

_SHOWN = 12
"""Digits of a checksum that are printed: enough to tell files apart; the list has all of them."""


def _query(subject: LedgerSubject | tuple[Workbench, Handed]) -> Bound:
    bench, handed = _of(subject)
    office = offices.office(bench)
    rows = [_row(place, one) for place, one in enumerate(handed.lines, 1)]
    data: dict[str, Any] = {
        "office": office.name,
        "number": f"{handed.year}-{handed.number:03d}",
        "title": handed.title,
        "receiver": handed.receiver,
        "person": handed.person,
        "maker": handed.maker,
        "left_on": handed.left_on,
        "place": handed.place,
        "folder": handed.folder,
        "total": f"{len(handed.lines)} 个文件，{said_size(handovers.sizes(handed.lines))}，纸质折合 {handed.pages} 页",
        "secrecy": _INNER if handed.internal else "可以公开的资料。",
        "list_sha": _parted(handed.list_sha256),
        "rows": rows,
    }
    return Bound(data, handed.left_on)


_INNER = "含有证件号码、银行账号等内部资料，只限接收单位办理业务使用，不得外传；用完请删除或妥善保管。"


def _of(subject: LedgerSubject | tuple[Workbench, Handed]) -> tuple[Workbench, Handed]:
    if isinstance(subject, LedgerSubject):
        return subject.bench, handovers.load(subject.bench, subject.key)
    return subject


def _row(place: int, one: Line) -> dict[str, Any]:
    return {
        "number": place, "name": one.name, "what": one.what, "pages": one.pages, "rows": one.rows,
        "size": said_size(one.size), "kind": "公开" if one.public else "内部", "sha": one.sha256[:_SHOWN],
    }  # fmt: skip


def _parted(sha: str) -> str:
    """A checksum in groups of eight, to be compared by eye."""
    return " ".join(sha[at : at + 8] for at in range(0, len(sha), 8))


def _named(subject: LedgerSubject | tuple[Workbench, Handed]) -> str:
    handed = _of(subject)[1]
    return f"交接单 {handed.title} {handed.year}-{handed.number:03d}"


def _linked(subject: LedgerSubject | tuple[Workbench, Handed]) -> Linked | None:
    """The link up to which the log went when it was made; of one that knows none its own, where it has a record."""
    handed = _of(subject)[1]
    if handed.log_number:
        return Linked(number=handed.log_number)
    return Linked("handovers", (subject.key,), settled=True) if isinstance(subject, LedgerSubject) else None


TYPE = DocumentType(
    "handover", "交接单", "资料交接单", order=92, tab="exchange", query=_query, named=_named, linked=_linked
)
