"""What the papers of the registers share: whom they are about, and the rows of a register as a form takes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fupin_desktop.domain.area import from_milli
from fupin_desktop.domain.masking import mask_name
from fupin_desktop.domain.money import from_fen
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import offices
from fupin_desktop.services.documents.type import Bound
from fupin_desktop.services.registers import registry
from fupin_desktop.services.registers.columns import Column, layout
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.parts import FIRST
from fupin_desktop.services.registers.query import Query
from fupin_desktop.services.registers.windows import all_keys, records_of
from fupin_desktop.services.values import show
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.fields import Kind

_NUMBERS = frozenset({Kind.MONEY, Kind.AREA, Kind.QUANTITY, Kind.INTEGER})
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class LedgerSubject:
    """The rows of a register looked at, and the one chosen among them.

    Attributes:
        bench: The workbench.
        query: The rows.
        key: The chosen record; empty for none.
        span: First and last day of a paper about a span of days; None for the year at work.
        public: Whether the paper leaves the office, of types that have a public copy.
    """

    bench: Workbench
    query: Query
    key: str = ""
    public: bool = False
    span: tuple[date, date] | None = None


def head(bench: Workbench, title: str) -> dict[str, Any]:
    """What stands above every list: title, office, year, day."""
    office = offices.office(bench)
    return {
        "title": title,
        "office": office.name,
        "town": office.town,
        "county": office.county,
        "year": bench.year,
        "made_on": bench.today,
    }


def of_year(words: str) -> Callable[[LedgerSubject], str]:
    """What names the file of a paper about the year at work: the year and these words."""
    return lambda subject: f"{subject.bench.year}年{words}"


def roll(title: str, row: Callable[[dict[str, Any]], dict[str, Any]] = dict) -> Callable[[LedgerSubject], Bound]:
    """What prints the rows looked at, and nothing else.

    Args:
        title: Of the paper; ``{year}`` and ``{town}`` stand for those of the office.
        row: What is printed of a row.
    """

    def query(subject: LedgerSubject) -> Bound:
        above = head(subject.bench, "")
        rows = [row(one) for one in rows_of(subject.bench, subject.query)]
        return Bound({**above, "title": title.format(**above), "rows": rows}, subject.bench.today)

    return query


def rows_of(bench: Workbench, query: Query) -> Rows:
    """The rows of a query as a form takes them, by column key; none is no list.

    Raises:
        NotAllowed: There are no rows.
    """
    found = rows_at(bench, query.register, all_keys(bench, query))
    if not found:
        raise NotAllowed(f"现在列出的{query.register.title}里没有记录。", todo="请先登记，或放宽筛选条件。")
    return found


def rows_at(bench: Workbench, register: Register, keys: Sequence[str]) -> Rows:
    """The records of these keys, in this order; dates are written short, as columns have room for."""
    made: dict[str, dict[str, Any]] = {}
    columns = list(layout(register).values())
    with bench.read() as session:
        for part in chunks(keys):
            for record in records_of(bench, session, register, bench.year, part):
                values = zip(columns, record[FIRST:], strict=True)
                made[record[0]] = {column.info.key: _value(column, value) for column, value in values}
    return [made[key] for key in keys if key in made]


def chosen(subject: LedgerSubject) -> dict[str, Any]:
    """The chosen record.

    Raises:
        NotAllowed: None is chosen, or it is gone.
    """
    register = subject.query.register
    found = rows_at(subject.bench, register, [subject.key]) if subject.key else []
    if not found:
        raise NotAllowed(f"没有选中{register.title}。", todo=f"请先选中一{register.unit}{register.title}。")
    return found[0]


def below(bench: Workbench, name: str, owner: str) -> Rows:
    """The records of a child register that belong to one, in their order."""
    register = registry.of(name)
    sort = ((register.order, False),) if register.order in layout(register) else ()
    return rows_at(bench, register, all_keys(bench, Query(register, bench.year, parent=owner, sort=sort)))


def period(starts: str, ends: str) -> str:
    """A period by its months, short enough for a column: 2026.03–2026.12."""
    first, last = (day[:7].replace("-", ".") for day in (starts, ends))
    return "–".join(filter(None, (first, last)))


def joined(pairs: Iterable[Sequence[Any]]) -> dict[str, str]:
    """The texts of each key, one after the other, equal ones once."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for key, text in pairs:
        found[key].setdefault(text)
    return {key: "、".join(filter(None, texts)) for key, texts in found.items()}


def public_names(rows: Rows, column: str) -> Rows:
    """The rows of a public copy: names as 张*三."""
    return [{**row, column: mask_name(row[column])} for row in rows]


def _value(column: Column, value: Any) -> Any:
    if value is None:
        return None if column.field.kind in _NUMBERS else ""
    match column.field.kind:
        case Kind.MONEY:
            return from_fen(int(value))
        case Kind.AREA | Kind.QUANTITY:
            return from_milli(int(value))
        case Kind.INTEGER:
            return value
    return show(column.field, value)
