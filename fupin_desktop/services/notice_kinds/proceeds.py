"""收益分配公示: what an asset or project brought in and which household gets how much (吴川 三(二)3, 清远 二11)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.committees import full_committee
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.ordering import natural_key
from fupin_desktop.domain.vocabulary import PublicKind, Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.existing import existing
from fupin_desktop.services.notices.kinds import Asked, NoticeKind, Offer, Settled
from fupin_desktop.services.notices.writing import Named, notice_of, shown_names, with_tail, words_of
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Household, Proceeds, ProceedsShare, Village

CLAUSE = "吴川 三(二)3"


def _offered(_bench: Workbench, session: Session, year: int) -> Sequence[Offer]:
    query = select(Proceeds.key, Proceeds.title, Village.name).join(Village, Village.key == Proceeds.village_key)
    rows = session.execute(query.where(Proceeds.year == year).order_by(Village.name, Proceeds.key))
    return [Offer(key, title, village) for key, title, village in rows]


def _settle(asked: Asked) -> Settled:
    with asked.bench.read() as session:
        proceeds = existing(session, Proceeds, asked.key)
        village = session.scalars(select(Village.name).where(Village.key == proceeds.village_key)).one()
        rows = _rows(session, asked)
    paid = sum((row["amount"] for row in rows), Decimal("0.00"))
    facts = {
        "name": proceeds.title,
        "income": from_fen(proceeds.income_fen or 0),
        "collective": from_fen(proceeds.collective_fen or 0),
        "shared": paid,
        "scheme": proceeds.scheme.rstrip("。"),
        "households": len(rows),
        "rows": rows,
    }
    title = f"关于{village}{proceeds.year}年度{proceeds.title}分配情况的公示"
    notice = notice_of(asked, "proceeds", title, village, full_committee(village), facts, year=proceeds.year)
    words = (title, notice.board, notice.publisher, *words_of(notice.facts))
    about = Subject(PublicKind.PROCEEDS, asked.key)
    return Settled(notice, about, tuple(_problems(rows, paid, proceeds)), public_words=words)


def _problems(rows: Sequence[Any], paid: Decimal, proceeds: Proceeds) -> list[Problem]:
    found = []
    if not rows:
        found.append(Problem("notice.empty", Severity.MUST, "还没有分配到户，没有可以公示的名单。"))
    planned = from_fen(proceeds.households_fen or 0)
    if rows and paid != planned:
        told = f"各户合计 {paid:,.2f} 元，和“分配到户” {planned:,.2f} 元不一致。"
        found.append(Problem("notice.sum", Severity.MUST, told, CLAUSE))
    return found


def _rows(session: Session, asked: Asked) -> list[dict[str, Any]]:
    query = select(ProceedsShare, Household).join(Household, Household.key == ProceedsShare.household_key)
    query = query.where(ProceedsShare.proceeds_key == asked.key).order_by(Household.head_sort, ProceedsShare.key)
    found = sorted(session.execute(query).all(), key=lambda row: natural_key(row[1].group_name))
    people = [Named(share.key, one.head_name, one.head_id_number) for share, one in found]
    names = shown_names(people, mask=asked.settings.mask_names)
    return [
        {
            "key": share.key, "group": one.group_name, "head_shown": with_tail(*names[share.key]),
            "tail": names[share.key][1], "basis": share.basis, "amount": from_fen(share.amount_fen or 0),
            "remark": share.reason,
        }
        for share, one in found
    ]  # fmt: skip


KIND = NoticeKind(
    name="proceeds", title="收益分配公示", about=PublicKind.PROCEEDS, offered=_offered, settle=_settle, order=40
)
