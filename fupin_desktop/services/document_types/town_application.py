"""“一镇一业”产业扶贫镇申报表 (吴川 附件1)."""

from __future__ import annotations

from fupin_desktop.policy.applications import DECLARED, EVERY
from fupin_desktop.services.documents.place_kinds import TOWNS
from fupin_desktop.services.documents.type import DocumentType

_TERMS = "吴川 三(三)1"

TYPE = DocumentType(
    form_id="town_application",
    word="申报表",
    title="“一镇一业”申报表",
    order=10,
    places=TOWNS,
    checks=(*EVERY, *DECLARED, "application.batch", "application.fund_range"),
    clauses=dict.fromkeys(("application.terms_large", "application.terms_small", "application.terms_jobs"), _TERMS),
)
