"""Rewards of commended households (表彰奖励, 吴川 三(三)5), as they were published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.payments import PaymentKind
from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services.payment_sources.noticed import Noticed, Payable
from fupin_desktop.storage.entities import Commendation


def _behind(session: Session, keys: Iterable[str]) -> Mapping[str, Payable]:
    query = select(Commendation.key, Commendation.household_key).where(Commendation.key.in_(list(keys)))
    return {key: Payable(household, "表彰奖励") for key, household in session.execute(query)}


SOURCE = Noticed(PaymentKind.COMMENDATION, PublicKind.COMMENDATION, "产业扶贫表彰奖励", _behind).source
