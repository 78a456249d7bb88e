"""What the ledger asks of others before it posts an entry; the papers of the money answer (吴川 三(二)4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Protocol

from sqlalchemy.orm import Session

from fupin_desktop.domain.fund_target import FundTarget


class FundGuards(Protocol):
    """Handed to the workbench, so that the ledger does not know of use plans, approval sheets and publicity."""

    def refuse_allocation(self, session: Session, target: FundTarget) -> None:
        """Called before money is allocated to a target.

        Raises:
            NotAllowed: It may not be.
        """

    def refuse_payment(
        self, session: Session, target: FundTarget, amount: Decimal, paper_key: str, today: date
    ) -> None:
        """Called before money is paid for a target.

        Args:
            session: A session.
            target: What is paid for.
            amount: Yuan.
            paper_key: The document that causes the payment; empty for none.
            today: The day its publicity is looked at.

        Raises:
            NotAllowed: It may not be paid, or not so much.
        """

    def refuse_return(self, session: Session, target: FundTarget, amount: Decimal) -> None:
        """Called before an allocation is countered by an amount (yuan).

        Raises:
            NotAllowed: The money is needed.
        """
