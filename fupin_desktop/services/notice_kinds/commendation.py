"""表彰公示: checked commendations of a year, several at once (吴川 三(三)5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.register_words import CommendationKind, CommendationState, OfficeLevel
from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services import offices
from fupin_desktop.services.notices import batches
from fupin_desktop.services.notices.kinds import Asked, NoticeKind, Offer, Settled
from fupin_desktop.services.notices.writing import Named, notice_of, shown_names, with_tail, words_of
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Commendation, Household, Notice, Village
from fupin_desktop.storage.unit import Unit


def _candidates(session: Session, year: int) -> list[str]:
    checked = (Commendation.state == CommendationState.CHECKED.value, Commendation.year == year)
    return list(session.scalars(select(Commendation.key).where(*checked).order_by(Commendation.key)))


def _offered(bench: Workbench, session: Session, year: int) -> Sequence[Offer]:
    standing = batches.listed(session, "commendation", year)
    waiting = batches.waiting(_candidates(session, year), standing.values())
    keys = {key: len(rows) for key, rows in standing.items()}
    if waiting:
        keys[batches.next_key(session, "commendation", year)] = len(waiting)
    town = offices.office(bench).town
    return [Offer(key, batches.shown_as(key, "表彰", count), town) for key, count in keys.items()]


def _settle(asked: Asked) -> Settled:
    bench, year = asked.bench, batches.year_of(asked.key)
    town = offices.office(bench).town
    with bench.read() as session:
        keys = batches.of_batch(session, "commendation", asked.key, _candidates(session, year))
        rows = _rows(session, keys, mask=asked.settings.mask_names)
    facts = {"rows": rows, "count": len(rows)}
    title = f"关于拟表彰{year}年度产业扶贫先进对象的公示"
    notice = notice_of(asked, "commendation", title, town, "", facts, year=year)
    words = (notice.board, notice.publisher, *words_of(notice.facts))
    return Settled(notice, Subject(PublicKind.COMMENDATION, asked.key), public_words=words)


def _rows(session: Session, keys: Sequence[str], *, mask: bool) -> list[dict[str, Any]]:
    query = select(Commendation, Household, Village.name)
    query = query.join(Household, Household.key == Commendation.household_key)
    query = query.join(Village, Village.key == Household.village_key).where(Commendation.key.in_(keys))
    order = (Village.position, Village.name, Village.key, Household.head_sort, Commendation.key)
    found = session.execute(query.order_by(*order)).all()
    people = [Named(one.key, who.head_name, who.head_id_number) for one, who, _ in found]
    names = shown_names(people, mask=mask)
    return [
        {
            "key": one.key, "village": village, "head_shown": with_tail(*names[one.key]), "tail": names[one.key][1],
            "level": OfficeLevel(one.level).label, "kind": CommendationKind(one.kind).label, "cause": one.cause,
            "amount": from_fen(one.award_fen) if one.award_fen is not None else None,
        }
        for one, _, village in found
    ]  # fmt: skip


def _posted(unit: Unit, notice: Notice) -> None:
    _move(unit, notice, CommendationState.POSTED)


def _withdrawn(unit: Unit, notice: Notice) -> None:
    _move(unit, notice, CommendationState.CHECKED)


def _move(unit: Unit, notice: Notice, state: CommendationState) -> None:
    keys = [row["key"] for row in notice.body["facts"]["rows"]]
    unit.update_many(Commendation, [(key, state.value) for key in keys], ("state",))


KIND = NoticeKind(
    name="commendation", title="表彰公示", about=PublicKind.COMMENDATION, offered=_offered, settle=_settle, order=42,
    posted=_posted, withdrawn=_withdrawn,
)  # fmt: skip
