"""资金使用计划公示: an approved plan of money."""

from __future__ import annotations

from fupin_desktop.services.notices.paper_type import notice_type

TYPE = notice_type("notice_funds", "资金使用计划公示", 62)
