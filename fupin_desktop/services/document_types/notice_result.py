"""公示结果: what came of a period."""

from __future__ import annotations

from fupin_desktop.services.notices.paper_type import notice_type

TYPE = notice_type("notice_result", "公示结果", 64)
