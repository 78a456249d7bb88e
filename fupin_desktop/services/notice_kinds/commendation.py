"""表彰公示: checked commendations of a year, several at once (吴川 三(三)5)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.register_words import CommendationKind, CommendationState, OfficeLevel
from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services.notices.gathered import Gathered, Rows, moving
from fupin_desktop.services.notices.kinds import NoticeKind
from fupin_desktop.services.notices.writing import Named, shown_names, with_tail
from fupin_desktop.storage.entities import Commendation, Household, Village


def _candidates(session: Session, year: int) -> list[str]:
    checked = (Commendation.state == CommendationState.CHECKED.value, Commendation.year == year)
    return list(session.scalars(select(Commendation.key).where(*checked).order_by(Commendation.key)))


def _rows(session: Session, keys: Sequence[str], mask: bool) -> Rows:
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


_COMMENDATIONS = Gathered(
    kind="commendation", about=PublicKind.COMMENDATION, word="表彰", title="关于拟表彰{year}年度产业扶贫先进对象的公示",
    candidates=_candidates, rows=_rows, summed=False,
)  # fmt: skip
KIND = NoticeKind(
    name="commendation", title="表彰公示", about=PublicKind.COMMENDATION,
    offered=_COMMENDATIONS.offered, settle=_COMMENDATIONS.settle, order=42,
    posted=moving(Commendation, CommendationState.POSTED), withdrawn=moving(Commendation, CommendationState.CHECKED),
)  # fmt: skip
