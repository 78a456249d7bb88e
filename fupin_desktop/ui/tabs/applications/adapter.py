"""Applications as a tab of documents sees them."""

from __future__ import annotations

from fupin_desktop.ui.tabs.documents.engine import EngineAdapter


class ApplicationAdapter(EngineAdapter):
    """申报表 of town, villages, households and projects."""
