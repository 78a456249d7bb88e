"""Notices that list several records at once: what of a year waits for the next list, and what a list says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import PublicKind, Word
from fupin_desktop.services import offices
from fupin_desktop.services.notices import batches
from fupin_desktop.services.notices.kinds import Asked, Offer, Settled
from fupin_desktop.services.notices.writing import notice_of, words_of
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Notice
from fupin_desktop.storage.unit import Unit

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Gathered:
    """Records of a town that are published several at once.

    Attributes:
        kind: Name of the kind of notice.
        about: What it is about.
        word: What a list is called by, e.g. 入库项目.
        title: Title of the notice with ``{town}`` and ``{year}``.
        candidates: Keys of the records of a year that may be listed, in order.
        rows: The rows of some keys; the flag says whether names are masked.
        counted: Fact that holds the number of rows.
        summed: Whether the fact ``total`` sums the amounts of the rows, yuan.
    """

    kind: str
    about: PublicKind
    word: str
    title: str
    candidates: Callable[[Session, int], Sequence[str]]
    rows: Callable[[Session, Sequence[str], bool], Rows]
    counted: str = "count"
    summed: bool = True

    def offered(self, bench: Workbench, session: Session, year: int) -> Sequence[Offer]:
        """The lists of a year that stand, and the next one where something waits for it."""
        standing = batches.listed(session, self.kind, year)
        waiting = batches.waiting(self.candidates(session, year), standing.values())
        keys = {key: len(rows) for key, rows in standing.items()}
        if waiting:
            keys[batches.next_key(session, self.kind, year)] = len(waiting)
        town = offices.office(bench).town
        return [Offer(key, batches.shown_as(key, self.word, count), town) for key, count in keys.items()]

    def settle(self, asked: Asked) -> Settled:
        """What the notice of a list says."""
        bench, year = asked.bench, batches.year_of(asked.key)
        town = offices.office(bench).town
        with bench.read() as session:
            keys = batches.of_batch(session, self.kind, asked.key, self.candidates(session, year))
            rows = self.rows(session, keys, asked.settings.mask_names)
        facts: dict[str, Any] = {"rows": rows, self.counted: len(rows)}
        if self.summed:
            facts["total"] = sum((row["amount"] for row in rows), Decimal("0.00"))
        title = self.title.format(town=town, year=year)
        notice = notice_of(asked, self.kind, title, town, "", facts, year=year)
        words = (notice.board, notice.publisher, *words_of(notice.facts))
        return Settled(notice, Subject(self.about, asked.key), public_words=words)


def moving(entity: type[Any], state: Word) -> Callable[[Unit, Notice], None]:
    """What puts the records that a notice lists into a state."""

    def move(unit: Unit, notice: Notice) -> None:
        keys = [row["key"] for row in notice.body["facts"]["rows"]]
        unit.update_many(entity, [(key, state.value) for key in keys], ("state",))

    return move
