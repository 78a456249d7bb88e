"""The list of donors (捐赠名单): public copies, which name nobody who wants no name, and the office's own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import offices
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.funds.donors import ANONYMOUS, Donor, donors, summary
from fupin_desktop.services.workbench import Workbench

PUBLIC, OWN = "捐赠名单", "捐赠名单(存档)"
_TOLD_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class DonorSubject:
    """The donors of a source.

    Attributes:
        bench: The workbench.
        source_key: The source.
        public: Whether the copy leaves the office.
    """

    bench: Workbench
    source_key: str
    public: bool = True


def _query(subject: DonorSubject) -> Bound:
    """The donors of a source.

    A public copy calls anonymous donors 爱心人士, leaves out their remarks, and is refused where a phone, ID or account
    number stands in it; the office's own copy has every name and says who is anonymous.

    Raises:
        NotAllowed: The source is gone, has no donors, or a number would go public.
    """
    bench = subject.bench
    source, found = summary(bench, subject.source_key), donors(bench, subject.source_key)
    if not found:
        raise NotAllowed("还没有捐赠名单。", todo="请先录入或导入捐赠人。")
    rows = [_row(donor, subject.public) for donor in found]
    if subject.public:
        _check_leaks(source.name, [f"{row['name']}\n{row['note']}" for row in rows])
    office = offices.office(bench)
    data = {
        "title": f"{office.town}{PUBLIC if subject.public else OWN}",
        "source": source.name,
        "office": office.name,
        "made_on": bench.today,
        "people": len(rows),
        "total": sum((row["amount"] for row in rows), Decimal("0.00")),
        "rows": rows,
    }
    return Bound(data, bench.today)


def _named(subject: DonorSubject) -> str:
    word = PUBLIC if subject.public else OWN
    return f"{summary(subject.bench, subject.source_key).name} {word}"


def _row(donor: Donor, public: bool) -> dict[str, Any]:
    day = f"{donor.given_on:%Y-%m-%d}" if donor.given_on else ""
    if public:
        name, note = donor.public_name, "" if donor.anonymous else donor.note
    else:
        name, note = donor.name, "；".join(filter(None, (ANONYMOUS if donor.anonymous else "", donor.note)))
    return {"name": name, "amount": donor.amount, "given_on": day, "note": note}


def _check_leaks(source: str, texts: list[str]) -> None:
    """Nothing goes public that tells more than a name."""
    rows = [f"第 {place} 行" for place, text in enumerate(texts, 1) if find_leaks(text)]
    if find_leaks(source):
        rows.insert(0, "资金名称")
    if rows:
        told = "、".join(rows[:_TOLD_AT_MOST]) + ("等" if len(rows) > _TOLD_AT_MOST else "")
        raise NotAllowed(
            f"捐赠名单{told}有电话、证件号或账号，没有出公开的名单。",
            todo="请从捐赠人、备注里去掉这些号码，或出存档的一份。",
        )


TYPE = DocumentType("donors", "捐赠名单", "捐赠名单", order=32, tab="funds", query=_query, named=_named)
