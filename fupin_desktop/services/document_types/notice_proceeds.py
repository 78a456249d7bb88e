"""收益分配公示: who gets how much of proceeds."""

from __future__ import annotations

from fupin_desktop.services.notices.paper_type import notice_type

TYPE = notice_type("notice_proceeds", "收益分配公示", 73)
