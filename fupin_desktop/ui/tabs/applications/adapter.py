"""Applications as a tab of documents sees them."""

from __future__ import annotations

from fupin_desktop.services import documents
from fupin_desktop.ui.tabs.documents.engine import EngineAdapter

TARGET_FORM = "performance_target"


class ApplicationAdapter(EngineAdapter):
    """申报表 of town, villages, households and projects."""

    form_ids = documents.FORM_IDS

    def typed_name(self, kind: str) -> str:
        """Projects are named by typing."""
        return "项目名称" if kind == TARGET_FORM else ""
