"""更正公示: what changed of a posted list."""

from __future__ import annotations

from fupin_desktop.services.notices.paper_type import notice_type

TYPE = notice_type("notice_correction", "更正公示", 61)
