"""Use plans and approval sheets as a tab of documents sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.services import fund_papers
from fupin_desktop.services.documents import OpenApplication
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.ui.tabs.documents.adapter import Document, DocumentLine, Wanted
from fupin_desktop.ui.tabs.documents.engine import EngineAdapter

TOWN_PLAN, VILLAGE_PLAN, APPROVAL = "town_fund_plan", "village_fund_plan", "town_fund_approval"
PLANS = (TOWN_PLAN, VILLAGE_PLAN)
_TONES = {fund_papers.PARTLY: "info", fund_papers.PAID: "good"}


class FundPaperAdapter(EngineAdapter):
    """呈批表 of town and villages, 审批表 of their plans; how far approved ones are paid is told by the ledger."""

    tab = "funds"
    word = "呈批审批表"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._paid: Mapping[str, str] = {}

    def short_title(self, kind: str) -> str:
        """Without the words all of them share: “一村一品”村使用计划呈批表."""
        return super().short_title(kind).replace("专项资金", "")

    # ---- what is paid ----
    def lines(self, wanted: Wanted) -> list[DocumentLine]:
        """Those of a year, narrowed; an approved one with money paid says so."""
        self._paid = paid_words(self._bench, wanted.year)
        return [self._told(line) for line in super().lines(wanted)]

    def document_of(self, found: OpenApplication) -> Document:
        """With the badge of the list."""
        if found.line.state is ApplicationState.APPROVED:
            self._paid = paid_words(self._bench, found.line.year)
        document = super().document_of(found)
        return replace(document, line=self._told(document.line))

    def _told(self, line: DocumentLine) -> DocumentLine:
        word = self._paid.get(line.key, "")
        if word not in _TONES or line.badge != ApplicationState.APPROVED.label:
            return line
        return line._replace(badge=word, tone=_TONES[word], tip=f"{line.tip}\n{word}")


def paid_words(bench: Workbench, year: int) -> dict[str, str]:
    """未拨付, 部分拨付 or 已拨付 of every approved document of a year, by key."""
    plans, sheets = fund_papers.plan_lines(bench, year), fund_papers.sheet_lines(bench, year)
    found = {plan.key: plan.word for plan in plans if plan.state is ApplicationState.APPROVED}
    return found | {sheet.key: sheet.word for sheet in sheets if sheet.state is ApplicationState.APPROVED}
