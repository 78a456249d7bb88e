"""The list of donors (捐赠名单): public copies, which name nobody who wants no name, and the office's own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from fupin_desktop.domain.money import from_fen
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import offices
from fupin_desktop.services.documents.rolls import RollSubject, refuse_leaks
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.registers.kinds.donors import ANONYMOUS, REGISTER, wants_no_name
from fupin_desktop.services.registers.owners import owner_of
from fupin_desktop.storage.entities import FundDonor


def _query(subject: RollSubject) -> Bound:
    """The donors of a source.

    A public copy calls anonymous donors 爱心人士, leaves out their remarks, and is refused where a phone, ID or account
    number stands in it; the office's own copy has every name and says who is anonymous.

    Raises:
        NotAllowed: The source is gone, has no donors, or a number would go public.
    """
    bench, source = subject.bench, owner_of(subject.bench, REGISTER, subject.owner).name
    listed = select(FundDonor).where(FundDonor.source_key == subject.owner)
    with bench.read() as session:
        found = session.scalars(listed.order_by(FundDonor.position, FundDonor.key))
        rows = [_row(donor, subject.public) for donor in found]
    if not rows:
        raise NotAllowed("还没有捐赠名单。", todo="请先录入或导入捐赠人。")
    if subject.public:
        lines = {f"第 {place} 行": f"{row['name']}\n{row['note']}" for place, row in enumerate(rows, 1)}
        refuse_leaks(TYPE.title, {"资金名称": source, **lines})
    office = offices.office(bench)
    data = {
        "title": f"{office.town}{_word(subject)}", "source": source, "office": office.name, "made_on": bench.today,
        "people": len(rows), "total": sum((row["amount"] for row in rows), Decimal(0)), "rows": rows,
    }
    return Bound(data, bench.today)


def _word(subject: RollSubject) -> str:
    return "捐赠名单" if subject.public else "捐赠名单(存档)"


def _row(donor: FundDonor, public: bool) -> dict[str, Any]:
    day = f"{donor.given_on:%Y-%m-%d}" if donor.given_on else ""
    said = wants_no_name(donor.note)
    name, note = donor.name, donor.note
    if public and (donor.anonymous or said):
        name, note = "爱心人士", ""
    elif donor.anonymous and not said:
        note = "；".join(filter(None, (ANONYMOUS, donor.note)))
    return {"name": name, "amount": from_fen(donor.amount_fen), "given_on": day, "note": note}


def _named(subject: RollSubject) -> str:
    return f"{owner_of(subject.bench, REGISTER, subject.owner).name} {_word(subject)}"


TYPE = DocumentType(
    *("donors", "捐赠名单", "捐赠名单"),
    order=32,
    tab="funds",
    query=_query,
    named=_named,
    public="匿名的印作“爱心人士”",
)
