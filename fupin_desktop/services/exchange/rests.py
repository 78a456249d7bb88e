"""The records that something handed out is made of, by which it is told whether it has changed since."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.services.documents.records import parts_of
from fupin_desktop.services.exchange.model import Records
from fupin_desktop.services.notices.rounds import Round
from fupin_desktop.services.registers import Register
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import (
    AwardRun,
    AwardScheme,
    Filing,
    FundDonor,
    FundEntry,
    FundSource,
    Notice,
    NoticePosting,
    Objection,
    PaymentBatch,
    PaymentRow,
)


def of_document(bench: Workbench, key: str) -> Records:
    """An application, plan or report: what is typed, its opinions and reasons."""
    with bench.read() as session:
        return parts_of(session, key)


def of_round(bench: Workbench, one: Round) -> Records:
    """A round of publicity: its notices, where they hang, objections, result and filing."""
    notices = [*one.notice_keys, *filter(None, (one.result_key,))]
    with bench.read() as session:
        return _filled({
            Notice.__tablename__: notices,
            NoticePosting.__tablename__: _below(session, NoticePosting, NoticePosting.notice_key.in_(notices)),
            Objection.__tablename__: _below(session, Objection, Objection.notice_key.in_(notices)),
            Filing.__tablename__: [one.filing_key] if one.filing_key else [],
        })


def of_scheme(bench: Workbench, key: str) -> Records:
    """A scheme of awards and what was calculated by it."""
    with bench.read() as session:
        runs = _below(session, AwardRun, AwardRun.scheme_key == key)
    return _filled({AwardScheme.__tablename__: [key], AwardRun.__tablename__: runs})


def of_batch(bench: Workbench, key: str) -> Records:
    """A batch of payments with its rows."""
    with bench.read() as session:
        rows = _below(session, PaymentRow, PaymentRow.batch_key == key)
    return _filled({PaymentBatch.__tablename__: [key], PaymentRow.__tablename__: rows})


def of_funds() -> Records:
    """The ledger of money."""
    return {entity.__tablename__: () for entity in (FundSource, FundEntry, FundDonor)}


def of_register(register: Register) -> Records:
    """A register with what is kept below its records."""
    return {one.entity.__tablename__: () for one in (register, *register.children)}


def _below(session: Session, entity: Any, where: Any) -> list[str]:
    return list(session.scalars(select(entity.key).where(where)))


def _filled(found: dict[str, list[str]]) -> Records:
    """Without the tables of which there are no records: no keys would mean all."""
    return {table: keys for table, keys in found.items() if keys}
