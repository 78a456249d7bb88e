"""Use plans (呈批表) and approval sheets (审批表) as a kind of document."""

from __future__ import annotations

from fupin_desktop.services.applications.kinds import DocumentKind
from fupin_desktop.services.applications.model import FUND_FORM_IDS

TOWN_PLAN, VILLAGE_PLAN, APPROVAL = FUND_FORM_IDS


class FundPaperKind(DocumentKind):
    """See ``DocumentKind``; the documents of money."""

    form_ids = FUND_FORM_IDS

    def word(self, form_id: str) -> str:
        """呈批表 or 审批表."""
        return "审批表" if form_id == APPROVAL else "呈批表"

    def several(self, form_id: str) -> bool:
        """A village has a plan for each project, a plan an approval sheet for each payment."""
        return True

    def names_place(self, form_id: str) -> bool:
        """A place is always a record."""
        return False


KIND = FundPaperKind()
