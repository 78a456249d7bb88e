"""The year (年度): beginning the next one from what lasts, closing one, opening it again with a reason."""

from __future__ import annotations

from fupin_desktop.services.years.beginning import Begun, NewYear, begin, preview
from fupin_desktop.services.years.closing import Closing, close, closing, open_work, reopen, steps

__all__ = ["Begun", "Closing", "NewYear", "begin", "close", "closing", "open_work", "preview", "reopen", "steps"]
