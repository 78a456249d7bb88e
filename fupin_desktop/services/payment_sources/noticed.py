"""Lists whose amounts are those of a posted notice: what hangs is paid, whatever the registers say since."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import to_fen
from fupin_desktop.domain.payments import PaymentKind
from fupin_desktop.domain.vocabulary import NoticeState, PublicKind
from fupin_desktop.services.notices import kinds
from fupin_desktop.services.payments import accounts
from fupin_desktop.services.payments.model import Due
from fupin_desktop.services.payments.sources import Listed, Source
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.publicity.gates import Step, Subject
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Notice
from fupin_desktop.storage.unit import Unit


class Payable(NamedTuple):
    """Who is behind a row of a notice: a household or, by the same attribute, a business entity."""

    household_key: str
    item: str


Behind = Callable[[Session, Iterable[str]], Mapping[str, Payable]]
Settle = Callable[[Unit, Sequence[str], "date | None"], None]
"""Keeps that rows of a notice were paid on a day; None where what was paid came back."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """A kind of notice that tells amounts by household.

    Attributes:
        kind: What is paid.
        about: What its notices are about.
        title: 发放事项, after place and year.
        behind: The household or entity of each row, by the row's key; rows that are of neither are left out.
        settle: Tells the registers whom a batch paid; None where they do not keep it.
    """

    kind: PaymentKind
    about: PublicKind
    title: str
    behind: Behind
    settle: Settle | None = None

    @property
    def source(self) -> Source:
        """As payments take it."""
        return Source(self.kind, self._lists, self._of, self._dues, self._gate, self._settle)

    def _notices(self, session: Session) -> Iterator[Notice]:
        """Its notices that stand, the newest of each object last."""
        main = gates.MAIN_KIND[self.about]
        shown = (Notice.kind == main, Notice.posted_on.is_not(None), Notice.state != NoticeState.WITHDRAWN.value)
        about = Notice.object_kind == self.about.value
        yield from session.scalars(select(Notice).where(about, *shown).order_by(Notice.posted_on, Notice.key))

    def _lists(self, session: Session, year: int) -> Iterator[Listed]:
        found = {one.object_key: one for one in self._notices(session) if one.year == year}
        yield from (self._listed(one) for one in found.values())

    def _listed(self, one: Notice) -> Listed:
        place = one.place or ""
        return Listed(one.object_key or "", one.object_key or "", f"{place}{one.year}年度{self.title}", place, one.year)

    def _of(self, session: Session, key: str) -> Listed | None:
        found = [one for one in self._notices(session) if one.object_key == key]
        return self._listed(found[-1]) if found else None

    def _dues(self, _bench: Workbench, session: Session, key: str) -> tuple[Due, ...]:
        found = [one for one in self._notices(session) if one.object_key == key]
        if not found:
            return ()
        facts = getattr(kinds.of(found[-1].kind).unpack(found[-1].body), "facts", {})
        rows = [row for row in facts.get("rows", ()) if isinstance(row.get("amount"), Decimal)]
        return tuple(_summed(_due(session, rows, self.behind)))

    def _settle(self, unit: Unit, key: str, payees: Collection[str], on: date | None) -> None:
        """Tell of the rows of the notice that are of those paid."""
        found = [one for one in self._notices(unit.session) if one.object_key == key]
        if self.settle is None or not found:
            return
        facts = getattr(kinds.of(found[-1].kind).unpack(found[-1].body), "facts", {})
        keys = [str(row["key"]) for row in facts.get("rows", ())]
        known = self.behind(unit.session, keys)
        self.settle(unit, [one for one in keys if one in known and known[one].household_key in payees], on)

    def _gate(self, bench: Workbench, session: Session, key: str) -> str:
        line = gates.missing(session, Subject(self.about, key), bench.today, Step.RESULT)
        return "" if line is None else f"{self.title}{line.told.rstrip('。')}，公示期满、没有异议并出具结果以后才能发放"


def _due(session: Session, rows: list[Mapping[str, Any]], behind: Behind) -> Iterator[Due]:
    """What each row gives its household."""
    known = behind(session, [str(row["key"]) for row in rows])
    wanted = {one.household_key for one in known.values()}
    found = accounts.payees(session, wanted)
    for row in rows:
        payable = known.get(str(row["key"]))
        if payable is not None and payable.household_key in found:
            one = found[payable.household_key]
            who = (payable.household_key, one.head_name, one.id_number, one.village, one.group_name)
            yield Due(*who, payable.item, None, "", "", to_fen(row["amount"]))


def _summed(dues: Iterable[Due]) -> Iterator[Due]:
    """One row for each household."""
    found: dict[str, Due] = {}
    for due in dues:
        first = found.get(due.household_key)
        found[due.household_key] = due if first is None else _added(first, due)
    yield from found.values()


def _added(first: Due, due: Due) -> Due:
    items = "、".join(dict.fromkeys([*first.item.split("、"), due.item]))
    return first._replace(fen=first.fen + due.fen, item=items)


