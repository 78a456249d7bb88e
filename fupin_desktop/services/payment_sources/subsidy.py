"""Interest subsidies of households' loans (贷款贴息, 吴川 三(三)4), as published; entities are paid by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.payments import PaymentKind
from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services.payment_sources.noticed import Noticed, Payable
from fupin_desktop.storage.entities import InterestSubsidy, Microcredit


def _behind(session: Session, keys: Iterable[str]) -> Mapping[str, Payable]:
    query = select(InterestSubsidy.key, Microcredit.household_key)
    query = query.join(Microcredit, Microcredit.key == InterestSubsidy.loan_key)
    found = session.execute(query.where(InterestSubsidy.key.in_(list(keys))))
    return {key: Payable(household, "小额信贷贴息") for key, household in found}


SOURCE = Noticed(PaymentKind.SUBSIDY, PublicKind.SUBSIDY, "扶贫贷款贴息", _behind).source
