"""Proceeds (收益分配, 吴川 三(二)3): the shares of households as they were published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.payments import PaymentKind
from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services.payment_sources.noticed import Noticed, Payable
from fupin_desktop.storage.entities import Proceeds, ProceedsShare


def _behind(session: Session, keys: Iterable[str]) -> Mapping[str, Payable]:
    query = select(ProceedsShare.key, ProceedsShare.household_key, Proceeds.title)
    query = query.join(Proceeds, Proceeds.key == ProceedsShare.proceeds_key).where(ProceedsShare.key.in_(list(keys)))
    return {key: Payable(household, title) for key, household, title in session.execute(query) if household}


SOURCE = Noticed(PaymentKind.PROCEEDS, PublicKind.PROCEEDS, "产业扶贫收益", _behind).source
