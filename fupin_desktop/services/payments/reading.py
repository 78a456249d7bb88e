"""Batches as lists and papers show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.area import from_milli
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.payments import BatchState, PaymentKind, PaymentRowState
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.existing import existing
from fupin_desktop.services.payments import accounts, dues, money, sources
from fupin_desktop.services.payments.model import Agreement, Batch, BatchLine, Payable, RowLine
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import PaymentBatch, PaymentRow

BEFORE_SENDING = frozenset({BatchState.DRAFT, BatchState.CHECKED})
"""States in which a batch is checked again whenever it is looked at."""
_RETURNED, _RECOVERED = PaymentRowState.RETURNED.value, PaymentRowState.RECOVERED.value


def payables(bench: Workbench, year: int) -> list[Payable]:
    """What can be paid in a year, each list with what is left of it and what stands in the way."""
    return list(bench.cached(("payments.payables", year), lambda: _payables(bench, year)))


def _payables(bench: Workbench, year: int) -> list[Payable]:
    found = []
    with bench.read() as session:
        for kind in sources.KINDS:
            source = sources.of(kind)
            for listed in source.lists(session, year):
                given = source.amounts(bench, session, listed.source_key)
                left = dues.left_fen(given, dues.paid_fen(session, listed.object_key))
                gate = source.gate(bench, session, listed.source_key)
                total, households = sum(fen for _, fen in given), sum(fen > 0 for _, fen in given)
                found.append(Payable(kind, *listed, gate, total, left, households))
    return found


def batches(bench: Workbench, year: int = 0, object_key: str = "") -> list[BatchLine]:
    """Batches, the latest first.

    Args:
        bench: The workbench.
        year: Those of a year; 0 for all.
        object_key: Those of one object; empty for all.
    """
    query = select(PaymentBatch).order_by(PaymentBatch.key.desc())
    if year:
        query = query.where(PaymentBatch.year == year)
    if object_key:
        query = query.where(PaymentBatch.object_key == object_key)
    with bench.read() as session:
        found = session.scalars(query).all()
        sums = _sums(session, [batch.key for batch in found])
        return [_line(batch, sums[batch.key]) for batch in found]


def _sums(session: Session, keys: Sequence[str]) -> dict[str, list[tuple[str, int, int]]]:
    """State, households and 分 of the rows of some batches, those to be paid and those to come back apart."""
    row = PaymentRow
    sign = row.amount_fen > 0
    query = select(row.batch_key, row.state, func.count(), func.sum(row.amount_fen)).where(row.batch_key.in_(keys))
    found: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for key, state, count, fen in session.execute(query.group_by(row.batch_key, row.state, sign)):
        found[key].append((state, count, fen))
    return found


def _line(batch: PaymentBatch, sums: Iterable[tuple[str, int, int]]) -> BatchLine:
    paid = [(state, count, fen) for state, count, fen in sums if fen > 0]
    back = [(state, fen) for state, _, fen in sums if fen < 0]
    return BatchLine(
        batch.key, PaymentKind(batch.kind), batch.object_key, batch.source_key, batch.title, batch.place, batch.year,
        batch.number, BatchState(batch.state), sum(count for _, count, _ in paid),
        from_fen(sum(fen for _, _, fen in paid)),
        from_fen(sum(fen for state, _, fen in paid if state == _RETURNED)),
        from_fen(-sum(fen for state, fen in back if state != _RECOVERED)),
        batch.made_on, batch.paid_on, batch.again_of, batch.share,
    )  # fmt: skip


def rows_of(session: Session, key: str) -> list[PaymentRow]:
    """The rows of a batch in their order."""
    query = select(PaymentRow).where(PaymentRow.batch_key == key)
    return list(session.scalars(query.order_by(PaymentRow.position, PaymentRow.key)))


def load(bench: Workbench, key: str) -> Batch:
    """A batch with its rows; of a draft the accounts are those registered now.

    Raises:
        NotAllowed: It is gone.
    """
    with bench.read() as session:
        batch = existing(session, PaymentBatch, key)
        rows = rows_of(session, key)
        state = BatchState(batch.state)
        if state is BatchState.DRAFT:
            _show_accounts(session, rows)
        found = money.candidates(session, batch, bench.today)
        paper = money.chosen(session, batch, found)
        line = _line(batch, _sums(session, [key])[key])
        ledger = money.in_ledger(session, batch)
        agreement = Agreement(line.amount - line.returned, None if paper is None else paper.amount, ledger)
        open_ = state in BEFORE_SENDING
        return Batch(
            line, tuple(map(_row, rows)), tuple(problems(bench, session, batch, rows)) if open_ else (),
            gate(bench, session, batch) if state not in _DONE else "", paper, tuple(found), batch.checked_by,
            batch.checked_on, batch.sent_on, batch.sent_to, batch.paper_no, batch.note, agreement,
            money.of_earlier_list(session, batch) if open_ and not found else "",
        )  # fmt: skip


_DONE = frozenset({BatchState.PAID, BatchState.PARTLY})


def _show_accounts(session: Session, rows: Sequence[PaymentRow]) -> None:
    """Put the accounts registered now into rows that are only looked at; nothing of it is written."""
    known = accounts.payees(session, {row.household_key for row in rows})
    with session.no_autoflush:
        for row in rows:
            details = accounts.filled_in(row, known.get(row.household_key))
            session.expunge(row)
            for name, value in details.items():
                setattr(row, name, value)


def gate(bench: Workbench, session: Session, batch: PaymentBatch) -> str:
    """Why a batch may not be paid: its list is replaced, or is not published to its end and filed (吴川 三(二)4)."""
    source = sources.of(PaymentKind(batch.kind))
    if source.of(session, batch.source_key) is None:
        return "发放依据的名单已经不在了，请删除这个批次，按现在的名单重新编制"
    return source.gate(bench, session, batch.source_key)


def problems(
    bench: Workbench, session: Session, batch: PaymentBatch, rows: Sequence[PaymentRow]
) -> list[Problem]:
    """What keeps a batch from being checked, and what to look at."""
    source = sources.of(PaymentKind(batch.kind))
    given = source.amounts(bench, session, batch.source_key) if source.of(session, batch.source_key) else ()
    again = accounts.unchanged(session, rows) if batch.again_of else ()
    return [*dues.problems(session, batch, rows, given), *accounts.problems(session, rows), *again]


def _row(row: PaymentRow) -> RowLine:
    quantity = None if row.quantity_milli is None else from_milli(row.quantity_milli)
    return RowLine(
        row.key, row.position, row.household_key, row.town, row.village, row.group_name, row.head_name, row.id_number,
        row.item, quantity, row.unit, row.standard, from_fen(row.award_fen), from_fen(row.before_fen),
        from_fen(row.amount_fen), row.account_name, row.bank_name, row.account, row.phone, row.account_reason,
        PaymentRowState(row.state), row.returned_on, row.return_reason, bool(row.again_key), row.note,
    )  # fmt: skip


def sum_of(rows: Iterable[PaymentRow]) -> int:
    """分 of the rows that are paid."""
    return sum(row.amount_fen for row in rows if row.amount_fen > 0)


def received(bench: Workbench, household_key: str) -> list[tuple[BatchLine, RowLine]]:
    """What a household was paid, the latest first."""
    query = select(PaymentRow).where(PaymentRow.household_key == household_key).order_by(PaymentRow.key.desc())
    with bench.read() as session:
        rows = session.scalars(query).all()
        keys = list(dict.fromkeys(row.batch_key for row in rows))
        sums = _sums(session, keys)
        lines = {key: _line(existing(session, PaymentBatch, key), sums[key]) for key in keys}
        return [(lines[row.batch_key], _row(row)) for row in rows]


