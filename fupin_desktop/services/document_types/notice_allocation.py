"""年度资金分配公示: the money of a year shared out."""

from __future__ import annotations

from fupin_desktop.services.notices.paper_type import notice_type

TYPE = notice_type("notice_allocation", "年度资金分配公示", 63)
