"""Documents of money in the data file: all versions of one document together, and what stands in their lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.services.documents import registry
from fupin_desktop.services.documents.type import Money
from fupin_desktop.storage.entities import Application, ApplicationValue

ZERO = Decimal("0.00")
LIVE = frozenset({ApplicationState.SUBMITTED, ApplicationState.APPROVED})
"""States in which a document lays claim to money."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Paper:
    """One version of a document of money.

    Attributes:
        key: Its key.
        root: Key of its first version, by which the ledger knows it.
        form_id: Its form.
        year: 年度.
        place_key: Village or town of a plan; of an approval sheet the first version of its plan.
        place: As it is listed: “村名 项目名称”.
        number: 编号.
        state: How far it has come.
        version: 1, or more for corrections.
    """

    key: str
    root: str
    form_id: str
    year: int
    place_key: str
    place: str
    number: str
    state: ApplicationState
    version: int

    @property
    def live(self) -> bool:
        """Whether it lays claim to money: on its way, or approved."""
        return self.state in LIVE

    @property
    def money(self) -> Money:
        """What it is to the ledger."""
        return money_of(self.form_id)

    @property
    def sheet(self) -> bool:
        """Whether it is an approval sheet, which draws on a plan."""
        return self.money.sheet


def money_of(form_id: str) -> Money:
    """What documents of a form are to the ledger."""
    found = registry.of(form_id).money
    if found is None:
        raise ValueError(f"{form_id} is no document of money")
    return found


def all_papers(session: Session) -> list[Paper]:
    """All versions of all documents of money, earlier versions first."""
    names = ("key", "previous_key", "form_id", "year", "place_key", "place", "number", "state", "version")
    columns = [getattr(Application, name) for name in names]
    statement = select(*columns).where(Application.form_id.in_([one.form_id for one in registry.of_money()]))
    roots: dict[str, str] = {}
    found = []
    for row in session.execute(statement.order_by(Application.version, Application.key)):
        root = roots[row.key] = roots.get(row.previous_key or "", row.key)
        state = ApplicationState(row.state)
        found.append(
            Paper(row.key, root, row.form_id, row.year, row.place_key, row.place, row.number, state, row.version)
        )
    return found


def root_of(session: Session, key: str) -> str:
    """Key of the first version of a document."""
    before = session.scalars(select(Application.previous_key).where(Application.key == key)).first()
    return root_of(session, before) if before else key


def versions(papers: Iterable[Paper], root: str) -> list[Paper]:
    """All versions of one document, the first one first."""
    return [one for one in papers if one.root == root]


def approved(papers: Iterable[Paper], root: str) -> Paper | None:
    """The version of a document that is in force."""
    return next((one for one in papers if one.root == root and one.state is ApplicationState.APPROVED), None)


def lists_of(session: Session, papers: Sequence[Paper]) -> dict[str, list[Row]]:
    """What the money of each of some documents is for, by key."""
    values = ApplicationValue
    fields = {one.key: one.money.rows for one in papers}
    statement = select(values.application_key, values.field, values.value).where(
        values.application_key.in_(list(fields)), values.field.in_(set(fields.values()))
    )
    found: dict[str, list[Row]] = {key: [] for key in fields}
    for key, field, value in session.execute(statement):
        if fields[key] == field:
            found[key] = list(value or ())
    return found


def amount_of(rows: Iterable[Row]) -> Decimal:
    """Yuan of some rows together."""
    return sum((amount for row in rows if isinstance(amount := row.get("amount"), Decimal)), ZERO)


def totals(session: Session, papers: Collection[Paper]) -> dict[str, Decimal]:
    """Yuan that each document lays claim to, by the key of its first version; the most of its live versions."""
    live = [one for one in papers if one.live]
    lists = lists_of(session, live)
    found: dict[str, Decimal] = {}
    for one in live:
        found[one.root] = max(found.get(one.root, ZERO), amount_of(lists[one.key]))
    return found


def text(row: Row, column: str) -> str:
    """A text of a row; empty where none is given."""
    return str(row.get(column) or "")
