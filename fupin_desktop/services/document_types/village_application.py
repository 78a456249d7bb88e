"""“一村一品”产业扶贫村申报表 (吴川 附件2)."""

from __future__ import annotations

from fupin_desktop.policy.applications import DECLARED, EVERY
from fupin_desktop.services.documents.place_kinds import VILLAGES
from fupin_desktop.services.documents.type import DocumentType

_TERMS = "吴川 三(三)2"

TYPE = DocumentType(
    form_id="village_application",
    word="申报表",
    title="“一村一品”申报表",
    order=11,
    places=VILLAGES,
    checks=(*EVERY, *DECLARED),
    clauses=dict.fromkeys(("application.terms_large", "application.terms_small", "application.terms_jobs"), _TERMS),
)
