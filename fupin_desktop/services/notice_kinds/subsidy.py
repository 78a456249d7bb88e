"""贷款贴息公示: checked subsidies of interest, several at once (吴川 三(三)4, 清远 二13)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.register_words import SubsidyState
from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services import offices
from fupin_desktop.services.notices import batches
from fupin_desktop.services.notices.kinds import Asked, NoticeKind, Offer, Settled
from fupin_desktop.services.notices.writing import Named, notice_of, shown_names, with_tail, words_of
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import (
    Entity,
    EntityLoan,
    Household,
    InterestSubsidy,
    Microcredit,
    Notice,
    Village,
)
from fupin_desktop.storage.unit import Unit


def _candidates(session: Session, year: int) -> list[str]:
    checked = (InterestSubsidy.state == SubsidyState.CHECKED.value, InterestSubsidy.to_on.is_not(None))
    rows = session.execute(select(InterestSubsidy.key, InterestSubsidy.to_on).where(*checked))
    return [key for key, to_on in rows if to_on is not None and to_on.year == year]


def _offered(bench: Workbench, session: Session, year: int) -> Sequence[Offer]:
    standing = batches.listed(session, "subsidy", year)
    waiting = batches.waiting(_candidates(session, year), standing.values())
    keys = {key: len(rows) for key, rows in standing.items()}
    if waiting:
        keys[batches.next_key(session, "subsidy", year)] = len(waiting)
    town = offices.office(bench).town
    return [Offer(key, batches.shown_as(key, "贷款贴息", count), town) for key, count in keys.items()]


def _settle(asked: Asked) -> Settled:
    bench, year = asked.bench, batches.year_of(asked.key)
    town = offices.office(bench).town
    with bench.read() as session:
        keys = batches.of_batch(session, "subsidy", asked.key, _candidates(session, year))
        rows = _rows(session, keys, mask=asked.settings.mask_names)
    facts = {"rows": rows, "count": len(rows), "total": sum((row["amount"] for row in rows), Decimal("0.00"))}
    title = f"关于{town}{year}年度扶贫贷款贴息的公示"
    notice = notice_of(asked, "subsidy", title, town, "", facts, year=year)
    words = (notice.board, notice.publisher, *words_of(notice.facts))
    return Settled(notice, Subject(PublicKind.SUBSIDY, asked.key), public_words=words)


def _rows(session: Session, keys: Sequence[str], *, mask: bool) -> list[dict[str, Any]]:
    query = select(InterestSubsidy, Household, Entity.name, Village.name)
    query = query.outerjoin(Microcredit, Microcredit.key == InterestSubsidy.loan_key)
    query = query.outerjoin(Household, Household.key == Microcredit.household_key)
    query = query.outerjoin(EntityLoan, EntityLoan.key == InterestSubsidy.entity_loan_key)
    query = query.outerjoin(Entity, Entity.key == EntityLoan.entity_key)
    query = query.outerjoin(Village, Village.key == Household.village_key)
    found = session.execute(query.where(InterestSubsidy.key.in_(keys)).order_by(InterestSubsidy.key)).all()
    people = [Named(one.key, who.head_name, who.head_id_number) for one, who, _, _ in found if who is not None]
    names = shown_names(people, mask=mask)
    return [_row(one, names.get(one.key), entity or "", village or "") for one, _, entity, village in found]


def _row(one: InterestSubsidy, name: tuple[str, str] | None, entity: str, village: str) -> dict[str, Any]:
    return {
        "key": one.key,
        "village": village,
        "borrower": with_tail(*name) if name is not None else entity,
        "tail": name[1] if name is not None else "",
        "term": " 至 ".join(say_date(day) for day in (one.from_on, one.to_on) if day),
        "days": one.days,
        "principal": from_fen(one.principal_fen or 0),
        "amount": from_fen(one.due_fen or 0),
    }


def _posted(unit: Unit, notice: Notice) -> None:
    _move(unit, notice, SubsidyState.POSTED)


def _withdrawn(unit: Unit, notice: Notice) -> None:
    _move(unit, notice, SubsidyState.CHECKED)


def _move(unit: Unit, notice: Notice, state: SubsidyState) -> None:
    keys = [row["key"] for row in notice.body["facts"]["rows"]]
    unit.update_many(InterestSubsidy, [(key, state.value) for key in keys], ("state",))


KIND = NoticeKind(
    name="subsidy", title="贷款贴息公示", about=PublicKind.SUBSIDY, offered=_offered, settle=_settle, order=41,
    posted=_posted, withdrawn=_withdrawn,
)  # fmt: skip
