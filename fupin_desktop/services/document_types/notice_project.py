"""项目实施前公示: the eleven contents of a project."""

from __future__ import annotations

from fupin_desktop.services.notices.paper_type import notice_type

TYPE = notice_type("notice_project", "项目实施前公示", 71)
