"""竣工公告: what became of a project."""

from __future__ import annotations

from fupin_desktop.services.notices.paper_type import notice_type

TYPE = notice_type("notice_completion", "竣工公告", 72)
