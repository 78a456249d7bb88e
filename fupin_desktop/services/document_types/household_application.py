"""贫困户产业发展奖补申请(验收)表 (吴川 三(二)4)."""

from __future__ import annotations

from fupin_desktop.policy.applications import EVERY
from fupin_desktop.services.documents.place_kinds import HOUSEHOLDS
from fupin_desktop.services.documents.type import DocumentType

TYPE = DocumentType(
    form_id="household_application",
    word="申报表",
    title="农户奖补申请表",
    order=12,
    places=HOUSEHOLDS,
    checks=(
        *EVERY, "application.phone", "application.items", "application.register_items", "application.takes_part",
        "application.accepted", "application.cost", "application.evidence", "application.above_cost",
        "application.area_range", "application.acceptance",
    ),
)
