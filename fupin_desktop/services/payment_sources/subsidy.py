"""Interest subsidies of loans (贷款贴息, 吴川 三(三)4, 清远 二13), as published, to households and to entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.payments import PaymentKind
from fupin_desktop.domain.register_words import SubsidyState
from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services.payment_sources.noticed import Noticed, Payable
from fupin_desktop.storage.entities import EntityLoan, InterestSubsidy, Microcredit
from fupin_desktop.storage.unit import Unit


def _behind(session: Session, keys: Iterable[str]) -> Mapping[str, Payable]:
    one = InterestSubsidy
    query = select(one.key, Microcredit.household_key, EntityLoan.entity_key)
    query = query.outerjoin(Microcredit, Microcredit.key == one.loan_key)
    query = query.outerjoin(EntityLoan, EntityLoan.key == one.entity_loan_key)
    found = session.execute(query.where(one.key.in_(list(keys)))).all()
    return {
        key: Payable(household or entity, "小额信贷贴息" if household else "主体贷款贴息")
        for key, household, entity in found
        if household or entity
    }


def _settle(unit: Unit, keys: Sequence[str], on: date | None) -> None:
    """Keep what was paid with the subsidies; what came back is published and not paid again."""
    state = SubsidyState.PAID if on else SubsidyState.POSTED
    found = unit.session.scalars(select(InterestSubsidy).where(InterestSubsidy.key.in_(keys))).all()
    rows = [(one.key, state.value, one.due_fen if on else None, on) for one in found]
    unit.update_many(InterestSubsidy, rows, ("state", "paid_fen", "paid_on"))


SOURCE = Noticed(PaymentKind.SUBSIDY, PublicKind.SUBSIDY, "扶贫贷款贴息", _behind, _settle).source
