"""奖补方案公示: the scheme before its awards."""

from __future__ import annotations

from fupin_desktop.services.notices.paper_type import notice_type

TYPE = notice_type("notice_scheme", "奖补方案公示", 60)
