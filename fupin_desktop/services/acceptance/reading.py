"""Acceptances as lists and papers show them, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.area import format_quantity, from_milli
from fupin_desktop.domain.ordering import natural_key
from fupin_desktop.domain.payments import AcceptanceState, Quality
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services import attachments
from fupin_desktop.services.acceptance.model import SPOT_SHARE, Acceptance, AcceptanceLine, MeasureRow
from fupin_desktop.services.existing import existing
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import AcceptanceBatch, AcceptanceRow, FarmItem, Household


def batches(bench: Workbench, year: int = 0) -> list[AcceptanceLine]:
    """Acceptances of a year (0 for all), the latest first."""
    query = select(AcceptanceBatch).order_by(AcceptanceBatch.key.desc())
    if year:
        query = query.where(AcceptanceBatch.year == year)
    with bench.read() as session:
        return [_line(session, batch) for batch in session.scalars(query)]


def waiting(bench: Workbench, village_key: str) -> int:
    """How many declared items of a village no acceptance lists, and no accepted quantity is registered for."""
    with bench.read() as session:
        return session.scalar(select(func.count()).select_from(unmeasured(village_key, bench.year).subquery())) or 0


def unmeasured(village_key: str, year: int) -> Select[FarmItem, Household]:
    """The statement of declared items of a village, with their household, that wait for acceptance."""
    is_open_one = AcceptanceBatch.state == AcceptanceState.OPEN.value
    joined = select(AcceptanceRow.item_key).join(AcceptanceBatch, AcceptanceBatch.key == AcceptanceRow.batch_key)
    listed = joined.where(is_open_one)
    return (
        select(FarmItem, Household)
        .join(Household, Household.key == FarmItem.household_key)
        .where(Household.village_key == village_key, FarmItem.year == year)
        .where(FarmItem.declared_milli.is_not(None), FarmItem.accepted_milli.is_(None))
        .where(FarmItem.key.not_in(listed))
        .order_by(Household.head_sort, Household.key, FarmItem.key)
    )


def in_order(found: Iterable[Row[FarmItem, Household]]) -> list[Row[FarmItem, Household]]:
    """Items by village group as people count them (二组 before 十组), then by head."""
    return sorted(found, key=lambda one: natural_key(one[1].group_name))


def is_open(session: Session, key: str) -> AcceptanceBatch:
    """An acceptance that is not written yet.

    Raises:
        NotAllowed: It is gone, or written already.
    """
    batch = existing(session, AcceptanceBatch, key)
    if batch.state != AcceptanceState.OPEN:
        todo = "要改，请先撤销“写入验收数量”，或在农户台账改验收数量。"
        raise NotAllowed("这次验收已写入台账，不能再改。", todo=todo)
    return batch


def rows_of(session: Session, key: str) -> list[AcceptanceRow]:
    """The rows of an acceptance in their order."""
    query = select(AcceptanceRow).where(AcceptanceRow.batch_key == key)
    return list(session.scalars(query.order_by(AcceptanceRow.position, AcceptanceRow.key)))


def load(bench: Workbench, key: str) -> Acceptance:
    """An acceptance with its rows.

    Raises:
        NotAllowed: It is gone.
    """
    with bench.read() as session:
        batch = existing(session, AcceptanceBatch, key)
        rows = tuple(_row(row) for row in rows_of(session, key))
        least = spot_least(bench, rows)
        found = problems(bench, batch, rows) if batch.state == AcceptanceState.OPEN else ()
        return Acceptance(
            _line(session, batch), rows, tuple(found), batch.spot_by, batch.spot_on, batch.spot_reason, batch.note,
            tuple(attachments.of(batch.files)), least,
        )  # fmt: skip


def _line(session: Session, batch: AcceptanceBatch) -> AcceptanceLine:
    row = AcceptanceRow
    measured, spot = (_counting(one) for one in (row.measured_milli.is_not(None), row.spot))
    query = select(func.count(), func.count(row.household_key.distinct()), measured, spot)
    counts = session.execute(query.where(row.batch_key == batch.key)).one()
    return AcceptanceLine(
        batch.key, batch.village_key, batch.place, batch.year, batch.dated, batch.members, AcceptanceState(batch.state),
        *counts,
    )  # fmt: skip


def _counting(condition: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _row(row: AcceptanceRow) -> MeasureRow:
    return MeasureRow(
        row.key, row.position, row.household_key, row.item_key, row.group_name, row.head_name, row.product, row.unit,
        _quantity(row.declared_milli), _quantity(row.measured_milli), Quality(row.quality) if row.quality else None,
        row.signed, row.spot, _quantity(row.spot_milli), row.note, tuple(attachments.of(row.files)),
    )  # fmt: skip


def _quantity(milli: int | None) -> Decimal | None:
    return None if milli is None else from_milli(milli)


def spot_least(bench: Workbench, rows: Sequence[MeasureRow]) -> int:
    """Least number of spot checks: the share of the policy file, rounded up; 0 before anything is measured."""
    measured = sum(row.measured is not None for row in rows)
    share = Decimal(bench.parameters.value(SPOT_SHARE, bench.today).value)
    return ceil(measured * share / 100)


def problems(bench: Workbench, batch: AcceptanceBatch, rows: Sequence[MeasureRow]) -> Iterator[Problem]:
    """What is wrong with an acceptance; subjects are the rows' keys."""
    measured = [row for row in rows if row.measured is not None]
    if not measured:
        yield Problem("acceptance.empty", Severity.MUST, "还没有填实测数量。")
    if measured and batch.dated is None:
        yield Problem("acceptance.undated", Severity.MUST, "请填写验收日期。")
    for row in measured:
        yield from _of_row(row)
    checked = sum(row.spot and row.spot_measured is not None for row in measured)
    least = spot_least(bench, rows)
    if checked < least:
        share = bench.parameters.value(SPOT_SHARE, bench.today)
        told = f"镇里已抽查 {checked} 项，原则上不少于 {share.value}%({least} 项)；请补抽查，或写明理由。"
        yield Problem("acceptance.spot_few", Severity.PRINCIPLE, told, share.clause, reason=batch.spot_reason)


def _of_row(row: MeasureRow) -> Iterator[Problem]:
    assert row.measured is not None
    if row.quality is Quality.NONE and row.measured > 0:
        told = f"{row.name}写着“{Quality.NONE.label}”，实测数量却不是 0，请核对。"
        yield Problem("acceptance.contradicts", Severity.MUST, told, field="quality", subjects=(row.key,))
    if row.declared is not None and row.measured > row.declared:
        told = f"{row.name}实测 {_shown(row.measured, row)} 大于申报 {_shown(row.declared, row)}，奖补按小的计算。"
        yield Problem("acceptance.above", Severity.WARNING, told, field="measured", subjects=(row.key,))
    if row.spot_measured is not None and row.spot_measured != row.measured:
        told = f"{row.name}抽查 {_shown(row.spot_measured, row)}，与实测 {_shown(row.measured, row)} 不同，请复核。"
        yield Problem("acceptance.differs", Severity.WARNING, told, field="spot_measured", subjects=(row.key,))
    if not row.signed:
        told = f"{row.name}还没有户主签名。"
        yield Problem("acceptance.unsigned", Severity.WARNING, told, field="signed", subjects=(row.key,))


def _shown(quantity: Decimal, row: MeasureRow) -> str:
    return f"{format_quantity(quantity, row.unit)} {row.unit}".strip()
